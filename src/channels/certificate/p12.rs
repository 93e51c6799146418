//! A p12 (PKCS#12, RFC 7292), opened with the merchant number.
//!
//! WeChat Pay's certificate tool writes the encryptions of OpenSSL 1 (RC2 with 40 bits for the certificate, triple
//! DES for the key, SHA-1 for the check; `wechatpay-reference.md` §5.4); a p12 that was exported again has AES.
//!
//! The file is walked twice. The first walk sees only what is visible without the password, derives no key and
//! refuses at once what asks for too much work. The second opens the parts, and pays out of the same purse before
//! each derivation: an encrypted part may hold further encrypted parts, which nobody could count from outside.

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512};
use ring::hmac;
use zeroize::Zeroizing;

use super::der::{self, NotDer, Reader, tag};
use super::p12_budget::{Budget, Refusal};
use super::p12_derive::{Password, Purpose, derive};
use super::p12_seal::Seal;
use super::{CertificateFault, Damage};
use crate::basics::MerchantNumber;

const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const ENCRYPTED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06];
/// 1.2.840.113549.1.12.10.1.x; the last number is the kind of bag.
const BAG: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01];
/// 1.2.840.113549.1.9.22.1
const X509: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01];
const SHA_1: &[u8] = &[0x2b, 0x0e, 0x03, 0x02, 0x1a];
/// 2.16.840.1.101.3.4.2.x: SHA-2; the last number is the length.
const SHA_2: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02];

/// What was inside: DER, in the order of the file.
#[derive(Default)]
pub(super) struct Opened {
    pub(super) certificates: Vec<Vec<u8>>,
    pub(super) keys: Vec<Zeroizing<Vec<u8>>>,
}

/// Opens it, if it asks for no more work than the budget has left.
pub(super) fn open(
    file: &str,
    bytes: &[u8],
    merchant: &MerchantNumber,
    budget: &mut Budget,
) -> Result<Opened, CertificateFault> {
    let password = Password::new(merchant.as_str());
    budget.next_file();
    from_outside(bytes, &mut budget.clone())
        .and_then(|()| walk(bytes, Look::Inside(&password), budget))
        .map_err(|refusal| fault(refusal, file, merchant))
}

/// Refuses what can be refused without the password.
pub(super) fn from_outside(bytes: &[u8], budget: &mut Budget) -> Result<(), Refusal> {
    walk(bytes, Look::Outside, budget).map(|_| ())
}

fn fault(refusal: Refusal, file: &str, merchant: &MerchantNumber) -> CertificateFault {
    let file = file.to_owned();
    match refusal {
        Refusal::Damaged => CertificateFault::Damaged {
            file,
            detail: Damage::IncompleteP12,
        },
        Refusal::WorkTooHigh => CertificateFault::WorkTooHigh { file },
        Refusal::TooManyBags => CertificateFault::TooManyBags { file },
        Refusal::UnsupportedProtection => CertificateFault::UnsupportedProtection { file },
        Refusal::WrongPassword => CertificateFault::WrongPassword {
            file,
            merchant: merchant.as_str().to_owned(),
        },
    }
}

/// With the password, or without.
#[derive(Clone, Copy)]
enum Look<'p> {
    Outside,
    Inside(&'p Password),
}

struct Walk<'w> {
    look: Look<'w>,
    budget: &'w mut Budget,
    /// What nonsense after decrypting means: a damaged file when the password was checked before, else most likely a
    /// wrong password.
    nonsense: Refusal,
    opened: Opened,
}

/// `SEQUENCE { 3, SEQUENCE { data, [0] safes }, SEQUENCE { check }? }`
fn walk(bytes: &[u8], look: Look<'_>, budget: &mut Budget) -> Result<Opened, Refusal> {
    der::check(bytes)?;
    let mut pfx = Reader::new(bytes).enter(tag::SEQUENCE)?;
    if pfx.small()? != 3 {
        return Err(Refusal::Damaged);
    }
    let (kind, value) = content(pfx.enter(tag::SEQUENCE)?)?;
    if kind != DATA {
        // signed by a public key instead of a password: nobody writes that
        return Err(Refusal::UnsupportedProtection);
    }
    let safes = octets(value)?;
    let mut walk = Walk {
        look,
        budget,
        nonsense: Refusal::WrongPassword,
        opened: Opened::default(),
    };
    if !pfx.is_at_end() {
        walk.mac(pfx.enter(tag::SEQUENCE)?, safes)?;
        walk.nonsense = Refusal::Damaged;
    }
    pfx.end()?;
    walk.safes(safes)?;
    Ok(walk.opened)
}

