//! The form of an endpoint: as it was sent, what it says, and what is wrong with it.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::courier::CannotDial;
use crate::outbox::{Endpoint, EndpointName, Kind, Target, TargetFault, Wants, Wish};
use crate::web::text::Developers;

/// The field of each event that is ticked. It stands in the form as often as events are ticked.
const EVENT: &str = "event";

/// What a form's reader needs before it reads the rest.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::web) struct Token {
    pub(super) form_token: String,
}

/// The form as it was sent.
#[derive(Clone, Debug, Default)]
pub(super) struct EndpointForm {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) all: bool,
    ticked: BTreeSet<Kind>,
}

/// What is wrong with it, field by field.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EndpointErrors {
    pub(super) name: Option<&'static str>,
    pub(super) url: Option<&'static str>,
    pub(super) events: Option<&'static str>,
    pub(super) whole: Option<&'static str>,
}

impl EndpointErrors {
    pub(super) const fn any(&self) -> bool {
        self.name.is_some() || self.url.is_some() || self.events.is_some() || self.whole.is_some()
    }
}

/// One event that can be ticked.
pub(super) struct Choice {
    pub(super) kind: &'static str,
    pub(super) words: &'static str,
    pub(super) ticked: bool,
}

impl EndpointForm {
    /// An empty form: everything is told until somebody chooses.
    pub(super) fn empty() -> Self {
        Self {
            all: true,
            ..Self::default()
        }
    }

    /// The form of an endpoint that exists.
    pub(super) fn of(endpoint: &Endpoint) -> Self {
        let (all, ticked) = match &endpoint.wish.wants {
            Wants::All => (true, BTreeSet::new()),
            Wants::Only(kinds) => (false, kinds.clone()),
        };
        Self {
            name: endpoint.wish.name.as_str().to_owned(),
            url: endpoint.wish.url.as_str().to_owned(),
            all,
            ticked,
        }
    }

    /// The form as its fields came.
    pub(super) fn read(fields: &[(String, String)]) -> Self {
        let value = |name: &str| {
            let found = fields.iter().find(|(field, _)| field == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Self {
            name: value("name"),
            url: value("url"),
            all: value("wants") != "some",
            ticked: fields
                .iter()
                .filter(|(field, _)| field == EVENT)
                .filter_map(|(_, value)| Kind::parse(value))
                .filter(|kind| kind.can_be_asked_for())
                .collect(),
        }
    }

    /// The events that can be ticked.
    pub(super) fn choices(&self, w: &Developers) -> Vec<Choice> {
        Kind::ALL
            .iter()
            .filter(|kind| kind.can_be_asked_for())
            .map(|kind| Choice {
                kind: kind.as_str(),
                words: (w.kinds)(*kind),
                ticked: self.ticked.contains(kind),
            })
            .collect()
    }

    /// What it says, or what is wrong with it.
    pub(super) fn judge(&self, w: &Developers) -> Result<Wish, EndpointErrors> {
        let name = EndpointName::parse(&self.name);
        let url = Target::parse(&self.url);
        let errors = EndpointErrors {
            name: name.is_none().then_some(w.hook_name_wrong),
            url: url.as_ref().err().map(|fault| in_words(w, *fault)),
            events: (!self.all && self.ticked.is_empty()).then_some(w.no_event),
            whole: None,
        };
        match (name, url) {
            (Some(name), Ok(url)) if !errors.any() => Ok(Wish {
                name,
                url,
                wants: if self.all {
                    Wants::All
                } else {
                    Wants::Only(self.ticked.clone())
                },
            }),
            _ => Err(errors),
        }
    }
}

const fn in_words(w: &Developers, fault: TargetFault) -> &'static str {
    match fault {
        TargetFault::Unreadable => w.url_unreadable,
        TargetFault::TooLong => w.url_long,
        TargetFault::NotHttps => w.url_https,
        TargetFault::Credentials => w.url_credentials,
        TargetFault::Port => w.url_port,
        TargetFault::InsideName => w.url_inside,
        TargetFault::NotPublic(_) => w.url_private,
    }
}

/// What is wrong with an address that cannot be dialled.
pub(super) fn cannot_dial(w: &Developers, why: CannotDial) -> EndpointErrors {
    EndpointErrors {
        url: Some(match why {
            CannotDial::NotPublic => w.url_resolves_inside,
            CannotDial::NameNotFound => w.url_unknown,
        }),
        ..EndpointErrors::default()
    }
}
