//! How a guest behaves: not too fast, patient when asked to wait, and gone when the host is down.
//!
//! Pure: the time comes in, how long to wait comes out.

use std::time::Duration;
use tokio::time::Instant;

/// How a server is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Manners {
    /// Requests a second.
    pub rate: u32,
    /// Requests at the same time.
    pub concurrency: u32,
    /// Tries of one request before it is given up.
    pub attempts: u32,
    /// The wait after the first failure; it doubles with each, and a chance part of it is waited.
    pub first_wait: Duration,
    /// How long a server may ask us to wait.
    pub patience: Duration,
    /// How long a reply may take.
    pub reply_time: Duration,
    /// Bytes of a reply, unpacked, at the most.
    pub reply_bytes: u64,
    /// Pages of a table at the most.
    pub pages: u64,
    /// Rows of a table at the most.
    pub rows: u64,
}

impl Default for Manners {
    fn default() -> Manners {
        Manners {
            rate: 5,
            concurrency: 4,
            attempts: 6,
            first_wait: Duration::from_millis(500),
            patience: Duration::from_secs(300),
            reply_time: Duration::from_secs(60),
            reply_bytes: 256 << 20,
            pages: 100_000,
            rows: 100_000_000,
        }
    }
}

/// The longest wait after a failure that is ours to choose.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Failures in a row after which a host is left alone.
const FAILURES: u32 = 12;
/// For how long; then one request may try again.
const REST: Duration = Duration::from_secs(30);

/// Why a request has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// So many a second are enough.
    Rate,
    /// The server said so.
    Asked,
}

/// What is known of one host: a token bucket, what the server asked for, and a circuit breaker.
#[derive(Debug)]
pub(super) struct Host {
    rate: f64,
    /// Requests that may go at once; below zero, those that wait already.
    tokens: f64,
    filled: Instant,
    not_before: Option<Instant>,
    failures: u32,
    last_failure: Option<Instant>,
}

impl Host {
    pub(super) fn new(rate: u32, now: Instant) -> Host {
        let rate = f64::from(rate.max(1));
        Host { rate, tokens: rate, filled: now, not_before: None, failures: 0, last_failure: None }
    }

    /// Takes a turn; answers how long to wait for it, and why.
    pub(super) fn turn(&mut self, now: Instant) -> Option<(Duration, Why)> {
        let since = now.saturating_duration_since(self.filled).as_secs_f64();
        self.tokens = (self.tokens + since * self.rate).min(self.rate);
        self.filled = now;
        self.tokens -= 1.0;
        let by_rate = Duration::from_secs_f64((-self.tokens).max(0.0) / self.rate);
        let asked = self.asked(now).unwrap_or_default();
        match (by_rate, asked) {
            (Duration::ZERO, Duration::ZERO) => None,
            _ if asked > by_rate => Some((asked, Why::Asked)),
            _ => Some((by_rate, Why::Rate)),
        }
    }

    /// How long the server wants nobody to ask, from now.
    pub(super) fn asked(&self, now: Instant) -> Option<Duration> {
        self.not_before.map(|then| then.saturating_duration_since(now)).filter(|wait| !wait.is_zero())
    }

    /// The server wants nobody to ask for so long.
    pub(super) fn ask_later(&mut self, wait: Duration, now: Instant) {
        let then = now + wait;
        self.not_before = Some(self.not_before.map_or(then, |other| other.max(then)));
    }

    pub(super) fn worked(&mut self) {
        self.failures = 0;
    }

    pub(super) fn failed(&mut self, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        self.last_failure = Some(now);
    }

    /// Failures in a row, where the host is left alone because of them.
    pub(super) fn broken(&self, now: Instant) -> Option<u32> {
        let rested = self.last_failure.is_none_or(|then| now.saturating_duration_since(then) >= REST);
        (self.failures >= FAILURES && !rested).then_some(self.failures)
    }
}

/// The wait after the failure of that number, counted from 1: full jitter, `chance` being from 0 to 1.
pub(super) fn backoff(first: Duration, failure: u32, chance: f64) -> Duration {
    let ceiling = first.saturating_mul(1 << failure.saturating_sub(1).min(16)).min(LONGEST_WAIT);
    ceiling.mul_f64(chance.clamp(0.0, 1.0))
}

