//! The theme used last, kept in a file for the next time.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The file, and the name that belongs in it.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    file: PathBuf,
    newest: Arc<Mutex<String>>,
    writing: Arc<Mutex<()>>,
}

impl Memory {
    pub(super) fn at(file: PathBuf) -> Memory {
        Memory { file, newest: Arc::default(), writing: Arc::default() }
    }

    /// The name that was kept the last time, if there is one.
    pub(super) fn recall(&self) -> Option<String> {
        let table: toml::Table = fs::read_to_string(&self.file).ok()?.parse().ok()?;
        table.get("theme")?.as_str().map(str::to_owned)
    }

    /// Keeps the name. Where it can not be kept, the next time begins with the setting: the log knows.
    ///
    /// Of several at once the last one stays, in whatever order their tasks run: each writes what is the newest by then.
    pub(super) fn keep(&self, name: &str) {
        name.clone_into(&mut self.newest.lock().unwrap_or_else(PoisonError::into_inner));
        let memory = self.clone();
        tokio::task::spawn_blocking(move || {
            let _alone = memory.writing.lock().unwrap_or_else(PoisonError::into_inner);
            let name = memory.newest.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Err(error) = write(&memory.file, &name) {
                tracing::warn!(%error, file = %memory.file.display(), "the theme could not be kept");
            }
        });
    }
}

fn write(file: &Path, name: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let table = toml::Table::from_iter([("theme".to_owned(), toml::Value::from(name))]);
    let new = file.with_extension("new");
    let mut draft = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
    write!(draft, "# The theme used last; kept by Storekeeper.\n{table}")?;
    fs::rename(&new, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_chosen_last_is_the_one_that_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::at(folder.path().join("not there yet/screen-0.toml"));
        assert_eq!(memory.recall(), None);
        let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
        runtime.block_on(async {
            for name in ["dark", "light", "mono", "night \"one\""].repeat(50) {
                memory.keep(name);
            }
        });
        // Waits for what is being written.
        drop(runtime);
        assert_eq!(memory.recall().as_deref(), Some("night \"one\""));
    }
}
