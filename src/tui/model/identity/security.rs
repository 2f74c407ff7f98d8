//! One's own security: the second factor, its backup codes, the password, and where one is signed in.

use super::ask::{Ask, Known, OwnSession, Proof, Rules, Told};
use super::backup_list::BackupList;
use super::code_step::{code_line, code_of};
use super::enrolment::Enrolment;
use super::new_password::{NewPassword, typed};
use crate::tui::model::command::{Command, Place};
use crate::tui::model::fresh::Fresh;
use crate::tui::model::key::Key;
use crate::tui::model::message::{Failure, RequestId};
use crate::tui::model::widgets::form::{Form, Line, Outcome};
use jiff::Timestamp;
use secrecy::SecretString;

/// What a password, and a code, are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the command of its name")]
pub enum Wanted {
    ShowSecret,
    SetUp,
    NewBackupCodes,
    SwitchOff,
}

impl Wanted {
    /// Whether it takes a code beside the password.
    fn takes_a_code(self) -> bool {
        matches!(self, Wanted::NewBackupCodes | Wanted::SwitchOff)
    }
}

/// What is being done.
#[derive(Debug)]
pub enum Task {
    /// Password, or password and code, are typed.
    Prove(Wanted, Form),
    /// A secret is on the screen.
    Secret(Enrolment),
    /// New backup codes are on the screen.
    Codes(BackupList),
    /// Another password is chosen.
    Password(NewPassword),
}

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Security {
    /// What is known.
    pub known: Fresh<Known>,
    /// What is being done.
    pub task: Option<Task>,
    /// The question under way about that.
    pub checking: Option<RequestId>,
    /// Why it did not work.
    pub message: Option<Failure>,
    cursor: usize,
}

/// What a command of the screen leads to.
#[derive(Debug)]
pub(in crate::tui::model) enum Led {
    /// A question, whose answer belongs to what is being done.
    Ask(Ask),
    /// What is known should be asked for again.
    Refresh,
    /// Something secret that was on the screen is not needed any more.
    Closed,
    /// Nothing more.
    Nowhere,
}

impl Security {
    /// The session that has the cursor.
    pub fn session(&self) -> Option<&OwnSession> {
        self.known.value()?.sessions.get(self.cursor())
    }

    /// Which of the sessions has the cursor, from 0.
    pub fn cursor(&self) -> usize {
        let last = self.known.value().map_or(0, |known| known.sessions.len().saturating_sub(1));
        self.cursor.min(last)
    }

    /// Takes the cursor to a session.
    pub(in crate::tui::model) fn go_to(&mut self, session: usize) {
        self.cursor = session;
    }

    /// Whether the command would do something as things are.
    pub fn has_use_for(&self, command: Command) -> bool {
        let known = self.known.value();
        let is_on = known.is_some_and(|known| known.is_on);
        match command {
            Command::ShowSecret | Command::NewBackupCodes => is_on,
            Command::SetUpSecondFactor => known.is_some_and(|known| !known.is_on),
            Command::SwitchOffSecondFactor => known.is_some_and(|known| known.is_on && !known.is_mandatory),
            Command::EndSession => self.session().is_some(),
            _ => true,
        }
    }

