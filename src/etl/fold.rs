//! Names made comparable.

/// The name in lower case, without blanks, dashes and underscores: how headers and file names are compared.
pub(crate) fn folded(name: &str) -> String {
    let kept = |character: &char| !character.is_whitespace() && !matches!(character, '_' | '-' | '\u{feff}');
    name.chars().filter(kept).flat_map(char::to_lowercase).collect()
}

/// The name in lower case with single blanks: how people and stores are compared.
pub(crate) fn person(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
