//! Signing in and out.

mod attempt;
mod begin;
mod factor;
mod forms;
mod show;
mod sign_out;
mod start;
mod ticket;

pub(super) use attempt::{Attempt, browser, check_password};
pub(super) use begin::sign_in;
pub(super) use factor::{ask as ask_factor, factor};
pub(super) use forms::{Visit, check as check_form, token as form_token};
pub(super) use show::show;
pub(super) use sign_out::sign_out;
pub(super) use start::start;
