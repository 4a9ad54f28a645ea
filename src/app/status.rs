//! How the program ends.

use std::process::ExitCode;

/// How a run ended; the later variant wins where several hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Everything was done.
    #[default]
    Done,
    /// `--check` or `--diff` found a file that would change.
    WouldChange,
    /// Something could not be done; a line on stderr says what.
    Error,
    /// Ctrl-C.
    Interrupted,
    /// SIGHUP: the terminal was closed.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only Linux tells whether it is to be caught"))]
    HungUp,
    /// SIGTERM.
    Terminated,
}

impl Status {
    pub(crate) fn merge(self, other: Self) -> Self {
        self.max(other)
    }

    /// As a shell sees it. A signal counts from 128.
    fn code(self) -> u8 {
        match self {
            Status::Done => 0,
            Status::WouldChange => 1,
            Status::Error => 2,
            Status::HungUp => 129,
            Status::Interrupted => 130,
            Status::Terminated => 143,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(status.code())
    }
}

#[cfg(test)]
mod tests {
    use super::Status::{Done, Error, HungUp, Interrupted, Terminated, WouldChange};

    #[test]
    fn the_worst_wins() {
        assert_eq!(Done.merge(Done), Done);
        assert_eq!(Done.merge(WouldChange), WouldChange);
        assert_eq!(Error.merge(WouldChange), Error);
        assert_eq!(WouldChange.merge(Error), Error);
        assert_eq!(Interrupted.merge(Error), Interrupted);
        assert_eq!(Error.merge(Terminated), Terminated);
    }

    #[test]
    fn each_status_has_its_number() {
        let all = [Done, WouldChange, Error, HungUp, Interrupted, Terminated];
        assert_eq!(all.map(super::Status::code), [0, 1, 2, 129, 130, 143]);
    }
}
