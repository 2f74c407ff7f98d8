//! Words that something was done, at the lower right over what is there.

use super::{columns, put, rows};
use crate::tui::model::widgets::toast::{Mood, Toasts};
use crate::tui::view::text::{fit, width};
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// The sign and the style of a mood: it is told by both.
pub(super) fn look(mood: Mood, theme: &Theme) -> (&'static str, Style) {
    match mood {
        Mood::Plain => ("·", theme.text),
        Mood::Good => ("✓", theme.good),
        Mood::Bad => ("!", theme.bad),
    }
}

/// Draws the words in the last rows of `area`, the newest lowest.
pub fn toasts(toasts: &Toasts, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let count = u16::try_from(toasts.words().len()).unwrap_or(u16::MAX).min(area.height);
    let skip = toasts.words().len() - usize::from(count);
    let top = area.height - count;
    for (row, (mood, words)) in (top..).zip(toasts.words().iter().skip(skip)) {
        let (sign, style) = look(*mood, theme);
        let words = fit(&format!(" {sign} {words} "), area.width);
        let place = columns(rows(area, row, 1), area.width - width(&words), u16::MAX);
        // Reversed, so that it stands off whatever it covers.
        put(Line::from(Span::styled(words, style.add_modifier(Modifier::REVERSED))), 0, place, buffer);
    }
}
