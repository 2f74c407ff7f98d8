//! When to draw: what a person did, at once; what changes by itself, at most about thirty times a second.

use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// The least time between two frames that nobody waits for.
const BETWEEN: Duration = Duration::from_millis(33);

/// Whether a frame is wanted, and when the last one was.
#[derive(Debug, Default)]
pub(super) struct Frames {
    wanted: bool,
    /// Somebody waits for it.
    is_urgent: bool,
    last: Option<Instant>,
}

impl Frames {
    /// Something changed by itself.
    pub(super) fn want(&mut self) {
        self.wanted = true;
    }

    /// Something changed because of what a person did: a load's thirty frames a second must not keep a key waiting.
    pub(super) fn want_at_once(&mut self) {
        self.wanted = true;
        self.is_urgent = true;
    }

    /// Whether something changed since the last frame.
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// Whether a frame is to be drawn now. While `more_waits` to be taken in, the next frame will show that as well, so
    /// that no flood of keys makes more frames than time does.
    pub(super) fn may_draw(&self, now: Instant, more_waits: bool) -> bool {
        let at_once = self.is_urgent && !more_waits;
        self.wanted && (at_once || self.next().is_none_or(|next| next <= now))
    }

    /// A frame was drawn.
    pub(super) fn drawn(&mut self, now: Instant) {
        self.wanted = false;
        self.is_urgent = false;
        self.last = Some(now);
    }

    /// Comes back when the next frame may be drawn. Only to be awaited where one is wanted: an idle screen has no timer.
    pub(super) async fn due(&self) {
        if let Some(next) = self.next() {
            sleep_until(next).await;
        }
    }

    fn next(&self) -> Option<Instant> {
        self.last.map(|last| last + BETWEEN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_million_changes_in_a_second_make_thirty_frames() {
        let mut frames = Frames::default();
        let start = Instant::now();
        let mut drawn = 0;
        for nanos in (0..1_000_000_000).step_by(500) {
            let now = start + Duration::from_nanos(nanos);
            frames.want();
            if frames.may_draw(now, false) {
                frames.drawn(now);
                drawn += 1;
            }
        }
        assert!((29..=31).contains(&drawn), "{drawn} frames");
    }

    #[test]
    fn a_flood_of_keys_makes_no_more_frames_than_a_load() {
        let mut frames = Frames::default();
        let start = Instant::now();
        let mut drawn = 0;
        for millis in 0..1000 {
            let now = start + Duration::from_millis(millis);
            frames.want_at_once();
            if frames.may_draw(now, true) {
                frames.drawn(now);
                drawn += 1;
            }
        }
        assert!((29..=31).contains(&drawn), "{drawn} frames");
    }

    #[test]
    fn the_first_change_after_a_rest_is_drawn_at_once() {
        let mut frames = Frames::default();
        let start = Instant::now();
        frames.want();
        frames.drawn(start);
        assert!(!frames.may_draw(start + BETWEEN, false), "nothing changed");
        frames.want();
        assert!(!frames.may_draw(start, false) && frames.may_draw(start + BETWEEN, false));
    }

    #[test]
    fn a_key_does_not_wait_for_the_frames_of_a_load() {
        let mut frames = Frames::default();
        let start = Instant::now();
        frames.want();
        frames.drawn(start);
        frames.want();
        assert!(!frames.may_draw(start, false));
        frames.want_at_once();
        assert!(frames.may_draw(start, false));
        frames.drawn(start);
        frames.want();
        assert!(!frames.may_draw(start, false), "what comes after the key waits again");
    }
}
