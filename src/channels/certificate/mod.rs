//! What a merchant uploads, read and judged.
//!
//! - **What it is:** bytes in, a merchant certificate with its key and its facts out, or a fault with a name, a sentence
//!   and a remedy. It follows `wechatpay-reference.md` §5 and the limits of `security.md` §6.
//! - **What it promises:** a [`MerchantIdentity`] is complete and usable: the key was proved to belong to the certificate,
//!   the certificate to the merchant number, and its time to be now. No input panics, and none costs more than its limit.
//! - **What it does not do:** no input or output, no database, no async. It stores nothing and forgets the upload. Opening
//!   a p12 may take a second or two of computing, so callers run [`read()`] where that blocks nobody, a few at a time.
//! - **Who comes in:** the settings page, `zhanfu tenant configure`, and the daily look at [`expiry`].
//! - **Where to start:** [`read()`]; from there `part`, `contents`, `pair`, in the order of the work.

pub mod expiry;

mod chinese;
mod contents;
mod damage;
mod der;
mod der_kind;
mod fault;
mod p12;
mod p12_budget;
mod p12_derive;
mod p12_seal;
mod pair;
mod part;
mod pem;
mod private_key;
mod proof;
mod read;
mod remedy;
mod sniff;
mod warning;
mod weak_key;
mod x509;
mod zip;

pub use damage::Damage;
pub use fault::CertificateFault;
pub use read::{CertificateFacts, MerchantIdentity, UploadedFile, read};
pub use sniff::LooksLike;
pub use warning::CertificateWarning;
pub use weak_key::Weakness;

#[cfg(test)]
mod tests;
