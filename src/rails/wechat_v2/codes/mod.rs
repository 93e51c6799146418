//! Every published code of the two calls, in one table (`wechatpay-reference.md` §2.3 and §3.3), and the words
//! of ours for what has no code. Whatever is in neither leaves the result open.

pub mod own;

mod table;

use crate::rails::{Call, Explanation, Words};

/// What a code says about a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubmissionClass {
    /// It may have been paid.
    Doubtful,
    /// This payment is refused; by its meaning nothing was paid.
    Refused,
    /// A limit or the balance: later, with the same number.
    PutOff,
    /// The tenant's settings stand in the way.
    Held,
}

/// What a code says about an inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InquiryClass {
    /// Nothing.
    Doubtful,
    /// There is no such order, or not yet, or no longer.
    NotFound,
    /// The tenant's settings stand in the way of asking.
    Held,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The code, as it is written in an answer, or a word of ours in small letters.
    pub code: &'static str,
    /// Its class for a submission, when it is published for that call.
    pub submission: Option<SubmissionClass>,
    /// Its class for an inquiry, when it is published for that call.
    pub inquiry: Option<InquiryClass>,
    /// What people read about it.
    pub explanation: Explanation,
}

/// All rows with a code of WeChat Pay's.
pub fn published() -> &'static [Entry] {
    table::PUBLISHED
}

/// The class of a code in the answer to a submission. An unlisted code is never a refusal.
pub fn submission_class(code: &str) -> SubmissionClass {
    find(table::PUBLISHED, code)
        .and_then(|entry| entry.submission)
        .unwrap_or(SubmissionClass::Doubtful)
}

/// The class of a code in the answer to an inquiry.
pub fn inquiry_class(code: &str) -> InquiryClass {
    find(table::PUBLISHED, code)
        .and_then(|entry| entry.inquiry)
        .unwrap_or(InquiryClass::Doubtful)
}

/// What to tell people about a code, or about a word of ours, that came with these words.
pub fn explain(call: Call, code: &str, text: &str) -> Explanation {
    if code == "NO_AUTH" && is_about_the_address(text) {
        return table::ADDRESS_NOT_ALLOWED;
    }
    let published = find(table::PUBLISHED, code).filter(|entry| match call {
        Call::Submission => entry.submission.is_some(),
        Call::Inquiry => entry.inquiry.is_some(),
    });
    published
        .or_else(|| find(own::WORDS, code))
        .map_or(table::UNLISTED, |entry| entry.explanation)
}

/// The one place where WeChat Pay's words are looked at: `NO_AUTH` has several causes, and an address that is
/// missing on the whitelist (§5.7) needs quite another remedy than a closed product. Only the remedy that is
/// shown depends on it, no decision.
fn is_about_the_address(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["ip地址", "ip 地址", "ip address", "ip白名单"]
        .iter()
        .any(|words| lower.contains(words))
}

fn find(entries: &'static [Entry], code: &str) -> Option<&'static Entry> {
    entries.iter().find(|entry| entry.code == code)
}

const fn explanation(
    meaning_zh: &'static str,
    remedy_zh: &'static str,
    meaning_en: &'static str,
    remedy_en: &'static str,
) -> Explanation {
    Explanation {
        meaning: Words {
            zh: meaning_zh,
            en: meaning_en,
        },
        remedy: Words {
            zh: remedy_zh,
            en: remedy_en,
        },
    }
}
