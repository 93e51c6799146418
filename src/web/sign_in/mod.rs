//! Signing in and out.

mod begin;
mod forms;
mod show;
mod sign_out;
mod ticket;

pub(super) use begin::sign_in;
pub(super) use show::show;
pub(super) use sign_out::sign_out;
