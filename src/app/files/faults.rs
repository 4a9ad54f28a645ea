//! Whatever call fails while a file is written, its old or its new text stands there, whole, and nothing else is left.

use std::fs::{self, File, Metadata, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::Result;
use copydesk::{Options, Stage};
use tempfile::{NamedTempFile, TempDir, TempPath};

use super::batch;
use super::disk::{Disk, Os};
use super::list::Listing;
use super::one::Job;
use super::progress::Progress;
use super::summary::Summary;
use super::temporary::sweep;
use super::write::{Original, Rewrite, Writer};
use crate::app::args::Args;
use crate::app::cleaners::Cleaners;
use crate::app::config::Configuration;
use crate::app::interrupt::Stop;
use crate::app::settings::Settings;
use crate::app::stdio::Stderr;

/// The calls of which each has to fail once.
const CALLS: [&str; 9] =
    ["create", "write", "set_owner", "set_mode", "copy_attributes", "sync", "metadata", "rename", "sync_folder"];

/// Lets one call fail, counted from 0, and knows which were made.
struct Faulty {
    fails: usize,
    /// It panics instead.
    panics: bool,
    /// A folder that another run sweeps before each call.
    swept: Option<PathBuf>,
    made: Mutex<Vec<&'static str>>,
}

impl Faulty {
    fn new(fails: usize) -> Self {
        Self { fails, panics: false, swept: None, made: Mutex::default() }
    }

    fn call(&self, name: &'static str) -> io::Result<()> {
        self.swept.iter().for_each(|folder| sweep(folder));
        let mut made = self.made.lock().expect("no test panics here");
        made.push(name);
        let fails = made.len() - 1 == self.fails;
        drop(made);
        assert!(!(fails && self.panics), "a fault");
        if fails { Err(io::Error::other("a fault")) } else { Ok(()) }
    }

    /// The call that failed.
    fn failed(&self) -> Option<&'static str> {
        self.made.lock().expect("no test panics here").get(self.fails).copied()
    }
}

impl Disk for Faulty {
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile> {
        self.call("create")?;
        Os.create(folder)
    }

    /// A disk that is full takes a part.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        let result = self.call("write");
        let part = if result.is_ok() { bytes } else { &bytes[..bytes.len() / 2] };
        let n = Os.write(file, part)?;
        result.map(|()| n)
    }

    fn set_owner(&self, file: &File, like: &Metadata) -> io::Result<()> {
        self.call("set_owner")?;
        Os.set_owner(file, like)
    }

    fn set_mode(&self, file: &File, mode: Permissions) -> io::Result<()> {
        self.call("set_mode")?;
        Os.set_mode(file, mode)
    }

    fn copy_attributes(&self, from: &File, to: &File) -> io::Result<()> {
        self.call("copy_attributes")?;
        Os.copy_attributes(from, to)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.call("sync")?;
        Os.sync(file)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.call("metadata")?;
        Os.metadata(path)
    }

    fn rename(&self, from: TempPath, to: &Path) -> io::Result<()> {
        self.call("rename")?;
        Os.rename(from, to)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.call("create_folder")?;
        Os.create_folder(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.call("sync_folder")?;
        Os.sync_folder(path)
    }
}

/// More than one write takes, with the first edit after text that stays.
fn text(country: &str) -> String {
    let line = "The night ferry sails again, and nobody was hurt.\n";
    format!("{}In the {country} it rained.\n{}", line.repeat(2000), line.repeat(2000))
}

/// A folder with `a.txt`, and its real path.
fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let path = fs::canonicalize(folder.path()).expect("it is there").join("a.txt");
    fs::write(&path, text("USA")).expect("there is room for a file");
    (folder, path)
}

fn open(path: &Path) -> (Arc<File>, Metadata) {
    let file = File::open(path).expect("it is there");
    let was = file.metadata().expect("it is open");
    (Arc::new(file), was)
}

/// Cleans into a file, as far as it goes.
fn clean(mut rewrite: Rewrite<'_>, file: &Arc<File>) -> Result<()> {
    pass(&mut rewrite, file)?;
    rewrite.finish(|| Ok(()))
}

fn pass(rewrite: &mut Rewrite<'_>, mut file: &File) -> Result<()> {
    let cleaner = Options::default().only([Stage::Usa]).build()?;
    let mut session = cleaner.session();
    while session.read_from(&mut file, rewrite)? > 0 {}
    Ok(session.finish(rewrite)?)
}

