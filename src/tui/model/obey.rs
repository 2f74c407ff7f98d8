//! From a command to what it does: permission first, then the question its risk calls for, then the doing.

use super::command::{self, Command, Entry};
use super::message::{Effect, Failure, RequestId};
use super::scroll::scrolled;
use super::{App, Popup, Screen};
use crate::domain::session::Ended;
use jiff::Timestamp;

impl App {
    /// The one gate every command goes through.
    pub(super) fn ask(&mut self, entry: &'static Entry, now: Timestamp) -> Vec<Effect> {
        if let Some(needed) = entry.permission.filter(|needed| !self.may(*needed)) {
            let who = self.user.as_ref().map_or("Nobody", |user| user.role.word());
            let word = format!("The role {who} may not {}. A {} can.", needed.verb(), needed.least_role());
            self.notice = Some(Failure::new(&word));
            return Vec::new();
        }
        if self.has_use_for(entry) { self.ask_first(entry, now) } else { Vec::new() }
    }

    pub(super) fn obey(&mut self, command: Command, now: Timestamp) -> Vec<Effect> {
        if let Some(effects) = self.on_reports(command) {
            return effects;
        }
        match command {
            Command::Quit => return self.quit(),
            Command::Suspend => return vec![Effect::Suspend],
            Command::NextTheme => return self.next_theme(),
            Command::Back => return self.step_back(now),
            Command::Help => self.open_help(),
            Command::Palette => self.open_palette(),
            Command::Explain => self.popup = Some(Popup::Explain(0)),
            Command::OpenDashboard => self.screen = Screen::Dashboard,
            Command::OpenLoad => return self.open_load(),
            Command::FromServer => return self.open_server(),
            Command::OpenSecurity => return self.open_security(),
            Command::LockScreen => return self.lock_screen(),
            Command::OpenUsers => return self.open_users(),
            Command::OpenAudit => return self.open_audit(),
            Command::Search => self.open_search(),
            Command::OpenRecords => return self.open_records(),
            Command::OpenRuns => return self.open_runs(),
            Command::OpenDatabase => return self.open_database(),
            Command::OpenExport => self.screen = Screen::Export,
            Command::History if self.screen != Screen::Records => return self.show_history(),
            Command::SignOut => return self.sign_out(),
            Command::No => {
                self.popup = None;
                return self.in_gallery(command);
            }
            Command::Yes => return self.say_yes(now),
            Command::OpenPlate(_) => return self.in_gallery(command),
            other => return self.obey_here(other, now),
        }
        Vec::new()
    }

    /// Commands whose meaning hangs on what is shown.
    fn obey_here(&mut self, command: Command, now: Timestamp) -> Vec<Effect> {
        match &mut self.popup {
            Some(Popup::Stores(list)) if command != Command::Accept => list.command(command),
            Some(Popup::Palette(list)) if command != Command::Accept => list.command(command),
            Some(Popup::Reports(list)) if command != Command::Accept => list.command(command),
            Some(Popup::Reports(_)) => return self.choose_report(),
            Some(Popup::Into(_)) => return self.on_folder(command, now),
            Some(Popup::Stores(_)) => return self.choose_store(),
            Some(Popup::Palette(_)) => return self.choose_command(now),
            Some(Popup::Help(help)) => match command {
                Command::Filter => help.find.start(),
                Command::Accept => help.find.stop(),
                other => help.scroll = scrolled(help.scroll, other, &self.hits),
            },
            Some(Popup::Explain(scroll)) => *scroll = scrolled(*scroll, command, &self.hits),
            Some(Popup::Search(_)) if command == Command::Accept => return self.choose_found(),
            Some(Popup::Search(search)) => search.go(command),
            Some(Popup::Question(_)) => {}
            None => return self.obey_below(command, now),
        }
        Vec::new()
    }

    fn obey_below(&mut self, command: Command, now: Timestamp) -> Vec<Effect> {
        if self.gallery.is_some() {
            return self.in_gallery(command);
        }
        if self.lock.is_some() {
            return self.on_lock(command);
        }
        match self.screen {
            Screen::SignIn if command == Command::Copy => self.copy_codes(),
            Screen::SignIn => {
                let id = RequestId(self.next_id());
                self.sign_in.command(command, id)
            }
            Screen::Security => self.on_security(command),
            Screen::Dashboard => self.on_dashboard(command, now),
            Screen::Users => self.on_users(command),
            Screen::Audit => self.on_audit(command),
            Screen::Runs => self.on_runs(command),
            Screen::Records => self.on_records(command),
            Screen::Export => self.on_export(command),
            Screen::Database => self.on_database(command),
            Screen::Load => self.load.command(command, &mut self.last_id, &self.hits, now),
        }
    }

    fn in_gallery(&mut self, command: Command) -> Vec<Effect> {
        self.gallery.as_mut().map_or_else(Vec::new, |gallery| gallery.command(command))
    }

    fn choose_store(&mut self) -> Vec<Effect> {
        let Some(Popup::Stores(list)) = &self.popup else {
            return Vec::new();
        };
        let Some(store) = list.current().copied() else {
            return Vec::new();
        };
        self.popup = None;
        let (dashboard, ids) = self.dashboard_and_ids();
        dashboard.choose_store(store, ids)
    }

    fn choose_command(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(Popup::Palette(list)) = &self.popup else {
            return Vec::new();
        };
        let chosen = list.current().copied();
        self.popup = None;
        // What was offered may be out of place by now: a load may have ended meanwhile.
        let still = chosen.and_then(|chosen| self.commands().find(|entry| entry.id() == chosen.id()));
        still.map_or_else(Vec::new, |entry| self.ask(entry, now))
    }

    fn next_theme(&mut self) -> Vec<Effect> {
        let name = self.themes.turn().map(str::to_owned);
        self.told = Some(name.as_ref().map_or_else(
            || "There is no other theme: this terminal shows no colours.".to_owned(),
            |name| format!("Theme: {name}"),
        ));
        name.map(Effect::RememberTheme).into_iter().collect()
    }

    fn quit(&mut self) -> Vec<Effect> {
        let mut effects = self.stop_load();
        effects.push(Effect::Quit);
        effects
    }

    fn sign_out(&mut self) -> Vec<Effect> {
        self.popup = None;
        let mut effects = self.stop_load();
        effects.extend(self.leave(Ended::SignedOut));
        effects
    }

    pub(super) fn stop_load(&self) -> Vec<Effect> {
        self.load.running().map(|running| Effect::Cancel(running.id)).into_iter().collect()
    }

    /// Gives a command by its name, through the same gate as a key.
    pub fn command(&mut self, command: Command, now: Timestamp) -> Vec<Effect> {
        let entry = command::at(&self.places()).find(|entry| entry.command == command);
        entry.map_or_else(Vec::new, |entry| self.ask(entry, now))
    }
}
