//! A file or a folder that appears at its place whole, or not at all.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// What is written beside its place until it is finished. Dropped unfinished, it is removed.
#[derive(Debug)]
pub struct Draft {
    place: PathBuf,
    begun: PathBuf,
    is_folder: bool,
    is_finished: bool,
}

impl Draft {
    /// A file. One that is at the place already is replaced at the end.
    ///
    /// # Errors
    /// Where there is something else than a file: a folder, or a device, which a file must not take the place of.
    pub fn file(place: &Path) -> io::Result<Draft> {
        match fs::metadata(place) {
            Ok(found) if !found.is_file() => {
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, "what is there is no file"));
            }
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
            _ => {}
        }
        Ok(Draft { place: place.to_owned(), begun: beside(place), is_folder: false, is_finished: false })
    }

    /// A folder. The place may have an empty folder, nothing else.
    ///
    /// # Errors
    /// Where there is something, or where no folder can be made.
    pub fn folder(place: &Path) -> io::Result<Draft> {
        match fs::read_dir(place) {
            Ok(mut entries) => {
                if entries.next().is_some() {
                    let message = "the folder is not empty";
                    return Err(io::Error::new(io::ErrorKind::DirectoryNotEmpty, message));
                }
            }
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
            Err(_) => {}
        }
        let begun = beside(place);
        DirBuilder::new().mode(0o750).create(&begun)?;
        Ok(Draft { place: place.to_owned(), begun, is_folder: true, is_finished: false })
    }

    /// Makes the file, or a file of this name in the folder. Others of the group may read it where the umask allows.
    ///
    /// # Errors
    /// Where it can not be made.
    pub fn create(&self, name: &str) -> io::Result<File> {
        let path = if self.is_folder { self.begun.join(name) } else { self.begun.clone() };
        OpenOptions::new().write(true).create_new(true).mode(0o640).open(path)
    }

    /// Puts it in its place, so that it is there after a loss of power too. Its files have to be synced before.
    ///
    /// # Errors
    /// Where the file system does not do it; nothing is left then.
    pub fn finish(mut self) -> io::Result<()> {
        if self.is_folder {
            File::open(&self.begun)?.sync_all()?;
        }
        fs::rename(&self.begun, &self.place)?;
        self.is_finished = true;
        File::open(folder_of(&self.place))?.sync_all()
    }

    /// Puts a file in its place, or under a name with a number where somebody's file is there already; answers where it is.
    /// It is there after a loss of power when its folder is synced.
    ///
    /// # Errors
    /// Where the file system does not do it; nothing is left then.
    pub fn finish_as_new(mut self) -> io::Result<PathBuf> {
        const MOST: u32 = 1000;
        let mut number = 1;
        loop {
            let place = numbered(&self.place, number);
            match put_new(&self.begun, &place) {
                Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists && number < MOST => number += 1,
                Err(cause) => return Err(cause),
                Ok(()) => {
                    self.is_finished = true;
                    return Ok(place);
                }
            }
        }
    }
}

/// Gives a file a name that no other has: a link, unlike a rename, is refused where there is one.
fn put_new(begun: &Path, place: &Path) -> io::Result<()> {
    match fs::hard_link(begun, place) {
        Ok(()) => fs::remove_file(begun),
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Err(cause),
        // A file system without links.
        Err(_) if place.try_exists()? => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(begun, place),
    }
}

/// `report.pdf`, then `report_2.pdf` and so on.
fn numbered(place: &Path, number: u32) -> PathBuf {
    if number < 2 {
        return place.to_owned();
    }
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    place.with_file_name(format!("{}_{number}.{}", part(place.file_stem()), part(place.extension())))
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.is_finished {
            return;
        }
        let removed =
            if self.is_folder { fs::remove_dir_all(&self.begun) } else { fs::remove_file(&self.begun) };
        if let Err(cause) = removed
            && cause.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%cause, path = %self.begun.display(), "an unfinished export remains");
        }
    }
}

/// A hidden name in the same folder, and so on the same file system, which a rename does not leave.
fn beside(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    folder_of(place).join(format!(".{name}.{}.part", std::process::id()))
}

fn folder_of(place: &Path) -> &Path {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
