//! The server's own certificate, and the wrong ones it can be told to show.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;

use super::{CertificateFault, pem};

/// Which certificate the server shows in new handshakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerCertificate {
    /// For 127.0.0.1 and localhost, from the authority of `ca.pem`.
    Fitting,
    /// The same, but it ran out years ago.
    Expired,
    /// For another host.
    OtherHost,
    /// From an authority nobody trusts.
    OtherAuthority,
}

/// The server authority: made at start, with a P-256 key because nobody looks at that.
pub(in crate::simulator) struct ServerAuthority {
    issuer: rcgen::Issuer<'static, KeyPair>,
    pem: String,
    provider: Arc<CryptoProvider>,
}

impl ServerAuthority {
    pub(in crate::simulator) fn found(
        provider: Arc<CryptoProvider>,
    ) -> Result<Self, CertificateFault> {
        let mut params = CertificateParams::default();
        params
            .distinguished_name
            .push(DnType::CommonName, "Zhanfu simulator server CA");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        lasting(&mut params);
        let key = KeyPair::generate()?;
        let certificate = params.self_signed(&key)?;
        let pem = pem("CERTIFICATE", certificate.der());
        Ok(Self {
            issuer: rcgen::Issuer::new(params, key),
            pem,
            provider,
        })
    }

    /// What clients have to trust.
    pub(in crate::simulator) fn pem(&self) -> &str {
        &self.pem
    }

    /// Makes a certificate of the wanted kind.
    pub(in crate::simulator) fn make(
        &self,
        kind: ServerCertificate,
    ) -> Result<Arc<CertifiedKey>, CertificateFault> {
        let hosts: &[&str] = match kind {
            ServerCertificate::OtherHost => &["other.example"],
            ServerCertificate::Fitting
            | ServerCertificate::Expired
            | ServerCertificate::OtherAuthority => &["127.0.0.1", "localhost", "::1"],
        };
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let mut params = CertificateParams::new(hosts)?;
        params
            .distinguished_name
            .push(DnType::CommonName, "api.mch.weixin.qq.com simulator");
        lasting(&mut params);
        if kind == ServerCertificate::Expired {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2021, 1, 1);
        }
        let key = KeyPair::generate()?;
        let certificate = match kind {
            ServerCertificate::OtherAuthority => {
                params.signed_by(&key, &Self::found(self.provider.clone())?.issuer)?
            }
            ServerCertificate::Fitting
            | ServerCertificate::Expired
            | ServerCertificate::OtherHost => params.signed_by(&key, &self.issuer)?,
        };
        let chain: Vec<CertificateDer<'static>> = vec![certificate.der().clone()];
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        Ok(Arc::new(CertifiedKey::from_der(
            chain,
            key,
            &self.provider,
        )?))
    }
}

/// Clients judge by their own clock, which need not be the simulator's: the span is wide.
fn lasting(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(2010, 1, 1);
    params.not_after = date_time_ymd(2049, 12, 31);
}
