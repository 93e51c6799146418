//! Channels (付款设置): a tenant's way to pay.
//!
//! - **What it is:** the settings of 微信支付配置 in versions, with sealed secrets and the merchant's certificates.
//! - **What it promises:** a save makes a new version and leaves the old one as it was; a secret that was saved never comes
//!   back out but to the engine; a refused upload changes nothing; a certificate that was exchanged can be used again for 14 days.
//! - **What it does not do:** it calls nobody; 一键检测 is the engine's (`engine::check`).
//! - **Who comes in:** the settings page and command, the engine for credentials.
//! - **Where to start:** [`save()`], [`Settings`].

mod across_tenants;
mod activate;
pub mod certificate;
mod certificates;
mod checks;
mod credential;
mod discard;
mod expiring;
mod history;
mod keep;
mod model;
mod save;
mod shelf;
mod store;

pub use across_tenants::{Current, find_current, list_current, take_due_notices};
pub use activate::{ActivateError, activate};
pub use checks::{PutDown, find_check, put_check};
pub use credential::{CredentialFault, find_version_for, open_credential, open_credential_with};
pub use discard::{DiscardError, discard};
pub use expiring::{Expiring, find_expiring};
pub use history::{Change, VersionChange, list_changes};
pub use keep::KeepError;
pub use model::{Missing, SecretState, Settings, StoredCertificate, WECHAT_V2};
pub use save::{CertificateUse, SaveError, SaveWarning, Saved, SettingsChange, Uploaded, save};
pub use shelf::{KEPT, MOST_WAITING, Shelf, load_shelf};
pub use store::{load_settings, open_channel};

#[cfg(test)]
mod tests;
