//! A load under way: what it does, and a line for each file.

use super::super::text::{fit, fit_end, grouped};
use super::super::theme::Theme;
use super::super::widgets::table::{Column, table};
use super::super::widgets::{columns, gauge, put, rows};
use super::choose::in_bytes;
use super::server;
use crate::domain::clean;
use crate::tui::model::load::running::Running;
use crate::tui::model::progress::{FileLine, rate, seconds_left};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(job: &Running, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let progress = &job.progress;
    let doing =
        if job.stopping { "stopping: nothing of it will be written" } else { progress.phase.as_str() };
    let kind = if job.job.dry_run { "Preview of" } else { "Loading" };
    let title = Line::from(vec![
        Span::styled(format!("{kind} "), theme.text),
        Span::styled(fit_end(&clean(&job.job.title), area.width.saturating_sub(12)), theme.strong),
    ]);
    put(title, 0, area, buffer);
    if let Some(asking) = &progress.asking {
        return server::reading::draw(job, asking, theme, area, buffer);
    }
    let table_name = progress.table.map(|table| format!(" {table}")).unwrap_or_default();
    let file = if progress.files > 0 {
        format!("   file {} of {}", progress.file, progress.files)
    } else {
        String::new()
    };
    put(Span::styled(fit(&format!("{doing}{table_name}{file}"), area.width), theme.accent), 2, area, buffer);
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
    put(Span::styled(fit(&in_all(job), area.width), theme.text), 4, area, buffer);
    files(job, theme, rows(area, 6, u16::MAX), buffer);
}

fn in_all(job: &Running) -> String {
    let progress = &job.progress;
    let mut words = format!("{} rows read", grouped(progress.read));
    if progress.rejected > 0 {
        words += &format!(", {} rejected", grouped(progress.rejected));
    }
    if let Some(rate) = rate(progress.read, job.since, job.at) {
        words += &format!("   {} rows a second", grouped(rate));
    }
    words
}

/// The newest files, where there is no room for all.
fn files(job: &Running, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    const COLUMNS: [Column; 7] = [
        Column::text("table", 11),
        Column::number("rows", 11),
        Column::number("rows/s", 9),
        Column::number("MB/s", 6),
        Column::number("left", 12),
        Column::number("rejected", 8),
        Column::text("file", 0),
    ];
    let lines = job.files.lines();
    let room = usize::from(area.height.saturating_sub(1));
    let shown = lines.iter().skip(lines.len().saturating_sub(room));
    let last = lines.len().saturating_sub(1);
    let is_reading = job.progress.is_reading;
    let cells = shown.enumerate().map(|(at, line)| {
        let at = at + lines.len().saturating_sub(room);
        let is_now = at == last && is_reading;
        let style = if is_now { theme.accent } else { theme.text };
        let left = if is_now { left(line) } else { "read".to_owned() };
        let rejected = if line.rejected == 0 {
            ("–".to_owned(), theme.muted)
        } else {
            (grouped(line.rejected), theme.bad)
        };
        let rate = rate(line.read, line.since, line.at).map(grouped).unwrap_or_else(|| "–".to_owned());
        let megabytes = line.bytes_per_second().map(|rate| format!("{:.1}", rate as f64 / 1e6));
        vec![
            (line.table.to_string(), style),
            (grouped(line.read), theme.text),
            (rate, theme.text),
            (megabytes.unwrap_or_else(|| "–".to_owned()), theme.text),
            (left, theme.muted),
            rejected,
            (fit_end(&clean(&line.name), area.width.saturating_sub(69)), theme.muted),
        ]
    });
    table(&COLUMNS, cells, area, buffer, theme);
}

/// How long a file still takes, or how much of it there is to read while that can not be told.
fn left(line: &FileLine) -> String {
    let seconds = line.ratio().and_then(|ratio| seconds_left(ratio, line.since, line.at));
    match (seconds, line.position) {
        (Some(seconds), _) => duration(seconds),
        (None, Some((done, of))) if line.is_in_bytes => in_bytes(of.saturating_sub(done)),
        (None, _) => "–".to_owned(),
    }
}

fn duration(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}
