//! Which addresses a name may lead to, asked of the addresses that are really connected to.
//!
//! A name that is public when it is looked at and private when it is connected to (DNS rebinding) comes to nothing: the
//! connection is made to exactly the addresses that were judged here.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks names up, and hands on only addresses that may be connected to.
#[derive(Debug)]
pub(super) struct Guarded<R> {
    /// What knows the names.
    pub(super) names: R,
    /// The host that may lead into this network, where a person or the configuration said so.
    pub(super) allowed: Option<String>,
}

/// A name led only to addresses that are not allowed. Carried inside an [`io::Error`].
#[derive(Debug)]
pub(super) struct LeadsInside {
    pub(super) host: String,
    pub(super) address: IpAddr,
}

impl fmt::Display for LeadsInside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} leads to {}", self.host, self.address)
    }
}

impl std::error::Error for LeadsInside {}

impl<R: Resolver> Resolver for Guarded<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default();
        if self.allowed.as_deref().is_some_and(|allowed| allowed.eq_ignore_ascii_case(host)) {
            return Ok(found);
        }
        let mut public = self.empty();
        let mut inside = None;
        for address in &found {
            if is_public(address.ip()) {
                public.push(*address);
            } else {
                inside = Some(address.ip());
            }
        }
        match inside {
            Some(address) if public.is_empty() => {
                let leads = LeadsInside { host: host.to_owned(), address };
                Err(ureq::Error::Io(io::Error::new(io::ErrorKind::PermissionDenied, leads)))
            }
            _ => Ok(public),
        }
    }
}

/// Whether an address is out in the internet: not one of the special ranges (IANA, "Special-Purpose Address Registry").
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => is_public_four(four),
        IpAddr::V6(six) => is_public_six(six),
    }
}

fn is_public_four(four: Ipv4Addr) -> bool {
    let [a, b, c, _] = four.octets();
    let special = four.is_private()
        || four.is_loopback()
        || four.is_link_local()
        || four.is_multicast()
        || four.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (b == 18 || b == 19))
        || (a == 192 && b == 0 && c == 0);
    !special
}

fn is_public_six(six: Ipv6Addr) -> bool {
    let [first, second, third, .., seventh, eighth] = six.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    if let Some(four) = six.to_ipv4_mapped() {
        return is_public_four(four);
    }
    match (first, second) {
        // NAT64 and 6to4 carry an address of the old kind.
        (0x64, 0xff9b) => is_public_four(embedded(seventh, eighth)),
        (0x2002, high) => is_public_four(embedded(high, third)),
        // Only 2000::/3 is given out; of it 2001:db8::/32 is for documentation and 2001::/23 for protocols.
        (0x2001, 0x0db8) | (0x2001, 0..0x200) => false,
        _ => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::SocketAddr;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Answers with one list of addresses after the other.
    #[derive(Debug)]
    struct Changing(Vec<Vec<&'static str>>, AtomicUsize);

    impl Resolver for Changing {
        fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let turn = self.1.fetch_add(1, Ordering::Relaxed);
            let mut found = self.empty();
            for address in &self.0[turn] {
                found.push(address.parse::<SocketAddr>().unwrap());
            }
            Ok(found)
        }
    }

    fn ask(guarded: &Guarded<Changing>) -> Result<Vec<String>, ureq::Error> {
        let uri: Uri = "http://shop.example/".parse().unwrap();
        let config = ureq::Agent::config_builder().build();
        let timeout = NextTimeout::default();
        guarded.resolve(&uri, &config, timeout).map(|found| found.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_name_that_turns_private_after_it_was_public_is_not_connected_to() {
        let answers =
            vec![vec!["93.184.216.34:80"], vec!["169.254.169.254:80"], vec!["10.0.0.1:80", "8.8.8.8:80"]];
        let guarded = Guarded { names: Changing(answers, AtomicUsize::new(0)), allowed: None };
        assert_eq!(ask(&guarded).unwrap(), ["93.184.216.34:80"]);
        let refused = ask(&guarded).unwrap_err().to_string();
        assert!(refused.contains("shop.example leads to 169.254.169.254"), "{refused}");
        assert_eq!(ask(&guarded).unwrap(), ["8.8.8.8:80"], "only the public one of two");
    }

    #[test]
    fn a_host_that_was_allowed_may_be_in_this_network() {
        let answers = vec![vec!["10.0.0.1:80"]];
        let allowed = Some("shop.example".to_owned());
        let guarded = Guarded { names: Changing(answers, AtomicUsize::new(0)), allowed };
        assert_eq!(ask(&guarded).unwrap(), ["10.0.0.1:80"]);
    }

    #[test]
    fn every_special_range_is_known_also_in_disguise() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "ff02::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }
}
