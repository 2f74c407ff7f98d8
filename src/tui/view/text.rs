//! Text in a given room: widths are columns of the terminal, not characters.

use crate::domain::number_format::in_thousands;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns the text takes.
pub fn width(text: &str) -> u16 {
    let columns = if is_plain(text) { text.len() } else { text.width() };
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// Whether each byte is a letter of ASCII that is printed, and so takes one column: nearly every text is so.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|letter| matches!(letter, b' '..=b'~'))
}

/// The text, or as much of it as fits with an ellipsis.
pub fn fit(text: &str, room: u16) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut fitted = String::new();
    for grapheme in text.graphemes(true) {
        if width(&fitted) + width(grapheme) >= room {
            break;
        }
        fitted.push_str(grapheme);
    }
    if room > 0 {
        fitted.push('…');
    }
    fitted
}

/// The end of a text that is being typed: as much as fits before the cursor.
pub fn end(text: &str, room: u16) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut used = 0;
    for grapheme in text.graphemes(true).rev() {
        used += width(grapheme);
        if used > room {
            break;
        }
        kept.push(grapheme);
    }
    kept.into_iter().rev().collect()
}

/// The text, or an ellipsis and as much of its end as fits: of a path, the end tells most.
pub fn fit_end(text: &str, room: u16) -> String {
    if width(text) <= room || room == 0 {
        return end(text, room);
    }
    format!("…{}", end(text, room - 1))
}

/// The text in lines of at most `room` columns, broken at spaces; a longer word is broken where it must be.
pub fn wrap(text: &str, room: u16) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(line, room.max(1))).collect()
}

fn wrap_line(line: &str, room: u16) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split(' ') {
        if !current.is_empty() && width(&current) + 1 + width(word) > room {
            lines.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        for grapheme in word.graphemes(true) {
            if width(&current) + width(grapheme) > room {
                lines.push(std::mem::take(&mut current));
            }
            current.push_str(grapheme);
        }
    }
    lines.push(current);
    lines
}

/// A count with a comma between thousands.
pub fn grouped(count: u64) -> String {
    in_thousands(&count.to_string(), ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_are_never_cut_in_half() {
        assert_eq!(fit("自転車の店", 6), "自転…");
        assert_eq!(fit("自転車", 6), "自転車");
        assert_eq!(fit("bike", 3), "bi…");
        assert_eq!(fit("bike", 0), "");
        assert_eq!(end("/home/自転", 5), "/自転");
        assert_eq!(end("/home/自転", 4), "自転");
        assert_eq!(fit_end("/home/自転", 4), "…転");
        assert_eq!(fit_end("/自転", 5), "/自転");
    }

    #[test]
    fn lines_break_at_spaces_and_long_words_where_they_must() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), [""; 0]);
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
