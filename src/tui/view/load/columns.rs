//! The second step: how each file is written, and what its columns are for.

use super::super::Drawn;
use super::super::popups::MEASURE;
use super::super::text::{fit, fit_end, wrap};
use super::super::theme::Theme;
use super::super::widgets::form::form;
use super::super::widgets::pick_list::{HEADING, pick_list};
use super::super::widgets::popup::popup;
use super::super::widgets::table::aligned;
use super::super::widgets::{columns, put, rows};
use crate::domain::clean;
use crate::etl::source::csv::Header;
use crate::etl::{ColumnHead, DateOrder, Days, Head, Meaning, Why};
use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::load::ask::Looked;
use crate::tui::model::load::columns::{Columns, Dialog};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// The most rows of a list that is chosen from.
const MOST: u16 = 12;
/// Rows below the columns, for what is missing.
const FOOT: u16 = 3;

pub(super) fn draw(app: &App, theme: &Theme, area: Rect, over: Rect, buffer: &mut Buffer, drawn: &mut Drawn) {
    let step = &app.load.columns;
    if let Some(file) = step.shown() {
        heading(step, file, theme, area, buffer);
        match &file.told {
            Ok(head) => {
                let list = rows(area, 3, area.height.saturating_sub(3 + FOOT));
                table(step, head, theme, list, buffer, drawn);
                let foot = rows(area, area.height.saturating_sub(FOOT) + 1, FOOT);
                // What lies over the columns has keys of its own.
                if step.dialog.is_none() {
                    paragraph(&below(app, step, head), theme.muted, foot, buffer);
                }
            }
            Err(unread) if unread.lacks_table => {
                let key = app.key_for(Command::PickTable);
                let words = format!("Its name says no table. {key} says which table it is for.");
                paragraph(&words, theme.bad, rows(area, 3, u16::MAX), buffer);
            }
            Err(unread) => paragraph(&unread.words, theme.bad, rows(area, 3, u16::MAX), buffer),
        }
    }
    if let Some(dialog) = &step.dialog {
        drawn.hits.cover();
        drawn.cursor = draw_dialog(dialog, theme, over, buffer, drawn);
    }
}

fn paragraph(words: &str, style: Style, area: Rect, buffer: &mut Buffer) {
    for (row, line) in (0..).zip(wrap(words, area.width)) {
        put(Span::styled(line, style), row, area, buffer);
    }
}

/// Which file it is, for which table, and how it is written.
fn heading(step: &Columns, file: &Looked, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let table = file.told.as_ref().ok().map(|head| head.table).or(file.part.table);
    let table = table.map_or("no table yet".to_owned(), |table| table.to_string());
    let count = match step.files.len() {
        1 => String::new(),
        several if step.is_of_server() => format!("   {} of {several}", step.file + 1),
        several => format!("   file {} of {several}", step.file + 1),
    };
    let right = format!("   {table}{count}");
    let room = area.width.saturating_sub(super::super::text::width(&right));
    let line = Line::from(vec![
        Span::styled(fit_end(&clean(&file.part.path), room), theme.strong),
        Span::styled(right, theme.accent),
    ]);
    put(line, 0, area, buffer);
    if let Some(dialect) = file.told.as_ref().ok().and_then(|head| head.dialect) {
        let first = if dialect.header == Header::Named { ", the first line names the columns" } else { "" };
        let opened = step.said.opened.as_ref().map(|(name, _)| format!("   mapping {name}"));
        let words = format!("{dialect}{first}{}", opened.unwrap_or_default());
        put(Span::styled(fit(&words, area.width), theme.muted), 1, area, buffer);
    }
}

/// Columns of the screen for a name, for what it is for, for why.
const NAME: u16 = 20;
const FOR: u16 = 20;
const WHY: u16 = 14;

fn table(step: &Columns, head: &Head, theme: &Theme, area: Rect, buffer: &mut Buffer, drawn: &mut Drawn) {
    let wide = area.width >= 120;
    let (name, goes) = if wide { (NAME + 10, FOR + 8) } else { (NAME, FOR) };
    let line = |cells: [&str; 4]| {
        let [one, two, three, rest] = cells;
        let known =
            [aligned(one, name, false), aligned(two, goes, false), aligned(three, WHY, false)].join("  ");
        let left = area.width.saturating_sub(name + goes + WHY + 6);
        format!("{known}  {}", aligned(rest, left, false))
    };
    let of = if head.dialect.is_none() && step.is_of_server() {
        "Field of the server"
    } else {
        "Column of the file"
    };
    put(Span::styled(line([of, "is for", "because", "first cells"]), theme.muted), 0, area, buffer);
    let list = rows(area, 1, u16::MAX);
    drawn.hits.rows = list.height;
    let first = step.first_seen(list.height.into());
    let shown = head.columns.iter().enumerate().skip(first);
    for (row, (at, column)) in (0..list.height).zip(shown) {
        let is_fault = column.meaning.is_none() || step.is_unclear(column);
        let style = match (at == step.cursor, is_fault) {
            (true, _) => theme.focus,
            (false, true) => theme.bad,
            (false, false) if matches!(column.meaning, Some((Meaning::Ignored, _))) => theme.muted,
            (false, false) => theme.text,
        };
        let (goes, why) = purpose(step, column);
        let cells = column.cells.join(" · ");
        let text = line([clean(&column.name).trim(), &goes, &why, &cells]);
        drawn.hits.add_row(rows(list, row, 1), usize::from(row));
        put(Span::styled(text, style), row, list, buffer);
    }
}

