//! Long work as the shell sees it: how far it is, and Ctrl-C to stop it.

use super::failure::Failure;
use super::output;
use std::io::{IsTerminal, stderr};
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How often the line with the progress may change.
const PACE: Duration = Duration::from_millis(200);

/// Does the work; where a person watches, a line tells how far it is. Ctrl-C, SIGTERM and a hang-up stop it in order.
///
/// Answers what came of it, and the last that it told.
pub(super) async fn watched<T, P: Clone + Default + Send + Sync>(
    line: impl Fn(&P) -> String,
    work: impl AsyncFnOnce(&watch::Sender<P>, &CancellationToken) -> Result<T, Failure>,
) -> Result<(T, P), Failure> {
    let (progress, mut watching) = watch::channel(P::default());
    let cancel = CancellationToken::new();
    let shown = stderr().is_terminal();
    let told = progress.subscribe();
    let done = {
        let mut working = std::pin::pin!(work(&progress, &cancel));
        let mut stopping = std::pin::pin!(stop_asked_for());
        let mut pace = tokio::time::interval(PACE);
        loop {
            tokio::select! {
                // In this order, so that signals are listened for before the work begins.
                biased;
                () = &mut stopping, if !cancel.is_cancelled() => cancel.cancel(),
                done = &mut working => break done,
                _ = pace.tick(), if shown => {
                    if watching.has_changed().unwrap_or(false) {
                        output::progress(&line(&watching.borrow_and_update()));
                    }
                }
            }
        }
    };
    if shown {
        output::progress("");
    }
    let last = told.borrow().clone();
    Ok((done?, last))
}

/// Comes back when somebody wants the program to end.
async fn stop_asked_for() {
    let asked = |kind| async move {
        match signal(kind) {
            Ok(mut asked) => drop(asked.recv().await),
            Err(cause) => {
                tracing::warn!(%cause, "a signal can not be listened for");
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        () = asked(SignalKind::interrupt()) => {}
        () = asked(SignalKind::terminate()) => {}
        () = asked(SignalKind::hangup()) => {}
    }
}
