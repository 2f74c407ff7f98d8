//! The screen of the database.

use super::Drawn;
use super::frame::surround;
use super::popups::scrolled;
use super::text::{fit, grouped, wrap};
use super::theme::Theme;
use super::users::title;
use super::widgets::table::aligned;
use crate::db::schema::Difference;
use crate::domain::Table;
use crate::domain::check::{Check, Checked};
use crate::service::database::Look;
use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::database::Database;
use crate::tui::model::hits::HitMap;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of a name.
const NAME: u16 = 15;
/// Columns of a count of rows.
const COUNT: u16 = 11;

pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let database = &app.database;
    let mut hits = HitMap::default();
    let as_of = database.look.as_ref().map(|(_, at)| *at);
    let mut title = title("Database", as_of, database.failure.is_some(), &app.zone, theme);
    if let Some(working) = &database.working {
        let stop = app.key_for(Command::StopWork);
        let words = match working.stopping {
            true => format!("   {}…", working.in_words()),
            false => format!("   {}… {stop} stops", working.in_words()),
        };
        title.push_span(Span::styled(words, theme.accent));
    }
    let body = surround(app, title, database.failure.as_ref(), theme, area, buffer, &mut hits);
    let lines = lines(database, theme, body.width);
    scrolled(lines, database.scroll, theme, body, buffer, &mut hits);
    Drawn { hits, cursor: None }
}

fn lines(database: &Database, theme: &Theme, wide: u16) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let look = database.look.as_ref().map(|(look, _)| look);
    part("Connection", connection(look.map(|look| &**look), theme, wide), theme, &mut lines);
    part("Schema", schema(look.map(|look| &**look), theme, wide), theme, &mut lines);
    part("Rows", rows(database, theme, wide), theme, &mut lines);
    part("Checks", checks(database, theme, wide), theme, &mut lines);
    lines
}

fn part(heading: &'static str, of: Vec<Line<'static>>, theme: &Theme, lines: &mut Vec<Line<'static>>) {
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    lines.push(Line::from(Span::styled(heading, theme.strong)));
    lines.extend(of);
}

fn fact(name: &str, value: String, style: Style, theme: &Theme, wide: u16) -> Line<'static> {
    let name = aligned(&format!("  {name}"), NAME, false);
    let value = fit(&value, wide.saturating_sub(NAME + 1));
    Line::from(vec![Span::styled(name, theme.muted), Span::styled(value, style)])
}

fn connection(look: Option<&Look>, theme: &Theme, wide: u16) -> Vec<Line<'static>> {
    let Some(look) = look else { return vec![Line::from(Span::styled("  …", theme.muted))] };
    let line = |name: &str, value: String| fact(name, value, theme.text, theme, wide);
    let latency =
        if look.milliseconds < 1 { "under 1 ms".to_owned() } else { format!("{} ms", look.milliseconds) };
    let encrypted = look.encryption.clone().unwrap_or_else(|| "none".to_owned());
    let staging = look.staging.clone().unwrap_or_else(|| "none: loads use temporary tables".to_owned());
    vec![
        line("address", look.address.clone()),
        line("account", look.account.clone()),
        line("answers in", latency),
        line("server", format!("{} {}", look.engine, look.version)),
        line("TLS", encrypted),
        line("database", format!("{}, staging {staging}", look.database)),
    ]
}

fn schema(look: Option<&Look>, theme: &Theme, wide: u16) -> Vec<Line<'static>> {
    let Some(look) = look else { return vec![Line::from(Span::styled("  …", theme.muted))] };
    let style = if look.schema == look.expected { theme.text } else { theme.bad };
    let mut lines =
        vec![fact("version", format!("{} of {}", look.schema, look.expected), style, theme, wide)];
    let (words, style) = match look.differences.len() {
        0 => ("as this program expects it".to_owned(), theme.good),
        1 => ("1 part differs from what this program expects".to_owned(), theme.bad),
        count => (format!("{count} parts differ from what this program expects"), theme.bad),
    };
    lines.push(fact("it is", words, style, theme, wide));
    lines.extend(look.differences.iter().map(|difference| differing(difference, theme, wide)));
    let demo =
        look.demo.map(|demo| format!("yes, made with {} orders, seed {}", grouped(demo.orders), demo.seed));
    lines.push(fact("sample data", demo.unwrap_or_else(|| "no".to_owned()), theme.text, theme, wide));
    lines
}

fn differing(difference: &Difference, theme: &Theme, wide: u16) -> Line<'static> {
    let part = &difference.part;
    let words = |like: &Option<String>| like.clone().unwrap_or_else(|| "nothing".to_owned());
    let (expected, found) = (words(&difference.expected), words(&difference.found));
    let line =
        format!("{} {} {}: {expected} is expected, {found} is there", part.table, part.kind, part.name);
    fact("", line, theme.bad, theme, wide)
}

/// The tables side by side, as many as there is room for.
fn rows(database: &Database, theme: &Theme, wide: u16) -> Vec<Line<'static>> {
    let takes = NAME + COUNT + 3;
    let beside = usize::from((wide / takes).clamp(1, 5));
    let cell = |table: &Table| {
        let count = database.counts.get(table).map_or_else(|| "…".to_owned(), |rows| grouped(*rows));
        let name = aligned(&format!("  {table}"), NAME, false);
        [Span::styled(name, theme.muted), Span::styled(aligned(&count, COUNT, true) + "   ", theme.text)]
    };
    Table::EACH.chunks(beside).map(|line| Line::from_iter(line.iter().flat_map(cell))).collect()
}

fn checks(database: &Database, theme: &Theme, wide: u16) -> Vec<Line<'static>> {
    if database.checked.is_empty() && database.checking.is_none() {
        return vec![Line::from(Span::styled("  not run since the program began", theme.muted))];
    }
    let mut lines = Vec::new();
    for check in Check::EACH {
        let known = database.checked.iter().find(|checked| checked.check == check);
        match known {
            Some(checked) => lines.extend(told(checked, theme, wide)),
            None if database.checking == Some(check) => {
                lines.push(fact("…", check.to_string(), theme.accent, theme, wide));
            }
            None => lines.push(fact("", check.to_string(), theme.muted, theme, wide)),
        }
    }
    lines
}

fn told(checked: &Checked, theme: &Theme, wide: u16) -> Vec<Line<'static>> {
    let (word, style) = if checked.is_well() { ("ok", theme.good) } else { ("amiss", theme.bad) };
    let name = aligned(&format!("  {word}"), NAME, false);
    let what = fit(&checked.check.to_string(), wide.saturating_sub(NAME));
    let mut lines = vec![Line::from(vec![Span::styled(name, style), Span::styled(what, theme.text)])];
    for amiss in &checked.amiss {
        let words = match &amiss.detail {
            Some(detail) => format!("{}: {detail}", amiss.what),
            None if amiss.count == 1 => format!("{}: 1 row", amiss.what),
            None => format!("{}: {} rows", amiss.what, grouped(amiss.count)),
        };
        let indented = wrap(&words, wide.saturating_sub(NAME + 2));
        lines.extend(indented.into_iter().map(|line| fact("", format!("  {line}"), theme.bad, theme, wide)));
    }
    lines
}
