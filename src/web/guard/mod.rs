//! What every request passes before a handler sees it.

mod client;
mod confirm;
mod csrf;
mod door;
mod kept_form;
mod member;
mod request_scope;
mod storefront;

pub(super) use client::{address, client};
pub(super) use confirm::{ConfirmPage, Proof, Proven};
pub(super) use csrf::{FormToken, same_origin};
pub(super) use door::admit;
pub(super) use kept_form::KeptForm;
pub(super) use member::{Member, MemberFault, cookie, cookie_value, session_cookie_name};
pub use request_scope::request_scope;
pub(super) use request_scope::{Reader, reader, request_id, said_in, type_of};
pub(super) use storefront::{Storefront, storefront_first};
