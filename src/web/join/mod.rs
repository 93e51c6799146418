//! Accepting an invitation: the link, the password, and in.

mod accept;
mod show;

pub(super) use accept::accept;
pub(super) use show::show;
