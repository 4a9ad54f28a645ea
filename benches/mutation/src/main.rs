//! Removes conditions of the rules, one at a time, and counts how many of them a test misses.
//!
//! ```text
//! cargo run --release --manifest-path benches/mutation/Cargo.toml -- [NUMBER [SEED]]
//! ```
//!
//! NUMBER conditions (default: 300) are picked at random. An operand of `&&` or `||` is left out, the branch of an `if` or a match
//! arm with a guard is never taken. In a copy of the project below `target/mutation` each condition has a
//! switch, so one build serves for all. Each survivor is printed with its place, then the share of those that died.

mod conditions;
mod copy;
mod tests;

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use copy::Mutant;
use tests::{End, Tests};

/// How many times as long as without a mutant the tests may take.
const SLOWER: u32 = 10;

fn main() -> io::Result<()> {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse::<u64>().map_err(io::Error::other));
    let (number, seed) = (args.next().unwrap_or(Ok(300))?, args.next().unwrap_or(Ok(1))?);
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let work = root.join("target/mutation");
    let copy = work.join("copy");
    let mutants = copy::copy(root, &copy)?;
    let tests = tests::build(&copy, &work.join("target"))?;
    let limit = limit(&tests, &copy)?;
    let sample = sample(&mutants, number as usize, seed);
    println!("{} of {} conditions, seed {seed}", sample.len(), mutants.len());
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<usize> {
        let mut dead = 0;
        while let Some(mutant) = sample.get(next.fetch_add(1, Ordering::Relaxed)) {
            dead += usize::from(dies(mutant, &tests, &copy, limit)?);
        }
        Ok(dead)
    };
    let dead = thread::scope(|scope| -> io::Result<usize> {
        let workers: Vec<_> = (0..thread::available_parallelism()?.get()).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().expect("a worker does not panic")).sum()
    })?;
    println!("{dead} of {} died: {:.1} %", sample.len(), 100.0 * dead as f64 / sample.len() as f64);
    Ok(())
}

/// How long the tests may take; without a mutant they pass.
fn limit(tests: &[Tests], copy: &Path) -> io::Result<Duration> {
    let start = Instant::now();
    for tests in tests {
        if tests.run(copy, 0, Duration::MAX)? != End::Passed {
            return Err(io::Error::other("the tests fail without a mutant"));
        }
    }
    Ok(start.elapsed() * SLOWER)
}

/// Whether a test fails, or never ends, without a condition.
fn dies(mutant: &Mutant, tests: &[Tests], copy: &Path, limit: Duration) -> io::Result<bool> {
    for tests in tests {
        if tests.run(copy, mutant.number, limit)? != End::Passed {
            return Ok(true);
        }
    }
    let Mutant { number, kind, file, line, function, text } = mutant;
    println!("{number}: {file}:{line}: {function}: {} {text}", kind.as_str());
    Ok(false)
}

/// Conditions that are picked at random, in their order.
fn sample(mutants: &[Mutant], number: usize, seed: u64) -> Vec<&Mutant> {
    let mut picked: Vec<(u64, &Mutant)> = mutants.iter().map(|mutant| (hash(seed, mutant.number), mutant)).collect();
    picked.sort_by_key(|(hash, _)| *hash);
    picked.truncate(number);
    picked.sort_by_key(|(_, mutant)| mutant.number);
    picked.into_iter().map(|(_, mutant)| mutant).collect()
}

/// SplitMix64.
fn hash(seed: u64, number: usize) -> u64 {
    let mut hash = (seed << 32 | number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash = (hash ^ hash >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash = (hash ^ hash >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ hash >> 31
}
