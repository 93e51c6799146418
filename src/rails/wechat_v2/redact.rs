//! What may be kept and shown of requests and answers: everything but who is paid and the signature.

use crate::basics::mask;

/// The longest text that is kept of one message. Answers of WeChat Pay are below 2 KiB; the rest is for error
/// pages, of which the beginning says enough.
const KEPT_MOST_CHARS: usize = 8 * 1024;
/// Elements with a person's name.
const NAMES: [&str; 2] = ["re_user_name", "transfer_name"];
/// An openid has 28 characters and begins with `o`. WeChat's numbers are digits and its nonces have 32
/// characters, so nothing else looks like that.
const OPENID_CHARS: usize = 28;

/// The message as text, with openids, names and signatures masked. It works on text, not on parsed XML, because
/// the messages that are worth reading most are the broken ones: an element that is cut short is masked to the
/// end.
pub(super) fn redact(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut kept: String = text.chars().take(KEPT_MOST_CHARS).collect();
    kept = mask_element(&kept, "openid", mask::openid);
    kept = mask_element(&kept, "sign", |_| "…".to_owned());
    for name in NAMES {
        kept = mask_element(&kept, name, mask_name);
    }
    mask_openids(&kept)
}

/// The first character of a name.
fn mask_name(name: &str) -> String {
    name.chars().take(1).chain(['*']).collect()
}

/// Masks what stands in every `<name>…</name>`.
fn mask_element(text: &str, name: &str, mask: impl Fn(&str) -> String) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(&open) {
        out.push_str(before);
        out.push_str(&open);
        let (value, end, remaining) = match after.split_once(&close) {
            Some((value, remaining)) => (value, close.as_str(), remaining),
            None => (after, "", ""),
        };
        let bare = value.strip_prefix("<![CDATA[").unwrap_or(value);
        let bare = bare.strip_suffix("]]>").unwrap_or(bare);
        if !bare.is_empty() {
            out.push_str(&mask(bare));
        }
        out.push_str(end);
        rest = remaining;
    }
    out.push_str(rest);
    out
}

/// Masks everything in a text that looks like an openid.
pub(super) fn mask_openids(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == '_' || c == '-' {
            word.push(c);
        } else {
            push_word(&mut out, &word);
            word.clear();
            out.push(c);
        }
    }
    push_word(&mut out, &word);
    out
}

fn push_word(out: &mut String, word: &str) {
    if word.len() == OPENID_CHARS && word.starts_with('o') {
        out.push_str(&mask::openid(word));
    } else {
        out.push_str(word);
    }
}
