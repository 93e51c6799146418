//! Every choice the simulator makes by chance, drawn from a seed.
//!
//! A draw depends on the seed and on what is being decided (merchant, number, how often that
//! number was seen), not on the order in which other requests arrive: the same seed and the same
//! requests give the same answers even when many connections race.

/// A small stream of draws for one decision (splitmix64).
pub(super) struct Chance(u64);

impl Chance {
    /// The stream for one decision: the seed, the names it is about, and its turn.
    pub(super) fn of(seed: u64, names: &[&str], turn: u64) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed;
        for name in names {
            for byte in name.bytes().chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        Self(hash ^ turn.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 when the bound is 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX);
        let drawn = self.next().checked_rem(bound).unwrap_or(0);
        usize::try_from(drawn).unwrap_or(0)
    }

    /// True once in `n` draws on average.
    pub(super) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// A nonce of 32 letters and digits.
    pub(super) fn nonce(&mut self) -> String {
        const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let mut nonce = String::with_capacity(32);
        for _ in 0..4 {
            for byte in self.next().to_le_bytes() {
                let letter = ALPHABET
                    .get(usize::from(byte % 32))
                    .copied()
                    .unwrap_or(b'A');
                nonce.push(char::from(letter));
            }
        }
        nonce
    }

    /// Shuffles in place.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}
