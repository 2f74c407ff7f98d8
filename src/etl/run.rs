//! One run: its number, its locks, its place in the history, and leaving nothing behind.

use super::align;
use super::error::LoadError;
use super::link::Link;
use super::progress::{Options, Phase, Progress};
use super::reader::{Back, Desk, Part};
use super::registry::Registry;
use super::rejects::Rejects;
use super::source::Source;
use super::spec::{Spec, spec};
use super::sql::{Shape, Sql};
use crate::db::{Db, DbError, runs};
use crate::domain::receipt::{Outcome, TableReceipt};
use crate::domain::{Receipt, RunId, Table};
use mysql_async::prelude::Queryable;
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
    /// Whether the server takes `LOAD DATA LOCAL`, once it was tried.
    pub(crate) takes_local: Option<bool>,
}

impl Run {
    /// Connects, clears away what dead runs left behind, and enters the run into the history.
    pub(crate) async fn begin(
        db: &Db,
        source: &str,
        options: &Options,
        progress: &watch::Sender<Progress>,
        cancel: &CancellationToken,
    ) -> Result<Run, LoadError> {
        let started = Instant::now();
        let mut link = Link::open(db, cancel).await?;
        let id = super::lock::enter(&mut link, &options.actor, source, options.mode.word()).await?;
        progress.send_replace(Progress {
            run: Some(id),
            ..Progress::default()
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
            takes_local: None,
        })
    }

    /// Aligns every source with its table, parents first.
    pub(crate) fn take_in(&mut self, mut sources: Vec<Box<dyn Source>>) -> Result<(), LoadError> {
        sources.sort_by_key(|source| source.table());
        let mut parts: Vec<Part> = Vec::new();
        for (place, source) in sources.into_iter().enumerate() {
            let spec = spec(source.table());
            let alignment = align::align(spec, source.name(), source.header())?;
            if let Some(other) = parts.iter().find(|part| part.spec.table == spec.table)
                && other.alignment.given != alignment.given
            {
                return Err(LoadError::Unlike {
                    one: other.source.name().to_owned(),
                    other: source.name().to_owned(),
                    table: spec.table.name(),
                });
            }
            let named = parts
                .iter()
                .filter(|part| part.source.name() == source.name())
                .count();
            let file = match named {
                0 => source.name().to_owned(),
                before => format!("{} ({})", source.name(), before + 1),
            };
            let receipt = empty(spec.table, file);
            parts.push(Part {
                place,
                source,
                spec,
                alignment,
                receipt,
                sha256: None,
                before: 0,
            });
        }
        let named = |part: &Part| (part.place, part.spec.table, part.receipt.file.clone());
        self.files = parts.iter().map(named).collect();
        self.parts = parts.into_iter().map(Some).collect();
        let files = self.files.len();
        self.progress.send_modify(|progress| progress.files = files);
        Ok(())
    }

