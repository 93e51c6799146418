//! The response envelope, `wechatpay-reference.md` §1.2, shapes A to D, and what both calls check alike.

use super::redact::mask_openids;
use super::xml::Fields;
use crate::rails::{Answer, Doubt};

/// Codes of WeChat Pay have up to 32 characters; one of ours never has more.
const CODE_MOST_CHARS: usize = 64;
/// Texts have up to 128 characters by the documentation.
const TEXT_MOST_CHARS: usize = 256;
/// Numbers of payments have up to 64.
const PAYMENT_NO_MOST_BYTES: usize = 64;

/// What an answer says before its details are looked at.
pub(super) enum Envelope {
    /// Shape A: both codes say SUCCESS.
    Success,
    /// Shape B or D: a business error with its code.
    Coded(Answer),
    /// Shape C: the communication failed, with words and no code.
    Words(String),
    /// None of these.
    Doubtful(Doubt),
}

/// Reads the two codes, and the third when there is one.
pub(super) fn open(fields: &Fields) -> Envelope {
    let failure = fields.filled("err_code");
    match (fields.filled("return_code"), fields.filled("result_code")) {
        (Some("SUCCESS"), Some("SUCCESS")) => match failure {
            // A few of WeChat Pay's calls fill in the code of success, too.
            None | Some("SUCCESS") => Envelope::Success,
            Some(_) => Envelope::Doubtful(Doubt::Contradiction),
        },
        (Some("SUCCESS" | "FAIL"), Some("FAIL")) => match failure {
            Some(code) => Envelope::Coded(answer(code, text_of(fields))),
            None => Envelope::Doubtful(Doubt::Missing("err_code")),
        },
        (Some("FAIL"), None) if failure.is_none() => Envelope::Words(bounded_text(text_of(fields))),
        (Some("FAIL"), Some("SUCCESS")) => Envelope::Doubtful(Doubt::Contradiction),
        (Some("SUCCESS" | "FAIL"), _) => Envelope::Doubtful(Doubt::Missing("result_code")),
        (_, _) => Envelope::Doubtful(Doubt::Missing("return_code")),
    }
}

fn text_of(fields: &Fields) -> &str {
    fields
        .filled("err_code_des")
        .or_else(|| fields.filled("return_msg"))
        .unwrap_or_default()
}

/// A code and its words, bounded, with nobody's openid in them.
pub(super) fn answer(code: &str, text: &str) -> Answer {
    Answer {
        code: code.chars().take(CODE_MOST_CHARS).collect(),
        text: bounded_text(text),
    }
}

/// Words of the remote side as they may be kept.
pub(super) fn bounded_text(text: &str) -> String {
    mask_openids(text).chars().take(TEXT_MOST_CHARS).collect()
}

/// A part of the answer that repeats a part of the request.
pub(super) struct Echo<'a> {
    pub(super) name: &'static str,
    pub(super) ours: &'a str,
}

/// An answer about something else: also an error may come from a mix-up, so this is asked of every answer.
pub(super) fn foreign(fields: &Fields, echoes: &[Echo<'_>]) -> Option<Doubt> {
    echoes
        .iter()
        .find(|echo| {
            fields
                .filled(echo.name)
                .is_some_and(|theirs| theirs != echo.ours)
        })
        .map(|echo| Doubt::Mismatch(echo.name))
}

/// Before money is believed to have moved, or not to move any more, the whole echo must be there.
pub(super) fn missing(fields: &Fields, echoes: &[Echo<'_>]) -> Option<Doubt> {
    echoes
        .iter()
        .find(|echo| fields.filled(echo.name).is_none())
        .map(|echo| Doubt::Missing(echo.name))
}

/// WeChat's number of a payment, when it looks like one.
pub(super) fn payment_no(fields: &Fields, name: &str) -> Option<String> {
    fields
        .filled(name)
        .filter(|number| {
            number.len() <= PAYMENT_NO_MOST_BYTES && number.bytes().all(|b| b.is_ascii_graphic())
        })
        .map(str::to_owned)
}