/// A file that is not compressed.
fn original(file: &Arc<File>, was: Metadata) -> Original {
    Original { file: Arc::clone(file), was, compression: None }
}

fn in_place(writer: &Writer<'_>, path: &Path) -> Result<()> {
    let (file, was) = open(path);
    clean(writer.in_place(path, original(&file, was)), &file)?;
    writer.finish().into_iter().next().map_or(Ok(()), Err)
}

fn holds(path: &Path, country: &str) -> bool {
    fs::read_to_string(path).is_ok_and(|is| is == text(country))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().expect("it is a folder").map(|e| e.expect("it can be read"));
    let mut names: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_fault_leaves_the_old_or_the_new_text() {
    let mut failed = Vec::new();
    for n in 0.. {
        let (folder, path) = folder();
        let disk = Faulty::new(n);
        let result = in_place(&Writer::new(&disk, false), &path);
        let is = fs::read_to_string(&path).expect("it is there");
        assert_eq!(names(folder.path()), ["a.txt"], "{:?}", disk.failed());
        let Some(call) = disk.failed() else {
            result.expect("nothing fails");
            assert!(is == text("U.S."));
            break;
        };
        result.expect_err(call);
        assert!(is == text(if call == "sync_folder" { "U.S." } else { "USA" }), "{call}");
        failed.push(call);
    }
    assert!(failed.iter().filter(|c| **c == "write").count() > 1, "the text is too short: {failed:?}");
    failed.dedup();
    assert_eq!(failed, CALLS);
}

#[test]
fn a_fault_leaves_no_half_copy() {
    let mut failed = Vec::new();
    for n in 0.. {
        let (folder, path) = folder();
        let root = path.with_file_name("out");
        fs::create_dir(&root).expect("there is room");
        let target = root.join("more/a.txt");
        let disk = Faulty::new(n);
        let writer = Writer::new(&disk, false);
        let (file, was) = open(&path);
        let rewrite = writer.copy(&path, original(&file, was), &target, &root);
        let result = rewrite.and_then(|rewrite| clean(rewrite, &file));
        let result = result.and_then(|()| writer.finish().into_iter().next().map_or(Ok(()), Err));
        assert!(holds(&path, "USA"));
        assert_eq!(names(folder.path()), ["a.txt", "out"]);
        let call = disk.failed();
        assert_eq!(result.is_ok(), call.is_none(), "{call:?}");
        let whole = holds(&target, "U.S.");
        assert_eq!(whole, call.is_none() || call == Some("sync_folder"), "{call:?}");
        if call != Some("create_folder") {
            assert_eq!(names(&root.join("more")).len(), usize::from(whole), "{call:?}");
        }
        let Some(call) = call else { break };
        failed.push(call);
    }
    failed.dedup();
    assert_eq!(failed, ["create_folder", "create", "write", "set_mode", "sync", "metadata", "rename", "sync_folder"]);
}

#[test]
fn force_goes_on_where_only_owner_or_attributes_are_lost() {
    for lost in ["set_owner", "copy_attributes"] {
        let n = {
            let (_folder, path) = folder();
            let disk = Faulty::new(usize::MAX);
            in_place(&Writer::new(&disk, true), &path).expect("nothing fails");
            let made = disk.made.into_inner().expect("no test panics here");
            made.iter().position(|c| *c == lost).expect("the call is made")
        };
        let (_folder, path) = folder();
        let disk = Faulty::new(n);
        in_place(&Writer::new(&disk, true), &path).expect("the fault is forced");
        assert_eq!(disk.failed(), Some(lost));
        assert!(holds(&path, "U.S."));
    }
}

#[test]
fn what_another_program_wrote_meanwhile_stays() {
    let changes: [fn(&Path); 5] = [
        |path| fs::write(path, "It is new.\n").expect("it is ours"),
        |path| fs::write(path, text("USA").replacen("The", "She", 1)).expect("it is ours"),
        |path| {
            let other = path.with_file_name("b.txt");
            fs::write(&other, text("USA")).expect("it is ours");
            fs::rename(other, path).expect("it is ours");
        },
        |path| fs::remove_file(path).expect("it is ours"),
        |path| {
            let mut mode = fs::metadata(path).expect("it is there").permissions();
            mode.set_readonly(true);
            fs::set_permissions(path, mode).expect("it is ours");
        },
    ];
    for change in changes {
        let (folder, path) = folder();
        let writer = Writer::new(&Os, false);
        // Clocks of file systems are coarse.
        let earlier = std::time::SystemTime::now() - std::time::Duration::from_secs(9);
        let file = File::options().write(true).open(&path).expect("it is ours");
        file.set_modified(earlier).expect("it is ours");
        let (file, was) = open(&path);
        let mut rewrite = writer.in_place(&path, original(&file, was));
        pass(&mut rewrite, &file).expect("it is read");
        change(&path);
        let now = fs::read(&path).ok();
        rewrite.finish(|| Ok(())).expect_err("it is another text");
        assert!(fs::read(&path).ok() == now);
        assert_eq!(names(folder.path()).len(), usize::from(now.is_some()));
    }
}

#[test]
fn another_run_does_not_sweep_what_is_written() {
    let (folder, path) = folder();
    let disk = Faulty { swept: Some(folder.path().to_owned()), ..Faulty::new(usize::MAX) };
    in_place(&Writer::new(&disk, false), &path).expect("nothing fails");
    assert!(holds(&path, "U.S."));
}

#[test]
fn what_is_dropped_leaves_nothing() {
    let (folder, path) = folder();
    let writer = Writer::new(&Os, false);
    let (file, was) = open(&path);
    let mut rewrite = writer.in_place(&path, original(&file, was));
    pass(&mut rewrite, &file).expect("it is read");
    assert_eq!(names(folder.path()).len(), 2);
    drop(rewrite);
    assert_eq!(names(folder.path()), ["a.txt"]);
    assert!(holds(&path, "USA"));
}

#[cfg(unix)]
#[test]
fn mode_and_attributes_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = folder();
    fs::set_permissions(&path, Permissions::from_mode(0o4751)).expect("it is ours");
    let noted = xattr::set(&path, "user.source", b"wire").is_ok();
    in_place(&Writer::new(&Os, false), &path).expect("nothing fails");
    assert!(holds(&path, "U.S."));
    assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o7777, 0o4751);
    if noted {
        let value = xattr::get(&path, "user.source").expect("attributes can be read");
        assert_eq!(value.as_deref(), Some(&b"wire"[..]));
    } else {
        eprintln!("skipped: there are no extended attributes here");
    }
}

