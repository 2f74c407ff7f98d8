//! What a terminal may be sent, and text that tries to send it something else.
#![allow(dead_code, reason = "each test program uses a part of it")]

/// Text that acts on a terminal, hides, or turns its neighbours around, in the ways people have found.
pub(crate) const HOSTILE: &[&str] = &[
    "\x1b[2J\x1b[Hwiped",
    "\x1b]52;c;cm0gLXJmIH4=\x07clip",
    "\x1b]0;title\x07named",
    "\x1b]8;;http://a.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\asked",
    "\u{9b}31mC1\u{9d}52;c;eA==\u{9c}",
    "photo\u{202e}gpj.exe",
    "iso\u{2066}late\u{2069}d",
    "Zo\u{200b}e\u{200d}\u{feff}",
    "soft\u{ad}hyphen\u{2060}",
    "tag\u{e0041}\u{e0042}",
    "bell\x07back\x08\x08\x08space",
    "line\r\nfeed\x0b\x0c\tend",
    "del\x7fete\x00null",
    "e\u{301}\u{302}\u{303}\u{304}combining",
    "👩\u{200d}👩\u{200d}👧 🚲 🇨🇭 wide 自転車",
    "\u{2028}para\u{2029}graph",
    "\x1b[?1049l\x1b[?2004l\x1b[?25hleft",
    "\x0e\x0fshift\x05\x1bc",
];

/// Whether a terminal may be sent this character as text.
pub(crate) fn is_harmless(character: char) -> bool {
    !character.is_control()
        && !matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Fails, naming it, at the first thing among `bytes` that is neither harmless text nor one of the program's own
/// sequences.
pub(crate) fn assert_only_ours(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).expect("what is written is UTF-8");
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        rest = if character == '\x1b' {
            sequence(rest)
                .unwrap_or_else(|| panic!("not ours: {:?}", rest.chars().take(40).collect::<String>()))
        } else {
            let is_line_end = matches!(character, '\r' | '\n');
            assert!(
                is_harmless(character) || is_line_end,
                "not ours: {character:?} before {:?}",
                &rest[..rest.len().min(20)]
            );
            &rest[character.len_utf8()..]
        };
    }
}

/// Whether these are so many numbers.
fn is_numbers(parameters: &str, count: usize) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parameters.split(';').count() == count && parameters.split(';').all(is_number)
}

/// What follows one of the program's own sequences.
fn sequence(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('\x1b')?;
    if let Some(rest) = rest.strip_prefix(['7', '8']) {
        return Some(rest);
    }
    if let Some(title) = rest.strip_prefix("]2;") {
        let (words, rest) = title.split_once('\x07')?;
        return (words.starts_with("Storekeeper") && words.chars().all(is_harmless)).then_some(rest);
    }
    let control = rest.strip_prefix('[')?;
    let end = control.find(|letter: char| letter.is_ascii_alphabetic())?;
    let (parameters, rest) = (&control[..end], &control[end + 1..]);
    let ours = match control.as_bytes()[end] {
        // Colours and weights, the cursor, wiping.
        b'm' | b'H' | b'J' | b'K' => parameters.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b';')),
        // Rows moved: margins (none takes them away), lines deleted or inserted. Always with numbers.
        b'r' => parameters.is_empty() || is_numbers(parameters, 2),
        b'L' | b'M' => is_numbers(parameters, 1),
        b'h' | b'l' => matches!(parameters, "?25" | "?1000" | "?1006" | "?1049" | "?2004" | "?2026"),
        b'p' => parameters == "?2026$",
        b't' => matches!(parameters, "22;2" | "23;2"),
        _ => false,
    };
    ours.then_some(rest)
}
