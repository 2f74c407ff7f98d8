//! The screen that loads data.

use super::command::Command;
use super::field::Field;
use super::message::{Effect, Failure, JobEvent, JobId, LoadJob, Query, RequestId};
use super::progress::LoadProgress;
use crate::domain::Receipt;
use jiff::Timestamp;

/// Which field of the form has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the fields there are")]
pub enum Focus {
    #[default]
    Path,
    DryRun,
    Start,
}

impl Focus {
    fn next(self) -> Focus {
        match self {
            Focus::Path => Focus::DryRun,
            Focus::DryRun => Focus::Start,
            Focus::Start => Focus::Path,
        }
    }

    fn previous(self) -> Focus {
        self.next().next()
    }
}

/// A load under way.
#[derive(Debug)]
pub struct Running {
    /// Which job it is.
    pub id: JobId,
    /// What was asked for.
    pub job: LoadJob,
    /// When it began.
    pub since: Timestamp,
    /// When it last told of itself.
    pub at: Timestamp,
    /// What it last told.
    pub progress: LoadProgress,
    /// Whether it was told to stop.
    pub stopping: bool,
}

/// What the screen shows below the form's place.
#[derive(Debug, Default)]
pub enum Stage {
    /// The form.
    #[default]
    Form,
    /// A load.
    Running(Running),
    /// How the last one ended, and how far its receipt is scrolled.
    Done(LoadJob, Result<Receipt, Failure>, u16),
}

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Load {
    /// The file or folder being typed.
    pub path: Field,
    /// Only tell what would happen.
    pub dry_run: bool,
    /// Which field has the focus.
    pub focus: Focus,
    /// Names that could complete the path.
    pub completions: Vec<String>,
    /// What is missing.
    pub message: Option<Failure>,
    /// What it is at.
    pub stage: Stage,
    completing: Option<RequestId>,
}

impl Load {
    /// The load under way.
    pub fn running(&self) -> Option<&Running> {
        match &self.stage {
            Stage::Running(running) => Some(running),
            Stage::Form | Stage::Done(..) => None,
        }
    }

    /// Types into the path.
    pub fn type_text(&mut self, text: &str) {
        self.path.insert(text);
        self.path_changed();
    }

    /// The path is another now: what would have completed the old one is of no use.
    pub fn path_changed(&mut self) {
        self.completions.clear();
        self.completing = None;
        self.message = None;
    }

    /// Carries out what a key of this screen asks for.
    pub fn command(&mut self, command: Command, mut id: impl FnMut() -> u64, now: Timestamp) -> Vec<Effect> {
        match (&mut self.stage, command) {
            (Stage::Form, Command::Accept) => return self.start(JobId(id()), now),
            (Stage::Form, Command::Complete) => return self.complete(RequestId(id())),
            (Stage::Form, Command::NextField) => self.focus = self.focus.next(),
            (Stage::Form, Command::PreviousField) => self.focus = self.focus.previous(),
            (Stage::Form, Command::Toggle) if self.focus == Focus::DryRun => self.dry_run = !self.dry_run,
            (Stage::Running(running), Command::CancelLoad) if !running.stopping => {
                running.stopping = true;
                return vec![Effect::Cancel(running.id)];
            }
            (Stage::Done(..), Command::Accept) => self.stage = Stage::Form,
            (Stage::Done(_, _, scroll), Command::Up) => *scroll = scroll.saturating_sub(1),
            (Stage::Done(_, Ok(receipt), scroll), Command::Down) => {
                *scroll = (*scroll + 1).min(
                    receipt
                        .tables
                        .len()
                        .saturating_sub(1)
                        .try_into()
                        .unwrap_or(u16::MAX),
                );
            }
            _ => {}
        }
        Vec::new()
    }

    /// Takes news of a job. Tells whether it changed what is in the chain.
    pub fn job(&mut self, id: JobId, event: JobEvent, now: Timestamp) -> bool {
        let Stage::Running(running) = &mut self.stage else {
            return false;
        };
        if running.id != id {
            return false;
        }
        match event {
            JobEvent::Progress(progress) => {
                running.progress = progress;
                running.at = now;
                false
            }
            JobEvent::Finished(result) => {
                let changed =
                    !running.job.dry_run && result.as_ref().is_ok_and(|receipt| receipt.changed() > 0);
                self.stage = Stage::Done(running.job.clone(), result, 0);
                changed
            }
        }
    }

    /// Takes the names that could complete the path.
    pub fn complete_with(&mut self, id: RequestId, names: Vec<String>) {
        if self.completing != Some(id) {
            return;
        }
        self.completing = None;
        let common = common_beginning(&names);
        if common.len() > self.path.text().len() {
            self.path.set(&common);
            self.completions = if names.len() > 1 { names } else { Vec::new() };
        } else if names.is_empty() || names == [self.path.text()] {
            self.focus = self.focus.next();
        } else {
            self.completions = names;
        }
    }

    fn complete(&mut self, id: RequestId) -> Vec<Effect> {
        if self.focus != Focus::Path || self.path.is_empty() {
            self.focus = self.focus.next();
            return Vec::new();
        }
        self.completing = Some(id);
        vec![Effect::Query(id, Query::Complete(self.path.text().to_owned()))]
    }

    fn start(&mut self, id: JobId, now: Timestamp) -> Vec<Effect> {
        let path = unquoted(self.path.text());
        if path.is_empty() {
            self.focus = Focus::Path;
            self.message = Some(Failure::new(
                "Type or paste the path of a CSV file, or of a folder of them.",
            ));
            return Vec::new();
        }
        let job = LoadJob {
            path: path.to_owned(),
            dry_run: self.dry_run,
        };
        self.completions.clear();
        self.message = None;
        self.stage = Stage::Running(Running {
            id,
            job: job.clone(),
            since: now,
            at: now,
            progress: LoadProgress {
                phase: "starting".to_owned(),
                ..LoadProgress::default()
            },
            stopping: false,
        });
        vec![Effect::Start(id, job)]
    }
}

/// The path without the quotes that a file manager puts around what it copies.
fn unquoted(path: &str) -> &str {
    let path = path.trim();
    let inside = |quote| path.strip_prefix(quote)?.strip_suffix(quote);
    inside('\'').or_else(|| inside('"')).unwrap_or(path)
}

fn common_beginning(names: &[String]) -> String {
    let Some((first, others)) = names.split_first() else {
        return String::new();
    };
    let mut common = first.as_str();
    for other in others {
        let same = common
            .chars()
            .zip(other.chars())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        common = common.get(..same).unwrap_or_default();
    }
    common.to_owned()
}
