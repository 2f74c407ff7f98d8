//! How long something takes, of several tries.

use std::time::{Duration, Instant};

/// The middle of several tries; one before them warms the server up.
pub async fn middle(tries: usize, ask: impl AsyncFn()) -> Duration {
    ask().await;
    let mut taken = Vec::with_capacity(tries);
    for _ in 0..tries {
        let begun = Instant::now();
        ask().await;
        taken.push(begun.elapsed());
    }
    taken.sort();
    taken[tries / 2]
}

pub fn millis(taken: Duration) -> f64 {
    taken.as_secs_f64() * 1e3
}
