//! What the screen makes of answers.

use super::ask::{Answer, Question};
use super::columns::Dialog;
use super::done::Done;
use super::rejects::{Dialog as OfRejects, Rejects};
use super::{Load, Stage, Waiting, ask, next};
use crate::etl::Rejected;
use crate::tui::model::message::{Effect, Failure, RequestId};

/// What came of an answer, for the program around the screen.
#[derive(Debug, Default)]
pub(in crate::tui::model) struct Took {
    /// What is to be done next.
    pub(in crate::tui::model) effects: Vec<Effect>,
    /// What the person is told.
    pub(in crate::tui::model) told: Option<String>,
    /// Whether the chain is another now.
    pub(in crate::tui::model) changed: bool,
}

impl Load {
    /// After a job has ended: the rejected rows of a preview are asked for.
    pub(in crate::tui::model) fn ask_for_rejects_of_preview(&mut self, last: &mut u64) -> Vec<Effect> {
        let Stage::Preview(preview) = &self.stage else {
            return Vec::new();
        };
        let Some(place) = preview.done.rejects() else {
            return Vec::new();
        };
        let mapping = Box::new(preview.done.job.mapping.clone());
        let id = next(last);
        self.waiting = Some((id, Waiting::PreviewRejects));
        vec![ask(id, Question::Rejects(place, mapping))]
    }

    /// What a question was about, if it is still open.
    fn awaited(&mut self, id: RequestId) -> Option<Waiting> {
        self.waiting.take_if(|(asked, _)| *asked == id).map(|(_, what)| what)
    }

    /// Takes in an answer.
    pub(in crate::tui::model) fn reply(&mut self, id: RequestId, answer: Answer, last: &mut u64) -> Took {
        let mut took = Took::default();
        match answer {
            Answer::Folder(listing) => {
                self.choose.folder.take(id, Ok(listing), self.choose.path.text());
            }
            Answer::Looked(files) if self.awaited(id).is_some() => {
                self.columns.take(files);
                self.stage = Stage::Columns;
            }
            Answer::Sources(sources) => self.server.form.take(sources),
            Answer::Tested(tested) if self.awaited(id).is_some() => self.server_tested(*tested),
            Answer::Discovered(found) if self.awaited(id).is_some() => self.server_found(*found),
            Answer::SourceSaved { name, place } if self.awaited(id).is_some() => {
                took.told = Some(format!("Saved as {name} in {place}, without a secret."));
                took.effects = vec![ask(next(last), Question::Sources)];
            }
            Answer::SourceText { text, place, why } if self.awaited(id).is_some() => {
                self.source_text(text, &place, &why);
            }
            Answer::Mappings(names) => {
                if let Some(Dialog::Open(_, asked)) = &self.columns.dialog
                    && *asked == Some(id)
                {
                    if names.is_empty() {
                        self.columns.dialog = None;
                        self.message = Some(Failure::new("No mapping was saved yet."));
                    } else {
                        self.columns.dialog = Some(Dialog::open(names, None));
                    }
                }
            }
            Answer::Mapping(name, mapping) if self.awaited(id).is_some() => {
                took.told = Some(format!("The mapping {name} is used now."));
                self.columns.said.columns.clear();
                self.columns.said.opened = Some((name, *mapping));
                took.effects = self.look_again(last);
            }
            Answer::MappingSaved(place) if self.awaited(id).is_some() => {
                took.told = Some(format!("Saved: {place}"));
            }
            Answer::Rejects(rejected) => match self.awaited(id) {
                Some(Waiting::PreviewRejects) => {
                    if let Stage::Preview(preview) = &mut self.stage {
                        preview.take(&rejected);
                    }
                }
                Some(_) => self.open_rejects(*rejected),
                None => {}
            },
            Answer::NextNumber(number) => {
                if let Stage::Rejects(rejects) = &mut self.stage {
                    rejects.take_number(id, number);
                }
            }
            Answer::Added(run) if self.awaited(id).is_some() => {
                if let Stage::Rejects(rejects) = &mut self.stage {
                    rejects.parent_is_there();
                }
                took.told = Some(format!("Added, as run {run}: it can be undone like any load."));
                took.changed = true;
            }
            Answer::Refused(why) if self.awaited(id).is_some() => {
                if let Stage::Rejects(rejects) = &mut self.stage
                    && let Some(OfRejects::Parent(parent)) = &mut rejects.dialog
                {
                    parent.refused = Some(why);
                }
            }
            _ => {}
        }
        took
    }

    pub(super) fn open_rejects(&mut self, rejected: Rejected) {
        let from: Option<Done> = match std::mem::take(&mut self.stage) {
            Stage::Done(done) => Some(*done),
            Stage::Preview(preview) => Some(preview.done),
            other => {
                self.stage = other;
                None
            }
        };
        if let Some(from) = from {
            self.stage = Stage::Rejects(Box::new(Rejects::new(from, rejected)));
        }
    }

    /// Takes in that a question could not be answered.
    pub(in crate::tui::model) fn fail(&mut self, id: RequestId, failure: &Failure) {
        if self.choose.folder.take(id, Err(failure.clone()), self.choose.path.text()) {
            return;
        }
        if let Some(Dialog::Open(_, asked)) = &self.columns.dialog
            && *asked == Some(id)
        {
            self.columns.dialog = None;
            self.message = Some(failure.clone());
        }
        if let Stage::Rejects(rejects) = &mut self.stage {
            rejects.take_number(id, None);
        }
        if let Some(waiting) = self.awaited(id) {
            self.give_up_asking(waiting);
            self.message = Some(failure.clone());
        }
    }
}
