//! Reads the command line, nothing else.

fn main() -> std::process::ExitCode {
    zhanfu::commands::run()
}
