//! What the pages say about a code: there is always something, in both languages.

use zhanfu::rails::wechat_v2::codes::{explain, published};
use zhanfu::rails::{Call, Doubt, Explanation, Unsent};
use zhanfu::wire::{BadAnswer, IdentityFault, MaybeSent, NeverSent};

const CALLS: [Call; 2] = [Call::Submission, Call::Inquiry];

fn unlisted() -> Explanation {
    explain(Call::Submission, "NOBODY_PUBLISHED_THIS", "")
}

#[test]
fn every_code_is_explained_in_both_languages() {
    for entry in published() {
        let texts = [entry.explanation.meaning, entry.explanation.remedy];
        for words in texts {
            let chinese = words
                .zh
                .chars()
                .any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
            assert!(chinese, "{}", entry.code);
            assert!(words.en.len() > 10, "{}", entry.code);
        }
        assert!(entry.submission.is_some() || entry.inquiry.is_some());
        let call = if entry.submission.is_some() {
            Call::Submission
        } else {
            Call::Inquiry
        };
        assert_eq!(explain(call, entry.code, ""), entry.explanation);
    }
}

#[test]
fn a_code_that_is_not_published_for_the_call_is_explained_as_unknown() {
    assert_eq!(explain(Call::Submission, "NOT_FOUND", ""), unlisted());
    assert_eq!(explain(Call::Inquiry, "NOTENOUGH", ""), unlisted());
    assert!(unlisted().meaning.zh.contains("未知"));
}

#[test]
fn a_missing_address_on_the_whitelist_has_a_remedy_of_its_own() {
    for call in CALLS {
        let about_the_address = explain(
            call,
            "NO_AUTH",
            "此IP地址不允许调用接口，如有需要请登录微信支付商户平台更改配置",
        );
        assert!(about_the_address.remedy.zh.contains("接口调用IP"));
        let other = explain(
            call,
            "NO_AUTH",
            "产品权限验证失败,请查看您当前是否具有该产品的权限",
        );
        assert_ne!(other, about_the_address);
        assert!(!other.remedy.zh.contains("接口调用IP"));
        // Only with that code: the same words beside another one say nothing about settings.
        assert_ne!(explain(call, "SYSTEMERROR", "IP地址"), about_the_address);
    }
}

#[test]
fn every_word_of_ours_is_explained() {
    let unsent = [
        Unsent::Wire(NeverSent::NameNotFound),
        Unsent::Wire(NeverSent::NotConnected(std::io::ErrorKind::Other)),
        Unsent::Wire(NeverSent::ConnectTimeout),
        Unsent::Wire(NeverSent::ServerNotTrusted(String::new())),
        Unsent::Wire(NeverSent::Handshake(String::new())),
        Unsent::Wire(NeverSent::Identity(IdentityFault::Key)),
        Unsent::Wire(NeverSent::NotARequest),
        Unsent::Text,
        Unsent::Unreadable,
        Unsent::OtherMerchant,
        Unsent::OtherNumber,
    ];
    let doubts = [
        Doubt::NotAsked(Unsent::Text),
        Doubt::NoAnswer(MaybeSent::Timeout),
        Doubt::BadAnswer(BadAnswer::CutShort),
        Doubt::Status(502),
        Doubt::Unreadable(String::new()),
        Doubt::Missing("status"),
        Doubt::Contradiction,
        Doubt::Mismatch("openid"),
        Doubt::Words(String::new()),
    ];
    let mut words = vec![
        "no_certificate",
        "bad_certificate",
        "certificate_refused",
        "signature_refused",
        "parameters_refused",
    ];
    for unsent in &unsent {
        words.push(unsent.code());
    }
    for doubt in &doubts {
        words.push(doubt.code());
    }
    for word in words {
        assert_eq!(word, word.to_lowercase());
        for call in CALLS {
            assert_ne!(explain(call, word, ""), unlisted(), "{word}");
        }
    }
}
