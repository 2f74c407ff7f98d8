//! When to draw: when something changed, and at most about thirty times a second.

use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// The least time between two frames.
const BETWEEN: Duration = Duration::from_millis(33);

/// Whether a frame is wanted, and when the last one was.
#[derive(Debug, Default)]
pub(super) struct Frames {
    wanted: bool,
    last: Option<Instant>,
}

impl Frames {
    /// Something changed.
    pub(super) fn want(&mut self) {
        self.wanted = true;
    }

    /// Whether something changed since the last frame.
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// Whether a frame is wanted and the last one is long enough ago.
    pub(super) fn may_draw(&self, now: Instant) -> bool {
        self.wanted && self.next().is_none_or(|next| next <= now)
    }

    /// A frame was drawn.
    pub(super) fn drawn(&mut self, now: Instant) {
        self.wanted = false;
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
    fn a_storm_of_changes_makes_thirty_frames_a_second() {
        let mut frames = Frames::default();
        let start = Instant::now();
        let mut drawn = 0;
        for millis in 0..1000 {
            let now = start + Duration::from_millis(millis);
            frames.want();
            if frames.may_draw(now) {
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
        assert!(!frames.may_draw(start + BETWEEN), "nothing changed");
        frames.want();
        assert!(!frames.may_draw(start) && frames.may_draw(start + BETWEEN));
    }
}
