//! The pieces screens are made of. Each draws into the area it is given and never outside it.

pub mod bars;
pub mod confirm;
pub mod data_table;
pub mod field;
pub mod find;
pub mod form;
pub mod gauge;
pub mod hint_bar;
pub mod line_chart;
pub mod log_view;
pub mod pick_list;
pub mod popup;
pub mod qr;
pub mod rule;
pub mod sparkline;
pub mod table;
pub mod toast;

use super::text;
use ratatui::buffer::Buffer;
use ratatui::layout::{HorizontalAlignment, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

/// One line of text at a row of `area`, counted from its top; nothing where there is no such row.
pub fn put<'a>(line: impl Into<Line<'a>>, row: u16, area: Rect, buffer: &mut Buffer) {
    if row >= area.height {
        return;
    }
    let (line, area) = (line.into(), Rect { y: area.y + row, height: 1, ..area });
    if is_plain(&line) {
        put_plain(&line, area, buffer);
    } else {
        line.render(area, buffer);
    }
}

/// Whether each byte of a line is a letter with a column of its own, from the left on. Most lines are so.
fn is_plain(line: &Line) -> bool {
    let is_left = matches!(line.alignment, None | Some(HorizontalAlignment::Left));
    is_left && line.spans.iter().all(|span| text::is_plain(&span.content))
}

/// What [`Line`]'s own `render` does, which looks for the bounds of glyphs in each text: most of a frame's time went there.
fn put_plain(line: &Line, area: Rect, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    if area.is_empty() || line.spans.iter().all(|span| span.content.is_empty()) {
        return;
    }
    buffer.set_style(area, line.style);
    let first = buffer.index_of(area.x, area.y);
    let cells = buffer.content.iter_mut().skip(first).take(area.width.into());
    let letters = line
        .spans
        .iter()
        .flat_map(|span| span.content.bytes().map(|letter| (char::from(letter), span.style)));
    for (cell, (letter, style)) in cells.zip(letters) {
        cell.set_char(letter).set_style(style);
    }
}

/// The rows of `area` from `from` on, at most `rows` of them.
pub fn rows(area: Rect, from: u16, rows: u16) -> Rect {
    let from = from.min(area.height);
    Rect { y: area.y + from, height: rows.min(area.height - from), ..area }
}

/// The columns of `area` from `from` on, at most `columns` of them.
pub fn columns(area: Rect, from: u16, columns: u16) -> Rect {
    let from = from.min(area.width);
    Rect { x: area.x + from, width: columns.min(area.width - from), ..area }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::{Color, Modifier, Style};
    use ratatui::text::Span;

    fn style() -> impl Strategy<Value = Style> {
        proptest::sample::select(vec![
            Style::new(),
            Style::new().fg(Color::Red),
            Style::new().bg(Color::Blue).add_modifier(Modifier::BOLD),
        ])
    }

    /// Mostly plain, for that is what is drawn another way.
    fn letters() -> impl Strategy<Value = String> {
        prop_oneof![4 => "[ -~]{0,9}", 1 => "([ -~]|é|自|\u{301}){0,9}"]
    }

    proptest! {
        #[test]
        fn a_line_is_drawn_as_the_library_draws_it(
            spans in proptest::collection::vec((letters(), style()), 0..4),
            whole in style(),
            to_the_right: bool,
            (x, y, width) in (0_u16..14, 0_u16..4, 0_u16..14),
        ) {
            let spans: Vec<_> = spans.into_iter().map(|(text, style)| Span::styled(text, style)).collect();
            let line = Line::from(spans).style(whole);
            let line = if to_the_right { line.right_aligned() } else { line };
            let filled = Buffer::filled(Rect::new(1, 1, 10, 2), ratatui::buffer::Cell::new("x"));
            let (mut ours, mut theirs) = (filled.clone(), filled);
            let area = Rect::new(x, y, width, 1);
            put(line.clone(), 0, area, &mut ours);
            line.render(area, &mut theirs);
            prop_assert_eq!(ours, theirs);
        }
    }
}
