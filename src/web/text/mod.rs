//! The words of the pages, Chinese first and English second.
//!
//! Each page has a file here with a struct of its words and the two languages as constants. A word that is missing in one language does
//! not compile.

mod commissions;
mod fault;
mod frame;
mod sign_in;

use actix_web::HttpRequest;

pub(super) use commissions::Commissions;
pub(super) use fault::Fault;
pub(super) use frame::Frame;
pub(super) use sign_in::SignIn;

/// All words in one language.
pub(super) struct Text {
    /// The frame of every page.
    pub(super) frame: Frame,
    /// Signing in.
    pub(super) sign_in: SignIn,
    /// When a request is refused.
    pub(super) fault: Fault,
    /// 提成管理.
    pub(super) commissions: Commissions,
}

static CHINESE: Text = Text {
    frame: Frame::CHINESE,
    sign_in: SignIn::CHINESE,
    fault: Fault::CHINESE,
    commissions: Commissions::CHINESE,
};
static ENGLISH: Text = Text {
    frame: Frame::ENGLISH,
    sign_in: SignIn::ENGLISH,
    fault: Fault::ENGLISH,
    commissions: Commissions::ENGLISH,
};

/// The reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
}

/// The cookie that remembers the choice.
pub(super) const COOKIE: &str = "lang";

impl Tongue {
    /// The reader's choice; Chinese until there is one.
    pub(super) fn of(request: &HttpRequest) -> Self {
        request
            .cookie(COOKIE)
            .and_then(|cookie| Self::parse(cookie.value()))
            .unwrap_or(Self::Chinese)
    }

    /// The language of a code.
    pub(super) fn parse(code: &str) -> Option<Self> {
        match code {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// Its code in the cookie.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// Its code in HTML.
    pub(super) const fn html(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The words in it.
    pub(super) fn text(self) -> &'static Text {
        match self {
            Self::Chinese => &CHINESE,
            Self::English => &ENGLISH,
        }
    }
}

impl From<Tongue> for crate::engine::Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::Chinese => Self::Chinese,
            Tongue::English => Self::English,
        }
    }
}
