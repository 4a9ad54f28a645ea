//! Signals that end a run: what is being written is finished or taken back, and nothing more is begun.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[cfg(target_os = "linux")]
use signal_hook::consts::SIGHUP;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::status::Status;

/// What asks a run to end. Only Linux shows whether `nohup` wants the program to outlive its terminal; elsewhere SIGHUP is left
/// as it is.
#[cfg(target_os = "linux")]
const ENDING: [i32; 3] = [SIGHUP, SIGINT, SIGTERM];
#[cfg(not(target_os = "linux"))]
const ENDING: [i32; 2] = [SIGINT, SIGTERM];

/// Says whether the run is to end. Clones are the same one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop {
    /// 0, or the signal that came.
    signal: Arc<AtomicUsize>,
    quit: Arc<AtomicBool>,
}

impl Stop {
    /// From now on Ctrl-C, SIGTERM and a terminal that is closed ask the run to end; the second signal ends it at once. What
    /// the program's caller had ignored stays ignored.
    pub(crate) fn on_signals() -> io::Result<Self> {
        let stop = Self::default();
        let came = Arc::new(AtomicBool::new(false));
        for signal in ENDING.into_iter().filter(|&signal| !is_ignored(signal)) {
            let number = usize::try_from(signal).map_err(io::Error::other)?;
            // In this order: the first signal finds the flag unset.
            flag::register_conditional_default(signal, Arc::clone(&came))?;
            flag::register(signal, Arc::clone(&came))?;
            flag::register_usize(signal, Arc::clone(&stop.signal), number)?;
        }
        Ok(stop)
    }

    /// From now on the run is to end, as the user wants it.
    pub(crate) fn quit(&self) {
        self.quit.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_set(&self) -> bool {
        self.quit.load(Ordering::Relaxed) || self.status() != Status::Done
    }

    /// How a run ends that was asked to.
    pub(crate) fn status(&self) -> Status {
        match i32::try_from(self.signal.load(Ordering::Relaxed)) {
            Ok(0) => Status::Done,
            #[cfg(target_os = "linux")]
            Ok(SIGHUP) => Status::HungUp,
            Ok(SIGTERM) => Status::Terminated,
            _ => Status::Interrupted,
        }
    }
}

/// A write over the limit of a file's size fails from now on, as one to a full disk does; by itself the signal ends the program.
#[cfg(unix)]
pub(crate) fn outlive_file_limits() -> io::Result<()> {
    flag::register(signal_hook::consts::SIGXFSZ, Arc::default()).map(drop)
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
pub(crate) fn outlive_file_limits() -> io::Result<()> {
    Ok(())
}

/// Whether a signal was ignored when the program started, as `nohup` and shells with background jobs want it.
#[cfg(target_os = "linux")]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

#[cfg(not(target_os = "linux"))]
fn is_ignored(_: i32) -> bool {
    false
}
