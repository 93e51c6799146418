//! Faults by the payee's openid; see the room's doc for the convention.

use super::{Action, Booking, EchoElement, Fault, Outcome};
use crate::simulator::arrival::Endpoint;
use crate::simulator::codes;

const PREFIX: &str = "oSIM-";

/// The names beside the documented codes: `(name, what happens)`. `_N` marks a number.
pub fn catalogue() -> &'static [(&'static str, &'static str)] {
    &[
        ("UNKNOWN_CODE", "an err_code nobody has documented"),
        (
            "CLOSE",
            "paid, but the connection closes before the answer; UNPAID_CLOSE: not paid",
        ),
        (
            "RESET",
            "paid, but the connection is reset; UNPAID_RESET: not paid",
        ),
        (
            "CUT_N",
            "paid, but the connection closes after N bytes of the answer",
        ),
        ("DELAY_N", "paid at once, answered after N ms"),
        ("TRICKLE_N", "paid, answered with one byte every N ms"),
        (
            "LATE_N",
            "the connection closes after N ms, and only then the request is carried out",
        ),
        ("TWICE", "the request is delivered twice"),
        ("TRUNCATED", "paid, XML that stops in the middle"),
        ("EMPTY", "paid, HTTP 200 without a body"),
        ("GARBAGE", "paid, HTTP 200 with bytes that are nothing"),
        ("HTML", "paid, HTTP 200 with an HTML page"),
        (
            "HTTP_N",
            "not paid, HTTP status N (400 to 599); PAID_HTTP_N: paid",
        ),
        ("DOCTYPE", "paid, XML with a document type"),
        ("DUPLICATE", "paid, an element occurs twice"),
        ("GBK", "paid, XML encoded as GBK"),
        ("OVERSIZED_N", "paid, a body of N bytes (at most 64 MiB)"),
        ("FULLWIDTH", "paid, full-width colons in the times"),
        ("MISSING_RESULT", "paid, but result_code is missing"),
        ("ECHO_MCHID", "paid, another merchant number comes back"),
        ("ECHO_APPID", "paid, another AppID comes back"),
        ("ECHO_NUMBER", "paid, another order number comes back"),
        ("ECHO_OPENID", "paid, the query shows another openid"),
        ("ECHO_AMOUNT", "paid, the query shows another amount"),
        ("STATUS", "paid, the query shows a status nobody knows"),
        (
            "PROCESSING_N",
            "SYSTEMERROR, the query says PROCESSING for N ms, then SUCCESS",
        ),
        (
            "FAILING_N",
            "SYSTEMERROR, the query says PROCESSING for N ms, then FAILED",
        ),
        ("HIDDEN_N", "paid, but the query says NOT_FOUND for N ms"),
    ]
}

/// What an openid asks for.
#[derive(Debug)]
pub(in crate::simulator) enum Asked {
    /// An ordinary openid, or a fault for the other call or another turn.
    Nothing,
    /// This fault.
    Fault(Fault),
    /// It begins like a fault but names none.
    Unreadable,
}

/// Reads an openid for one call; `turn` is how many such calls this number has had before.
pub(in crate::simulator) fn ask(openid: &str, endpoint: Endpoint, turn: u32) -> Asked {
    let Some(rest) = openid.strip_prefix(PREFIX) else {
        return Asked::Nothing;
    };
    let wanted = rest.split('-').next().unwrap_or_default();
    let (once, wanted) = strip(wanted, "ONCE_");
    let (query, wanted) = strip(wanted, "QUERY_");
    let (paid, wanted) = strip(wanted, "PAID_");
    let (unpaid, wanted) = strip(wanted, "UNPAID_");
    let Some((action, only_query)) = named(wanted) else {
        return Asked::Unreadable;
    };
    let meant = if query || only_query {
        Endpoint::GetTransferInfo
    } else {
        Endpoint::Transfers
    };
    if meant != endpoint || (once && turn > 0) {
        return Asked::Nothing;
    }
    let booking = if paid {
        Booking::AsUsual
    } else if unpaid {
        Booking::Never
    } else {
        action.usual_booking()
    };
    Asked::Fault(Fault { action, booking })
}

fn strip<'a>(text: &'a str, prefix: &str) -> (bool, &'a str) {
    text.strip_prefix(prefix)
        .map_or((false, text), |rest| (true, rest))
}

/// The action of a name, and whether it only makes sense in a query.
fn named(name: &str) -> Option<(Action, bool)> {
    if let Some(code) = codes::find(name) {
        return Some((
            Action::Code {
                code: code.name.to_owned(),
                shape: None,
            },
            false,
        ));
    }
    let echo = |element| Action::WrongEcho { element };
    let action = match name {
        "UNKNOWN_CODE" => Action::Code {
            code: "SOMETHING_NEW_2031".to_owned(),
            shape: None,
        },
        "CLOSE" => Action::Close,
        "RESET" => Action::Reset,
        "TWICE" => Action::DeliverTwice,
        "TRUNCATED" => Action::TruncatedXml,
        "EMPTY" => Action::EmptyBody,
        "GARBAGE" => Action::Garbage,
        "HTML" => Action::Html,
        "DOCTYPE" => Action::Doctype,
        "DUPLICATE" => Action::DuplicateElement,
        "GBK" => Action::OtherEncoding,
        "FULLWIDTH" => Action::FullWidthTime,
        "MISSING_RESULT" => Action::MissingElement {
            name: "result_code".to_owned(),
        },
        "ECHO_MCHID" => echo(EchoElement::Mchid),
        "ECHO_APPID" => echo(EchoElement::AppId),
        "ECHO_NUMBER" => echo(EchoElement::PartnerTradeNo),
        "ECHO_OPENID" => return Some((echo(EchoElement::OpenId), true)),
        "ECHO_AMOUNT" => return Some((echo(EchoElement::Amount), true)),
        "STATUS" => return Some((Action::UnknownStatus, true)),
        _ => return numbered(name).map(|action| (action, false)),
    };
    Some((action, false))
}

fn numbered(name: &str) -> Option<Action> {
    let (name, number) = name.rsplit_once('_')?;
    // Nine digits: eleven days in milliseconds, and far from any overflow.
    if number.is_empty() || number.len() > 9 {
        return None;
    }
    let number: u32 = number.parse().ok()?;
    let ms = u64::from(number);
    let bytes = usize::try_from(number).ok()?;
    match name {
        "CUT" => Some(Action::CutAnswer { after_bytes: bytes }),
        "DELAY" => Some(Action::Delay { ms }),
        "TRICKLE" => Some(Action::Trickle { every_ms: ms }),
        "LATE" => Some(Action::ArriveLate { ms }),
        "OVERSIZED" if bytes <= 64 * 1024 * 1024 => Some(Action::Oversized { bytes }),
        "HTTP" => {
            let status = u16::try_from(number)
                .ok()
                .filter(|s| (400..600).contains(s))?;
            Some(Action::HttpStatus { status })
        }
        "PROCESSING" => Some(Action::Accept {
            ms,
            then: Outcome::Success,
        }),
        "FAILING" => Some(Action::Accept {
            ms,
            then: Outcome::Failure,
        }),
        "HIDDEN" => Some(Action::HideFor { ms }),
        _ => None,
    }
}
