//! One run: its number, its files, and what it tells.

mod ending;

use super::align;
use super::error::LoadError;
use super::link::Link;
use super::mapping;
use super::progress::{Compared, Options, Phase, Progress};
use super::reader::{Back, Desk, Part};
use super::registry::Registry;
use super::rejects::Rejects;
use super::source::Source;
use super::source::csv::Dialect;
use super::spec::{Spec, spec};
use super::sql::{Shape, Sql};
use crate::db::{Db, runs};
use crate::domain::receipt::{Change, TableReceipt};
use crate::domain::{RunId, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use tokio::sync::{oneshot, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// A load while it runs.
pub(crate) struct Run {
    pub(crate) id: RunId,
    pub(crate) link: Link,
    pub(crate) sql: Sql,
    pub(crate) options: Options,
    pub(crate) progress: watch::Sender<Progress>,
    cancel: CancellationToken,
    source: String,
    started: Instant,
    parts: Vec<Option<Part>>,
    /// The files of the set: place, table, name.
    files: Vec<(usize, Table, String)>,
    desk: Option<Desk>,
    /// The greatest number of a store and of a member of staff when reading began: new ones are counted on from there.
    last_numbers: (u32, u32),
    rejects_file: Option<PathBuf>,
    /// The first rows that would change, in a dry run.
    pub(crate) preview: Vec<Change>,
    /// Whether the server takes `LOAD DATA LOCAL`, once it was tried.
    pub(crate) takes_local: Option<bool>,
    /// The tables of the set that had rows when the load began.
    pub(crate) filled: BTreeSet<Table>,
    /// Tables whose files stand in no order.
    pub(crate) disordered: BTreeSet<Table>,
}

impl Run {
    /// Connects, and enters the run into the history.
    pub(crate) async fn begin(
        db: &Db,
        source: &str,
        options: &Options,
        progress: &watch::Sender<Progress>,
        cancel: &CancellationToken,
    ) -> Result<Run, LoadError> {
        let started = Instant::now();
        let mut link = Link::open(db, cancel).await?;
        let id = super::lock::enter(&mut link, &options.by.doer.actor, source, options.mode.word()).await?;
        progress.send_modify(|progress| {
            let notes = std::mem::take(&mut progress.notes);
            *progress = Progress { run: Some(id), notes, ..Progress::default() };
        });
        Ok(Run {
            id,
            sql: Sql::new(db, id),
            link,
            options: options.clone(),
            progress: progress.clone(),
            cancel: cancel.clone(),
            source: source.to_owned(),
            started,
            parts: Vec::new(),
            files: Vec::new(),
            desk: None,
            last_numbers: (0, 0),
            rejects_file: None,
            preview: Vec::new(),
            takes_local: None,
            filled: BTreeSet::new(),
            disordered: BTreeSet::new(),
        })
    }

    /// Aligns every source with its table, parents first.
    pub(crate) fn take_in(&mut self, mut sources: Vec<Box<dyn Source>>) -> Result<(), LoadError> {
        sources.sort_by_key(|source| source.table());
        let mut parts: Vec<Part> = Vec::new();
        for (place, source) in sources.into_iter().enumerate() {
            let spec = spec(source.table());
            let alignment = align::align(spec, source.name(), source.header(), &self.options.mapping)?;
            if let Some(other) = parts.iter().find(|part| part.spec.table == spec.table)
                && other.alignment.given != alignment.given
            {
                return Err(LoadError::Unlike {
                    one: other.source.name().to_owned(),
                    other: source.name().to_owned(),
                    table: spec.table.name(),
                });
            }
            if let Some(dialect) = source.dialect().filter(|dialect| *dialect != Dialect::PLAIN) {
                self.note(&format!("{} is read as {dialect}.", source.name()));
            }
            let receipt = empty(spec.table, own_name(source.name(), &parts));
            parts.push(Part {
                place,
                source,
                spec,
                alignment,
                receipt,
                sha256: None,
                before: 0,
                excused: 0,
                present: 0,
                numbers: None,
            });
        }
        self.settle_mapping(&parts)?;
        let named = |part: &Part| (part.place, part.spec.table, part.receipt.file.clone());
        self.files = parts.iter().map(named).collect();
        self.parts = parts.into_iter().map(Some).collect();
        let files = self.files.len();
        self.progress.send_modify(|progress| progress.files = files);
        Ok(())
    }

    /// Proves that what was said of columns was of use, and saves how they were understood.
    fn settle_mapping(&self, parts: &[Part]) -> Result<(), LoadError> {
        let unmet = self.options.mapping.unmet(parts.iter().flat_map(|part| part.source.header()));
        if !unmet.is_empty() {
            return Err(LoadError::Unmapped { names: unmet.join(", ") });
        }
        let Some(path) = &self.options.save_mapping else {
            return Ok(());
        };
        let mut tables = BTreeMap::new();
        for part in parts {
            let columns = align::understood(part.spec, part.source.header(), &part.alignment);
            tables.entry(part.spec.table.name().to_owned()).or_insert_with(BTreeMap::new).extend(columns);
        }
        let said = &self.options.mapping;
        std::fs::write(path, said.decimal_written() + &mapping::written(&tables) + &said.nothing_written())
            .map_err(|cause| LoadError::SaveMapping { path: path.display().to_string(), cause })
    }

    /// Prepares for reading from the first row of the first file, also after a first try that came to nothing.
    pub(crate) async fn start_reading(&mut self) -> Result<(), LoadError> {
        let again = self.desk.take().is_some();
        for part in self.parts.iter_mut().flatten() {
            part.present = 0;
            part.receipt = empty(part.spec.table, std::mem::take(&mut part.receipt.file));
            if again {
                part.source.rewind()?;
            }
        }
        self.progress.send_modify(|progress| {
            (progress.read, progress.rejected, progress.position) = (0, 0, None);
            progress.compared = Compared::default();
            progress.rejects.clear();
        });
        let mut by_name: Vec<Table> =
            self.parts().flat_map(|part| align::named_parents(part.spec, &part.alignment)).collect();
        by_name.sort();
        by_name.dedup();
        let registry = Registry::read(&mut self.link, &by_name).await?;
        self.last_numbers = (registry.last_store(), registry.last_staff());
        self.desk = Some(Desk {
            registry,
            rejects: Rejects::new(self.id, self.options.rejects_dir.as_deref()),
            progress: self.progress.clone(),
            cancel: self.cancel.clone(),
            dates: self.options.dates.clone(),
            decimal: self.options.mapping.decimal(),
            nothing: self.options.mapping.nothing().clone(),
        });
        Ok(())
    }

    /// The files of the set, as far as none of them is being read.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().flatten()
    }

    /// The file at a place.
    pub(crate) fn part(&mut self, place: usize) -> Option<&mut Part> {
        self.parts.get_mut(place)?.as_mut()
    }

    /// The tables of the set, parents first, each once.
    pub(crate) fn tables(&self) -> Vec<Table> {
        let mut tables: Vec<Table> = self.parts().map(|part| part.spec.table).collect();
        tables.dedup();
        tables
    }

    /// Each file's place and table, parents first.
    pub(crate) fn places(&self) -> Vec<(usize, Table)> {
        self.parts().map(|part| (part.place, part.spec.table)).collect()
    }

    /// What tells that somebody stops the load.
    pub(crate) fn cancel_token(&self) -> CancellationToken {
        self.cancel.clone()
    }

    /// The fault of a task that ended by itself.
    pub(crate) fn broken(&self) -> LoadError {
        LoadError::Reader { file: self.progress.borrow().file.clone().unwrap_or_default() }
    }

    /// Returns once somebody stops the load.
    pub(crate) async fn cancelled(&self) {
        self.cancel.cancelled().await;
    }

    /// What the files of a table give.
    fn shape_of(&self, table: Table) -> Option<(&'static Spec, Vec<usize>)> {
        let part = self.parts().find(|part| part.spec.table == table)?;
        Some((part.spec, part.alignment.given.clone()))
    }

    /// Calls `build` with what the files of a table give.
    pub(crate) fn with_shape<T>(
        &self,
        table: Table,
        build: impl FnOnce(&Sql, Shape<'_>) -> T,
    ) -> Result<T, LoadError> {
        let (spec, given) = self.shape_of(table).ok_or(LoadError::NoSource)?;
        Ok(build(&self.sql, Shape { spec, given: &given }))
    }

    /// The files of the set: place, table, name.
    pub(crate) fn files(&self) -> &[(usize, Table, String)] {
        &self.files
    }

    /// Where a table's new rows were numbered, the number after which that began.
    pub(crate) fn numbered_from(&self, table: Table) -> Option<(&'static Spec, u32)> {
        let part = self.parts().find(|part| part.spec.table == table && part.alignment.numbered)?;
        let (store, staff) = self.last_numbers;
        Some((part.spec, if table == Table::Stores { store } else { staff }))
    }

    /// The name of a member of staff, for messages.
    pub(crate) fn staff_name(&self, staff: u32) -> String {
        self.desk.as_ref().map_or_else(|| format!("staff {staff}"), |desk| desk.registry.staff_name(staff))
    }

    /// Hands a file to the thread that will read it.
    pub(crate) fn lend(&mut self, place: usize) -> Result<(Part, Desk), LoadError> {
        let before = self.parts().filter(|part| part.place < place).map(|part| part.receipt.read).sum();
        let part = self.parts.get_mut(place).and_then(Option::take).ok_or(LoadError::NoSource)?;
        let desk = self.desk.take().ok_or(LoadError::NoSource)?;
        self.progress.send_modify(|progress| {
            progress.file_index = place;
            progress.table = Some(part.spec.table);
            progress.file = Some(part.receipt.file.clone());
        });
        Ok((Part { before, ..part }, desk))
    }

    /// Awaits the thread. A load that is stopped does not wait for a source that hangs.
    pub(crate) async fn take_back<T>(&mut self, back: oneshot::Receiver<Back<T>>) -> Result<T, LoadError> {
        let cancelled = self.cancel.clone();
        let returned = tokio::select! {
            returned = back => returned,
            () = cancelled.cancelled() => return Err(LoadError::Cancelled),
        };
        let Ok((part, desk, done)) = returned else {
            return Err(self.broken());
        };
        self.desk = Some(desk);
        let place = part.place;
        if let Some(slot) = self.parts.get_mut(place) {
            *slot = Some(part);
        }
        done
    }

    /// Tells what the load is at.
    pub(crate) fn at(&self, phase: Phase, table: Option<Table>) {
        self.progress.send_modify(|progress| {
            progress.phase = phase;
            progress.table = table;
        });
    }

    /// Tells a person something, once.
    pub(crate) fn note(&self, note: &str) {
        tracing::info!(run = self.id.0, note);
        self.progress.send_modify(|progress| progress.note(note.to_owned()));
    }

    /// Rows rejected so far that should not be there, other than those that lost to another by choice.
    pub(crate) fn faulty(&self) -> u64 {
        self.parts().map(|part| part.receipt.rejected - part.excused).sum()
    }

    /// Rows rejected so far.
    pub(crate) fn rejected(&self) -> u64 {
        self.parts().map(|part| part.receipt.rejected).sum()
    }
}

/// What a file is called in the receipt: its name, with a number where another has it already. The history keeps the end of
/// a name, and takes two for one that differ in case or in the accents of letters alone.
fn own_name(name: &str, parts: &[Part]) -> String {
    let kept = |name: &str| {
        let end = runs::file_name(name).to_lowercase();
        end.chars().filter(char::is_ascii).collect::<String>()
    };
    let is_free = |name: &String| parts.iter().all(|part| kept(&part.receipt.file) != kept(name));
    let numbered = (2..).map(|nth: usize| format!("{name} ({nth})"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

fn empty(table: Table, file: String) -> TableReceipt {
    TableReceipt { table, file, read: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0, deleted: 0 }
}
