//! Where a configuration is found, and what holds when several levels speak.

use std::fs;

use tempfile::TempDir;

use copydesk::{MarkerPattern, Stage, Truncated, UsaStyle};

use super::*;

/// A new folder with these files; a name that ends in `/` is a folder.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().expect("there is room for a folder");
    for (name, text) in files {
        let path = root.path().join(name);
        let folder = if name.ends_with('/') { &path } else { path.parent().expect("a file stands in a folder") };
        fs::create_dir_all(folder).expect("the folder can be made");
        if !name.ends_with('/') {
            fs::write(&path, text).expect("the file can be written");
        }
    }
    root
}

/// A configuration that is searched for, with the tree as the current folder and `home` in it.
fn searching(root: &TempDir, home: &str, command_line: Vec<Setting>) -> Configuration {
    let current = root.path().to_owned();
    let source = Source::Search(Search::new(current.clone(), Some(current.join(home))));
    let (excluded, refused, cleaners) = (Patterns::default(), None, Mutex::default());
    Configuration { command_line, excluded, refused, source, current, cleaners }
}

/// The name of the configuration file for a path in the tree.
fn found(configuration: &Configuration, path: &str) -> Option<String> {
    let settings = configuration.settings(Some(Path::new(path))).expect("the configuration is valid");
    settings.file.map(|file| file.name.clone())
}

#[test]
fn the_nearest_file_holds() {
    let root = tree(&[(".git/", ""), ("copydesk.toml", ""), ("a/b/c/", ""), ("a/b/copydesk.toml", ""), ("other/", "")]);
    let configuration = searching(&root, "no-home", Vec::new());
    for (path, name) in [
        ("x.txt", "copydesk.toml"),
        ("a/x.txt", "copydesk.toml"),
        ("a/b/x.txt", "a/b/copydesk.toml"),
        ("a/b/c/x.txt", "a/b/copydesk.toml"),
        ("a/b/c/../../x.txt", "copydesk.toml"),
        ("./other/./x.txt", "copydesk.toml"),
        ("missing/x.txt", "copydesk.toml"),
    ] {
        assert_eq!(found(&configuration, path).as_deref(), Some(name), "{path}");
    }
    let stdin = configuration.settings(None).expect("the configuration is valid");
    assert_eq!(stdin.file.expect("there is one").name, "copydesk.toml");
}

#[test]
fn the_search_ends_at_a_repository_and_at_home() {
    let root = tree(&[
        ("copydesk.toml", ""),
        ("repo/.git/", ""),
        ("repo/a/", ""),
        ("worktree/.git", "gitdir: elsewhere\n"),
        ("home/a/", ""),
        ("own/copydesk.toml", ""),
        ("own/.git/", ""),
    ]);
    let configuration = searching(&root, "home", Vec::new());
    for path in ["repo/x.txt", "repo/a/x.txt", "worktree/x.txt", "home/x.txt", "home/a/x.txt"] {
        assert_eq!(found(&configuration, path), None, "{path}");
    }
    assert_eq!(found(&configuration, "own/x.txt").as_deref(), Some("own/copydesk.toml"));
    assert_eq!(found(&configuration, "x.txt").as_deref(), Some("copydesk.toml"));
}

/// The options that a file has, as text: the library's options show every value.
fn options(configuration: &Configuration, path: Option<&str>) -> String {
    let settings = configuration.settings(path.map(Path::new)).expect("the configuration is valid");
    format!("{:?}", settings.options())
}

#[test]
fn later_levels_beat_earlier_ones_and_lists_add_up() {
    let root = tree(&[(
        "copydesk.toml",
        "skip = 'titles'\nusa-style = 'US'\ntruncated = 'drop'\nmarker = ['a', 'b']\nprotect = 'US Weekly'\n\
         [[overrides]]\nfiles = 'wire/**'\nusa-style = 'USA'\nmarker = 'c'\nskip = 'usa'\n\
         [[overrides]]\nfiles = ['*.txt', '!keep.txt']\nusa-style = 'U.S.'\nonly = ['titles', 'usa', 'markers']\n",
    )]);
    let base = || {
        let top = Options::default().skip([Stage::Titles]).usa_style(UsaStyle::Plain).truncated(Truncated::Drop);
        top.marker("a").marker("b").protect("US Weekly")
    };
    let wire = || base().usa_style(UsaStyle::Long).marker("c").skip([Stage::Usa]);
    let three = [Stage::Markers, Stage::Titles, Stage::Usa];
    let configuration = searching(&root, "home", Vec::new());
    let is = |path, want: Options| assert_eq!(options(&configuration, path), format!("{want:?}"), "{path:?}");
    is(Some("a.md"), base());
    is(None, base());
    is(Some("wire/a.md"), wire());
    is(Some("wire/keep.txt"), wire());
    is(Some("a.txt"), base().usa_style(UsaStyle::Dotted).only(three));
    is(Some("wire/a.txt"), wire().usa_style(UsaStyle::Dotted).only(three));

    let typed = vec![
        Setting::Skip(vec![Stage::Markers.into()]),
        Setting::Marker(MarkerPattern::new("d").expect("it is a pattern")),
        Setting::UsaStyle(UsaStyle::Long),
        Setting::Separator(b"%%".to_vec()),
    ];
    let configuration = searching(&root, "home", typed);
    let want = wire().only(three).skip([Stage::Markers]).marker("d").usa_style(UsaStyle::Long).separator("%%");
    assert_eq!(options(&configuration, Some("wire/a.txt")), format!("{want:?}"));
}