/// How long the headers of a reply ask to wait, at `now`: `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), or no
/// request left until the `RateLimit` begins anew (draft-ietf-httpapi-ratelimit-headers, and the older `X-` names).
pub(super) fn asked_to_wait<'h>(
    header: impl Fn(&str) -> Option<&'h str>,
    now: jiff::Timestamp,
) -> Option<Duration> {
    if let Some(text) = header("retry-after") {
        return seconds(text).or_else(|| until(text, now));
    }
    if let Some(field) = header("ratelimit").filter(|field| field.contains("r=")) {
        let part = |name: &str| {
            field.split([';', ',']).find_map(|part| part.trim().strip_prefix(name)?.parse::<f64>().ok())
        };
        return match (part("r="), part("t=")) {
            (Some(0.0), Some(reset)) => whole(reset),
            _ => None,
        };
    }
    for name in ["ratelimit", "x-ratelimit", "x-rate-limit"] {
        let value = |what: &str| header(&format!("{name}-{what}")).map(str::trim);
        if value("remaining").is_some_and(|left| left == "0")
            && let Some(reset) = value("reset").and_then(|reset| reset.parse::<f64>().ok())
        {
            // Some write seconds from now, some the time itself.
            const TIMES_BEGIN: f64 = 1_000_000_000.0;
            let seconds = if reset > TIMES_BEGIN { reset - now.as_second() as f64 } else { reset };
            return whole(seconds);
        }
    }
    None
}

fn seconds(text: &str) -> Option<Duration> {
    text.trim().parse::<f64>().ok().and_then(whole)
}

fn whole(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds.max(0.0)).ok()
}

fn until(text: &str, now: jiff::Timestamp) -> Option<Duration> {
    let then = jiff::fmt::rfc2822::parse(text.trim()).ok()?.timestamp();
    Some(Duration::try_from(then.duration_since(now)).unwrap_or_default())
}

/// A wait as a line tells it.
pub(super) fn told(wait: Duration, why: &str) -> String {
    match wait.as_secs_f64() {
        seconds if seconds < 10.0 => format!("waiting {seconds:.1} s, {why}"),
        seconds => format!("waiting {seconds:.0} s, {why}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn five_go_at_once_and_then_five_a_second() {
        let now = Instant::now();
        let mut host = Host::new(5, now);
        let waits: Vec<u128> =
            (0..8).map(|_| host.turn(now).map_or(0, |(wait, _)| wait.as_millis())).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 200, 400, 600]);
        assert_eq!(host.turn(now + 2 * SECOND), None);
    }

    #[test]
    fn what_the_server_asks_for_is_waited() {
        let now = Instant::now();
        let mut host = Host::new(5, now);
        host.ask_later(12 * SECOND, now);
        host.ask_later(3 * SECOND, now);
        assert_eq!(host.turn(now), Some((12 * SECOND, Why::Asked)));
        assert_eq!(host.turn(now + 12 * SECOND), None);
    }

    #[test]
    fn a_host_that_keeps_failing_is_left_alone_and_tried_again_later() {
        let now = Instant::now();
        let mut host = Host::new(5, now);
        for _ in 0..FAILURES {
            assert_eq!(host.broken(now), None);
            host.failed(now);
        }
        assert_eq!(host.broken(now + SECOND), Some(FAILURES));
        assert_eq!(host.broken(now + REST), None, "one may try");
        host.failed(now + REST);
        assert!(host.broken(now + REST).is_some(), "and if it fails, it rests again");
        host.worked();
        assert_eq!(host.broken(now + REST), None);
    }

    #[test]
    fn the_wait_doubles_up_to_half_a_minute_and_chance_takes_a_part_of_it() {
        let half = SECOND / 2;
        assert_eq!(backoff(half, 1, 1.0), half);
        assert_eq!(backoff(half, 3, 1.0), 2 * SECOND);
        assert_eq!(backoff(half, 3, 0.25), half);
        assert_eq!(backoff(half, 40, 1.0), 30 * SECOND);
        assert_eq!(backoff(half, 5, 0.0), Duration::ZERO);
    }

    #[test]
    fn a_wait_is_told_with_its_reason() {
        assert_eq!(told(12 * SECOND, "the server asked for it"), "waiting 12 s, the server asked for it");
        assert_eq!(told(SECOND / 2, "the server failed"), "waiting 0.5 s, the server failed");
    }

    #[test]
    fn every_way_to_ask_for_patience_is_understood() {
        let now: jiff::Timestamp = "2026-05-01T12:00:00Z".parse().unwrap();
        for (headers, expected) in [
            (&[("retry-after", "12")][..], Some(12)),
            (&[("retry-after", "Fri, 01 May 2026 12:00:30 GMT")], Some(30)),
            (&[("retry-after", "Fri, 01 May 2026 11:00:00 GMT")], Some(0)),
            (&[("ratelimit-remaining", "0"), ("ratelimit-reset", "7")], Some(7)),
            (&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1777636809")], Some(9)),
            (&[("x-ratelimit-remaining", "3"), ("x-ratelimit-reset", "60")], None),
            (&[("ratelimit", "\"default\";r=0;t=4")], Some(4)),
            (&[("ratelimit", "\"default\";r=1;t=4")], None),
            (&[], None),
        ] {
            let headers: HashMap<&str, &str> = headers.iter().copied().collect();
            let asked = asked_to_wait(|name| headers.get(name).copied(), now);
            assert_eq!(asked, expected.map(Duration::from_secs), "{headers:?}");
        }
    }
}
