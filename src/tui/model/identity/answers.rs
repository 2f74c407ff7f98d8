//! Where questions of identity come from in the program, and where their answers go.

use super::ask::{Ask, Rules, Told, Welcome};
use super::clock::Clock;
use super::lock::Lock;
use super::security::{Led, Security, Task};
use super::step::Step;
use crate::tui::model::command::{Command, Entry, Place};
use crate::tui::model::message::{Effect, Failure, Query, RequestId};
use crate::tui::model::{App, Screen, User};
use jiff::Timestamp;

/// Backup codes at which a person is told to make new ones.
const FEW: u8 = 2;

impl App {
    pub(in crate::tui::model) fn ask_identity(&mut self, ask: Ask) -> (RequestId, Effect) {
        let id = RequestId(self.next_id());
        (id, Effect::Query(id, Query::Identity(ask)))
    }

    /// Opens the screen, and asks for what it shows.
    pub(in crate::tui::model) fn open_security(&mut self) -> Vec<Effect> {
        self.screen = Screen::Security;
        if self.security.known.value().is_none() { self.refresh_security() } else { Vec::new() }
    }

    fn refresh_security(&mut self) -> Vec<Effect> {
        let (id, effect) = self.ask_identity(Ask::Security);
        self.security.known.ask(id);
        vec![effect]
    }

    pub(in crate::tui::model) fn on_security(&mut self, command: Command) -> Vec<Effect> {
        if command == Command::Copy {
            return self.copy_codes();
        }
        let rules = self.password_rules();
        let led = self.security.command(command, rules);
        self.follow(led)
    }

    pub(in crate::tui::model) fn step_back_from_security(&mut self) -> Vec<Effect> {
        match self.security.step_back() {
            Some(led) => self.follow(led),
            None => {
                self.screen = Screen::Dashboard;
                Vec::new()
            }
        }
    }

    fn follow(&mut self, led: Led) -> Vec<Effect> {
        match led {
            Led::Nowhere => Vec::new(),
            Led::Refresh => self.refresh_security(),
            Led::Ask(ask) => {
                let (id, effect) = self.ask_identity(ask);
                self.security.checking = Some(id);
                vec![effect]
            }
            Led::Closed => {
                let mut effects = vec![Effect::Forget];
                effects.extend(self.refresh_security());
                effects
            }
        }
    }

    /// Whether a command means something as things are: a key that does nothing is not offered.
    pub(in crate::tui::model) fn has_use_for(&self, entry: &Entry) -> bool {
        let form = if self.user.is_none() { self.sign_in.step.form() } else { self.security.form() };
        match (entry.place, entry.command) {
            (Place::Step, Command::UseBackupCode) => {
                matches!(&self.sign_in.step, Step::Code(step) if !step.is_backup)
            }
            (Place::Step, Command::NextField | Command::PreviousField) => {
                form.is_some_and(|form| form.lines().len() > 1)
            }
            (Place::Security, command) => self.security.has_use_for(command),
            (Place::Record, Command::Accept) => {
                self.records.record().is_some_and(|open| open.lead().is_some())
            }
            (place @ (Place::LoadColumns | Place::LoadPreview | Place::LoadDone), command) => {
                self.load.has_use_for(place, command)
            }
            (Place::Database, command @ (Command::MakeDemo | Command::ClearDemo)) => {
                self.is_of_use_at_desk(command)
            }
            // Who did not sign in has no password to come back with.
            (_, Command::LockScreen) => self.user.is_some() && !self.is_direct && self.lock.is_none(),
            (Place::SignedIn, Command::SignOut | Command::OpenSecurity) => !self.is_direct,
            _ => true,
        }
    }

    fn password_rules(&self) -> Rules {
        let username = self.user.as_ref().map(|user| user.name.to_string()).unwrap_or_default();
        let shortest = self.welcome.as_ref().map_or(0, |welcome| welcome.shortest_password);
        Rules { username, shortest }
    }

    /// Puts backup codes on the clipboard, after the person was told what that means.
    pub(in crate::tui::model) fn copy_codes(&mut self) -> Vec<Effect> {
        let list = match (&self.sign_in.step, &self.security.task) {
            (Step::Codes(list), _) | (_, Some(Task::Codes(list))) => list,
            _ => return Vec::new(),
        };
        let text = list.text();
        self.told = Some("Copied. Paste them where they are to stay, then copy something else.".to_owned());
        vec![Effect::CopySecret(text)]
    }

    /// Hides all until the password is typed.
    pub(in crate::tui::model) fn lock_screen(&mut self) -> Vec<Effect> {
        self.lock = Some(Lock { popup: self.popup.take(), ..Lock::default() });
        Vec::new()
    }

