//! `--out-dir`: a tree of its own, and nothing that was there before is written over.

use std::path::Path;

use insta::assert_snapshot;

use super::{folder, is_one_line, run, tree};

const FAULTY: &[u8] = b"Owl set free\n\nIt flew to the USA.\n";
const CLEAN: &[u8] = b"Owl set free\n\nIt flew to the U.S.\n";

/// The arguments are refused with one line, and no file or folder is made. Gives the line.
fn refuses(folder: &Path, args: &[&str]) -> String {
    let names = |folder: &Path| folder.read_dir().expect("it is a folder").count();
    let before = (tree(folder), names(folder));
    let (status, out, err) = run(folder, args);
    assert_eq!((status, &*out), (2, ""), "{args:?}: {err}");
    assert!(is_one_line(&err), "{args:?}: {err}");
    assert!((tree(folder), names(folder)) == before, "{args:?} wrote something");
    // Folders have names of their own on each run.
    let real = std::fs::canonicalize(folder).expect("it is there");
    err.replace(&*real.to_string_lossy(), "FOLDER")
}

#[test]
fn a_tree_is_mirrored() {
    let folder =
        folder(&[("in/a.txt", FAULTY), ("in/more/b.txt", CLEAN), ("in/.hidden.txt", FAULTY), ("in/bin.txt", b"\0")]);
    for args in [["-rq", "in", "--out-dir", "new/out"], ["-rq", "in/", "--out-dir", "new/out/"]] {
        assert_eq!(run(folder.path(), &args), (0, String::new(), String::new()));
        let out = tree(&folder.path().join("new/out"));
        assert_eq!(out.keys().collect::<Vec<_>>(), ["a.txt", "more/b.txt"]);
        assert!(out.values().all(|bytes| bytes == CLEAN));
        assert_eq!(tree(&folder.path().join("in"))["a.txt"], FAULTY);
    }
}

#[test]
fn files_keep_their_names_and_modes() {
    let folder = folder(&[("in/a.txt", FAULTY), ("b.txt", CLEAN), ("out/a.txt", b"of an earlier run")]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::Permissions::from_mode(0o640);
        std::fs::set_permissions(folder.path().join("in/a.txt"), mode).expect("it is ours");
    }
    assert_eq!(run(folder.path(), &["in/a.txt", "b.txt", "--out-dir", "out"]), (0, String::new(), String::new()));
    let out = tree(&folder.path().join("out"));
    assert_eq!((out.len(), &*out["a.txt"], &*out["b.txt"]), (2, CLEAN, CLEAN));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let metadata = std::fs::metadata(folder.path().join("out/a.txt")).expect("it is there");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
    }
}

#[test]
fn an_input_is_never_written_over() {
    let folder = folder(&[("in/a.txt", FAULTY), ("in/in/a.txt", FAULTY), ("a.txt", FAULTY), ("file", CLEAN)]);
    let refuses = |args: &[&str]| refuses(folder.path(), args);
    assert_snapshot!(refuses(&["-r", "in", "--out-dir", "in"]), @"copydesk: --out-dir in lies in the input FOLDER/in: name a directory outside of it, or use -w to rewrite the files");
    refuses(&["-r", "in", "--out-dir", "in/clean"]);
    refuses(&["-r", ".", "--out-dir", "clean"]);
    refuses(&["-r", "in", "--out-dir", "./in/../in/in"]);
    refuses(&["a.txt", "--out-dir", "."]);
    // `in/in/a.txt` would go to `in/a.txt`, and `in/a.txt` to `a.txt`, each an input.
    assert_snapshot!(refuses(&["-r", "in", "--out-dir", "."]), @"copydesk: in/in/a.txt would go over an input: name another --out-dir");
    assert_snapshot!(refuses(&["in/a.txt", "a.txt", "--out-dir", "."]), @"copydesk: in/a.txt would go over an input: name another --out-dir");
    assert_snapshot!(refuses(&["in/a.txt", "a.txt", "--out-dir", "out"]), @"copydesk: in/a.txt and a.txt would go to the same file: clean them in two runs, each with its own --out-dir");
    assert_snapshot!(refuses(&["a.txt", "--out-dir", "file"]), @"copydesk: --out-dir file is no directory: name another");
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::{CLEAN, FAULTY, folder, refuses, run, tree};

    #[test]
    fn a_link_to_the_input_is_the_input() {
        let folder = folder(&[("in/a.txt", FAULTY), ("in/more/b.txt", FAULTY)]);
        symlink("in", folder.path().join("out")).expect("a link can be made");
        symlink("in/more", folder.path().join("deep")).expect("a link can be made");
        symlink("nowhere", folder.path().join("broken")).expect("a link can be made");
        for out in ["out", "out/new", "deep", "deep/new"] {
            let reported = refuses(folder.path(), &["-r", "in", "--out-dir", out]);
            assert!(reported.contains("lies in the input"), "{reported}");
            let reported = refuses(folder.path(), &["-r", "out/", "--out-dir", out]);
            assert!(reported.contains("lies in the input"), "{reported}");
        }
        refuses(folder.path(), &["-r", "in", "--out-dir", "broken"]);
    }

    /// Links below the directory lead nowhere, neither to a file nor to a folder.
    #[test]
    fn nothing_is_written_through_links() {
        let files: &[(&str, &[u8])] = &[
            ("in/a.txt", FAULTY),
            ("in/b.txt", FAULTY),
            ("in/more/c.txt", FAULTY),
            ("safe/a.txt", b"Rain."),
            ("out/x", b""),
        ];
        let folder = folder(files);
        symlink("../safe/a.txt", folder.path().join("out/a.txt")).expect("a link can be made");
        symlink("../safe", folder.path().join("out/more")).expect("a link can be made");
        let (status, out, err) = run(folder.path(), &["-rq", "in", "--out-dir", "out"]);
        assert_eq!((status, &*out), (2, ""));
        let reported: Vec<&str> = err.lines().collect();
        assert_eq!(reported.len(), 2, "{err}");
        assert!(
            reported[0].contains("cannot write in/a.txt: ") && reported[0].contains("is not a regular file: remove it"),
            "{err}"
        );
        assert!(
            reported[1].contains("cannot write in/more/c.txt: ") && reported[1].contains("is not a directory"),
            "{err}"
        );
        let tree = tree(folder.path());
        assert_eq!((&*tree["safe/a.txt"], &*tree["out/b.txt"]), (&b"Rain."[..], CLEAN));
        assert_eq!((tree["out/more"].as_slice(), tree.len()), (&b"-> ../safe"[..], 8));
    }

    #[test]
    fn a_directory_that_a_link_names_can_be_the_target() {
        let folder = folder(&[("in/a.txt", FAULTY), ("real/x", b"")]);
        symlink("real", folder.path().join("out")).expect("a link can be made");
        assert_eq!(run(folder.path(), &["-rq", "in", "--out-dir", "out"]), (0, String::new(), String::new()));
        assert_eq!(tree(folder.path())["real/a.txt"], CLEAN);
    }

    #[test]
    fn a_read_only_copy_is_replaced_on_the_next_run() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder(&[("in/a.txt", FAULTY)]);
        let shut = std::fs::Permissions::from_mode(0o444);
        std::fs::set_permissions(folder.path().join("in/a.txt"), shut).expect("it is ours");
        for _ in 0..2 {
            assert_eq!(run(folder.path(), &["-rq", "in", "--out-dir", "out"]), (0, String::new(), String::new()));
        }
        assert_eq!(tree(folder.path())["out/a.txt"], CLEAN);
    }
}
