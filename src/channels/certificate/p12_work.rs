//! How much work a p12 asks for, and whether we are willing: read before any library touches the file.
//!
//! Every encrypted part of a p12 names the number of rounds that turn the password into a key. The uploader chooses
//! those numbers and knows the password, so a file of 90 KB can keep a processor busy for minutes. This walks the
//! parts that are visible without the password (RFC 7292 §4), adds up what they ask for, and refuses on the way.

use super::der::{self, Element, NotDer, Reader, tag};

/// OpenSSL writes 2,048 rounds, careful people 600,000; a million takes 0.3 to 0.9 seconds.
const MAX_ROUNDS: u64 = 1_000_000;
/// All the rounds of one upload.
const MAX_ROUNDS_IN_ALL: u64 = 2_000_000;
/// The parts that have to be decrypted: one for the certificates, one for the key, and as many to spare.
const MAX_BAGS: usize = 4;
/// What scrypt may fill: 128 bytes × N × r, and p times over.
const MAX_SCRYPT_BYTES: u64 = 64 * 1024 * 1024;
/// Five certificates as WeChat Pay's. Inside an encrypted part there may be further encrypted parts, which nobody can
/// count from outside: the less there is room for, the better.
const MAX_SEALED_BYTES: usize = 8 * 1024;

const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const ENCRYPTED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06];
/// 1.2.840.113549.1.12.10.1.x; the last number is the kind of bag.
const BAG: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01];
/// 1.2.840.113549.1.12.1.x: the old encryptions of PKCS#12.
const PBE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01];
const PBES2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d];
const PBKDF2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c];
const SCRYPT: &[u8] = &[0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x04, 0x0b];

/// Why a p12 is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Damaged,
    WorkTooHigh,
    TooManyBags,
    UnsupportedProtection,
}

impl From<NotDer> for Refusal {
    fn from(_: NotDer) -> Self {
        Self::Damaged
    }
}

/// What is left of the work that one upload may ask for.
#[derive(Debug)]
pub(super) struct Budget {
    rounds: u64,
}

impl Budget {
    pub(super) const fn full() -> Self {
        Self {
            rounds: MAX_ROUNDS_IN_ALL,
        }
    }

    fn spend(&mut self, rounds: u64) -> Result<(), Refusal> {
        if rounds > MAX_ROUNDS {
            return Err(Refusal::WorkTooHigh);
        }
        self.rounds = self
            .rounds
            .checked_sub(rounds)
            .ok_or(Refusal::WorkTooHigh)?;
        Ok(())
    }
}

/// Whether the file carries a check of its password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mac {
    Present,
    Absent,
}

/// Takes the file's work out of the budget, or refuses the file.
pub(super) fn admit(bytes: &[u8], budget: &mut Budget) -> Result<Mac, Refusal> {
    der::check(bytes)?;
    let mut pfx = Reader::new(bytes).enter(tag::SEQUENCE)?;
    if pfx.small()? != 3 {
        return Err(Refusal::Damaged);
    }
    let mut visit = Visit { budget, bags: 0 };
    let safes = content(pfx.enter(tag::SEQUENCE)?)?;
    if safes.kind != DATA {
        // signed by a public key instead of a password: nobody writes that
        return Err(Refusal::UnsupportedProtection);
    }
    let mac = if pfx.is_at_end() {
        Mac::Absent
    } else {
        visit.mac(pfx.enter(tag::SEQUENCE)?)?;
        Mac::Present
    };
    pfx.end()?;
    visit.safes(octets(safes.value)?)?;
    Ok(mac)
}

struct Visit<'b> {
    budget: &'b mut Budget,
    bags: usize,
}

