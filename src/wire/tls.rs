//! The TLS half of a client: whom we trust, what we show, and what is remembered of it.
//!
//! Verification is rustls's own `WebPkiServerVerifier`, given to the one constructor that takes nothing else.
//! We count handshakes at the session store and at the certificate resolver instead of wrapping the verifier,
//! because a wrapper would need rustls's `dangerous()` door, and without it one search proves that this program
//! has no way to skip verification.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls::client::{
    ClientSessionMemoryCache, ClientSessionStore, ResolvesClientCert, Resumption,
    Tls12ClientSessionValue, Tls13ClientSessionValue, WebPkiServerVerifier,
};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, NamedGroup, RootCertStore, SignatureScheme};

use super::{ClientIdentity, IdentityFault, SetupFault, WireFigures};

/// Sessions remembered for one client. It talks to one host; eight is what one TLS 1.3 server hands out, and it
/// keeps a client at 6 KiB.
const SESSIONS: usize = 8;

tokio::task_local! {
    /// Set while one call is being polled: whether this very call made a full handshake in which our
    /// certificate was shown. Only then does an alert about a certificate prove anything, see `proof`.
    pub(super) static CERTIFICATE_SHOWN: Arc<AtomicBool>;
}

/// Who may vouch for the server.
#[derive(Clone)]
pub enum Roots {
    /// The public roots that are compiled in.
    BuiltIn,
    /// One or more PEM certificates that replace the built-in roots: a simulator's, an egress proxy's.
    Pem(Vec<u8>),
}

impl Roots {
    fn store(&self) -> Result<RootCertStore, SetupFault> {
        let mut store = RootCertStore::empty();
        match self {
            Self::BuiltIn => store
                .roots
                .extend_from_slice(webpki_roots::TLS_SERVER_ROOTS),
            Self::Pem(pem) => {
                for certificate in CertificateDer::pem_slice_iter(pem) {
                    let certificate = certificate.map_err(|_| SetupFault::Roots)?;
                    store.add(certificate).map_err(|_| SetupFault::Roots)?;
                }
                if store.is_empty() {
                    return Err(SetupFault::Roots);
                }
            }
        }
        Ok(store)
    }
}

/// What all clients share: the cryptography and the verifier. Built once.
pub(super) struct Tls {
    provider: Arc<CryptoProvider>,
    verifier: Arc<WebPkiServerVerifier>,
    figures: Arc<WireFigures>,
}

impl Tls {
    pub(super) fn new(roots: &Roots, figures: Arc<WireFigures>) -> Result<Self, SetupFault> {
        let provider = Arc::new(ring::default_provider());
        let verifier = WebPkiServerVerifier::builder_with_provider(
            Arc::new(roots.store()?),
            Arc::clone(&provider),
        )
        .build()
        .map_err(|_| SetupFault::Roots)?;
        Ok(Self {
            provider,
            verifier,
            figures,
        })
    }

    /// The configuration of one identity's client. Its sessions are its own, so that no ticket of one tenant
    /// can resume a connection of another.
    pub(super) fn client(&self, identity: &ClientIdentity) -> Result<ClientConfig, IdentityFault> {
        let shown = Shown {
            key: Arc::new(certified_key(identity)?),
            figures: Arc::clone(&self.figures),
        };
        let mut config = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()
            .map_err(|_| IdentityFault::Client)?
            .with_webpki_verifier(Arc::clone(&self.verifier))
            .with_client_cert_resolver(Arc::new(shown));
        config.resumption = Resumption::store(Arc::new(Sessions {
            inner: ClientSessionMemoryCache::new(SESSIONS),
            figures: Arc::clone(&self.figures),
        }));
        Ok(config)
    }
}

/// The configuration of a client that shows no certificate.
pub(super) fn anonymous(roots: &Roots) -> Result<ClientConfig, SetupFault> {
    Ok(
        ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|_| SetupFault::Roots)?
            .with_root_certificates(roots.store()?)
            .with_no_client_auth(),
    )
}

fn certified_key(identity: &ClientIdentity) -> Result<CertifiedKey, IdentityFault> {
    if identity.chain.is_empty() {
        return Err(IdentityFault::NoCertificate);
    }
    let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.key.expose().as_slice()));
    // Read in place: the usual constructor wants a copy of the key, which nobody would wipe.
    let key = ring::sign::any_supported_type(&der).map_err(|_| IdentityFault::Key)?;
    let chain = identity
        .chain
        .iter()
        .map(|certificate| CertificateDer::from(certificate.clone()))
        .collect();
    let certified = CertifiedKey::new(chain, key);
    certified
        .keys_match()
        .map_err(|_| IdentityFault::Mismatch)?;
    Ok(certified)
}

/// Shows the certificate whenever it is asked for, whatever authorities the server names as acceptable: how
/// `WeChat`'s front names them is not known (`wechatpay-reference.md` §10 no. 21).
struct Shown {
    key: Arc<CertifiedKey>,
    figures: Arc<WireFigures>,
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shown")
    }
}

impl ResolvesClientCert for Shown {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.figures.certificate_shown();
        // Outside of a call (a handshake that goes on in the background) there is nothing to mark.
        if CERTIFICATE_SHOWN
            .try_with(|shown| shown.store(true, Ordering::Relaxed))
            .is_err()
        {
            tracing::trace!("a handshake finished outside of a call");
        }
        Some(Arc::clone(&self.key))
    }

    fn has_certs(&self) -> bool {
        true
    }
}

/// rustls's session memory, with a count: rustls asks for the key exchange hint once for each connection.
struct Sessions {
    inner: ClientSessionMemoryCache,
    figures: Arc<WireFigures>,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions")
    }
}

impl ClientSessionStore for Sessions {
    fn set_kx_hint(&self, server_name: ServerName<'static>, group: NamedGroup) {
        self.inner.set_kx_hint(server_name, group);
    }

    fn kx_hint(&self, server_name: &ServerName<'_>) -> Option<NamedGroup> {
        self.figures.connection();
        self.inner.kx_hint(server_name)
    }

    fn set_tls12_session(&self, server_name: ServerName<'static>, value: Tls12ClientSessionValue) {
        self.inner.set_tls12_session(server_name, value);
    }

    fn tls12_session(&self, server_name: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        let session = self.inner.tls12_session(server_name);
        if session.is_some() {
            self.figures.resumption_offered();
        }
        session
    }

    fn remove_tls12_session(&self, server_name: &ServerName<'static>) {
        self.inner.remove_tls12_session(server_name);
    }

    fn insert_tls13_ticket(
        &self,
        server_name: ServerName<'static>,
        value: Tls13ClientSessionValue,
    ) {
        self.inner.insert_tls13_ticket(server_name, value);
    }

    fn take_tls13_ticket(
        &self,
        server_name: &ServerName<'static>,
    ) -> Option<Tls13ClientSessionValue> {
        let ticket = self.inner.take_tls13_ticket(server_name);
        if ticket.is_some() {
            self.figures.resumption_offered();
        }
        ticket
    }
}
