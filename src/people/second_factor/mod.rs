//! The second factor: a code that changes every half minute, and codes for when the phone is lost.
//!
//! - **What it is:** TOTP (RFC 6238: SHA-1, six digits, 30 seconds) with its seed sealed in the vault, and ten recovery codes.
//! - **What it promises:** a code counts in its own half minute and once; a recovery code counts once; a seed that was never
//!   confirmed by a code does not lock anybody out.
//! - **What it does not do:** it does not know when a code is asked for; sign-in and [`super::confirm`] do.
//! - **Who comes in:** signing in, the guard of sensitive deeds, the page of one's own account.
//! - **Where to start:** [`begin`], [`confirm_seed`], [`check`].

mod across_tenants;
mod base32;
mod begin;
mod check;
mod codes;
mod confirm_seed;
mod renew_codes;
mod totp;
mod turn_off;

pub use across_tenants::{Standing, standing};
pub use begin::{BeginError, begin, pending_seed};
pub use check::{Checked, check};
pub use codes::{RECOVERY_CODES, RecoveryCode, TypedCode};
pub use confirm_seed::{ConfirmError, confirm_seed};
pub use renew_codes::{RenewError, renew_codes};
pub use totp::Seed;
pub use turn_off::turn_off;

pub(super) use across_tenants::has_one;

#[cfg(test)]
mod tests;
