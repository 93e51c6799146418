//! Uploads: what people really have, and what nobody should (`security.md` §12, group U).

use std::io::Write as _;

use reqwest::Method;
use zip::write::SimpleFileOptions;

use super::{PAGE, beside, chosen, lands, saves, settings, version_of};
use crate::harness::{Answer, FormFile, House, Shop, Visitor, multipart_body};
use crate::on_both_databases;

/// The merchant of the fixtures.
const MERCHANT: &str = "1900000109";

/// Files by their names.
type Files<'a> = &'a [(&'a str, &'a [u8])];

fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src/channels/certificate/fixtures"
    );
    std::fs::read(format!("{folder}/{name}")).unwrap()
}

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A shop of the fixtures' merchant, without a certificate, and its owner.
async fn shop_of_the_fixtures(house: &House) -> (Shop, Visitor) {
    let shop = house.empty_shop("tea");
    let owner = house.signs_in(&shop).await;
    lands(&owner, saves(&owner, &[("mch_id", MERCHANT)], &[]).await).await;
    (shop, owner)
}

/// Presses 上传 with these files.
async fn uploads(visitor: &Visitor, files: &[(&str, &[u8])]) -> Answer {
    let files: Vec<FormFile<'_>> = files
        .iter()
        .map(|(name, bytes)| chosen(name, bytes))
        .collect();
    saves(visitor, &[("mch_id", MERCHANT), ("do", "upload")], &files).await
}

