//! The certificate package and its variants (reference §5.2–§5.4).

use std::io::{Cursor, Read as _};

use p12_keystore::Pkcs12Archive;
use x509_parser::prelude::parse_x509_certificate;

use super::super::certificates::{Authorities, Issuer, Protection, Validity};
use super::super::{KeySource, Package, PackageOptions};
use super::counter::{DAY_MS, MCHID, MORNING_MS};

fn issue(options: PackageOptions) -> Package {
    let authorities = Authorities::new(KeySource::WellKnown);
    Package::issue(&authorities, MCHID, "模拟商户有限公司", options, MORNING_MS).unwrap()
}

#[test]
fn the_certificate_says_what_wechats_do() {
    let package = issue(PackageOptions::default());
    let (_, certificate) = parse_x509_certificate(&package.certificate_der).unwrap();
    assert_eq!(
        certificate.subject().to_string(),
        "CN=1900000109, O=微信商户系统, OU=模拟商户有限公司, C=CN, L=ShenZhen"
    );
    assert_eq!(
        certificate.issuer().to_string(),
        "C=CN, O=Tenpay.com, OU=Tenpay.com CA Center, CN=Tenpay.com Root CA"
    );
    let days = (package.info.not_after_ms - package.info.not_before_ms) / DAY_MS;
    assert_eq!(days, 1825);
    assert_eq!(
        hex::encode_upper(certificate.raw_serial()),
        package.info.serial
    );
    assert_eq!(package.info.serial.len(), 40);
    assert_eq!(
        certificate.signature_algorithm.algorithm.to_id_string(),
        "1.2.840.113549.1.1.11"
    );
    assert_eq!(certificate.public_key().parsed().unwrap().key_size(), 2048);
}

#[test]
fn the_archive_holds_the_four_files() {
    let package = issue(PackageOptions::default());
    let mut archive = zip::ZipArchive::new(Cursor::new(package.zip().unwrap())).unwrap();
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        found.push((file.name().unwrap().to_string(), content));
    }
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "apiclient_cert.p12",
        "apiclient_cert.pem",
        "apiclient_key.pem",
        "证书使用说明.txt",
    ];
    assert_eq!(names, expected);
    assert_eq!(found[0].1, package.p12);
    assert!(found[1].1.starts_with(b"-----BEGIN CERTIFICATE-----\n"));
    assert!(found[2].1.starts_with(b"-----BEGIN PRIVATE KEY-----\n"));
}

#[test]
fn the_p12_opens_with_the_merchant_number_and_holds_key_and_certificate() {
    for protection in [
        Protection::LegacyRc2,
        Protection::LegacyTripleDes,
        Protection::Modern,
    ] {
        let package = issue(PackageOptions {
            protection,
            ..PackageOptions::default()
        });
        let opened = Pkcs12Archive::from_pkcs12(&package.p12, MCHID).unwrap();
        assert_eq!(opened.certs.len(), 1);
        assert_eq!(opened.certs[0].cert.as_der(), package.certificate_der);
        assert_eq!(opened.keys.len(), 1);
        assert_eq!(opened.keys[0].key.as_der(), package.private_key_der);
        assert!(Pkcs12Archive::from_pkcs12(&package.p12, "1900009999").is_err());
    }
}

#[test]
fn variants_differ_in_what_they_say() {
    let expired = issue(PackageOptions {
        validity: Validity::Expired,
        ..Default::default()
    });
    assert_eq!(expired.info.not_after_ms, MORNING_MS - DAY_MS);
    let early = issue(PackageOptions {
        validity: Validity::NotYetValid,
        ..Default::default()
    });
    assert_eq!(early.info.not_before_ms, MORNING_MS + DAY_MS);
    let ending = issue(PackageOptions {
        validity: Validity::EndsIn(30),
        ..Default::default()
    });
    assert_eq!(ending.info.not_after_ms, MORNING_MS + 30 * DAY_MS);
    let foreign = issue(PackageOptions {
        issuer: Issuer::Other,
        ..Default::default()
    });
    let (_, certificate) = parse_x509_certificate(&foreign.certificate_der).unwrap();
    assert_eq!(
        certificate.issuer().to_string(),
        "O=Example, CN=Example Root CA"
    );
}

#[test]
fn two_packages_never_have_the_same_serial() {
    let authorities = Authorities::new(KeySource::WellKnown);
    let issue = || {
        let options = PackageOptions::default();
        Package::issue(&authorities, MCHID, "甲", options, MORNING_MS)
            .unwrap()
            .info
    };
    let (first, second) = (issue(), issue());
    assert_ne!(first.serial, second.serial);
    assert_ne!(first.fingerprint, second.fingerprint);
}

#[test]
fn a_key_can_be_made_on_the_spot() {
    let authorities = Authorities::new(KeySource::Generated);
    let options = PackageOptions::default();
    let package = Package::issue(&authorities, MCHID, "甲", options, MORNING_MS).unwrap();
    let (_, certificate) = parse_x509_certificate(&package.certificate_der).unwrap();
    assert_eq!(certificate.public_key().parsed().unwrap().key_size(), 2048);
}
