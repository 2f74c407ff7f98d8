//! Taking a run back: rows it brought go, rows it changed or removed are what they were, unless they were changed since.

use super::error::LoadError;
use super::link::Link;
use super::lock;
use super::managers;
use super::spec::{Spec, spec};
use super::sql::Sql;
use crate::db::runs::{self, End, FileEnd};
use crate::db::{Db, DbError, Warrant, audit, warrant};
use crate::domain::audit::{Action, Entry};
use crate::domain::receipt::{Left, Outcome, Receipt, TableReceipt, Undone};
use crate::domain::{RunId, Table};
use mysql_async::prelude::Queryable;
use serde_json::json;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Why a run is not undone.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// There is no such run.
    #[error("There is no run {0}. `storekeeper runs` lists them.")]
    Unknown(RunId),
    /// It wrote nothing.
    #[error("Run {0} wrote nothing (it is {1}), so there is nothing to undo.")]
    Idle(RunId, String),
    /// It was undone before.
    #[error("Run {0} was undone by run {1} already.")]
    Already(RunId, RunId),
    /// It is the undoing of another.
    #[error("Run {0} is itself an undoing. To have its rows again, load the file again.")]
    IsUndoing(RunId),
    /// What a row was no longer fits what others are now.
    #[error("Run {0} can not be undone: {1}. Nothing was changed.")]
    Misfit(RunId, String),
    /// It could not be done.
    #[error("{}", .0.to_string().replace("Nothing was loaded", "Nothing was changed"))]
    Load(#[from] LoadError),
}

impl From<DbError> for UndoError {
    fn from(error: DbError) -> UndoError {
        UndoError::Load(error.into())
    }
}

impl From<mysql_async::Error> for UndoError {
    fn from(error: mysql_async::Error) -> UndoError {
        UndoError::Load(error.into())
    }
}

/// Undoes a run in one transaction; a dry run does the same and takes it back.
///
/// # Errors
/// [`UndoError`]; nothing was changed then.
pub async fn undo(
    db: &Db,
    run: RunId,
    by: &Warrant,
    dry_run: bool,
    cancel: &CancellationToken,
) -> Result<Undone, UndoError> {
    let started = Instant::now();
    let mut link = Link::open(db, cancel).await?;
    let source = format!("run {run}");
    let own = lock::enter(&mut link, &by.doer.actor, &source, "undo").await?;
    let mut undoing = Undoing {
        sql: Sql::new(db, own),
        link,
        run,
        own,
        tables: Vec::new(),
        left: 0,
        left_rows: Vec::new(),
    };
    let done = undoing.carry_out(by, dry_run, started).await;
    let undone = match done {
        Ok(status) => {
            let receipt = undoing.receipt(status, started);
            Ok(Undone { undone: run, receipt, left: undoing.left, left_rows: undoing.left_rows })
        }
        Err(error) => {
            undoing.give_up(&error, started).await;
            Err(error)
        }
    };
    undoing.link.close().await;
    undone
}

struct Undoing {
    link: Link,
    sql: Sql,
    run: RunId,
    own: RunId,
    tables: Vec<TableReceipt>,
    left: u64,
    left_rows: Vec<Left>,
}

impl Undoing {
    async fn carry_out(
        &mut self,
        by: &Warrant,
        dry_run: bool,
        started: Instant,
    ) -> Result<Outcome, UndoError> {
        lock::wait_for_turn(&mut self.link).await?;
        self.link.execute("START TRANSACTION").await?;
        self.check().await?;
        let tables = runs::tables_of(self.link.conn(), self.run).await?;
        self.tables = tables.iter().map(|table| nothing(*table, self.run)).collect();
        for table in &tables {
            self.put_back(*table).await.map_err(|error| self.misfit(error))?;
        }
        for table in tables.iter().rev() {
            self.take_out(*table).await?;
        }
        if tables.contains(&Table::Staffs) {
            self.refuse_a_ring().await?;
        }
        let changed: u64 =
            self.tables.iter().map(|table| table.inserted + table.updated + table.deleted).sum();
        let status = match (dry_run, changed) {
            (true, _) => Outcome::DryRun,
            (false, 0) => Outcome::NothingToDo,
            (false, _) => Outcome::Committed,
        };
        if status != Outcome::Committed {
            self.link.roll_back().await?;
            self.link.execute("START TRANSACTION").await?;
        }
        warrant::hold(self.link.conn(), by).await?;
        self.record(status, by, started).await?;
        self.link.conn().query_drop("COMMIT").await?;
        Ok(status)
    }