    pub(in crate::tui::model) fn on_lock(&mut self, command: Command) -> Vec<Effect> {
        let id = RequestId(self.next_id());
        let asked = self.lock.as_mut().and_then(|lock| lock.command(command, id));
        asked.map(|ask| Effect::Query(id, Query::Identity(ask))).into_iter().collect()
    }

    /// Takes an answer to where it was asked for; one that nobody waits for any more is dropped.
    pub(in crate::tui::model) fn identity_told(
        &mut self,
        id: RequestId,
        told: Told,
        now: Timestamp,
    ) -> Vec<Effect> {
        match told {
            Told::Left { idle, absolute } => {
                if let Some(clock) = &mut self.clock {
                    clock.set(idle, absolute, now);
                }
                Vec::new()
            }
            Told::Security(known) => {
                self.security.learn(id, known, now);
                Vec::new()
            }
            told if self.sign_in.checking == Some(id) => {
                self.sign_in.told(told, now);
                self.replay(now)
            }
            told if self.security.checking == Some(id) => self.security_told(told, now),
            _ if self.lock.as_ref().is_some_and(|lock| lock.checking == Some(id)) => self.unlock(now),
            _ => Vec::new(),
        }
    }

    fn security_told(&mut self, told: Told, now: Timestamp) -> Vec<Effect> {
        let done = self.security.told(told);
        let mut effects = self.replay(now);
        if let Some(done) = done {
            self.told = Some(done.to_owned());
            effects.extend(self.refresh_security());
        }
        effects
    }

    fn unlock(&mut self, now: Timestamp) -> Vec<Effect> {
        if let Some(lock) = self.lock.take() {
            self.popup = lock.popup;
        }
        self.replay(now)
    }

    /// A question of identity was refused, or not answered.
    pub(in crate::tui::model) fn identity_failed(&mut self, id: RequestId, failure: &Failure) {
        if self.security.checking == Some(id) {
            self.security.refused(failure.clone());
        }
        self.security.known.fail(id, failure);
        if let Some(lock) = self.lock.as_mut().filter(|lock| lock.checking == Some(id)) {
            lock.refused(failure.clone());
        }
    }

    /// Somebody is signed in.
    pub(in crate::tui::model) fn enter(&mut self, welcome: Welcome, now: Timestamp) -> Vec<Effect> {
        self.sign_in.accepted();
        self.user = Some(User { name: welcome.name.clone(), role: welcome.role });
        self.clock = welcome.limits.map(|limits| Clock::start(limits, now));
        self.security = Security::default();
        self.entered = self.last_id;
        self.screen = Screen::Dashboard;
        let word = self.word_of_welcome(&welcome, now);
        self.welcome = Some(welcome);
        let mut effects = self.refresh_dashboard();
        effects.extend(self.replay(now));
        // After the keys that were typed ahead, which would take it away unread.
        self.notice = word.or(self.notice.take());
        effects
    }

    /// The program begins without a sign-in.
    pub fn administer_directly(&mut self, welcome: Welcome, now: Timestamp) -> Vec<Effect> {
        self.is_direct = true;
        self.enter(welcome, now)
    }

    fn word_of_welcome(&self, welcome: &Welcome, now: Timestamp) -> Option<Failure> {
        let mut words = Vec::new();
        if welcome.failed_tries > 0 {
            let tries = if welcome.failed_tries == 1 { "sign-in" } else { "sign-ins" };
            let since = welcome.last_sign_in.map(|at| format!(" since {}", self.day_and_time(at, now)));
            words.push(format!("{} failed {tries}{}.", welcome.failed_tries, since.unwrap_or_default()));
        }
        if let Some(left) = welcome.backup_codes_left.filter(|left| *left <= FEW) {
            let key = self.key_for(Command::OpenSecurity);
            let codes = match left {
                0 => "No backup code".to_owned(),
                1 => "One backup code".to_owned(),
                more => format!("{more} backup codes"),
            };
            words.push(format!("{codes} left: {key}, n."));
        }
        (!words.is_empty()).then(|| Failure::new(&words.join(" ")))
    }

    /// A time as one says it: "today 18:03", "yesterday 18:03", "Sat 14 Nov 2026 18:03".
    pub fn day_and_time(&self, at: Timestamp, now: Timestamp) -> String {
        let (then, today) = (at.to_zoned(self.zone.clone()), now.to_zoned(self.zone.clone()));
        let day = if then.date() == today.date() {
            "today".to_owned()
        } else if today.date().yesterday().is_ok_and(|yesterday| yesterday == then.date()) {
            "yesterday".to_owned()
        } else {
            then.strftime("%a %-d %b %Y").to_string()
        };
        format!("{day} {}", then.strftime("%H:%M"))
    }
}
