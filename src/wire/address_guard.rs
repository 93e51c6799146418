//! Where a tenant's webhook may point: to the public internet, and to nothing of ours (`security.md` §5).
//!
//! An address is judged twice: as a text when it is saved ([`Target::parse`]), and as the numbers that its name stands for each time
//! a connection is made ([`is_public`]), on the very address that is then dialled. A name that was public when it was saved and is
//! private when it is dialled gets no connection.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// The longest address, in bytes.
pub const TARGET_MOST_BYTES: usize = 2_048;

/// The ports that may be dialled: those on which HTTPS lives. Others are other services'.
const PORTS: [u16; 2] = [443, 8443];

/// Names that mean something inside of a network and nothing outside of it.
const INSIDE_NAMES: &[&str] = &[
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "home.arpa",
    "svc",
    "cluster",
    "consul",
    "invalid",
    "onion",
    // these answer with a machine's credentials; their addresses are refused as well
    "metadata.tencentyun.com",
];

/// An address that a webhook may be sent to, as far as its text tells.
#[derive(Clone, PartialEq, Eq)]
pub struct Target(Url);

/// Why a text is no address for a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetFault {
    /// It cannot be read as an address.
    #[error("it is not an address like https://shop.example.com/webhooks")]
    Unreadable,
    /// It is too long.
    #[error("it is longer than {TARGET_MOST_BYTES} bytes")]
    TooLong,
    /// It does not begin with `https://`.
    #[error("it has to begin with https://")]
    NotHttps,
    /// It carries a user name or a password.
    #[error("it carries a user name or a password; webhooks are signed instead")]
    Credentials,
    /// It names another port.
    #[error("the port has to be 443 or 8443")]
    Port,
    /// It names a host that only an internal network knows.
    #[error("the host has to be a public name like shop.example.com")]
    InsideName,
    /// It is an address of a private or reserved network.
    #[error("{0} is an address of a private or reserved network")]
    NotPublic(IpAddr),
}

impl Target {
    /// Reads an address as browsers do, so that every spelling of a number (`127.1`, `0x7f.1`, `2130706433`, `１２７.0.0.1`) is
    /// judged as the number that it is.
    pub fn parse(text: &str) -> Result<Self, TargetFault> {
        let text = text.trim();
        if text.len() > TARGET_MOST_BYTES {
            return Err(TargetFault::TooLong);
        }
        let mut url = Url::parse(text).map_err(|_| TargetFault::Unreadable)?;
        if url.scheme() != "https" {
            return Err(TargetFault::NotHttps);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(TargetFault::Credentials);
        }
        if !url
            .port_or_known_default()
            .is_some_and(|port| PORTS.contains(&port))
        {
            return Err(TargetFault::Port);
        }
        // it would not be sent anyway
        url.set_fragment(None);
        match url.host() {
            None => return Err(TargetFault::Unreadable),
            Some(Host::Domain(name)) => judge_name(name)?,
            Some(Host::Ipv4(ip)) => judge_number(ip.into())?,
            Some(Host::Ipv6(ip)) => judge_number(ip.into())?,
        }
        // a few characters take three bytes once they are escaped
        if url.as_str().len() > TARGET_MOST_BYTES {
            return Err(TargetFault::TooLong);
        }
        Ok(Self(url))
    }

    /// The address as it is dialled.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host and the port, without path and query: what logs may hold, because a path can carry a secret of the tenant's.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The host as it stands in the address.
    pub fn host(&self) -> Host<&str> {
        self.0.host().unwrap_or(Host::Domain(""))
    }

    pub(super) fn url(&self) -> Url {
        self.0.clone()
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Target({})", self.origin())
    }
}

fn judge_name(name: &str) -> Result<(), TargetFault> {
    let name = name.to_ascii_lowercase();
    let is_inside = INSIDE_NAMES.iter().any(|inside| {
        name.strip_suffix(inside)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    });
    // a final dot is the same name in another spelling, and certificates do not know it
    if !name.contains('.') || name.ends_with('.') || is_inside {
        return Err(TargetFault::InsideName);
    }
    Ok(())
}

fn judge_number(ip: IpAddr) -> Result<(), TargetFault> {
    if is_public(ip) {
        Ok(())
    } else {
        Err(TargetFault::NotPublic(ip))
    }
}

/// Networks that are not the public internet (IANA's special-purpose registry), and a cloud's metadata service at a public number.
const V4_INSIDE: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::UNSPECIFIED, 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// What of `2000::/3` is not the public internet: protocol assignments with Teredo, documentation, and 6to4, which carries an IPv4
/// address inside.
const V6_INSIDE: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Whether an address belongs to the public internet. Of IPv6 only `2000::/3` does: the unspecified and loopback addresses, unique
/// local and link-local ones, multicast, and all that carry an IPv4 address (mapped, compatible, NAT64) lie outside of it.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => !V4_INSIDE.iter().any(|(network, bits)| {
            same_prefix(ip.to_bits().into(), network.to_bits().into(), 32, *bits)
        }),
        IpAddr::V6(ip) => {
            let global = Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0);
            let within = |network: &Ipv6Addr, bits: u32| {
                same_prefix(ip.to_bits(), network.to_bits(), 128, bits)
            };
            within(&global, 3)
                && !V6_INSIDE
                    .iter()
                    .any(|(network, bits)| within(network, *bits))
        }
    }
}

