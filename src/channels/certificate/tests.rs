//! The rules of reading an upload. The files are in `fixtures/`, which `fixtures/make.sh` makes.

mod certificates;
mod faults;
mod formats;
mod hostile;
mod keys;
mod p12s;
mod uploads;
mod zip_maker;
mod zips;

use super::{CertificateFault, MerchantIdentity, UploadedFile, read};
use crate::basics::{MerchantNumber, Timestamp};

/// The merchant of most fixtures.
const OURS: &str = "1900000109";

fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src/channels/certificate/fixtures"
    );
    std::fs::read(format!("{folder}/{name}")).unwrap()
}

fn merchant(number: &str) -> MerchantNumber {
    MerchantNumber::parse(number).unwrap()
}

fn at(instant: &str) -> Timestamp {
    Timestamp::parse_rfc3339(instant).unwrap()
}

fn today() -> Timestamp {
    at("2026-11-23T08:00:00+08:00")
}

fn upload(files: &[(&str, &[u8])]) -> Result<MerchantIdentity, CertificateFault> {
    upload_at(files, today())
}

fn upload_at(
    files: &[(&str, &[u8])],
    now: Timestamp,
) -> Result<MerchantIdentity, CertificateFault> {
    let files: Vec<UploadedFile<'_>> = files
        .iter()
        .map(|(name, bytes)| UploadedFile { name, bytes })
        .collect();
    read(&files, &merchant(OURS), now)
}

/// Uploads fixtures under their own names.
fn upload_fixtures(names: &[&str]) -> Result<MerchantIdentity, CertificateFault> {
    let contents: Vec<Vec<u8>> = names.iter().map(|name| fixture(name)).collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .zip(&contents)
        .map(|(name, content)| (*name, content.as_slice()))
        .collect();
    upload(&files)
}

#[track_caller]
fn accepted(result: Result<MerchantIdentity, CertificateFault>) -> MerchantIdentity {
    let identity = result.unwrap();
    assert_eq!(identity.facts.merchant_number, OURS);
    identity
}

/// Refused with this code; the sentence comes back for a closer look.
#[track_caller]
fn refused(result: Result<MerchantIdentity, CertificateFault>, code: &str) -> String {
    let fault = result.map(|identity| identity.facts).unwrap_err();
    assert_eq!(fault.code(), code, "{fault}");
    assert!(fault.remedy().len() > 20);
    fault.to_string()
}
