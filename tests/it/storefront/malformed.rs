//! Bodies that are no bodies (`security.md` §12, group J). Each is refused before anything is looked up, and nothing changes.

use reqwest::Method;

use crate::harness::{Answer, Shop, raw};
use crate::on_both_databases;

const CALLS: [(&str, &str); 5] = [
    ("PUT", "/recipients/u1"),
    ("POST", "/commissions"),
    ("POST", "/withdrawals"),
    ("POST", "/payouts"),
    ("POST", "/commissions/c1/reverse"),
];

async fn sends(shop: &Shop, method: &str, path: &str, body: impl Into<Vec<u8>>) -> Answer {
    let request = shop
        .request(Method::from_bytes(method.as_bytes()).unwrap(), path)
        .header("content-type", "application/json")
        .header("idempotency-key", shop.fresh_key());
    Answer::of(request.body(body.into())).await
}

on_both_databases! {
    async fn a_body_is_one_json_object(house) {
        let shop = house.shop("tea");
        for (method, path) in CALLS {
            for text in ["null", "[]", "\"x\"", "1", "true", " ", "{", "{}{}", "{} x", "[{}]", "{'a':1}", "{\"a\":}", "<a/>", "a=b"] {
                sends(&shop, method, path, text).await.expect_problem(400, "invalid_request");
            }
            if path != "/commissions/c1/reverse" {
                sends(&shop, method, path, "").await.expect_problem(400, "invalid_request");
            }
        }
        // the fields by their place are no object either
        for text in [r#"["u1",100,null,null]"#, r#"["u1",100]"#] {
            sends(&shop, "POST", "/payouts", text).await.expect_problem(400, "invalid_request");
        }
        sends(&shop, "PUT", "/recipients/u1", r#"["oA",null]"#).await.expect_problem(400, "invalid_request");
    }

    async fn an_unknown_field_is_named(house) {
        let shop = house.shop("tea");
        for (method, path) in CALLS {
            for field in ["status", "tenant_id", "fee", "approved_by", "OPENID", "__proto__", "amount"] {
                let answer = sends(&shop, method, path, format!("{{\"{field}\":1}}")).await.expect_problem(400, "invalid_request");
                assert!(answer.at("/detail").as_str().unwrap().contains(field), "{}", answer.text);
                assert_eq!(answer.at("/errors/0/field"), field, "{}", answer.text);
                assert_eq!(answer.at("/errors/0/code"), "unknown_field", "{}", answer.text);
            }
        }
    }

    async fn a_wrong_type_is_named_with_its_field(house) {
        let shop = house.shop("tea");
        for (value, field) in [
            (r#"{"recipient_id":1,"amount_fen":100}"#, "recipient_id"),
            (r#"{"recipient_id":"u1","amount_fen":"100"}"#, "amount_fen"),
            (r#"{"recipient_id":"u1","amount_fen":true}"#, "amount_fen"),
            (r#"{"recipient_id":"u1","amount_fen":[100]}"#, "amount_fen"),
            (r#"{"recipient_id":"u1","amount_fen":{"fen":100}}"#, "amount_fen"),
            (r#"{"recipient_id":"u1","amount_fen":100,"description":5}"#, "description"),
            (r#"{"recipient_id":["u1"],"amount_fen":100}"#, "recipient_id"),
        ] {
            let answer = sends(&shop, "POST", "/payouts", value).await.expect_problem(400, "invalid_request");
            assert_eq!(answer.at("/errors/0/field"), field, "{}", answer.text);
            assert_eq!(answer.at("/errors/0/code"), "wrong_type", "{}", answer.text);
        }
        let twice = r#"{"recipient_id":"u1","amount_fen":100,"amount_fen":200}"#;
        sends(&shop, "POST", "/payouts", twice).await.expect_problem(400, "invalid_request");
        // null is the same as left out
        sends(&shop, "POST", "/payouts", r#"{"recipient_id":null,"amount_fen":100}"#).await.expect_field("recipient_id", "required");
    }

    async fn depth_size_and_encoding_are_bounded(house) {
        let shop = house.shop("tea");
        for (method, path) in CALLS {
            let deep = format!("{{\"description\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
            sends(&shop, method, path, deep).await.expect_problem(400, "invalid_request");
            let deep = "{\"a\":".repeat(10_000);
            sends(&shop, method, path, deep).await.expect_problem(400, "invalid_request");
            // 64 KiB pass the door, one byte more does not, whether its length was told or not
            let full = format!("{{\"description\":\"{}\"}}", "x".repeat(65_536 - 18));
            assert_eq!(full.len(), 65_536);
            let answer = sends(&shop, method, path, full.clone()).await;
            assert!(matches!(answer.status, 400 | 422), "{}", answer.text);
            sends(&shop, method, path, format!("{full} ")).await.expect_problem(413, "payload_too_large");
            let head = format!(
                "{method} /api/v1{path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\nidempotency-key: {}\r\n\
                 content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n",
                shop.key,
                shop.fresh_key(),
            );
            let chunked = format!("{head}10000\r\n{full}\r\n1\r\n \r\n0\r\n\r\n");
            let answer = raw(house, chunked.as_bytes()).await;
            assert_eq!((answer.status, answer.code().as_str()), (413, "payload_too_large"), "{}", answer.head);
            let keys: Vec<String> = (0..60_000).map(|number| format!("\"k{number}\":1,")).collect();
            let keys = keys.concat();
            sends(&shop, method, path, format!("{{{keys}\"z\":1}}")).await.expect_problem(413, "payload_too_large");
        }
        let utf16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bodies: [&[u8]; 7] = [
            &utf16,
            b"\xEF\xBB\xBF{}",
            b"{\"recipient_id\":\"\xFF\"}",
            b"{\"recipient_id\":\"\xED\xA0\x80\"}",
            br#"{"recipient_id":"\ud800","amount_fen":100}"#,
            br#"{"recipient_id":"u1\u0000","amount_fen":100}"#,
            b"{\"recipient_id\":\"u1\x00\",\"amount_fen\":100}",
        ];
        for body in bodies {
            sends(&shop, "POST", "/payouts", body).await.expect_problem(400, "invalid_request");
        }
    }

    async fn only_json_that_says_so_is_read(house) {
        let shop = house.shop("tea");
        let typed = async |content_type: Option<&str>, encoding: Option<&str>| {
            let mut request = shop.request(Method::POST, "/payouts").header("idempotency-key", shop.fresh_key());
            if let Some(content_type) = content_type {
                request = request.header("content-type", content_type);
            }
            if let Some(encoding) = encoding {
                request = request.header("content-encoding", encoding);
            }
            Answer::of(request.body(r#"{"recipient_id":"u1","amount_fen":100}"#)).await
        };
        for content_type in [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("application/json-patch+json"), Some("")] {
            typed(content_type, None).await.expect_problem(415, "unsupported_media_type");
        }
        typed(Some("application/json; charset=gbk"), None).await.expect_problem(415, "unsupported_media_type");
        for encoding in ["gzip", "br", "deflate", "zstd", "x-gzip", "identity, gzip", "nonsense", ""] {
            typed(Some("application/json"), Some(encoding)).await.expect_problem(415, "unsupported_media_type");
        }
        typed(Some("application/json"), Some("identity")).await.expect_problem(404, "not_found");
        typed(Some("APPLICATION/JSON;charset=UTF-8"), None).await.expect_problem(404, "not_found");
    }
}
