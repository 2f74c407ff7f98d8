//! The third step: what the load would change.

use super::super::Drawn;
use super::super::text::{fit, grouped, wrap};
use super::super::theme::Theme;
use super::super::widgets::data_table::data_table;
use super::super::widgets::{columns, put, rows};
use super::receipt;
use super::server::whole;
use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::load::preview::Preview;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The most files whose counts are shown above the rows.
const FILES: u16 = 9;

pub(super) fn draw(
    app: &App,
    preview: &Preview,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    drawn: &mut Drawn,
) {
    let Ok(told) = &preview.done.result else { return };
    let (words, style) = receipt::outcome(told, true, theme);
    put(Span::styled(fit(&words, area.width), style), 0, area, buffer);
    let mut used = 1;
    for (words, style) in whole::lines(app, &preview.done.read, theme).into_iter().take(5) {
        put(Span::styled(fit(&words, area.width), style), used, area, buffer);
        used += 1;
    }
    for line in notes(app, preview).iter().flat_map(|note| wrap(note, area.width)).take(3) {
        put(Span::styled(line, theme.muted), used, area, buffer);
        used += 1;
    }
    let count = u16::try_from(told.tables.len()).unwrap_or(FILES).min(FILES).min(area.height / 3);
    receipt::files((told, &preview.done.read), 0, theme, rows(area, used + 1, count + 1), buffer);
    let below = rows(area, used + count + 3, u16::MAX);
    tabs(preview, theme, below, buffer);
    let table = &preview.table().table;
    drawn.cursor = data_table(table, rows(below, 1, u16::MAX), buffer, theme, &mut drawn.hits);
}

/// What there is to know besides, and what to do about rejects.
fn notes(app: &App, preview: &Preview) -> Vec<String> {
    let mut notes = Vec::new();
    if preview.done.is_rejected() {
        notes.push(format!(
            "{} corrects them · {} leaves them out and loads the others",
            app.key_for(Command::Mend),
            app.key_for(Command::LeaveOutRejects)
        ));
    }
    // The rejects have a table of their own.
    let is_reject = |remark: &&String| remark.contains(", line ");
    notes.extend(preview.done.remarks.iter().filter(|remark| !is_reject(remark)).cloned());
    notes
}

/// Which rows are shown: those that would change, or those that would not be taken.
fn tabs(preview: &Preview, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let rejects = preview.rejects.as_ref().map_or(0, |rejects| rejects.len());
    let tab = |words: String, is_shown: bool| {
        Span::styled(format!(" {words} "), if is_shown { theme.focus } else { theme.muted })
    };
    let changes = match preview.changes.len() {
        0 => "nothing would change".to_owned(),
        count => format!("what would change, the first {}", grouped(count as u64)),
    };
    let mut line = vec![tab(changes, !preview.shows_rejects)];
    if rejects > 0 {
        line.push(Span::raw("  "));
        line.push(tab(format!("rejected, {}", grouped(rejects as u64)), preview.shows_rejects));
    }
    put(Line::from(line), 0, columns(area, 1, u16::MAX), buffer);
}
