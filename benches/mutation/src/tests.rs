//! The project's tests, built once in the copy and run for each mutant.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The tests that say what the rules do.
const CONTRACTS: &[&str] = &["cases::", "fixtures::", "rules::"];
/// Those that say what holds for every text. They take longer.
const INVARIANTS: &[&str] = &["invariants::", "mutants::", "no_article::", "faults::", "api::"];

/// A test binary with the names of the tests to run; none for all of them.
#[derive(Debug)]
pub struct Tests {
    binary: PathBuf,
    names: &'static [&'static str],
}

/// How tests went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Passed,
    Failed,
    TimedOut,
}

/// Builds the tests of the copy, the faster ones first.
pub fn build(copy: &Path, target: &Path) -> io::Result<Vec<Tests>> {
    let output = Command::new("cargo")
        .args(["test", "--no-run", "--lib", "--test", "it", "--message-format=json", "--target-dir"])
        .arg(target)
        .current_dir(copy)
        .stderr(Stdio::inherit())
        .output()?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let binary = |kind: &str| {
        let of_kind =
            |line: &&str| line.contains(&format!(r#""kind":["{kind}"]"#)) && line.contains(r#""executable":""#);
        let line = messages.lines().filter(of_kind).next_back();
        let path = line.and_then(|line| line.split(r#""executable":""#).nth(1)?.split('"').next());
        path.map(PathBuf::from).ok_or_else(|| io::Error::other(format!("cargo built no tests of kind {kind}")))
    };
    let (unit, contracts) = (binary("lib")?, binary("test")?);
    Ok(vec![
        Tests { binary: unit, names: &[] },
        Tests { binary: contracts.clone(), names: CONTRACTS },
        Tests { binary: contracts, names: INVARIANTS },
    ])
}

impl Tests {
    /// Runs the tests with a condition removed; with none for 0.
    pub fn run(&self, copy: &Path, mutant: usize, limit: Duration) -> io::Result<End> {
        let mut tests = Command::new(&self.binary)
            .args(self.names)
            .current_dir(copy)
            .env("COPYDESK_MUTANT", mutant.to_string())
            .env("INSTA_UPDATE", "no")
            // What one mutant fails on says nothing of the next.
            .env("PROPTEST_RNG_SEED", "1")
            .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let start = Instant::now();
        while start.elapsed() < limit {
            if let Some(status) = tests.try_wait()? {
                return Ok(if status.success() { End::Passed } else { End::Failed });
            }
            thread::sleep(Duration::from_millis(10));
        }
        tests.kill()?;
        tests.wait()?;
        Ok(End::TimedOut)
    }
}
