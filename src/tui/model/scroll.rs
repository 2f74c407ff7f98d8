//! Scrolling what is longer than the screen.

use super::command::Command;
use super::hits::HitMap;

/// Where a text scrolled by so many lines is after the command, as far as the last frame says it goes.
pub(super) fn scrolled(from: u16, command: Command, hits: &HitMap) -> u16 {
    let page = hits.rows.saturating_sub(1).max(1);
    // The screen may have grown since: what is scrolled too far counts from where it is seen.
    let from = from.min(hits.furthest);
    let to = match command {
        Command::Up => from.saturating_sub(1),
        Command::Down => from.saturating_add(1),
        Command::PageUp => from.saturating_sub(page),
        Command::PageDown => from.saturating_add(page),
        Command::First => 0,
        Command::Last => hits.furthest,
        _ => from,
    };
    to.min(hits.furthest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stops_at_both_ends() {
        let mut hits = HitMap::default();
        (hits.rows, hits.furthest) = (10, 15);
        let table = [
            (0, Command::Up, 0),
            (0, Command::Down, 1),
            (0, Command::PageDown, 9),
            (9, Command::PageDown, 15),
            (15, Command::Down, 15),
            (15, Command::PageUp, 6),
            (3, Command::Last, 15),
            (3, Command::First, 0),
            (40, Command::Up, 14),
        ];
        for (from, command, to) in table {
            assert_eq!(scrolled(from, command, &hits), to, "{from} {command:?}");
        }
    }
}
