//! Finding by a few letters: `npd` finds "Net per day".

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The items that hold the letters of `query` in their order, the best first, each with its index and the graphemes
/// that matched, from 0. Words of the query are found apart; a capital in it asks for a capital. An empty query finds
/// everything as it stands.
pub fn rank<'a>(query: &str, items: impl IntoIterator<Item = &'a str>) -> Vec<(usize, Vec<u32>)> {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::new(query, CaseMatching::Smart, Normalization::Smart, AtomKind::Fuzzy);
    let mut letters = Vec::new();
    let mut found = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let mut positions = Vec::new();
        let text = Utf32Str::new(item, &mut letters);
        if let Some(score) = pattern.indices(text, &mut matcher, &mut positions) {
            positions.sort_unstable();
            positions.dedup();
            found.push((score, index, positions));
        }
    }
    // Stable: what matches alike stays in its order.
    found.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, index, positions)| (index, positions)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORES: [&str; 4] = ["South Crag Bikes", "Belstow Bikes", "Redmoor Bikes", "Zürich 自転車"];

    #[test]
    fn letters_in_their_order_find_the_best_first() {
        let table: &[(&str, &[usize])] = &[
            ("", &[0, 1, 2, 3]),
            ("bikes", &[0, 1, 2]),
            ("rb", &[2, 0]),
            ("bikes crag", &[0]),
            ("zurich", &[3]),
            ("転", &[3]),
            ("xyz", &[]),
        ];
        for (query, expected) in table {
            let found: Vec<usize> = rank(query, STORES).into_iter().map(|(index, _)| index).collect();
            assert_eq!(&found, expected, "{query:?}");
        }
    }

    #[test]
    fn what_matched_is_told_in_graphemes() {
        assert_eq!(rank("sc", STORES), [(0, vec![0, 6])]);
        assert_eq!(rank("車", STORES), [(3, vec![9])]);
        assert_eq!(rank("", ["a"]), [(0, vec![])]);
    }
}
