//! What the page of payouts is asked for: filters, the place in the list, and how many rows. What is not understood is left out and said.

use crate::basics::page::PageSize;
use crate::basics::{Day, PayoutId, PersonId, RecipientId};
use crate::payouts::{Filter, Kind, Sought, Start, Status};
use crate::web::admin::fields::Fields;

/// The sizes that a page offers.
pub(super) const SIZES: [u8; 3] = [20, 50, 100];

/// The longest text that is searched for, in characters: no number of anybody's is longer.
const WORDS_MOST: usize = 100;

/// A question to the list.
#[derive(Clone, Debug, Default)]
pub(super) struct ListQuery {
    /// What is searched for.
    pub(super) words: String,
    /// The status.
    pub(super) status: Option<Status>,
    /// The kind.
    pub(super) kind: Option<Kind>,
    /// The first day.
    pub(super) from: Option<Day>,
    /// The last day, itself included.
    pub(super) to: Option<Day>,
    /// Only what waits for the reader.
    pub(super) mine: bool,
    /// Rows of a page; none for the usual.
    pub(super) size: Option<u8>,
    /// Where the page begins.
    pub(super) place: Start,
    /// Every box is ticked.
    pub(super) all_ticked: bool,
    /// Something was not understood.
    pub(super) misunderstood: bool,
}

impl ListQuery {
    /// Reads the fields of the address.
    pub(super) fn read(fields: &Fields) -> Self {
        let mut misunderstood = false;
        let words = fields.get("q").unwrap_or_default();
        let words = words.chars().take(WORDS_MOST).collect();
        let mut read = |name, known: bool| misunderstood |= fields.get(name).is_some() && !known;
        let status = fields.get("status").and_then(Status::parse);
        read("status", status.is_some());
        let kind = fields.get("kind").and_then(Kind::parse);
        read("kind", kind.is_some());
        let from = fields.get("from").and_then(Day::parse);
        read("from", from.is_some());
        let to = fields.get("to").and_then(Day::parse);
        read("to", to.is_some());
        let size = fields.get("size").and_then(|text| text.parse().ok());
        let size = size.filter(|size| SIZES.contains(size));
        read("size", size.is_some());
        let before = fields.get("before").and_then(|text| text.parse().ok());
        let after = fields.get("after").and_then(|text| text.parse().ok());
        let place = before
            .map(Start::Before)
            .or(after.map(Start::After))
            .unwrap_or_default();
        Self {
            words,
            status,
            kind,
            from,
            to,
            mine: fields.get("view") == Some("mine"),
            size,
            place,
            all_ticked: fields.get("tick") == Some("all"),
            misunderstood,
        }
    }

    /// The filter for a reader; `known_as` are the recipients whom the words name by openid.
    pub(super) fn filter(&self, reader: PersonId, known_as: Vec<RecipientId>) -> Filter {
        Filter {
            status: self.status,
            kind: self.kind,
            created_from: self.from.map(Day::start),
            created_to: self.to.map(Day::end),
            words: (!self.words.is_empty()).then(|| Sought {
                text: self.words.clone(),
                known_as,
            }),
            waits_for: self.mine.then_some(reader),
            ..Filter::default()
        }
    }

    /// Whether anything but the place and the size narrows the list.
    pub(super) fn is_filtered(&self) -> bool {
        !self.words.is_empty() || self.has_more_filters() || self.mine
    }

    /// Whether one of the filters is set that the page hides at first.
    pub(super) fn has_more_filters(&self) -> bool {
        self.status.is_some() || self.kind.is_some() || self.from.is_some() || self.to.is_some()
    }

    /// The size of a page.
    pub(super) fn page_size(&self) -> PageSize {
        self.size
            .and_then(PageSize::new)
            .unwrap_or(PageSize::DEFAULT)
    }

    /// The address of the list with this question.
    pub(super) fn href(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !self.words.is_empty() {
            query.append_pair("q", &self.words);
        }
        if self.mine {
            query.append_pair("view", "mine");
        }
        if let Some(status) = self.status {
            query.append_pair("status", status.as_str());
        }
        if let Some(kind) = self.kind {
            query.append_pair("kind", kind.as_str());
        }
        if let Some(from) = self.from {
            query.append_pair("from", &from.to_string());
        }
        if let Some(to) = self.to {
            query.append_pair("to", &to.to_string());
        }
        if let Some(size) = self.size {
            query.append_pair("size", &size.to_string());
        }
        match self.place {
            Start::Newest => {}
            Start::Before(id) => {
                query.append_pair("before", &id.to_string());
            }
            Start::After(id) => {
                query.append_pair("after", &id.to_string());
            }
        }
        if self.all_ticked {
            query.append_pair("tick", "all");
        }
        match query.finish() {
            query if query.is_empty() => "/admin/payouts".to_owned(),
            query => format!("/admin/payouts?{query}"),
        }
    }

    /// The address of the same list from another place on.
    pub(super) fn href_at(&self, place: Start) -> String {
        Self {
            place,
            all_ticked: false,
            ..self.clone()
        }
        .href()
    }

    /// The address of the same list over other days.
    pub(super) fn href_between(&self, from: Option<Day>, to: Option<Day>) -> String {
        Self {
            from,
            to,
            ..self.clone()
        }
        .href_at(Start::Newest)
    }

    /// The address of the page that follows after this row.
    pub(super) fn older(&self, last: PayoutId) -> String {
        self.href_at(Start::Before(last))
    }

    /// The address of the page that ends before this row.
    pub(super) fn newer(&self, first: PayoutId) -> String {
        self.href_at(Start::After(first))
    }
}
