//! Reading from a server: what is waited for, and a line for each table.

use super::super::super::text::{fit, fit_end, grouped};
use super::super::super::theme::Theme;
use super::super::super::widgets::table::{Column, table};
use super::super::super::widgets::{put, rows};
use crate::domain::clean;
use crate::etl::source::api::{Asking, Endpoint};
use crate::tui::model::load::running::Running;
use crate::tui::model::progress::{rate, seconds_left};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// Columns that the numbers take, with the gaps between them.
const NUMBERS: u16 = 65;

/// Draws from the third row on what is under the title of the load.
pub(in crate::tui::view::load) fn draw(
    job: &Running,
    asking: &Asking,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let doing = match (job.stopping, asking.table) {
        (true, _) => "stopping: nothing of it will be written".to_owned(),
        (false, Some(table)) => format!("reading {table}, before anything is loaded"),
        (false, None) => "asking the server".to_owned(),
    };
    put(Span::styled(fit(&doing, area.width), theme.accent), 2, area, buffer);
    put(Span::styled(fit(&in_all(job, asking), area.width), theme.text), 3, area, buffer);
    if let Some(waiting) = asking.waiting.as_ref().filter(|_| !job.stopping) {
        put(Span::styled(fit(&clean(waiting), area.width), theme.strong), 4, area, buffer);
    }
    tables(job, theme, rows(area, 6, u16::MAX), buffer);
}

fn in_all(job: &Running, asking: &Asking) -> String {
    let mut words = format!("{} rows", grouped(asking.all_rows));
    if let Some(rate) = rate(asking.all_rows, job.since, job.at) {
        words += &format!(", {} a second", grouped(rate));
    }
    let requests = if asking.requests == 1 { "request" } else { "requests" };
    words += &format!("   {} {requests}", grouped(asking.requests));
    if asking.retries > 0 {
        words += &format!(", {} of them again", grouped(asking.retries));
    }
    if asking.waited.as_secs() > 0 {
        words += &format!("   {} s waited for the server", grouped(asking.waited.as_secs()));
    }
    words
}

fn tables(job: &Running, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    const COLUMNS: [Column; 7] = [
        Column::text("table", 11),
        Column::number("pages", 7),
        Column::number("rows", 10),
        Column::number("of", 10),
        Column::number("rows/s", 7),
        Column::number("left", 8),
        Column::text("address", 0),
    ];
    let endpoints = job.job.server.iter().flat_map(|server| &server.chosen.endpoints);
    let room = area.width.saturating_sub(NUMBERS);
    let cells = endpoints.map(|endpoint| line(job, endpoint, room, theme));
    table(&COLUMNS, cells, area, buffer, theme);
}

fn line(
    job: &Running,
    endpoint: &Endpoint,
    room: u16,
    theme: &Theme,
) -> Vec<(String, ratatui::style::Style)> {
    let nothing = || ("–".to_owned(), theme.muted);
    let address = (fit_end(&clean(endpoint.url.as_str()), room), theme.muted);
    let total = |total: Option<u64>| total.map_or_else(nothing, |total| (grouped(total), theme.text));
    let Some(line) = job.reading.of(endpoint.table) else {
        let to_come = ("to come".to_owned(), theme.muted);
        let name = (endpoint.table.to_string(), theme.muted);
        return vec![name, nothing(), nothing(), total(endpoint.total), nothing(), to_come, address];
    };
    let style = if line.is_over { theme.text } else { theme.accent };
    let ratio = line.total.filter(|total| *total > 0).map(|total| line.rows as f64 / total as f64);
    let left = match (line.is_over, ratio.and_then(|ratio| seconds_left(ratio.min(1.0), line.since, line.at)))
    {
        (true, _) => ("read".to_owned(), theme.muted),
        (false, Some(seconds)) => (format!("{} s", grouped(seconds)), theme.muted),
        (false, None) => nothing(),
    };
    let rate = rate(line.rows, line.since, line.at).map_or_else(nothing, |rate| (grouped(rate), theme.text));
    vec![
        (line.table.to_string(), style),
        (grouped(line.pages), theme.text),
        (grouped(line.rows), theme.text),
        total(line.total.or(endpoint.total)),
        rate,
        left,
        address,
    ]
}
