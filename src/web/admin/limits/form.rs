//! What the form of limits holds: the texts as they were typed, and the limits that they mean.

use std::collections::BTreeMap;

use crate::basics::Fen;
use crate::limits::rule::Unit;
use crate::limits::{LimitChange, LimitName, Limits, Policy, WhenDayIsFull};
use crate::web::admin::fields::Fields;
use crate::web::admin::typed::{self, TypedFault};
use crate::web::text::LimitsText;

/// The form, filled in.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// The texts of the numbers.
    pub(super) texts: BTreeMap<LimitName, String>,
    /// What happens when a day is full.
    pub(super) when_day_is_full: WhenDayIsFull,
    /// The version that the person has looked at.
    pub(super) version: i64,
    /// What is wrong, by field.
    pub(super) errors: BTreeMap<LimitName, String>,
}

/// A limit's number as its field holds it.
pub(super) fn field_text(name: LimitName, number: Option<i64>) -> String {
    match (number, name.unit()) {
        (None, _) => String::new(),
        (Some(number), Unit::Fen) => Fen::new(number).plain_yuan(),
        (Some(number), Unit::Payouts) => number.to_string(),
    }
}

impl Form {
    /// A form that shows these limits.
    pub(super) fn of(limits: &Limits, policy: &Policy) -> Self {
        Self {
            texts: LimitName::ALL
                .into_iter()
                .map(|name| (name, field_text(name, limits.get(name))))
                .collect(),
            when_day_is_full: policy.when_day_is_full,
            version: policy.version,
            errors: BTreeMap::new(),
        }
    }

    /// Reads what was sent. What is wrong is noted by field, and where it is plain what was meant, the field holds it then.
    pub(super) fn read(fields: &Fields, t: &LimitsText) -> (Self, Limits) {
        let mut form = Self {
            texts: BTreeMap::new(),
            when_day_is_full: fields
                .get("when_day_is_full")
                .and_then(WhenDayIsFull::parse)
                .unwrap_or(WhenDayIsFull::Refuse),
            version: fields
                .get("version")
                .and_then(|text| text.parse().ok())
                .unwrap_or(0),
            errors: BTreeMap::new(),
        };
        let mut limits = Limits::default();
        for name in LimitName::ALL {
            let text: String = fields.text(name.as_str()).chars().take(40).collect();
            let read = match name.unit() {
                Unit::Fen => typed::yuan(&text).map(|amount| amount.map(Fen::fen)),
                Unit::Payouts => typed::count(&text),
            };
            let text = match read {
                Ok(number) => {
                    limits = limits.with(name, number);
                    text
                }
                Err(fault) => {
                    form.errors.insert(name, sentence(&fault, t));
                    match fault {
                        TypedFault::Offer(plain) => plain,
                        TypedFault::ThirdDecimal
                        | TypedFault::Sign
                        | TypedFault::TooLarge
                        | TypedFault::NotWhole
                        | TypedFault::NotANumber => text,
                    }
                }
            };
            form.texts.insert(name, text);
        }
        (form, limits)
    }

    /// The change that it asks for.
    pub(super) fn change(&self, limits: &Limits) -> LimitChange {
        LimitChange {
            numbers: LimitName::ALL
                .into_iter()
                .map(|name| (name, limits.get(name)))
                .collect(),
            when_day_is_full: Some(self.when_day_is_full),
            seen_version: Some(self.version),
        }
    }
}

fn sentence(fault: &TypedFault, t: &LimitsText) -> String {
    match fault {
        TypedFault::ThirdDecimal => t.wrong_third_decimal.to_owned(),
        TypedFault::Sign => t.wrong_sign.to_owned(),
        TypedFault::TooLarge => t.wrong_too_large.to_owned(),
        TypedFault::NotWhole => t.wrong_not_whole.to_owned(),
        TypedFault::NotANumber => t.wrong_number.to_owned(),
        TypedFault::Offer(plain) => (t.offer)(plain),
    }
}
