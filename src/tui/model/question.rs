//! The question before a command, by what could be lost: a yes, the name typed again, or a code of the second factor.

use super::command::{Command, Entry};
use super::message::{Effect, Failure, Query, RequestId};
use super::widgets::confirm::{Answer, Confirm, Proof};
use super::{App, Popup};
use jiff::Timestamp;

const UNSAVED: &str = "Leave without saving? What you typed is lost.";

/// What has to happen before a command is carried out.
#[derive(Debug, Clone, Copy)]
pub enum Risk {
    /// Nothing.
    None,
    /// The person says yes to this question.
    Confirm(&'static str),
    /// The person says yes to this question where a load is running, and to another where typed text would be lost.
    Leaving(&'static str),
    /// The person says yes where typed text would be lost.
    Unsaved,
    /// The person says yes to a question that names what was chosen; nothing is asked or done where nothing is.
    About(fn(&App) -> Option<String>),
    /// The person types the name of what is lost; nothing is asked or done where there is nothing to lose.
    Retype(fn(&App) -> Option<Stake>),
    /// The same, and then a code of the second factor, for who has one.
    RetypeAndCode(fn(&App) -> Option<Stake>),
    /// The person gives a code of the second factor, after reading this.
    SecondFactor(&'static str),
}

/// What a command would take away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stake {
    /// What a yes will do, with the name and what goes with it.
    pub question: String,
    /// The name to be typed as it stands.
    pub name: String,
}

/// A question that is open.
#[derive(Debug)]
pub struct Question {
    /// What is asked, and what was answered so far.
    pub confirm: Confirm,
    /// The command a yes gives.
    pub command: Command,
    /// Why it is asked.
    pub risk: Risk,
    /// The check of the code under way.
    pub checking: Option<RequestId>,
}

/// What stands before a command.
enum Gate {
    Open,
    Shut,
    Ask(Confirm),
}

impl Question {
    /// Whether something is typed to answer it.
    pub fn is_for_text(&self) -> bool {
        *self.confirm.proof() != Proof::Yes
    }
}

impl App {
    /// Carries out the command of an allowed row, after the question its risk calls for.
    pub(super) fn ask_first(&mut self, entry: &'static Entry, now: Timestamp) -> Vec<Effect> {
        match self.gate(entry.risk) {
            Gate::Shut => self.notice = Some(Failure::new("There is nothing chosen to do that with.")),
            Gate::Ask(confirm) if !self.is_asking(entry.command) => {
                let question = Question { confirm, command: entry.command, risk: entry.risk, checking: None };
                self.popup = Some(Popup::Question(question));
            }
            Gate::Ask(_) | Gate::Open => return self.obey(entry.command, now),
        }
        Vec::new()
    }

    fn gate(&self, risk: Risk) -> Gate {
        let yes = |question: &str| Gate::Ask(Confirm::new(question, Proof::Yes));
        match risk {
            Risk::Confirm(question) => yes(question),
            Risk::Leaving(question) if let Some(running) = self.load.running() => {
                yes(&format!("{question} {}", running.kept()))
            }
            Risk::Leaving(_) if self.load.has_unsaved_text() => yes(UNSAVED),
            Risk::Leaving(_) | Risk::Unsaved if self.has_unsaved_text() => yes(UNSAVED),
            Risk::None | Risk::Leaving(_) | Risk::Unsaved => Gate::Open,
            Risk::About(question) => question(self).map_or(Gate::Shut, |question| yes(&question)),
            Risk::Retype(stake) | Risk::RetypeAndCode(stake) => match stake(self) {
                Some(Stake { question, name }) => Gate::Ask(Confirm::new(&question, Proof::Name(name))),
                None => Gate::Shut,
            },
            Risk::SecondFactor(question) => Gate::Ask(Confirm::new(question, Proof::Code)),
        }
    }

    /// Whether that very question is open: asking for the command again is a yes (a second Ctrl-C means it), unless more
    /// than a yes is asked for.
    fn is_asking(&self, command: Command) -> bool {
        matches!(&self.popup, Some(Popup::Question(asked)) if asked.command == command && !asked.is_for_text())
    }

    /// The person says yes.
    pub(super) fn say_yes(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(Popup::Question(question)) = &mut self.popup else {
            return Vec::new();
        };
        let owes_a_code = matches!(question.risk, Risk::RetypeAndCode(_))
            && *question.confirm.proof() != Proof::Code
            && self.database.has_second_factor;
        match question.confirm.answer() {
            Answer::NotYet => Vec::new(),
            Answer::Yes if owes_a_code => {
                // The question stays as it was put: what is meant is compared with it at the end.
                question.confirm = Confirm::new(question.confirm.question(), Proof::Code);
                Vec::new()
            }
            Answer::Yes => self.go_ahead(now),
            Answer::YesWith(code) => {
                self.last_id += 1;
                let id = RequestId(self.last_id);
                question.checking = Some(id);
                vec![Effect::Query(id, Query::SecondFactor(code))]
            }
        }
    }

    fn go_ahead(&mut self, now: Timestamp) -> Vec<Effect> {
        match self.popup.take() {
            Some(Popup::Question(question)) if self.is_still_meant(&question) => {
                self.obey(question.command, now)
            }
            Some(Popup::Question(_)) => {
                let failure = "The list has changed since the question. Nothing was done: choose again.";
                self.notice = Some(Failure::new(failure));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the question would be put in the same words now: rows that came in under it may have moved the choice to
    /// somebody else.
    fn is_still_meant(&self, question: &Question) -> bool {
        let asks = |words: Option<String>| words.is_some_and(|words| words == question.confirm.question());
        match question.risk {
            Risk::About(words) => asks(words(self)),
            Risk::Retype(stake) | Risk::RetypeAndCode(stake) => asks(stake(self).map(|stake| stake.question)),
            _ => true,
        }
    }

    /// The code that was checked is right: what was asked about is done.
    pub(super) fn code_was_right(&mut self, id: RequestId, now: Timestamp) -> Vec<Effect> {
        match &self.popup {
            Some(Popup::Question(question)) if question.checking == Some(id) => {
                let mut effects = self.go_ahead(now);
                effects.extend(self.replay(now));
                effects
            }
            _ => Vec::new(),
        }
    }

    /// The code was not right, or could not be checked: another one can be typed.
    pub(super) fn code_was_refused(&mut self, id: RequestId, failure: &Failure) {
        if let Some(Popup::Question(question)) = &mut self.popup
            && question.checking.take_if(|checking| *checking == id).is_some()
        {
            question.confirm.refuse(failure.clone());
        }
    }
}
