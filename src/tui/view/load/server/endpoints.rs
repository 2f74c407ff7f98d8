//! The second step: which address holds which table, how sure that is and why, and the first rows.

use super::super::super::Drawn;
use super::super::super::popups::{MEASURE, scrolled};
use super::super::super::text::{fit, fit_end, grouped, width, wrap};
use super::super::super::theme::Theme;
use super::super::super::widgets::form::form;
use super::super::super::widgets::pick_list::{HEADING, pick_list};
use super::super::super::widgets::popup::popup;
use super::super::super::widgets::table::aligned;
use super::super::super::widgets::{columns, put, rows};
use super::paragraph;
use crate::domain::{capitalised, clean};
use crate::etl::source::api::{Endpoint, Sure};
use crate::tui::model::load::Load;
use crate::tui::model::load::server::Dialog;
use crate::tui::model::load::server::endpoints::{Endpoints, Row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Rows above the addresses: the server, what is told of it, and their heading.
const HEAD: u16 = 4;
/// Rows that the reasons take where the first rows are shown below them.
const REASONS: u16 = 7;
/// Columns of the screen for the table, how sure it is, its rows, and where they are.
const WIDTHS: [u16; 4] = [11, 8, 9, 14];
/// The widest that the way from page to page is drawn.
const PAGES: u16 = 52;
/// From this width on the address has a column of its own.
const WIDE: u16 = 120;

pub(in crate::tui::view::load) fn draw(
    load: &Load,
    theme: &Theme,
    area: Rect,
    over: Rect,
    buffer: &mut Buffer,
    drawn: &mut Drawn,
) {
    let found = &load.server.found;
    heading(load, theme, area, buffer);
    let count = u16::try_from(found.rows.len()).unwrap_or(u16::MAX);
    let shown = count.min(area.height.saturating_sub(HEAD + 5)).max(1);
    table(found, theme, rows(area, HEAD - 1, shown + 1), buffer, drawn);
    let below = rows(area, HEAD + shown + 1, u16::MAX);
    if let Some(Row { endpoint, .. }) = found.current() {
        let has_room_for_both = below.height >= REASONS + 5;
        if has_room_for_both {
            let used = reasons(endpoint, theme, rows(below, 0, REASONS), buffer);
            first_rows(endpoint, theme, rows(below, used + 1, u16::MAX), buffer);
        } else if found.shows_rows {
            first_rows(endpoint, theme, below, buffer);
        } else {
            reasons(endpoint, theme, below, buffer);
        }
    }
    if let Some(dialog) = &found.dialog {
        drawn.hits.cover();
        drawn.cursor = draw_dialog(found, dialog, theme, over, buffer, drawn);
    }
}

fn heading(load: &Load, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let found = &load.server.found;
    let taken = found.rows.iter().filter(|row| row.is_taken).count();
    let right = format!("   {taken} of {} taken", found.rows.len());
    let room = area.width.saturating_sub(width(&right));
    let line = Line::from(vec![
        Span::styled(fit_end(&clean(found.server()), room), theme.strong),
        Span::styled(right, theme.accent),
    ]);
    put(line, 0, area, buffer);
    let words = match (&load.waiting, &load.server.asking) {
        (Some(_), Some(asking)) => format!("{} · Esc stops", asking.line()),
        _ if found.documents.is_empty() => format!("{} addresses were looked at.", found.looked_at),
        _ => format!(
            "{} addresses were looked at; {} says what there is.",
            found.looked_at,
            found.documents.join(", ")
        ),
    };
    let style = if load.waiting.is_some() { theme.accent } else { theme.muted };
    put(Span::styled(fit(&clean(&words), area.width), style), 1, area, buffer);
}

fn table(found: &Endpoints, theme: &Theme, area: Rect, buffer: &mut Buffer, drawn: &mut Drawn) {
    let line = |cells: [&str; 6]| {
        let [table, sure, rows, at, pages, address] = cells;
        let [one, two, three, four] = WIDTHS;
        let known = [
            aligned(table, one, false),
            aligned(sure, two, false),
            aligned(rows, three, true),
            aligned(at, four, false),
        ];
        let known = format!("{}  ", known.join("  "));
        let left = area.width.saturating_sub(width(&known) + 2);
        if area.width < WIDE {
            return format!("{known}{}", aligned(pages, left, false));
        }
        let half = (left / 2).min(PAGES);
        format!(
            "{known}{}  {}",
            aligned(pages, half.saturating_sub(2), false),
            aligned(address, left - half, false)
        )
    };
    let titles = ["table", "match", "rows", "rows at", "pages", "address"];
    put(Span::styled(format!("  {}", line(titles)), theme.muted), 0, area, buffer);
    let list = rows(area, 1, u16::MAX);
    drawn.hits.rows = list.height;
    let first = found.first_seen(list.height.into());
    for (row, (at, one)) in (0..list.height).zip(found.rows.iter().enumerate().skip(first)) {
        let endpoint = &one.endpoint;
        let style = match (at == found.cursor, one.is_taken, endpoint.sure) {
            (true, ..) => theme.focus,
            (false, false, _) => theme.muted,
            (false, true, Sure::Doubtful) => theme.bad,
            (false, true, _) => theme.text,
        };
        let total = endpoint.total.map_or_else(|| "?".to_owned(), grouped);
        let (at, pages) = (clean(&endpoint.rows_at.to_string()), clean(&endpoint.paging.in_words()));
        let address = clean(endpoint.url.as_str());
        let cells = [endpoint.table.name(), endpoint.sure.word(), &total, &at, &pages, &address];
        let mark = if one.is_taken { "✓" } else { " " };
        let text = format!("{mark} {}", line(cells));
        drawn.hits.add_row(rows(list, row, 1), usize::from(row));
        put(Span::styled(text, style), row, list, buffer);
    }
}

/// Why the address is taken for what it is, and what of it is not loaded; answers the rows that took.
fn reasons(endpoint: &Endpoint, theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    put(Span::styled(fit(&clean(endpoint.url.as_str()), area.width), theme.strong), 0, area, buffer);
    let mut used = 1;
    let mut say = |words: String, style| {
        used += paragraph(&clean(&words), style, rows(area, used, u16::MAX), buffer);
    };
    if !endpoint.missing.is_empty() {
        let missing = endpoint.missing.join(", ");
        say(format!("Its rows have no {missing}. Say which field has it in the next step."), theme.bad);
    }
    say(format!("{}.", capitalised(&endpoint.reasons.join("; "))), theme.text);
    if !endpoint.lists.is_empty() {
        let lists = endpoint.lists.join(", ");
        say(format!("A list in each row, for which a row here has no room: {lists}."), theme.strong);
    }
    if !endpoint.left.is_empty() {
        say(format!("Not loaded: {}.", endpoint.left.join(", ")), theme.muted);
    }
    used
}

/// The first rows, under the columns that they fill.
fn first_rows(endpoint: &Endpoint, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    const WIDEST: u16 = 22;
    if endpoint.sample.is_empty() {
        put(Span::styled("It has no rows.", theme.muted), 0, area, buffer);
        return;
    }
    let mut left = 0;
    for (at, (_, column)) in endpoint.columns.iter().enumerate() {
        let cells: Vec<String> = endpoint
            .sample
            .iter()
            .map(|row| row.get(at).map(|cell| clean(cell)).unwrap_or_default())
            .collect();
        let name = clean(column);
        let widest = cells.iter().map(|cell| width(cell)).chain([width(&name)]).max().unwrap_or_default();
        let room = widest.min(WIDEST);
        if left + room > area.width {
            break;
        }
        let place = columns(area, left, room);
        put(Span::styled(fit(&name, room), theme.muted), 0, place, buffer);
        for (row, cell) in (1..).zip(cells) {
            let (text, style) =
                if cell.is_empty() { ("–".to_owned(), theme.muted) } else { (cell, theme.text) };
            put(Span::styled(fit(&text, room), style), row, place, buffer);
        }
        left += room + 2;
    }
}

fn draw_dialog(
    found: &Endpoints,
    dialog: &Dialog,
    theme: &Theme,
    over: Rect,
    buffer: &mut Buffer,
    drawn: &mut Drawn,
) -> Option<Position> {
    const WORDS: u16 = 4;
    let title = match dialog {
        Dialog::Table(_) => "Which table does it hold?",
        Dialog::RowsAt(_) => "Where are its rows in a reply?",
        Dialog::Paging(_) => "How does one page lead to the next?",
        Dialog::Add(_) => "An address that was not found",
        Dialog::Save(_) => "Save this server under a name",
        Dialog::Text { .. } => "To be written by hand",
    };
    match dialog {
        Dialog::Table(list) => {
            let count = u16::try_from(list.counts().1).unwrap_or(u16::MAX);
            let inside = popup(title, (40, HEADING + count), over, buffer, theme);
            pick_list(list, |_| String::new(), inside, buffer, theme, &mut drawn.hits)
        }
        Dialog::Text { why, text, scroll } => {
            let why = wrap(why, MEASURE).into_iter().map(|line| Line::from(Span::styled(line, theme.muted)));
            let text = text.lines().map(|line| Line::from(Span::styled(clean(line), theme.text)));
            let lines: Vec<Line<'_>> = why.chain([Line::default()]).chain(text).collect();
            let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            let inside = popup(title, (MEASURE, height), over, buffer, theme);
            scrolled(lines, *scroll, theme, inside, buffer, &mut drawn.hits);
            None
        }
        other => {
            let fields = other.form()?;
            let height = u16::try_from(fields.lines().len() * 2).unwrap_or(u16::MAX);
            let inside = popup(title, (MEASURE, height + WORDS), over, buffer, theme);
            let cursor = form(fields, rows(inside, 0, height), buffer, theme, &mut drawn.hits);
            paragraph(words(found, other), theme.muted, rows(inside, height, WORDS), buffer);
            cursor
        }
    }
}

/// What there is to know before it is typed.
fn words(found: &Endpoints, dialog: &Dialog) -> &'static str {
    match dialog {
        Dialog::RowsAt(_) => {
            "As in data.items; $ where the reply is the rows themselves; data[].lines for a list in each row. Nothing: it is found out."
        }
        Dialog::Paging(_) => {
            "single, link, next:FIELD, cursor:FIELD=PARAMETER, page:PARAMETER=FIRST, offset:PARAMETER=ROWS or keyset:PARAMETER=FIELD, and ;size:PARAMETER=ROWS after it. Nothing: it is found out."
        }
        Dialog::Add(_) => "The path is below the server's address; with a / before it, from its root.",
        Dialog::Save(_) if found.has_secret() => {
            "What is taken here is saved, with its rows and pages, and no secret: the program takes that from a variable of the environment, or from a file that you name in the configuration."
        }
        Dialog::Save(_) => "What is taken here is saved, with its rows and pages, to be loaded by that name.",
        Dialog::Table(_) | Dialog::Text { .. } => "",
    }
}
