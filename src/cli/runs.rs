//! `storekeeper runs`: the history of loads.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::{opening, output};
use crate::domain::RunId;
use crate::domain::history::{PastReceipt, PastRun, RowCounts};
use crate::service::authorized::ViewLogs;
use crate::service::runs;
use crate::settings::Settings;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Runs {
    #[command(subcommand)]
    one: Option<One>,
    /// How many, the newest first
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u32,
    /// Only those before this run
    #[arg(long, value_name = "RUN")]
    before: Option<u64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum One {
    /// Show the receipt of one run again
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
        let said = opening::with_session(settings, person, async |db, session| {
            let by = session.require(ViewLogs)?;
            match self.one {
                Some(One::Show { run, json }) => {
                    let receipt = runs::receipt(&by, db, RunId(run)).await?.ok_or_else(|| unknown(run))?;
                    if json { output::json(&receipt) } else { Ok(in_words(&receipt)) }
                }
                None => {
                    let page = runs::page(&by, db, self.before.map(RunId), self.limit).await?;
                    if self.json { output::json(&page) } else { Ok(list(&page)) }
                }
            }
        })
        .await?;
        output::print(&said)
    }
}

fn unknown(run: u64) -> Failure {
    Failure::usage(format!("There is no run {run}. `storekeeper runs` lists them."))
}

const COUNTS: [&str; 5] = ["read", "inserted", "updated", "unchanged", "rejected"];

fn counts(rows: RowCounts) -> [String; 5] {
    [rows.read, rows.inserted, rows.updated, rows.unchanged, rows.rejected].map(|count| count.to_string())
}

fn seconds(run: &PastRun) -> String {
    run.seconds.map_or_else(|| "-".to_owned(), |seconds| format!("{seconds:.2}"))
}

fn list(page: &[PastRun]) -> String {
    let row = |run: &PastRun| {
        let start = [run.run_id.to_string(), moment(run.started_at), run.actor.clone(), run.status.clone()];
        start.into_iter().chain(counts(run.rows)).chain([seconds(run), run.source.clone()]).collect()
    };
    let header: Vec<&str> =
        ["run", "began (UTC)", "who", "ended"].into_iter().chain(COUNTS).chain(["seconds", "what"]).collect();
    let rows: Vec<Vec<String>> = page.iter().map(row).collect();
    output::columns(&header, &rows, &[0, 4, 5, 6, 7, 8, 9])
}

fn in_words(receipt: &PastReceipt) -> String {
    let run = &receipt.run;
    let row = |file: &crate::domain::history::PastFile| {
        let hash = file.sha256.clone().unwrap_or_else(|| "-".to_owned());
        let start = [file.table.clone()].into_iter().chain(counts(file.rows));
        start.chain([file.file.clone(), hash]).collect::<Vec<String>>()
    };
    let header: Vec<&str> = ["table"].into_iter().chain(COUNTS).chain(["file", "SHA-256"]).collect();
    let rows: Vec<Vec<String>> = receipt.files.iter().map(row).collect();
    let rejects = receipt.rejects_file.iter().map(|file| format!("Rejected rows: {file}\n"));
    let message = receipt.message.iter().map(|message| format!("{message}\n"));
    format!(
        "Run {}, {}: {} by {}, began {} UTC, {} s\nSource: {}\n{}\n{}",
        run.run_id,
        run.mode,
        run.status,
        run.actor,
        moment(run.started_at),
        seconds(run),
        run.source,
        rejects.chain(message).collect::<String>(),
        output::columns(&header, &rows, &[1, 2, 3, 4, 5]),
    )
}

fn moment(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
