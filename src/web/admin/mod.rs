//! The members' pages under `/admin`.

mod home;

pub(super) use home::show as home;
