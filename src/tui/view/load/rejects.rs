//! Rejected rows, the cells of one, and the row that one lacks.

use super::super::Drawn;
use super::super::popups::MEASURE;
use super::super::text::{fit, grouped, wrap};
use super::super::theme::Theme;
use super::super::widgets::data_table::data_table;
use super::super::widgets::form::form;
use super::super::widgets::popup::popup;
use super::super::widgets::{put, rows};
use crate::domain::clean;
use crate::tui::model::load::rejects::{Dialog, Rejects};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

/// Rows above the table, for why the row with the cursor was rejected.
const HEAD: u16 = 4;

pub(super) fn draw(
    rejects: &Rejects,
    theme: &Theme,
    area: Rect,
    over: Rect,
    buffer: &mut Buffer,
    drawn: &mut Drawn,
) {
    put(Span::styled(fit(&summary(rejects), area.width), theme.strong), 0, area, buffer);
    if let Some(row) = rejects.current() {
        let lacks =
            row.missing.as_ref().map(|missing| format!(" It can be added to {} here.", missing.table));
        let words = format!("{}{}", clean(&row.message), lacks.unwrap_or_default());
        paragraph(&words, theme.muted, rows(area, 1, HEAD - 2), buffer);
    }
    let table = rows(area, HEAD - 1, u16::MAX);
    drawn.cursor = data_table(&rejects.table.table, table, buffer, theme, &mut drawn.hits);
    if let Some(dialog) = &rejects.dialog {
        drawn.hits.cover();
        drawn.cursor = draw_dialog(rejects, dialog, theme, over, buffer, drawn);
    }
}

fn summary(rejects: &Rejects) -> String {
    let count = rejects.table.len();
    let rows = if count == 1 {
        "1 row was rejected".to_owned()
    } else {
        format!("{} rows were rejected", grouped(count as u64))
    };
    let more = match rejects.rejected.more {
        0 => String::new(),
        more => format!(", and {} more are in the file alone", grouped(more)),
    };
    let corrected = match rejects.corrected() {
        0 => String::new(),
        corrected => format!(", {corrected} corrected since"),
    };
    format!("{rows}{more}{corrected}.")
}

fn paragraph(words: &str, style: Style, area: Rect, buffer: &mut Buffer) {
    for (row, line) in (0..).zip(wrap(words, area.width)) {
        put(Span::styled(line, style), row, area, buffer);
    }
}

fn draw_dialog(
    rejects: &Rejects,
    dialog: &Dialog,
    theme: &Theme,
    over: Rect,
    buffer: &mut Buffer,
    drawn: &mut Drawn,
) -> Option<ratatui::layout::Position> {
    let height = |lines: usize| u16::try_from(lines * 2).unwrap_or(u16::MAX).saturating_add(HEAD);
    match dialog {
        Dialog::Row(_, cells) => {
            let row = rejects.current();
            let line = row.map_or_else(String::new, |row| format!("Line {}", row.line));
            let inside = popup(&line, (MEASURE, height(cells.lines().len())), over, buffer, theme);
            let why = row.map_or_else(String::new, |row| clean(&row.message));
            paragraph(&why, theme.bad, rows(inside, 0, HEAD - 1), buffer);
            form(cells, rows(inside, HEAD, u16::MAX), buffer, theme, &mut drawn.hits)
        }
        Dialog::Parent(parent) => {
            let title = format!("A new row of {}", parent.table);
            let inside = popup(&title, (MEASURE, height(parent.form.lines().len())), over, buffer, theme);
            let (words, style) = match &parent.refused {
                Some(why) => (why.clone(), theme.bad),
                None => {
                    let takes = parent.takes.get(parent.form.focus());
                    let words = takes.map_or_else(String::new, |takes| {
                        let need = if takes.required { "" } else { ", or nothing" };
                        format!("{}: {}{need}.", takes.name, takes.words)
                    });
                    (format!("It is added at once, as a load of its own. {words}"), theme.muted)
                }
            };
            paragraph(&words, style, rows(inside, 0, HEAD - 1), buffer);
            form(&parent.form, rows(inside, HEAD, u16::MAX), buffer, theme, &mut drawn.hits)
        }
    }
}
