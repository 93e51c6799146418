//! Checking a line: everything that can be told before it becomes a payout.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{GoodLine, LineFault};
use super::read::RawLine;
use crate::basics::{Description, ExternalId, Fen, RecipientId};
use crate::limits::{LimitName, Policy};

/// What the recipient reads when the file says nothing.
const USUAL: &str = "付款";

/// What is known beforehand, for all lines at once.
pub(super) struct Known {
    /// The recipients of the file that the tenant knows.
    pub(super) recipients: BTreeSet<RecipientId>,
    /// The numbers of the file that belong to payouts already.
    pub(super) taken: BTreeSet<ExternalId>,
}

/// The numbers that stand in the file more than once.
pub(super) fn doubled(lines: &[RawLine]) -> BTreeSet<&str> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.external_id.is_empty()) {
        let times = times.entry(&line.external_id).or_default();
        *times = times.saturating_add(1);
    }
    times
        .into_iter()
        .filter(|(_, times)| *times > 1)
        .map(|(number, _)| number)
        .collect()
}

/// Checks one line.
pub(super) fn check(
    line: &RawLine,
    known: &Known,
    doubled: &BTreeSet<&str>,
    policy: &Policy,
) -> Result<GoodLine, LineFault> {
    let recipient = RecipientId::parse(&line.recipient).map_err(|_| LineFault::RecipientId)?;
    if !known.recipients.contains(&recipient) {
        return Err(LineFault::UnknownRecipient);
    }
    let amount = read_amount(&line.amount).ok_or(LineFault::Amount)?;
    if policy
        .in_force(LimitName::TransferMin)
        .is_some_and(|least| amount.fen() < least)
    {
        return Err(LineFault::TransferMin);
    }
    if policy
        .in_force(LimitName::TransferMax)
        .is_some_and(|most| amount.fen() > most)
    {
        return Err(LineFault::TransferMax);
    }
    let description = if line.description.is_empty() {
        USUAL
    } else {
        &line.description
    };
    let description = Description::parse(description).map_err(|_| LineFault::Description)?;
    let external_id = match line.external_id.as_str() {
        "" => None,
        text => Some(ExternalId::parse(text).map_err(|_| LineFault::ExternalId)?),
    };
    if doubled.contains(line.external_id.as_str()) {
        return Err(LineFault::ExternalIdTwice);
    }
    if external_id
        .as_ref()
        .is_some_and(|number| known.taken.contains(number))
    {
        return Err(LineFault::ExternalIdTaken);
    }
    Ok(GoodLine {
        recipient,
        amount,
        description,
        external_id,
    })
}

/// An amount in yuan, as tables show it: with a sign of the currency and separators of thousands, but never rounded.
fn read_amount(text: &str) -> Option<Fen> {
    let plain = text.trim_start_matches(['\u{a5}', '\u{ffe5}']).trim();
    let amount = if plain.contains(',') {
        let without = plain.replace(',', "");
        let amount = Fen::parse_yuan(&without).ok()?;
        // separators stand where they belong, or the number is another one than it seems
        (amount.yuan() == plain || amount.yuan().trim_end_matches(".00") == plain)
            .then_some(amount)?
    } else {
        Fen::parse_yuan(plain).ok()?
    };
    amount.is_positive().then_some(amount)
}

#[cfg(test)]
mod tests {
    use super::read_amount;
    use crate::basics::Fen;

    #[test]
    fn amounts_are_read_to_the_fen_or_refused() {
        for (text, fen) in [
            ("12.5", 1_250),
            ("¥12.50", 1_250),
            ("1,234.50", 123_450),
            ("1,234", 123_400),
            ("0.01", 1),
        ] {
            assert_eq!(read_amount(text), Some(Fen::new(fen)), "{text}");
        }
        for text in [
            "",
            "0",
            "-1",
            "1.234",
            "1e3",
            "12,34",
            "1,23.00",
            "1O",
            "+1",
            "\u{ff11}\u{ff10}",
            "0.005",
        ] {
            assert_eq!(read_amount(text), None, "{text}");
        }
    }
}
