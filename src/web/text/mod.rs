//! The words of the pages, Chinese first and English second.
//!
//! Each page has a file here with a struct of its words and the two languages as constants. A word that is missing in one language does
//! not compile.

mod account;
pub(super) mod api;
mod batches;
mod commissions;
mod confirm;
mod developers;
mod fault;
mod findings;
mod frame;
mod home;
mod join;
mod limit_names;
mod limits;
mod log;
mod members;
mod payouts;
mod sign_in;
mod status;
mod tutorials;
mod wechat_pay;

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap};

pub(super) use account::Account;
pub(super) use batches::Batches;
pub(super) use commissions::Commissions;
pub(super) use confirm::Confirm;
pub(super) use developers::Developers;
pub(super) use fault::Fault;
pub(super) use findings::Findings;
pub(super) use frame::Frame;
pub(super) use home::Home;
pub(super) use join::Join;
pub(super) use limit_names::LimitNames;
pub(super) use limits::LimitsText;
pub(super) use log::{FAMILIES, Log, deed, fact, family};
pub(super) use members::Members;
pub(super) use payouts::Payouts;
pub(super) use sign_in::SignIn;
pub(super) use status::StatusWords;
pub(super) use tutorials::Tutorial;
pub(super) use wechat_pay::{WechatPay, tail};

/// All words in one language.
pub(super) struct Text {
    /// The frame of every page.
    pub(super) frame: Frame,
    /// Signing in.
    pub(super) sign_in: SignIn,
    /// Confirming that it is them.
    pub(super) confirm: Confirm,
    /// The settings.
    pub(super) wechat_pay: WechatPay,
    /// When a request is refused.
    pub(super) fault: Fault,
    /// 批量付款.
    pub(super) batches: Batches,
    /// 提成管理.
    pub(super) commissions: Commissions,
    /// The inbox of findings.
    pub(super) findings: Findings,
    /// The first page.
    pub(super) home: Home,
    /// The limits by name.
    pub(super) limit_names: LimitNames,
    /// The page of limits.
    pub(super) limits: LimitsText,
    /// The pages of payouts.
    pub(super) payouts: Payouts,
    /// Where a payout stands.
    pub(super) status: StatusWords,
    /// 开发者.
    pub(super) developers: Developers,
    /// One's own account.
    pub(super) account: Account,
    /// 成员.
    pub(super) members: Members,
    /// Accepting an invitation.
    pub(super) join: Join,
    /// 日志.
    pub(super) log: Log,
}

static CHINESE: Text = Text {
    frame: Frame::CHINESE,
    sign_in: SignIn::CHINESE,
    confirm: Confirm::CHINESE,
    wechat_pay: WechatPay::CHINESE,
    fault: Fault::CHINESE,
    batches: Batches::CHINESE,
    commissions: Commissions::CHINESE,
    findings: Findings::CHINESE,
    home: Home::CHINESE,
    limit_names: LimitNames::CHINESE,
    limits: LimitsText::CHINESE,
    payouts: Payouts::CHINESE,
    status: StatusWords::CHINESE,
    developers: Developers::CHINESE,
    account: Account::CHINESE,
    members: Members::CHINESE,
    join: Join::CHINESE,
    log: Log::CHINESE,
};
static ENGLISH: Text = Text {
    frame: Frame::ENGLISH,
    sign_in: SignIn::ENGLISH,
    confirm: Confirm::ENGLISH,
    wechat_pay: WechatPay::ENGLISH,
    fault: Fault::ENGLISH,
    batches: Batches::ENGLISH,
    commissions: Commissions::ENGLISH,
    findings: Findings::ENGLISH,
    home: Home::ENGLISH,
    limit_names: LimitNames::ENGLISH,
    limits: LimitsText::ENGLISH,
    payouts: Payouts::ENGLISH,
    status: StatusWords::ENGLISH,
    developers: Developers::ENGLISH,
    account: Account::ENGLISH,
    members: Members::ENGLISH,
    join: Join::ENGLISH,
    log: Log::ENGLISH,
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

    /// The language that a program asks for with `Accept-Language`; English when it asks for neither.
    pub(super) fn accepted(headers: &HeaderMap) -> Self {
        let wished = headers
            .get_all(header::ACCEPT_LANGUAGE)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .take(MOST_WISHES)
            .filter_map(Self::wish);
        // of equal weights the first one wins
        let best = wished.fold(None, |best: Option<(u16, Self)>, wish| match best {
            Some(best) if best.0 >= wish.0 => Some(best),
            _ => Some(wish),
        });
        best.map_or(Self::English, |(_, tongue)| tongue)
    }

    /// One part of `Accept-Language`: its weight in thousandths, and the language when it is one of ours.
    fn wish(part: &str) -> Option<(u16, Self)> {
        let mut pieces = part.split(';').map(str::trim);
        let tag = pieces.next()?.to_ascii_lowercase();
        let tongue = match tag.split('-').next()? {
            "zh" => Self::Chinese,
            "en" => Self::English,
            _ => return None,
        };
        let weight = pieces.find_map(|piece| piece.strip_prefix("q="));
        let weight = weight.map_or(Some(1_000), thousandths)?;
        (weight > 0).then_some((weight, tongue))
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

/// More languages than this nobody reads.
const MOST_WISHES: usize = 16;

/// A weight like `0.8` in thousandths.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole: u16 = whole.parse().ok().filter(|whole| *whole <= 1)?;
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    let weight = whole.saturating_mul(1_000).saturating_add(fraction);
    (weight <= 1_000).then_some(weight)
}

impl From<Tongue> for crate::engine::Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::Chinese => Self::Chinese,
            Tongue::English => Self::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn accepted(values: &[&str]) -> Tongue {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(
                header::ACCEPT_LANGUAGE,
                HeaderValue::from_bytes(value.as_bytes()).unwrap(),
            );
        }
        Tongue::accepted(&headers)
    }

    #[test]
    fn the_heaviest_language_of_ours_wins_and_english_without_any() {
        for (values, tongue) in [
            (&[][..], Tongue::English),
            (&["zh"], Tongue::Chinese),
            (&["zh-CN,zh;q=0.9,en;q=0.8"], Tongue::Chinese),
            (&["en-GB;q=0.8, zh-Hant;q=0.81"], Tongue::Chinese),
            (&["fr, de;q=0.9, zh;q=0.1"], Tongue::Chinese),
            (&["fr"], Tongue::English),
            (&["en", "zh"], Tongue::English),
            (&["zh;q=0"], Tongue::English),
            (&["zh;q=1.5, en"], Tongue::English),
            (&["*"], Tongue::English),
            (&["zh;q=x,,;;=,-"], Tongue::English),
            (&["ZH-cn"], Tongue::Chinese),
            (&["\u{4e2d}\u{6587}"], Tongue::English),
        ] {
            assert_eq!(accepted(values), tongue, "{values:?}");
        }
    }
}
