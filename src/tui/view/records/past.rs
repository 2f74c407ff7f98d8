//! What became of a record: who, when, what; and words that take more than a line.

use crate::domain::records::history::{Altered, Happened, History};
use crate::tui::model::hits::HitMap;
use crate::tui::model::records::edit::Past;
use crate::tui::view::popups::{MEASURE, scrolled};
use crate::tui::view::text::{fit, width, wrap};
use crate::tui::view::theme::Theme;
use crate::tui::view::widgets::popup::popup;
use crate::tui::view::widgets::table::aligned;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of the names of fields.
const NAME: u16 = 14;
/// The most columns of the box.
const WIDEST: u16 = 110;

pub(super) fn draw(
    past: &Past,
    zone: &TimeZone,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) {
    let wide = area.width.saturating_sub(10).min(WIDEST);
    let lines = match (past.history.value(), past.history.failure()) {
        (Some(history), _) => told(history, zone, wide, theme),
        (None, Some(failure)) => paragraph(failure.words(), wide, theme.bad),
        (None, None) => paragraph("It is being asked for…", wide, theme.accent),
    };
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let name = past.history.value().map_or_else(|| past.row.to_string(), |history| history.name.clone());
    let title = fit(&format!("History of {name}"), wide);
    let inside = popup(&title, (wide, height), area, buffer, theme);
    scrolled(lines, past.scroll, theme, inside, buffer, hits);
}

/// Words that are to be read.
pub(super) fn words(
    title: &str,
    words: &str,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) {
    let lines = paragraph(words, MEASURE, theme.text);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let inside = popup(title, (MEASURE, height), area, buffer, theme);
    scrolled(lines, 0, theme, inside, buffer, hits);
}

fn paragraph(words: &str, room: u16, style: Style) -> Vec<Line<'static>> {
    wrap(words, room).into_iter().map(|line| Line::from(Span::styled(line, style))).collect()
}

fn told(history: &History, zone: &TimeZone, room: u16, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines: Vec<Line> = Vec::new();
    for happened in &history.happened {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(heading(happened, zone, theme));
        lines.extend(happened.fields.iter().flat_map(|field| altered(field, room, theme)));
    }
    let is_new = history.happened.last().is_some_and(|happened| happened.what == "made");
    let first = match history.loaded_by {
        Some(run) => format!("It came with load {run}. What later loads changed is not told here."),
        None if is_new => return lines,
        None if lines.is_empty() => {
            "Nobody changed it by hand, and no load is known to have brought it.".to_owned()
        }
        None => "What was before is not written down.".to_owned(),
    };
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    lines.extend(paragraph(&first, room, theme.muted));
    lines
}

fn heading(happened: &Happened, zone: &TimeZone, theme: &Theme) -> Line<'static> {
    let at = happened.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let role = happened.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
    Line::from(vec![
        Span::styled(at, theme.muted),
        Span::raw("  "),
        Span::styled(happened.actor.clone(), theme.strong),
        Span::styled(format!("{role}  "), theme.muted),
        Span::styled(happened.what, theme.accent),
    ])
}

/// What it was, and what it became: beside each other where both have room, else one below the other.
fn altered(field: &Altered, room: u16, theme: &Theme) -> Vec<Line<'static>> {
    let shown = |value: &Option<String>| match value.as_deref() {
        None | Some("") => "–".to_owned(),
        Some(value) => value.to_owned(),
    };
    let room = room.saturating_sub(NAME + 2);
    let line = |name: &str, mut values: Vec<Span<'static>>| {
        let name = Span::styled(aligned(&fit(name, NAME - 1), NAME, false), theme.muted);
        values.splice(0..0, [Span::raw("  "), name]);
        Line::from(values)
    };
    let arrow = || Span::styled("→ ", theme.faint);
    let (before, after) = (shown(&field.before), shown(&field.after));
    match (&field.before, &field.after) {
        (Some(_), Some(_)) if width(&before) + width(&after) + 3 <= room => {
            let before = Span::styled(format!("{before} "), theme.muted);
            vec![line(&field.name, vec![before, arrow(), Span::styled(after, theme.text)])]
        }
        (Some(_), Some(_)) => vec![
            line(&field.name, vec![Span::styled(fit(&before, room), theme.muted)]),
            line("", vec![arrow(), Span::styled(fit(&after, room.saturating_sub(2)), theme.text)]),
        ],
        (Some(_), None) => vec![line(&field.name, vec![Span::styled(fit(&before, room), theme.muted)])],
        _ => vec![line(&field.name, vec![Span::styled(fit(&after, room), theme.text)])],
    }
}
