//! What a file is, told by its content; PEM in all its spellings; files that were uploaded by mistake.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::*;

fn text(name: &str) -> String {
    String::from_utf8(fixture(name)).unwrap()
}

fn pair_text() -> String {
    text("apiclient_cert.pem") + &text("apiclient_key.pem")
}

fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

#[test]
fn one_pem_file_may_hold_both_in_either_order() {
    accepted(upload(&[("both.pem", pair_text().as_bytes())]));
    let turned = text("key_pkcs1.pem") + &text("apiclient_cert.pem");
    accepted(upload(&[("both.pem", turned.as_bytes())]));
}

#[test]
fn line_ends_byte_order_marks_and_text_around_do_not_matter() {
    let windows = pair_text().replace('\n', "\r\n");
    accepted(upload(&[("a.pem", windows.as_bytes())]));
    let old_mac = pair_text().replace('\n', "\r");
    accepted(upload(&[("a.pem", old_mac.as_bytes())]));
    let marked = format!("\u{feff}{}", pair_text());
    accepted(upload(&[("a.pem", marked.as_bytes())]));
    accepted(upload(&[("a.pem", &utf16(&pair_text()))]));
    let attributes = "Bag Attributes\n    friendlyName: 腾讯\nsubject=CN = 1900000109\n\n";
    let around = format!(
        "{attributes}{}\n{attributes}",
        pair_text().replace("-----BEGIN P", "  -----BEGIN P")
    );
    accepted(upload(&[("a.pem", around.as_bytes())]));
}

#[test]
fn certificate_and_key_without_pem_around_them_are_read() {
    let strip = |name: &str| {
        let lines: String = text(name)
            .lines()
            .filter(|line| !line.starts_with('-'))
            .collect();
        STANDARD.decode(lines).unwrap()
    };
    let (certificate, key) = (strip("apiclient_cert.pem"), strip("key_pkcs1.pem"));
    accepted(upload(&[("a.cer", &certificate), ("a.key", &key)]));
}

#[test]
fn a_pem_file_that_was_cut_or_glued_is_damaged() {
    let key = text("apiclient_key.pem");
    let certificate = text("apiclient_cert.pem");
    let cut = key
        .trim_end()
        .strip_suffix("-----END PRIVATE KEY-----")
        .unwrap();
    let no_end = [
        ("apiclient_cert.pem", certificate.as_bytes()),
        ("apiclient_key.pem", cut.as_bytes()),
    ];
    assert!(refused(upload(&no_end), "damaged").contains("apiclient_key.pem"));
    let middle: Vec<&str> = key
        .lines()
        .enumerate()
        .filter(|(line, _)| *line != 5)
        .map(|(_, text)| text)
        .collect();
    let middle = middle.join("\n");
    refused(
        upload(&[
            ("a.pem", certificate.as_bytes()),
            ("b.pem", middle.as_bytes()),
        ]),
        "damaged",
    );
    for wrong in [
        certificate.replace("END CERTIFICATE", "END PRIVATE KEY"),
        certificate.replace("-----END", "-----BEGIN"),
        certificate.replace("MII", "M*I"),
        format!("{certificate}{}", "x".repeat(1025)),
        format!("{certificate}{}", "around\n".repeat(1000)),
        certificate.repeat(9),
    ] {
        refused(upload(&[("a.pem", wrong.as_bytes())]), "damaged");
    }
}

#[test]
fn the_request_for_a_certificate_is_refused_by_name() {
    refused(upload_fixtures(&["request.csr"]), "signing_request");
    refused(
        upload_fixtures(&["request.csr", "apiclient_key.pem"]),
        "signing_request",
    );
}

#[test]
fn a_public_key_is_refused_by_name() {
    refused(upload_fixtures(&["pub_key.pem"]), "public_key");
    refused(
        upload_fixtures(&["apiclient_cert.pem", "pub_key.pem"]),
        "public_key",
    );
}

#[test]
fn a_complete_upload_is_accepted_though_something_harmless_lies_beside_it() {
    accepted(upload_fixtures(&[
        "apiclient_cert.pem",
        "apiclient_key.pem",
        "pub_key.pem",
        "root.pem",
    ]));
    let (certificate, key) = (fixture("apiclient_cert.pem"), fixture("apiclient_key.pem"));
    let read_me = "证书使用说明".as_bytes();
    accepted(upload(&[
        ("c.pem", &certificate),
        ("k.pem", &key),
        ("证书使用说明.txt", read_me),
    ]));
    refused(
        upload(&[("c.pem", &certificate), ("证书使用说明.txt", read_me)]),
        "no_key",
    );
}

#[test]
fn a_key_in_the_certificates_place_and_the_other_way_round_are_named() {
    let (certificate, key) = (fixture("apiclient_cert.pem"), fixture("apiclient_key.pem"));
    let said = refused(
        upload(&[("apiclient_cert.pem", &key)]),
        "key_in_certificate_place",
    );
    assert!(said.contains("apiclient_cert.pem"));
    refused(
        upload(&[("apiclient_cert.pem", &key), ("apiclient_key.pem", &key)]),
        "key_in_certificate_place",
    );
    refused(
        upload(&[("apiclient_key.pem", &certificate)]),
        "certificate_in_key_place",
    );
    refused(
        upload(&[
            ("apiclient_cert.pem", &certificate),
            ("apiclient_key.pem", &certificate),
        ]),
        "certificate_in_key_place",
    );
    // both are there, only under each other's name: the content decides
    accepted(upload(&[
        ("apiclient_cert.pem", &key),
        ("apiclient_key.pem", &certificate),
    ]));
}

#[test]
fn something_else_altogether_is_named() {
    let cases: [(&[u8], &str); 14] = [
        (
            b"<!DOCTYPE html><html><body>404</body></html>",
            "a web page",
        ),
        (b"\n<?xml version=\"1.0\"?><root/>", "a web page"),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "an image"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"),
        (b"GIF89a", "an image"),
        (b"MZ\x90\0\x03\0\0\0", "a program"),
        (b"\x7fELF\x02\x01\x01\0", "a program"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"Rar!\x1a\x07\x01\0", "an archive of another kind than ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
        (
            b"ssh-rsa AAAAB3NzaC1yc2E= somebody@host",
            "an SSH or PGP key",
        ),
        (b"hello", "a text"),
        (b"\0\x01\x02\x03\xfe\xff", "something else"),
    ];
    for (bytes, what) in cases {
        let said = refused(upload(&[("apiclient_cert.p12", bytes)]), "not_a_package");
        assert!(said.contains(what), "{said}");
    }
    let openssh = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n";
    let said = refused(upload(&[("id_rsa", openssh.as_bytes())]), "not_a_package");
    assert!(said.contains("SSH"), "{said}");
}

#[test]
fn a_document_with_a_zip_hidden_behind_it_is_a_document() {
    let mut polyglot = b"%PDF-1.7\n%%EOF\n".to_vec();
    polyglot.extend(zips::official());
    assert!(refused(upload(&[("a.zip", &polyglot)]), "not_a_package").contains("PDF"));
}
