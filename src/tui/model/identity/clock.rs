//! When a session ends: after so long without a key, and after so long in any case.
//!
//! The database decides; this is what the screen knows of it, on this machine's clock of the day, which goes on while the
//! machine sleeps. The idle end counts from the key that the database was last told of, so that a screen never shows a
//! session as open that has ended.

use crate::domain::session::{Ended, Limits};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// The longest time for which the end is told before it comes.
const WARNING: SignedDuration = SignedDuration::from_secs(60);
/// The least time between two notes to the database that somebody is there.
const BETWEEN: SignedDuration = SignedDuration::from_secs(60);

/// The clock of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    idle: SignedDuration,
    /// The key that the database was told of.
    told: Timestamp,
    idle_end: Timestamp,
    absolute_end: Timestamp,
    /// Seconds left, as they are on the screen.
    shown: Option<u32>,
}

/// What is told before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Countdown {
    /// Seconds left.
    pub seconds: u32,
    /// Whether a key keeps the session open.
    pub can_stay: bool,
}

impl Clock {
    /// The clock of a session that begins now.
    pub fn start(limits: Limits, now: Timestamp) -> Clock {
        let idle = SignedDuration::from_mins(limits.idle_minutes.into());
        let absolute_end = after(now, SignedDuration::from_hours(limits.hours.into()));
        Clock { idle, told: now, idle_end: after(now, idle), absolute_end, shown: None }
    }

    /// Somebody is at the keyboard: whether the database should be told. At most once a minute, more often only where the
    /// session is so short that it would end meanwhile.
    pub fn touch(&mut self, now: Timestamp) -> bool {
        let between = BETWEEN.min(self.idle / 4);
        if now < after(self.told, between) && self.shown.is_none() {
            return false;
        }
        self.told = now;
        self.idle_end = after(now, self.idle);
        self.look(now);
        true
    }

    /// The database tells how long the session lasts.
    pub fn set(&mut self, idle: Duration, absolute: Duration, now: Timestamp) {
        let long = |duration| SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX);
        self.idle_end = after(now, long(idle));
        self.absolute_end = after(now, long(absolute));
        self.look(now);
    }

    /// Looks at the time; tells why the session is over where it is.
    pub fn look(&mut self, now: Timestamp) -> Option<Ended> {
        let left = now.duration_until(self.end());
        let warned = WARNING.min(self.idle / 2);
        // The second that has begun counts.
        let seconds = (left.as_millis().max(0) + 999) / 1000;
        self.shown = (left <= warned).then(|| u32::try_from(seconds).unwrap_or(u32::MAX));
        if now >= self.absolute_end {
            Some(Ended::Over)
        } else if now >= self.idle_end {
            Some(Ended::Idle)
        } else {
            None
        }
    }

    /// When to look next: at the beginning of the warning, then once a second.
    pub fn wake_at(&self) -> Timestamp {
        let before = match self.shown {
            None => WARNING.min(self.idle / 2),
            Some(seconds) => SignedDuration::from_secs(i64::from(seconds) - 1),
        };
        self.end().checked_sub(before).unwrap_or(self.end())
    }

    /// When the session ends, as things are.
    pub fn end(&self) -> Timestamp {
        self.idle_end.min(self.absolute_end)
    }

    /// What to tell, in the last minute.
    pub fn countdown(&self) -> Option<Countdown> {
        self.shown.map(|seconds| Countdown { seconds, can_stay: self.idle_end < self.absolute_end })
    }
}

fn after(time: Timestamp, duration: SignedDuration) -> Timestamp {
    time.saturating_add(duration).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_776_846_672 + seconds).unwrap()
    }

    fn clock(idle_minutes: u32, hours: u32) -> Clock {
        Clock::start(Limits { idle_minutes, hours }, at(0))
    }

    #[test]
    fn it_wakes_once_before_the_last_minute_and_each_second_within_it() {
        let mut clock = clock(30, 12);
        let mut woken = Vec::new();
        let ended = loop {
            let now = clock.wake_at();
            woken.push(now.duration_since(at(0)).as_secs());
            if let Some(ended) = clock.look(now) {
                break ended;
            }
        };
        assert_eq!(ended, Ended::Idle);
        assert_eq!(woken, (1740..=1800).collect::<Vec<i64>>());
    }

    #[test]
    fn keys_put_the_end_off_and_are_told_once_a_minute() {
        let mut clock = clock(30, 12);
        let told: Vec<i64> = (0..=300).filter(|second| clock.touch(at(*second))).collect();
        assert_eq!(told, [60, 120, 180, 240, 300]);
        assert_eq!(clock.end(), at(2100));
    }

    #[test]
    fn a_key_in_the_last_minute_is_told_at_once() {
        let mut clock = clock(30, 12);
        assert_eq!(clock.look(at(1780)), None);
        assert_eq!(clock.countdown(), Some(Countdown { seconds: 20, can_stay: true }));
        assert!(clock.touch(at(1780)));
        assert_eq!(clock.countdown(), None);
        assert_eq!(clock.wake_at(), at(1780 + 1740));
    }

    #[test]
    fn no_key_puts_the_last_end_off() {
        let mut clock = clock(30, 1);
        assert!(clock.touch(at(3580)));
        assert_eq!(clock.countdown(), Some(Countdown { seconds: 20, can_stay: false }));
        assert_eq!(clock.look(at(3600)), Some(Ended::Over));
    }

    #[test]
    fn time_asleep_counts() {
        let mut clock = clock(30, 12);
        assert_eq!(clock.look(at(7200)), Some(Ended::Idle));
        assert_eq!(clock.look(at(86_400)), Some(Ended::Over));
    }

    #[test]
    fn a_session_of_a_minute_has_its_warning_and_its_keys() {
        let mut clock = clock(1, 12);
        assert_eq!(clock.wake_at(), at(30));
        assert!(!clock.touch(at(10)) && clock.touch(at(15)));
        assert_eq!(clock.end(), at(75));
    }

    #[test]
    fn what_the_database_tells_goes_before_what_was_reckoned() {
        let mut clock = clock(30, 12);
        clock.set(Duration::from_secs(45), Duration::from_secs(9000), at(100));
        assert_eq!(clock.end(), at(145));
        assert_eq!(clock.countdown(), Some(Countdown { seconds: 45, can_stay: true }));
    }
}
