//! The members of one tenant: who they are, what they may do, and what an owner does about them.

mod change_role;
mod disable;
mod enable;
mod end_sessions;
mod store;

pub use change_role::change_role;
pub use disable::disable;
pub use enable::enable;
pub use end_sessions::end_sessions;
pub use store::{MOST_MEMBERS, MemberLine, find, list, names};

use super::model::Role;
use crate::basics::{MemberId, TenantId};
use crate::db::{DbFault, Tx};

pub(super) use store::{count, lock};

/// Why a member is not changed.
#[derive(Debug, thiserror::Error)]
pub enum MemberError {
    /// The tenant has no such member.
    #[error("there is no such member")]
    NotFound,
    /// The tenant would be left without an owner who may sign in.
    #[error("this is the last owner; make somebody else an owner first")]
    LastOwner,
    /// Nobody disables themselves.
    #[error("nobody disables themselves; ask another owner")]
    Oneself,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// The member, in a transaction in which no member of the tenant is changed by anybody else; and whether they are the last owner.
fn load_locked(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    member: MemberId,
) -> Result<(MemberLine, bool), MemberError> {
    store::lock(tx, tenant)?;
    let all = store::list_plain(tx, tenant)?;
    let owners = all
        .iter()
        .filter(|line| line.role == Role::Owner && line.disabled_at.is_none())
        .count();
    let line = all
        .into_iter()
        .find(|line| line.member == member)
        .ok_or(MemberError::NotFound)?;
    let is_last = owners == 1 && line.role == Role::Owner && line.disabled_at.is_none();
    Ok((line, is_last))
}

#[cfg(test)]
mod tests;
