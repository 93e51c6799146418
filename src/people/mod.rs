//! People who sign in: members of tenants.
//!
//! - **What it is:** persons with a password, their memberships with a role, their sessions.
//! - **What it promises:** passwords are kept as argon2id hashes and sessions as a hash of their token; an unknown
//!   address costs as much time as a wrong password; a disabled person's session ends at the next request.
//! - **What it does not do:** it does not know what a role may do at a door; `web::doors` does.
//! - **Who comes in:** sign-in, the guard of the pages, commands.
//! - **Where to start:** [`sign_in()`], [`find_session`].

mod across_tenants;
mod add_member;
mod model;
mod password;
mod session;
mod sign_in;

pub use add_member::{AddMemberError, add_member};
pub use model::{Membership, Role};
pub use password::{Password, PasswordFault, PasswordHash, unknown_person_hash};
pub use session::{
    Client, SESSION_ABSOLUTE, SESSION_IDLE, SeenAgain, SessionToken, SignedIn, end_session,
    find_session, touch_session,
};
pub use sign_in::{Candidate, SignInError, find_candidate, sign_in};

#[cfg(test)]
mod tests;
