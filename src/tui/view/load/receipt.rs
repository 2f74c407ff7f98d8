//! How a load ended.

use super::super::text::{fit, fit_end, grouped, wrap};
use super::super::theme::Theme;
use super::super::widgets::table::{Cell, Column, table};
use super::super::widgets::{put, rows};
use super::server::whole;
use crate::domain::clean;
use crate::domain::receipt::{Outcome, Receipt, TableReceipt};
use crate::service::api::TableLoad;
use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::hits::HitMap;
use crate::tui::model::load::done::Done;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Draws the receipt, or why there is none.
pub(super) fn draw(
    app: &App,
    done: &Done,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) {
    match &done.result {
        Ok(receipt) => written(app, receipt, done, theme, area, buffer, hits),
        Err(failure) => {
            let title = format!(
                "{} was not loaded.",
                fit_end(&clean(&done.job.title), area.width.saturating_sub(18))
            );
            put(Span::styled(title, theme.bad), 0, area, buffer);
            let used = paragraph(failure.words(), theme.text, rows(area, 2, u16::MAX), buffer);
            remarks(&done.remarks, theme, rows(area, used + 3, u16::MAX), buffer);
        }
    }
}

fn written(
    app: &App,
    receipt: &Receipt,
    done: &Done,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) {
    let (words, style) = outcome(receipt, done.job.dry_run, theme);
    let run = format!("   run {}", receipt.run_id);
    put(Line::from(vec![Span::styled(words, style), Span::styled(run, theme.muted)]), 0, area, buffer);
    let pace = format!(
        "{} in {:.1} s, {} a second",
        counted(receipt.read()),
        receipt.seconds,
        grouped(receipt.rows_per_second)
    );
    put(Span::styled(pace, theme.muted), 1, area, buffer);
    let mut below = 3;
    if let Some(file) = &receipt.rejects_file {
        let file = clean(&file.display().to_string());
        let words = match done.is_rejected() {
            true => {
                let (mend, leave) = (app.key_for(Command::Mend), app.key_for(Command::LeaveOutRejects));
                format!(
                    "{mend} corrects the rejected rows here · {leave} loads the others. They are in this file:"
                )
            }
            false => {
                let mend = app.key_for(Command::Mend);
                format!("{mend} corrects the rejected rows here. They are in this file:")
            }
        };
        put(Span::styled(fit(&words, area.width), theme.text), 3, area, buffer);
        put(Span::styled(fit_end(&file, area.width), theme.strong), 4, area, buffer);
        below = 6;
    }
    for (words, style) in whole::lines(app, &done.read, theme) {
        below += paragraph(&words, style, rows(area, below, u16::MAX), buffer);
    }
    below += u16::from(!done.read.is_empty());
    below += remarks(&done.remarks, theme, rows(area, below, area.height / 3), buffer);
    let list = rows(area, below, u16::MAX);
    hits.rows = list.height.saturating_sub(1);
    let count = u16::try_from(receipt.tables.len()).unwrap_or(u16::MAX);
    hits.furthest = count.saturating_sub(hits.rows);
    files((receipt, &done.read), done.scroll.min(hits.furthest), theme, list, buffer);
}

/// The first rejected rows and what else there is to know; answers the rows it took, the space below included.
fn remarks(remarks: &[String], theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    let mut used = 0;
    for remark in remarks {
        used += paragraph(remark, theme.text, rows(area, used, u16::MAX), buffer);
    }
    let used = used.min(area.height);
    if used > 0 { used + 1 } else { 0 }
}

/// A text over as many rows as it takes; answers how many.
fn paragraph(words: &str, style: Style, area: Rect, buffer: &mut Buffer) -> u16 {
    let lines = wrap(words, area.width);
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    for (row, line) in (0..).zip(lines) {
        put(Span::styled(line, style), row, area, buffer);
    }
    count
}

/// How it ended, in a sentence; or how it would, where it was a dry run.
pub(super) fn outcome(receipt: &Receipt, is_dry: bool, theme: &Theme) -> (String, Style) {
    let good = theme.good.bold();
    let changed = counted(receipt.changed() - receipt.removed());
    let removed = |words: &str| match receipt.removed() {
        0 => String::new(),
        rows => format!(" {} {words}.", counted(rows)),
    };
    let nothing = match receipt.chunks {
        0 if is_dry => "Nothing would be loaded",
        0 => "Nothing was loaded",
        _ => "This chunk was not loaded",
    };
    // A preview that came to no end has nothing to say of what would be.
    let cut_short = if is_dry { "Nothing was loaded" } else { nothing };
    let stored = receipt.stored_before().map(|words| format!(" {words}")).unwrap_or_default();
    match receipt.status {
        Outcome::Committed => (format!("Loaded: {changed} new or changed.{}", removed("removed")), good),
        Outcome::DryRun => {
            (format!("Dry run: {changed} would be new or changed.{}", removed("would be removed")), good)
        }
        Outcome::NothingToDo => ("Nothing to do: every row was there already.".to_owned(), good),
        Outcome::Rejected => {
            (format!("{nothing}: {} rejected.{stored}", counted(receipt.rejected())), theme.bad)
        }
        Outcome::Cancelled => (format!("Stopped. {cut_short}.{stored}"), theme.strong),
        Outcome::Failed => (format!("It failed. {cut_short}.{stored}"), theme.bad),
    }
}

/// So many rows, in words.
fn counted(rows: u64) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{} rows", grouped(rows)) }
}

/// The least room in which a file's name says anything.
const LEAST_FILE: u16 = 16;

pub(in crate::tui::view) fn files(
    (receipt, read): (&Receipt, &[TableLoad]),
    scroll: u16,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    const COUNTS: [Column; 6] = [
        Column::text("table", 11),
        Column::number("read", 9),
        Column::number("new", 9),
        Column::number("changed", 9),
        Column::number("unchanged", 9),
        Column::number("rejected", 8),
    ];
    const REMOVED: Column = Column::number("removed", 8);
    // Only what replaces removes.
    let removes = receipt.removed() > 0;
    let mut columns: Vec<Column> = COUNTS.into_iter().chain(removes.then_some(REMOVED)).collect();
    // The counts with the gaps between them.
    let room = area.width.saturating_sub(if removes { 77 } else { 67 });
    if room >= LEAST_FILE {
        columns.push(Column::text(if read.is_empty() { "file" } else { "whether all came" }, 0));
    }
    let lines =
        receipt.tables.iter().skip(scroll.into()).map(|file| cells(file, (read, removes), room, theme));
    table(&columns, lines, area, buffer, theme);
}

fn cells(file: &TableReceipt, (read, removes): (&[TableLoad], bool), room: u16, theme: &Theme) -> Vec<Cell> {
    let number = |count: u64, style: Style| {
        if count == 0 { ("–".to_owned(), theme.muted) } else { (grouped(count), style) }
    };
    let of_server = read.iter().find(|table| table.table == file.table && table.address == file.file);
    let last = match of_server {
        Some(table) if table.whole.is_shown() => (fit(&whole::of_table(table), room), theme.muted),
        Some(table) => (fit(&whole::of_table(table), room), theme.bad),
        None => (fit_end(&clean(&file.file), room), theme.muted),
    };
    let mut cells = vec![
        (file.table.to_string(), theme.text),
        number(file.read, theme.text),
        number(file.inserted, theme.text),
        number(file.updated, theme.text),
        number(file.unchanged, theme.text),
        number(file.rejected, theme.bad),
    ];
    cells.extend(removes.then(|| number(file.deleted, theme.strong)));
    cells.push(last);
    cells
}
