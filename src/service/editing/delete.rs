//! Deleting a record.

use super::error::EditError;
use super::save::as_record;
use super::{all_choices, reach};
use crate::db::{Db, Recorded};
use crate::domain::audit::{Action, Entry};
use crate::domain::records::RowId;
use crate::domain::records::edit::{Doomed, can_make, editable};
use crate::etl::edit;
use crate::service::authorized::{Authorized, DeleteData};
use futures_util::FutureExt;

/// What somebody should know before a record is deleted: what it is called, and what names it.
///
/// # Errors
/// [`EditError`]: such records are not deleted by hand, it is not there, or the database can not be asked.
pub async fn doomed(by: &Authorized<DeleteData>, db: &Db, row: RowId) -> Result<Doomed, EditError> {
    if !can_make(row.table) {
        return Err(EditError::NotByHand(row.table));
    }
    let reading = async {
        let choices = all_choices(db, row.table).await?;
        let mut conn = db.conn().await?;
        let Some(held) = edit::held(&mut conn, row, false).await? else { return Ok(None) };
        let references = edit::references(&mut conn, db, row).await?;
        let name = edit::called(row, &held.values, &choices);
        Ok(Some(Doomed { row, version: held.version, name, references }))
    };
    db.read(by, reading).await?.ok_or(EditError::Gone(row))
}

/// Deletes a record, where it has the version that was seen and nothing names it.
///
/// # Errors
/// [`EditError::Clash`] where somebody changed it since, [`EditError::Gone`] where it is not there any more,
/// [`EditError::Named`] where other records name it; or the database did not do it.
pub async fn delete(by: &Authorized<DeleteData>, db: &Db, doomed: &Doomed) -> Result<(), EditError> {
    let (row, seen) = (doomed.row, doomed.version);
    if !can_make(row.table) {
        return Err(EditError::NotByHand(row.table));
    }
    db.write(by, |tx| {
        let (name, by, db) = (doomed.name.clone(), by.clone(), db.clone());
        async move {
            let reach = reach(tx, &by).await?;
            let held = edit::held(&mut **tx, row, true).await?.ok_or(EditError::Gone(row))?;
            reach.may_change(row, &held)?;
            if held.version != seen {
                return Err(EditError::Clash { row, now: Box::new(held) });
            }
            let references = edit::references(&mut **tx, &db, row).await?;
            if !references.is_empty() {
                return Err(EditError::Named { row, name, references });
            }
            match edit::remove(tx, row, seen).await? {
                Some(true) => {}
                Some(false) => return Err(EditError::Gone(row)),
                // Somebody named it between the two: what did is there to be read by now.
                None => {
                    let references = edit::references(&mut **tx, &db, row).await?;
                    return Err(EditError::Named { row, name, references });
                }
            }
            edit::let_go(tx, row).await?;
            let columns = editable(row.table).iter().map(|field| field.column);
            let before = as_record(row.table, columns.zip(held.values));
            let entry = Entry::done(Action::RecordDeleted, row).before(&before).detail(name);
            Ok(Recorded::with((), entry))
        }
        .boxed()
    })
    .await
}
