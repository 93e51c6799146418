//! Read-only questions that join rooms. They may name any table and change none.

pub mod books;
pub mod certificate_use;
pub mod limit_effect;
pub mod names;
pub mod recipients;
pub mod standing;
pub mod story;
