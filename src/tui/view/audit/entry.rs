//! One entry of the audit log: every column, and what it did field by field.

use super::super::text::{fit, wrap};
use super::super::theme::Theme;
use super::super::widgets::table::aligned;
use crate::domain::audit::Linked;
use crate::domain::audit::changes::{Field, fields};
use jiff::tz::TimeZone;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of the names of what is told.
const NAME: u16 = 16;

/// The entry in lines of at most `room` columns.
pub(super) fn lines(linked: &Linked, zone: &TimeZone, room: u16, theme: &Theme) -> Vec<Line<'static>> {
    let entry = &linked.entry;
    let local = entry.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S %Z").to_string();
    let nothing = || "–".to_owned();
    let told = [
        ("Time", format!("{local} ({})", entry.at), theme.text),
        ("Person", entry.actor.clone(), theme.strong),
        ("As", entry.role.clone().unwrap_or_else(nothing), theme.text),
        ("From", entry.origin.clone(), theme.text),
        ("Action", entry.action.replace('_', " "), theme.strong),
        ("To what", entry.subject.clone(), theme.text),
        ("Outcome", entry.outcome.clone(), if entry.outcome == "done" { theme.text } else { theme.bad }),
        ("Detail", if entry.detail.is_empty() { nothing() } else { entry.detail.clone() }, theme.text),
    ];
    let mut lines: Vec<Line> = told.into_iter().flat_map(|told| named(told, room, theme)).collect();
    lines.extend(changes(&fields(entry.before.as_deref(), entry.after.as_deref()), room, theme));
    lines.push(Line::default());
    let proof = [
        ("In the log as", entry.correlation_id.clone(), theme.muted),
        ("Hash", linked.hash.clone(), theme.muted),
        ("Hash before", linked.previous_hash.clone(), theme.muted),
    ];
    lines.extend(proof.into_iter().flat_map(|told| named(told, room, theme)));
    lines
}

fn named(
    (name, value, style): (&'static str, String, Style),
    room: u16,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let mut name = Some(name);
    let parts = wrap(&value, room.saturating_sub(NAME)).into_iter();
    parts
        .map(|part| {
            let name = aligned(name.take().unwrap_or_default(), NAME, false);
            Line::from(vec![Span::styled(name, theme.muted), Span::styled(part, style)])
        })
        .collect()
}

/// What is no more, and what is new, of each field; what stayed is told last in how it looks.
fn changes(fields: &[Field], room: u16, theme: &Theme) -> Vec<Line<'static>> {
    if fields.is_empty() {
        return Vec::new();
    }
    let each = room.saturating_sub(NAME + 4) / 2;
    let row = |name: &str, before: &str, after: &str, styles: [Style; 2]| {
        Line::from(vec![
            Span::styled(aligned(&fit(name, NAME - 1), NAME, false), theme.muted),
            Span::styled(aligned(before, each, false), styles[0]),
            Span::raw("    "),
            Span::styled(fit(after, each), styles[1]),
        ])
    };
    let mut lines = vec![Line::default(), row("", "Before", "After", [theme.muted, theme.muted])];
    for field in fields {
        let after = if field.is_changed() { theme.strong } else { theme.muted };
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
        lines.push(row(&field.name, &value(&field.before), &value(&field.after), [theme.muted, after]));
    }
    lines
}
