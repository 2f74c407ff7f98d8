//! A theme of somebody's own, as a file says it.

use super::theme::Theme;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

/// A colour for each role; one left out is the terminal's own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Colours {
    ground: Option<String>,
    text: Option<String>,
    muted: Option<String>,
    faint: Option<String>,
    accent: Option<String>,
    good: Option<String>,
    bad: Option<String>,
}

/// Why a file is no theme.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// It is no TOML, or names a role there is not.
    #[error("{0}. A theme has ground, text, muted, faint, accent, good and bad, each a colour in quotes")]
    Syntax(String),
    /// A value is no colour.
    #[error(
        "{role} = {value:?} is no colour. Write #rrggbb, a number from 0 to 255, a name like \"lightblue\", or \"default\""
    )]
    Colour {
        /// The role.
        role: &'static str,
        /// What stands there.
        value: String,
    },
}

impl Theme {
    /// The theme that `text` describes, in TOML.
    ///
    /// # Errors
    /// [`ThemeError`] in words for the person who wrote it.
    pub fn parse(text: &str) -> Result<Theme, ThemeError> {
        let colours: Colours = toml::from_str(text).map_err(|error| {
            let line =
                error.span().map(|span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
            let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
            ThemeError::Syntax(format!("{place}{}", error.message().trim_end().replace('\n', " ")))
        })?;
        let ground = colour("ground", colours.ground)?.map_or(Style::new(), |color| Style::new().bg(color));
        let role = |name, value, else_: Style| {
            Ok::<Style, ThemeError>(colour(name, value)?.map_or(else_, |color| ground.fg(color)))
        };
        let text = role("text", colours.text, ground)?;
        let accent = role("accent", colours.accent, text)?;
        Ok(Theme {
            text,
            strong: text.add_modifier(Modifier::BOLD),
            muted: role("muted", colours.muted, text.add_modifier(Modifier::DIM))?,
            faint: role("faint", colours.faint, text.add_modifier(Modifier::DIM))?,
            accent,
            good: role("good", colours.good, text)?,
            bad: role("bad", colours.bad, text)?.add_modifier(Modifier::BOLD),
            focus: accent.add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
            ascii: false,
        })
    }
}

fn colour(role: &'static str, value: Option<String>) -> Result<Option<Color>, ThemeError> {
    match value.as_deref() {
        None => Ok(None),
        Some("default") => Ok(Some(Color::Reset)),
        Some(text) => match text.parse() {
            Ok(color) => Ok(Some(color)),
            Err(_) => Err(ThemeError::Colour { role, value: text.to_owned() }),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_colours_and_what_it_leaves_out_is_the_terminals() {
        let theme = Theme::parse("ground = \"#001020\"\ntext = \"white\"\naccent = \"81\"\n").unwrap();
        assert_eq!((theme.text.fg, theme.text.bg), (Some(Color::White), Some(Color::Rgb(0, 16, 32))));
        assert_eq!(theme.accent.fg, Some(Color::Indexed(81)));
        assert_eq!(theme.good, theme.text);
        assert!(theme.focus.add_modifier.contains(Modifier::REVERSED));
        assert_eq!(Theme::parse("").unwrap().text, Style::new());
    }

    #[test]
    fn what_is_no_theme_is_told_by_name() {
        let table = [
            ("text = \"pinkish\"", "text = \"pinkish\" is no colour"),
            ("good = \"green\"\ntxet = \"red\"", "line 2: unknown field `txet`"),
            ("text = 3", "line 1: invalid type"),
        ];
        for (file, words) in table {
            let told = Theme::parse(file).unwrap_err().to_string();
            assert!(told.contains(words), "{told}");
        }
    }
}
