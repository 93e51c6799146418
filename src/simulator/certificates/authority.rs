//! The merchant authority, which issues what WeChat Pay's does (reference §5.3), and a foreign one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, DnValue, IsCa, KeyPair,
    KeyUsagePurpose, PKCS_RSA_SHA256, SerialNumber, date_time_ymd,
};
use rustls::RootCertStore;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use thiserror::Error;

use super::{CertificateInfo, KeySource, Origin};
use crate::simulator::beijing::DAY_MS;

/// Days a merchant certificate is valid (five years).
const VALID_DAYS: i64 = 1825;

/// Why a certificate or a package cannot be made.
#[derive(Debug, Error)]
pub enum CertificateFault {
    /// No key to be had.
    #[error("no RSA key is available")]
    NoKey,
    /// A given key is no PKCS#8 PEM.
    #[error("the given key is not a PKCS#8 private key")]
    BadKey,
    /// The certificate could not be made.
    #[error("the certificate cannot be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The TLS library does not take the certificate.
    #[error("the certificate cannot be used: {0}")]
    Tls(#[from] rustls::Error),
    /// The PKCS#12 file could not be written.
    #[error("the PKCS#12 file cannot be written: {0}")]
    Pkcs12(#[from] p12_keystore::error::Error),
    /// The archive could not be written.
    #[error("the archive cannot be written: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// No such merchant.
    #[error("no such merchant is registered")]
    UnknownMerchant,
}

/// Who issues a merchant certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Issuer {
    /// The authority whose certificates the simulator accepts.
    #[default]
    Tenpay,
    /// Another one: the front answers `The SSL certificate error`.
    Other,
}

/// When a merchant certificate is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Validity {
    /// From yesterday, for five years.
    #[default]
    Normal,
    /// It ran out yesterday.
    Expired,
    /// It begins tomorrow.
    NotYetValid,
    /// It runs out in this many days.
    EndsIn(u16),
}

impl Validity {
    fn span(self, now_ms: i64) -> (i64, i64) {
        let last = match self {
            Self::Normal => now_ms + (VALID_DAYS - 1) * DAY_MS,
            Self::Expired => now_ms - DAY_MS,
            Self::NotYetValid => now_ms + (VALID_DAYS + 1) * DAY_MS,
            Self::EndsIn(days) => now_ms + i64::from(days) * DAY_MS,
        };
        (last - VALID_DAYS * DAY_MS, last)
    }
}

/// One authority: its certificate, the key behind it, and a judge of what it has issued.
struct Authority {
    issuer: rcgen::Issuer<'static, KeyPair>,
    verifier: Arc<dyn ClientCertVerifier>,
}

/// The authorities, each made when first needed.
pub(in crate::simulator) struct Authorities {
    keys: KeySource,
    made: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    authorities: HashMap<Issuer, Arc<Authority>>,
    keys_given: usize,
}

impl Authorities {
    pub(in crate::simulator) fn new(keys: KeySource) -> Self {
        Self {
            keys,
            made: Mutex::default(),
        }
    }

    /// Issues a certificate; gives it and its key, both DER.
    pub(super) fn issue(
        &self,
        mchid: &str,
        company: &str,
        issuer: Issuer,
        validity: Validity,
        now_ms: i64,
    ) -> Result<(Vec<u8>, Vec<u8>), CertificateFault> {
        let authority = self.authority(issuer)?;
        let turn = {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            made.keys_given += 1;
            made.keys_given
        };
        let key_der = self.keys.key(turn)?;
        let key = rsa_key(&key_der)?;
        let mut params = CertificateParams::default();
        params.distinguished_name = merchant_name(mchid, company)?;
        params.serial_number = Some(serial()?);
        let (from_ms, to_ms) = validity.span(now_ms);
        set_validity(&mut params, from_ms, to_ms);
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![
            KeyUsagePurpose::DigitalSignature,
            KeyUsagePurpose::ContentCommitment,
            KeyUsagePurpose::KeyEncipherment,
            KeyUsagePurpose::DataEncipherment,
        ];
        let certificate = params.signed_by(&key, &authority.issuer)?;
        Ok((certificate.der().to_vec(), key_der))
    }