/// Whether two addresses of `length` bits begin with the same `bits`.
const fn same_prefix(one: u128, other: u128, length: u32, bits: u32) -> bool {
    (one ^ other) >> length.saturating_sub(bits) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<TargetFault> {
        Target::parse(text).err()
    }

    #[test]
    fn public_addresses_are_taken() {
        for (text, dialled) in [
            ("https://shop.example.com", "https://shop.example.com/"),
            (
                " https://shop.example.com:443/a?b=c#d ",
                "https://shop.example.com/a?b=c",
            ),
            (
                "HTTPS://Shop.Example.COM:8443/x",
                "https://shop.example.com:8443/x",
            ),
            (
                "https://商店.example.com/",
                "https://xn--czrs0t.example.com/",
            ),
            ("https://8.8.8.8/", "https://8.8.8.8/"),
            (
                "https://[2606:4700:4700::1111]/",
                "https://[2606:4700:4700::1111]/",
            ),
            // a name that only ends like one of the inside
            (
                "https://mylocal.example.com/",
                "https://mylocal.example.com/",
            ),
            (
                "https://internal.example.com/",
                "https://internal.example.com/",
            ),
        ] {
            assert_eq!(Target::parse(text).unwrap().as_str(), dialled, "{text}");
        }
    }

    /// S-01, S-02, S-04: in whatever spelling.
    #[test]
    fn numbers_of_the_inside_are_refused_in_every_spelling() {
        for host in [
            "169.254.169.254",
            "100.100.100.200",
            "168.63.129.16",
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f.1",
            "0x7f000001",
            "0177.0.0.1",
            "017700000001",
            "0",
            "0.0.0.0",
            "１２７.0.0.1",
            "127。0。0。1",
            "127.0.0.1.",
            "10.0.0.1",
            "10.255.255.255",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "198.18.0.1",
            "198.19.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "[::]",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:8.8.8.8]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::1]",
            "[2002:7f00:1::]",
            "[fe80::1]",
            "[fec0::1]",
            "[fc00::1]",
            "[fd12:3456::1]",
            "[ff02::1]",
            "[2001::1]",
            "[2001:db8::1]",
            "[100::1]",
            "[5f00::1]",
            "[3fff::1]",
        ] {
            let found = fault(&format!("https://{host}/"));
            assert!(
                matches!(found, Some(TargetFault::NotPublic(_))),
                "{host}: {found:?}"
            );
        }
    }

    #[test]
    fn the_edges_of_the_inside_are_where_they_should_be() {
        for host in [
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "168.63.129.15",
            "168.63.129.17",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "191.255.255.255",
            "192.0.1.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "1.0.0.0",
            "[2001:200::1]",
            "[2003::1]",
            "[2000::1]",
            "[3ffe::1]",
        ] {
            assert_eq!(fault(&format!("https://{host}/")), None, "{host}");
        }
        assert!(!is_public("4000::1".parse().unwrap()));
        assert!(!is_public("1fff::1".parse().unwrap()));
    }

    #[test]
    fn names_of_the_inside_are_refused() {
        for host in [
            "localhost",
            "LOCALHOST",
            "localhost.",
            "a.localhost",
            "db",
            "printer.local",
            "metadata.google.internal",
            "metadata.tencentyun.com",
            "x.metadata.tencentyun.com",
            "router.lan",
            "nas.home",
            "box.home.arpa",
            "api.default.svc",
            "api.default.svc.cluster.local",
            "x.intranet",
            "shop.example.com.",
        ] {
            assert_eq!(
                fault(&format!("https://{host}/")),
                Some(TargetFault::InsideName),
                "{host}"
            );
        }
    }

    /// S-10
    #[test]
    fn other_schemes_are_refused() {
        for text in [
            "http://shop.example.com/",
            "file:///etc/passwd",
            "gopher://shop.example.com/",
            "ftp://shop.example.com/",
            "data:text/plain,hi",
            "javascript:alert(1)",
            "ws://shop.example.com/",
        ] {
            assert_eq!(fault(text), Some(TargetFault::NotHttps), "{text}");
        }
        for text in [
            "",
            "shop.example.com",
            "//shop.example.com",
            "https://",
            "https://a b.example.com/",
            "https://[::1",
        ] {
            assert_eq!(fault(text), Some(TargetFault::Unreadable), "{text}");
        }
    }

    /// S-11
    #[test]
    fn other_ports_are_refused() {
        for port in ["0", "22", "25", "80", "444", "6379", "8080", "65535"] {
            let found = fault(&format!("https://shop.example.com:{port}/"));
            assert_eq!(found, Some(TargetFault::Port), "{port}");
        }
        for port in ["65536", "-1", "x"] {
            let found = fault(&format!("https://shop.example.com:{port}/"));
            assert_eq!(found, Some(TargetFault::Unreadable), "{port}");
        }
    }

    #[test]
    fn credentials_and_long_addresses_are_refused() {
        for text in [
            "https://user@shop.example.com/",
            "https://user:pass@shop.example.com/",
            "https://:p@shop.example.com/",
        ] {
            assert_eq!(fault(text), Some(TargetFault::Credentials), "{text}");
        }
        let long = format!("https://shop.example.com/{}", "x".repeat(2_048));
        assert_eq!(fault(&long), Some(TargetFault::TooLong));
        let escaped = format!("https://shop.example.com/{}", "密".repeat(600));
        assert_eq!(fault(&escaped), Some(TargetFault::TooLong));
    }
}
