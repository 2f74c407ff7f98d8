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

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

/// One line of text at a row of `area`, counted from its top; nothing where there is no such row.
pub fn put<'a>(line: impl Into<Line<'a>>, row: u16, area: Rect, buffer: &mut Buffer) {
    if row < area.height {
        line.into().render(Rect { y: area.y + row, height: 1, ..area }, buffer);
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
