//! From a command to what it does: permission first, then the question its risk calls for, then the doing.

use super::command::{self, Command, Entry, Risk};
use super::dashboard::Dashboard;
use super::hits::Direction;
use super::message::{Effect, Failure, RequestId};
use super::{App, Popup, Screen};
use jiff::Timestamp;

/// The furthest the meaning of a figure scrolls, in lines: past its end on the smallest screen.
const LONGEST_SCROLL: u16 = 60;

impl App {
    /// The one gate every command goes through.
    pub(super) fn ask(&mut self, entry: &'static Entry, now: Timestamp) -> Vec<Effect> {
        if let Some(needed) = entry.permission.filter(|needed| !self.may(*needed)) {
            let who = self.user.as_ref().map_or("Nobody", |user| user.role.word());
            let word = format!("The role {who} may not {}. A {} can.", needed.verb(), needed.least_role());
            self.notice = Some(Failure::new(&word));
            return Vec::new();
        }
        let question = match entry.risk {
            Risk::None => None,
            Risk::Confirm(question) => Some(question),
            Risk::ConfirmWhileLoading(question) => self.load.running().map(|_| question),
        };
        match question {
            Some(question) if !self.is_asking(entry.command) => {
                self.popup = Some(Popup::Question(question, entry.command));
                Vec::new()
            }
            _ => self.obey(entry.command, now),
        }
    }

    /// Whether that very question is open: asking for the command again is a yes (a second Ctrl-C means it).
    fn is_asking(&self, command: Command) -> bool {
        matches!(self.popup, Some(Popup::Question(_, asked)) if asked == command)
    }

    fn obey(&mut self, command: Command, now: Timestamp) -> Vec<Effect> {
        match command {
            Command::Quit => return self.quit(),
            Command::Suspend => return vec![Effect::Suspend],
            Command::NextTheme => return self.next_theme(),
            Command::Back => return self.step_back(now),
            Command::Help => self.open_help(),
            Command::Palette => self.open_palette(),
            Command::Explain => self.popup = Some(Popup::Explain(0)),
            Command::OpenDashboard => self.screen = Screen::Dashboard,
            Command::OpenLoad => self.screen = Screen::Load,
            Command::SignOut => return self.sign_out(),
            Command::No => self.popup = None,
            Command::Yes => {
                if let Some(Popup::Question(_, asked)) = self.popup.take() {
                    return self.obey(asked, now);
                }
            }
            other => return self.obey_here(other, now),
        }
        Vec::new()
    }

    /// Commands whose meaning hangs on what is shown.
    fn obey_here(&mut self, command: Command, now: Timestamp) -> Vec<Effect> {
        match (&mut self.popup, self.screen) {
            (Some(Popup::Stores(_)), _) => self.in_store_list(command),
            (Some(Popup::Palette(_)), _) => self.in_palette(command, now),
            (Some(Popup::Help(_)), _) => {
                self.in_help(command);
                Vec::new()
            }
            (Some(Popup::Explain(scroll)), _) => {
                match command {
                    Command::Up => *scroll = scroll.saturating_sub(1),
                    Command::Down => *scroll = (*scroll + 1).min(LONGEST_SCROLL),
                    _ => {}
                }
                Vec::new()
            }
            (Some(Popup::Question(..)), _) => Vec::new(),
            (None, Screen::SignIn) => {
                let id = RequestId(self.next_id());
                self.sign_in.command(command, id)
            }
            (None, Screen::Dashboard) => self.on_dashboard(command),
            (None, Screen::Load) => {
                let last = &mut self.last_id;
                let next = || {
                    *last += 1;
                    *last
                };
                self.load.command(command, next, now)
            }
        }
    }

    fn in_store_list(&mut self, command: Command) -> Vec<Effect> {
        let Some(Popup::Stores(list)) = &mut self.popup else {
            return Vec::new();
        };
        match command {
            Command::Up => list.up(),
            Command::Down => list.down(),
            Command::Accept => {
                let store = list.chosen();
                self.popup = None;
                let (dashboard, ids) = self.dashboard_and_ids();
                return dashboard.choose_store(store, ids);
            }
            _ => {}
        }
        Vec::new()
    }

    fn in_palette(&mut self, command: Command, now: Timestamp) -> Vec<Effect> {
        let Some(Popup::Palette(palette)) = &mut self.popup else {
            return Vec::new();
        };
        match command {
            Command::Up => palette.up(),
            Command::Down => palette.down(),
            Command::Accept => {
                let chosen = palette.chosen();
                self.popup = None;
                // What was offered may be out of place by now: a load may have ended meanwhile.
                let still = chosen.and_then(|chosen| self.commands().find(|entry| entry.id() == chosen.id()));
                return still.map_or_else(Vec::new, |entry| self.ask(entry, now));
            }
            _ => {}
        }
        Vec::new()
    }

    fn in_help(&mut self, command: Command) {
        let Some(Popup::Help(help)) = &mut self.popup else {
            return;
        };
        match command {
            Command::Up => help.up(),
            Command::Down => help.down(),
            Command::Filter => help.start_typing(),
            Command::Accept if !help.stop_typing() => self.popup = None,
            _ => {}
        }
    }

    fn on_dashboard(&mut self, command: Command) -> Vec<Effect> {
        let focus = self.dashboard.focus;
        let way = match command {
            Command::Up => Some(Direction::Up),
            Command::Down => Some(Direction::Down),
            Command::Left => Some(Direction::Left),
            Command::Right => Some(Direction::Right),
            _ => None,
        };
        if let Some(way) = way {
            self.dashboard.focus = self.hits.towards(focus, way).unwrap_or(focus);
            return Vec::new();
        }
        match command {
            Command::NextField => self.dashboard.focus = focus.next(),
            Command::PreviousField => self.dashboard.focus = focus.previous(),
            Command::Copy => return self.copy(),
            Command::PickStore => self.popup = self.dashboard.store_list().map(Popup::Stores),
            other => {
                let (dashboard, ids) = self.dashboard_and_ids();
                return turn_dashboard(dashboard, other, ids);
            }
        }
        Vec::new()
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
        effects.extend(self.leave());
        effects
    }

    fn stop_load(&self) -> Vec<Effect> {
        self.load.running().map(|running| Effect::Cancel(running.id)).into_iter().collect()
    }

    /// Gives a command by its name, through the same gate as a key.
    pub fn command(&mut self, command: Command, now: Timestamp) -> Vec<Effect> {
        let entry = command::at(self.places()).find(|entry| entry.command == command);
        entry.map_or_else(Vec::new, |entry| self.ask(entry, now))
    }
}

/// Commands that look at another part of the chain.
fn turn_dashboard(
    dashboard: &mut Dashboard,
    command: Command,
    ids: impl FnMut() -> RequestId,
) -> Vec<Effect> {
    match command {
        Command::Refresh => dashboard.refresh(ids),
        Command::NextStore => dashboard.choose_store(dashboard.store_after(), ids),
        Command::NextMeasure => dashboard.choose_measure(dashboard.measure.next(), ids),
        Command::PreviousMonth | Command::NextMonth => {
            let Some(month) = dashboard.month else {
                return Vec::new();
            };
            let wanted = if command == Command::NextMonth { month.next() } else { month.previous() };
            dashboard.choose_month(wanted, ids)
        }
        _ => Vec::new(),
    }
}
