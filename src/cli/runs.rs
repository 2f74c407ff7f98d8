//! `storekeeper runs`: the history of loads.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::{opening, output};
use crate::domain::RunId;
use crate::domain::history::{PastRun, RunDetail};
use crate::service::authorized::ImportData;
use crate::service::history;
use crate::settings::Settings;
use clap::Subcommand;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Runs {
    #[command(subcommand)]
    one: Option<RunsCommand>,
    /// So many of the newest
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u64,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum RunsCommand {
    /// The receipt of one load, file by file
    Show {
        /// Its number
        run: u64,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

impl Runs {
    pub(super) async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        if let Some(RunsCommand::Show { run, json }) = self.one {
            return show(settings, person, RunId(run), json).await;
        }
        let runs = opening::with_session(settings, person, async |db, session| {
            let by = session.require(ImportData)?;
            Ok(history::runs(&by, db, self.limit).await?)
        })
        .await?;
        if self.json { output::print_json(&runs) } else { output::print(&listed(&runs)) }
    }
}

async fn show(settings: &Settings, person: &Person, run: RunId, json: bool) -> Result<Exit, Failure> {
    let found = opening::with_session(settings, person, async |db, session| {
        let by = session.require(ImportData)?;
        Ok(history::run(&by, db, run).await?)
    })
    .await?;
    let Some(found) = found else {
        return Err(Failure::usage(format!("There is no run {run}. `storekeeper runs` lists them.")));
    };
    if json { output::print_json(&found) } else { output::print(&in_words(&found)) }
}

fn ending(run: &PastRun) -> String {
    run.undone_by.map_or_else(|| run.status.clone(), |by| format!("undone by {by}"))
}

fn listed(runs: &[PastRun]) -> String {
    if runs.is_empty() {
        return "Nothing was loaded yet.\n".to_owned();
    }
    let header = [
        "run",
        "began (UTC)",
        "by",
        "mode",
        "ended",
        "read",
        "new",
        "changed",
        "removed",
        "rejected",
        "source",
    ];
    let rows: Vec<Vec<String>> = runs
        .iter()
        .map(|run| {
            let sums =
                [run.rows.read, run.rows.inserted, run.rows.updated, run.rows.deleted, run.rows.rejected];
            let began = run.started_at.replace('T', " ").replace('Z', "");
            let first = [run.run_id.to_string(), began, run.actor.clone(), run.mode.clone(), ending(run)];
            first.into_iter().chain(sums.map(|sum| sum.to_string())).chain([run.source.clone()]).collect()
        })
        .collect();
    output::columns(&header, &rows, &[0, 5, 6, 7, 8, 9])
}

fn in_words(detail: &RunDetail) -> String {
    let run = &detail.run;
    let header = ["table", "read", "inserted", "updated", "unchanged", "rejected", "removed", "file"];
    let rows: Vec<Vec<String>> = detail
        .tables
        .iter()
        .map(|file| {
            let counts = &file.receipt;
            let sums = [
                counts.read,
                counts.inserted,
                counts.updated,
                counts.unchanged,
                counts.rejected,
                counts.deleted,
            ];
            let first = [counts.table.name().to_owned()].into_iter();
            first.chain(sums.map(|sum| sum.to_string())).chain([counts.file.clone()]).collect()
        })
        .collect();
    let mut text =
        format!("Run {}, {} by {}: {}, {}\n", run.run_id, run.started_at, run.actor, run.mode, ending(run));
    text += &format!("{}\n", run.source);
    for note in [&run.message, &run.rejects_file].into_iter().flatten() {
        text += &format!("{note}\n");
    }
    text += &format!("\n{}", output::columns(&header, &rows, &[1, 2, 3, 4, 5, 6]));
    for file in &detail.tables {
        let how = file.written_how.as_deref().unwrap_or("no file");
        let hash = file.sha256.as_deref().unwrap_or("not read to its end");
        text += &format!("\n{}: {how}; SHA-256 {hash}", file.receipt.file);
    }
    text.push('\n');
    text
}
