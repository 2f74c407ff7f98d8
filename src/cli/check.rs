//! `storekeeper check`: whether the chain agrees with itself.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::{opening, output, watching};
use crate::domain::check::{Check, Checked};
use crate::service::authorized::ManageDatabase;
use crate::service::check::check;
use crate::settings::Settings;
use std::fmt::Write as _;

#[derive(Debug, clap::Args)]
pub(super) struct CheckCommand {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl CheckCommand {
    /// Exit code 1 where something is amiss.
    pub(super) async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        let (all, _) = opening::with_session(settings, person, async |db, session| {
            let by = session.require(ManageDatabase)?;
            watching::watched(line, async |progress, cancel| {
                let mut all = Vec::new();
                for one in Check::EACH {
                    progress.send_replace(Some(one));
                    let checked = check(&by, db, one, cancel).await?;
                    if cancel.is_cancelled() {
                        return Err(Failure::new(Exit::Failed, "Stopped. The checks change nothing."));
                    }
                    // Each as soon as it is known: over millions of rows they take their time.
                    if !self.json {
                        output::print(&told(&checked))?;
                    }
                    all.push(checked);
                }
                Ok(all)
            })
            .await
        })
        .await?;
        if self.json {
            output::print_json(&all)?;
        }
        Ok(if all.iter().all(Checked::is_well) { Exit::Done } else { Exit::Failed })
    }
}

fn line(at: &Option<Check>) -> String {
    at.map_or_else(String::new, |check| format!("· checking: {check} · Ctrl-C stops"))
}

fn told(checked: &Checked) -> String {
    let mut text = format!("{:<5} {}\n", if checked.is_well() { "ok" } else { "amiss" }, checked.check);
    for amiss in &checked.amiss {
        let _ = match &amiss.detail {
            Some(detail) => writeln!(text, "      {}: {detail}", amiss.what),
            None => writeln!(text, "      {}: {} rows", amiss.what, amiss.count),
        };
    }
    text
}
