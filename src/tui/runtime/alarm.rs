//! Wakes the loop at a time of day, and at no other: a program that waits for nothing has no timer at all.

use jiff::Timestamp;
use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
};
use std::io;
use std::os::fd::OwnedFd;
use tokio::io::unix::AsyncFd;

/// A timer on the clock of the day, which goes on while the machine sleeps: a session whose end passed meanwhile ends when
/// the machine wakes (timerfd_create(2), CLOCK_REALTIME; tokio's own timers stand still).
pub(super) struct Alarm {
    timer: AsyncFd<OwnedFd>,
    set: Option<Timestamp>,
}

impl Alarm {
    /// An alarm that is not set.
    ///
    /// # Errors
    /// Where the system has no timer to give.
    pub(super) fn new() -> io::Result<Alarm> {
        let flags = TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC;
        #[allow(
            deprecated,
            reason = "an OwnedFd stays what it is for as long as it is there; the way that replaces this is unsafe"
        )]
        let timer = AsyncFd::new(timerfd_create(TimerfdClockId::Realtime, flags)?)?;
        Ok(Alarm { timer, set: None })
    }

    /// Sets it to that time, or to none.
    ///
    /// # Errors
    /// Where the system refuses.
    pub(super) fn set(&mut self, at: Option<Timestamp>) -> io::Result<()> {
        if self.set == at {
            return Ok(());
        }
        self.set = at;
        // All zero disarms it; a time that has passed goes off at once.
        let value = at.map_or(Timespec { tv_sec: 0, tv_nsec: 0 }, |at| Timespec {
            tv_sec: at.as_second(),
            tv_nsec: at.subsec_nanosecond().into(),
        });
        let once = Itimerspec { it_interval: Timespec { tv_sec: 0, tv_nsec: 0 }, it_value: value };
        timerfd_settime(self.timer.get_ref(), TimerfdTimerFlags::ABSTIME, &once)?;
        Ok(())
    }

    /// Comes back when it goes off, which unsets it.
    pub(super) async fn due(&mut self) {
        loop {
            let Ok(mut ready) = self.timer.readable().await else {
                return std::future::pending().await;
            };
            let mut times = [0; 8];
            let read = ready.try_io(|timer| Ok(rustix::io::read(timer.get_ref(), &mut times)?));
            if matches!(read, Ok(Ok(_))) {
                self.set = None;
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    #[tokio::test]
    async fn it_goes_off_at_a_time_that_comes_or_has_passed_and_not_unless_it_is_set() {
        let mut alarm = Alarm::new().unwrap();
        for from_now in [SignedDuration::from_millis(30), SignedDuration::from_secs(-3600)] {
            let at = Timestamp::now() + from_now;
            alarm.set(Some(at)).unwrap();
            alarm.due().await;
            assert!(Timestamp::now() >= at);
        }
        alarm.set(Some(Timestamp::now() + SignedDuration::from_hours(1))).unwrap();
        alarm.set(None).unwrap();
        tokio::select! {
            () = alarm.due() => panic!("nobody set it"),
            () = tokio::time::sleep(std::time::Duration::from_millis(50)) => {}
        }
    }
}
