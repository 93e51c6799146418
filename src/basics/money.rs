//! Money is a whole number of fen (分); 100 fen are one yuan (元).
//!
//! Arithmetic is checked, and rounding has a name where there is any: an amount with a third decimal is refused.

use std::fmt;

use diesel::sql_types::BigInt;
use diesel::{AsExpression, FromSqlRow};
use serde::{Serialize, Serializer};

/// An amount of money in fen. It may be negative: a balance can be.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow,
)]
#[diesel(sql_type = BigInt)]
pub struct Fen(i64);

/// A sum that does not fit into 64 bits of fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the amount does not fit into 64 bits of fen")]
pub struct FenOverflow;

/// A text that is not an amount in yuan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an amount in yuan has digits and at most two decimals, like 12.50")]
pub struct NotYuan;

impl Fen {
    /// No money.
    pub const ZERO: Fen = Fen(0);

    /// `fen` fen.
    pub const fn new(fen: i64) -> Self {
        Self(fen)
    }

    /// The number of fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// `self + other`, or an error instead of a wrong sum.
    pub fn plus(self, other: Fen) -> Result<Fen, FenOverflow> {
        self.0.checked_add(other.0).map(Fen).ok_or(FenOverflow)
    }

    /// `self - other`, or an error instead of a wrong difference.
    pub fn minus(self, other: Fen) -> Result<Fen, FenOverflow> {
        self.0.checked_sub(other.0).map(Fen).ok_or(FenOverflow)
    }

    /// The sum of amounts, or an error instead of a wrong sum.
    pub fn sum(amounts: impl IntoIterator<Item = Fen>) -> Result<Fen, FenOverflow> {
        amounts.into_iter().try_fold(Fen::ZERO, Fen::plus)
    }

    /// The share of so many ten-thousandths, rounded down to a whole fen.
    pub fn share_rounded_down(self, basis_points: u16) -> Fen {
        self.part_rounded_down(Fen(basis_points.into()), Fen(10_000))
    }

    /// The part of this that `part` is of `whole`, rounded down to a whole fen. A part is not larger than its whole.
    pub fn part_rounded_down(self, part: Fen, whole: Fen) -> Fen {
        let fen = i128::from(self.0)
            .saturating_mul(i128::from(part.0))
            .checked_div_euclid(i128::from(whole.0))
            .unwrap_or(0);
        Fen(i64::try_from(fen).unwrap_or(i64::MAX))
    }

    /// Splits the amount in proportion to `weights`, so that the parts sum up to it: each part is rounded down, and the fen that are
    /// left go to the largest remainders, the first of equals first. No part is larger than its weight unless the amount is larger
    /// than all weights together. Weights are not negative; without any weight there is nothing to split by.
    pub fn split_by_largest_remainder(self, weights: &[Fen]) -> Vec<Fen> {
        let all: i128 = weights.iter().map(|weight| i128::from(weight.0)).sum();
        let mut parts: Vec<(usize, i64, i128)> = weights
            .iter()
            .enumerate()
            .map(|(place, weight)| {
                let product = i128::from(self.0).saturating_mul(i128::from(weight.0));
                let whole = product.checked_div_euclid(all).unwrap_or(0);
                let rest = product.checked_rem_euclid(all).unwrap_or(0);
                (place, i64::try_from(whole).unwrap_or(0), rest)
            })
            .collect();
        let given: i64 = parts.iter().map(|(_, whole, _)| whole).sum();
        let left = if all > 0 {
            self.0.saturating_sub(given)
        } else {
            0
        };
        parts.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
        for (_, whole, _) in parts.iter_mut().take(usize::try_from(left).unwrap_or(0)) {
            *whole = whole.saturating_add(1);
        }
        parts.sort_by_key(|(place, _, _)| *place);
        parts.into_iter().map(|(_, whole, _)| Fen(whole)).collect()
    }

    /// More than nothing.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Reads an amount in yuan as people write it: `12`, `12.5`, `12.50`. A third decimal, a sign, an
    /// exponent, a thousands separator or a digit that is not ASCII is refused, never rounded.
    pub fn parse_yuan(text: &str) -> Result<Fen, NotYuan> {
        let (yuan, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(yuan) || !all_digits(decimals) || decimals.len() > 2 {
            return Err(NotYuan);
        }
        let yuan: i64 = yuan.parse().map_err(|_| NotYuan)?;
        let mut fen: i64 = decimals.parse().map_err(|_| NotYuan)?;
        if decimals.len() == 1 {
            fen = fen.checked_mul(10).ok_or(NotYuan)?;
        }
        yuan.checked_mul(100)
            .and_then(|whole| whole.checked_add(fen))
            .map(Fen)
            .ok_or(NotYuan)
    }

    /// The amount in yuan with two decimals and thousands separators, as pages show it: `1,234.50`.
    pub fn yuan(self) -> String {
        let plain = self.plain_yuan();
        let (sign, rest) = plain
            .strip_prefix('-')
            .map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, decimals) = rest.split_once('.').unwrap_or((rest, "00"));
        let mut grouped = String::with_capacity(plain.len());
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && whole.len().saturating_sub(place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        format!("{sign}{grouped}.{decimals}")
    }

    /// The amount in yuan with two decimals and nothing else, as [`Fen::parse_yuan`] reads it: `1234.50`.
    pub fn plain_yuan(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        let (yuan, rest) = (
            fen.checked_div(100).unwrap_or(0),
            fen.checked_rem(100).unwrap_or(0),
        );
        format!("{sign}{yuan}.{rest:02}")
    }
}

impl AsRef<i64> for Fen {
    fn as_ref(&self) -> &i64 {
        &self.0
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} fen", self.0)
    }
}

impl Serialize for Fen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}
