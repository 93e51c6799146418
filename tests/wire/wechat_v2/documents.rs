//! Group X of the catalogue of bad inputs (`security.md` §12), for answers. X-08 is about callbacks: answers to
//! these calls are not signed.

use proptest::prelude::*;
use zhanfu::rails::wechat_v2::xml::{read, write};
use zhanfu::rails::{Doubt, Inquiry, Outcome};

use super::{FOUND, NUMBER, PAID, inquiry_of, submission_of, xml};

fn paid_text() -> String {
    String::from_utf8(xml(PAID)).unwrap()
}

fn found_text() -> String {
    String::from_utf8(xml(FOUND)).unwrap()
}

/// Neither call believes a word of it.
async fn assert_in_doubt(change: impl Fn(&str) -> Vec<u8>) {
    let outcome = submission_of(200, &change(&paid_text())).await;
    assert!(
        matches!(outcome, Outcome::Unknown(Doubt::Unreadable(_))),
        "{outcome:?}"
    );
    let inquiry = inquiry_of(200, &change(&found_text())).await;
    assert!(
        matches!(inquiry, Inquiry::Unanswered(Doubt::Unreadable(_))),
        "{inquiry:?}"
    );
}

#[tokio::test]
async fn x_01_a_doctype_is_refused_and_nothing_is_fetched_or_read() {
    for doctype in [
        "<!DOCTYPE xml>",
        "<!DOCTYPE xml SYSTEM \"http://127.0.0.1:1/x.dtd\">",
        "<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE xml [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/p\"> %p;]>",
    ] {
        assert_in_doubt(|text| format!("{doctype}{text}").into_bytes()).await;
        assert_in_doubt(|text| {
            text.replace("<xml>", &format!("<xml>{doctype}"))
                .into_bytes()
        })
        .await;
    }
    // An entity without its declaration.
    assert_in_doubt(|text| text.replace("</xml>", "<a>&x;</a></xml>").into_bytes()).await;
}

#[test]
fn x_02_entity_bombs_cost_nothing() {
    let entities: Vec<String> = (1..50)
        .map(|n| {
            let inside = format!("&l{};", n - 1).repeat(10);
            format!("<!ENTITY l{n} \"{inside}\">")
        })
        .collect();
    let laughs = format!(
        "<!DOCTYPE xml [<!ENTITY l0 \"ha\">{}]><xml><a>&l49;</a></xml>",
        entities.concat()
    );
    let quadratic = format!(
        "<!DOCTYPE xml [<!ENTITY a \"{}\">]><xml><a>{}</a></xml>",
        "x".repeat(30_000),
        "&a;".repeat(10_000)
    );
    let undeclared = format!("<xml><a>{}</a></xml>", "&a;".repeat(20_000));
    let nested = format!("<xml>{}", "<a>".repeat(20_000));
    let ampersands = format!("<xml><a>{}</a></xml>", "&".repeat(60_000));
    for document in [laughs, quadratic, undeclared, nested, ampersands] {
        assert!(document.len() <= 64 * 1024);
        assert!(read(document.as_bytes()).is_err());
    }
}

#[tokio::test]
async fn x_04_a_repeated_element_is_in_doubt() {
    assert_in_doubt(|text| {
        text.replace(
            "<result_code>",
            "<result_code>FAIL</result_code><result_code>",
        )
        .into_bytes()
    })
    .await;
    assert_in_doubt(|text| {
        text.replace("</xml>", "<result_code>SUCCESS</result_code></xml>")
            .into_bytes()
    })
    .await;
}

#[tokio::test]
async fn x_05_nothing_may_follow_the_root() {
    for trailer in ["<xml></xml>", "<html/>", "x", "\u{0}", "<!---->", "&#32;"] {
        assert_in_doubt(|text| format!("{text}{trailer}").into_bytes()).await;
    }
    let outcome = submission_of(200, format!("{}\r\n ", paid_text()).as_bytes()).await;
    assert!(matches!(outcome, Outcome::Paid(_)));
}

#[tokio::test]
async fn x_07_every_way_to_write_an_amount_is_the_same_amount_or_refused() {
    let written = |amount: &str| found_text().replace("<![CDATA[100]]>", amount).into_bytes();
    for amount in ["100", "<![CDATA[100]]>", "&#49;00", "&#x31;<![CDATA[0]]>0"] {
        let inquiry = inquiry_of(200, &written(amount)).await;
        assert!(matches!(inquiry, Inquiry::Paid(_)), "{amount} {inquiry:?}");
    }
    for amount in ["<!-- -->100", "1<?x?>00", "1&zero;0", "&#49;0"] {
        let inquiry = inquiry_of(200, &written(amount)).await;
        assert!(matches!(inquiry, Inquiry::Unanswered(_)), "{amount}");
    }
}

