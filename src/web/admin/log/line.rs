//! One record of the log as people read it.

use serde_json::Value as Json;

use crate::audit::{Doer, EventKind, Record};
use crate::basics::{Fen, Timestamp};
use crate::people::Role;
use crate::reports::names::Names;
use crate::web::admin::members::role_name;
use crate::web::page::Shell;
use crate::web::text::{deed, fact};

/// A line of the page.
pub(super) struct Line {
    pub(super) at: String,
    pub(super) who: String,
    pub(super) deed: String,
    pub(super) object: String,
    pub(super) href: Option<String>,
    pub(super) facts: Vec<(String, String)>,
    pub(super) request: Option<String>,
}

impl Line {
    /// The line of a record.
    pub(super) fn of(s: &Shell, names: &Names, record: &Record) -> Self {
        let kind = EventKind::parse(&record.kind);
        let (object, href) = object(record);
        Self {
            at: record.at.shanghai(),
            who: who(s, names, record),
            deed: kind.map_or_else(
                || record.kind.clone(),
                |kind| deed(kind, s.tongue).to_owned(),
            ),
            object,
            href,
            facts: facts(s, &record.details),
            request: record.request_id.clone(),
        }
    }
}

fn who(s: &Shell, names: &Names, record: &Record) -> String {
    let w = &s.t.log;
    let called = match (Doer::of(&record.actor_kind), record.actor_kind.as_str()) {
        (Some(Doer::Member), _) => w.member,
        (Some(Doer::Storefront), _) => w.storefront,
        (Some(Doer::System), "command_line") => w.command_line,
        (Some(Doer::System), _) => w.engine,
        (Some(Doer::Visitor), _) => w.visitor,
        (None, other) => return other.to_owned(),
    };
    names
        .get(&record.actor_id)
        .map_or_else(|| called.to_owned(), |name| format!("{called} {name}"))
}

/// What it was done to, and its page. The tenant and a member say nothing by their ids.
fn object(record: &Record) -> (String, Option<String>) {
    let id = &record.object_id;
    let encoded: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
    let href = match record.object_kind.as_str() {
        "tenant" | "member" | "platform" | "channel" => return (String::new(), None),
        "payout" => Some(format!("/admin/payouts/{encoded}")),
        "recipient" => Some(format!("/admin/recipients/{encoded}")),
        "batch" => Some(format!("/admin/batches/{encoded}")),
        "endpoint" => Some(format!("/admin/developers/endpoints/{encoded}")),
        _ => None,
    };
    (id.clone(), href)
}

fn facts(s: &Shell, details: &Json) -> Vec<(String, String)> {
    let Some(details) = details.as_object() else {
        return Vec::new();
    };
    details
        .iter()
        .map(|(name, value)| {
            let label = fact(name, s.tongue).unwrap_or(name.as_str()).to_owned();
            (label, text(s, name, value))
        })
        .collect()
}

fn text(s: &Shell, name: &str, value: &Json) -> String {
    let w = &s.t.log;
    match value {
        Json::Null => w.nothing.to_owned(),
        Json::Bool(true) => w.yes.to_owned(),
        Json::Bool(false) => w.no.to_owned(),
        Json::Number(number) => match number.as_i64().filter(|_| name.ends_with("_fen")) {
            Some(fen) => format!("¥{}", Fen::new(fen).yuan()),
            None => number.to_string(),
        },
        Json::String(words) if name == "role" => Role::parse(words).map_or_else(
            || words.clone(),
            |role| role_name(&s.t.members, role).to_owned(),
        ),
        Json::String(words) => {
            Timestamp::parse_rfc3339(words).map_or_else(|_| words.clone(), Timestamp::shanghai)
        }
        // before and after
        Json::Array(values) => match values.as_slice() {
            [before, after] if !before.is_object() && !after.is_object() => {
                format!("{} → {}", text(s, name, before), text(s, name, after))
            }
            _ => value.to_string(),
        },
        Json::Object(_) => value.to_string(),
    }
}