#[test]
fn skip_takes_away_from_only_in_any_order() {
    let root =
        tree(&[("copydesk.toml", "skip = 'usa'\nonly = ['usa', 'titles']\n"), ("none/copydesk.toml", "only = []\n")]);
    let configuration = searching(&root, "home", Vec::new());
    let want = Options::default().only([Stage::Titles]);
    assert_eq!(options(&configuration, None), format!("{want:?}"));
    assert_eq!(options(&configuration, Some("none/a.txt")), format!("{:?}", Options::default().only([Stage::Usa; 0])));
}

#[test]
fn excluded_files_are_told_with_the_pattern() {
    let root = tree(&[
        ("copydesk.toml", "exclude = [\n  'drafts/',\n  '*.md',\n  '!keep.md',\n]\n"),
        ("sub/copydesk.toml", ""),
    ]);
    let configuration = searching(&root, "home", Vec::new());
    let excludes = |path: &str| configuration.excludes(Path::new(path)).expect("the configuration is valid");
    assert_eq!(excludes("drafts/a.txt").as_deref(), Some("copydesk.toml:2"));
    assert_eq!(excludes("x/../deep/drafts/a.txt").as_deref(), Some("copydesk.toml:2"));
    assert_eq!(excludes("deep/a.md").as_deref(), Some("copydesk.toml:3"));
    assert_eq!(excludes("keep.md"), None);
    assert_eq!(excludes("drafts.txt"), None);
    // Another file holds there.
    assert_eq!(excludes("sub/a.md"), None);
}

/// Of a file outside the folder to which patterns are relative, they see the name alone.
#[test]
fn a_file_outside_the_folder_is_matched_by_its_name() {
    let root = tree(&[("here/c.toml", "exclude = ['there/**', '*.md']\n")]);
    let current = root.path().join("here");
    let file =
        File::read(current.join("c.toml"), "c.toml".to_owned(), current.clone(), &current, &mut Compiled::default())
            .expect("it is valid");
    let source = Source::Named(Arc::new(file));
    let configuration = Configuration {
        command_line: Vec::new(),
        excluded: Patterns::default(),
        refused: None,
        source,
        current,
        cleaners: Mutex::default(),
    };
    let excludes = |path: &str| configuration.excludes(Path::new(path)).expect("the configuration is valid");
    assert_eq!(excludes("there/a.txt").as_deref(), Some("c.toml:1"));
    assert_eq!(excludes("../there/a.txt"), None);
    assert_eq!(excludes("../there/a.md").as_deref(), Some("c.toml:1"));
    // What is looked for stands in configurations: they are not cleaned themselves.
    assert_eq!(excludes("c.toml").as_deref(), Some("a configuration"));
    assert_eq!(excludes("deep/copydesk.toml").as_deref(), Some("a configuration"));
    assert_eq!(excludes("../c.toml"), None);
}

#[test]
fn files_with_the_same_settings_share_a_cleaner() {
    let root =
        tree(&[("copydesk.toml", "[[overrides]]\nfiles = 'wire/**'\nonly = 'usa'\n"), ("a/", ""), ("wire/", "")]);
    let configuration = searching(&root, "home", Vec::new());
    let cleaner = |path: &str| configuration.cleaner(Some(Path::new(path))).expect("the configuration is valid");
    assert!(Arc::ptr_eq(&cleaner("x.txt"), &cleaner("a/x.txt")));
    assert!(Arc::ptr_eq(&cleaner("wire/x.txt"), &cleaner("wire/y.txt")));
    assert!(!Arc::ptr_eq(&cleaner("x.txt"), &cleaner("wire/x.txt")));
}

#[test]
fn the_cleaners_that_are_kept_are_few() {
    let overrides: String =
        (0..CLEANERS + 9).map(|i| format!("[[overrides]]\nfiles = '{i}.txt'\nskip = 'usa'\n")).collect();
    let root = tree(&[("copydesk.toml", &overrides)]);
    let configuration = searching(&root, "home", Vec::new());
    for i in 0..CLEANERS + 9 {
        configuration.cleaner(Some(Path::new(&format!("{i}.txt")))).expect("the configuration is valid");
        assert!(configuration.cleaners.lock().expect("nobody panicked").len() <= CLEANERS);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_behind_a_link_has_the_configuration_of_the_link() {
    let root = tree(&[("copydesk.toml", ""), (".git/", ""), ("other/.git/", ""), ("other/copydesk.toml", "")]);
    std::os::unix::fs::symlink("other", root.path().join("wire")).expect("a link can be made");
    let configuration = searching(&root, "home", Vec::new());
    assert_eq!(found(&configuration, "wire/a.txt").as_deref(), Some("wire/copydesk.toml"));
}
