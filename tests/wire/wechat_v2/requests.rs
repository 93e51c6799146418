//! What leaves: golden bytes, sent unchanged, to the right place, with the right certificate.

use zhanfu::basics::{Description, Fen, Id, Secret, TenantId};
use zhanfu::rails::wechat_v2::{inquire, sign, transfer, xml};
use zhanfu::rails::{
    ComposeError, Nonce, Outcome, PartnerTradeNo, Question, RequestBytes, ResignError, Submission,
    Unsent,
};

use super::{
    APP, KEY, MERCHANT, NUMBER, OTHER_KEY, PAID, Stage, composed, credential, credential_with,
    nonce, number, openid, order,
};

/// The fixture of §2.6, to the byte.
const GOLDEN: &str = "<xml>
  <mch_appid>wxe062425f740c30d8</mch_appid>
  <mchid>10000098</mchid>
  <nonce_str>3PG2J4ILTKCH16CQ2502SI8ZNMTM67VS</nonce_str>
  <partner_trade_no>100000982014120919616</partner_trade_no>
  <openid>ohO4Gt7wVPxIT1A9GjFaMYMiZY1s</openid>
  <check_name>FORCE_CHECK</check_name>
  <re_user_name><![CDATA[张三]]></re_user_name>
  <amount>100</amount>
  <desc><![CDATA[节日快乐!]]></desc>
  <spbill_create_ip>10.2.3.10</spbill_create_ip>
  <sign>A70521B4A645781DECD5BDEFBF913A8B</sign>
</xml>";

fn text(request: &RequestBytes) -> &str {
    std::str::from_utf8(request.as_bytes()).unwrap()
}

#[test]
fn a_transfer_is_written_as_in_the_fixture() {
    assert_eq!(text(&composed()), GOLDEN);
}

#[test]
fn without_a_real_name_no_name_is_checked() {
    let mut order = order();
    order.real_name = None;
    let request = transfer::compose(&order, &credential(), &nonce()).unwrap();
    let fields = xml::read(request.as_bytes()).unwrap();
    assert_eq!(fields.get("check_name"), Some("NO_CHECK"));
    assert_eq!(fields.get("re_user_name"), None);
    let key = credential().api_key;
    assert_eq!(
        fields.get("sign"),
        Some(sign::sign(fields.iter(), &key).as_str())
    );
}

#[test]
fn markup_in_a_description_arrives_as_text_and_is_signed_as_text() {
    for description in [
        "a<b>&amp;</b>",
        "]]>",
        "x]]><sign>0</sign>",
        "\"'<![CDATA[",
        "&#49;",
    ] {
        let mut order = order();
        order.description = Description::parse(description).unwrap();
        let request = transfer::compose(&order, &credential(), &nonce()).unwrap();
        let fields = xml::read(request.as_bytes()).unwrap();
        assert_eq!(fields.get("desc"), Some(description));
        let signature = sign::sign(fields.iter(), &credential().api_key);
        assert_eq!(fields.get("sign"), Some(signature.as_str()));
    }
}

#[test]
fn what_cannot_be_an_order_is_not_composed() {
    let compose = |change: fn(&mut zhanfu::rails::Order)| {
        let mut order = order();
        change(&mut order);
        transfer::compose(&order, &credential(), &nonce()).unwrap_err()
    };
    assert_eq!(
        compose(|order| order.amount = Fen::ZERO),
        ComposeError::Amount
    );
    assert_eq!(
        compose(|order| order.amount = Fen::new(-1)),
        ComposeError::Amount
    );
    assert_eq!(
        compose(|order| order.merchant_number = "10000099".parse().unwrap()),
        ComposeError::OtherMerchant
    );
    assert_eq!(
        compose(|order| order.app_id = "wxe062425f740c30d9".parse().unwrap()),
        ComposeError::OtherMerchant
    );
    assert!(matches!(
        compose(|order| order.real_name = Some(Secret::new("张\u{7}三".to_owned()))),
        ComposeError::RealName(_)
    ));
    // what XML cannot carry is neither a name nor a description to begin with
    assert!(matches!(
        compose(|order| order.real_name = Some(Secret::new("张\u{FFFE}三".to_owned()))),
        ComposeError::RealName(_)
    ));
    assert!(Description::parse("a\u{FFFE}b").is_err());
}

#[tokio::test]
async fn stored_bytes_are_sent_unchanged() {
    let stage = Stage::answering(200, &super::xml(PAID));
    // Not a byte is normalised: another layout, another order, an unknown element.
    let stored = RequestBytes::stored(
        GOLDEN
            .replace("\n  ", "\r\n\t")
            .replace("</xml>", "<later>1</later></xml>\n")
            .into_bytes(),
    );
    let (credential, number) = (credential(), number());
    let submission = Submission {
        credential: &credential,
        partner_trade_no: &number,
        request: &stored,
    };
    let reply = stage.rail.submit(submission).await;
    assert!(matches!(reply.verdict, Outcome::Paid(_)));
    assert_eq!(reply.exchange.http_status, Some(200));
    assert_eq!(reply.exchange.answer, super::xml(PAID));
    let seen = stage.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].body, stored.as_bytes());
    assert_eq!(seen[0].path, "/mmpaymkttransfers/promotion/transfers");
    assert_eq!(seen[0].content_type, "text/xml; charset=utf-8");
    assert_eq!(
        seen[0].tenant,
        TenantId::from_uuid(uuid::Uuid::from_u128(7))
    );
}

