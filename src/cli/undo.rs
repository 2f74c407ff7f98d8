//! `storekeeper undo`: taking a load back.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::{opening, output};
use crate::domain::RunId;
use crate::domain::receipt::{Outcome, Undone};
use crate::etl::UndoError;
use crate::service::authorized::ImportData;
use crate::service::history;
use crate::settings::Settings;
use tokio_util::sync::CancellationToken;

#[derive(Debug, clap::Args)]
pub(super) struct Undo {
    /// The number of the load, as `storekeeper runs` shows it
    run: u64,
    /// Say what would be put back, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Undo {
    pub(super) async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        let (run, dry_run) = (RunId(self.run), self.dry_run);
        let undone = opening::with_session(settings, person, async |db, session| {
            let by = session.require(ImportData)?;
            Ok(history::undo(&by, db, run, dry_run, &CancellationToken::new()).await?)
        })
        .await?;
        if self.json {
            output::print_json(&undone)?
        } else {
            output::print(&in_words(&undone))?
        };
        Ok(if undone.left > 0 { Exit::Rejected } else { Exit::Done })
    }
}

fn in_words(undone: &Undone) -> String {
    let receipt = &undone.receipt;
    let rows: Vec<Vec<String>> = receipt
        .tables
        .iter()
        .map(|table| {
            let counts = [table.deleted, table.updated, table.inserted];
            [table.table.name().to_owned()].into_iter().chain(counts.map(|count| count.to_string())).collect()
        })
        .collect();
    let table = output::columns(&["table", "removed", "put back", "brought back"], &rows, &[1, 2, 3]);
    let meaning = match receipt.status {
        Outcome::DryRun => format!("A dry run: this is what undoing run {} would do.", undone.undone),
        Outcome::NothingToDo => "There is nothing left of it to undo.".to_owned(),
        _ => format!("Run {} is undone, as run {}.", undone.undone, receipt.run_id),
    };
    let mut text = format!("{table}\n{meaning}\n");
    if undone.left > 0 {
        text += &format!("\n{} rows stay as they are:\n", undone.left);
        for row in &undone.left_rows {
            text += &format!("  {} {}: {}\n", row.table, row.key, row.why);
        }
    }
    text
}

impl From<UndoError> for Failure {
    fn from(error: UndoError) -> Failure {
        match error {
            UndoError::Unknown(_)
            | UndoError::Idle(..)
            | UndoError::Already(..)
            | UndoError::IsUndoing(_) => Failure::usage(error),
            UndoError::Misfit(..) | UndoError::Load(_) => Failure::of(error),
        }
    }
}
