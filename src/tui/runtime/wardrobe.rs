//! The themes there are: built in, and the person's own; and the one they used last.

use super::memory::Memory;
use crate::domain::clean;
use crate::settings::Settings;
use crate::tui::model::themes::Themes;
use crate::tui::view::depth::Depth;
use crate::tui::view::own_theme::ThemeError;
use crate::tui::view::theme::Theme;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use supports_color::Stream;

/// The themes by name, with what this terminal can show of them.
#[derive(Debug, Clone)]
pub struct Wardrobe {
    themes: Vec<(String, Theme)>,
    chosen: String,
    depth: Depth,
    ascii: bool,
    memory: Memory,
}

/// Why the colours can not be as they should be.
#[derive(Debug, thiserror::Error)]
pub enum WardrobeError {
    /// The setting names a theme there is not.
    #[error("screen.theme is {name:?}, and there is no such theme. There are: {known}.")]
    Unknown {
        /// The name.
        name: String,
        /// Those there are.
        known: String,
    },
    /// A theme's file says something it can not.
    #[error("The theme {}: {source}.", file.display())]
    Theme {
        /// The file.
        file: PathBuf,
        /// Why.
        source: ThemeError,
    },
    /// A file or folder can not be read.
    #[error("The theme {} can not be read: {source}.", file.display())]
    Read {
        /// The file or folder.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Wardrobe {
    /// The themes as the settings and this terminal have them.
    ///
    /// # Errors
    /// [`WardrobeError`] where a theme of the person's own is none, or the chosen one is not there.
    pub fn open(settings: &Settings) -> Result<Wardrobe, WardrobeError> {
        let mut themes: Vec<(String, Theme)> =
            Theme::BUILT_IN.iter().map(|(name, theme)| ((*name).to_owned(), *theme)).collect();
        for (name, theme) in settings.screen.themes_dir.as_deref().map_or(Ok(Vec::new()), own)? {
            // A theme of one's own may take the place of one that is built in.
            themes.retain(|(taken, _)| *taken != name);
            themes.push((name, theme));
        }
        // Where people share a data folder, each has colours of their own.
        let user = rustix::process::getuid().as_raw();
        let memory = Memory::at(settings.data_dir.join(format!("screen-{user}.toml")));
        let is_known = |name: &String| themes.iter().any(|(known, _)| known == name);
        let chosen = memory.recall("theme").filter(is_known).unwrap_or_else(|| settings.screen.theme.clone());
        if !is_known(&chosen) {
            let known = themes.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(WardrobeError::Unknown { name: chosen, known });
        }
        let ascii = settings.screen.ascii || is_dumb();
        Ok(Wardrobe { themes, chosen, depth: depth(), ascii, memory })
    }

    /// Their names, for the model. Without colours they would all look the same: then there is only one.
    pub(in crate::tui) fn names(&self) -> Themes {
        let names = match self.depth {
            Depth::None => vec!["mono".to_owned()],
            _ => self.themes.iter().map(|(name, _)| name.clone()).collect(),
        };
        Themes::new(names, &self.chosen)
    }

    /// What the theme of this name looks like here.
    pub(super) fn theme(&self, name: &str) -> Theme {
        let found = self.themes.iter().find(|(known, _)| known == name);
        Theme { ascii: self.ascii, ..found.map_or(Theme::TERMINAL, |(_, theme)| *theme).at(self.depth) }
    }

    /// The folder that reports went to the last time; empty where none did.
    pub(in crate::tui) fn folder(&self) -> String {
        self.memory.recall("reports").unwrap_or_default()
    }

    /// Keeps the folder for the next time.
    pub(super) fn remember_folder(&self, folder: &str) {
        self.memory.keep("reports", folder);
    }

    /// Keeps the name for the next time.
    pub(super) fn remember(&self, name: &str) {
        self.memory.keep("theme", name);
    }
}

/// The themes in the folder, by name. No folder is no themes.
fn own(folder: &Path) -> Result<Vec<(String, Theme)>, WardrobeError> {
    let unread = |file: &Path, source| WardrobeError::Read { file: file.to_owned(), source };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unread(folder, error)),
    };
    let mut themes = Vec::new();
    for entry in entries {
        let file = entry.map_err(|error| unread(folder, error))?.path();
        let name = file.file_stem().and_then(|stem| stem.to_str()).filter(|stem| clean(stem) == *stem);
        let (Some(name), true) = (name, file.extension().is_some_and(|extension| extension == "toml")) else {
            continue;
        };
        let text = fs::read_to_string(&file).map_err(|error| unread(&file, error))?;
        let theme =
            Theme::parse(&text).map_err(|source| WardrobeError::Theme { file: file.clone(), source })?;
        themes.push((name.to_owned(), theme));
    }
    themes.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(themes)
}

fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// How many colours the terminal shows, by what it says of itself. `NO_COLOR` with any text in it
/// (<https://no-color.org>) and `TERM=dumb` mean none.
fn depth() -> Depth {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match supports_color::on(Stream::Stdout) {
        _ if no_color || is_dumb() => Depth::None,
        Some(level) if level.has_16m => Depth::Full,
        Some(level) if level.has_256 => Depth::Indexed,
        Some(level) if level.has_basic => Depth::Sixteen,
        _ => Depth::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_of_ones_own_are_read_and_a_wrong_one_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(own(&folder.path().join("none")).unwrap().is_empty());
        fs::write(folder.path().join("sea.toml"), "accent = \"#00aaff\"").unwrap();
        fs::write(folder.path().join("notes.txt"), "no theme").unwrap();
        let themes = own(folder.path()).unwrap();
        assert_eq!(themes.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["sea"]);
        fs::write(folder.path().join("bad.toml"), "accent = \"blueish\"").unwrap();
        let told = own(folder.path()).unwrap_err().to_string();
        assert!(told.contains("bad.toml") && told.contains("blueish"), "{told}");
    }
}
