//! What every request passes before a handler sees it.

mod csrf;
mod member;
mod request_scope;
mod storefront;

pub use csrf::{FormToken, same_origin};
pub use member::{Member, MemberFault};
pub(super) use member::{cookie, cookie_value, session_cookie_name};
pub use request_scope::{request_id, request_scope};
pub use storefront::Storefront;
