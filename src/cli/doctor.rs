//! `storekeeper doctor`: what is well, what is not, and what to do about it.

use super::failure::{Exit, Failure};
use super::output;
use crate::service::doctor::{self, Environment, Finding, Group, Patient, Report, Status};
use crate::settings::{Places, Settings};
use jiff::Timestamp;
use serde::Serialize;
use std::env;

/// The widest check is named in so many columns.
const CHECK_WIDTH: usize = 19;

#[derive(Debug, clap::Args)]
pub(super) struct Doctor {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What is printed as JSON.
#[derive(Debug, Serialize)]
struct Told<'a> {
    status: Status,
    findings: &'a [Finding],
}

impl Doctor {
    /// Looks at everything; settings that can not be read are one more thing that is not well.
    pub(super) async fn run(
        self,
        settings: Result<&Settings, String>,
        places: Places,
    ) -> Result<Exit, Failure> {
        let patient = Patient { settings, places, environment: environment(), now: Timestamp::now };
        let report = doctor::examine(&patient).await;
        if self.json {
            output::print_json(&Told { status: report.worst(), findings: &report.findings })?;
        } else {
            output::print(&in_words(&report))?;
        }
        Ok(match (report.has_database, report.worst()) {
            (false, _) => Exit::NoDatabase,
            (true, Status::Fail) => Exit::Failed,
            (true, Status::Pass | Status::Warn) => Exit::Done,
        })
    }
}

fn environment() -> Environment {
    let word = |name| env::var(name).unwrap_or_default();
    Environment {
        term: word("TERM"),
        colorterm: word("COLORTERM"),
        no_color: env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
        tmux: env::var_os("TMUX").is_some(),
    }
}

fn in_words(report: &Report) -> String {
    let mut text = String::new();
    for group in Group::EACH {
        text.push_str(&format!("{group}\n"));
        for finding in report.findings.iter().filter(|finding| finding.group == group) {
            text.push_str(&line(finding));
        }
        text.push('\n');
    }
    text + &summary(&report.findings)
}

fn line(finding: &Finding) -> String {
    let mut text = format!("  {}  {:CHECK_WIDTH$}  {}\n", finding.status, finding.check, finding.found);
    if let Some(next) = &finding.next {
        let indent = CHECK_WIDTH + "  pass    ".len();
        text.push_str(&format!("{:indent$}{next}\n", ""));
    }
    text
}

fn summary(findings: &[Finding]) -> String {
    let count = |status| findings.iter().filter(|finding| finding.status == status).count();
    format!("{} pass, {} warn, {} fail\n", count(Status::Pass), count(Status::Warn), count(Status::Fail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_has_its_status_as_a_word_and_below_it_what_to_do() {
        let finding = |check, status, next: Option<&str>| Finding {
            group: Group::Database,
            check,
            status,
            found: "so it is".to_owned(),
            next: next.map(str::to_owned),
        };
        let report = Report {
            has_database: true,
            findings: vec![
                finding("reachable", Status::Pass, None),
                finding("synchronized output", Status::Warn, Some("Do this.")),
            ],
        };
        let expected = "terminal\n\ndatabase\n  pass  reachable            so it is\n  \
            warn  synchronized output  so it is\n                             Do this.\n\nfiles\n\n1 pass, 1 warn, 0 fail\n";
        assert_eq!(in_words(&report), expected);
    }
}
