//! A load as the shell sees it: how far it is, Ctrl-C to stop it, and its receipt in words.

use super::failure::Failure;
use super::output;
use crate::domain::Receipt;
use crate::domain::receipt::Outcome;
use crate::etl::{Phase, Progress};
use std::io::{IsTerminal, stderr};
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How often the line with the progress may change.
const PACE: Duration = Duration::from_millis(200);

/// Runs a load; where a person watches, tells how far it is. Ctrl-C, SIGTERM and a hang-up stop it in order, with
/// nothing written.
///
/// Answers what the load has to say besides its receipt.
pub(super) async fn watched(
    load: impl AsyncFnOnce(&watch::Sender<Progress>, &CancellationToken) -> Result<Receipt, Failure>,
) -> Result<(Receipt, Vec<String>), Failure> {
    let (progress, mut watching) = watch::channel(Progress::default());
    let cancel = CancellationToken::new();
    let shown = stderr().is_terminal();
    let told = progress.subscribe();
    let done = {
        let mut loading = std::pin::pin!(load(&progress, &cancel));
        let mut stopping = std::pin::pin!(stop_asked_for());
        let mut pace = tokio::time::interval(PACE);
        loop {
            tokio::select! {
                done = &mut loading => break done,
                () = &mut stopping, if !cancel.is_cancelled() => cancel.cancel(),
                _ = pace.tick(), if shown => {
                    if watching.has_changed().unwrap_or(false) {
                        eprint!("\r\x1b[K{}", line(&watching.borrow_and_update()));
                    }
                }
            }
        }
    };
    if shown {
        eprint!("\r\x1b[K");
    }
    let said = told.borrow();
    let lines = said.notes.iter().chain(&said.rejects).cloned().collect();
    Ok((done?, lines))
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

fn line(progress: &Progress) -> String {
    let doing = match progress.phase {
        Phase::Waiting => "waiting for another load to end",
        Phase::Reading => "reading",
        Phase::Checking => "checking",
        Phase::Comparing => "comparing",
        Phase::Merging => "writing",
        Phase::Done(_) => "done",
    };
    let table = progress.table.map(|table| format!(" {table}")).unwrap_or_default();
    let part = match progress.position {
        Some((at, end)) if end > 0 && progress.phase == Phase::Reading => format!(", {} %", at * 100 / end),
        _ => String::new(),
    };
    let rejected =
        if progress.rejected > 0 { format!(", {} rejected", progress.rejected) } else { String::new() };
    format!("· {doing}{table}{part}, {} rows read{rejected} · Ctrl-C stops", progress.read)
}

/// The receipt as a table, and what it means.
pub(super) fn in_words(receipt: &Receipt) -> String {
    let rows: Vec<Vec<String>> = receipt
        .tables
        .iter()
        .map(|table| {
            let counts = [table.read, table.inserted, table.updated, table.unchanged, table.rejected];
            [table.table.name().to_owned()].into_iter().chain(counts.map(|count| count.to_string())).collect()
        })
        .collect();
    let header = ["table", "read", "inserted", "updated", "unchanged", "rejected"];
    let table = output::columns(&header, &rows, &[1, 2, 3, 4, 5]);
    let meaning = match receipt.status {
        Outcome::Committed => "Everything accepted is in the chain.",
        Outcome::DryRun => "A dry run: nothing was written.",
        Outcome::NothingToDo => "Nothing to do: every row was there already.",
        Outcome::Rejected => "Rows were rejected, so nothing was written.",
        Outcome::Cancelled => "Stopped: nothing was written.",
        Outcome::Failed => "It could not be done: nothing was written.",
    };
    let rejects = receipt
        .rejects_file
        .as_ref()
        .map(|file| {
            format!("The rejected rows are in {}; correct them there and load that file.\n", file.display())
        })
        .unwrap_or_default();
    format!(
        "{table}\n{meaning}\n{rejects}Run {}: {} rows in {:.2} s, {} rows/s.\n",
        receipt.run_id,
        receipt.read(),
        receipt.seconds,
        receipt.rows_per_second
    )
}
