//! The form of the settings as somebody filled it in, and what is wrong with it.

use zeroize::Zeroizing;

use crate::basics::names::NameFault;
use crate::basics::{ApiKey, ApiV3Key, AppId, AppSecret, MerchantNumber};
use crate::channels::certificate::CertificateFault;
use crate::channels::{Settings, SettingsChange};
use crate::web::form_body::FormBody;

/// How much of a text that was typed is shown again.
const SHOWN: usize = 200;

/// What was typed. Secrets are never shown again.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) app_id: String,
    pub(super) merchant_number: String,
    app_secret: Zeroizing<String>,
    api_key: Zeroizing<String>,
    api_v3_key: Zeroizing<String>,
    /// The version that the page showed.
    pub(super) seen_version: Option<i64>,
    /// Whether pasted blanks were taken away.
    pub(super) was_trimmed: bool,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldFault {
    /// It has not the form that it should have.
    Form(NameFault),
    /// It had a value and is empty now.
    Cleared,
}

/// What is wrong with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FileFault {
    /// It cannot be a certificate of this merchant.
    Certificate(CertificateFault),
    /// Another field is wrong, so it was not kept.
    ChooseAgain,
    /// There is no merchant number to check it against.
    NumberFirst,
    /// Too many wait.
    TooManyWaiting(usize),
    /// The request was too large.
    TooLarge,
}

/// Everything that is wrong, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) app_id: Option<FieldFault>,
    pub(super) merchant_number: Option<FieldFault>,
    pub(super) app_secret: Option<FieldFault>,
    pub(super) api_key: Option<FieldFault>,
    pub(super) api_v3_key: Option<FieldFault>,
    pub(super) file: Option<FileFault>,
}

impl Wrong {
    /// Whether anything is.
    pub(super) fn is_any(&self) -> bool {
        *self != Self::default()
    }
}

impl Typed {
    /// Takes the fields out of a form, without the blanks that pasting brings along.
    pub(super) fn read(body: &FormBody) -> Self {
        let mut was_trimmed = false;
        let mut tidy = |name| {
            let (text, changed) = tidied(body.text(name));
            was_trimmed |= changed;
            text
        };
        let (app_id, merchant_number) = (tidy("app_id"), tidy("mch_id"));
        let (app_secret, api_key, api_v3_key) =
            (tidy("app_secret"), tidy("api_key"), tidy("api_v3_key"));
        Self {
            app_id: app_id.chars().take(SHOWN).collect(),
            merchant_number: merchant_number.chars().take(SHOWN).collect(),
            app_secret,
            api_key,
            api_v3_key,
            seen_version: body.text("seen_version").parse().ok(),
            was_trimmed,
        }
    }

    /// What is to be changed, without the certificate; and what is wrong with it.
    pub(super) fn judge(&self, before: &Settings) -> (SettingsChange, Wrong) {
        let mut wrong = Wrong::default();
        let change = SettingsChange {
            app_id: shown(
                &self.app_id,
                before.app_id.is_some(),
                AppId::parse,
                &mut wrong.app_id,
            ),
            merchant_number: shown(
                &self.merchant_number,
                before.merchant_number.is_some(),
                MerchantNumber::parse,
                &mut wrong.merchant_number,
            ),
            app_secret: hidden(&self.app_secret, AppSecret::parse, &mut wrong.app_secret),
            api_key: hidden(&self.api_key, ApiKey::parse, &mut wrong.api_key),
            api_v3_key: hidden(&self.api_v3_key, ApiV3Key::parse, &mut wrong.api_v3_key),
            seen_version: self.seen_version,
            ..SettingsChange::default()
        };
        (change, wrong)
    }
}

/// A field whose value is shown: it cannot be emptied once it has one.
fn shown<T>(
    text: &str,
    had_one: bool,
    parse: fn(&str) -> Result<T, NameFault>,
    wrong: &mut Option<FieldFault>,
) -> Option<T> {
    if text.is_empty() {
        if had_one {
            *wrong = Some(FieldFault::Cleared);
        }
        return None;
    }
    hidden(text, parse, wrong)
}

/// A field whose value is not shown: empty means that it stays.
fn hidden<T>(
    text: &str,
    parse: fn(&str) -> Result<T, NameFault>,
    wrong: &mut Option<FieldFault>,
) -> Option<T> {
    if text.is_empty() {
        return None;
    }
    match parse(text) {
        Ok(value) => Some(value),
        Err(fault) => {
            *wrong = Some(FieldFault::Form(fault));
            None
        }
    }
}

/// Without blanks, line ends and characters that cannot be seen, which none of these values has; and whether there were any.
fn tidied(text: &str) -> (Zeroizing<String>, bool) {
    let is_pasted_along = |c: char| {
        c.is_whitespace()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
    };
    let mut kept = Zeroizing::new(String::with_capacity(text.len()));
    kept.extend(text.chars().filter(|c| !is_pasted_along(*c)));
    let changed = kept.len() != text.len() && !kept.is_empty();
    (kept, changed)
}

#[cfg(test)]
mod tests {
    use super::tidied;

    #[test]
    fn what_pasting_brings_along_is_taken_away_and_said() {
        let tidy = |text: &str| {
            let (kept, changed) = tidied(text);
            (kept.to_string(), changed)
        };
        assert_eq!(tidy("wx1"), ("wx1".to_owned(), false));
        assert_eq!(tidy(" \u{feff}wx 1\u{3000}\r\n"), ("wx1".to_owned(), true));
        assert_eq!(tidy(" \t"), (String::new(), false));
    }
}
