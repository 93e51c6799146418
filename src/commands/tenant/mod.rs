//! `zhanfu tenant …`

pub(super) mod configure;
pub(super) mod create;
pub(super) mod limits;
