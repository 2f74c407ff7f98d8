//! What the dashboard does: the focus and where it goes, what is looked at, and the way to the rows behind a figure.

use super::behind::Behind;
use super::dates::Dates;
use super::dialog::Dialog;
use super::{Dashboard, Tile};
use crate::domain::Role;
use crate::tui::model::command::Command;
use crate::tui::model::hits::Direction;
use crate::tui::model::message::{Effect, Failure, RequestId};
use crate::tui::model::{App, Popup};
use jiff::Timestamp;

impl App {
    /// Carries out a command of the dashboard.
    pub(in crate::tui::model) fn on_dashboard(&mut self, command: Command, now: Timestamp) -> Vec<Effect> {
        if self.dashboard.dialog.is_some() {
            return self.on_board_dialog(command);
        }
        let focus = self.dashboard.focus;
        let way = match command {
            Command::Up => Some(Direction::Up),
            Command::Down => Some(Direction::Down),
            Command::Left => Some(Direction::Left),
            Command::Right => Some(Direction::Right),
            _ => None,
        };
        if let Some(way) = way {
            self.go_on_board(way);
            return Vec::new();
        }
        let role = self.dashboard.role.unwrap_or(Role::Employee);
        match command {
            Command::NextField => self.dashboard.focus_on(focus.step(true, role)),
            Command::PreviousField => self.dashboard.focus_on(focus.step(false, role)),
            Command::MoreTiles => self.dashboard.focus_on(focus.page().next_tile()),
            Command::Accept => return self.open_behind(now),
            Command::ChooseDays => {
                self.dashboard.dialog = Some(Dialog::Dates(Dates::of(&self.dashboard)));
            }
            Command::OpenTargets => return self.open_targets(),
            Command::Copy => return self.copy(),
            Command::PickStore => self.pick_store(),
            other => {
                let (dashboard, ids) = self.dashboard_and_ids();
                return turn_dashboard(dashboard, other, ids);
            }
        }
        Vec::new()
    }

    /// The tile that way; up or down from the last of a page, the one on the page beside it.
    fn tile_towards(&self, from: Tile, way: Direction) -> Tile {
        let drawn = self.hits.towards(from, way);
        let role = self.dashboard.role.unwrap_or(Role::Employee);
        drawn.unwrap_or_else(|| {
            let forward = match way {
                Direction::Down => true,
                Direction::Up => false,
                Direction::Left | Direction::Right => return from,
            };
            let page = from.page();
            let mut tile = from;
            for _ in Tile::EACH {
                tile = tile.step(forward, role);
                if tile.page() != page {
                    let is_further = (tile.page().number() > page.number()) == forward;
                    return if is_further && !self.hits.has(tile) { tile } else { from };
                }
            }
            from
        })
    }

    fn pick_store(&mut self) {
        match self.dashboard.store_list() {
            Some(list) => self.popup = Some(Popup::Stores(list)),
            None => self.notice = Some(Failure::new("The stores are not known yet. Try again in a moment.")),
        }
    }

    /// The focus goes to the part of the tile that way; from the last one, and where a tile has none that way, to another tile.
    fn go_on_board(&mut self, way: Direction) {
        let drawn = self.hits.parts_of(self.dashboard.focus);
        if !self.dashboard.step_part(way, drawn) {
            let tile = self.tile_towards(self.dashboard.focus, way);
            self.dashboard.focus_on(tile);
        }
    }

    /// Shows what the figure in focus is made of. Esc leads back.
    fn open_behind(&mut self, now: Timestamp) -> Vec<Effect> {
        match self.dashboard.behind() {
            Some(Behind::Rows(table, words)) => self.go_to_rows_behind(table, &words),
            Some(Behind::Record(id)) => self.go_to_record_behind(id),
            Some(Behind::Targets) => self.command(Command::OpenTargets, now),
            Some(Behind::Audit(entry)) => {
                let mut effects = self.command(Command::OpenAudit, now);
                effects.extend(entry.map(|entry| self.open_entry(entry)).unwrap_or_default());
                effects
            }
            Some(Behind::Loads(run)) => {
                self.runs.look_for(run);
                self.command(Command::OpenRuns, now)
            }
            None => {
                let is_known = self.dashboard.answers.fresh(self.dashboard.focus.slot()).value().is_some();
                self.told = Some(
                    if is_known { "There is nothing behind it." } else { "It is not known yet." }.to_owned(),
                );
                Vec::new()
            }
        }
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
        Command::NextStore => dashboard.choose_store(dashboard.store_beside(true), ids),
        Command::PreviousStore => dashboard.choose_store(dashboard.store_beside(false), ids),
        Command::NextMeasure => dashboard.choose_measure(dashboard.measure.next(), ids),
        Command::PreviousMeasure => dashboard.choose_measure(dashboard.measure.previous(), ids),
        Command::NextPeriod => dashboard.step(true, ids),
        Command::PreviousPeriod => dashboard.step(false, ids),
        Command::LongerPeriod => dashboard.choose_kind(true, ids),
        Command::ShorterPeriod => dashboard.choose_kind(false, ids),
        _ => Vec::new(),
    }
}
