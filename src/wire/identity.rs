//! Who we are in a TLS handshake: one merchant certificate of one tenant, with its key.

use std::fmt;

use crate::basics::{CertificateId, Secret, TenantId};

/// A merchant certificate and its private key. It belongs to one tenant for ever: a renewed certificate is
/// a new identity with a new id.
pub struct ClientIdentity {
    /// Whose it is.
    pub tenant: TenantId,
    /// Which of that tenant's certificates.
    pub certificate: CertificateId,
    /// DER, the merchant's own certificate first.
    pub chain: Vec<Vec<u8>>,
    /// PKCS#8 in DER.
    pub key: Secret<Vec<u8>>,
}

impl fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientIdentity")
            .field("tenant", &self.tenant)
            .field("certificate", &self.certificate)
            .finish_non_exhaustive()
    }
}
