//! Noticing that the terminal is gone, apart from reading it: crossterm 0.29 can spin in its poll from then on.

use rustix::event::{PollFd, PollFlags, poll};
use std::io;
use std::thread;
use tokio::sync::oneshot;

/// Waits for the hang-up of standard input.
pub(super) struct Hangup {
    news: oneshot::Receiver<()>,
}

/// Starts watching. The thread sleeps in the kernel until the terminal is gone, or the program is.
pub(super) fn watch() -> io::Result<Hangup> {
    let (tell, news) = oneshot::channel();
    thread::Builder::new().name("hang-up".to_owned()).spawn(move || {
        let input = io::stdin();
        loop {
            // No event is asked for: the kernel reports POLLHUP and POLLERR all the same, and nothing else.
            let mut watched = [PollFd::new(&input, PollFlags::empty())];
            match poll(&mut watched, None) {
                Err(rustix::io::Errno::INTR) => {}
                _ => break,
            }
        }
        // Nobody listens any more where the program ends anyway.
        let _ = tell.send(());
    })?;
    Ok(Hangup { news })
}

impl Hangup {
    /// Comes back when the terminal is gone.
    pub(super) async fn gone(&mut self) {
        // The sender is dropped without a word only where its thread was killed, which ends the program as well.
        let _ = (&mut self.news).await;
    }
}
