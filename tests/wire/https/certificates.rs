//! Authorities and certificates that live for one test.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// A certificate authority.
pub(super) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate in DER and its key in PKCS#8.
#[derive(Clone)]
pub(super) struct Pair {
    pub(super) certificate: Vec<u8>,
    pub(super) key: Vec<u8>,
}

impl Authority {
    pub(super) fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub(super) fn pem(&self) -> Vec<u8> {
        self.0.pem().into_bytes()
    }

    pub(super) fn der(&self) -> CertificateDer<'static> {
        self.0.der().clone()
    }

    /// A server's certificate for one name or address.
    pub(super) fn server(&self, name: &str) -> Pair {
        self.issue(name, ExtendedKeyUsagePurpose::ServerAuth, 2090)
    }

    /// One that ended in 2021.
    pub(super) fn expired_server(&self, name: &str) -> Pair {
        self.issue(name, ExtendedKeyUsagePurpose::ServerAuth, 2021)
    }

    /// A merchant's certificate.
    pub(super) fn merchant(&self, number: &str) -> Pair {
        self.issue(number, ExtendedKeyUsagePurpose::ClientAuth, 2090)
    }

    /// A merchant's certificate that ended in 2021.
    pub(super) fn expired_merchant(&self, number: &str) -> Pair {
        self.issue(number, ExtendedKeyUsagePurpose::ClientAuth, 2021)
    }

    fn issue(&self, name: &str, usage: ExtendedKeyUsagePurpose, last_year: i32) -> Pair {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.extended_key_usages = vec![usage];
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(last_year, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        Pair {
            certificate: certificate.der().to_vec(),
            key: key.serialize_der(),
        }
    }
}

impl Pair {
    pub(super) fn for_rustls(&self) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
        (
            CertificateDer::from(self.certificate.clone()),
            PrivatePkcs8KeyDer::from(self.key.clone()).into(),
        )
    }
}
