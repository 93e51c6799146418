//! A statement in SQL with its values, for what Diesel's query builder cannot say on both databases at once:
//! upserts, several rows at a time, updates joined with values.
//!
//! Unlike `diesel::sql_query` the prepared statement is kept and used again: this is the hot path. So a text
//! must come from a bounded set; texts that grow with a batch are bounded by the batch.

use std::borrow::Cow;
use std::fmt::Write as _;

use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::methods::LoadQuery;
use diesel::result::Error::QueryBuilderError;
use diesel::sql_types::{BigInt, Binary, Bool, Nullable, Text, Untyped};
use diesel::{QueryResult, RunQueryDsl};

use super::conn::{Conn, MultiBackend};
use super::{DbFault, Tx};
use crate::basics::{Day, Fen, Timestamp};

/// A value of a statement.
#[derive(Clone, Debug)]
pub enum Value {
    /// `BIGINT`.
    Int(Option<i64>),
    /// `TEXT`.
    Text(Option<String>),
    /// `BYTEA` or `BLOB`.
    Bytes(Option<Vec<u8>>),
    /// `BOOLEAN`.
    Bool(bool),
}

/// A statement: its text with `$1`, `$2`, … and its values in that order.
#[derive(Clone, Debug)]
pub struct Sql {
    text: Cow<'static, str>,
    values: Vec<Value>,
}

/// Begins a statement. Values never go into the text.
pub fn sql(text: impl Into<Cow<'static, str>>) -> Sql {
    Sql {
        text: text.into(),
        values: Vec::new(),
    }
}

impl Sql {
    /// Adds the next value.
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Adds the next values.
    pub fn bind_all(mut self, values: impl IntoIterator<Item = impl Into<Value>>) -> Self {
        self.values.extend(values.into_iter().map(Into::into));
        self
    }

    /// Adds text.
    pub fn push(mut self, text: &str) -> Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Adds text with one `?` for each of `values`, numbering them on.
    pub fn push_with<const N: usize>(mut self, text: &str, values: [Value; N]) -> Self {
        let mut values = values.into_iter();
        for (place, part) in text.split('?').enumerate() {
            if place > 0 {
                self.values.extend(values.next());
                self.push_placeholder();
            }
            self.text.to_mut().push_str(part);
        }
        self
    }

    /// Adds `(…), (…), …`, one parenthesis for each row. The caller makes sure that there is a row.
    pub fn rows<const N: usize>(mut self, rows: impl IntoIterator<Item = [Value; N]>) -> Self {
        for (number, row) in rows.into_iter().enumerate() {
            self.text
                .to_mut()
                .push_str(if number == 0 { "(" } else { ", (" });
            for (place, value) in row.into_iter().enumerate() {
                if place > 0 {
                    self.text.to_mut().push_str(", ");
                }
                self.values.push(value);
                self.push_placeholder();
            }
            self.text.to_mut().push(')');
        }
        self
    }

