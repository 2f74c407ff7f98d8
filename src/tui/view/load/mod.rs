//! The screen that loads data, step by step.

mod choose;
mod columns;
mod preview;
pub(super) mod receipt;
mod rejects;
mod running;
mod server;

use super::Drawn;
use super::frame::surround;
use super::theme::Theme;
use super::widgets::rows;
use crate::tui::model::App;
use crate::tui::model::hits::HitMap;
use crate::tui::model::load::{Load, Stage};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let load = &app.load;
    let mut hits = HitMap::default();
    // What a server says is long; its step has room for it.
    let word = load.message.as_ref().filter(|_| !matches!(load.stage, Stage::Server));
    let body = surround(app, title(load, theme), word, theme, area, buffer, &mut hits);
    let over = rows(area, 0, area.height.saturating_sub(2));
    let air = if body.height > 16 { 1 } else { 0 };
    let body = rows(body, air, u16::MAX);
    let mut drawn = Drawn { hits, cursor: None };
    match &load.stage {
        Stage::Form => drawn.cursor = choose::draw(&load.choose, theme, body, buffer, &mut drawn.hits),
        Stage::Server => drawn.cursor = server::form::draw(load, theme, body, buffer, &mut drawn.hits),
        Stage::Endpoints => server::endpoints::draw(load, theme, body, over, buffer, &mut drawn),
        Stage::Columns => columns::draw(app, theme, body, over, buffer, &mut drawn),
        Stage::Running(job) => running::draw(job, theme, body, buffer),
        Stage::Preview(preview) => preview::draw(app, preview, theme, body, buffer, &mut drawn),
        Stage::Done(done) => receipt::draw(app, done, theme, body, buffer, &mut drawn.hits),
        Stage::Rejects(rejects) => rejects::draw(rejects, theme, body, over, buffer, &mut drawn),
    }
    drawn
}

/// The way through the steps, with the one that is shown told apart; and what is waited for.
fn title(load: &Load, theme: &Theme) -> Line<'static> {
    const OF_FILES: [&str; 5] = ["files", "columns", "preview", "load", "receipt"];
    const OF_SERVER: [&str; 6] = ["server", "tables", "columns", "preview", "load", "receipt"];
    let steps: &[&str] = if load.server.is_origin { &OF_SERVER } else { &OF_FILES };
    let at = match &load.stage {
        Stage::Form | Stage::Server => steps.first(),
        Stage::Endpoints => Some(&"tables"),
        Stage::Columns => Some(&"columns"),
        Stage::Running(job) if job.job.dry_run => Some(&"preview"),
        Stage::Preview(_) => Some(&"preview"),
        Stage::Running(_) => Some(&"load"),
        Stage::Done(_) => Some(&"receipt"),
        Stage::Rejects(_) => {
            let words = Span::styled("   rejected rows", theme.accent);
            return waiting(load, Line::from(vec![Span::styled("Load data", theme.strong), words]), theme);
        }
    };
    // A server has a step more, and its title the same room.
    let name = if load.server.is_origin { "Load" } else { "Load data" };
    let mut line = Line::from(Span::styled(name, theme.strong));
    for (place, step) in steps.iter().enumerate() {
        let style = if Some(step) == at { theme.accent } else { theme.muted };
        let before = if place == 0 { "   " } else { " › " };
        line.push_span(Span::styled(before, theme.muted));
        line.push_span(Span::styled(*step, style));
    }
    waiting(load, line, theme)
}

fn waiting(load: &Load, mut line: Line<'static>, theme: &Theme) -> Line<'static> {
    if let Some((_, what)) = load.waiting {
        line.push_span(Span::styled(format!("   {}", what.words()), theme.accent));
    }
    line
}
