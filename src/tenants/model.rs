//! What a tenant is.

use crate::basics::{TenantId, TenantSlug, Timestamp};

/// Whether a tenant's money moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TenantState {
    /// It does.
    Active,
    /// An operator stopped it, for this reason.
    Suspended {
        /// Why, in the operator's words.
        reason: String,
    },
}

/// One tenant.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Its short name in commands.
    pub slug: TenantSlug,
    /// Its name for people.
    pub name: String,
    /// Whether its money moves.
    pub state: TenantState,
    /// Since when it exists.
    pub created_at: Timestamp,
}

/// A tenant's name for people: 1 to 80 characters, no control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantName(String);

impl TenantName {
    /// Takes the text, without blanks around it.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = (1..=80).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        fits.then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
