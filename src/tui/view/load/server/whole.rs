//! Whether everything came from a server, in words.

use super::super::super::text::grouped;
use super::super::super::theme::Theme;
use crate::domain::clean;
use crate::service::api::TableLoad;
use crate::tui::model::App;
use crate::tui::model::command::Command;
use ratatui::style::Style;

/// A line for everything, and one for each table of which that can not be shown or of which only what is new was read.
pub(in crate::tui::view::load) fn lines(
    app: &App,
    read: &[TableLoad],
    theme: &Theme,
) -> Vec<(String, Style)> {
    if read.is_empty() {
        return Vec::new();
    }
    let open: Vec<&TableLoad> = read.iter().filter(|table| !table.whole.is_shown()).collect();
    let mut lines = vec![match (open.is_empty(), read.len()) {
        (true, 1) => ("Everything came, and that is shown.".to_owned(), theme.good),
        (true, count) => {
            (format!("Everything came, and that is shown for each of {count} tables."), theme.good)
        }
        (false, _) => ("It can not be shown that everything came.".to_owned(), theme.bad),
    }];
    let not_shown = open
        .into_iter()
        .map(|table| (clean(&format!("{}: {}.", table.table, table.whole.why())), theme.text));
    lines.extend(not_shown);
    let news = read.iter().filter_map(|table| Some((table, table.only_new.as_ref()?)));
    lines.extend(news.map(|(table, new)| (clean(&format!("{}: {new}.", table.table)), theme.text)));
    if read.iter().any(|table| table.only_new.is_some()) {
        lines.push((format!("{} reads everything instead.", app.key_for(Command::ReadAll)), theme.muted));
    }
    lines
}

/// Whether all of one table came, in a few words.
pub(in crate::tui::view::load) fn of_table(table: &TableLoad) -> String {
    let pages =
        if table.pages == 1 { "1 page".to_owned() } else { format!("{} pages", grouped(table.pages)) };
    let all = if table.whole.is_shown() { "all" } else { "PERHAPS NOT ALL" };
    clean(&format!("{all}, in {pages}: {}", table.whole.why()))
}
