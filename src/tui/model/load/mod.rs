//! The screen that loads data, step by step: files or a server with its tables, columns, preview, the load itself, its
//! receipt, its rejects.
//!
//! What comes after [`choose`] and [`server`] hangs on neither: a [`LoadJob`] and the heads of what is loaded are all the
//! steps know.

mod act;
pub mod ask;
pub mod choices;
pub mod choose;
pub mod columns;
pub mod done;
pub mod folder;
pub mod job;
mod mending;
pub mod preview;
pub mod rejects;
mod reply;
pub mod running;
pub mod server;
pub mod table;

use super::command::{Command, Place};
use super::key::Key;
use super::message::{Effect, Failure, JobEvent, JobId, Query, RequestId};
use ask::Question;
use choose::{Choose, Focus};
use columns::Columns;
use done::Done;
use jiff::Timestamp;
use job::LoadJob;
use preview::Preview;
use rejects::Rejects;
use running::Running;
use server::Server;
use server::endpoints::Endpoints;

/// What the screen shows.
#[derive(Debug, Default)]
pub enum Stage {
    /// The choice of files.
    #[default]
    Form,
    /// The server that is to be loaded from.
    Server,
    /// What it has.
    Endpoints,
    /// What the columns of the files are for.
    Columns,
    /// A load, or the dry run for a preview.
    Running(Box<Running>),
    /// What a load would change.
    Preview(Box<Preview>),
    /// How the last one ended.
    Done(Box<Done>),
    /// The rows that it rejected.
    Rejects(Box<Rejects>),
}

/// What the screen waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// What the beginnings of files tell.
    Look,
    /// A first word with a server.
    Test,
    /// What a server has.
    Discover,
    /// That a server is written into the configuration.
    Saving,
    /// The rows that a run rejected, to be corrected.
    Rejects,
    /// The same, to be shown in a preview.
    PreviewRejects,
    /// That a mapping is opened or saved.
    Mapping,
    /// That a row is added.
    Adding,
}

impl Waiting {
    /// What is going on, in words.
    pub fn words(self) -> &'static str {
        match self {
            Waiting::Look => "Looking at what is to be loaded…",
            Waiting::Test => "Asking the server…",
            Waiting::Discover => "Looking what the server has…",
            Waiting::Saving => "Writing the configuration…",
            Waiting::Rejects | Waiting::PreviewRejects => "Reading the rejected rows…",
            Waiting::Mapping => "One moment…",
            Waiting::Adding => "Adding the row…",
        }
    }
}

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Load {
    /// The choice of files.
    pub choose: Choose,
    /// The choice of a server, and of what it has.
    pub server: Server,
    /// What their columns are for.
    pub columns: Columns,
    /// What it is at.
    pub stage: Stage,
    /// What is missing, or did not work.
    pub message: Option<Failure>,
    /// What it waits for.
    pub waiting: Option<(RequestId, Waiting)>,
    /// Whether motion is reduced: progress is shown anew once a second at the most.
    pub still: bool,
}

/// A question as an effect.
pub(super) fn ask(id: RequestId, question: Question) -> Effect {
    Effect::Query(id, Query::Load(question))
}

/// The next number of a question.
pub(super) fn next(last: &mut u64) -> RequestId {
    *last += 1;
    RequestId(*last)
}

impl Load {
    /// The choice of files, with nothing typed; `still` where motion is reduced.
    pub fn new(still: bool) -> Load {
        Load { still, ..Load::default() }
    }

    /// The load under way.
    pub fn running(&self) -> Option<&Running> {
        match &self.stage {
            Stage::Running(running) => Some(running),
            _ => None,
        }
    }

    /// Where commands can be given, the most particular place first.
    pub fn places(&self) -> Vec<Place> {
        match &self.stage {
            Stage::Form if self.choose.focus == Focus::Path => vec![Place::LoadForm],
            Stage::Form => vec![Place::LoadChoices],
            Stage::Server if self.server.form.is_typing() => vec![Place::LoadServer],
            Stage::Server => vec![Place::LoadServerChoices],
            Stage::Endpoints => self.server.found.places(),
            Stage::Columns => self.columns.places(),
            Stage::Running(_) => vec![Place::LoadRunning],
            Stage::Preview(preview) => preview.table().places_with(Place::LoadPreview),
            Stage::Done(_) => vec![Place::LoadDone, Place::Rows],
            Stage::Rejects(rejects) => rejects.places(),
        }
    }

    /// Whether a key with a character is text now, and no command.
    pub fn is_typing(&self) -> bool {
        self.places().first().is_some_and(|place| place.is_for_text())
    }

    /// Whether what the keys are for is on its way.
    pub fn is_waiting(&self) -> bool {
        let is_choosing = match &self.stage {
            Stage::Columns => self.columns.dialog.as_ref().is_some_and(|dialog| dialog.is_waiting()),
            _ => false,
        };
        // The rejects of a preview come to what is there already.
        let is_asked = self.waiting.is_some_and(|(_, what)| what != Waiting::PreviewRejects);
        is_asked || is_choosing
    }

    /// Whether a row is to be added, whose number is on its way. What is typed into its other cells needs no number.
    pub(super) fn lacks_a_number(&self) -> bool {
        matches!(&self.stage, Stage::Rejects(rejects) if rejects.is_waiting())
    }

    /// Whether going back a step would lose what somebody typed.
    pub fn has_unsaved_text(&self) -> bool {
        match &self.stage {
            Stage::Rejects(rejects) => rejects.has_unsaved_text(),
            Stage::Endpoints => {
                let form = self.server.found.dialog.as_ref().and_then(|dialog| dialog.form());
                form.is_some_and(|form| form.is_changed())
            }
            _ => false,
        }
    }

