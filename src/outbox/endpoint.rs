//! What an endpoint is: an address of a tenant's own server, and what it wants to be told.

use std::collections::BTreeSet;
use std::time::Duration;

use super::Kind;
use crate::basics::{EndpointId, Timestamp};
use crate::wire::Target;

/// How many endpoints a tenant may have.
pub const ENDPOINTS_MOST: i64 = 10;

/// How long an old secret still signs beside the new one.
pub const OLD_SECRET_HOLDS: Duration = Duration::from_hours(24);

/// How long an endpoint may do nothing but fail before it is disabled.
pub const MAY_FAIL_FOR: Duration = Duration::from_hours(120);

/// The longest name of an endpoint, in characters.
const NAME_MOST: usize = 80;

/// What an endpoint wants to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wants {
    /// Everything, also what there will be one day.
    All,
    /// These.
    Only(BTreeSet<Kind>),
}

impl Wants {
    /// Whether it wants this.
    pub fn includes(&self, kind: Kind) -> bool {
        match self {
            Wants::All => true,
            Wants::Only(kinds) => kinds.contains(&kind),
        }
    }

    /// As it is stored: a blank before and after each name, so that one can be looked for.
    pub(super) fn stored(&self) -> String {
        match self {
            Wants::All => "*".to_owned(),
            Wants::Only(kinds) => kinds
                .iter()
                .fold(" ".to_owned(), |text, kind| text + kind.as_str() + " "),
        }
    }

    /// Read back. A name that this program does not know is left out.
    pub(super) fn read(text: &str) -> Self {
        if text == "*" {
            Wants::All
        } else {
            Wants::Only(text.split_whitespace().filter_map(Kind::parse).collect())
        }
    }
}

/// What a member says of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What people call it.
    pub name: EndpointName,
    /// Where it is.
    pub url: Target,
    /// What it wants to be told.
    pub wants: Wants,
}

/// A name for people: at most 80 characters, no control characters. It may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointName(String);

impl EndpointName {
    /// Takes the text, without blanks around it.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = text.chars().count() <= NAME_MOST && !text.chars().any(char::is_control);
        fits.then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why an endpoint is not called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// A member has disabled it.
    Member,
    /// It has answered 410: it is gone for good.
    Gone,
    /// It has done nothing but fail for five days.
    Failing,
}

impl Because {
    const ALL: [Because; 3] = [Because::Member, Because::Gone, Because::Failing];

    /// Its name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Because::Member => "member",
            Because::Gone => "gone",
            Because::Failing => "failing",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|because| because.as_str() == text)
    }
}

/// One endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id.
    pub id: EndpointId,
    /// What a member says of it.
    pub wish: Wish,
    /// When its secret was made.
    pub secret_set_at: Timestamp,
    /// Until when the secret before signs as well.
    pub old_secret_until: Option<Timestamp>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: String,
    /// Since when it does nothing but fail.
    pub failing_since: Option<Timestamp>,
    /// It is not called, since when and why. What happens meanwhile waits for it.
    pub disabled: Option<(Timestamp, Because)>,
}

impl Endpoint {
    /// Somebody should look at it: it was disabled by us, or has been failing for an hour.
    pub fn is_in_trouble(&self, now: Timestamp) -> bool {
        const PATIENCE: Duration = Duration::from_hours(1);
        match self.disabled {
            Some((_, Because::Gone | Because::Failing)) => true,
            Some((_, Because::Member)) => false,
            None => self
                .failing_since
                .is_some_and(|since| now.since(since) >= PATIENCE),
        }
    }
}
