//! `zhanfu demo`

use std::process::ExitCode;

use super::CommandFault;
use super::args::DemoArgs;

pub(super) fn run(_args: &DemoArgs) -> Result<ExitCode, CommandFault> {
    Ok(ExitCode::SUCCESS)
}