    /// Prepares for reading from the first row of the first file, also after a first try that came to nothing.
    pub(crate) async fn start_reading(&mut self) -> Result<(), LoadError> {
        let again = self.desk.take().is_some();
        for part in self.parts.iter_mut().flatten() {
            part.receipt = empty(part.spec.table, std::mem::take(&mut part.receipt.file));
            if again {
                part.source.rewind()?;
            }
        }
        self.progress.send_modify(|progress| {
            (progress.read, progress.rejected, progress.position) = (0, 0, None);
            progress.rejects.clear();
        });
        let registry = Registry::read(&mut self.link).await?;
        self.last_numbers = (registry.last_store(), registry.last_staff());
        self.desk = Some(Desk {
            registry,
            rejects: Rejects::new(self.id, self.options.rejects_dir.as_deref()),
            progress: self.progress.clone(),
            cancel: self.cancel.clone(),
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
        let part = self
            .parts()
            .find(|part| part.spec.table == table && part.alignment.numbered)?;
        let (store, staff) = self.last_numbers;
        Some((part.spec, if table == Table::Stores { store } else { staff }))
    }

    /// The name of a member of staff, for messages.
    pub(crate) fn staff_name(&self, staff: u32) -> String {
        self.desk.as_ref().map_or_else(
            || format!("staff {staff}"),
            |desk| desk.registry.staff_name(staff),
        )
    }

    /// Hands a file to the thread that will read it.
    pub(crate) fn lend(&mut self, place: usize) -> Result<(Part, Desk), LoadError> {
        let before = self
            .parts()
            .filter(|part| part.place < place)
            .map(|part| part.receipt.read)
            .sum();
        let part = self
            .parts
            .get_mut(place)
            .and_then(Option::take)
            .ok_or(LoadError::NoSource)?;
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
            let file = self.progress.borrow().file.clone().unwrap_or_default();
            return Err(LoadError::Reader { file });
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
        self.progress
            .send_modify(|progress| progress.notes.push(note.to_owned()));
    }

    /// Rows rejected so far.
    pub(crate) fn rejected(&self) -> u64 {
        self.parts().map(|part| part.receipt.rejected).sum()
    }

    /// Puts the rejects file in its place. Comes before the commit, so that no committed run lacks it.
    pub(crate) fn settle_rejects(&mut self) -> Result<(), LoadError> {
        let Some(desk) = self.desk.take() else {
            return Ok(());
        };
        let folder = desk.rejects.folder();
        self.rejects_file = desk
            .rejects
            .finish()
            .map_err(|cause| LoadError::Rejects { folder, cause })?;
        Ok(())
    }

    /// Commits the rows together with their receipt. Where the connection ends on the way, the history is asked.
    pub(crate) async fn commit(&mut self) -> Result<(), LoadError> {
        self.record(Outcome::Committed, None).await?;
        let lost = match self.link.conn().query_drop("COMMIT").await {
            Ok(()) => return Ok(()),
            Err(error) => DbError::from(error),
        };
        tracing::warn!(run = self.id.0, %lost, "the commit was not answered");
        let unknown = LoadError::Unknown(self.id);
        let Ok(mut conn) = self.link.db().conn().await else {
            return Err(unknown);
        };
        match super::lock::how_ended(&mut conn, self.link.db(), self.id).await {
            Ok(Some(status)) if status == Outcome::Committed.word() => Ok(()),
            Ok(_) => Err(LoadError::Db(lost)),
            Err(_) => Err(unknown),
        }
    }

    async fn record(&mut self, status: Outcome, message: Option<&str>) -> Result<(), LoadError> {
        let files: Vec<_> = self
            .parts()
            .map(|part| (part.receipt.clone(), part.sha256))
            .collect();
        let rejects = self.rejects_file.as_ref().map(|path| path.display().to_string());
        let end = runs::End {
            status,
            rejects_file: rejects.as_deref(),
            seconds: self.seconds(),
            message,
        };
        let conn = self.link.conn();
        for (receipt, sha256) in files {
            runs::add_file(conn, self.id, &receipt, sha256).await?;
        }
        Ok(runs::finish(conn, self.id, end).await?)
    }

    fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// Ends the run: what was not committed is taken back, staging tables go, the history has the outcome.
    pub(crate) async fn end(mut self, outcome: Result<Outcome, LoadError>) -> Result<Receipt, LoadError> {
        let (status, error) = match outcome {
            Ok(status) => (status, None),
            Err(LoadError::Cancelled) => (Outcome::Cancelled, None),
            Err(error) => (Outcome::Failed, Some(error)),
        };
        if matches!(status, Outcome::Cancelled | Outcome::Failed) {
            self.forget();
        }
        if status != Outcome::Committed {
            let message = error.as_ref().map(LoadError::to_string);
            if let Err(cause) = self.take_back_all(status, message.as_deref()).await {
                tracing::warn!(run = self.id.0, %cause, "the end of a load could not be recorded; the next load does it");
            }
        }
        if let Err(cause) = self.clear().await {
            tracing::warn!(run = self.id.0, %cause, "staging tables are left; the next load removes them");
        }
        self.at(Phase::Done(status), None);
        let receipt = self.receipt(status);
        self.link.close().await;
        error.map_or(Ok(receipt), Err)
    }

    async fn take_back_all(&mut self, status: Outcome, message: Option<&str>) -> Result<(), LoadError> {
        if self.link.roll_back().await.is_err() {
            // The server takes back what a lost connection had not committed; only the history is left to do.
            self.link.reconnect().await?;
        }
        self.link.conn().query_drop("START TRANSACTION").await?;
        self.record(status, message).await?;
        Ok(self.link.conn().query_drop("COMMIT").await?)
    }

    async fn clear(&mut self) -> Result<(), LoadError> {
        for statement in self.sql.drop_all() {
            self.link.conn().query_drop(statement).await?;
        }
        Ok(())
    }

    /// A load that was broken off has no counts of rows written and no rejects.
    fn forget(&mut self) {
        for part in self.parts.iter_mut().flatten() {
            let receipt = &mut part.receipt;
            (receipt.inserted, receipt.updated, receipt.unchanged) = (0, 0, 0);
        }
        if let Some(path) = self.rejects_file.take() {
            let removed = if path.is_dir() {
                std::fs::remove_dir_all(&path)
            } else {
                std::fs::remove_file(&path)
            };
            if let Err(cause) = removed {
                tracing::debug!(%cause, "the rejects of a failed load remain");
            }
        }
    }

    fn receipt(&self, status: Outcome) -> Receipt {
        let seconds = self.seconds();
        let tables: Vec<TableReceipt> = self.parts().map(|part| part.receipt.clone()).collect();
        let read: u64 = tables.iter().map(|table| table.read).sum();
        Receipt {
            run_id: self.id,
            source: self.source.clone(),
            mode: self.options.mode.word().to_owned(),
            status,
            rows_per_second: if seconds > 0.0 {
                (read as f64 / seconds) as u64
            } else {
                0
            },
            tables,
            rejects_file: self.rejects_file.clone(),
            seconds,
        }
    }
}

fn empty(table: Table, file: String) -> TableReceipt {
    TableReceipt {
        table,
        file,
        read: 0,
        inserted: 0,
        updated: 0,
        unchanged: 0,
        rejected: 0,
    }
}
