//! The latest sign-ins of a person, good and bad, for the person to look at.

mod across_tenants;

use crate::basics::Timestamp;

pub(super) use across_tenants::insert;
pub use across_tenants::list as list_sign_ins;

/// What came of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInOutcome {
    /// A session began.
    SignedIn,
    /// The password was wrong.
    WrongPassword,
    /// The password was right and the code of the second factor was not.
    WrongCode,
}

impl SignInOutcome {
    const ALL: [Self; 3] = [Self::SignedIn, Self::WrongPassword, Self::WrongCode];

    /// Its name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::WrongPassword => "wrong_password",
            Self::WrongCode => "wrong_code",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|outcome| outcome.as_str() == text)
    }
}

/// One sign-in, or one that failed.
#[derive(Clone, Debug)]
pub struct PastSignIn {
    /// When.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: SignInOutcome,
    /// From which network address.
    pub address: String,
    /// In which browser, by its own word.
    pub user_agent: String,
}
