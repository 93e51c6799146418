//! Numbers as people type them: taken when they are exact, never rounded and never guessed. Where it is plain what was meant, the
//! corrected value is offered, and the person sends it again.

use crate::basics::Fen;

/// Why a typed number is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) enum TypedFault {
    /// More than two decimals.
    ThirdDecimal,
    /// A plus or a minus.
    Sign,
    /// Beyond 64 bits.
    TooLarge,
    /// A number of payouts has no decimals.
    NotWhole,
    /// No number.
    NotANumber,
    /// It was written in another way than forms take; this is how it is written.
    Offer(String),
}

/// An amount in yuan; nothing when nothing was typed.
pub(in crate::web) fn yuan(text: &str) -> Result<Option<Fen>, TypedFault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    if let Ok(amount) = Fen::parse_yuan(text) {
        return Ok(Some(amount));
    }
    let plain = plain(text);
    if plain != text && Fen::parse_yuan(&plain).is_ok() {
        return Err(TypedFault::Offer(plain));
    }
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, "0"));
    Err(match (is_digits(whole), is_digits(decimals)) {
        _ if plain.starts_with(['+', '-', '−', '－', '＋']) => TypedFault::Sign,
        (true, true) if decimals.len() > 2 => TypedFault::ThirdDecimal,
        (true, true) => TypedFault::TooLarge,
        (_, _) => TypedFault::NotANumber,
    })
}

/// A number of payouts; nothing when nothing was typed.
pub(in crate::web) fn count(text: &str) -> Result<Option<i64>, TypedFault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let parse = |text: &str| is_digits(text).then(|| text.parse::<i64>().ok()).flatten();
    if let Some(number) = parse(text) {
        return Ok(Some(number));
    }
    let plain = plain(text);
    if plain != text && parse(&plain).is_some() {
        return Err(TypedFault::Offer(plain));
    }
    Err(if plain.starts_with(['+', '-', '−', '－', '＋']) {
        TypedFault::Sign
    } else if is_digits(&plain) {
        TypedFault::TooLarge
    } else if Fen::parse_yuan(&plain).is_ok() || plain.split_once('.').is_some() {
        TypedFault::NotWhole
    } else {
        TypedFault::NotANumber
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Without blanks, signs of the currency and separators of thousands, and with full-width characters made narrow.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，' | '¥' | '￥' | '元' | '笔'))
        .map(|c| match c {
            '０'..='９' => {
                let digit = u32::from(c).saturating_sub(u32::from('０'));
                char::from_digit(digit, 10).unwrap_or(c)
            }
            '．' | '。' => '.',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_amounts_are_taken() {
        for (text, fen) in [
            ("0", 0),
            ("0.3", 30),
            ("0.30", 30),
            ("200", 20_000),
            ("12.05", 1_205),
        ] {
            assert_eq!(yuan(text), Ok(Some(Fen::new(fen))), "{text}");
        }
        assert_eq!((yuan(""), yuan("  ")), (Ok(None), Ok(None)));
        assert_eq!(
            (count("10"), count("0"), count("")),
            (Ok(Some(10)), Ok(Some(0)), Ok(None))
        );
    }

    #[test]
    fn what_is_not_exact_is_refused_by_its_own_name() {
        let offer = |text: &str| TypedFault::Offer(text.to_owned());
        for (text, fault) in [
            ("1.001", TypedFault::ThirdDecimal),
            ("0.001", TypedFault::ThirdDecimal),
            ("1.005", TypedFault::ThirdDecimal),
            ("-1", TypedFault::Sign),
            ("-0.01", TypedFault::Sign),
            ("+1", TypedFault::Sign),
            ("9223372036854775807", TypedFault::TooLarge),
            ("9223372036854775808", TypedFault::TooLarge),
            ("1e3", TypedFault::NotANumber),
            ("0x10", TypedFault::NotANumber),
            ("1_000", TypedFault::NotANumber),
            ("٣", TypedFault::NotANumber),
            ("壹佰", TypedFault::NotANumber),
            ("1.", TypedFault::NotANumber),
            (".5", TypedFault::NotANumber),
            ("1.2.3", TypedFault::NotANumber),
            ("1,000.00", offer("1000.00")),
            ("１００", offer("100")),
            (" 1", offer("1")),
            ("1 000", offer("1000")),
            ("￥1", offer("1")),
            ("¥200.00元", offer("200.00")),
        ] {
            assert_eq!(yuan(text), Err(fault), "{text:?}");
        }
        for (text, fault) in [
            ("1.5", TypedFault::NotWhole),
            ("-1", TypedFault::Sign),
            ("99999999999999999999", TypedFault::TooLarge),
            ("ten", TypedFault::NotANumber),
            ("１０", offer("10")),
            ("10笔", offer("10")),
        ] {
            assert_eq!(count(text), Err(fault), "{text:?}");
        }
    }
}
