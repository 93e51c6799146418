//! What a recipient is.

use crate::basics::{OpenId, RecipientId, Timestamp};

/// One recipient.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The storefront's own id.
    pub id: RecipientId,
    /// Who that is under the tenant's AppID.
    pub openid: OpenId,
    /// The sealed name, when there is one.
    pub(super) sealed_name: Option<Vec<u8>>,
    /// Grows with every change.
    pub(super) version: i64,
    /// Since when the recipient is known.
    pub created_at: Timestamp,
}

impl Recipient {
    /// Whether WeChat Pay is asked to check the name.
    pub const fn has_real_name(&self) -> bool {
        self.sealed_name.is_some()
    }
}