#[tokio::test]
async fn bytes_of_another_merchant_or_order_are_not_sent() {
    let (ours, number) = (credential(), number());
    let other_number = PartnerTradeNo::parse("another").unwrap();
    let other_merchant = credential_with("10000099", APP, KEY);
    let other_app = credential_with(MERCHANT, "wxe062425f740c30d9", KEY);
    let request = composed();
    let broken = RequestBytes::stored(b"<xml>".to_vec());
    let empty = RequestBytes::stored(b"<xml></xml>".to_vec());
    for (credential, partner_trade_no, request, unsent) in [
        (&other_merchant, &number, &request, Unsent::OtherMerchant),
        (&other_app, &number, &request, Unsent::OtherMerchant),
        (&ours, &other_number, &request, Unsent::OtherNumber),
        (&ours, &number, &broken, Unsent::Unreadable),
        (&ours, &number, &empty, Unsent::Unreadable),
    ] {
        let stage = Stage::answering(200, &super::xml(PAID));
        let reply = stage
            .rail
            .submit(Submission {
                credential,
                partner_trade_no,
                request,
            })
            .await;
        assert_eq!(reply.verdict, Outcome::NotSent(unsent));
        assert!(stage.seen().is_empty());
    }
}

#[tokio::test]
async fn an_inquiry_has_its_own_names_for_merchant_and_app() {
    let stage = Stage::answering(200, b"");
    let (credential, openid) = (credential(), openid());
    let number = PartnerTradeNo::parse("1000005901201407261446939628").unwrap();
    let nonce = Nonce::parse("50780e0cca98c8c8e814883e5caa672e").unwrap();
    let question = Question {
        credential: &credential,
        partner_trade_no: &number,
        amount: Fen::new(100),
        openid: &openid,
        nonce: &nonce,
    };
    stage.rail.inquire(question).await;
    let seen = stage.seen();
    assert_eq!(seen[0].path, "/mmpaymkttransfers/gettransferinfo");
    assert_eq!(seen[0].content_type, "text/xml; charset=utf-8");
    assert_eq!(
        std::str::from_utf8(&seen[0].body).unwrap(),
        "<xml>
  <nonce_str>50780e0cca98c8c8e814883e5caa672e</nonce_str>
  <partner_trade_no>1000005901201407261446939628</partner_trade_no>
  <mch_id>10000098</mch_id>
  <appid>wxe062425f740c30d8</appid>
  <sign>C9155E97810C9825A4DA8C754DC6E388</sign>
</xml>"
    );
    assert_eq!(inquire::compose(question).unwrap().as_bytes(), seen[0].body);
}

#[test]
fn signing_again_changes_the_signature_and_nothing_else() {
    let rail = Stage::answering(200, b"").rail;
    let other = credential_with(MERCHANT, APP, OTHER_KEY);
    let again = rail.resign(&composed(), &other).unwrap();
    assert_eq!(
        text(&again),
        GOLDEN.replace(
            "A70521B4A645781DECD5BDEFBF913A8B",
            "CAA70EAFCCC2EC030B6227ED0C4EDC95"
        )
    );
    assert_eq!(rail.resign(&composed(), &credential()).unwrap(), composed());
    assert_eq!(rail.resign(&again, &credential()).unwrap(), composed());
}

#[test]
fn a_description_that_looks_like_a_signature_survives_signing_again() {
    let rail = Stage::answering(200, b"").rail;
    let mut order = order();
    order.description =
        Description::parse("<sign>A70521B4A645781DECD5BDEFBF913A8B</sign>").unwrap();
    let first = transfer::compose(&order, &credential(), &nonce()).unwrap();
    let other = credential_with(MERCHANT, APP, OTHER_KEY);
    let again = rail.resign(&first, &other).unwrap();
    assert_eq!(again, transfer::compose(&order, &other, &nonce()).unwrap());
}

#[test]
fn only_our_own_bytes_of_this_merchant_are_signed_again() {
    let rail = Stage::answering(200, b"").rail;
    for (merchant, app) in [("10000099", APP), (MERCHANT, "wxe062425f740c30d9")] {
        assert_eq!(
            rail.resign(&composed(), &credential_with(merchant, app, OTHER_KEY)),
            Err(ResignError::OtherMerchant)
        );
    }
    for bytes in [
        String::new(),
        "<xml></xml>".to_owned(),
        GOLDEN.replace("<sign>A70521B4A645781DECD5BDEFBF913A8B</sign>", ""),
        GOLDEN.replace(NUMBER, ""),
    ] {
        assert_eq!(
            rail.resign(&RequestBytes::stored(bytes.into_bytes()), &credential()),
            Err(ResignError::NotOurs)
        );
    }
}

#[test]
fn debug_output_names_nobody_and_shows_no_key() {
    let shown = format!(
        "{:?} {:?} {:?} {:?}",
        order(),
        credential(),
        composed(),
        xml::read(composed().as_bytes()).unwrap()
    );
    for secret in [KEY, super::OPENID, "张三", "A70521B4"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