    /// Where commands can be given.
    pub(in crate::tui::model) fn places(&self) -> &'static [Place] {
        match &self.task {
            None => &[Place::Security, Place::Rows],
            Some(Task::Codes(list)) if list.file.is_none() => &[Place::BackupCodes],
            Some(_) => &[Place::Step],
        }
    }

    /// The form with the focus.
    pub(in crate::tui::model) fn form(&self) -> Option<&Form> {
        match self.task.as_ref()? {
            Task::Prove(_, form) => Some(form),
            Task::Secret(enrolment) => Some(&enrolment.form),
            Task::Codes(list) => list.file.as_ref(),
            Task::Password(password) => Some(&password.form),
        }
    }

    /// Whether keys are text now.
    pub fn is_for_text(&self) -> bool {
        match &self.task {
            None => false,
            Some(Task::Prove(..) | Task::Password(_)) => true,
            Some(Task::Secret(enrolment)) => enrolment.takes_a_code(),
            Some(Task::Codes(list)) => list.file.is_some(),
        }
    }

    pub(in crate::tui::model) fn type_key(&mut self, key: Key) {
        self.message = None;
        match &mut self.task {
            None => {}
            Some(Task::Prove(_, form)) => form.type_key(key),
            Some(Task::Secret(enrolment)) => enrolment.form.type_key(key),
            Some(Task::Codes(list)) => list.file.iter_mut().for_each(|form| form.type_key(key)),
            Some(Task::Password(password)) => password.type_key(key),
        }
    }

    pub(in crate::tui::model) fn paste(&mut self, text: &str) {
        self.message = None;
        match &mut self.task {
            None => {}
            Some(Task::Prove(_, form)) => form.paste(text),
            Some(Task::Secret(enrolment)) => enrolment.form.paste(text),
            Some(Task::Codes(list)) => list.file.iter_mut().for_each(|form| form.paste(text)),
            Some(Task::Password(password)) => password.paste(text),
        }
    }

    /// Takes the focus to a line of what is being typed.
    pub(in crate::tui::model) fn go_to_line(&mut self, line: usize) {
        match &mut self.task {
            Some(Task::Prove(_, form)) => form.go_to(line),
            Some(Task::Password(password)) => password.form.go_to(line),
            _ => {}
        }
    }

    /// Carries out a command.
    pub(in crate::tui::model) fn command(&mut self, command: Command, rules: Rules) -> Led {
        if self.task.is_some() {
            return self.go_on(command);
        }
        match command {
            Command::ShowSecret => self.prove(Wanted::ShowSecret),
            Command::SetUpSecondFactor => self.prove(Wanted::SetUp),
            Command::NewBackupCodes => self.prove(Wanted::NewBackupCodes),
            Command::SwitchOffSecondFactor => self.prove(Wanted::SwitchOff),
            Command::ChangePassword => self.open(Task::Password(NewPassword::of_old(rules))),
            Command::EndSession => {
                return self.session().map_or(Led::Nowhere, |session| Led::Ask(Ask::EndSession(session.id)));
            }
            Command::Refresh => return Led::Refresh,
            Command::Up => self.cursor = self.cursor().saturating_sub(1),
            Command::Down => self.cursor = self.cursor() + 1,
            Command::First => self.cursor = 0,
            Command::Last => self.cursor = usize::MAX,
            _ => {}
        }
        self.cursor = self.cursor();
        Led::Nowhere
    }

    fn prove(&mut self, wanted: Wanted) {
        let code = wanted.takes_a_code().then(code_line);
        let lines = [Line::secret("Password", typed)].into_iter().chain(code);
        self.open(Task::Prove(wanted, Form::new(lines.collect())));
    }

    fn open(&mut self, task: Task) {
        self.message = None;
        self.task = Some(task);
    }

    fn go_on(&mut self, command: Command) -> Led {
        let asked = match &mut self.task {
            None => None,
            Some(Task::Prove(wanted, form)) => match form.command(command) {
                Outcome::Submit => Some(asked_with(*wanted, form)),
                _ => None,
            },
            Some(Task::Secret(enrolment)) if enrolment.takes_a_code() => enrolment.command(command),
            Some(Task::Secret(_)) if command == Command::Accept => return self.close(),
            Some(Task::Secret(_)) => None,
            Some(Task::Codes(list)) => match command {
                Command::SaveCodes => {
                    list.name_a_file();
                    None
                }
                Command::GoOn => return self.close(),
                other => list.command(other),
            },
            Some(Task::Password(password)) => password.command(command),
        };
        self.message = None;
        asked.map_or(Led::Nowhere, Led::Ask)
    }

    fn close(&mut self) -> Led {
        self.task = None;
        self.message = None;
        self.checking = None;
        Led::Closed
    }

    /// Esc: closes what is being done; `None` where nothing is. Codes stay until somebody says that they are kept.
    pub(in crate::tui::model) fn step_back(&mut self) -> Option<Led> {
        match &mut self.task {
            None => None,
            Some(Task::Codes(list)) => {
                list.file = None;
                self.message = None;
                Some(Led::Nowhere)
            }
            Some(_) => Some(self.close()),
        }
    }

    /// Takes an answer to what is being done; tells what was done, and whether what is known is out of date.
    pub(in crate::tui::model) fn told(&mut self, told: Told) -> Option<&'static str> {
        self.checking = None;
        match (told, &mut self.task) {
            (Told::Secret(secret), Some(Task::Prove(Wanted::ShowSecret, _))) => {
                self.task = Some(Task::Secret(Enrolment::shown_again(&secret)));
            }
            (Told::Secret(secret), _) => self.task = Some(Task::Secret(Enrolment::new(&secret))),
            (Told::BackupCodes(codes), _) => self.task = Some(Task::Codes(BackupList::new(codes))),
            (Told::Saved(file), Some(Task::Codes(list))) => list.saved(file),
            (Told::Done, task) => {
                let done = match task {
                    Some(Task::Prove(..)) => "The second factor is off.",
                    Some(Task::Password(_)) => "The password is changed, and your other sessions are ended.",
                    _ => "The session is ended.",
                };
                self.task = None;
                return Some(done);
            }
            _ => {}
        }
        None
    }

    /// What was asked was refused, and may be tried again.
    pub(in crate::tui::model) fn refused(&mut self, why: Failure) {
        self.checking = None;
        self.message = Some(why);
        match &mut self.task {
            Some(Task::Prove(_, form)) => form.begin_again(),
            Some(Task::Secret(enrolment)) => enrolment.form.begin_again(),
            Some(Task::Password(password)) => password.refused(),
            Some(Task::Codes(_)) | None => {}
        }
    }

    /// Takes what is known.
    pub(in crate::tui::model) fn learn(&mut self, id: RequestId, known: Known, now: Timestamp) {
        self.known.fill(id, known, now);
    }
}

fn asked_with(wanted: Wanted, form: &Form) -> Ask {
    let password = SecretString::from(form.value(0));
    let proof = |password| Proof { password, code: code_of(form, 1) };
    match wanted {
        Wanted::ShowSecret => Ask::ShowSecret(password),
        Wanted::SetUp => Ask::SetUp(password),
        Wanted::NewBackupCodes => Ask::NewBackupCodes(proof(password)),
        Wanted::SwitchOff => Ask::SwitchOff(proof(password)),
    }
}
