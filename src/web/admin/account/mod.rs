//! One's own account: password, second factor, sessions, sign-ins.

mod password;
mod second_factor;
mod sessions;
mod show;

pub(in crate::web) use password::{change as change_password, sentence};
pub(in crate::web) use second_factor::{begin, confirm, enrol, renew_codes, turn_off};
pub(in crate::web) use sessions::{end, end_others};
pub(in crate::web) use show::show;