    /// Adds `(…, …)` with the values, which are one at least and `most` at the most. The last one is repeated up to `most`, so that there
    /// is one text for lists of any length.
    pub fn list<'a, T: 'a>(mut self, values: &'a [T], most: usize) -> Self
    where
        &'a T: Into<Value>,
    {
        let padded = values
            .iter()
            .chain(values.last().into_iter().cycle())
            .take(most);
        self.text.to_mut().push('(');
        for (place, value) in padded.enumerate() {
            if place > 0 {
                self.text.to_mut().push_str(", ");
            }
            self.values.push(value.into());
            self.push_placeholder();
        }
        self.text.to_mut().push(')');
        self
    }

    /// The same for rows that are only joined with: their number is brought up to the next power of two by saying the last one again, which
    /// changes nothing in a join of an `UPDATE` or in an `IN`. So the batches of any size up to 64 have seven texts, and the server keeps
    /// seven plans and not sixty-four.
    pub fn joined_rows<const N: usize>(self, rows: impl IntoIterator<Item = [Value; N]>) -> Self {
        let mut rows: Vec<[Value; N]> = rows.into_iter().collect();
        if let Some(last) = rows.last().cloned() {
            rows.resize(rows.len().next_power_of_two(), last);
        }
        self.rows(rows)
    }

    fn push_placeholder(&mut self) {
        // writing into a String cannot fail
        let _written = write!(self.text.to_mut(), "${}", self.values.len());
    }

    /// Runs it and says how many rows it changed.
    pub fn execute(self, tx: &mut Tx<'_>) -> Result<usize, DbFault> {
        Ok(RunQueryDsl::execute(self, tx.conn())?)
    }

    /// Runs it and reads every row of its answer.
    pub fn load<'q, T>(self, tx: &mut Tx<'_>) -> Result<Vec<T>, DbFault>
    where
        Self: LoadQuery<'q, Conn, T>,
    {
        Ok(RunQueryDsl::load(self, tx.conn())?)
    }

    /// Runs it and reads the one row of its answer, if there is one.
    pub fn find<'q, T>(self, tx: &mut Tx<'_>) -> Result<Option<T>, DbFault>
    where
        Self: LoadQuery<'q, Conn, T>,
    {
        Ok(self.load(tx)?.into_iter().next())
    }
}

impl QueryId for Sql {
    type QueryId = ();
    // the text decides; Diesel then keeps the prepared statement by its text
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Sql {
    type SqlType = Untyped;
}

impl RunQueryDsl<Conn> for Sql {}

impl QueryFragment<MultiBackend> for Sql {
    /// Each back-end writes its own placeholders, so the text is cut at ours. A number that stands twice is
    /// sent twice.
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        let mut parts = self.text.split('$');
        out.push_sql(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            let (number, text) = part.split_at_checked(digits).unwrap_or(("", part));
            let place = number
                .parse::<usize>()
                .ok()
                .and_then(|number| number.checked_sub(1));
            let value = place
                .and_then(|place| self.values.get(place))
                .ok_or_else(|| {
                    QueryBuilderError(format!("no value for ${number} in {}", self.text).into())
                })?;
            match value {
                Value::Int(value) => out.push_bind_param::<Nullable<BigInt>, _>(value)?,
                Value::Text(value) => out.push_bind_param::<Nullable<Text>, _>(value)?,
                Value::Bytes(value) => out.push_bind_param::<Nullable<Binary>, _>(value)?,
                Value::Bool(value) => out.push_bind_param::<Bool, _>(value)?,
            }
            out.push_sql(text);
        }
        Ok(())
    }
}

macro_rules! values {
    ($($type:ty => |$value:ident| $made:expr),+ $(,)?) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $made
            }
        }
    )+};
}

values! {
    i64 => |v| Value::Int(Some(v)),
    i32 => |v| Value::Int(Some(v.into())),
    Fen => |v| Value::Int(Some(v.fen())),
    Timestamp => |v| Value::Int(Some(v.as_millis())),
    Day => |v| Value::Int(Some(v.number().into())),
    Option<i64> => |v| Value::Int(v),
    Option<Fen> => |v| Value::Int(v.map(Fen::fen)),
    Option<Timestamp> => |v| Value::Int(v.map(Timestamp::as_millis)),
    Option<Day> => |v| Value::Int(v.map(|day| day.number().into())),
    bool => |v| Value::Bool(v),
    &str => |v| Value::Text(Some(v.to_owned())),
    String => |v| Value::Text(Some(v)),
    Option<&str> => |v| Value::Text(v.map(str::to_owned)),
    Option<String> => |v| Value::Text(v),
    &[u8] => |v| Value::Bytes(Some(v.to_vec())),
    Vec<u8> => |v| Value::Bytes(Some(v)),
    Option<Vec<u8>> => |v| Value::Bytes(v),
}
