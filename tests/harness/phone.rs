//! A phone with an authenticator on it.

use totp_rs::{Algorithm, Builder, Totp};
use zhanfu::basics::Clock as _;

use super::House;

pub struct Phone(Totp);

impl Phone {
    /// Scans the page that turns a second factor on: its picture says what its text says.
    pub fn scans(page: &str) -> Self {
        let (_, rest) = page.split_once("<pre>").expect("a seed on the page");
        let (text, _) = rest.split_once("</pre>").unwrap();
        let (mut seed, mut held, mut bits) = (Vec::new(), 0_u32, 0);
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            let five = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap();
            held = (held << 5) | u32::try_from(five).unwrap();
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                seed.push(u8::try_from((held >> bits) & 0xFF).unwrap());
            }
        }
        let seed: [u8; 20] = seed.try_into().unwrap();
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_secret(seed)
            .build()
            .unwrap();
        Self(totp)
    }

    /// The code that it shows now.
    pub fn code(&self, house: &House) -> String {
        self.code_at(house, 0)
    }

    /// The code of so many half minutes later.
    pub fn code_at(&self, house: &House, steps: i64) -> String {
        let seconds = house.clock.now().as_millis() / 1000 + 30 * steps;
        self.0.generate(u64::try_from(seconds).unwrap()).to_string()
    }
}