    /// Reads what a client presented and says who issued it; `None` when nothing was presented.
    pub(in crate::simulator) fn read(
        &self,
        chain: &[CertificateDer<'_>],
    ) -> Option<CertificateInfo> {
        let (leaf, rest) = chain.split_first()?;
        let Some(mut info) = CertificateInfo::read(leaf, Origin::Foreign) else {
            return Some(CertificateInfo::unreadable(leaf));
        };
        let tenpay = {
            let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            made.authorities.get(&Issuer::Tenpay).cloned()
        };
        // Asked at the certificate's own first second: whether it has run out is judged apart,
        // by the simulator's clock.
        let since = u64::try_from(info.not_before_ms / 1000).unwrap_or(0);
        let when = UnixTime::since_unix_epoch(Duration::from_secs(since));
        let ours = tenpay.is_some_and(|a| a.verifier.verify_client_cert(leaf, rest, when).is_ok());
        if ours {
            info.origin = Origin::Tenpay;
        }
        Some(info)
    }

    fn authority(&self, issuer: Issuer) -> Result<Arc<Authority>, CertificateFault> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(authority) = made.authorities.get(&issuer) {
            return Ok(authority.clone());
        }
        let authority = Arc::new(self.found(issuer)?);
        made.authorities.insert(issuer, authority.clone());
        Ok(authority)
    }

    fn found(&self, issuer: Issuer) -> Result<Authority, CertificateFault> {
        let mut params = CertificateParams::default();
        let (name, turn) = match issuer {
            Issuer::Tenpay => (tenpay_name()?, 0),
            Issuer::Other => (other_name(), 1),
        };
        params.distinguished_name = name;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.not_before = date_time_ymd(2013, 1, 1);
        params.not_after = date_time_ymd(2049, 12, 31);
        let key = rsa_key(&self.keys.key(turn)?)?;
        let certificate = params.self_signed(&key)?;
        let mut roots = RootCertStore::empty();
        roots.add(certificate.der().clone())?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .map_err(|fault| rustls::Error::General(fault.to_string()))?;
        Ok(Authority {
            issuer: rcgen::Issuer::new(params, key),
            verifier,
        })
    }
}

fn rsa_key(der: &[u8]) -> Result<KeyPair, CertificateFault> {
    let der = PrivatePkcs8KeyDer::from(der);
    Ok(KeyPair::from_pkcs8_der_and_sign_algo(
        &der,
        &PKCS_RSA_SHA256,
    )?)
}

fn merchant_name(mchid: &str, company: &str) -> Result<DistinguishedName, CertificateFault> {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, mchid);
    name.push(DnType::OrganizationName, "微信商户系统");
    name.push(DnType::OrganizationalUnitName, company);
    name.push(
        DnType::CountryName,
        DnValue::PrintableString("CN".try_into()?),
    );
    name.push(DnType::LocalityName, "ShenZhen");
    Ok(name)
}

fn tenpay_name() -> Result<DistinguishedName, CertificateFault> {
    let mut name = DistinguishedName::new();
    name.push(
        DnType::CountryName,
        DnValue::PrintableString("CN".try_into()?),
    );
    name.push(DnType::OrganizationName, "Tenpay.com");
    name.push(DnType::OrganizationalUnitName, "Tenpay.com CA Center");
    name.push(DnType::CommonName, "Tenpay.com Root CA");
    Ok(name)
}

fn other_name() -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::OrganizationName, "Example");
    name.push(DnType::CommonName, "Example Root CA");
    name
}

/// Twenty bytes, positive, no leading zero digit: 40 hexadecimal digits as WeChat shows them.
fn serial() -> Result<SerialNumber, CertificateFault> {
    let mut bytes = [0_u8; 20];
    getrandom::fill(&mut bytes).map_err(|_| CertificateFault::NoKey)?;
    if let Some(first) = bytes.first_mut() {
        *first = (*first & 0x3f) | 0x10;
    }
    Ok(SerialNumber::from_slice(&bytes))
}

/// X.509 counts whole seconds.
fn set_validity(params: &mut CertificateParams, from_ms: i64, to_ms: i64) {
    let epoch = date_time_ymd(1970, 1, 1);
    let seconds = |ms: i64| Duration::from_secs(u64::try_from(ms.div_euclid(1000)).unwrap_or(0));
    params.not_before = epoch + seconds(from_ms);
    params.not_after = epoch + seconds(to_ms);
}
