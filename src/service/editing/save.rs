//! Making a record, and changing one.

use super::error::EditError;
use super::{Reach, reach};
use crate::db::{Db, DbError, Recorded, Tx};
use crate::domain::audit::{Action, Entry};
use crate::domain::records::edit::{Held, Values, Wrong, can_make, editable};
use crate::domain::records::{RowId, word};
use crate::domain::{Table, records};
use crate::etl::edit;
use crate::service::authorized::{Authorized, ModifyData};
use futures_util::FutureExt;
use serde_json::{Map, Value};

/// Makes a record of these values, one for each editable field of the table; answers which it is.
///
/// # Errors
/// [`EditError`]: values break rules, it is out of reach, or the database did not do it.
pub async fn create(
    by: &Authorized<ModifyData>,
    db: &Db,
    table: Table,
    typed: &Values,
) -> Result<RowId, EditError> {
    if !can_make(table) {
        return Err(EditError::NotByHand(table));
    }
    db.write(by, |tx| {
        let (typed, by) = (typed.clone(), by.clone());
        async move {
            let reach = reach(tx, &by).await?;
            reach.may_make(table)?;
            let values = edit::read_row(table, &typed).map_err(EditError::Wrong)?;
            check(tx, (table, None), None, &values, &reach).await?;
            let row = match edit::add(tx, table, &values).await {
                Ok(row) => row.ok_or(EditError::NotByHand(table))?,
                Err(error) => return Err(clash_of_keys(table, error)),
            };
            let all = editable(table).iter().map(|field| field.column).zip(values);
            let after = as_record(table, all);
            Ok(Recorded::with(row, Entry::done(Action::RecordCreated, row).after(&after)))
        }
        .boxed()
    })
    .await
}

/// Gives a record these values, where it has the version that was seen; answers the version it has then, or nothing where it
/// was so already.
///
/// # Errors
/// [`EditError::Clash`] where somebody changed it since, [`EditError::Gone`] where it is not there any more; values break
/// rules, it is out of reach, or the database did not do it.
pub async fn change(
    by: &Authorized<ModifyData>,
    db: &Db,
    row: RowId,
    seen: u32,
    typed: &Values,
) -> Result<Option<u32>, EditError> {
    if !records::edit::can_change(row.table) {
        return Err(EditError::NotByHand(row.table));
    }
    db.write(by, |tx| {
        let (typed, by) = (typed.clone(), by.clone());
        async move {
            let reach = reach(tx, &by).await?;
            let values = edit::read_row(row.table, &typed).map_err(EditError::Wrong)?;
            if row.table == Table::Staffs {
                // The whole tree before a row of it: two who change staff wait for each other here, and nowhere else.
                edit::lock_tree(tx).await?;
            }
            let held = edit::held(&mut **tx, row, true).await?.ok_or(EditError::Gone(row))?;
            reach.may_change(row, &held)?;
            if held.version != seen {
                return Err(EditError::Clash { row, now: Box::new(held) });
            }
            let changed = changes(row.table, &held.values, &values)?;
            if changed.is_empty() {
                return Ok(Recorded::nothing(None));
            }
            check(tx, (row.table, Some(row)), Some(&held), &values, &reach).await?;
            match edit::change(tx, row, seen, &changed).await {
                Ok(true) => {}
                Ok(false) => return Err(EditError::Gone(row)),
                Err(error) => return Err(clash_of_keys(row.table, error)),
            }
            let before = changed.iter().map(|(column, _)| {
                (*column, edit::value_of(row.table, &held.values, column).map(str::to_owned))
            });
            let before = as_record(row.table, before);
            let after = as_record(row.table, changed.into_iter());
            let entry = Entry::done(Action::RecordChanged, row).before(&before).after(&after);
            Ok(Recorded::with(Some(seen + 1), entry))
        }
        .boxed()
    })
    .await
}