    /// Whether a command means anything for what is loaded.
    pub(in crate::tui::model) fn has_use_for(&self, place: Place, command: Command) -> bool {
        use Command::{NextHeader, NextQuote, NextSeparator, PickEncoding, PickTable, ReadAll};
        match (place, command) {
            (Place::LoadColumns, PickTable | PickEncoding | NextSeparator | NextQuote | NextHeader) => {
                !self.server.is_origin
            }
            (Place::LoadPreview | Place::LoadDone, ReadAll) => self.done().is_some_and(Done::is_of_news),
            _ => true,
        }
    }

    /// Back to the first step.
    pub(super) fn open_first(&mut self, last: &mut u64) -> Vec<Effect> {
        if self.server.is_origin {
            self.stage = Stage::Server;
            return vec![ask(next(last), Question::Sources)];
        }
        self.stage = Stage::Form;
        self.open(last)
    }

    /// The load is left: what it took of a server is not needed any more.
    pub(super) fn begin_anew(&mut self, last: &mut u64) -> Vec<Effect> {
        self.server.form.begin_anew();
        self.server.found = Endpoints::default();
        self.open_first(last)
    }

    /// Asks what is in the folder of the path, when the screen is opened.
    pub(super) fn open(&mut self, last: &mut u64) -> Vec<Effect> {
        if !matches!(self.stage, Stage::Form) {
            return Vec::new();
        }
        let id = next(last);
        let folder = self.choose.folder.ask(self.choose.path.text(), id);
        vec![ask(id, Question::Folder(folder))]
    }

    /// The path is another now.
    fn follow(&mut self, last: &mut u64) -> Vec<Effect> {
        self.message = None;
        let id = next(last);
        let folder = self.choose.folder.follow(self.choose.path.text(), id);
        folder.map(|folder| ask(id, Question::Folder(folder))).into_iter().collect()
    }

    /// Does what `key` means where text is typed.
    pub(super) fn type_key(&mut self, key: Key, last: &mut u64) -> Vec<Effect> {
        match &mut self.stage {
            Stage::Form => {
                if self.choose.type_key(key) {
                    return self.follow(last);
                }
            }
            Stage::Server => self.server.form.type_key(key),
            Stage::Endpoints => {
                if let Some(dialog) = &mut self.server.found.dialog {
                    dialog.type_key(key);
                }
            }
            Stage::Columns => {
                if let Some(dialog) = &mut self.columns.dialog {
                    dialog.type_key(key);
                }
            }
            Stage::Preview(preview) => preview.table_mut().type_key(key),
            Stage::Rejects(rejects) => rejects.type_key(key),
            Stage::Running(_) | Stage::Done(_) => {}
        }
        Vec::new()
    }

    /// Pastes where text is typed.
    pub(super) fn paste(&mut self, text: &str, last: &mut u64) -> Vec<Effect> {
        match &mut self.stage {
            Stage::Form => {
                self.choose.path.insert(text);
                return self.follow(last);
            }
            Stage::Server => self.server.form.paste(text),
            Stage::Endpoints => {
                if let Some(dialog) = &mut self.server.found.dialog {
                    dialog.paste(text);
                }
            }
            Stage::Columns => {
                if let Some(dialog) = &mut self.columns.dialog {
                    dialog.paste(text);
                }
            }
            Stage::Preview(preview) => preview.table_mut().paste(text),
            Stage::Rejects(rejects) => rejects.paste(text),
            Stage::Running(_) | Stage::Done(_) => {}
        }
        Vec::new()
    }

    /// Begins a load.
    pub(super) fn begin(&mut self, job: LoadJob, last: &mut u64, now: Timestamp) -> Vec<Effect> {
        self.message = None;
        self.waiting = None;
        let id = JobId(next(last).0);
        self.stage = Stage::Running(Box::new(Running::new(id, job.clone(), now)));
        vec![Effect::Start(id, Box::new(job))]
    }

    /// Takes news of a job. Tells how it ended, if it did.
    pub(super) fn job(&mut self, id: JobId, event: JobEvent, now: Timestamp) -> Option<&Done> {
        let Stage::Running(running) = &mut self.stage else {
            return None;
        };
        if running.id != id {
            return None;
        }
        match event {
            JobEvent::Progress(progress) => {
                running.note(progress, now, self.still);
                None
            }
            JobEvent::Read(read, said) => {
                (running.read, running.said) = (read, said);
                None
            }
            JobEvent::Finished(result) => {
                let (read, mut said) = (std::mem::take(&mut running.read), running.last_said());
                said.notes.splice(0..0, std::mem::take(&mut running.said));
                let done = Done { read, ..Done::new(std::mem::take(&mut running.job), result, said) };
                self.stage = if done.job.dry_run && done.result.is_ok() && !done.was_stopped() {
                    Stage::Preview(Box::new(Preview::new(done)))
                } else {
                    Stage::Done(Box::new(done))
                };
                self.done()
            }
        }
    }

    /// The end that is shown.
    pub fn done(&self) -> Option<&Done> {
        match &self.stage {
            Stage::Done(done) => Some(done),
            Stage::Preview(preview) => Some(&preview.done),
            Stage::Rejects(rejects) => Some(&rejects.from),
            Stage::Form | Stage::Server | Stage::Endpoints | Stage::Columns | Stage::Running(_) => None,
        }
    }

    /// The table that is shown, for the room it has.
    pub(super) fn resize(&mut self, height: u16) {
        match &mut self.stage {
            Stage::Preview(preview) => preview.table_mut().table.resize(height),
            Stage::Rejects(rejects) if rejects.dialog.is_none() => rejects.table.table.resize(height),
            _ => {}
        }
    }
}
