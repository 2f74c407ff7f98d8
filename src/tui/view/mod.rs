//! The view: from the model to a frame. Pure; the same model draws the same frame.

mod audit;
pub mod breakpoint;
mod dashboard;
mod database;
pub mod depth;
mod export;
mod finish;
mod frame;
mod gallery;
mod help;
mod identity;
mod load;
pub mod own_theme;
mod popups;
mod records;
mod runs;
mod sign_in;
pub mod text;
pub mod theme;
pub mod title;
mod users;
pub mod widgets;

use super::model::hits::HitMap;
use super::model::{App, Screen};
use breakpoint::Breakpoint;
use identity::{Page, lock, over, security};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use theme::Theme;
use widgets::put;

/// What a frame showed, beside its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Where what can have the focus is.
    pub hits: HitMap,
    /// Where the terminal's cursor belongs; it is hidden where there is no place for it.
    pub cursor: Option<Position>,
}

/// Draws the program as it is into `area` of `buffer`.
pub fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let drawn = compose(app, theme, area, buffer);
    finish::finish(area, buffer, theme.ascii);
    drawn
}

fn compose(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    buffer.set_style(area, theme.text);
    let breakpoint = Breakpoint::of(area);
    if breakpoint == Breakpoint::TooSmall {
        too_small(area, buffer);
        return Drawn::default();
    }
    let area = over::banner(app, theme, area, buffer);
    let mut drawn = match (&app.gallery, &app.lock, app.screen) {
        (Some(shown), ..) => gallery::draw(app, shown, theme, area, buffer),
        (None, Some(lock), _) => lock::draw(app, lock, theme, area, buffer),
        (None, None, Screen::SignIn) => match Page::of_sign_in(&app.sign_in) {
            Some(page) => page.draw(app, theme, area, buffer),
            None => sign_in::draw(app, theme, area, buffer),
        },
        (None, None, Screen::Security) => security::draw(app, theme, area, buffer),
        (None, None, Screen::Dashboard) => dashboard::draw(app, breakpoint, theme, area, buffer),
        (None, None, Screen::Load) => load::draw(app, theme, area, buffer),
        (None, None, Screen::Users) => users::draw(app, theme, area, buffer),
        (None, None, Screen::Audit) => audit::draw(app, theme, area, buffer),
        (None, None, Screen::Export) => export::draw(app, theme, area, buffer),
        (None, None, Screen::Records) => records::draw(app, theme, area, buffer),
        (None, None, Screen::Runs) => runs::draw(app, theme, area, buffer),
        (None, None, Screen::Database) => database::draw(app, theme, area, buffer),
    };
    if let Some(popup) = &app.popup {
        popups::draw(app, popup, theme, area, buffer, &mut drawn);
    }
    over::countdown(app, theme, area, buffer, &mut drawn);
    drawn
}

fn too_small(area: Rect, buffer: &mut Buffer) {
    let words = text::wrap(
        "This window is too small for Storekeeper. 60 columns and 16 rows are enough.",
        area.width,
    );
    let top = area.height.saturating_sub(u16::try_from(words.len()).unwrap_or(u16::MAX)) / 2;
    for (row, line) in (top..).zip(words) {
        put(Line::from(line).centered(), row, area, buffer);
    }
}
