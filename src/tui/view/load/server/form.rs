//! The first step: which server, how to sign in there, and how to load.

use super::super::super::text::{fit, width};
use super::super::super::theme::Theme;
use super::super::super::widgets::field::{Look, field};
use super::super::super::widgets::table::aligned;
use super::super::super::widgets::{columns, put, rows};
use super::paragraph;
use crate::domain::clean;
use crate::service::api::NamedSource;
use crate::tui::model::hits::HitMap;
use crate::tui::model::load::Load;
use crate::tui::model::load::server::form::{Focus, ServerForm};
use crate::tui::model::widgets::pick_list::Found;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

/// Columns in front of a label.
const INDENT: u16 = 2;
/// Columns of the label of the address.
const ADDRESS: u16 = 11;
/// The widest that the list is drawn.
const WIDEST: u16 = 110;
/// Rows below the list for what a test showed, what did not work, or how far the asking is.
const WORD: u16 = 3;

pub(in crate::tui::view::load) fn draw(
    load: &Load,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> Option<Position> {
    let form = &load.server.form;
    let parts = form.parts();
    let widest = parts.iter().map(|part| width(form.label(*part))).max().unwrap_or_default();
    let labels = |part: &Focus| if *part == Focus::Address { ADDRESS } else { INDENT + widest + 2 };
    let below = area.height.saturating_sub(u16::try_from(parts.len().saturating_sub(1)).unwrap_or(u16::MAX));
    let mut cursor = None;
    for (at, part) in parts.iter().enumerate() {
        let row = if at == 0 { 0 } else { below.saturating_add(u16::try_from(at - 1).unwrap_or(u16::MAX)) };
        let place = rows(area, row, 1);
        hits.add_field(place, at);
        cursor = cursor.or(line(load, *part, labels(part), theme, place, buffer));
    }
    let word = rows(area, below.saturating_sub(WORD + 1), WORD);
    told(load, theme, columns(word, INDENT, u16::MAX), buffer);
    let list = rows(area, 1, below.saturating_sub(WORD + 3));
    let list = columns(list, ADDRESS - INDENT, WIDEST);
    sources(form, theme, list, buffer, hits);
    cursor
}

/// A part with its label; answers where the terminal's cursor belongs.
fn line(
    load: &Load,
    part: Focus,
    labels: u16,
    theme: &Theme,
    place: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let form = &load.server.form;
    let focused = form.focus == part;
    if let Some(text) = form.field(part) {
        let masked = part == Focus::Secret;
        let look = Look { label: form.label(part), label_width: labels, focused, masked };
        return field(text, look, place, buffer, theme);
    }
    let mark = if focused { "›" } else { " " };
    put(Span::styled(mark, theme.accent), 0, place, buffer);
    let label = Span::styled(form.label(part), if focused { theme.accent } else { theme.muted });
    put(label, 0, columns(place, INDENT, labels), buffer);
    let words = columns(place, labels, u16::MAX);
    let style = if focused { theme.focus } else { theme.text };
    let said = form.words(part, &load.choose.choices).unwrap_or_default();
    put(Span::styled(fit(said, words.width.saturating_sub(1)), style), 0, words, buffer);
    None
}

/// How far the asking is, what did not work, or what a test of the connection showed.
fn told(load: &Load, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if load.waiting.is_some() {
        let far = load.server.asking.as_ref().map(|asking| clean(&asking.line()));
        let words = far.unwrap_or_else(|| "asking".to_owned());
        paragraph(&format!("{words} · Esc stops"), theme.accent, area, buffer);
    } else if let Some(message) = &load.message {
        paragraph(message.words(), theme.bad, area, buffer);
    } else if let Some(tested) = &load.server.form.tested {
        let by = tested.server.as_ref().map(|server| format!(", by {server}")).unwrap_or_default();
        let words = format!(
            "{} answers in {} ms: status {}, {}{by}.",
            tested.address, tested.milliseconds, tested.status, tested.came
        );
        let style = if tested.status < 400 { theme.good } else { theme.strong };
        paragraph(&clean(&words), style, area, buffer);
    }
}

fn sources(form: &ServerForm, theme: &Theme, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    let (found, of) = form.sources.counts();
    let words = match (of, found) {
        (0, _) => "No server has a name yet. Type an address, as in shop.example/api.",
        (_, 0) => "No saved server has these letters. Enter takes the address as it is typed.",
        _ => "Saved servers, or type an address:",
    };
    put(Span::styled(fit(words, area.width), theme.muted), 0, columns(area, INDENT, u16::MAX), buffer);
    let list = rows(area, 1, u16::MAX);
    for (row, found) in (0..).zip(form.sources.seen(list.height.into())) {
        let place = rows(list, row, 1);
        hits.add_row(place, found.position);
        source(form, &found, theme, place, buffer);
    }
}

fn source(
    form: &ServerForm,
    found: &Found<'_, NamedSource>,
    theme: &Theme,
    place: Rect,
    buffer: &mut Buffer,
) {
    let is_meant = form.source().is_some_and(|source| source.name == found.item.name);
    let has_focus = found.is_current && is_meant && form.focus == Focus::Address;
    let style = if has_focus { theme.focus } else { theme.text };
    let tables = match found.item.tables {
        0 => String::new(),
        1 => "1 table, ".to_owned(),
        count => format!("{count} tables, "),
    };
    let room = place.width.saturating_sub(INDENT + 1);
    let name = aligned(found.name, 14.min(room), false);
    let rest = format!("{}   {tables}{}", found.item.url, found.item.signs_in);
    let text = format!("{name}  {rest}");
    put(Span::styled(" ".repeat(place.width.into()), style), 0, place, buffer);
    put(Span::styled(fit(&clean(&text), room), style), 0, columns(place, INDENT, u16::MAX), buffer);
}
