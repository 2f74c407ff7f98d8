//! What became of a record.

use super::all_choices;
use crate::db::{self, Db, DbError};
use crate::domain::Table;
use crate::domain::audit::changes::{Field, fields};
use crate::domain::audit::{Action, Logged};
use crate::domain::records::RowId;
use crate::domain::records::edit::{Choice, editable, shown};
use crate::domain::records::history::{Altered, Happened, History};
use crate::etl::edit;
use crate::service::authorized::{Authorized, ViewLogs};

/// The most entries that are told: the audit log has them all.
const MOST: u32 = 200;

/// What people did with a record, as the audit log has it, and the load that brought it.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the right is gone.
pub async fn history(by: &Authorized<ViewLogs>, db: &Db, row: RowId) -> Result<History, DbError> {
    let reading = async {
        let entries = db::audit::of_subject(db, &row.to_string(), MOST).await?;
        let choices = all_choices(db, row.table).await?;
        let loaded_by = edit::loaded_by(db, row).await?;
        let held = edit::held(&mut db.conn().await?, row, false).await?;
        let name = held.map_or_else(|| row.to_string(), |held| edit::called(row, &held.values, &choices));
        let happened = entries.iter().filter_map(|entry| happened(row.table, entry, &choices)).collect();
        Ok(History { name, loaded_by, happened })
    };
    db.read(by, reading).await
}

fn happened(table: Table, entry: &Logged, choices: &[Vec<Choice>]) -> Option<Happened> {
    let what = match Action::from_word(&entry.action)? {
        Action::RecordCreated => "made",
        Action::RecordChanged => "changed",
        Action::RecordDeleted => "deleted",
        _ => return None,
    };
    let told = fields(entry.before.as_deref(), entry.after.as_deref());
    // In the order of the form; what a later version of the program may have written besides comes last.
    let place = |field: &Field| editable(table).iter().position(|one| one.column == field.name);
    let mut told: Vec<(usize, Field)> =
        told.into_iter().map(|field| (place(&field).unwrap_or(usize::MAX), field)).collect();
    told.sort_by_key(|(place, _)| *place);
    let altered = |(place, field): (usize, Field)| {
        let Some(known) = editable(table).get(place) else {
            return Altered { name: field.name, before: field.before, after: field.after };
        };
        let choices = choices.get(place).map_or(&[][..], Vec::as_slice);
        let value = |value: Option<String>| value.map(|value| shown(known.takes, Some(&value), choices));
        Altered { name: known.title.to_owned(), before: value(field.before), after: value(field.after) }
    };
    Some(Happened {
        at: entry.at,
        actor: entry.actor.clone(),
        role: entry.role.clone(),
        what,
        fields: told.into_iter().map(altered).collect(),
    })
}
