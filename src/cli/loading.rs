//! A load as the shell sees it: how far it is, and its receipt in words.

use super::failure::Failure;
use super::{output, preview, watching};
use crate::domain::Receipt;
use crate::domain::receipt::Outcome;
use crate::etl::{Phase, Progress};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Runs a load; where a person watches, tells how far it is.
///
/// Answers what the load has to say besides its receipt.
pub(super) async fn watched(
    load: impl AsyncFnOnce(&watch::Sender<Progress>, &CancellationToken) -> Result<Receipt, Failure>,
) -> Result<(Receipt, Vec<String>), Failure> {
    let (receipt, said) = watching::watched(line, load).await?;
    Ok((receipt, said.notes.into_iter().chain(said.rejects).collect()))
}

pub(super) fn line(progress: &Progress) -> String {
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
            let counts =
                [table.read, table.inserted, table.updated, table.unchanged, table.rejected, table.deleted];
            [table.table.name().to_owned()].into_iter().chain(counts.map(|count| count.to_string())).collect()
        })
        .collect();
    let header = ["table", "read", "inserted", "updated", "unchanged", "rejected", "removed"];
    let table = output::columns(&header, &rows, &[1, 2, 3, 4, 5, 6]);
    let meaning = meaning(receipt);
    let changes = preview::in_words(receipt);
    let rejects = receipt
        .rejects_file
        .as_ref()
        .map(|file| {
            let file = file.display();
            format!("The rejected rows are in {file}; correct them there and load that file.\n")
        })
        .unwrap_or_default();
    format!(
        "{table}\n{meaning}\n{changes}{rejects}Run {}: {} rows in {:.2} s, {} rows/s.\n",
        receipt.run_id,
        receipt.read(),
        receipt.seconds,
        receipt.rows_per_second
    )
}

/// What its end means for the chain.
fn meaning(receipt: &Receipt) -> String {
    let removed = |words: &str| match receipt.removed() {
        0 => String::new(),
        1 => format!(" 1 row {}", words.replace("were", "was")),
        rows => format!(" {rows} rows {words}"),
    };
    match (receipt.status, receipt.stored_before()) {
        (Outcome::Committed, _) => {
            format!("Everything accepted is in the chain.{}", removed("were removed."))
        }
        (Outcome::DryRun, _) => {
            format!("A dry run: nothing was written.{}", removed("would be removed."))
        }
        (Outcome::NothingToDo, _) => "Nothing to do: every row was there already.".to_owned(),
        (Outcome::Rejected, None) => "Rows were rejected, so nothing was written.".to_owned(),
        (Outcome::Cancelled, None) => "Stopped: nothing was written.".to_owned(),
        (Outcome::Failed, None) => "It could not be done: nothing was written.".to_owned(),
        (Outcome::Rejected, Some(stored)) => {
            format!("Rows were rejected, so their chunk was not written. {stored}")
        }
        (Outcome::Cancelled, Some(stored)) => format!("Stopped: the chunk at hand was not written. {stored}"),
        (Outcome::Failed, Some(stored)) => {
            format!("It could not be done: the chunk at hand was not written. {stored}")
        }
    }
}
