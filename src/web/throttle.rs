//! How often one network address may try: ten at once, then one every six seconds. In memory, and of bounded size.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Tries at once.
const BURST: u32 = 10;

/// One more try after this long.
const EVERY: Duration = Duration::from_secs(6);

/// Addresses that are remembered, about 4 MiB. When so many are busy within a minute, all others share one count.
const MOST: usize = 65_536;

/// Who is counted together. One subscriber has a whole /64 of IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Source {
    V4([u8; 4]),
    V6([u8; 8]),
    /// An address that is not known, or one too many.
    Other,
}

impl Source {
    fn of(address: Option<IpAddr>) -> Self {
        match address.map(|address| address.to_canonical()) {
            Some(IpAddr::V4(v4)) => Self::V4(v4.octets()),
            Some(IpAddr::V6(v6)) => v6
                .octets()
                .first_chunk()
                .map_or(Self::Other, |network| Self::V6(*network)),
            None => Self::Other,
        }
    }
}

/// Counts tries by address. For each the moment is kept at which all of its tries have come back.
#[derive(Debug)]
pub(in crate::web) struct AddressThrottle {
    free_again: Mutex<HashMap<Source, Duration>>,
    most: usize,
}

impl AddressThrottle {
    /// Nobody has tried yet.
    pub(in crate::web) fn new() -> Self {
        Self::of_size(MOST)
    }

    fn of_size(most: usize) -> Self {
        Self {
            free_again: Mutex::default(),
            most,
        }
    }

    /// Takes a try, or says how long to wait for one. `now` is time that only runs.
    pub(in crate::web) fn take(
        &self,
        address: Option<IpAddr>,
        now: Duration,
    ) -> Result<(), Duration> {
        let mut map = self
            .free_again
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut source = Source::of(address);
        if map.len() >= self.most && !map.contains_key(&source) {
            map.retain(|_, free| *free > now);
            if map.len() >= self.most {
                source = Source::Other;
            }
        }
        let free = map.get(&source).copied().unwrap_or_default().max(now);
        let debt = free.saturating_sub(now);
        let most_debt = EVERY.saturating_mul(BURST.saturating_sub(1));
        if debt > most_debt {
            return Err(debt.saturating_sub(most_debt));
        }
        map.insert(source, free.saturating_add(EVERY));
        Ok(())
    }

    /// Gives a try back: it was the right person's.
    pub(in crate::web) fn give_back(&self, address: Option<IpAddr>) {
        let mut map = self
            .free_again
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(free) = map.get_mut(&Source::of(address)) {
            *free = free.saturating_sub(EVERY);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<IpAddr> {
        text.parse().ok()
    }

    const fn seconds(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    #[test]
    fn ten_at_once_and_one_every_six_seconds() {
        let throttle = AddressThrottle::new();
        let home = at("192.0.2.1");
        for _ in 0..10 {
            assert_eq!(throttle.take(home, seconds(100)), Ok(()));
        }
        assert_eq!(throttle.take(home, seconds(100)), Err(seconds(6)));
        assert_eq!(throttle.take(home, seconds(104)), Err(seconds(2)));
        assert_eq!(throttle.take(home, seconds(106)), Ok(()));
        assert_eq!(throttle.take(home, seconds(106)), Err(seconds(6)));
        assert_eq!(throttle.take(at("192.0.2.2"), seconds(106)), Ok(()));
        throttle.give_back(home);
        assert_eq!(throttle.take(home, seconds(106)), Ok(()));
        for _ in 0..10 {
            assert_eq!(throttle.take(home, seconds(1_000)), Ok(()));
        }
        assert!(throttle.take(home, seconds(1_000)).is_err());
    }

    #[test]
    fn ipv6_is_counted_by_its_network_and_mapped_ipv4_as_ipv4() {
        let throttle = AddressThrottle::new();
        for n in 0..10 {
            let address = at(&format!("2001:db8:1:2::{n:x}"));
            assert_eq!(throttle.take(address, seconds(0)), Ok(()));
        }
        assert!(
            throttle
                .take(at("2001:db8:1:2:ffff::1"), seconds(0))
                .is_err()
        );
        assert!(throttle.take(at("2001:db8:1:3::1"), seconds(0)).is_ok());
        for _ in 0..10 {
            assert_eq!(throttle.take(at("::ffff:192.0.2.1"), seconds(0)), Ok(()));
        }
        assert!(throttle.take(at("192.0.2.1"), seconds(0)).is_err());
    }

    #[test]
    fn its_memory_is_bounded() {
        let throttle = AddressThrottle::of_size(3);
        for n in 0..20 {
            let taken = throttle.take(at(&format!("192.0.2.{n}")), seconds(0));
            // three of their own, ten shared
            assert_eq!(taken.is_ok(), n < 13, "{n}");
        }
        assert!(throttle.free_again.lock().unwrap().len() <= 4);
        assert_eq!(throttle.take(at("192.0.2.99"), seconds(100)), Ok(()));
    }
}
