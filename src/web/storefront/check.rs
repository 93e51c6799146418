//! Judging the fields of a call, all of them, so that a developer sees every mistake at once.

use serde_json::Number;

use crate::basics::names::NameFault;
use crate::basics::{Fen, Timestamp};
use crate::web::problem::{FieldError, Problem, Said, name_fault, name_fault_code};

/// Collects what is wrong.
#[derive(Default)]
pub(super) struct Check {
    errors: Vec<FieldError>,
}

impl Check {
    /// A field that has to be there.
    pub(super) fn required<T>(
        &mut self,
        field: &str,
        text: Option<&str>,
        parse: fn(&str) -> Result<T, NameFault>,
    ) -> Option<T> {
        if text.is_none() {
            self.missing(field);
        }
        self.optional(field, text, parse)
    }

    /// A field that may be left out.
    pub(super) fn optional<T>(
        &mut self,
        field: &str,
        text: Option<&str>,
        parse: fn(&str) -> Result<T, NameFault>,
    ) -> Option<T> {
        match text.map(parse)? {
            Ok(value) => Some(value),
            Err(fault) => {
                self.wrong(field, name_fault_code(fault), name_fault(fault));
                None
            }
        }
    }

    /// An amount: a whole number of fen, more than nothing.
    pub(super) fn amount(&mut self, field: &str, number: Option<&Number>) -> Option<Fen> {
        let Some(number) = number else {
            self.missing(field);
            return None;
        };
        let amount = number
            .as_i64()
            .map(Fen::new)
            .filter(|amount| amount.is_positive());
        if amount.is_none() {
            let message = Said::new(
                "金额为 1 至 9223372036854775807 的整数,单位为分",
                "an amount is a whole number of fen from 1 to 9223372036854775807",
            );
            self.wrong(field, "amount", message);
        }
        amount
    }

    /// An instant that may be left out.
    pub(super) fn instant(&mut self, field: &str, text: Option<&str>) -> Option<Timestamp> {
        match text.map(Timestamp::parse_rfc3339)? {
            Ok(instant) => Some(instant),
            Err(fault) => {
                let zh = "时间为带时区的 RFC 3339 格式,例如 2026-11-23T12:00:00+08:00";
                self.wrong(field, "timestamp", Said::new(zh, fault.to_string()));
                None
            }
        }
    }

    fn missing(&mut self, field: &str) {
        let message = Said::new("此字段必填", "this field is needed");
        self.wrong(field, "required", message);
    }

    /// Something else that is wrong.
    pub(super) fn wrong(&mut self, field: &str, code: &'static str, message: Said) {
        self.errors.push(FieldError {
            field: field.to_owned(),
            code,
            message,
        });
    }

    /// Goes on only when nothing is wrong.
    pub(super) fn finish(self) -> Result<(), Problem> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Problem::fields(self.errors))
        }
    }

    /// What is wrong, for the case that a value is missing.
    pub(super) fn into_problem(self) -> Problem {
        Problem::fields(self.errors)
    }
}
