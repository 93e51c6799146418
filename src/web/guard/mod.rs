//! What every request passes before a handler sees it.

mod csrf;
mod member;
mod request_scope;
mod storefront;

pub(super) use csrf::{FormToken, same_origin};
pub(super) use member::{Member, MemberFault, cookie, cookie_value, session_cookie_name};
pub use request_scope::request_scope;
pub(super) use request_scope::{request_id, said_in, type_of};
pub(super) use storefront::{Storefront, storefront_first};
