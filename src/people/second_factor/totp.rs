//! The code of a moment.

use totp_rs::{Algorithm, Builder};

use super::base32;
use crate::basics::{EmailAddress, Randomness, Secret, Timestamp, randomness};

/// For how long a code is shown.
const STEP_SECONDS: u64 = 30;

/// What the person's phone and this server both know: 160 random bits.
#[derive(Clone, Debug)]
pub struct Seed(Secret<[u8; 20]>);

impl Seed {
    /// A new one.
    pub(super) fn fresh(random: &dyn Randomness) -> Self {
        Self(Secret::new(randomness::bytes(random)))
    }

    /// One that was sealed.
    pub(super) fn opened(bytes: &[u8]) -> Option<Self> {
        bytes
            .try_into()
            .ok()
            .map(|bytes: [u8; 20]| Self(Secret::new(bytes)))
    }

    /// What is sealed.
    pub(super) fn expose(&self) -> &[u8] {
        self.0.expose()
    }

    /// The text for a phone without a camera, in groups of four.
    pub fn text(&self) -> Secret<String> {
        Secret::new(in_groups(&base32::encode(self.expose()), ' '))
    }

    /// The address that a phone reads from the picture.
    pub fn address(&self, email: &EmailAddress) -> Secret<String> {
        let account: String =
            url::form_urlencoded::byte_serialize(email.as_str().as_bytes()).collect();
        Secret::new(format!(
            "otpauth://totp/Zhanfu:{account}?secret={}&issuer=Zhanfu",
            base32::encode(self.expose())
        ))
    }

    /// The number of the half minute whose code this is, when it is the code of `now`. The code before and the code after do
    /// not count (`security.md` L-11): clocks of phones are right to the second.
    pub fn step_of(&self, code: &str, now: Timestamp) -> Option<i64> {
        let seconds = u64::try_from(now.as_millis()).ok()? / 1000;
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(STEP_SECONDS)
            .with_skew(0)
            .with_secret(*self.0.expose())
            .build()
            .ok()?;
        totp.check(code, seconds)
            .and_then(|step| i64::try_from(step).ok())
    }
}

/// Groups of four, which people read and type more easily.
pub(super) fn in_groups(text: &str, between: char) -> String {
    let mut grouped = String::new();
    for (place, c) in text.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            grouped.push(between);
        }
        grouped.push(c);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: SHA-1, of whose eight digits the last six count here.
    #[test]
    fn codes_are_those_of_rfc_6238() {
        let seed = Seed::opened(b"12345678901234567890").unwrap();
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let now = Timestamp::from_seconds(seconds);
            assert_eq!(seed.step_of(code, now), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn the_codes_before_and_after_do_not_count() {
        let seed = Seed::opened(b"12345678901234567890").unwrap();
        let at = Timestamp::from_seconds;
        assert!(seed.step_of("287082", at(30)).is_some());
        assert!(seed.step_of("287082", at(59)).is_some());
        assert!(seed.step_of("287082", at(29)).is_none());
        assert!(seed.step_of("287082", at(60)).is_none());
        assert!(seed.step_of("28708", at(59)).is_none());
        assert!(seed.step_of("x87082", at(59)).is_none());
    }

    #[test]
    fn a_phone_reads_who_and_what() {
        let seed = Seed::opened(b"12345678901234567890").unwrap();
        let email = EmailAddress::parse("lin+a@example.com").unwrap();
        assert_eq!(
            seed.address(&email).expose(),
            "otpauth://totp/Zhanfu:lin%2Ba%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Zhanfu"
        );
        assert_eq!(
            seed.text().expose(),
            "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
        );
        assert!(!format!("{seed:?}").contains("12345"));
    }
}
