//! Reading the terminal, on a thread of its own that sleeps in the kernel until something comes.

use super::decode::{Decoder, Heard};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::io;
use std::thread;
use tokio::sync::mpsc;

/// What waits for the loop at the most: more than a long paste without marks.
const AHEAD: usize = 4096;
/// How long the rest of a key may take: a lone Esc is a key when nothing follows it.
const REST_OF_A_KEY: Timespec = Timespec { tv_sec: 0, tv_nsec: 25_000_000 };
/// How long a paste may pause. Without its end mark all that is typed after it would count as pasted for ever.
const REST_OF_A_PASTE: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };

/// Reads what the terminal tells until it is gone, which closes the channel.
///
/// # Errors
/// Where no thread can be started.
pub(super) fn listen() -> io::Result<mpsc::Receiver<Heard>> {
    let (tell, heard) = mpsc::channel(AHEAD);
    thread::Builder::new().name("terminal".to_owned()).spawn(move || read_on(&tell))?;
    Ok(heard)
}

fn read_on(tell: &mpsc::Sender<Heard>) {
    let input = io::stdin();
    let mut decoder = Decoder::default();
    let mut buffer = vec![0; 16 * 1024];
    let mut heard = Vec::new();
    loop {
        let patience = match (decoder.is_pasting(), decoder.is_midway()) {
            (true, _) => Some(&REST_OF_A_PASTE),
            (false, true) => Some(&REST_OF_A_KEY),
            (false, false) => None,
        };
        match poll(&mut [PollFd::new(&input, PollFlags::IN)], patience) {
            Ok(0) => decoder.give_up(&mut heard),
            Ok(_) => match rustix::io::read(&input, &mut buffer) {
                Ok(count @ 1..) => decoder.take(buffer.get(..count).unwrap_or_default(), &mut heard),
                Err(Errno::INTR | Errno::AGAIN) => {}
                // Nothing more will come: the terminal hung up.
                Ok(0) | Err(_) => return,
            },
            Err(Errno::INTR) => {}
            Err(_) => return,
        }
        for what in heard.drain(..) {
            if tell.blocking_send(what).is_err() {
                return;
            }
        }
    }
}
