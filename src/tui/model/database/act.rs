//! What the screen of the database does, and what it makes of news.

use super::Working;
use super::ask::{DatabaseJob, DatabaseNews};
use crate::domain::Table;
use crate::tui::model::command::Command;
use crate::tui::model::message::{Effect, Failure, JobId};
use crate::tui::model::scroll::scrolled;
use crate::tui::model::{App, Screen};
use jiff::Timestamp;

impl App {
    pub(in crate::tui::model) fn open_database(&mut self) -> Vec<Effect> {
        self.screen = Screen::Database;
        if self.database.working.is_some() { Vec::new() } else { self.work_on_database(DatabaseJob::Look) }
    }

    /// Carries out a command of the screen.
    pub(in crate::tui::model) fn on_database(&mut self, command: Command) -> Vec<Effect> {
        let job = match command {
            Command::Refresh => DatabaseJob::Look,
            Command::CheckChain => DatabaseJob::Check,
            Command::Migrate => DatabaseJob::Migrate,
            Command::MakeDemo => DatabaseJob::MakeDemo,
            Command::ClearDemo => DatabaseJob::ClearDemo,
            Command::StopWork => return self.stop_work(),
            other => {
                self.database.scroll = scrolled(self.database.scroll, other, &self.hits);
                return Vec::new();
            }
        };
        self.work_on_database(job)
    }

    fn work_on_database(&mut self, job: DatabaseJob) -> Vec<Effect> {
        // A look gives way to what somebody wants done.
        let look = self.database.working.take_if(|working| working.job == DatabaseJob::Look);
        if let Some(working) = &self.database.working {
            let words = format!("One thing at a time: {}. Wait for its end, or stop it.", working.in_words());
            self.notice = Some(Failure::new(&words));
            return Vec::new();
        }
        let id = JobId(self.next_id());
        let database = &mut self.database;
        database.working = Some(Working { id, job, at: String::new(), stopping: false });
        database.failure = None;
        if job == DatabaseJob::Check {
            database.checked.clear();
            // What they find stands at the end.
            database.scroll = u16::MAX;
        }
        let given_up = look.map(|look| Effect::Cancel(look.id));
        given_up.into_iter().chain([Effect::Database(id, job)]).collect()
    }

    fn stop_work(&mut self) -> Vec<Effect> {
        let Some(working) = &mut self.database.working else { return Vec::new() };
        working.stopping = true;
        vec![Effect::Cancel(working.id)]
    }

    /// Takes news of work on the database.
    pub(in crate::tui::model) fn database_told(
        &mut self,
        id: JobId,
        news: DatabaseNews,
        now: Timestamp,
    ) -> Vec<Effect> {
        let is_elsewhere = self.screen != Screen::Database;
        let Some(working) = self.database.working.as_mut().filter(|working| working.id == id) else {
            return Vec::new();
        };
        match news {
            DatabaseNews::Looked(look, has_second_factor) => {
                self.database.look = Some((look, now));
                self.database.has_second_factor = has_second_factor;
                self.database.counts.clear();
            }
            DatabaseNews::Counted(table, rows) => {
                self.database.counts.insert(table, rows);
            }
            DatabaseNews::Checking(check) => {
                working.at = check.to_string();
                self.database.checking = Some(check);
            }
            DatabaseNews::Checked(checked) => self.database.checked.push(checked),
            DatabaseNews::At(words) => working.at = words,
            DatabaseNews::Ended(result) => {
                let job = working.job;
                (self.database.working, self.database.checking) = (None, None);
                return self.database_ended(job, result, is_elsewhere);
            }
        }
        Vec::new()
    }

    fn database_ended(
        &mut self,
        job: DatabaseJob,
        result: Result<String, Failure>,
        is_elsewhere: bool,
    ) -> Vec<Effect> {
        match result {
            Ok(words) if !words.is_empty() => self.told = Some(words),
            Ok(_) => {}
            Err(failure) if is_elsewhere => self.notice = Some(failure),
            Err(failure) => self.database.failure = Some(failure),
        }
        // What was changed is looked at again; a stopped making may have changed something as well.
        match job {
            DatabaseJob::Check if self.database.counts.len() == Table::EACH.len() => Vec::new(),
            DatabaseJob::Look => Vec::new(),
            DatabaseJob::Check | DatabaseJob::Migrate => self.work_on_database_again(),
            DatabaseJob::MakeDemo | DatabaseJob::ClearDemo => {
                let mut effects = self.work_on_database_again();
                effects.extend(self.refresh_dashboard());
                effects
            }
        }
    }

    fn work_on_database_again(&mut self) -> Vec<Effect> {
        let failure = self.database.failure.take();
        let effects = self.work_on_database(DatabaseJob::Look);
        self.database.failure = failure;
        effects
    }
}
