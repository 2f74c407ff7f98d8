//! A question over a screen.

use super::field::{Look, field};
use super::popup::popup;
use super::{put, rows};
use crate::tui::model::question::Question;
use crate::tui::model::widgets::confirm::{Confirm, Proof};
use crate::tui::view::text::{fit, wrap};
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Columns of text in a question: about what is read with ease.
const MEASURE: u16 = 62;

/// Draws the question in the middle of `area`, with the keys of yes and no; answers where the terminal's cursor belongs.
pub fn confirm(
    question: &Question,
    [yes, no]: &[String; 2],
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Option<Position> {
    let confirm = &question.confirm;
    let words = wrap(confirm.question(), MEASURE.min(area.width.saturating_sub(6)));
    let asked = u16::try_from(words.len()).unwrap_or(u16::MAX);
    let typed = if question.is_for_text() { 3 } else { 0 };
    let inside = popup("Sure?", (MEASURE, asked.saturating_add(2 + typed)), area, buffer, theme);
    for (row, line) in (0..).zip(words) {
        put(Span::styled(line, theme.strong), row, inside, buffer);
    }
    let cursor = proof(confirm, rows(inside, asked.saturating_add(1), 2), buffer, theme);
    let last = inside.height.saturating_sub(1);
    if question.checking.is_some() {
        put(Span::styled(format!("Checking… {no} stops waiting."), theme.accent), last, inside, buffer);
        return None;
    }
    let answers = Line::from(vec![
        Span::styled(yes.as_str(), theme.accent.bold()),
        Span::raw(" yes      "),
        Span::styled(no.as_str(), theme.accent.bold()),
        Span::raw(" no"),
    ]);
    put(answers, last, inside, buffer);
    cursor
}

fn proof(confirm: &Confirm, area: Rect, buffer: &mut Buffer, theme: &Theme) -> Option<Position> {
    let (label, label_width) = match confirm.proof() {
        Proof::Yes => return None,
        Proof::Name(_) => ("Its name", 12),
        Proof::Code => ("Code", 8),
    };
    let look = Look { label, label_width, focused: true, masked: false };
    let cursor = field(confirm.typed(), look, rows(area, 0, 1), buffer, theme);
    let (words, style) = match (confirm.word(), confirm.proof()) {
        (Some(word), _) => (word.words().to_owned(), theme.bad),
        (None, Proof::Name(name)) => (format!("Type {name} to say yes."), theme.muted),
        (None, _) => ("From your authenticator, or a backup code.".to_owned(), theme.muted),
    };
    put(Span::styled(fit(&words, area.width), style), 1, area, buffer);
    cursor
}
