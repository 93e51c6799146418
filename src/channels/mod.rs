//! Channels (付款设置): a tenant's way to pay.
//!
//! - **What it is:** the settings of 微信支付配置 in versions, with sealed secrets and the merchant certificate.
//! - **What it promises:** a save makes a new version and leaves the old one as it was; a secret that was saved never comes
//!   back out but to the engine; a refused upload changes nothing.
//! - **What it does not do:** it calls nobody; 一键检测 is the engine's (`engine::check`).
//! - **Who comes in:** the settings page and command, the engine for credentials.
//! - **Where to start:** [`save()`], [`Settings`].

mod across_tenants;
pub mod certificate;
mod certificates;
mod credential;
mod model;
mod save;
mod store;

pub use across_tenants::{Current, list_current};
pub use credential::{CredentialFault, find_version_for, open_credential};
pub use model::{Missing, SecretState, Settings, StoredCertificate, WECHAT_V2};
pub use save::{SaveError, SaveWarning, Saved, SettingsChange, save};
pub use store::{load_settings, open_channel};

#[cfg(test)]
mod tests;
