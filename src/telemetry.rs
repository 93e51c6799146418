//! Structured logs: JSON lines when stdout is no terminal, readable lines when it is one.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// Where log lines go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogTo {
    /// Stdout, for a server.
    Stdout,
    /// Stderr, for a command whose stdout is its answer.
    Stderr,
}

/// Starts logging; a second call changes nothing.
pub fn start(filter: &str, to: LogTo) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(true);
    let started = match (to, std::io::stdout().is_terminal()) {
        (LogTo::Stdout, true) => builder.compact().try_init(),
        (LogTo::Stdout, false) => builder
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .try_init(),
        (LogTo::Stderr, true) => builder.compact().with_writer(std::io::stderr).try_init(),
        (LogTo::Stderr, false) => builder
            .json()
            .flatten_event(true)
            .with_writer(std::io::stderr)
            .try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}
