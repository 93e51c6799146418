//! A sentence in both languages. Which one is sent is decided when the answer is written.

use std::borrow::Cow;

use crate::web::text::Tongue;

/// A sentence for a developer, in simplified Chinese and in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    zh: Cow<'static, str>,
    en: Cow<'static, str>,
}

impl Said {
    /// The sentence in Chinese and in English.
    pub fn new(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The sentence in one language.
    pub(in crate::web) fn of(&self, tongue: Tongue) -> &str {
        match tongue {
            Tongue::Chinese => &self.zh,
            Tongue::English => &self.en,
        }
    }
}
