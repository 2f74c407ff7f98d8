//! A form: each line with its label, and below it what it still takes or what is wrong.

use super::field::{Look, field};
use super::{columns, put, rows};
use crate::tui::model::hits::HitMap;
use crate::tui::model::widgets::form::{Form, Word};
use crate::tui::view::text::{fit, width};
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

/// Rows a line of a form takes, with the word below it.
const STEP: u16 = 2;

/// Draws the lines from the top, and where they do not all fit, those around the focus; answers where the terminal's
/// cursor belongs.
pub fn form(
    form: &Form,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
    hits: &mut HitMap,
) -> Option<Position> {
    let widest = form.lines().iter().map(|line| width(line.label())).max().unwrap_or(0);
    let labels = widest.min(area.width / 3) + 4;
    let room = usize::from(area.height / STEP).max(1);
    let first = (form.focus() + 1).saturating_sub(room);
    let mut cursor = None;
    for (top, (position, line)) in
        (0..area.height).step_by(STEP.into()).zip(form.lines().iter().enumerate().skip(first))
    {
        let look = Look {
            label: &fit(line.label(), labels.saturating_sub(3)),
            label_width: labels,
            focused: position == form.focus(),
            masked: line.is_secret(),
        };
        hits.add_field(rows(area, top, 1), position);
        cursor = cursor.or(field(line.field(), look, rows(area, top, 1), buffer, theme));
        let word = columns(rows(area, top + 1, 1), labels, u16::MAX);
        match form.word(position) {
            Word::Nothing => {}
            Word::Hint(words) => put(Span::styled(fit(&words, word.width), theme.muted), 0, word, buffer),
            Word::Wrong(words) => {
                put(Span::styled(fit(&format!("! {words}"), word.width), theme.bad), 0, word, buffer);
            }
        }
    }
    cursor
}
