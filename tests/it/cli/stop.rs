//! Runs that are ended: nothing is half written, and the next run ends as one that was never stopped.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{PROGRAM, run, tree};

const FILES: usize = 6;

/// Files that take a while.
fn article(country: &str) -> String {
    let line = "The crew said on Monday that the ferry sails at dawn, and nobody was hurt.\n";
    format!("In the {country} it rained.\n{}", line.repeat(20_000))
}

fn articles() -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    fs::create_dir(folder.path().join("in")).expect("the folder can be made");
    for i in 0..FILES {
        fs::write(folder.path().join(format!("in/{i}.txt")), article("USA")).expect("there is room");
    }
    folder
}

/// How a tree looks after a run that went through.
fn done(args: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let folder = articles();
    assert_eq!(run(folder.path(), args), (0, String::new(), String::new()));
    tree(folder.path())
}

fn start(folder: &Path, args: &[&str]) -> Child {
    let mut command = Command::new(PROGRAM);
    command.args(args).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().expect("the program starts")
}

fn is_temporary(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|n| n.starts_with(".copydesk-"))
}

/// Waits until a temporary file stands in a folder and `n` files are done. False: the run was over before.
fn is_writing(child: &mut Child, folder: &Path, n: usize, in_place: bool) -> bool {
    let deadline = Instant::now() + Duration::from_secs(60);
    while child.try_wait().expect("it is ours").is_none() {
        assert!(Instant::now() < deadline, "nothing is written");
        let Ok(entries) = folder.read_dir() else { continue };
        let names: Vec<String> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        let finished = |name: &&String| !is_temporary(name) && (!in_place || starts_clean(&folder.join(name)));
        if names.iter().any(|name| is_temporary(name)) && names.iter().filter(finished).count() >= n {
            return true;
        }
    }
    false
}

fn starts_clean(path: &Path) -> bool {
    use std::io::Read;
    let mut head = [0; 11];
    fs::File::open(path).and_then(|mut f| f.read_exact(&mut head)).is_ok() && &head == b"In the U.S."
}

/// Every file that is not temporary is whole.
fn all_are_whole(tree: &BTreeMap<String, Vec<u8>>) {
    let (old, new) = (article("USA"), article("U.S."));
    for (name, bytes) in tree.iter().filter(|(name, _)| !is_temporary(name)) {
        let is_old = name.starts_with("in/") && bytes == old.as_bytes();
        assert!(is_old || bytes == new.as_bytes(), "{name} is not whole");
    }
}

#[cfg(unix)]
#[test]
fn a_run_that_was_killed_is_made_good_by_the_next() {
    let in_place: &[&str] = &["-rqw", "in", "--threads", "2"];
    let mirrored: &[&str] = &["-rq", "in", "--out-dir", "out", "--threads", "2"];
    let mut left = 0;
    for (args, target) in [(in_place, "in"), (mirrored, "out")] {
        let want = done(args);
        for n in [0, 1, FILES / 2, FILES - 1] {
            let folder = articles();
            let mut child = start(folder.path(), args);
            is_writing(&mut child, &folder.path().join(target), n, target == "in");
            let _ = child.kill();
            child.wait().expect("it is ours");
            let now = tree(folder.path());
            left += now.keys().filter(|name| is_temporary(name)).count();
            all_are_whole(&now);
            assert_eq!(run(folder.path(), args), (0, String::new(), String::new()));
            assert!(tree(folder.path()) == want, "{args:?} killed after {n}");
        }
    }
    assert!(left > 0, "no run was killed while it wrote");
}

/// Sends a signal by the shell's own `kill`.
#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let status = Command::new("sh").args(["-c", &format!("kill -s {name} {}", child.id())]).status();
    assert!(status.expect("there is an sh").success());
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_cleanly() {
    let args: &[&str] = &["-rw", "in", "--threads", "2"];
    let want = done(&["-rqw", "in"]);
    let mut stopped = 0;
    let hung_up = if cfg!(target_os = "linux") { ("HUP", 129) } else { ("INT", 130) };
    for (name, code) in [("INT", 130), ("TERM", 143), hung_up] {
        let folder = articles();
        let mut child = start(folder.path(), args);
        if is_writing(&mut child, &folder.path().join("in"), 1, true) {
            signal(&child, name);
        }
        let output = child.wait_with_output().expect("it is ours");
        let reported = String::from_utf8_lossy(&output.stderr);
        let now = tree(folder.path());
        all_are_whole(&now);
        assert!(!now.keys().any(|name| is_temporary(name)), "{:?}", now.keys());
        if output.status.code() == Some(code) {
            stopped += 1;
            assert!(reported.contains("\ncopydesk: stopped: "), "{reported}");
        } else {
            assert_eq!(output.status.code(), Some(0), "{reported}");
        }
        assert_eq!(run(folder.path(), &["-rqw", "in"]), (0, String::new(), String::new()));
        assert!(tree(folder.path()) == want);
    }
    assert!(stopped > 0, "every run was faster than its signal");
}

/// The log of a run that was stopped, or killed, goes on with the next one, and both are undone by it.
#[cfg(unix)]
#[test]
fn a_run_that_was_stopped_goes_on_with_its_log() {
    let args: &[&str] = &["-rqw", "in", "--threads", "2", "--edits", "log"];
    let want = done(&["-rqw", "in"]);
    for name in ["INT", "KILL"] {
        let folder = articles();
        let old = tree(folder.path());
        let mut child = start(folder.path(), args);
        if is_writing(&mut child, &folder.path().join("in"), 1, true) {
            signal(&child, name);
        }
        child.wait().expect("it is ours");
        assert_eq!(run(folder.path(), args), (0, String::new(), String::new()));
        let now = tree(folder.path());
        assert!(want.iter().all(|(name, text)| now[name] == *text));
        assert_eq!(run(folder.path(), &["-rqw", "in", "--undo", "log"]), (0, String::new(), String::new()));
        let now = tree(folder.path());
        assert!(old.iter().all(|(name, text)| now[name] == *text), "{name}");
    }
}

/// `nohup` and shells with background jobs want a program to outlive such signals.
#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_was_ignored_stays_ignored() {
    let folder = articles();
    let script = r#"trap '' HUP INT; exec "$0" -rqw in --threads 2"#;
    let mut command = Command::new("sh");
    let mut child = command.args(["-c", script, PROGRAM]).current_dir(folder.path()).spawn().expect("there is an sh");
    assert!(is_writing(&mut child, &folder.path().join("in"), 1, true), "it was faster than its signal");
    signal(&child, "HUP");
    signal(&child, "INT");
    assert_eq!(child.wait().expect("it is ours").code(), Some(0));
    assert!(tree(folder.path()) == done(&["-rqw", "in"]));
}

/// What another run is writing at the same time is not taken for a leftover.
#[test]
fn two_runs_at_once_do_not_disturb_each_other() {
    let folder = articles();
    let names = |from: usize, to: usize| (from..to).map(|i| format!("in/{i}.txt")).collect::<Vec<_>>();
    let children = [names(0, FILES / 2), names(FILES / 2, FILES)].map(|files| {
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        start(folder.path(), &[&["-w"], &files[..]].concat())
    });
    for child in children {
        let output = child.wait_with_output().expect("it is ours");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(tree(folder.path()) == done(&["-rqw", "in"]));
}