impl Visit<'_> {
    /// SEQUENCE { digest, salt, rounds }
    fn mac(&mut self, mut mac: Reader<'_>) -> Result<(), Refusal> {
        mac.take(tag::SEQUENCE)?;
        mac.take(tag::OCTET_STRING)?;
        let rounds = if mac.is_at_end() { 1 } else { mac.small()? };
        mac.end()?;
        self.budget.spend(rounds)
    }

    /// SEQUENCE OF SEQUENCE { kind, [0] value }
    fn safes(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        der::check(bytes)?;
        let mut safes = Reader::new(bytes).enter(tag::SEQUENCE)?;
        while !safes.is_at_end() {
            let safe = content(safes.enter(tag::SEQUENCE)?)?;
            if safe.kind == DATA {
                self.bags_of(octets(safe.value)?)?;
            } else if safe.kind == ENCRYPTED_DATA {
                self.sealed(safe.value)?;
            } else {
                return Err(Refusal::UnsupportedProtection);
            }
        }
        Ok(())
    }

    /// SEQUENCE { version, SEQUENCE { type, algorithm, [0] bytes } }
    fn sealed(&mut self, mut value: Reader<'_>) -> Result<(), Refusal> {
        let mut data = value.enter(tag::SEQUENCE)?;
        data.take(tag::INTEGER)?;
        let mut info = data.enter(tag::SEQUENCE)?;
        info.take(tag::OID)?;
        self.key_derivation(info.enter(tag::SEQUENCE)?)?;
        while !info.is_at_end() {
            if info.next()?.body.len() > MAX_SEALED_BYTES {
                return Err(Refusal::TooManyBags);
            }
        }
        Ok(())
    }

    /// SEQUENCE OF SEQUENCE { kind, [0] value, attributes }
    fn bags_of(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        der::check(bytes)?;
        let mut bags = Reader::new(bytes).enter(tag::SEQUENCE)?;
        while !bags.is_at_end() {
            let mut bag = bags.enter(tag::SEQUENCE)?;
            let kind = bag.take(tag::OID)?;
            let value = bag.enter(tag::CONTEXT_0)?;
            match kind.strip_prefix(BAG) {
                // an encrypted key: SEQUENCE { algorithm, bytes }
                Some([2]) => {
                    let mut value = value;
                    let mut key = value.enter(tag::SEQUENCE)?;
                    self.key_derivation(key.enter(tag::SEQUENCE)?)?;
                }
                // a key in the clear, a certificate, a list of revoked ones: no work
                Some([1 | 3 | 4]) => {}
                // a secret, which would be decrypted, or bags within bags: neither belongs here
                _ => return Err(Refusal::UnsupportedProtection),
            }
        }
        Ok(())
    }

    /// SEQUENCE { algorithm, parameters } of something that is encrypted with the password.
    fn key_derivation(&mut self, mut algorithm: Reader<'_>) -> Result<(), Refusal> {
        self.bags += 1;
        if self.bags > MAX_BAGS {
            return Err(Refusal::TooManyBags);
        }
        let id = algorithm.take(tag::OID)?;
        let mut parameters = algorithm.enter(tag::SEQUENCE)?;
        if id.starts_with(PBE) {
            parameters.take(tag::OCTET_STRING)?;
            return self.budget.spend(parameters.small()?);
        }
        if id != PBES2 {
            return Err(Refusal::UnsupportedProtection);
        }
        let mut derivation = parameters.enter(tag::SEQUENCE)?;
        let id = derivation.take(tag::OID)?;
        let mut parameters = derivation.enter(tag::SEQUENCE)?;
        parameters.take(tag::OCTET_STRING)?;
        if id == PBKDF2 {
            self.budget.spend(parameters.small()?)
        } else if id == SCRYPT {
            let bytes = [
                parameters.small()?,
                parameters.small()?,
                parameters.small()?,
            ]
            .into_iter()
            .fold(128_u64, u64::saturating_mul);
            if bytes > MAX_SCRYPT_BYTES {
                return Err(Refusal::WorkTooHigh);
            }
            Ok(())
        } else {
            Err(Refusal::UnsupportedProtection)
        }
    }
}

/// SEQUENCE { kind, [0] value }
struct Content<'a> {
    kind: &'a [u8],
    value: Reader<'a>,
}

fn content(mut info: Reader<'_>) -> Result<Content<'_>, NotDer> {
    let kind = info.take(tag::OID)?;
    let value = info.enter(tag::CONTEXT_0)?;
    info.end()?;
    Ok(Content { kind, value })
}

fn octets(mut value: Reader<'_>) -> Result<&[u8], NotDer> {
    let Element { tag: found, body } = value.next()?;
    value.end()?;
    if found == tag::OCTET_STRING {
        Ok(body)
    } else {
        Err(NotDer)
    }
}
