//! What was used last, kept in a file for the next time: the theme, the folder for reports.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The file, and what belongs in it.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    file: PathBuf,
    newest: Arc<Mutex<toml::Table>>,
    writing: Arc<Mutex<()>>,
}

impl Memory {
    pub(super) fn at(file: PathBuf) -> Memory {
        Memory { file, newest: Arc::default(), writing: Arc::default() }
    }

    /// What was kept under that name the last time, if anything was.
    pub(super) fn recall(&self, what: &str) -> Option<String> {
        read(&self.file).get(what)?.as_str().map(str::to_owned)
    }

    /// Keeps it. Where it can not be kept, the next time begins with the setting: the log knows.
    ///
    /// Of several at once the last one stays, in whatever order their tasks run: each writes what is the newest by then.
    pub(super) fn keep(&self, what: &str, value: &str) {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        newest.insert(what.to_owned(), value.into());
        drop(newest);
        let memory = self.clone();
        tokio::task::spawn_blocking(move || {
            let _alone = memory.writing.lock().unwrap_or_else(PoisonError::into_inner);
            let newest = memory.newest.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Err(error) = write(&memory.file, newest) {
                tracing::warn!(%error, file = %memory.file.display(), "what was used last could not be kept");
            }
        });
    }
}

fn read(file: &Path) -> toml::Table {
    fs::read_to_string(file).ok().and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// Writes what is new into the file, beside what is in it.
fn write(file: &Path, newest: toml::Table) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut table = read(file);
    table.extend(newest);
    let new = file.with_extension("new");
    let mut draft = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
    write!(draft, "# What was used last; kept by Storekeeper.\n{table}")?;
    fs::rename(&new, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_chosen_last_is_the_one_that_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::at(folder.path().join("not there yet/screen-0.toml"));
        assert_eq!(memory.recall("theme"), None);
        let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
        runtime.block_on(async {
            memory.keep("reports", "~/out");
            for name in ["dark", "light", "mono", "night \"one\""].repeat(50) {
                memory.keep("theme", name);
            }
        });
        // Waits for what is being written.
        drop(runtime);
        assert_eq!(memory.recall("theme").as_deref(), Some("night \"one\""));
        assert_eq!(memory.recall("reports").as_deref(), Some("~/out"), "one does not take the other away");
    }
}
