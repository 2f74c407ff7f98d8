//! The screen that writes tables to files.

use super::Drawn;
use super::frame::surround;
use super::text::{fit, grouped, wrap};
use super::theme::Theme;
use super::widgets::field::{Look, field};
use super::widgets::table::aligned;
use super::widgets::{columns, put, rows};
use crate::domain::Table;
use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::export::{Export, Focus};
use crate::tui::model::hits::HitMap;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Columns of a table's name, and of what was written of it.
const NAME: u16 = 22;
const ROWS: u16 = 12;

pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let export = &app.export;
    let mut hits = HitMap::default();
    let title = Line::from(Span::styled("Export", theme.strong));
    let body = surround(app, title, export.message.as_ref(), theme, area, buffer, &mut hits);
    tables(export, theme, body, buffer, &mut hits);
    let count = u16::try_from(Table::EACH.len()).unwrap_or(u16::MAX) + 1;
    let below = rows(body, count + 1, u16::MAX);
    let cursor = fields(export, theme, below, buffer, &mut hits);
    let last = rows(body, count + 6, u16::MAX);
    state(app, export, theme, last, buffer);
    Drawn { hits, cursor }
}

fn tables(export: &Export, theme: &Theme, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    let all = ("all tables".to_owned(), export.has_all(), None);
    let each = Table::EACH.into_iter().map(|table| {
        let written = export.written.iter().flatten().find(|(of, _)| *of == table).map(|(_, rows)| *rows);
        (table.to_string(), export.tables.contains(&table), written)
    });
    for (row, (name, is_ticked, written)) in (0..).zip(std::iter::once(all).chain(each)) {
        let place = rows(area, row, 1);
        hits.add_field(place, row.into());
        let has_focus = export.focus == Focus::Tables && export.cursor == usize::from(row);
        let style = if has_focus { theme.focus } else { theme.text };
        let tick = if is_ticked { "[x]" } else { "[ ]" };
        let words = aligned(&format!(" {tick} {name}"), NAME, false);
        put(Span::styled(words, style), 0, columns(place, 1, NAME), buffer);
        if let Some(written) = written {
            let words = aligned(&format!("{} rows", grouped(written)), ROWS + 5, true);
            put(Span::styled(words, theme.good), 0, columns(place, NAME + 2, u16::MAX), buffer);
        }
    }
}

fn fields(
    export: &Export,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> Option<Position> {
    let first = Table::EACH.len() + 1;
    let format = if export.json { "JSON, decimals as strings, so that they stay exact" } else { "CSV" };
    let exact = if export.exact { "[x]" } else { "[ ]" };
    let exact = format!("{exact} exact: text as it is stored, also where a spreadsheet would run it");
    let choices = [(Focus::Format, format!("written as {format}")), (Focus::Exact, exact)];
    for (row, (focus, words)) in (0..).zip(choices) {
        let place = rows(area, row, 1);
        hits.add_field(place, first + usize::from(row));
        let style = if export.focus == focus { theme.focus } else { theme.text };
        put(
            Span::styled(fit(&format!(" {words} "), place.width), style),
            0,
            columns(place, 1, u16::MAX),
            buffer,
        );
    }
    let look = |label, focus| Look { label, label_width: 10, focused: export.focus == focus, masked: false };
    let (only, path) = (rows(area, 2, 1), rows(area, 3, 1));
    hits.add_field(only, first + 2);
    let in_only = field(&export.only, look("Only", Focus::Only), only, buffer, theme);
    let label = if export.tables.len() > 1 { "Folder" } else { "File" };
    hits.add_field(path, first + 3);
    in_only.or(field(&export.path, look(label, Focus::Path), path, buffer, theme))
}

fn state(app: &App, export: &Export, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let (words, style) = match (&export.running, &export.written) {
        (Some(running), _) => {
            let table = running.table.map(|table| format!(" {table}")).unwrap_or_default();
            let stop = app.key_for(Command::StopExport);
            let words = match running.stopping {
                true => "stopping: nothing is left behind".to_owned(),
                false => format!("exporting{table}, {} rows   {stop} stops", grouped(running.rows)),
            };
            (words, theme.accent)
        }
        (None, Some(written)) => {
            let rows: u64 = written.iter().map(|(_, rows)| rows).sum();
            (
                format!("Written: {} rows. The tables are as they all were at one moment.", grouped(rows)),
                theme.good,
            )
        }
        (None, None) => {
            let words = match export.focus {
                Focus::Only => {
                    "Only rows for which this holds, as city=Oslo, list_price>=100, last_name~berg, shipped_date= \
                     (nothing), several with ; between them; or /city:Oslo late words as a table is narrowed by."
                }
                _ => {
                    "Every row, as it is now. One table goes to a file, several to a new folder. What leaves the chain \
                     is recorded."
                }
            };
            (words.to_owned(), theme.muted)
        }
    };
    for (row, line) in (0..).zip(wrap(&words, area.width.min(90))) {
        put(Span::styled(line, style), row, columns(area, 2, u16::MAX), buffer);
    }
}
