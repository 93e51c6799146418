//! A person's own account: the password, and where they are signed in.

mod across_tenants;
mod change_password;
mod end_sessions;

pub use across_tenants::{OpenSession, list_sessions};
pub use change_password::change_password;
pub use end_sessions::{end_other_sessions, end_own_session};
