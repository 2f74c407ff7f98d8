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
    /// Whether lines, bars and marks are drawn with ASCII alone.
    pub ascii: bool,
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
        focus: Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
        ascii: false,
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
        ascii: false,
    };

    /// Full colour on a light ground of its own.
    pub const LIGHT: Theme = Theme::full_colour(
        Color::Rgb(0x24, 0x29, 0x2f),
        Color::Rgb(0xff, 0xff, 0xff),
        [
            Color::Rgb(0x57, 0x60, 0x6a),
            Color::Rgb(0xc4, 0xcb, 0xd2),
            Color::Rgb(0x05, 0x50, 0xae),
            Color::Rgb(0x11, 0x63, 0x29),
            Color::Rgb(0xa4, 0x0e, 0x26),
        ],
    );

    /// Full colour on a dark ground of its own.
    pub const DARK: Theme = Theme::full_colour(
        Color::Rgb(0xd8, 0xde, 0xe4),
        Color::Rgb(0x16, 0x1b, 0x22),
        [
            Color::Rgb(0x92, 0x9c, 0xa8),
            Color::Rgb(0x3d, 0x46, 0x51),
            Color::Rgb(0x6c, 0xb6, 0xff),
            Color::Rgb(0x6b, 0xc4, 0x6d),
            Color::Rgb(0xff, 0x93, 0x8a),
        ],
    );

    /// White and strong colours on black, for eyes that need them.
    pub const HIGH_CONTRAST: Theme = Theme::full_colour(
        Color::Rgb(0xff, 0xff, 0xff),
        Color::Rgb(0x00, 0x00, 0x00),
        [
            Color::Rgb(0xe0, 0xe0, 0xe0),
            Color::Rgb(0xa8, 0xa8, 0xa8),
            Color::Rgb(0xff, 0xe0, 0x00),
            Color::Rgb(0x5c, 0xff, 0x5c),
            Color::Rgb(0xff, 0x9d, 0x8c),
        ],
    );

    /// The themes by name, in the order one walks them.
    pub const BUILT_IN: &[(&str, Theme)] = &[
        ("terminal", Theme::TERMINAL),
        ("light", Theme::LIGHT),
        ("dark", Theme::DARK),
        ("high-contrast", Theme::HIGH_CONTRAST),
        ("mono", Theme::MONO),
    ];

    /// The roles in the order muted, faint, accent, good, bad.
    const fn full_colour(text: Color, ground: Color, roles: [Color; 5]) -> Theme {
        let [muted, faint, accent, good, bad] = roles;
        let ground = Style::new().bg(ground);
        let text = ground.fg(text);
        Theme {
            text,
            strong: text.add_modifier(Modifier::BOLD),
            muted: ground.fg(muted),
            faint: ground.fg(faint),
            accent: ground.fg(accent),
            good: ground.fg(good),
            bad: ground.fg(bad).add_modifier(Modifier::BOLD),
            focus: ground.fg(accent).add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
            ascii: false,
        }
    }
}
