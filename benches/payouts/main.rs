//! How fast it is, measured side by side in one run.
//!
//! ```text
//! cargo bench --features postgres-tls --bench payouts -- SECTION…      (no section: all of them)
//!
//! postgres   32 posters of POST /withdrawals, paid at the simulator over mutual TLS, settled; beside pgbench doing the same rows
//! drain      the engine alone, draining a queue; beside pgbench
//! hot        one tenant with 32 posters; beside the same load spread over many tenants
//! sqlite     end to end on SQLite; beside one writer doing the same statements
//! calls      the CPU of one remote call on a reused connection, and handshakes
//! history    a claim, a limit check and a balance on an empty database, and with millions of payouts behind it
//! memory     what an idle tenant costs, and what the first payout of a cold one does
//! doors      GET /payouts/{id} and POST /withdrawals at 1, 8 and 64 connections; beside an empty handler
//! ```
//!
//! Everything is real: the service is `zhanfu serve` in a process of its own, requests come from another one, PostgreSQL is started with fsync on,
//! and afterwards the simulator's book, the payouts and the ledger have to agree. Figures of different runs on a shared machine say little; what is
//! compared here is measured in turns, in one run.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::float_arithmetic,
    reason = "a benchmark measures and tells"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the machine's clock"
)]

mod figures;
mod fixture;
mod load;
mod machine;
mod pgbench;
mod postgres;
mod rig;
mod sections;
mod service;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use figures::Report;

/// Anything that goes wrong ends the benchmark.
pub(crate) type Res<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Parser)]
#[command(
    about = "How fast it is, measured side by side in one run",
    long_about = None,
    args_conflicts_with_subcommands = true
)]
pub(crate) struct Args {
    #[command(subcommand)]
    role: Option<Role>,
    /// What to measure; all of it when none is named.
    #[arg(value_enum)]
    sections: Vec<Section>,
    /// Payouts of one measurement.
    #[arg(long, default_value_t = 10_000)]
    payouts: usize,
    /// How often what is compared takes turns.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Posters, and clients of pgbench.
    #[arg(long, default_value_t = 32)]
    posters: usize,
    /// Tenants of the end-to-end sections.
    #[arg(long, default_value_t = 100)]
    tenants: usize,
    /// Tenants that a load is spread over in the section `hot`.
    #[arg(long, default_value_t = 1_000)]
    spread: usize,
    /// The queue of the section `drain`.
    #[arg(long, default_value_t = 20_000)]
    queue: usize,
    /// Payouts that lie behind in the section `history`.
    #[arg(long, default_value_t = 1_000_000)]
    history: usize,
    /// Tenants of the section `memory`.
    #[arg(long, default_value_t = 10_000)]
    idle_tenants: usize,
    /// Where databases and files are made; a directory on a real disk.
    #[arg(long, default_value = "/tmp")]
    directory: std::path::PathBuf,
    /// Leave the service's databases, logs and files where they are.
    #[arg(long)]
    keep: bool,
    /// What cargo says to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Section {
    /// End to end on PostgreSQL.
    Postgres,
    /// The engine alone.
    Drain,
    /// One busy tenant.
    Hot,
    /// End to end on SQLite.
    Sqlite,
    /// One remote call.
    Calls,
    /// Millions of payouts behind it.
    History,
    /// Many idle tenants.
    Memory,
    /// Single doors.
    Doors,
}

/// The processes that the benchmark starts out of its own executable.
#[derive(Subcommand)]
enum Role {
    /// Posts, from a process of its own.
    #[command(hide = true)]
    Load(load::LoadArgs),
    /// Calls the simulator, from a process of its own.
    #[command(hide = true)]
    Caller(sections::calls::CallerArgs),
}

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.role {
        Some(Role::Load(load)) => load::run(load),
        Some(Role::Caller(caller)) => sections::calls::run_caller(caller),
        // `cargo test --all-targets` runs benchmarks too, without that word
        None if !args.bench => {
            println!("nothing is measured outside of cargo bench");
            Ok(())
        }
        None => measure(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(args: &Args) -> Res<()> {
    let all = <Section as ValueEnum>::value_variants();
    let wanted = if args.sections.is_empty() {
        all
    } else {
        &args.sections
    };
    let mut report = Report::default();
    for section in wanted {
        println!("\n── {section:?} ──");
        match section {
            Section::Postgres => sections::end_to_end::postgres(args, &mut report)?,
            Section::Drain => sections::drain::measure(args, &mut report)?,
            Section::Hot => sections::hot::measure(args, &mut report)?,
            Section::Sqlite => sections::end_to_end::sqlite(args, &mut report)?,
            Section::Calls => sections::calls::measure(args, &mut report)?,
            Section::History => sections::history::measure(args, &mut report)?,
            Section::Memory => sections::memory::measure(args, &mut report)?,
            Section::Doors => sections::doors::measure(args, &mut report)?,
        }
    }
    report.print();
    Ok(())
}
