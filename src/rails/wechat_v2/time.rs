//! Times in answers: Beijing time without a zone (`wechatpay-reference.md` §1.1, §2.2).

use crate::basics::Timestamp;

/// Reads `2025-01-15 10:20:30`, the same with full-width colons as in one official sample, and
/// `20250115102030`. Anything else is no time, which must not spoil the payment it belongs to.
pub(super) fn beijing(text: &str) -> Option<Timestamp> {
    if !(14..=64).contains(&text.len()) {
        return None;
    }
    let digits: String = if text.bytes().all(|b| b.is_ascii_digit()) {
        text.to_owned()
    } else {
        let groups: Vec<&str> = text.trim().split(['-', '/', ' ', 'T', ':', '：']).collect();
        let widths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        if widths != [4, 2, 2, 2, 2, 2] {
            return None;
        }
        groups.concat()
    };
    let date = digits.get(0..4).zip(digits.get(4..6)).zip(digits.get(6..8));
    let time = digits
        .get(8..10)
        .zip(digits.get(10..12))
        .zip(digits.get(12..));
    let (((year, month), day), ((hour, minute), second)) = date.zip(time)?;
    Timestamp::parse_rfc3339(&format!(
        "{year}-{month}-{day}T{hour}:{minute}:{second}+08:00"
    ))
    .ok()
}
