//! One record: what there is to it, and below or beside that what belongs to it.

use super::kind;
use crate::domain::records::{Cell, Fact, Section, Sheet};
use crate::tui::model::App;
use crate::tui::model::hits::HitMap;
use crate::tui::model::records::Open;
use crate::tui::view::Drawn;
use crate::tui::view::frame::surround;
use crate::tui::view::text::fit;
use crate::tui::view::theme::Theme;
use crate::tui::view::users::title;
use crate::tui::view::widgets::table::aligned;
use crate::tui::view::widgets::{columns, put, rows};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of the names of facts.
const NAME: u16 = 16;
/// From this width on, what belongs to a record stands beside what there is to it.
const BESIDE: u16 = 118;
/// Columns of the facts then.
const FACTS: u16 = 52;
/// Columns between two cells.
const GAP: u16 = 2;

/// A line that is drawn, and which spot it is.
type Drawing = (Line<'static>, Option<usize>);

pub(super) fn draw(app: &App, open: &Open, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let mut hits = HitMap::default();
    let sheet = &open.sheet;
    let mut heading = title(kind(open.id), sheet.as_of(), sheet.failure().is_some(), &app.zone, theme);
    if let Some(known) = open.known() {
        heading.spans.splice(1..1, [Span::raw(" "), Span::styled(known.title.clone(), theme.accent)]);
    }
    let body = surround(app, heading, sheet.failure(), theme, area, buffer, &mut hits);
    match open.known() {
        Some(known) => draw_sheet(known, open.cursor, theme, body, buffer, &mut hits),
        None => {
            let words = match (sheet.value(), sheet.failure()) {
                (Some(None), _) => {
                    "It is not there any more: somebody removed it, or undid the load that brought it."
                }
                (_, Some(_)) => "",
                _ => "It is being asked for…",
            };
            put(Span::styled(words, theme.muted), 1, body, buffer);
        }
    }
    Drawn { hits, cursor: None }
}

fn draw_sheet(
    sheet: &Sheet,
    cursor: usize,
    theme: &Theme,
    body: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) {
    if body.width < BESIDE {
        let mut lines = facts(sheet, cursor, body.width, theme);
        lines.extend(sections(sheet, cursor, body.width, theme));
        flow(lines, cursor, theme, body, buffer, hits);
        return;
    }
    let beside = columns(body, FACTS + 3 * GAP, u16::MAX);
    let left = columns(body, 0, FACTS);
    flow(facts(sheet, cursor, FACTS, theme), cursor, theme, left, buffer, hits);
    let mut right = sections(sheet, cursor, beside.width, theme);
    if !right.is_empty() {
        right.remove(0);
    }
    flow(right, cursor, theme, beside, buffer, hits);
    hits.rows = body.height;
}

/// As many of the lines as there is room for, so that the one with the cursor is seen.
fn flow(
    lines: Vec<Drawing>,
    cursor: usize,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) {
    let height = usize::from(area.height);
    let at = lines.iter().position(|(_, spot)| *spot == Some(cursor)).unwrap_or(0);
    // Two lines more below, where there are: one sees that it goes on.
    let from = (at + 3).saturating_sub(height).min(lines.len().saturating_sub(height));
    let is_all = lines.len() <= from + height;
    for (row, (line, spot)) in (0..area.height).zip(lines.into_iter().skip(from)) {
        put(line, row, area, buffer);
        if let Some(spot) = spot {
            hits.add_row(rows(area, row, 1), spot);
        }
    }
    if !is_all {
        let more = Line::from(Span::styled("↓ more", theme.muted)).right_aligned();
        put(more, area.height.saturating_sub(1), area, buffer);
    }
    hits.rows = area.height;
}

fn facts(sheet: &Sheet, cursor: usize, width: u16, theme: &Theme) -> Vec<Drawing> {
    let line = |(spot, fact): (usize, &Fact)| {
        let value = or_dash(&fact.value);
        let room = width.saturating_sub(NAME);
        let style = match (spot == cursor, &fact.value, fact.leads) {
            (true, ..) => theme.focus,
            (_, Cell::Standing(_, true), _) => theme.bad,
            (_, _, Some(_)) => theme.accent,
            (_, Cell::Nothing, _) => theme.muted,
            _ => theme.text,
        };
        let name = Span::styled(aligned(fact.name, NAME, false), theme.muted);
        (Line::from(vec![name, Span::styled(fit(&value, room), style)]), Some(spot))
    };
    sheet.facts.iter().enumerate().map(|(spot, fact)| line((spot, fact))).collect()
}

fn or_dash(cell: &Cell) -> String {
    let shown = cell.shown();
    if shown.is_empty() { "–".to_owned() } else { shown }
}

fn sections(sheet: &Sheet, cursor: usize, width: u16, theme: &Theme) -> Vec<Drawing> {
    let (mut lines, mut spot) = (Vec::new(), sheet.facts.len());
    for section in &sheet.sections {
        lines.push((Line::default(), None));
        lines.push((Line::from(Span::styled(section.title, theme.strong)), None));
        let titles: Vec<String> = section.fields.iter().map(|field| field.title.to_owned()).collect();
        lines.push((cells_line(section, &titles, width, theme.muted), None));
        for row in &section.rows {
            let style = if spot == cursor { theme.focus } else { theme.text };
            let cells: Vec<String> = row.cells.iter().map(or_dash).collect();
            lines.push((cells_line(section, &cells, width, style), Some(spot)));
            spot += 1;
        }
        if section.all.is_some() {
            let style = if spot == cursor { theme.focus } else { theme.accent };
            lines.push((Line::from(Span::styled("  all of them…", style)), Some(spot)));
            spot += 1;
        }
    }
    lines
}

/// Cells as wide as their columns, as many as there is room for; the last text takes what is left.
fn cells_line(section: &Section, cells: &[String], width: u16, style: Style) -> Line<'static> {
    let mut text = String::from("  ");
    let mut left = width.saturating_sub(2);
    for (field, cell) in section.fields.iter().zip(cells) {
        let gap = if text.len() > 2 { GAP } else { 0 };
        if left < field.width.saturating_add(gap) && text.len() > 2 {
            break;
        }
        let room = field.width.min(left.saturating_sub(gap));
        text.push_str(&" ".repeat(gap.into()));
        text.push_str(&aligned(cell, room, field.kind.is_number()));
        left = left.saturating_sub(room + gap);
    }
    Line::from(Span::styled(text, style))
}
