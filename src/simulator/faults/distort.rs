//! Applying an action to an honest answer: first to its elements, then to its bytes.

use std::borrow::Cow;

use super::{Action, EchoElement};
use crate::simulator::answer::{Delivery, Ending, HTML, Pace, Reply, XML};
use crate::simulator::chance::Chance;
use crate::simulator::render::Fields;

/// Changes elements before they are written.
pub(in crate::simulator) fn distort_elements(action: &Action, fields: &mut Fields) {
    if let Action::WrongEcho { element } = action {
        wrong_echo(*element, fields);
    } else if let Action::MissingElement { name } = action {
        fields.retain(|(known, _)| known != name);
    } else if let Action::UnknownStatus = action {
        change(fields, &["status"], |_| "REVIEWING".to_owned());
    } else if let Action::FullWidthTime = action {
        change(fields, &["payment_time", "transfer_time"], |time| {
            time.replace(':', "：")
        });
    } else if let Action::DuplicateElement = action {
        duplicate(fields);
    }
}

fn wrong_echo(element: EchoElement, fields: &mut Fields) {
    match element {
        EchoElement::Mchid => change(fields, &["mchid", "mch_id"], other_letter),
        EchoElement::AppId => change(fields, &["mch_appid", "appid"], other_letter),
        EchoElement::PartnerTradeNo => change(fields, &["partner_trade_no"], other_letter),
        EchoElement::OpenId => change(fields, &["openid"], other_letter),
        EchoElement::Amount => change(fields, &["payment_amount"], |amount| {
            amount
                .parse()
                .map_or(0, |fen: i64| fen.saturating_add(1))
                .to_string()
        }),
    }
}

fn change(fields: &mut Fields, names: &[&str], with: impl Fn(&str) -> String) {
    for (name, value) in fields.iter_mut() {
        if names.contains(&&**name) {
            *value = with(value);
        }
    }
}

/// The same text with another last letter.
fn other_letter(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if let Some(last) = letters.last_mut() {
        *last = if *last == '7' { '8' } else { '7' };
    }
    letters.into_iter().collect()
}

/// `result_code` and the amount come a second time, saying something else.
fn duplicate(fields: &mut Fields) {
    let doubles: Fields = fields
        .iter()
        .filter_map(|(name, value)| match &**name {
            "result_code" if value == "SUCCESS" => Some((name.clone(), "FAIL".to_owned())),
            "result_code" => Some((name.clone(), "SUCCESS".to_owned())),
            "payment_amount" => Some((name.clone(), "1".to_owned())),
            _ => None,
        })
        .collect();
    fields.extend(doubles);
    if !fields.iter().any(|(name, _)| name == "result_code") {
        fields.push((Cow::Borrowed("return_code"), "SUCCESS".to_owned()));
    }
}

/// Puts the written answer, or what the action makes of it, on the wire.
pub(in crate::simulator) fn distort_bytes(
    action: &Action,
    xml: String,
    chance: &mut Chance,
) -> Delivery {
    let whole = |xml: String| Reply::whole(200, XML, xml.into_bytes());
    let reply = match action {
        Action::HttpStatus { status } => Reply::status_page(*status),
        Action::Html => Reply::whole(200, HTML, maintenance_page()),
        Action::EmptyBody => Reply::whole(200, XML, Vec::new()),
        Action::Garbage => Reply::whole(200, "application/octet-stream", garbage(chance)),
        Action::TruncatedXml => whole(front_half(&xml)),
        Action::Doctype => whole(format!(
            "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>\n{xml}"
        )),
        Action::OtherEncoding => {
            let (gbk, _, _) = encoding_rs::GBK.encode(&xml);
            Reply::whole(200, "text/xml; charset=gbk", gbk.into_owned())
        }
        Action::Oversized { bytes } => whole(oversized(xml, *bytes)),
        Action::Delay { ms } => Reply {
            delay_ms: *ms,
            ..whole(xml)
        },
        Action::Trickle { every_ms } => Reply {
            pace: Pace::Trickle(*every_ms),
            ..whole(xml)
        },
        Action::CutAnswer { after_bytes } => Reply {
            pace: Pace::CutAfter(*after_bytes),
            ..whole(xml)
        },
        Action::Close | Action::CloseUnread | Action::RefuseHandshake => {
            return Delivery::End {
                after_ms: 0,
                ending: Ending::Closed,
            };
        }
        Action::Reset | Action::ResetMidRequest { .. } => {
            return Delivery::End {
                after_ms: 0,
                ending: Ending::Reset,
            };
        }
        Action::ArriveLate { ms } => {
            return Delivery::End {
                after_ms: *ms,
                ending: Ending::Closed,
            };
        }
        Action::Code { .. }
        | Action::DuplicateElement
        | Action::WrongEcho { .. }
        | Action::MissingElement { .. }
        | Action::UnknownStatus
        | Action::FullWidthTime
        | Action::DeliverTwice
        | Action::Accept { .. }
        | Action::HideFor { .. } => whole(xml),
    };
    Delivery::Reply(reply)
}

fn front_half(xml: &str) -> String {
    xml.chars().take(xml.chars().count() / 2).collect()
}

/// White space before the end tag: well-formed, and far too long.
fn oversized(xml: String, bytes: usize) -> String {
    let missing = bytes.saturating_sub(xml.len());
    match xml.strip_suffix("</xml>") {
        Some(rest) => format!("{rest}{}</xml>", " ".repeat(missing)),
        None => xml,
    }
}

fn garbage(chance: &mut Chance) -> Vec<u8> {
    (0..200)
        .map(|_| u8::try_from(chance.below(256)).unwrap_or(0))
        .collect()
}

fn maintenance_page() -> Vec<u8> {
    "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>系统维护中</title></head>\
     <body><h1>系统维护中，请稍后再试</h1></body></html>\n"
        .as_bytes()
        .to_vec()
}
