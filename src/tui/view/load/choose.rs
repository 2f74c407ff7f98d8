//! The first step: the path, what lies in its folder, and how the load is done.

use super::super::text::{fit, fit_end, width};
use super::super::theme::Theme;
use super::super::widgets::field::{Look, field};
use super::super::widgets::table::aligned;
use super::super::widgets::{columns, put, rows};
use crate::tui::model::hits::HitMap;
use crate::tui::model::load::choices::Choice;
use crate::tui::model::load::choose::{Choose, Focus};
use crate::tui::model::load::folder::{Kind, Row};
use crate::tui::model::widgets::pick_list::Found;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

/// Columns of the label of the path.
const LABEL: u16 = 8;
/// Columns in front of a row of the list.
const INDENT: u16 = 2;
/// Columns of the table a file is for, and of its size.
const TABLE: u16 = 12;
const SIZE: u16 = 10;
/// The widest that the list is drawn: beyond that a name and its size are hard to see as one.
const WIDEST: u16 = 110;

pub(super) fn draw(
    choose: &Choose,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> Option<Position> {
    let look =
        Look { label: "Path", label_width: LABEL, focused: choose.focus == Focus::Path, masked: false };
    hits.add_field(rows(area, 0, 1), 0);
    let cursor = field(&choose.path, look, rows(area, 0, 1), buffer, theme);
    let count = u16::try_from(Choice::EACH.len()).unwrap_or(u16::MAX);
    let below = area.height.saturating_sub(count);
    choices(choose, theme, rows(area, below, count), buffer, hits);
    let list = rows(area, 1, below.saturating_sub(2));
    put(
        Span::styled(fit_end(&heading(choose), list.width.saturating_sub(LABEL)), theme.muted),
        0,
        columns(list, LABEL, u16::MAX),
        buffer,
    );
    let list = columns(rows(list, 1, u16::MAX), LABEL - INDENT, WIDEST);
    files(choose, theme, list, buffer, hits);
    cursor
}

/// Which folder is shown, and what there is to say of it.
fn heading(choose: &Choose) -> String {
    let folder = &choose.folder;
    let marked = match choose.marked.len() {
        0 => String::new(),
        count => format!("   {count} marked"),
    };
    match folder.listing() {
        _ if folder.is_asked() => format!("looking…{marked}"),
        Err(failure) => format!("{}{marked}", failure.words()),
        Ok(listing) if listing.more > 0 => {
            format!("{}   and {} more: type a part of the name{marked}", listing.place, listing.more)
        }
        Ok(listing) => format!("{}{marked}", listing.place),
    }
}

fn files(choose: &Choose, theme: &Theme, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    let (found, of) = choose.folder.rows.counts();
    if found == 0 {
        let is_asked = choose.folder.is_asked() || choose.folder.listing().is_err();
        let words = match of {
            _ if is_asked => "",
            0 => "Nothing is in this folder.",
            _ => "Nothing here has these letters. Enter takes the path as it is typed.",
        };
        put(Span::styled(fit(words, area.width), theme.muted), 0, columns(area, INDENT, u16::MAX), buffer);
    }
    for (row, found) in (0..).zip(choose.folder.rows.seen(area.height.into())) {
        let place = rows(area, row, 1);
        hits.add_row(place, found.position);
        item(choose, &found, theme, place, buffer);
    }
}

fn item(choose: &Choose, found: &Found<'_, Row>, theme: &Theme, place: Rect, buffer: &mut Buffer) {
    let has_focus = found.is_current && choose.focus == Focus::Path;
    let (mark, table, size) = match found.item {
        Row::Here(count) => (" ", format!("{count} files"), String::new()),
        Row::Up => (" ", String::new(), String::new()),
        Row::Entry(entry) => {
            let mark = if choose.is_marked(entry) { "✓" } else { " " };
            match entry.kind {
                Kind::Folder => (mark, String::new(), String::new()),
                Kind::File { size, table } => {
                    (mark, table.map(|table| table.to_string()).unwrap_or_default(), in_bytes(size))
                }
            }
        }
    };
    let is_named = !table.is_empty() || matches!(found.item, Row::Entry(entry) if entry.kind == Kind::Folder);
    let plain = match (has_focus, is_named) {
        (true, _) => theme.focus,
        (false, true) => theme.text,
        (false, false) => theme.muted,
    };
    put(Span::styled(" ".repeat(place.width.into()), plain), 0, place, buffer);
    put(Span::styled(mark, plain), 0, place, buffer);
    let room = place.width.saturating_sub(INDENT + TABLE + SIZE + 4);
    put(name(found, room, plain, has_focus, theme), 0, columns(place, INDENT, room), buffer);
    let right = format!("{}  {}", aligned(&table, TABLE, false), aligned(&size, SIZE, true));
    put(Span::styled(right, plain), 0, columns(place, INDENT + room + 1, u16::MAX), buffer);
}

/// The name, with the letters told apart that were asked for; of a folder with a `/`.
fn name(found: &Found<'_, Row>, room: u16, plain: Style, has_focus: bool, theme: &Theme) -> Line<'static> {
    let hit = if has_focus { theme.focus } else { theme.accent.add_modifier(Modifier::BOLD) };
    let hit = hit.add_modifier(Modifier::UNDERLINED);
    let is_folder = matches!(found.item, Row::Up)
        || matches!(found.item, Row::Entry(entry) if entry.kind == Kind::Folder);
    let shown = fit(found.name, room.saturating_sub(1));
    let letters = (0..).zip(shown.graphemes(true)).map(|(position, letter)| {
        let style = if found.matched.contains(&position) { hit } else { plain };
        Span::styled(letter.to_owned(), style)
    });
    let slash = is_folder.then(|| Span::styled("/", plain));
    Line::from(letters.chain(slash).collect::<Vec<_>>())
}

/// A size as people read it.
pub(super) fn in_bytes(size: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if size < 1000 {
        return format!("{size} B");
    }
    let mut scaled = size as f64 / 1000.0;
    let mut unit = 0;
    while scaled >= 999.95 && unit + 1 < UNITS.len() {
        scaled /= 1000.0;
        unit += 1;
    }
    format!("{scaled:.1} {}", UNITS.get(unit).unwrap_or(&""))
}

fn choices(choose: &Choose, theme: &Theme, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    let labels = Choice::EACH.iter().map(|choice| width(choice.label())).max().unwrap_or_default();
    for (row, choice) in (0..).zip(Choice::EACH) {
        let place = rows(area, row, 1);
        hits.add_field(place, usize::from(row) + 1);
        let has_focus = choose.focus == Focus::Choice(choice);
        let mark = if has_focus { "›" } else { " " };
        put(Span::styled(mark, theme.accent), 0, place, buffer);
        let label = aligned(choice.label(), labels + 2, false);
        put(Span::styled(label, theme.muted), 0, columns(place, INDENT, u16::MAX), buffer);
        let words = columns(place, INDENT + labels + 2, u16::MAX);
        let style = if has_focus { theme.focus } else { theme.text };
        let text = fit(choose.choices.words(choice), words.width.saturating_sub(1));
        put(Span::styled(text, style), 0, words, buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::in_bytes;

    #[test]
    fn sizes_are_short() {
        let sizes = [0, 999, 1_000, 999_949, 999_950, 12_400_000, 5_000_000_000_000];
        assert_eq!(
            sizes.map(in_bytes),
            ["0 B", "999 B", "1.0 kB", "999.9 kB", "1.0 MB", "12.4 MB", "5.0 TB"]
        );
    }
}
