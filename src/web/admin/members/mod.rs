//! 成员: who may sign in, in which role, and who is invited.

mod change;
mod invite;
mod show;

use crate::people::Role;
use crate::web::text::Members;

pub(in crate::web) use change::{change_role, disable, enable, end_sessions, withdraw};
pub(in crate::web) use invite::invite;
pub(in crate::web) use show::show;

/// The roles, from most to least.
const ROLES: [Role; 4] = [Role::Owner, Role::Finance, Role::Staff, Role::Viewer];

/// What a role is called.
pub(in crate::web) const fn role_name(w: &'static Members, role: Role) -> &'static str {
    match role {
        Role::Owner => w.owner,
        Role::Finance => w.finance,
        Role::Staff => w.staff,
        Role::Viewer => w.viewer,
    }
}