impl Walk<'_> {
    /// `SEQUENCE { SEQUENCE { hash, check }, salt, rounds? }`
    fn mac(&mut self, mut mac: Reader<'_>, safes: &[u8]) -> Result<(), Refusal> {
        let mut digest = mac.enter(tag::SEQUENCE)?;
        let hash = digest.enter(tag::SEQUENCE)?.take(tag::OID)?;
        let check = digest.take(tag::OCTET_STRING)?;
        let salt = mac.take(tag::OCTET_STRING)?;
        let rounds = if mac.is_at_end() { 1 } else { mac.small()? };
        mac.end()?;
        self.budget.spend(rounds)?;
        let (hash, keyed) = match (hash.strip_prefix(SHA_2), hash) {
            (_, SHA_1) => (
                &SHA1_FOR_LEGACY_USE_ONLY,
                hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            ),
            (Some([1]), _) => (&SHA256, hmac::HMAC_SHA256),
            (Some([2]), _) => (&SHA384, hmac::HMAC_SHA384),
            (Some([3]), _) => (&SHA512, hmac::HMAC_SHA512),
            _ => return Err(Refusal::UnsupportedProtection),
        };
        let Look::Inside(password) = self.look else {
            return Ok(());
        };
        let key = derive(
            hash,
            password,
            salt,
            Purpose::Mac,
            rounds,
            hash.output_len(),
        );
        hmac::verify(&hmac::Key::new(keyed, &key), safes, check).map_err(|_| Refusal::WrongPassword)
    }

    /// `SEQUENCE OF SEQUENCE { kind, [0] value }`
    fn safes(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        der::check(bytes)?;
        let mut safes = Reader::new(bytes).enter(tag::SEQUENCE)?;
        while !safes.is_at_end() {
            let (kind, value) = content(safes.enter(tag::SEQUENCE)?)?;
            if kind == DATA {
                self.bags(octets(value)?)?;
            } else if kind == ENCRYPTED_DATA {
                self.encrypted_safe(value)?;
            } else {
                return Err(Refusal::UnsupportedProtection);
            }
        }
        Ok(())
    }

    /// `SEQUENCE { version, SEQUENCE { data, algorithm, [0] bytes } }`
    fn encrypted_safe(&mut self, mut value: Reader<'_>) -> Result<(), Refusal> {
        let mut data = value.enter(tag::SEQUENCE)?;
        data.take(tag::INTEGER)?;
        let mut info = data.enter(tag::SEQUENCE)?;
        info.take(tag::OID)?;
        let algorithm = info.enter(tag::SEQUENCE)?;
        let sealed = info.take(tag::CONTEXT_0_PRIMITIVE)?;
        match self.unseal(algorithm, sealed)? {
            Some(bags) => self
                .bags(&bags)
                .map_err(|refusal| self.or_nonsense(refusal)),
            None => Ok(()),
        }
    }

    /// `SEQUENCE OF SEQUENCE { kind, [0] value, attributes? }`
    fn bags(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        der::check(bytes)?;
        let mut bags = Reader::new(bytes).enter(tag::SEQUENCE)?;
        while !bags.is_at_end() {
            let mut bag = bags.enter(tag::SEQUENCE)?;
            let kind = bag.take(tag::OID)?;
            let value = bag.take(tag::CONTEXT_0)?;
            match kind.strip_prefix(BAG) {
                Some([1]) => self.opened.keys.push(Zeroizing::new(value.to_vec())),
                Some([2]) => self.encrypted_key(Reader::new(value))?,
                Some([3]) => self.certificate(Reader::new(value))?,
                // a list of revoked certificates: harmless and useless
                Some([4]) => {}
                // a secret, or bags within bags: neither belongs here
                _ => return Err(Refusal::UnsupportedProtection),
            }
        }
        Ok(())
    }

    /// `SEQUENCE { algorithm, bytes }`
    fn encrypted_key(&mut self, mut value: Reader<'_>) -> Result<(), Refusal> {
        let mut key = value.enter(tag::SEQUENCE)?;
        let algorithm = key.enter(tag::SEQUENCE)?;
        let sealed = key.take(tag::OCTET_STRING)?;
        if let Some(key) = self.unseal(algorithm, sealed)? {
            der::check(&key).map_err(|_| self.nonsense)?;
            self.opened.keys.push(key);
        }
        Ok(())
    }

    /// `SEQUENCE { kind, [0] bytes }`
    fn certificate(&mut self, mut value: Reader<'_>) -> Result<(), Refusal> {
        let (kind, value) = content(value.enter(tag::SEQUENCE)?)?;
        if kind != X509 {
            return Err(Refusal::UnsupportedProtection);
        }
        self.opened.certificates.push(octets(value)?.to_vec());
        Ok(())
    }

    /// Counts, pays, and decrypts when there is a password to do it with.
    fn unseal(
        &mut self,
        algorithm: Reader<'_>,
        sealed: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Refusal> {
        self.budget.count_bag()?;
        let seal = Seal::parse(algorithm)?;
        self.budget.spend(seal.rounds)?;
        match self.look {
            Look::Outside => Ok(None),
            Look::Inside(password) => match seal.open(sealed, password) {
                Some(content) => Ok(Some(content)),
                None => Err(self.nonsense),
            },
        }
    }

    const fn or_nonsense(&self, refusal: Refusal) -> Refusal {
        match refusal {
            Refusal::Damaged => self.nonsense,
            Refusal::WorkTooHigh
            | Refusal::TooManyBags
            | Refusal::UnsupportedProtection
            | Refusal::WrongPassword => refusal,
        }
    }
}

/// `SEQUENCE { kind, [0] value }`
fn content(mut info: Reader<'_>) -> Result<(&[u8], Reader<'_>), NotDer> {
    let kind = info.take(tag::OID)?;
    let value = info.enter(tag::CONTEXT_0)?;
    info.end()?;
    Ok((kind, value))
}

fn octets(mut value: Reader<'_>) -> Result<&[u8], NotDer> {
    let bytes = value.take(tag::OCTET_STRING)?;
    value.end()?;
    Ok(bytes)
}
