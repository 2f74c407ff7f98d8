//! The form of a record, and what two people made of one.

use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::hits::HitMap;
use crate::tui::model::records::edit::EditForm;
use crate::tui::model::widgets::form::Word;
use crate::tui::view::popups::MEASURE;
use crate::tui::view::text::{fit, width, wrap};
use crate::tui::view::theme::Theme;
use crate::tui::view::widgets::form::form;
use crate::tui::view::widgets::pick_list::{HEADING, pick_list};
use crate::tui::view::widgets::popup::popup;
use crate::tui::view::widgets::{put, rows};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;

/// The most rows of a list that is chosen from: more are scrolled.
const MOST: u16 = 14;
/// Rows of words below the fields, and the fewest of them.
const WORDS: u16 = 3;
const FEWEST: u16 = 2;
/// Rows of the frame, of air between fields and words, and of the screen's title and its rule.
const AROUND: u16 = 5;
/// Columns of words that have room below a field.
const BESIDE: u16 = 44;

/// Draws it; answers where the terminal's cursor belongs.
pub(super) fn draw(
    app: &App,
    edited: &EditForm,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> Option<Position> {
    if let Some(clash) = &edited.clash {
        super::clash::draw(edited, clash, theme, area, buffer, hits);
        return None;
    }
    if let Some(list) = &edited.list {
        let height = u16::try_from(list.counts().1).unwrap_or(u16::MAX).min(MOST) + HEADING;
        let inside = popup(edited.focused(), (MEASURE, height), area, buffer, theme);
        return pick_list(list, |_| String::new(), inside, buffer, theme, hits);
    }
    let key = app.key_for(Command::PickValue);
    let (words, style) = about(edited, &key, theme);
    let fields = u16::try_from(edited.form.lines().len()).unwrap_or(u16::MAX).saturating_mul(2);
    // The words stay in sight however many lines the form has, and the screen's title where that can be.
    let below = area.height.saturating_sub(fields.saturating_add(AROUND)).clamp(FEWEST, WORDS);
    let fields = fields.min(area.height.saturating_sub(below + 3)).max(2);
    let inside = popup(&fit(&edited.title(), MEASURE), (MEASURE, fields + 1 + below), area, buffer, theme);
    for (row, line) in (fields + 1..fields + 1 + below).zip(wrap(&words, MEASURE)) {
        put(Span::styled(line, style), row, inside, buffer);
    }
    form(&edited.form, rows(inside, 0, fields), buffer, theme, hits)
}

/// What there is to say of the form.
fn about(edited: &EditForm, key: &str, theme: &Theme) -> (String, Style) {
    let plain = |words: &str| words.to_owned();
    match (&edited.failure, edited.waiting.is_some(), edited.is_open) {
        (_, true, true) => return (plain("It is being saved…"), theme.accent),
        (_, true, false) => return (plain("It is being asked for…"), theme.accent),
        (Some(failure), ..) => return (plain(failure.words()), theme.bad),
        (None, ..) => {}
    }
    match edited.form.word(edited.form.focus()) {
        // What has no room beside its field is told here.
        Word::Wrong(words) if width(&words) > BESIDE => (words, theme.bad),
        Word::Hint(words) if width(&words) > BESIDE => (words, theme.muted),
        _ if edited.has_choices() => {
            (format!("Type it, or choose it with {key}. Nothing is saved before Enter."), theme.muted)
        }
        _ => (plain("Nothing is saved before Enter. What is empty is not known."), theme.muted),
    }
}
