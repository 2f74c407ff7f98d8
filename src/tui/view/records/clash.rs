//! A record that two people changed: of each field what it was, what it is now, and what was typed.

use crate::domain::records::clash::{Difference, Pick};
use crate::tui::model::hits::HitMap;
use crate::tui::model::records::edit::{Clash, EditForm};
use crate::tui::view::text::{fit, wrap};
use crate::tui::view::theme::Theme;
use crate::tui::view::widgets::popup::popup;
use crate::tui::view::widgets::table::aligned;
use crate::tui::view::widgets::{put, rows};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of the names of fields.
const NAME: u16 = 12;
/// The most columns of the box.
const WIDEST: u16 = 130;
/// Rows above the fields: what happened, and the heading.
const ABOVE: u16 = 4;
/// Rows below them: the values of the one with the cursor in full.
const BELOW: u16 = 5;

pub(super) fn draw(
    edited: &EditForm,
    clash: &Clash,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) {
    let wide = area.width.saturating_sub(8).min(WIDEST);
    let count = u16::try_from(clash.differences.len()).unwrap_or(u16::MAX);
    let inside = popup(&fit(&edited.title(), wide), (wide, ABOVE + count + BELOW), area, buffer, theme);
    let each = inside.width.saturating_sub(NAME) / 3;
    let (words, style) = about(clash, theme);
    for (row, line) in (0..2).zip(wrap(&words, inside.width)) {
        put(Span::styled(line, style), row, inside, buffer);
    }
    let heading = ["", "It was", "Theirs: it is now", "Mine: as typed"];
    put(cells(heading.map(str::to_owned), each, [theme.muted; 4]), ABOVE - 1, inside, buffer);
    let room = rows(inside, ABOVE, inside.height.saturating_sub(ABOVE + BELOW));
    let first = (clash.cursor + 1).saturating_sub(room.height.into());
    for (row, (place, one)) in (0..room.height).zip(clash.differences.iter().enumerate().skip(first)) {
        put(line(edited, one, place == clash.cursor, each, theme), row, room, buffer);
        hits.add_row(rows(room, row, 1), place);
    }
    hits.rows = room.height;
    if let Some(one) = clash.differences.get(clash.cursor) {
        let below = rows(inside, inside.height.saturating_sub(BELOW - 1), BELOW - 1);
        for (row, words) in (0..).zip(in_full(edited, one, below.width)) {
            put(Span::styled(words, theme.muted), row, below, buffer);
        }
    }
}

fn about(clash: &Clash, theme: &Theme) -> (String, Style) {
    let saved = "Somebody saved this record while you typed.";
    match clash.open() {
        0 => (format!("{saved} Enter saves what is marked; the rest stays as it is now."), theme.text),
        open => {
            let fields = if open == 1 { "field was" } else { "fields were" };
            let words = format!(
                "{saved} {open} {fields} changed by both of you: choose whose is to stand, with ← and →."
            );
            (words, if clash.is_urged { theme.bad } else { theme.text })
        }
    }
}

fn line(edited: &EditForm, one: &Difference, is_current: bool, each: u16, theme: &Theme) -> Line<'static> {
    let value = |value: &Option<String>| {
        let (name, shown) = edited.told(one.field, value.as_deref());
        (name, if shown.is_empty() { "–".to_owned() } else { shown })
    };
    let ((name, base), (_, theirs), (_, mine)) = (value(&one.base), value(&one.theirs), value(&one.mine));
    let picked = |pick: Pick| match one.pick {
        Some(chosen) if chosen == pick => theme.strong,
        Some(_) => theme.muted,
        None => theme.text,
    };
    let mark = |pick: Pick, text: String| match one.pick {
        Some(chosen) if chosen == pick => format!("▸ {text}"),
        Some(_) => format!("  {text}"),
        None => format!("? {text}"),
    };
    let name_style = match (is_current, one.pick) {
        (true, _) => theme.focus,
        (false, None) => theme.bad,
        (false, Some(_)) => theme.text,
    };
    let texts = [name.to_owned(), base, mark(Pick::Theirs, theirs), mark(Pick::Mine, mine)];
    cells(texts, each, [name_style, theme.muted, picked(Pick::Theirs), picked(Pick::Mine)])
}

fn cells(texts: [String; 4], each: u16, styles: [Style; 4]) -> Line<'static> {
    let widths = [NAME, each, each, each];
    let cell = |((text, width), style): ((String, u16), Style)| {
        let text = fit(&text, width.saturating_sub(1));
        [Span::styled(aligned(&text, width.saturating_sub(1), false), style), Span::raw(" ")]
    };
    Line::from(texts.into_iter().zip(widths).zip(styles).flat_map(cell).collect::<Vec<_>>())
}

/// The values of a field one below the other, for those that are too long for their columns.
fn in_full(edited: &EditForm, one: &Difference, room: u16) -> Vec<String> {
    [("It was", &one.base), ("Theirs", &one.theirs), ("Mine", &one.mine)]
        .into_iter()
        .map(|(whose, value)| {
            let (_, shown) = edited.told(one.field, value.as_deref());
            let shown = if shown.is_empty() { "–" } else { shown.as_str() };
            fit(&format!("{whose}: {shown}"), room)
        })
        .collect()
}
