//! Signing in and out.

mod attempt;
mod begin;
mod factor;
mod forms;
mod show;
mod sign_out;
mod start;
mod ticket;

pub(super) use begin::sign_in;
pub(super) use factor::factor;
pub(super) use show::show;
pub(super) use sign_out::sign_out;
