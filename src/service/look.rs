//! A look at files before they are loaded.

use super::authorized::{Authorized, ImportData};
use crate::db::{Db, DbError};
use crate::domain::Table;
use crate::etl::source::csv::{self, FindError, Reading};
use crate::etl::source::{Source, SourceError};
use crate::etl::{self, Dates, Head, Mapping};
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;

/// A file, and what is known of it.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file, or a folder of files named after tables.
    pub path: PathBuf,
    /// Its table, where somebody said it.
    pub table: Option<Table>,
    /// How it is written, as far as somebody said it.
    pub reading: Reading,
}

/// One file that was looked at.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The file.
    pub place: Place,
    /// What it tells.
    pub told: Result<Head, Unread>,
}

/// Why a file tells nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// In words.
    pub words: String,
    /// Whether it would do to say which table it is for.
    pub lacks_table: bool,
}

/// Looks at the beginning of each file; of a folder, at each file that is named after a table. What can not be read says why.
///
/// # Errors
/// [`DbError`] where the person may not load any more, or the database can not be asked.
pub async fn look(
    by: &Authorized<ImportData>,
    db: &Db,
    places: Vec<Place>,
    mapping: Mapping,
    dates: Dates,
    cancel: &CancellationToken,
) -> Result<Vec<Looked>, DbError> {
    db.recheck(by).await?;
    let stop = cancel.clone();
    let looking = tokio::task::spawn_blocking(move || {
        let each = places.into_iter().flat_map(spread);
        each.take_while(|_| !stop.is_cancelled()).map(|one| look_at(one, &mapping, &dates, &stop)).collect()
    });
    // A path may be a pipe that nobody writes to.
    tokio::select! {
        biased;
        () = cancel.cancelled() => Ok(Vec::new()),
        looked = looking => Ok(looked.unwrap_or_default()),
    }
}

/// The files of a folder, or the file itself.
fn spread(place: Place) -> Vec<Result<Place, Looked>> {
    if !place.path.is_dir() {
        return vec![Ok(place)];
    }
    match csv::files_in(&place.path) {
        Ok(csv::InFolder { files, .. }) => {
            let one = |(path, table): (PathBuf, Table)| Place { path, table: Some(table), ..place.clone() };
            files.into_iter().map(one).map(Ok).collect()
        }
        Err(error) => vec![Err(unread(place, &error))],
    }
}

fn look_at(
    place: Result<Place, Looked>,
    mapping: &Mapping,
    dates: &Dates,
    stop: &CancellationToken,
) -> Looked {
    let place = match place {
        Ok(place) => place,
        Err(looked) => return looked,
    };
    match head(&place, mapping, dates, stop) {
        Ok(head) => Looked { place, told: Ok(head) },
        Err(error) => unread(place, &error),
    }
}

fn head(
    place: &Place,
    mapping: &Mapping,
    dates: &Dates,
    stop: &CancellationToken,
) -> Result<Head, FindError> {
    let mut source = open(&place.path, place.table, place.reading, stop)?;
    Ok(etl::look(source.as_mut(), mapping, |column| dates.of(column))?)
}

fn open(
    path: &Path,
    table: Option<Table>,
    reading: Reading,
    stop: &CancellationToken,
) -> Result<Box<dyn Source>, FindError> {
    let found = csv::find_until(&[path.to_owned()], table, reading, stop)?;
    found.sources.into_iter().next().ok_or_else(|| {
        let cause = std::io::ErrorKind::NotFound.into();
        SourceError::Io { name: path.display().to_string(), cause }.into()
    })
}

fn unread(place: Place, error: &FindError) -> Looked {
    let lacks_table = matches!(error, FindError::WhichTable(_));
    Looked { place, told: Err(Unread { words: error.to_string(), lacks_table }) }
}