/// Refused with this sentence and remedy; nothing has changed.
async fn is_refused(
    house: &House,
    shop: &Shop,
    owner: &Visitor,
    files: &[(&str, &[u8])],
    said: [&str; 2],
) {
    let before = settings(house, shop);
    let page = uploads(owner, files).await.expect(422);
    for said in said {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert_eq!(settings(house, shop), before);
    assert_eq!(beside(house, shop), (vec![], vec![]));
    for secret in ["PRIVATE KEY", "MIIEv"] {
        assert!(!page.text.contains(secret));
    }
    // a tenant has so many turns a minute
    house.clock.advance(std::time::Duration::from_secs(10));
}

on_both_databases! {
    async fn the_package_is_taken_as_people_have_it_and_its_facts_are_shown(house) {
        let (shop, owner) = shop_of_the_fixtures(house).await;
        let (cert, key, legacy) = (fixture("apiclient_cert.pem"), fixture("apiclient_key.pem"), fixture("legacy.p12"));
        let package = zip_of(&[
            ("1900000109_20261123_cert/证书使用说明.txt", b"read me"),
            ("1900000109_20261123_cert/apiclient_cert.pem", &cert),
            ("1900000109_20261123_cert/apiclient_key.pem", &key),
            ("1900000109_20261123_cert/apiclient_cert.p12", &legacy),
        ]);
        let modern = fixture("modern.p12");
        let pair: [(&str, &[u8]); 2] = [("apiclient_cert.pem", &cert), ("apiclient_key.pem", &key)];
        let kinds: [&[(&str, &[u8])]; 5] = [
            &[("证书 (1).zip", &package)],
            &[("apiclient_cert.p12", &legacy)],
            &[("apiclient_cert.p12", &modern)],
            &pair,
            &[("apiclient_key.pem", &key), ("apiclient_cert.pem", &cert)],
        ];
        for files in kinds {
            let page = lands(&owner, uploads(&owner, files).await).await;
            assert!(page.text.contains("证书已上传并开始使用"), "{}", page.text);
            let facts = settings(house, &shop).certificate.unwrap().facts;
            for fact in [&facts.serial, &facts.merchant_number, &facts.organization, &facts.organizational_unit] {
                assert!(page.text.contains(fact.as_str()), "{fact}");
            }
            assert!(page.text.contains(&facts.not_after.shanghai()) && page.text.contains("RSA 2048"));
            assert!(page.text.contains(&format!("2026-11-23 12:00:00 · {}", shop.owner())));
            assert!(!page.text.contains("PRIVATE KEY"));
        }
    }

    async fn each_fault_has_its_sentence_and_its_remedy_and_changes_nothing(house) {
        let (shop, owner) = shop_of_the_fixtures(house).await;
        let (cert, key) = (fixture("apiclient_cert.pem"), fixture("apiclient_key.pem"));
        let (other, expired) = (fixture("other.p12"), fixture("expired_cert.pem"));
        let (future, other_key) = (fixture("future_cert.pem"), fixture("other_key.pem"));
        let legacy = fixture("legacy.p12");
        let cases: [(Files<'_>, [&str; 2]); 12] = [
            (&[("apiclient_cert.p12", &other)], ["打不开，很可能是其他商户号的证书", "请核对「商户号」"]),
            (&[("a.pem", &cert), ("b.pem", &other_key)], ["私钥与证书不匹配", "同一压缩包里的证书与私钥"]),
            (&[("a.pem", &expired), ("b.pem", &key)], ["过期", "申请新证书"]),
            (&[("a.pem", &future), ("b.pem", &key)], ["才生效", "请到那一天再上传"]),
            (&[("apiclient_cert.pem", &key)], ["应是证书，实际却是私钥", "不要互换"]),
            (&[("apiclient_cert.pem", &cert)], ["没有私钥", "apiclient_key.pem"]),
            (&[("apiclient_cert.p12", &legacy[..700])], ["已损坏", "重新复制"]),
            (&[("apiclient_cert.p12", b"<html>404</html>")], ["是网页，不是证书文件", "ZIP 压缩包"]),
            (&[("apiclient_cert.p12", b"\x89PNG\r\n")], ["是图片", "ZIP 压缩包"]),
            (&[("a.zip", b"PK\x03\x04 and no more")], ["压缩包目录无法读取", "重新复制"]),
            (&[("empty.zip", b"")], ["没有选择文件，或文件是空的", "ZIP 压缩包"]),
            (&[], ["没有选择文件，或文件是空的", "ZIP 压缩包"]),
        ];
        for (files, said) in cases {
            is_refused(house, &shop, &owner, files, said).await;
        }
        let zeros = vec![0; 16 * 1024 * 1024];
        let bomb = zip_of(&[("apiclient_cert.p12", &zeros)]);
        is_refused(house, &shop, &owner, &[("a.zip", &bomb)], ["远远超过证书应有的大小", "请先解压"]).await;
        let nested = zip_of(&[("inner.zip", &zip_of(&[("apiclient_cert.pem", &cert)]))]);
        is_refused(house, &shop, &owner, &[("a.zip", &nested)], ["又是一个压缩包", "请先解压"]).await;
        let five: Vec<(&str, &[u8])> = vec![("a.pem", &cert); 5];
        is_refused(house, &shop, &owner, &five, ["一次上传了 5 个文件", "ZIP 压缩包"]).await;
        let large = vec![b'x'; 65 * 1024];
        let large = [b"-----BEGIN CERTIFICATE-----\n".as_slice(), &large].concat();
        is_refused(house, &shop, &owner, &[("a.pem", &large)], ["超过 64 KiB", "请只上传证书文件本身"]).await;
    }

    async fn a_file_with_a_wrong_field_or_without_a_number_is_not_taken(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let zip = shop.certificate_zip(house);
        let files = [chosen("a.zip", zip.as_slice())];
        let page = saves(&owner, &[], &files).await.expect(422);
        assert!(page.text.contains("请先填写「商户号」"));
        let page = saves(&owner, &[("mch_id", "12"), ("app_id", &shop.app_id)], &files).await.expect(422);
        assert!(page.text.contains("证书没有上传：请先更正标出的内容"));
        assert!(page.text.contains(&format!("value=\"{}\"", shop.app_id)));
        // number and package together, by either button
        let fields = [("mch_id", shop.mchid.as_str()), ("app_id", &shop.app_id), ("do", "save")];
        let page = lands(&owner, saves(&owner, &fields, &files).await).await;
        assert!(page.text.contains("已保存") && page.text.contains("证书已上传并开始使用"));
        assert!(settings(house, &shop).certificate.is_some());
    }

    async fn what_is_too_large_or_no_form_is_refused_with_a_page(house) {
        let (shop, owner) = shop_of_the_fixtures(house).await;
        let before = settings(house, &shop);
        let version = version_of(&owner.get(PAGE).await.expect(200));
        for size in [256 * 1024, 3 * 1024 * 1024] {
            let large = vec![0; size];
            let page = uploads(&owner, &[("a.zip", &large)]).await.expect(413);
            assert!(page.text.contains("上传的内容超过 256 KiB"));
        }
        let token = owner.form_token();
        let fields = [("form_token", token.as_str()), ("seen_version", &version)];
        let whole = multipart_body(&fields, &[]);
        let boundary = "multipart/form-data; boundary=----a-line-that-no-file-has";
        let mut many: Vec<(&str, &str)> = fields.to_vec();
        many.extend([("x", "y"); 100]);
        let many = multipart_body(&many, &[]);
        let long_header = [
            b"------a-line-that-no-file-has\r\nContent-Disposition: form-data; name=\"".as_slice(),
            &vec![b'a'; 100 * 1024],
            b"\"\r\n\r\n\r\n------a-line-that-no-file-has--\r\n",
        ]
        .concat();
        let long_text = multipart_body(&[("form_token", &"t".repeat(5_000))], &[]);
        let cases: [(&str, &[u8], u16); 10] = [
            ("multipart/form-data", &whole, 400),
            ("multipart/form-data; boundary=", &whole, 400),
            ("multipart/form-data; boundary=another", &whole, 400),
            (boundary, &whole[..whole.len() - 20], 400),
            (boundary, b"", 400),
            (boundary, &long_header, 400),
            (boundary, &many, 413),
            (boundary, &long_text, 413),
            ("text/plain", b"{}", 415),
            ("application/json", b"{}", 415),
        ];
        for (content_type, body, status) in cases {
            let request = owner
                .request(&Method::POST, PAGE)
                .header("content-type", content_type)
                .body(body.to_vec());
            let answer = owner.send(request).await;
            assert_eq!(answer.status, status, "{content_type}: {}", String::from_utf8_lossy(&body[..body.len().min(80)]));
            assert!(answer.text.contains("没有做任何更改"));
        }
        // a name with a line end in it does not become a header, a long one does no harm
        for name in ["a\r\nX-Evil: 1\r\n\r\n.zip", &"n".repeat(10 * 1024), "../../etc/passwd", ""] {
            let answer = uploads(&owner, &[(name, b"junk")]).await;
            assert!(matches!(answer.status, 400 | 422), "{name:?}: {}", answer.status);
        }
        assert_eq!(settings(house, &shop), before);
    }

    async fn a_form_without_files_may_come_in_the_simple_kind(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let version = version_of(&owner.get(PAGE).await.expect(200));
        let fields = [("seen_version", version.as_str()), ("mch_id", MERCHANT)];
        lands(&owner, owner.post_form(PAGE, &fields).await).await;
        assert_eq!(settings(house, &shop).merchant_number.unwrap().as_str(), MERCHANT);
    }
}
