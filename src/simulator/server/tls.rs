//! TLS 1.2 and 1.3; a client certificate is asked for, and judged only after the handshake.

use std::sync::{Arc, PoisonError, RwLock};

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{DigitallySignedStruct, DistinguishedName, Error, ServerConfig, SignatureScheme};

/// The configuration for new connections.
#[derive(Debug)]
pub(in crate::simulator) struct Presented(RwLock<Arc<ServerConfig>>);

impl Presented {
    pub(in crate::simulator) fn new(
        provider: Arc<CryptoProvider>,
        certificate: Arc<CertifiedKey>,
    ) -> Result<Self, Error> {
        Ok(Self(RwLock::new(configure(provider, certificate)?)))
    }

    /// Shows another certificate from now on. Sessions of before cannot be resumed.
    pub(in crate::simulator) fn show(
        &self,
        provider: Arc<CryptoProvider>,
        certificate: Arc<CertifiedKey>,
    ) -> Result<(), Error> {
        let config = configure(provider, certificate)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = config;
        Ok(())
    }

    pub(super) fn config(&self) -> Arc<ServerConfig> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn configure(
    provider: Arc<CryptoProvider>,
    certificate: Arc<CertifiedKey>,
) -> Result<Arc<ServerConfig>, Error> {
    let asking = Arc::new(Asking {
        provider: provider.clone(),
    });
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS12, &rustls::version::TLS13])?
        .with_client_cert_verifier(asking)
        .with_cert_resolver(Arc::new(SingleCertAndKey::from(certificate)));
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// Asks for a client certificate and takes any, or none: WeChat Pay's front answers a wrong one
/// with an HTTP page, not with a TLS alert. The client still has to prove that it has the key.
#[derive(Debug)]
struct Asking {
    provider: Arc<CryptoProvider>,
}

impl ClientCertVerifier for Asking {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let schemes = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, schemes)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let schemes = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, schemes)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
