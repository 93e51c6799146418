//! Settings: from the environment, or from the file that `ZHANFU_CONFIG` names; the environment wins.
//!
//! - **What it is:** the table of settings of the contract, parsed once at the start.
//! - **What it promises:** an unknown or malformed setting stops the start with a line that names it; settings that do not fit
//!   together, too.
//! - **What it does not do:** nothing reads the environment but this room.
//! - **Who comes in:** commands and `app`.
//! - **Where to start:** [`Settings`].

mod read;
mod settings;

pub use read::SettingsFault;
pub use settings::Settings;

#[cfg(test)]
mod tests;
