//! Base32 (RFC 4648) without padding: what people copy from a page into a phone.

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The text of bytes.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut held, mut bits) = (0_u32, 0_u32);
    let mut push = |five: u32| {
        let place = usize::try_from(five & 31).unwrap_or_default();
        text.extend(ALPHABET.get(place).map(|byte| char::from(*byte)));
    };
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            push(held >> bits);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        push(held << (5 - bits));
    }
    text
}

/// Whether a character stands in such a text.
pub(super) const fn is_of_it(c: char) -> bool {
    matches!(c, 'A'..='Z' | '2'..='7')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_those_of_rfc_4648() {
        let of = |text: &str| encode(text.as_bytes());
        assert_eq!(of(""), "");
        assert_eq!(of("f"), "MY");
        assert_eq!(of("fo"), "MZXQ");
        assert_eq!(of("foo"), "MZXW6");
        assert_eq!(of("foob"), "MZXW6YQ");
        assert_eq!(of("fooba"), "MZXW6YTB");
        assert_eq!(of("foobar"), "MZXW6YTBOI");
    }
}
