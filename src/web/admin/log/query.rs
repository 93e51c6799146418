//! What the page of the log is asked for. What is not understood is left out.

use crate::audit::{Doer, EventKind, LogFilter};
use crate::basics::{AuditId, Day};
use crate::web::admin::fields::Fields;
use crate::web::text::FAMILIES;

/// The longest id that is searched for: a storefront's ids have 64 characters.
const OBJECT_MOST: usize = 64;

/// A question to the log.
#[derive(Clone, Debug, Default)]
pub(super) struct LogQuery {
    pub(super) object: String,
    pub(super) doer: Option<Doer>,
    /// A kind, or a family of kinds.
    pub(super) kind: String,
    pub(super) from: Option<Day>,
    pub(super) to: Option<Day>,
    pub(super) before: Option<AuditId>,
}

impl LogQuery {
    /// Reads the fields of the address.
    pub(super) fn read(fields: &Fields) -> Self {
        let known = |text: &&str| EventKind::parse(text).is_some() || FAMILIES.contains(text);
        Self {
            object: fields
                .get("q")
                .unwrap_or_default()
                .chars()
                .filter(|c| !c.is_control())
                .take(OBJECT_MOST)
                .collect(),
            doer: fields.get("doer").and_then(Doer::parse),
            kind: fields
                .get("kind")
                .filter(known)
                .unwrap_or_default()
                .to_owned(),
            from: fields.get("from").and_then(Day::parse),
            to: fields.get("to").and_then(Day::parse),
            before: fields.get("before").and_then(|text| text.parse().ok()),
        }
    }

    /// The filter of it.
    pub(super) fn filter(&self) -> LogFilter {
        let is_of = |kind: &&EventKind| {
            kind.as_str() == self.kind
                || kind
                    .as_str()
                    .split_once('.')
                    .is_some_and(|(family, _)| family == self.kind)
        };
        LogFilter {
            kinds: if self.kind.is_empty() {
                Vec::new()
            } else {
                EventKind::ALL.iter().filter(is_of).copied().collect()
            },
            doer: self.doer,
            object: (!self.object.is_empty()).then(|| self.object.clone()),
            from: self.from.map(Day::start),
            to: self.to.map(Day::end),
            before: self.before,
        }
    }

    /// The address of the log with this question.
    pub(super) fn href(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                query.append_pair(name, &value);
            }
        };
        add("q", Some(self.object.clone()));
        add("doer", self.doer.map(|doer| doer.as_str().to_owned()));
        add("kind", Some(self.kind.clone()));
        add("from", self.from.map(|day| day.to_string()));
        add("to", self.to.map(|day| day.to_string()));
        add("before", self.before.map(|id| id.to_string()));
        match query.finish() {
            query if query.is_empty() => "/admin/log".to_owned(),
            query => format!("/admin/log?{query}"),
        }
    }
}
