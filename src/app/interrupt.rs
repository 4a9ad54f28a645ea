//! Signals that end a run: what is being written is finished or taken back, and nothing more is begun.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::status::Status;

/// Says whether the run is to end. Clones are the same one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop {
    /// 0, or the signal that came.
    signal: Arc<AtomicUsize>,
}

impl Stop {
    /// From now on Ctrl-C and SIGTERM ask the run to end; the second one ends it at once.
    pub(crate) fn on_signals() -> io::Result<Self> {
        let stop = Self::default();
        let came = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            let number = usize::try_from(signal).map_err(io::Error::other)?;
            // In this order: the first signal finds the flag unset.
            flag::register_conditional_default(signal, Arc::clone(&came))?;
            flag::register(signal, Arc::clone(&came))?;
            flag::register_usize(signal, Arc::clone(&stop.signal), number)?;
        }
        Ok(stop)
    }

    pub(crate) fn is_set(&self) -> bool {
        self.status() != Status::Done
    }

    /// How a run ends that was asked to.
    pub(crate) fn status(&self) -> Status {
        match i32::try_from(self.signal.load(Ordering::Relaxed)) {
            Ok(0) => Status::Done,
            Ok(SIGTERM) => Status::Terminated,
            _ => Status::Interrupted,
        }
    }
}
