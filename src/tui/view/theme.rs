//! The roles of colour. A widget names a role, never a colour; `docs/STYLE-TERMINAL.md` says what each is for.

use ratatui::style::{Color, Modifier, Style};

/// The styles of the roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// What is read.
    pub text: Style,
    /// The one thing on a screen that matters most, and headings.
    pub strong: Style,
    /// What is read last: freshness, labels of axes, values that are out of date.
    pub muted: Style,
    /// What is no text at all: rules, the empty part of a bar.
    pub faint: Style,
    /// What one can do, and the chain's own numbers as bars.
    pub accent: Style,
    /// What is as it should be.
    pub good: Style,
    /// What needs somebody.
    pub bad: Style,
    /// What has the focus.
    pub focus: Style,
}

impl Theme {
    /// The sixteen colours of the terminal on its own background, so that light and dark both work.
    pub const TERMINAL: Theme = Theme {
        text: Style::new(),
        strong: Style::new().add_modifier(Modifier::BOLD),
        // DIM and not bright black: that one is the background itself in some palettes.
        muted: Style::new().add_modifier(Modifier::DIM),
        faint: Style::new().fg(Color::DarkGray),
        accent: Style::new().fg(Color::Cyan),
        good: Style::new().fg(Color::Green),
        bad: Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
        focus: Style::new()
            .fg(Color::Cyan)
            .add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
    };

    /// No colour at all (`NO_COLOR`, <https://no-color.org>): everything is told by weight, reversal and words.
    pub const MONO: Theme = Theme {
        text: Style::new(),
        strong: Style::new().add_modifier(Modifier::BOLD),
        muted: Style::new().add_modifier(Modifier::DIM),
        faint: Style::new().add_modifier(Modifier::DIM),
        accent: Style::new(),
        good: Style::new(),
        bad: Style::new().add_modifier(Modifier::BOLD),
        focus: Style::new().add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
    };
}
