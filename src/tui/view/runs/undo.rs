//! What undoing a run would do.

use super::super::text::{fit, grouped, wrap};
use super::super::theme::Theme;
use super::super::widgets::table::aligned;
use crate::domain::clean;
use crate::domain::receipt::Undone;
use crate::tui::model::App;
use crate::tui::model::command::Command;
use ratatui::text::{Line, Span};

/// It as lines.
pub(super) fn lines(app: &App, undone: &Undone, wide: u16, theme: &Theme) -> Vec<Line<'static>> {
    let row = |cells: [String; 4]| {
        let [table, numbers @ ..] = cells;
        format!("{} {}", aligned(&table, 12, false), numbers.map(|cell| aligned(&cell, 13, true)).join(" "))
    };
    let heading = ["table", "would go", "put back", "brought back"].map(str::to_owned);
    let mut lines = vec![Line::from(Span::styled(fit(&row(heading), wide), theme.muted))];
    for table in &undone.receipt.tables {
        let number = |count: u64| if count == 0 { "–".to_owned() } else { grouped(count) };
        let [gone, back, again] = [table.deleted, table.updated, table.inserted].map(number);
        lines.push(Line::from(Span::styled(
            fit(&row([table.table.to_string(), gone, back, again]), wide),
            theme.text,
        )));
    }
    lines.push(Line::default());
    let key = app.key_for(Command::CarryOutUndo);
    let words = match (undone.receipt.changed(), undone.left) {
        (0, 0) => "There is nothing left of it to undo.".to_owned(),
        (0, _) => "Every row of it was changed since: nothing can be put back.".to_owned(),
        _ => format!("Nothing was changed yet. {key} undoes it, after a question."),
    };
    lines.extend(wrap(&words, wide).into_iter().map(|line| Line::from(Span::styled(line, theme.text))));
    if undone.left > 0 {
        lines.push(Line::default());
        let words = format!("{} rows would stay as they are:", grouped(undone.left));
        lines.push(Line::from(Span::styled(words, theme.bad)));
        for left in &undone.left_rows {
            let words = format!("  {} {}: {}", left.table, clean(&left.key), clean(&left.why));
            lines.push(Line::from(Span::styled(fit(&words, wide), theme.text)));
        }
        let more = undone.left.saturating_sub(undone.left_rows.len() as u64);
        if more > 0 {
            lines.push(Line::from(Span::styled(format!("  and {} more", grouped(more)), theme.muted)));
        }
    }
    lines
}