    async fn check(&mut self) -> Result<(), UndoError> {
        let run = self.run;
        let Some(found) = runs::undoable(self.link.conn(), run).await? else {
            return Err(UndoError::Unknown(run));
        };
        if found.mode == "undo" {
            return Err(UndoError::IsUndoing(run));
        }
        if found.status != Outcome::Committed.word() {
            return Err(UndoError::Idle(run, found.status));
        }
        found.undone_by.map_or(Ok(()), |by| Err(UndoError::Already(run, by)))
    }

    /// Rows that the run changed or removed become what they were.
    async fn put_back(&mut self, table: Table) -> Result<(), LoadError> {
        let (spec, run) = (spec(table), self.run.0);
        let sample: Vec<String> = self.link.rows(&self.sql.kept_sample(run, spec, "updated")).await?;
        let mut updated = 0;
        if let Some(sample) = sample.first() {
            let columns = columns_of(spec, sample);
            updated = self.link.execute(&self.sql.mark_unchanged(run, spec)).await?.affected;
            let restored = self.link.execute(&self.sql.restore(run, spec, &columns)).await?.affected;
            if restored != updated {
                return Err(LoadError::Changed { table: table.name() });
            }
            self.tell_kept(spec, "updated", "it was changed or removed since").await?;
        }
        let inserted = self.link.execute(&self.sql.bring_back(run, spec)).await?.affected;
        if inserted > 0 {
            if table == Table::Staffs {
                self.link.execute(&self.sql.bring_back_managers(run, spec)).await?;
            }
            self.link.execute(&self.sql.mark_back(run, spec)).await?;
        }
        self.tell_kept(spec, "deleted", "its number is taken, or what it names is gone").await?;
        if let Some(receipt) = self.of(table) {
            (receipt.updated, receipt.inserted) = (updated, inserted);
        }
        Ok(())
    }

    async fn tell_kept(&mut self, spec: &'static Spec, kind: &str, why: &str) -> Result<(), LoadError> {
        let count: Vec<u64> = self.link.rows(&self.sql.count_kept(self.run.0, spec, kind)).await?;
        let count = count.first().copied().unwrap_or_default();
        if count > 0 {
            let keys: Vec<String> = self.link.rows(&self.sql.told_kept(self.run.0, spec, kind)).await?;
            self.leave(spec.table, count, keys.into_iter().map(|key| (key, why)));
        }
        Ok(())
    }

    /// Rows that the run brought go. Staff go from below: nobody goes while somebody is managed by them.
    async fn take_out(&mut self, table: Table) -> Result<(), LoadError> {
        let (spec, run) = (spec(table), self.run.0);
        let children = self.link.children(table).await?;
        let statement = self.sql.take_out(run, spec, &children);
        let mut deleted = 0;
        loop {
            let gone = self.link.execute(&statement).await?.affected;
            deleted += gone;
            if gone == 0 || table != Table::Staffs {
                break;
            }
        }
        if let Some(receipt) = self.of(table) {
            receipt.deleted = deleted;
        }
        let count: Vec<u64> = self.link.rows(&self.sql.count_brought(run, spec)).await?;
        let count = count.first().copied().unwrap_or_default();
        if count > 0 {
            let rows: Vec<(String, bool)> = self.link.rows(&self.sql.told_brought(run, spec)).await?;
            let why = |unchanged| if unchanged { "other rows name it" } else { "it was changed since" };
            self.leave(table, count, rows.into_iter().map(|(key, unchanged)| (key, why(unchanged))));
        }
        Ok(())
    }

