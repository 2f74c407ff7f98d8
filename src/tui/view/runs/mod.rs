//! The screen of past loads.

mod run;
mod undo;

use super::Drawn;
use super::frame::surround;
use super::popups::scrolled;
use super::text::wrap;
use super::theme::Theme;
use super::users::title;
use super::widgets::data_table::data_table;
use super::widgets::popup::popup;
use super::widgets::rows;
use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::hits::HitMap;
use crate::tui::model::runs::Dialog;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let runs = &app.runs;
    let mut hits = HitMap::default();
    let mut title = title("Loads", runs.as_of, runs.failure.is_some(), &app.zone, theme);
    if let Some(undoing) = &runs.undoing {
        let what = if undoing.dry_run { "looking what undoing would do to" } else { "undoing" };
        let stop = app.key_for(Command::Back);
        let words = format!("   {what} run {}… {stop} stops", undoing.run);
        title.push_span(Span::styled(words, theme.accent));
    } else if runs.is_asked() {
        title.push_span(Span::styled("   …", theme.muted));
    }
    let body = surround(app, title, runs.failure.as_ref(), theme, area, buffer, &mut hits);
    let cursor = data_table(&runs.table.table, body, buffer, theme, &mut hits);
    let mut drawn = Drawn { hits, cursor };
    if let Some(dialog) = &runs.dialog {
        let over = rows(area, 0, area.height.saturating_sub(2));
        drawn.hits.cover();
        drawn.cursor = None;
        draw_dialog(app, dialog, theme, over, buffer, &mut drawn.hits);
    }
    drawn
}

fn draw_dialog(
    app: &App,
    dialog: &Dialog,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) {
    let wide = area.width.saturating_sub(6).min(110);
    let (heading, lines, scroll) = match dialog {
        Dialog::Run(fresh, scroll) => match (fresh.value(), fresh.failure()) {
            (Some(detail), _) => {
                (format!("Run {}", detail.run.run_id), run::lines(detail, &app.zone, wide, theme), scroll)
            }
            (None, Some(failure)) => {
                let words = wrap(failure.words(), wide);
                let line = |words| Line::from(Span::styled(words, theme.bad));
                ("Run".to_owned(), words.into_iter().map(line).collect(), scroll)
            }
            (None, None) => {
                let words = Line::from(Span::styled("It is being asked for…", theme.accent));
                ("Run".to_owned(), vec![words], scroll)
            }
        },
        Dialog::Undo(undone, scroll) => {
            (format!("Undo run {}", undone.undone), undo::lines(app, undone, wide, theme), scroll)
        }
    };
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let inside = popup(&heading, (wide, height), area, buffer, theme);
    scrolled(lines, *scroll, theme, inside, buffer, hits);
}