#[tokio::test]
async fn x_10_an_unknown_element_is_welcome() {
    let more = format!("<xml><new>{NUMBER}</new>");
    let outcome = submission_of(200, paid_text().replace("<xml>", &more).as_bytes()).await;
    assert!(matches!(outcome, Outcome::Paid(_)));
    let inquiry = inquiry_of(200, found_text().replace("<xml>", &more).as_bytes()).await;
    assert!(matches!(inquiry, Inquiry::Paid(_)));
}

#[tokio::test]
async fn x_11_only_utf_8_is_read() {
    let declared = |encoding: &str, text: &str| {
        format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{text}").into_bytes()
    };
    for encoding in ["GBK", "gb2312", "UTF-16", "ISO-8859-1", "utf8", ""] {
        assert_in_doubt(|text| declared(encoding, text)).await;
    }
    assert_in_doubt(|text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()).await;
    assert_in_doubt(|text| {
        let chinese = text.replace("</xml>", "<a>成功</a></xml>");
        encoding_rs::GBK.encode(&chinese).0.into_owned()
    })
    .await;
    assert_in_doubt(|text| text.replace("</xml>", "\u{0}</xml>").into_bytes()).await;
    for start in [
        "\u{FEFF}",
        "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?>",
    ] {
        let outcome = submission_of(200, format!("{start}{}", paid_text()).as_bytes()).await;
        assert!(matches!(outcome, Outcome::Paid(_)));
    }
}

#[tokio::test]
async fn x_13_both_spellings_of_a_system_error_are_in_doubt() {
    for code in ["SYSTEMERROR", "SYSTEM_ERROR"] {
        let answer = xml(&[
            ("return_code", "SUCCESS"),
            ("result_code", "FAIL"),
            ("err_code", code),
            ("err_code_des", "系统繁忙"),
        ]);
        assert!(matches!(
            submission_of(200, &answer).await,
            Outcome::Unknown(Doubt::Code(_))
        ));
        assert!(matches!(
            inquiry_of(200, &answer).await,
            Inquiry::Unanswered(Doubt::Code(_))
        ));
    }
}

#[tokio::test]
async fn x_14_a_page_of_somebody_else_is_in_doubt() {
    for page in [
        "",
        "<html><body>Please sign in to the Wi-Fi</body></html>",
        "<!DOCTYPE html><html></html>",
        "{\"code\":\"SUCCESS\"}",
        "SUCCESS",
    ] {
        assert_in_doubt(|_| page.as_bytes().to_vec()).await;
    }
}

#[tokio::test]
async fn x_16_attributes_and_name_spaces_are_refused() {
    for root in [
        "<xml xmlns=\"http://www.w3.org/1999/xhtml\">",
        "<xml xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a b\">",
        "<xml><xi:include href=\"file:///etc/passwd\"/>",
        "<xml version=\"1\">",
    ] {
        assert_in_doubt(|text| text.replace("<xml>", root).into_bytes()).await;
    }
}

#[tokio::test]
async fn an_answer_that_is_cut_anywhere_is_in_doubt() {
    let (paid, found) = (xml(PAID), xml(FOUND));
    for end in 0..paid.len() {
        let outcome = submission_of(200, &paid[..end]).await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{end}");
    }
    for end in 0..found.len() {
        let inquiry = inquiry_of(200, &found[..end]).await;
        assert!(matches!(inquiry, Inquiry::Unanswered(_)), "{end}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        drop(read(&bytes));
    }

    #[test]
    fn no_markup_makes_the_reader_panic(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "<xml>", "</xml>", "<xml/>", "<a>", "</a>", "<a/>", "<b x='1'>", "</b>", "<!--", "-->",
                "<![CDATA[", "]]>", "&amp;", "&#49;", "&#xFFFFFFFF;", "&", ";", "<?xml version='1.0'?>",
                "<?", "?>", "<!DOCTYPE", "[", "]", ">", "<", "\u{FEFF}", "\u{0}", "好", " ", "\r\n", "/", "'", "\"",
            ]),
            0..60,
        ),
    ) {
        drop(read(parts.concat().as_bytes()));
    }

    /// Whatever bytes arrive, nobody is called paid who is not, and nothing fails.
    #[test]
    fn a_damaged_answer_never_says_more_than_the_whole_one(
        at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut answer = xml(FOUND);
        let at = at.index(answer.len());
        answer[at] = byte;
        let verdict = runtime.block_on(inquiry_of(200, &answer));
        prop_assert!(
            matches!(verdict, Inquiry::Paid(_) | Inquiry::Unanswered(_)),
            "{:?}", verdict
        );
    }

    #[test]
    fn any_text_that_xml_can_carry_comes_back_unchanged(text in "\\PC{0,100}") {
        if let Ok(bytes) = write(&[("a", &text)]) {
            let fields = read(&bytes).unwrap();
            prop_assert_eq!(fields.get("a"), Some(text.as_str()));
        }
    }
}
