//! How a session ends: by its clock, by the database, or by the person.

use super::ask::Ask;
use super::security::Security;
use crate::domain::session::Ended;
use crate::tui::model::audit::Audit;
use crate::tui::model::dashboard::Dashboard;
use crate::tui::model::export::Export;
use crate::tui::model::load::Load;
use crate::tui::model::message::{Effect, Failure};
use crate::tui::model::records::Records;
use crate::tui::model::runs::Runs;
use crate::tui::model::sign_in::{self, SignIn};
use crate::tui::model::users::Users;
use crate::tui::model::{App, Screen};
use jiff::Timestamp;
use std::ops::ControlFlow;

impl App {
    /// When the program wants to be woken though nothing happens: to warn before a session ends, and to end it.
    pub fn wake_at(&self) -> Option<Timestamp> {
        match &self.clock {
            // What is locked shows no countdown: nobody is there to be warned.
            Some(clock) if self.lock.is_some() => Some(clock.end()),
            Some(clock) => Some(clock.wake_at()),
            None => self.sign_in.until,
        }
    }

    /// What comes before anything else that happens: a session whose time is over ends, whatever is typed. Breaks where
    /// what happened goes no further.
    pub(in crate::tui::model) fn mind_the_time(
        &mut self,
        by_hand: bool,
        now: Timestamp,
    ) -> ControlFlow<Vec<Effect>, Vec<Effect>> {
        if let Some(ended) = self.clock.as_mut().and_then(|clock| clock.look(now)) {
            return ControlFlow::Break(self.end_session(ended));
        }
        if self.sign_in.until.is_some_and(|until| now >= until) {
            let why = Failure::new("The sign-in was left alone for ten minutes. Begin again.");
            return ControlFlow::Break(self.sign_in.begin_again(Some(why)));
        }
        // Whoever finds a locked screen must not keep its session open.
        if by_hand && self.lock.is_none() {
            return self.somebody_is_there(now);
        }
        ControlFlow::Continue(Vec::new())
    }

    /// A key keeps the session open. One that answers the countdown does nothing else: it was meant for that.
    fn somebody_is_there(&mut self, now: Timestamp) -> ControlFlow<Vec<Effect>, Vec<Effect>> {
        let Some(clock) = &mut self.clock else {
            return ControlFlow::Continue(Vec::new());
        };
        let was_asked = clock.countdown().is_some_and(|countdown| countdown.can_stay);
        if !clock.touch(now) {
            return ControlFlow::Continue(Vec::new());
        }
        let (_, touch) = self.ask_identity(Ask::Touch);
        if was_asked { ControlFlow::Break(vec![touch]) } else { ControlFlow::Continue(vec![touch]) }
    }

    /// The session is over; the person can sign in again where they are.
    pub(in crate::tui::model) fn end_session(&mut self, ended: Ended) -> Vec<Effect> {
        let mut effects = self.stop_load();
        effects.extend(self.leave(ended));
        self.sign_in.message =
            Some(Failure::new(&format!("Your session has ended: {ended}. Sign in again.")));
        effects
    }

    /// Back to the sign-in screen, with the name of who was here and nothing else of them.
    pub(in crate::tui::model) fn leave(&mut self, ended: Ended) -> Vec<Effect> {
        let name = self.user.take().map(|user| user.name);
        let demo = self.sign_in.demo.take();
        self.sign_in = SignIn { demo, ..SignIn::default() };
        if let Some(name) = name {
            self.sign_in.username.set(name.as_str());
            self.sign_in.focus = sign_in::Focus::Password;
        }
        self.dashboard = Dashboard::default();
        self.load = Load::new(self.load.still);
        let checking = self.audit.checking().map(Effect::Cancel);
        self.users = Users::default();
        self.audit = Audit::default();
        self.runs = Runs::default();
        self.records = Records::default();
        let exporting = self.export.running.map(|running| Effect::Cancel(running.id));
        self.export = Export::default();
        self.security = Security::default();
        self.lock = None;
        self.popup = None;
        self.clock = None;
        self.welcome = None;
        self.notice = None;
        self.told = None;
        self.typed_ahead.clear();
        self.screen = Screen::SignIn;
        checking.into_iter().chain(exporting).chain([Effect::SignOut(ended)]).collect()
    }
}