/// What a column is for, and why.
fn purpose(step: &Columns, column: &ColumnHead) -> (String, String) {
    let Some((meaning, why)) = column.meaning else {
        let near = column.near.map(|near| format!("{near}?")).unwrap_or_else(|| "?".to_owned());
        let why = if column.near.is_some() { "near: yes?" } else { "not known" };
        return (near, why.to_owned());
    };
    let why = match why {
        Why::Said => "as you say",
        Why::Exact => "same name",
        Why::Spelling => "same but case",
        Why::Alias => "known name",
        Why::Unknown => "not known",
    };
    let days = match &column.days {
        Some(Days::Unclear(_)) if step.is_unclear(column) => Some("d/m or m/d?"),
        Some(Days::Unclear(_)) => Some("by its values"),
        Some(Days::Proved(order) | Days::Said(order)) => match order {
            DateOrder::DayFirst => Some("day first"),
            DateOrder::MonthFirst => Some("month first"),
            _ => None,
        },
        Some(Days::Clear) | None => None,
    };
    (meaning.to_string(), days.unwrap_or(why).to_owned())
}

/// What is missing, or what can be done with the column that has the cursor.
fn below(app: &App, step: &Columns, head: &Head) -> String {
    let keys = |command| app.key_for(command);
    if let Some(column) = step.column() {
        if let (None, Some(near)) = (column.meaning, column.near) {
            let (yes, set, leave) =
                (keys(Command::TakeNear), keys(Command::SetColumn), keys(Command::LeaveOutColumn));
            return format!(
                "Is \"{}\" {near}? {yes} yes · {set} something else · {leave} it is not loaded",
                clean(&column.name)
            );
        }
        if column.meaning.is_none() {
            let (set, leave) = (keys(Command::SetColumn), keys(Command::LeaveOutColumn));
            return format!(
                "\"{}\" is not known. {set} says what it is for · {leave} it is not loaded",
                clean(&column.name)
            );
        }
        if let (true, Some(Days::Unclear(cell))) = (step.is_unclear(column), &column.days) {
            let key = keys(Command::NextDays);
            return format!(
                "{cell} can be read two ways. {key} day first · again, month first · once more, by its values"
            );
        }
    }
    if !head.missing.is_empty() {
        return format!("Missing: {}. The table has to have them.", head.missing.join(", "));
    }
    if let Some(problems) = &head.problems {
        return problems.clone();
    }
    if app.load.server.is_origin {
        let each = [
            (Command::SetColumn, "what a field is for"),
            (Command::LeaveOutColumn, "leave it out"),
            (Command::SaveMapping, "save the mapping"),
            (Command::OpenMapping, "open one"),
        ];
        return each.map(|(command, words)| format!("{} {words}", keys(command))).join(" · ");
    }
    let turn = [
        (Command::PickTable, "table"),
        (Command::NextSeparator, "separator"),
        (Command::NextQuote, "quotes"),
        (Command::PickEncoding, "encoding"),
        (Command::NextHeader, "first line"),
        (Command::SaveMapping, "save the mapping"),
        (Command::OpenMapping, "open one"),
    ];
    let each = turn.map(|(command, words)| format!("{} {words}", keys(command)));
    each.join(" · ")
}

fn draw_dialog(
    dialog: &Dialog,
    theme: &Theme,
    over: Rect,
    buffer: &mut Buffer,
    drawn: &mut Drawn,
) -> Option<ratatui::layout::Position> {
    let hits = &mut drawn.hits;
    let room = |count: usize| HEADING + u16::try_from(count).unwrap_or(MOST).min(MOST);
    match dialog {
        Dialog::Meaning(column, list) => {
            let title = format!("What is \"{}\" for?", fit(&clean(column), 30));
            let inside = popup(&title, (MEASURE, room(list.counts().1)), over, buffer, theme);
            pick_list(list, |meaning| in_words(*meaning).to_owned(), inside, buffer, theme, hits)
        }
        Dialog::Table(list) => {
            let inside = popup("Which table is it for?", (40, room(list.counts().1)), over, buffer, theme);
            pick_list(list, |_| String::new(), inside, buffer, theme, hits)
        }
        Dialog::Encoding(list) => {
            let inside = popup("Encoding", (MEASURE, room(list.counts().1)), over, buffer, theme);
            pick_list(list, |_| String::new(), inside, buffer, theme, hits)
        }
        Dialog::Open(list, waiting) => {
            let inside =
                popup("Saved mappings", (MEASURE, room(list.counts().1.max(1))), over, buffer, theme);
            if waiting.is_some() {
                put(Span::styled("One moment…", theme.accent), 0, inside, buffer);
                return None;
            }
            pick_list(list, |_| String::new(), inside, buffer, theme, hits)
        }
        Dialog::Save(name) => {
            let inside = popup("Save what the columns are for", (MEASURE, 5), over, buffer, theme);
            let words = "For all the files shown, to be opened for others like them.";
            put(Span::styled(fit(words, inside.width), theme.muted), 3, columns(inside, 0, u16::MAX), buffer);
            form(name, rows(inside, 0, 3), buffer, theme, hits)
        }
    }
}

fn in_words(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Column(_) => "",
        Meaning::NameOf(_) => "looked up by the name",
        Meaning::Says(_) => "has to agree with it",
        Meaning::Ignored => "",
    }
}
