//! The end of a run: the commit with its receipt, or everything taken back, and in either case nothing left behind.

use super::{Run, empty};
use crate::db::runs::FileEnd;
use crate::db::{audit, runs, warrant};
use crate::domain::Receipt;
use crate::domain::audit::{Action, Entry, Outcome as Recorded};
use crate::domain::receipt::{Outcome, TableReceipt};
use crate::etl::align;
use crate::etl::commit;
use crate::etl::error::LoadError;
use crate::etl::progress::Phase;
use crate::etl::reader::Part;
use mysql_async::prelude::Queryable;
use serde_json::json;
use std::collections::BTreeSet;

impl Run {
    /// Puts the rejects file in its place. Comes before the commit, so that no committed run lacks it.
    pub(crate) fn settle_rejects(&mut self) -> Result<(), LoadError> {
        let Some(desk) = self.desk.take() else {
            return Ok(());
        };
        let folder = desk.rejects.folder();
        self.rejects_file = desk.rejects.finish().map_err(|cause| LoadError::Rejects { folder, cause })?;
        Ok(())
    }

    /// Commits the rows together with their receipt and the audit log's entry, where the doer may still load. Where the connection ends on the way, the history is asked.
    pub(crate) async fn commit(&mut self) -> Result<(), LoadError> {
        warrant::hold(self.link.conn(), &self.options.by).await?;
        let remark = self.options.remark.clone();
        self.record(Outcome::Committed, remark.as_deref()).await?;
        commit::commit(&mut self.link, self.id, Outcome::Committed).await
    }

    async fn record(&mut self, status: Outcome, message: Option<&str>) -> Result<(), LoadError> {
        let files = self.receipts();
        let rejects = self.rejects_file.as_ref().map(|path| path.display().to_string());
        let end = runs::End { status, rejects_file: rejects.as_deref(), seconds: self.seconds(), message };
        let entry = self.entry(status, message, &files);
        let doer = &self.options.by.doer;
        let engine = self.link.db().engine();
        let conn = self.link.conn();
        for file in &files {
            runs::add_file(conn, self.id, file).await?;
        }
        runs::finish(conn, self.id, end).await?;
        Ok(audit::record(conn, engine, doer, &[entry]).await?)
    }

    fn entry(&self, status: Outcome, message: Option<&str>, files: &[FileEnd]) -> Entry {
        let outcome = match status {
            Outcome::Committed | Outcome::DryRun | Outcome::NothingToDo => Recorded::Done,
            Outcome::Rejected => Recorded::Refused,
            Outcome::Cancelled | Outcome::Failed => Recorded::Failed,
        };
        let tables: Vec<&TableReceipt> = files.iter().map(|file| &file.receipt).collect();
        let why = message.map(|message| format!(": {message}")).unwrap_or_default();
        Entry::done(Action::Import, format!("run {}", self.id))
            .ended(outcome)
            .after(&json!({ "status": status, "tables": tables }))
            .detail(format!("{status}, from {}{why}", self.source))
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
            let message = error.as_ref().map(LoadError::to_string).or_else(|| self.options.remark.clone());
            if let Err(cause) = self.take_back_all(status, message.as_deref()).await {
                tracing::warn!(run = self.id.0, %cause, "the end of a load could not be recorded; the next load does it");
            }
        }
        if status == Outcome::Committed
            && let Err(cause) = self.count_anew().await
        {
            tracing::warn!(run = self.id.0, %cause, "the server was not told to count the tables anew");
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

    /// Has the server count the tables anew that got many rows. By itself it does so only now and then, and it takes a table for
    /// a hundredth of what it holds meanwhile, so that it reads tables whole which it has keys for (`docs/PERFORMANCE.md`).
    async fn count_anew(&mut self) -> Result<(), LoadError> {
        const MANY: u64 = 10_000;
        let changed =
            |part: &&Part| part.receipt.inserted + part.receipt.updated + part.receipt.deleted >= MANY;
        let tables: BTreeSet<_> = self.parts().filter(changed).map(|part| part.spec.table).collect();
        for table in tables {
            let statement = self.sql.count_anew(table);
            self.link.conn().query_drop(statement).await?;
        }
        Ok(())
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
            (receipt.inserted, receipt.updated, receipt.unchanged, receipt.deleted) = (0, 0, 0, 0);
        }
        if let Some(path) = self.rejects_file.take() {
            let removed =
                if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
            if let Err(cause) = removed {
                tracing::debug!(%cause, "the rejects of a failed load remain");
            }
        }
    }

    /// What became of each file. Of one that was still being read only the rows read are known.
    fn receipts(&self) -> Vec<FileEnd> {
        let told: u64 = self.parts().map(|part| part.receipt.read).sum();
        let read = self.progress.borrow().read.saturating_sub(told);
        let end = |place: usize, table, name: &str| match self.parts().find(|part| part.place == place) {
            Some(part) => FileEnd {
                receipt: part.receipt.clone(),
                sha256: part.sha256,
                written_how: part.source.dialect().map(|dialect| dialect.to_string()),
                mapping: mapping_of(part),
            },
            None => FileEnd {
                receipt: TableReceipt { read, ..empty(table, name.to_owned()) },
                sha256: None,
                written_how: None,
                mapping: None,
            },
        };
        self.files.iter().map(|(place, table, name)| end(*place, *table, name)).collect()
    }

    fn receipt(&self, status: Outcome) -> Receipt {
        let seconds = self.seconds();
        let tables: Vec<TableReceipt> = self.receipts().into_iter().map(|file| file.receipt).collect();
        let read: u64 = tables.iter().map(|table| table.read).sum();
        Receipt {
            run_id: self.id,
            source: self.source.clone(),
            mode: self.options.mode.word().to_owned(),
            status,
            rows_per_second: if seconds > 0.0 { (read as f64 / seconds) as u64 } else { 0 },
            tables,
            preview: self.preview.clone(),
            chunks: 0,
            rejects_file: self.rejects_file.clone(),
            seconds,
        }
    }
}

/// What the columns of a file were taken for; `None` of more columns than anybody would read.
fn mapping_of(part: &Part) -> Option<String> {
    const MOST: usize = 16_000;
    let columns = align::understood(part.spec, part.source.header(), &part.alignment);
    serde_json::to_string(&columns).ok().filter(|text| text.len() <= MOST)
}
