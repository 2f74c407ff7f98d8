//! The screen that loads data.

use super::Drawn;
use super::frame::surround;
use super::receipt;
use super::text::{fit, grouped, wrap};
use super::theme::Theme;
use super::widgets::field::{Look, field};
use super::widgets::table::{Column, table};
use super::widgets::{columns, gauge, put, rows};
use crate::tui::model::App;
use crate::tui::model::hits::HitMap;
use crate::tui::model::load::{Focus, Load, Running, Stage};
use crate::tui::model::progress::{rate, seconds_left};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let title = Line::from(Span::styled("Load data", theme.strong));
    let mut hits = HitMap::default();
    let body = surround(app, title, app.load.message.as_ref(), theme, area, buffer, &mut hits);
    let body = rows(body, 1, u16::MAX);
    let cursor = match &app.load.stage {
        Stage::Form => form(&app.load, theme, body, buffer, &mut hits),
        Stage::Running(job) => {
            running(job, theme, body, buffer);
            None
        }
        Stage::Done(done) => {
            receipt::draw(done, theme, body, buffer, &mut hits);
            None
        }
    };
    Drawn { hits, cursor }
}

fn form(load: &Load, theme: &Theme, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) -> Option<Position> {
    for (number, row) in [0, 2, 4].into_iter().enumerate() {
        hits.add_field(rows(area, row, 1), number);
    }
    let look = Look { label: "From", label_width: 10, focused: load.focus == Focus::Path, masked: false };
    let cursor = field(&load.path, look, rows(area, 0, 1), buffer, theme);
    let tick = if load.dry_run { "[x]" } else { "[ ]" };
    choice(
        load,
        Focus::DryRun,
        &format!("{tick} Dry run: tell what would happen, write nothing"),
        theme,
        rows(area, 2, 1),
        buffer,
    );
    choice(load, Focus::Start, "Start loading", theme, rows(area, 4, 1), buffer);
    let below = columns(rows(area, 6, u16::MAX), 10, u16::MAX);
    if load.completions.is_empty() {
        let words = "A CSV file named for its table, like orders.csv, or a folder of them. The files are checked against \
                     each other and the chain, and loaded all together or not at all.";
        for (row, line) in (0..).zip(wrap(words, below.width.min(70))) {
            put(Span::styled(line, theme.muted), row, below, buffer);
        }
    } else {
        completions(&load.completions, theme, below, buffer);
    }
    cursor
}

fn choice(load: &Load, focus: Focus, words: &str, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let style = if load.focus == focus { theme.focus } else { theme.text };
    put(Span::styled(format!(" {words} "), style), 0, columns(area, 9, u16::MAX), buffer);
}

fn completions(names: &[String], theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let room = usize::from(area.height);
    let shown = if names.len() > room { room.saturating_sub(1) } else { names.len() };
    for (row, name) in (0..).zip(names.iter().take(shown)) {
        put(Span::styled(fit(name, area.width), theme.text), row, area, buffer);
    }
    if shown < names.len() {
        let more = format!("and {} more", names.len() - shown);
        put(Span::styled(more, theme.muted), area.height.saturating_sub(1), area, buffer);
    }
}

fn running(job: &Running, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let progress = &job.progress;
    let doing =
        if job.stopping { "stopping: nothing of it will be written" } else { progress.phase.as_str() };
    let kind = if job.job.dry_run { "Dry run of" } else { "Loading" };
    let title = Line::from(vec![
        Span::styled(format!("{kind} "), theme.text),
        Span::styled(fit(&job.job.path, area.width.saturating_sub(12)), theme.strong),
    ]);
    put(title, 0, area, buffer);
    let table_name = progress.table.map(|table| format!(" {table}")).unwrap_or_default();
    let file = if progress.files > 0 {
        format!("   file {} of {}", progress.file, progress.files)
    } else {
        String::new()
    };
    put(Span::styled(format!("{doing}{table_name}{file}"), theme.accent), 2, area, buffer);
    if let Some(ratio) = progress.of_file() {
        let bar = columns(area, 0, area.width.saturating_sub(7).min(100));
        gauge::gauge(ratio, theme.accent, rows(bar, 3, 1), buffer, theme);
        put(
            Span::styled(format!("{:>4.0}%", ratio * 100.0), theme.strong),
            3,
            columns(area, bar.width + 1, 6),
            buffer,
        );
    }
    put(Span::styled(speed(job), theme.text), 4, area, buffer);
    const COLUMNS: [Column; 2] = [Column::text("table", 14), Column::number("rows read", 14)];
    let tables = job
        .rows
        .tables()
        .iter()
        .map(|(table, read)| vec![(table.to_string(), theme.text), (grouped(*read), theme.text)]);
    table(&COLUMNS, tables, rows(area, 6, u16::MAX), buffer, theme);
}

fn speed(job: &Running) -> String {
    let progress = &job.progress;
    let mut words = format!("{} rows read", grouped(progress.read));
    if progress.rejected > 0 {
        words += &format!(", {} rejected", grouped(progress.rejected));
    }
    if let Some(rate) = rate(progress.read, job.since, job.at) {
        words += &format!("   {} rows a second", grouped(rate));
    }
    if let Some(seconds) = progress.of_file().and_then(|ratio| seconds_left(ratio, job.file_since, job.at)) {
        words += &format!("   about {} left in this file", duration(seconds));
    }
    words
}

fn duration(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}
