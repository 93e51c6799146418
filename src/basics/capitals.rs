//! An amount in capital numerals (大写), as cheques have it: nobody reads a digit too many over it.

use super::Fen;

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];

impl Fen {
    /// The amount in yuan in capital numerals: `壹仟贰佰叁拾肆元伍角整`.
    pub fn capitals(self) -> String {
        let fen = self.fen().unsigned_abs();
        let (yuan, jiao, rest) = (fen / 100, fen / 10 % 10, fen % 10);
        let mut text = String::new();
        if self.fen() < 0 {
            text.push('负');
        }
        if yuan > 0 || fen == 0 {
            text.push_str(&whole(yuan));
            text.push('元');
        }
        match (jiao, rest) {
            (0, 0) => text.push('整'),
            (jiao, 0) => {
                text.push_str(digit(jiao));
                text.push_str("角整");
            }
            (0, rest) => {
                if yuan > 0 {
                    text.push('零');
                }
                text.push_str(digit(rest));
                text.push('分');
            }
            (jiao, rest) => {
                text.push_str(digit(jiao));
                text.push('角');
                text.push_str(digit(rest));
                text.push('分');
            }
        }
        text
    }
}

fn digit(number: u64) -> &'static str {
    usize::try_from(number)
        .ok()
        .and_then(|place| DIGITS.get(place))
        .copied()
        .unwrap_or_default()
}

/// A whole number. Above a hundred million (亿) the same numerals are used again in front of it: 壹万亿.
fn whole(number: u64) -> String {
    const WAN: u64 = 10_000;
    const YI: u64 = 100_000_000;
    if number == 0 {
        return "零".to_owned();
    }
    for (unit, name) in [(YI, "亿"), (WAN, "万")] {
        if number >= unit {
            let (high, low) = (number / unit, number % unit);
            let mut text = whole(high);
            text.push_str(name);
            if low > 0 {
                if low < unit / 10 {
                    text.push('零');
                }
                text.push_str(&whole(low));
            }
            return text;
        }
    }
    below_ten_thousand(number)
}

fn below_ten_thousand(number: u64) -> String {
    let mut text = String::new();
    let mut gap = false;
    for (place, unit) in PLACES.iter().zip([1, 10, 100, 1_000]).rev() {
        let here = number / unit % 10;
        if here == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        text.push_str(digit(here));
        text.push_str(place);
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::basics::Fen;

    #[test]
    fn amounts_are_written_as_on_a_cheque() {
        for (fen, capitals) in [
            (0, "零元整"),
            (1, "壹分"),
            (10, "壹角整"),
            (11, "壹角壹分"),
            (30, "叁角整"),
            (100, "壹元整"),
            (101, "壹元零壹分"),
            (110, "壹元壹角整"),
            (1_000, "壹拾元整"),
            (1_050, "壹拾元伍角整"),
            (10_100, "壹佰零壹元整"),
            (11_000, "壹佰壹拾元整"),
            (123_450, "壹仟贰佰叁拾肆元伍角整"),
            (100_001, "壹仟元零壹分"),
            (100_100, "壹仟零壹元整"),
            (1_000_000, "壹万元整"),
            (1_000_100, "壹万零壹元整"),
            (1_100_000, "壹万壹仟元整"),
            (10_001_000, "壹拾万零壹拾元整"),
            (10_050_000, "壹拾万零伍佰元整"),
            (12_345_678, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
            (10_000_000_000, "壹亿元整"),
            (10_000_000_100, "壹亿零壹元整"),
            (10_100_000_000, "壹亿零壹佰万元整"),
            (11_000_000_000, "壹亿壹仟万元整"),
            (100_000_000_000_000, "壹万亿元整"),
            (-150, "负壹元伍角整"),
        ] {
            assert_eq!(Fen::new(fen).capitals(), capitals, "{fen}");
        }
        assert!(Fen::new(i64::MIN).capitals().starts_with("负玖亿"));
    }
}
