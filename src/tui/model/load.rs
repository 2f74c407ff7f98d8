//! The screen that loads data.

use super::command::Command;
use super::field::Field;
use super::message::{Effect, Failure, JobEvent, JobId, LoadJob, Query, RequestId};
use super::progress::{LoadProgress, RowsRead};
use crate::domain::{Receipt, clean};
use jiff::{SignedDuration, Timestamp};

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
    /// Rows read, table by table.
    pub rows: RowsRead,
    /// When it began the file it is at.
    pub file_since: Timestamp,
    /// Whether it was told to stop.
    pub stopping: bool,
    counted: RowsRead,
    /// News that came too soon after the last to be shown.
    held: Option<LoadProgress>,
}

/// How the last load ended.
#[derive(Debug)]
pub struct Done {
    /// What was asked for.
    pub job: LoadJob,
    /// What came of it.
    pub result: Result<Receipt, Failure>,
    /// The first rejected rows, and what else the person should know.
    pub remarks: Vec<String>,
    /// How far its receipt is scrolled.
    pub scroll: u16,
}

/// How long what is shown of a load stands still where motion is reduced.
const STILL: SignedDuration = SignedDuration::from_secs(1);

/// What the screen shows below the form's place.
#[derive(Debug, Default)]
pub enum Stage {
    /// The form.
    #[default]
    Form,
    /// A load.
    Running(Box<Running>),
    /// How the last one ended, and how far its receipt is scrolled.
    Done(Box<Done>),
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
    /// Whether motion is reduced: progress is shown anew once a second at the most.
    pub still: bool,
    completing: Option<RequestId>,
}

impl Running {
    /// Takes news; with `still` what is shown changes once a second at the most.
    fn note(&mut self, progress: LoadProgress, now: Timestamp, still: bool) {
        self.counted.note(&progress);
        if still && self.at != self.since && now.duration_since(self.at) < STILL {
            self.held = Some(progress);
            return;
        }
        if progress.file != self.progress.file {
            self.file_since = now;
        }
        self.rows = self.counted.clone();
        self.progress = progress;
        self.held = None;
        self.at = now;
    }
}

impl Load {
    /// The form, with nothing typed; `still` where motion is reduced.
    pub fn new(still: bool) -> Load {
        Load { still, ..Load::default() }
    }

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

    /// Whether names that could complete the path are on their way.
    pub fn is_completing(&self) -> bool {
        self.completing.is_some()
    }

    /// Forgets the names that could complete the path, here or on their way. Tells whether there were any.
    pub fn stop_completing(&mut self) -> bool {
        let was_asked = self.completing.take().is_some();
        let were_shown = !std::mem::take(&mut self.completions).is_empty();
        was_asked || were_shown
    }

    /// A field, counted from 0, was clicked: it has the focus, and a tick turns. Tells whether the load is to start.
    pub fn touch(&mut self, field: usize) -> bool {
        self.focus = match field {
            0 => Focus::Path,
            1 => Focus::DryRun,
            _ => Focus::Start,
        };
        self.dry_run ^= self.focus == Focus::DryRun;
        self.focus == Focus::Start
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
            (Stage::Done(_), Command::Accept) => self.stage = Stage::Form,
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
                running.note(progress, now, self.still);
                false
            }
            JobEvent::Finished(result) => {
                let changed =
                    !running.job.dry_run && result.as_ref().is_ok_and(|receipt| receipt.changed() > 0);
                let shown = std::mem::take(&mut running.progress);
                let said = running.held.take().unwrap_or(shown);
                let remarks =
                    said.rejects.into_iter().chain(said.notes).map(|remark| clean(&remark)).collect();
                self.stage =
                    Stage::Done(Box::new(Done { job: running.job.clone(), result, remarks, scroll: 0 }));
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
            self.message =
                Some(Failure::new("Type or paste the path of a CSV file, or of a folder of them."));
            return Vec::new();
        }
        let job = LoadJob { path: path.to_owned(), dry_run: self.dry_run };
        self.completions.clear();
        self.message = None;
        self.stage = Stage::Running(Box::new(Running {
            id,
            job: job.clone(),
            since: now,
            at: now,
            progress: LoadProgress { phase: "starting".to_owned(), ..LoadProgress::default() },
            rows: RowsRead::default(),
            file_since: now,
            stopping: false,
            counted: RowsRead::default(),
            held: None,
        }));
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
        let same =
            common.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        common = common.get(..same).unwrap_or_default();
    }
    common.to_owned()
}
