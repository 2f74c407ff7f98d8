//! How a load ended.

use super::text::{fit_end, grouped, wrap};
use super::theme::Theme;
use super::widgets::table::{Cell, Column, table};
use super::widgets::{put, rows};
use crate::domain::clean;
use crate::domain::receipt::{Outcome, Receipt, TableReceipt};
use crate::tui::model::message::{Failure, LoadJob};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Draws the receipt, or why there is none.
pub(super) fn draw(
    job: &LoadJob,
    result: &Result<Receipt, Failure>,
    scroll: u16,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    match result {
        Ok(receipt) => written(receipt, scroll, theme, area, buffer),
        Err(failure) => {
            let title = format!(
                "{} was not loaded.",
                fit_end(&job.path, area.width.saturating_sub(18))
            );
            put(Span::styled(title, theme.bad), 0, area, buffer);
            for (row, line) in (2..).zip(wrap(failure.words(), area.width)) {
                put(Span::styled(line, theme.text), row, area, buffer);
            }
        }
    }
}

fn written(receipt: &Receipt, scroll: u16, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let (words, style) = outcome(receipt, theme);
    let title = Line::from(vec![
        Span::styled(words, style),
        Span::styled(format!("   run {}", receipt.run_id), theme.muted),
    ]);
    put(title, 0, area, buffer);
    let pace = format!(
        "{} rows in {:.1} s, {} a second",
        grouped(receipt.read()),
        receipt.seconds,
        grouped(receipt.rows_per_second)
    );
    put(Span::styled(pace, theme.muted), 1, area, buffer);
    let mut below = 3;
    if let Some(file) = &receipt.rejects_file {
        let file = clean(&file.display().to_string());
        put(
            Span::styled("Correct the rejected rows in this file and load it:", theme.text),
            3,
            area,
            buffer,
        );
        put(
            Span::styled(fit_end(&file, area.width), theme.strong),
            4,
            area,
            buffer,
        );
        below = 6;
    }
    files(receipt, scroll, theme, rows(area, below, u16::MAX), buffer);
}

fn outcome(receipt: &Receipt, theme: &Theme) -> (String, Style) {
    let good = theme.good.patch(theme.strong);
    match receipt.status {
        Outcome::Committed => (
            format!("Loaded: {} rows are new or changed.", grouped(receipt.changed())),
            good,
        ),
        Outcome::DryRun => (
            format!(
                "Dry run: {} rows would be new or changed.",
                grouped(receipt.changed())
            ),
            good,
        ),
        Outcome::NothingToDo => ("Nothing to do: every row was there already.".to_owned(), good),
        Outcome::Rejected => (
            format!(
                "Nothing was loaded: {} rows were rejected.",
                grouped(receipt.rejected())
            ),
            theme.bad,
        ),
        Outcome::Cancelled => ("Stopped. Nothing was loaded.".to_owned(), theme.strong),
        Outcome::Failed => ("It failed. Nothing was loaded.".to_owned(), theme.bad),
    }
}

fn files(receipt: &Receipt, scroll: u16, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    const COLUMNS: [Column; 7] = [
        Column::text("table", 11),
        Column::number("read", 9),
        Column::number("new", 9),
        Column::number("changed", 9),
        Column::number("unchanged", 9),
        Column::number("rejected", 8),
        Column::text("file", 0),
    ];
    let room = area.width.saturating_sub(67);
    let lines = receipt
        .tables
        .iter()
        .skip(scroll.into())
        .map(|file| cells(file, room, theme));
    table(&COLUMNS, lines, area, buffer, theme);
}

fn cells(file: &TableReceipt, room: u16, theme: &Theme) -> Vec<Cell> {
    let number = |count: u64, style: Style| {
        if count == 0 {
            ("–".to_owned(), theme.muted)
        } else {
            (grouped(count), style)
        }
    };
    vec![
        (file.table.to_string(), theme.text),
        number(file.read, theme.text),
        number(file.inserted, theme.text),
        number(file.updated, theme.text),
        number(file.unchanged, theme.text),
        number(file.rejected, theme.bad),
        (fit_end(&clean(&file.file), room), theme.muted),
    ]
}
