//! 开发者: storefront keys, webhook endpoints, deliveries.

mod deeds;
mod delivery;
mod endpoint;
mod endpoint_form;
mod keys;
mod register;
mod secret;
mod show;

pub(in crate::web) use deeds::{disable, enable, remove, replay_range, rotate, test};
pub(in crate::web) use delivery::{replay, show as delivery};
pub(in crate::web) use endpoint::show as endpoint;
pub(in crate::web) use keys::{make as make_key, revoke as revoke_key};
pub(in crate::web) use register::{change, edit as edit_endpoint, new as new_endpoint, register};
pub(in crate::web) use show::show;
