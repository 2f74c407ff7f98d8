//! Every size up to 60x20, with any keys.

use crate::chain::take;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use storekeeper::tui::model::App;
use storekeeper::tui::model::command::TABLE;
use storekeeper::tui::model::key::Key;
use storekeeper::tui::model::message::Msg;
use storekeeper::tui::view::draw;
use storekeeper::tui::view::theme::Theme;

/// Presses keys of the table and of the alphabet, a few before each size; begins anew with each width.
pub(crate) fn bear_any_keys_at_every_small_size(states: impl Fn() -> Vec<App>) {
    let mut dice = ChaCha8Rng::seed_from_u64(0x5eed);
    let mut keys: Vec<Key> = TABLE.iter().flat_map(|entry| entry.keys.iter().copied()).collect();
    keys.extend("aZ 9/é車\u{301}".chars().map(Key::char));
    for width in 1..=60 {
        let mut apps = states();
        for height in 1..=20 {
            let area = Rect::new(0, 0, width, height);
            for app in &mut apps {
                for _ in 0..dice.random_range(1..4) {
                    take(app, Msg::Key(*keys.choose(&mut dice).unwrap()));
                }
                let mut buffer = Buffer::empty(area);
                app.hits = draw(app, &Theme::TERMINAL, area, &mut buffer).hits;
            }
        }
    }
}
