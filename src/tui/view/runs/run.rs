//! One run: its receipt, its files, what their columns were taken for.

use super::super::text::{fit, fit_end, grouped, wrap};
use super::super::theme::Theme;
use super::super::widgets::table::aligned;
use crate::domain::clean;
use crate::domain::history::{PastFile, RunDetail};
use crate::tui::model::runs::{ending, moment};
use jiff::tz::TimeZone;
use ratatui::text::{Line, Span};
use std::collections::BTreeMap;

/// Columns of the names of what is told.
const NAME: u16 = 10;

/// It as lines.
pub(super) fn lines(detail: &RunDetail, zone: &TimeZone, wide: u16, theme: &Theme) -> Vec<Line<'static>> {
    let run = &detail.run;
    let seconds = run.seconds.map(|seconds| format!(", {seconds:.1} s")).unwrap_or_default();
    let told = [
        ("Ended", Some(ending(run))),
        ("Began", Some(format!("{}{seconds}", moment(&run.started_at, zone)))),
        ("By", Some(run.actor.clone())),
        ("Mode", Some(run.mode.clone())),
        ("From", Some(run.source.clone())),
        ("Rejects", run.rejects_file.clone()),
        ("Note", run.message.clone()),
    ];
    let mut lines = Vec::new();
    for (name, value) in told.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        let mut name = name;
        for part in wrap(&clean(&value), wide.saturating_sub(NAME)) {
            lines.push(Line::from(vec![
                Span::styled(aligned(name, NAME, false), theme.muted),
                Span::styled(part, theme.text),
            ]));
            name = "";
        }
    }
    lines.push(Line::default());
    lines.push(Line::from(Span::styled(
        counts(["table", "read", "new", "changed", "unchanged", "rejected", "removed"].map(str::to_owned)),
        theme.muted,
    )));
    for file in &detail.tables {
        let receipt = &file.receipt;
        let each = [
            receipt.read,
            receipt.inserted,
            receipt.updated,
            receipt.unchanged,
            receipt.rejected,
            receipt.deleted,
        ];
        let number = |count: u64| if count == 0 { "–".to_owned() } else { grouped(count) };
        let [read, new, changed, unchanged, rejected, removed] = each.map(number);
        let cells = [receipt.table.to_string(), read, new, changed, unchanged, rejected, removed];
        lines.push(Line::from(Span::styled(fit(&counts(cells), wide), theme.text)));
    }
    detail.tables.iter().for_each(|one| file(one, wide, theme, &mut lines));
    lines
}

fn counts(cells: [String; 7]) -> String {
    let [table, numbers @ ..] = cells;
    let numbers = numbers.map(|cell| aligned(&cell, 9, true)).join(" ");
    format!("{} {numbers}", aligned(&table, 11, false))
}

fn file(file: &PastFile, wide: u16, theme: &Theme, lines: &mut Vec<Line<'static>>) {
    lines.push(Line::default());
    let name = fit_end(&clean(&file.receipt.file), wide);
    lines.push(Line::from(Span::styled(name, theme.strong)));
    let hash = file.sha256.as_deref().map(|hash| format!("SHA-256 {hash}"));
    let mapping = file.mapping.as_deref().and_then(mapping);
    let told = [file.written_how.clone(), hash, mapping];
    for words in told.into_iter().flatten() {
        for part in wrap(&clean(&words), wide) {
            lines.push(Line::from(Span::styled(part, theme.muted)));
        }
    }
}

/// What columns were taken for, where it is not what they are called: `Order No → order_id`.
fn mapping(json: &str) -> Option<String> {
    let columns: BTreeMap<String, serde_json::Value> = serde_json::from_str(json).ok()?;
    let word = |value: &serde_json::Value, key: &str| value.get(key)?.as_str().map(str::to_owned);
    let other = columns.iter().filter_map(|(name, meaning)| {
        if let Some(column) = meaning.as_str() {
            return (column != name).then(|| format!("{name} → {column}"));
        }
        let found = word(meaning, "find").map(|column| format!("{name} → {column} by name"));
        let checked = || word(meaning, "check").map(|column| format!("{name} → {column} in words"));
        found.or_else(checked).or_else(|| Some(format!("{name} not loaded")))
    });
    let other: Vec<String> = other.collect();
    (!other.is_empty()).then(|| other.join(", "))
}
