//! What one tenant pays with.

use std::fmt;
use std::sync::Arc;

use crate::basics::{ApiKey, AppId, MerchantNumber};
use crate::wire::ClientIdentity;

/// One consistent set: number, app, key and certificate of the same merchant.
#[derive(Clone)]
pub struct Credential {
    /// Whose account pays.
    pub merchant_number: MerchantNumber,
    /// The app whose openids are paid.
    pub app_id: AppId,
    /// Signs requests.
    pub api_key: ApiKey,
    /// Shown in the TLS handshake.
    pub identity: Arc<ClientIdentity>,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("merchant_number", &self.merchant_number)
            .field("app_id", &self.app_id)
            .field("identity", &self.identity)
            .finish_non_exhaustive()
    }
}
