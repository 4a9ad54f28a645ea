//! The program: exit status, nothing else.

mod app;

fn main() -> std::process::ExitCode {
    app::main().into()
}
