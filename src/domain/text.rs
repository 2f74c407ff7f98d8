//! Text from outside: files, other systems, the database, the keyboard.

/// The text without anything that could act on a terminal or turn its neighbours around.
///
/// Goes: C0 and C1 controls and DEL (escape sequences with them; tab and line ends become a space), bidirectional
/// controls (Unicode UAX #9, 2), zero-width and other default-ignorable format characters that hide in names.
/// Stays: every visible character, combining marks included.
pub fn clean(text: &str) -> String {
    text.chars().filter_map(kept).collect()
}

/// The text with a capital letter first, as at the beginning of a sentence.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn kept(character: char) -> Option<char> {
    match character {
        '\t' | '\n' | '\r' => Some(' '),
        _ if character.is_control() => None,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => None,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => None,
        _ => Some(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_loses_its_teeth() {
        assert_eq!(clean("\x1b]52;c;cm0gLXJm\x07Bike\u{9b}31m"), "]52;c;cm0gLXJmBike31m");
        assert_eq!(clean("photo\u{202e}gpj.exe"), "photogpj.exe");
        assert_eq!(clean("Zo\u{200b}e\tÅ\r\n"), "Zoe Å  ");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
            let once = clean(&text);
            prop_assert!(!once.chars().any(char::is_control));
            prop_assert_eq!(clean(&once), once);
        }
    }
}