/// The columns that get another value.
fn changes(
    table: Table,
    before: &Values,
    after: &Values,
) -> Result<Vec<(&'static str, Option<String>)>, EditError> {
    let fields = editable(table).iter().zip(before.iter().zip(after));
    let mut changed = Vec::new();
    for (field, (_, after)) in fields.filter(|(_, (before, after))| before != after) {
        if field.is_key {
            let words = format!("{} of {} can not be changed. Make another one.", field.title, word(table));
            return Err(EditError::wrong(Wrong { column: field.column, words }));
        }
        changed.push((field.column, after.clone()));
    }
    Ok(changed)
}

/// What only the database knows: whether it is in reach, whether what it names is there, whether others have what must
/// differ, and whether its managers would lead back to it.
async fn check(
    tx: &mut Tx,
    (table, row): (Table, Option<RowId>),
    held: Option<&Held>,
    values: &Values,
    reach: &Reach,
) -> Result<(), EditError> {
    reach.may_become(table, held, values)?;
    if table == Table::Staffs {
        refuse_ring(tx, row, values).await?;
    }
    if let Some((column, parent, number)) = edit::missing(tx, table, values).await? {
        return Err(unknown(column, parent, number));
    }
    if let Some(column) = edit::unique(table)
        && let Some(value) = edit::value_of(table, values, column)
        && let Some(owner) = edit::owner(tx, table, column, value).await?
        && row.is_none_or(|row| row.key[0] != owner)
    {
        return Err(EditError::wrong(edit::taken(table, column, value, owner)));
    }
    if table == Table::Stocks
        && row.is_none()
        && let Some(there) = row_of_key(values)
        && edit::held(&mut **tx, there, true).await?.is_some()
    {
        return Err(stock_is_there());
    }
    Ok(())
}

fn row_of_key(values: &Values) -> Option<RowId> {
    let number = |column| edit::number_of(Table::Stocks, values, column);
    RowId::of_key(Table::Stocks, &[number("store_id")?, number("product_id")?])
}

fn stock_is_there() -> EditError {
    let words = "That store has a stock of this product already: change that one.".to_owned();
    EditError::wrong(Wrong { column: "product_id", words })
}

async fn refuse_ring(tx: &mut Tx, row: Option<RowId>, values: &Values) -> Result<(), EditError> {
    let Some(manager) = edit::number_of(Table::Staffs, values, "manager_id") else { return Ok(()) };
    let tree = edit::lock_tree(tx).await?;
    if !tree.holds(manager) {
        return Err(unknown("manager_id", Table::Staffs, manager));
    }
    let Some(row) = row else { return Ok(()) };
    if let Some(ring) = tree.ring(row.key[0], Some(manager)) {
        let mut people = Vec::with_capacity(ring.len());
        for staff in ring {
            people.push(edit::name_of_staff(tx, staff).await?);
        }
        return Err(EditError::wrong(edit::ring(&people)));
    }
    Ok(())
}

fn unknown(column: &'static str, table: Table, number: u32) -> EditError {
    let words = format!("There is no {} {number} (any more). Choose another.", word(table));
    EditError::wrong(Wrong { column, words })
}

/// Somebody stored the same value, or the same stock, at the same moment.
fn clash_of_keys(table: Table, error: DbError) -> EditError {
    const DUPLICATE: u16 = 1062;
    match (error.code(), edit::unique(table)) {
        (Some(DUPLICATE), None) => stock_is_there(),
        (Some(DUPLICATE), Some(column)) => {
            let title = editable(table)
                .iter()
                .find(|field| field.column == column)
                .map_or(column, |field| field.title);
            let words = format!("{title}: another {} has the same.", word(table));
            EditError::wrong(Wrong { column, words })
        }
        _ => EditError::Database(error),
    }
}

/// Columns and their values as the audit log has them.
pub(super) fn as_record(table: Table, values: impl Iterator<Item = (&'static str, Option<String>)>) -> Value {
    let member = |(column, value): (&'static str, Option<String>)| {
        (column.to_owned(), edit::recorded(table, column, value.as_deref()))
    };
    Value::Object(values.map(member).collect::<Map<_, _>>())
}
