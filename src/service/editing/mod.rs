//! Records changed by hand. The rules are those of loads (`etl::edit`); whose records somebody may change is in `reach`.
//!
//! Each change is one transaction: the right is read again, the row is held and must have the version that was seen, the
//! values are checked, one conditional statement stores them, and the audit log's entry goes with it.

mod delete;
mod error;
mod history;
mod reach;
mod save;

pub use delete::{delete, doomed};
pub use error::EditError;
pub use history::history;
pub use save::{change, create};

use super::authorized::{Authorized, ModifyData};
use super::figures;
use crate::db::{self, Db, DbError, Proof, Tx};
use crate::domain::records::RowId;
use crate::domain::records::edit::{Choice, EditField, Opened, Takes, can_change, can_make, editable};
use crate::domain::{Sight, Table, records};
use crate::etl::edit;
use reach::Reach;

/// What a form for a record begins with: the record as it is, and what its fields can name. A new one where there is no row.
///
/// # Errors
/// [`EditError`]: such records are not changed by hand, it is not there, it is out of reach, or the database can not be
/// asked.
pub async fn form(
    by: &Authorized<ModifyData>,
    db: &Db,
    table: Table,
    row: Option<RowId>,
) -> Result<Opened, EditError> {
    let is_possible = if row.is_some() { can_change(table) } else { can_make(table) };
    if !is_possible {
        return Err(EditError::NotByHand(table));
    }
    let reading = async {
        let sight = figures::sight(by, db).await?;
        let held = match row {
            Some(row) => edit::held(&mut db.conn().await?, row, false).await?,
            None => None,
        };
        Ok((sight, held, all_choices(db, table).await?))
    };
    let (sight, held, mut choices): (Sight, _, Vec<Vec<Choice>>) = db.read(by, reading).await?;
    let reach = Reach { sight, actor: by.warrant().doer.actor.clone() };
    match (row, &held) {
        (Some(row), Some(held)) => reach.may_change(row, held)?,
        (Some(row), None) => return Err(EditError::Gone(row)),
        (None, _) => reach.may_make(table)?,
    }
    for (nth, (field, choices)) in editable(table).iter().zip(&mut choices).enumerate() {
        let named = held.as_ref().and_then(|held| held.values.get(nth)?.as_ref()?.parse().ok());
        choices.retain(|choice| Some(choice.number) == named || reach.may_name(field, choice.number));
    }
    Ok(Opened { held, choices })
}

/// What the doer may change, as they are now, within a transaction.
async fn reach(tx: &mut Tx, by: &dyn Proof) -> Result<Reach, DbError> {
    let actor = by.warrant().doer.actor.clone();
    let sight = db::sight::of(&mut **tx, &actor).await?;
    Ok(Reach { sight, actor })
}

/// For each editable field of a table the rows it can name.
async fn all_choices(db: &Db, table: Table) -> Result<Vec<Vec<Choice>>, DbError> {
    let mut conn = db.conn().await?;
    let mut all = Vec::new();
    for EditField { takes, .. } in editable(table) {
        all.push(match takes {
            Takes::Named(of) => edit::choices(&mut conn, *of).await?,
            _ => Vec::new(),
        });
    }
    Ok(all)
}

/// What a record is called in a sentence, before anything of it is known.
fn a(table: Table) -> String {
    let word = records::word(table);
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}
