//! People who sign in: members of tenants, and operators of the platform.
//!
//! - **What it is:** persons with a password and perhaps a second factor, their memberships with a role, their sessions.
//! - **What it promises:** passwords are kept as argon2id hashes and tokens as hashes; an unknown address costs as much time
//!   as a wrong password; whoever tries too often waits and is never locked out; a disabled person's session ends at the next
//!   request.
//! - **What it does not do:** it does not know what a role may do at a door; `web::doors` does.
//! - **Who comes in:** sign-in, the guard of the pages, commands.
//! - **Where to start:** [`sign_in()`], [`find_session`], [`second_factor`], [`members`], [`invitations`], [`account`].

pub mod account;
mod across_tenants;
mod add_member;
mod add_operator;
mod browsers;
mod confirm;
pub mod invitations;
pub mod members;
mod model;
mod password;
pub mod second_factor;
mod session;
mod sign_in;
mod sign_ins;
mod token;
mod tries;

pub use across_tenants::list_memberships;
pub use add_member::{AddMemberError, add_member};
pub use add_operator::{AddOperatorError, NewOperator, add_operator};
pub use browsers::BrowserToken;
pub use confirm::{
    Confirmed, FRESH, begin_by_password, confirm_by_code, confirm_by_password, renew_session,
};
pub use model::{Membership, Role};
pub use password::{Password, PasswordFault, PasswordHash, unknown_person_hash};
pub use session::{
    Client, Proved, SESSION_ABSOLUTE, SESSION_IDLE, SeenAgain, SessionToken, SignedIn, end_session,
    find_session, touch_session,
};
pub use sign_in::{
    Begun, Candidate, FactorChecked, SignInError, Step, check_factor, find_candidate,
    record_failure, sign_in, visitor,
};
pub use sign_ins::{PastSignIn, SignInOutcome, list_sign_ins};
pub use tries::{Allowed, TryKey, forget_tries, take_try};

#[cfg(test)]
mod tests;