    fn leave<'a>(&mut self, table: Table, count: u64, rows: impl Iterator<Item = (String, &'a str)>) {
        self.left += count;
        self.left_rows.extend(rows.map(|(key, why)| Left { table, key, why: why.to_owned() }));
    }

    fn of(&mut self, table: Table) -> Option<&mut TableReceipt> {
        self.tables.iter_mut().find(|receipt| receipt.table == table)
    }

    async fn refuse_a_ring(&mut self) -> Result<(), UndoError> {
        let tree: Vec<(u32, Option<u32>)> =
            self.link.rows(include_str!("../../sql/queries/import/managers.sql")).await?;
        match managers::first_ring(&tree.into_iter().collect()) {
            Some(people) => {
                let people: Vec<String> = people.iter().map(u32::to_string).collect();
                let why =
                    format!("the managers would lead back to where they begin, staff {}", people.join(" > "));
                Err(UndoError::Misfit(self.run, why))
            }
            None => Ok(()),
        }
    }

    /// A value of before that clashes (1062) or names what is gone (1452).
    fn misfit(&self, error: LoadError) -> UndoError {
        const CLASHES: u16 = 1062;
        const NAMES_NOTHING: u16 = 1452;
        let code = match &error {
            LoadError::Db(cause) => cause.code(),
            _ => None,
        };
        match code {
            Some(CLASHES) => {
                UndoError::Misfit(self.run, "a name or e-mail of before belongs to another row now".into())
            }
            Some(NAMES_NOTHING) => {
                UndoError::Misfit(self.run, "a row named one before that is gone now".into())
            }
            _ => UndoError::Load(error),
        }
    }

    async fn record(&mut self, status: Outcome, by: &Warrant, started: Instant) -> Result<(), UndoError> {
        let counts = self.tables.clone();
        let entry = Entry::done(Action::Import, format!("run {}", self.own))
            .after(&json!({ "status": status, "undone": self.run.0, "tables": counts, "left": self.left }))
            .detail(format!("undoing of run {}: {status}", self.run));
        let engine = self.link.db().engine();
        let conn = self.link.conn();
        for receipt in counts {
            let file = FileEnd { receipt, sha256: None, written_how: None, mapping: None };
            runs::add_file(conn, self.own, &file).await?;
        }
        if status == Outcome::Committed {
            runs::mark_undone(conn, self.run, self.own).await?;
        }
        let seconds = started.elapsed().as_secs_f64();
        runs::finish(conn, self.own, End { status, rejects_file: None, seconds, message: None }).await?;
        Ok(audit::record(conn, engine, &by.doer, &[entry]).await?)
    }

    /// Takes back what was begun, and closes the run in the history.
    async fn give_up(&mut self, error: &UndoError, started: Instant) {
        if self.link.roll_back().await.is_err() && self.link.reconnect().await.is_err() {
            tracing::warn!(
                run = self.own.0,
                "the end of an undoing could not be recorded; the next load does it"
            );
            return;
        }
        let (message, seconds) = (error.to_string(), started.elapsed().as_secs_f64());
        let status = match error {
            UndoError::Load(LoadError::Cancelled) => Outcome::Cancelled,
            _ => Outcome::Failed,
        };
        let end = End { status, rejects_file: None, seconds, message: Some(&message) };
        if let Err(cause) = runs::finish(self.link.conn(), self.own, end).await {
            tracing::warn!(run = self.own.0, %cause, "the end of an undoing could not be recorded");
        }
    }

    fn receipt(&self, status: Outcome, started: Instant) -> Receipt {
        Receipt {
            run_id: self.own,
            source: format!("run {}", self.run),
            mode: "undo".to_owned(),
            status,
            tables: self.tables.clone(),
            preview: Vec::new(),
            rejects_file: None,
            seconds: started.elapsed().as_secs_f64(),
            rows_per_second: 0,
        }
    }
}

fn nothing(table: Table, run: RunId) -> TableReceipt {
    let file = format!("run {run}");
    TableReceipt { table, file, read: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0, deleted: 0 }
}

/// The columns that a run gave, by the values it found there.
fn columns_of(spec: &Spec, kept: &str) -> Vec<&'static str> {
    let kept: serde_json::Map<String, serde_json::Value> = serde_json::from_str(kept).unwrap_or_default();
    spec.columns.iter().map(|column| column.name).filter(|name| kept.contains_key(*name)).collect()
}
