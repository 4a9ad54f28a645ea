//! The program: exit status, nothing else.

#![forbid(unsafe_code)]

mod app;

fn main() -> std::process::ExitCode {
    app::main().into()
}
