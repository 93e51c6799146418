//! A tenant's way to pay.

pub mod certificate;