#[cfg(unix)]
#[test]
fn the_owner_is_kept() {
    use std::os::unix::fs::{MetadataExt, chown};
    let (_folder, path) = folder();
    if chown(&path, Some(1234), Some(1235)).is_err() {
        eprintln!("skipped: this user may give no file away");
        return;
    }
    in_place(&Writer::new(&Os, false), &path).expect("nothing fails");
    let is = fs::metadata(&path).expect("it is there");
    assert_eq!((is.uid(), is.gid()), (1234, 1235));
    assert!(holds(&path, "U.S."));
}

/// The run ends, and the other files are cleaned.
#[test]
fn a_panic_fails_its_file_alone() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let paths: Vec<PathBuf> = (0..9).map(|i| folder.path().join(format!("{i}.txt"))).collect();
    for path in &paths {
        fs::write(path, text("USA")).expect("there is room for a file");
    }
    let args = Args {
        files: vec![folder.path().into()],
        write: true,
        recursive: true,
        isolated: true,
        threads: std::num::NonZeroUsize::new(3),
        ..Args::default()
    };
    let settings = Settings::new(&args).expect("they are valid");
    let configuration = Configuration::new(&args).expect("there is none");
    let cleaners = Arc::new(Cleaners::new(configuration, None));
    let listing = Listing::new(&settings, &cleaners, None).expect("the folder can be read");
    let disk = Faulty { panics: true, ..Faulty::new(4) };
    let writer = Writer::new(&disk, false);
    let stop = Stop::default();
    let job = Job {
        settings: &settings,
        cleaners: &cleaners,
        out_dir: None,
        writer: &writer,
        log: None,
        undo: None,
        asker: None,
        stop: &stop,
        threads: std::num::NonZeroUsize::MIN,
    };
    let (mut summary, progress) = (Summary::default(), Progress::new(0, &settings));
    batch::run(&job, &listing.sources, &progress, (&mut summary, None), &mut Stderr::new())
        .expect("nothing is printed");
    assert_eq!(summary.errors, 1);
    let cleaned =
        paths.iter().filter(|path| fs::read_to_string(path).is_ok_and(|is| is.contains("In the U.S. it"))).count();
    assert_eq!(cleaned, 8);
}
