//! Batches of many small files, killed at any moment: every file is the old or the new one, and the next run ends as if nothing
//! had been. COPYDESK_KILLS says how often; CONTRIBUTING.md says when to use it.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{PROGRAM, run};

const FILES: usize = 200;
const THREADS: &str = "2";
/// Kills of each test, where the environment does not say otherwise.
const KILLS: u32 = 10;
/// At most this many times as often, until one comes midway.
const MOST: u32 = 10;
/// Steps of this part of the whole fill it evenly, and never come back to a point.
const GOLDEN: f64 = 0.618_033_988_749_895;

/// Mode and bytes of every file below a folder.
type Tree = BTreeMap<String, (u32, Vec<u8>)>;

#[test]
fn a_batch_in_place_may_be_killed_at_any_moment() {
    kill(&["-rqw", "in", "--threads", THREADS], "in");
}

#[test]
fn a_batch_to_a_directory_may_be_killed_at_any_moment() {
    kill(&["-rq", "in", "--out-dir", "out", "--threads", THREADS], "out");
}

/// Kills runs that write below `target`.
fn kill(args: &[&str], target: &str) {
    let folder = articles();
    let old = tree(folder.path());
    let begun = Instant::now();
    assert_eq!(run(folder.path(), args), (0, String::new(), String::new()));
    let mut whole = begun.elapsed();
    let new = tree(folder.path());
    assert!(new.values().filter(|(_, bytes)| bytes.windows(4).any(|w| w == b"U.S.")).count() > FILES / 2);

    let kills = kills();
    let (mut i, mut midway, mut left) = (0, 0, 0);
    while i < kills || midway == 0 && i < MOST * kills {
        i += 1;
        let folder = articles();
        let died = start_and_kill(folder.path(), args, i, &mut whole);
        let (temporary, now): (Tree, Tree) = tree(folder.path()).into_iter().partition(|(name, _)| is_temporary(name));
        assert!(temporary.len() <= 2, "a thread writes one file: {:?}", temporary.keys());
        assert!(temporary.keys().all(|name| name.starts_with(target)), "{:?}", temporary.keys());
        for (name, file) in &now {
            assert!(new.get(name) == Some(file) || old.get(name) == Some(file), "{name} is neither old nor new");
        }
        assert!(old.keys().all(|name| now.contains_key(name)), "a file is lost");
        midway += usize::from(died && now != old && now != new);
        left += temporary.len();
        assert_eq!(run(folder.path(), args), (0, String::new(), String::new()));
        assert!(tree(folder.path()) == new, "the next run ends otherwise: kill {i}");
    }
    eprintln!("{args:?}: {i} kills, {midway} midway, {left} temporary files left behind and removed by the next run");
    assert!(midway > 0, "no run was killed midway");
}

fn kills() -> u32 {
    std::env::var("COPYDESK_KILLS").map_or(KILLS, |n| n.parse().expect("COPYDESK_KILLS is a number"))
}

/// Kills a run at a moment of the time that it takes as a whole; whether it was still running.
fn start_and_kill(folder: &Path, args: &[&str], i: u32, whole: &mut Duration) -> bool {
    let mut command = Command::new(PROGRAM);
    command.args(args).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    std::thread::sleep(whole.mul_f64((GOLDEN * f64::from(i)).fract()));
    child.kill().expect("it is ours");
    let died = child.wait().expect("it is ours").signal().is_some();
    if !died {
        // The machine was slower when the whole was measured.
        *whole = whole.mul_f64(0.8);
    }
    died
}

fn is_temporary(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|n| n.starts_with(".copydesk-") && n.ends_with(".tmp"))
}

/// Small files, each with a text of its own, in some folders and with several modes; one in eight is clean, some are longer than
/// what is written at once.
fn articles() -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for i in 0..FILES {
        let path = folder.path().join(format!("in/{}/{i}.txt", i % 5));
        let country = if i % 8 == 0 { "U.S." } else { "USA" };
        let line = |n: usize| format!("Ferry {i} carried {n} people home from the {country} on Monday.\n");
        let text: String = (0..if i % 40 == 3 { 4000 } else { 1 + i % 7 }).map(line).collect();
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
        fs::write(&path, text).expect("there is room");
        fs::set_permissions(&path, Permissions::from_mode([0o644, 0o600, 0o664, 0o755][i % 4])).expect("it is ours");
    }
    folder
}

fn tree(folder: &Path) -> Tree {
    let mode = |name: &str| fs::metadata(folder.join(name)).expect("it is there").permissions().mode() & 0o7777;
    super::tree(folder).into_iter().map(|(name, bytes)| (name.clone(), (mode(&name), bytes))).collect()
}

/// The log is ahead of the files: whatever was changed can be put back.
#[test]
fn a_batch_that_was_killed_can_be_undone() {
    let args = ["-rqw", "in", "--threads", THREADS, "--edits", "log"];
    let folder = articles();
    let old = tree(folder.path());
    let begun = Instant::now();
    assert_eq!(run(folder.path(), &args), (0, String::new(), String::new()));
    let mut whole = begun.elapsed();
    let (mut i, mut midway, kills) = (0, 0, kills());
    while i < kills || midway == 0 && i < MOST * kills {
        i += 1;
        let folder = articles();
        start_and_kill(folder.path(), &args, i, &mut whole);
        let changed = |(name, file)| old.get(name).is_some_and(|old| old != file);
        let n = tree(folder.path()).iter().filter(|&(name, file)| changed((name, file))).count();
        midway += usize::from(n > 0);
        if n > 0 {
            let (status, _, reported) = run(folder.path(), &["-rqw", "in", "--undo", "log"]);
            assert_eq!(status, 0, "{reported}");
        }
        let mut now = tree(folder.path());
        now.retain(|name, _| name != "log" && !is_temporary(name));
        assert!(now == old, "{n} files were changed, and not all are put back");
    }
    assert!(midway > 0, "no run was killed midway");
}
