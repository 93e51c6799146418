//! Signing in and out, and the choice of language.

mod begin;
mod forms;
mod show;
mod sign_out;
mod ticket;

pub(super) use begin::sign_in;
pub(super) use show::show;
pub(super) use sign_out::{choose_language, sign_out};
