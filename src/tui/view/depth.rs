//! How many colours a terminal shows, and what a theme becomes where they are fewer.

use super::theme::Theme;
use ratatui::style::{Color, Style};

/// How many colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: everything is told by weight, reversal and words.
    None,
    /// The sixteen of the terminal's own palette.
    Sixteen,
    /// Those and a cube of 6 x 6 x 6, and 24 greys (xterm's 256colres).
    Indexed,
    /// All of them.
    Full,
}

/// The sixteen as xterm has them by default, with the colour each is.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

impl Theme {
    /// The theme with the colours there are.
    pub fn at(self, depth: Depth) -> Theme {
        if depth == Depth::None {
            return Theme { ascii: self.ascii, ..Theme::MONO };
        }
        let at = |style: Style| Style {
            fg: style.fg.map(|color| nearest(color, depth)),
            bg: style.bg.map(|color| nearest(color, depth)),
            ..style
        };
        Theme {
            text: at(self.text),
            strong: at(self.strong),
            muted: at(self.muted),
            faint: at(self.faint),
            accent: at(self.accent),
            good: at(self.good),
            bad: at(self.bad),
            focus: at(self.focus),
            ascii: self.ascii,
        }
    }
}

fn nearest(color: Color, depth: Depth) -> Color {
    match (color, depth) {
        (Color::Rgb(red, green, blue), Depth::Indexed) => indexed([red, green, blue]),
        (Color::Rgb(red, green, blue), Depth::Sixteen) => of_sixteen([red, green, blue]),
        (Color::Indexed(index), Depth::Sixteen) => of_sixteen(of_index(index)),
        _ => color,
    }
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

fn of_sixteen(wanted: [u8; 3]) -> Color {
    let near = SIXTEEN.iter().min_by_key(|(_, color)| distance(*color, wanted));
    near.map_or(Color::Reset, |(color, _)| *color)
}

fn indexed(wanted: [u8; 3]) -> Color {
    // The first sixteen are whatever the terminal's palette says: only the fixed ones are sure to be near.
    let near = (16..=255).min_by_key(|index| distance(of_index(*index), wanted));
    near.map_or(Color::Reset, Color::Indexed)
}

/// What colour an index is: the sixteen, the cube from 16 on, the greys from 232 on.
fn of_index(index: u8) -> [u8; 3] {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |part: u8| STEPS.get(usize::from(part % 6)).copied().unwrap_or_default();
    match index {
        0..=15 => SIXTEEN.get(usize::from(index)).map_or([0; 3], |(_, color)| *color),
        16..=231 => [step((index - 16) / 36), step((index - 16) / 6), step(index - 16)],
        232..=255 => [8 + (index - 232) * 10; 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_becomes_the_nearest_there_is() {
        let table = [
            (Color::Rgb(255, 255, 255), Color::Indexed(231), Color::White),
            (Color::Rgb(0, 0, 0), Color::Indexed(16), Color::Black),
            (Color::Rgb(250, 3, 1), Color::Indexed(196), Color::LightRed),
            (Color::Rgb(128, 128, 128), Color::Indexed(244), Color::DarkGray),
            (Color::Cyan, Color::Cyan, Color::Cyan),
            (Color::Reset, Color::Reset, Color::Reset),
        ];
        for (full, indexed, sixteen) in table {
            assert_eq!(nearest(full, Depth::Full), full);
            assert_eq!(nearest(full, Depth::Indexed), indexed, "{full}");
            assert_eq!(nearest(full, Depth::Sixteen), sixteen, "{full}");
        }
    }

    #[test]
    fn at_every_depth_text_stands_out_from_its_ground() {
        for theme in [Theme::LIGHT, Theme::DARK, Theme::HIGH_CONTRAST] {
            for depth in [Depth::Sixteen, Depth::Indexed, Depth::Full] {
                let shown = theme.at(depth);
                for role in [shown.text, shown.strong, shown.muted, shown.accent, shown.good, shown.bad] {
                    assert_ne!(role.fg, role.bg, "{depth:?}");
                }
            }
        }
    }

    /// The contrast of two colours (WCAG 2.2, relative luminance).
    fn contrast(style: Style) -> f64 {
        let luminance = |color| {
            let Some(Color::Rgb(red, green, blue)) = color else { panic!("{color:?}") };
            let linear = |part: u8| {
                let part = f64::from(part) / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        };
        let (a, b) = (luminance(style.fg), luminance(style.bg));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read() {
        // WCAG 2.2: 4.5 for text (AA), 7 for enhanced contrast (AAA).
        for (theme, least) in [(Theme::LIGHT, 4.5), (Theme::DARK, 4.5), (Theme::HIGH_CONTRAST, 7.0)] {
            for role in [theme.text, theme.muted, theme.accent, theme.good, theme.bad, theme.focus] {
                assert!(contrast(role) >= least, "{role:?}: {}", contrast(role));
            }
        }
    }

    #[test]
    fn without_colours_every_theme_is_mono() {
        assert_eq!(Theme::DARK.at(Depth::None), Theme::MONO);
    }
}
