//! What has to hold of every screen in every state, whatever is on it.

use crate::allowed::{HOSTILE, assert_only_ours, is_harmless};
use crate::picture::{self, SIZES, drawn};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use storekeeper::tui::model::App;
use storekeeper::tui::view::theme::Theme;

/// No size panics, and where there is only ASCII, nothing else is drawn.
pub(crate) fn bears_any_size_and_ascii_alone(states: &[App]) {
    let ascii = Theme { ascii: true, ..Theme::MONO };
    for (number, app) in states.iter().enumerate() {
        for size in picture::sizes() {
            drawn(app, &Theme::TERMINAL, size);
        }
        let text = picture::text(&drawn(app, &ascii, (120, 40)));
        let other: Vec<char> = text.chars().filter(|letter| !letter.is_ascii()).collect();
        assert!(other.is_empty(), "{number}: {other:?}");
    }
}

/// Text that wants to act on the terminal is drawn without its teeth, and nothing but our own bytes goes out.
pub(crate) fn hostile_text_is_harmless(states: impl Fn(&str) -> Vec<App>) {
    for text in HOSTILE {
        for (number, app) in states(text).iter().enumerate() {
            for size in SIZES {
                let buffer = drawn(app, &Theme::TERMINAL, size);
                let mut bytes = Vec::new();
                let empty = Buffer::empty(buffer.area);
                CrosstermBackend::new(&mut bytes).draw(empty.diff(&buffer).into_iter()).unwrap();
                let shown = picture::text(&buffer);
                let is_safe = |letter| letter == '\n' || is_harmless(letter);
                assert!(shown.chars().all(is_safe), "{text:?} in state {number} at {size:?}:\n{shown}");
                assert_only_ours(&bytes);
            }
        }
    }
}
