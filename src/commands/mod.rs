//! The command line of the contract. Only this room prints, and only it starts the simulator.

mod api_key;
mod args;
mod check;
#[cfg(feature = "sandbox")]
mod demo;
mod lane;
mod ledger;
mod migrate;
mod operator;
mod output;
mod payout;
mod reconcile;
mod serve;
#[cfg(feature = "sandbox")]
mod simulator;
mod tenant;
mod timekeeper;
mod under_way;
mod vault;

use std::process::ExitCode;

use clap::Parser as _;

use crate::app::{AppFault, Ground, Schema};
use crate::config::{Settings, SettingsFault};
use crate::telemetry::{self, LogTo};
use args::{Args, Command, TenantCommand};
use output::Refused;

/// Why a command ends with status 1.
#[derive(Debug, thiserror::Error)]
enum CommandFault {
    /// A setting is wrong.
    #[error(transparent)]
    Settings(#[from] SettingsFault),
    /// The start stops.
    #[error(transparent)]
    App(#[from] AppFault),
    /// What was asked for is refused, or failed.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// Reads the command line, does what it says, and gives the exit status: 0 done, 1 refused or failed, 2 wrong usage.
pub fn run() -> ExitCode {
    match dispatch(Args::parse().command) {
        Ok(code) => code,
        Err(fault) => {
            output::error(&fault);
            ExitCode::from(1)
        }
    }
}

fn dispatch(command: Command) -> Result<ExitCode, CommandFault> {
    match command {
        #[cfg(feature = "sandbox")]
        Command::Demo(args) => return demo::run(&args),
        #[cfg(feature = "sandbox")]
        Command::Simulator(args) => simulator::run(&args)?,
        Command::Serve(args) => serve::run(&args, settings(LogTo::Stdout)?)?,
        Command::Migrate => migrate::run(&settings(LogTo::Stderr)?)?,
        Command::Operator { command } => operator::run(&ground()?, &command)?,
        Command::Tenant { command } => {
            let ground = ground()?;
            match command {
                TenantCommand::Create(args) => tenant::create::run(&ground, &args)?,
                TenantCommand::Configure(args) => tenant::configure::run(&ground, &args)?,
                TenantCommand::Limits(args) => tenant::limits::run(&ground, &args)?,
            }
        }
        Command::ApiKey { command } => api_key::run(&ground()?, &command)?,
        Command::Check(args) => return check::run(&ground()?, &args),
        Command::Reconcile(args) => return Ok(reconcile::run(&ground()?, &args)?),
        Command::Resolve(args) => reconcile::resolve(&ground()?, &args)?,
        Command::Lane { command } => lane::run(&ground()?, &command)?,
        Command::Payout { command } => payout::run(&ground()?, &command)?,
        Command::Vault { command } => return Ok(vault::run(&ground()?, &command)?),
        Command::Ledger { command } => return Ok(ledger::run(&ground()?, &command)?),
    }
    Ok(ExitCode::SUCCESS)
}

fn settings(log: LogTo) -> Result<Settings, SettingsFault> {
    let settings = Settings::from_environment()?;
    telemetry::start(&settings.log, log);
    Ok(settings)
}

fn ground() -> Result<Ground, CommandFault> {
    Ok(Ground::open(settings(LogTo::Stderr)?, Schema::MustFit)?)
}
