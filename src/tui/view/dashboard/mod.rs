//! The dashboard.

mod back;
mod counts;
mod days;
mod dialog;
mod heading;
mod lists;
mod net;
mod parts;
mod places;

use super::Drawn;
use super::breakpoint::Breakpoint;
use super::frame::surround;
use super::text::wrap;
use super::theme::Theme;
use super::widgets::{put, rows};
use crate::domain::{Permission, Role};
use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::dashboard::ask::Answer;
use crate::tui::model::dashboard::{Dashboard, Page, Tile};
use crate::tui::model::fresh::Fresh;
use crate::tui::model::hits::HitMap;
use crate::tui::model::message::Failure;
use jiff::tz::TimeZone;
use places::{Piece, places};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// What every tile is drawn with.
#[derive(Clone, Copy)]
struct Look<'a> {
    board: &'a Dashboard,
    zone: &'a TimeZone,
    theme: &'a Theme,
}

impl Look<'_> {
    /// How fresh what a tile shows is.
    fn fresh(&self, tile: Tile) -> &Fresh<Answer> {
        self.board.answers.fresh(tile.slot())
    }
}

pub(super) fn draw(
    app: &App,
    breakpoint: Breakpoint,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Drawn {
    let board = &app.dashboard;
    let again =
        |failure: &Failure| format!("{} {} tries again.", failure.words(), app.key_for(Command::Refresh));
    let failed = board.failure().map(|failure| Failure::new(&again(failure)));
    let mut hits = HitMap::default();
    let title = title(board, breakpoint, theme);
    let body = surround(app, title, failed.as_ref(), theme, area, buffer, &mut hits);
    let look = Look { board, zone: &app.zone, theme };
    let mut cursor = None;
    match in_place_of_figures(app) {
        Some(words) => in_the_middle(&words, theme, body, buffer),
        None => {
            let role = board.role.unwrap_or(Role::Employee);
            for (piece, place) in places(breakpoint, body, board.focus.page(), role) {
                draw_piece(look, piece, place, buffer, &mut hits);
            }
        }
    }
    if let Some(dialog) = &board.dialog {
        hits.cover();
        let over = rows(area, 0, area.height.saturating_sub(2));
        cursor = dialog::draw(dialog, theme, over, buffer, &mut hits);
    }
    Drawn { hits, cursor }
}

fn draw_piece(look: Look, piece: Piece, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    match piece {
        Piece::Net => net::draw(look, area, buffer, hits),
        Piece::Counts => counts::draw(look, area, buffer, hits),
        Piece::Chart => days::chart(look, area, buffer, hits),
        Piece::Diary => days::diary(look, area, buffer),
        Piece::List(tile) => {
            hits.add(area, tile);
            let rows = match tile {
                Tile::Top => lists::top(look, area, buffer),
                Tile::Low => lists::low(look, area, buffer),
                Tile::Promised => lists::promised(look, area, buffer),
                Tile::Slow => lists::slow(look, area, buffer),
                Tile::Value => return back::value(look, area, buffer),
                Tile::Manager => return back::manager(look, area, buffer),
                Tile::Audit => back::audit(look, area, buffer),
                Tile::Loads => back::loads(look, area, buffer),
                other => lists::parts(look, other, area, buffer),
            };
            parts::each_row(look, tile, rows, buffer, hits);
        }
    }
}

fn title(board: &Dashboard, breakpoint: Breakpoint, theme: &Theme) -> Line<'static> {
    let mut spans = vec![Span::styled(board.store_name().to_owned(), theme.strong)];
    if let Some(period) = board.period() {
        spans.push(Span::styled(format!("   {period}"), theme.strong));
        spans.push(Span::styled(format!("   {} orders", board.measure), theme.text));
        if let Some(day) = board.as_of {
            spans.push(Span::styled(format!("   as of {}", day.strftime("%-d %b %Y")), theme.text));
        }
        if breakpoint < Breakpoint::Wide {
            let page = format!("   {}/{}", board.focus.page().number(), Page::EACH.len());
            spans.push(Span::styled(page, theme.muted));
        }
    }
    Line::from(spans)
}

/// What there is to say where no figure can be shown.
fn in_place_of_figures(app: &App) -> Option<String> {
    let board = &app.dashboard;
    if board.is_unlinked() {
        let name = app.user.as_ref().map(|user| user.name.to_string()).unwrap_or_default();
        return Some(format!(
            "Your account is not linked to a member of the staff, so there is no store to show. Ask an \
             administrator: on the screen of users, or with `storekeeper users link {name}`."
        ));
    }
    if !board.has_no_orders() {
        return None;
    }
    let may_load = app.may(Permission::ImportData);
    Some(match (board.store, may_load) {
        (Some(_), _) => {
            let pick = app.key_for(Command::PickStore);
            format!("This store has no orders yet. Press {pick} to look at another one.")
        }
        (None, true) => {
            let load = app.key_for(Command::OpenLoad);
            format!("There are no orders yet. Press {load} to load some from CSV files.")
        }
        (None, false) => "There are no orders yet. A manager can load some from CSV files.".to_owned(),
    })
}

fn in_the_middle(words: &str, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let top = area.height / 3;
    for (row, line) in (top..).zip(wrap(words, area.width)) {
        put(Line::from(Span::styled(line, theme.text)).centered(), row, area, buffer);
    }
}
