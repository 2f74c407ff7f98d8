//! One row in the database.

use super::{editable, spec_of};
use crate::db::{Db, DbError, Tx};
use crate::domain::records::RowId;
use crate::domain::records::edit::{Choice, Held, Reference, Values};
use crate::domain::{RunId, StoreId, Table, clean};
use crate::etl::managers;
use crate::etl::names::names_of;
use crate::etl::sql::editing as sql;
use mysql_async::prelude::Queryable;
use mysql_async::{Error, Row, Value, from_value_opt, params};
use std::collections::BTreeMap;

/// The numbers by which a row is found, as its key has them.
fn key(row: RowId) -> Vec<Value> {
    let parts = spec_of(row.table).key.len();
    row.key.iter().take(parts).map(|number| Value::from(*number)).collect()
}

fn with(mut values: Vec<Value>, last: impl Into<Value>) -> Vec<Value> {
    values.push(last.into());
    values
}

/// A row as it is; held still until the transaction is over, where that is wanted. `None` where it is not there.
pub(crate) async fn held(
    conn: &mut impl Queryable,
    row: RowId,
    is_locked: bool,
) -> Result<Option<Held>, DbError> {
    let found: Option<Row> = conn.exec_first(sql::held(spec_of(row.table), is_locked), key(row)).await?;
    Ok(found.and_then(of_row))
}

fn of_row(row: Row) -> Option<Held> {
    let mut cells = row.unwrap();
    let mut values = cells.split_off(2).into_iter();
    let text =
        |value: Value| from_value_opt::<Option<String>>(value).ok().map(|text| text.map(|text| clean(&text)));
    let values: Values = values.by_ref().map(text).collect::<Option<_>>()?;
    let mut first = cells.into_iter();
    let version = from_value_opt(first.next()?).ok()?;
    let store: Option<u32> = from_value_opt(first.next()?).ok()?;
    Some(Held { version, store: store.map(StoreId), values })
}

/// A new row; answers its key.
pub(crate) async fn add(tx: &mut Tx, table: Table, values: &Values) -> Result<Option<RowId>, DbError> {
    tx.exec_drop(sql::add(table), bound(values)).await?;
    if table == Table::Stocks {
        let key: Vec<u32> = values.iter().take(2).filter_map(|value| value.as_ref()?.parse().ok()).collect();
        return Ok(RowId::of_key(table, &key));
    }
    Ok(tx.last_insert_id().and_then(|id| u32::try_from(id).ok()).map(|id| RowId::one(table, id)))
}

fn bound(values: &[Option<String>]) -> Vec<Value> {
    values.iter().map(|value| Value::from(value.as_deref())).collect()
}

/// Gives a row the values of those columns, where it has that version; tells whether it had.
pub(crate) async fn change(
    tx: &mut Tx,
    row: RowId,
    version: u32,
    changed: &[(&'static str, Option<String>)],
) -> Result<bool, DbError> {
    let (columns, values): (Vec<&str>, Vec<Option<String>>) = changed.iter().cloned().unzip();
    let values = bound(&values).into_iter().chain(with(key(row), version)).collect::<Vec<_>>();
    tx.exec_drop(sql::change(spec_of(row.table), &columns), values).await?;
    Ok(tx.affected_rows() == 1)
}

/// Removes a row, where it has that version; tells whether it had. `None` where other rows name it.
pub(crate) async fn remove(tx: &mut Tx, row: RowId, version: u32) -> Result<Option<bool>, DbError> {
    const IS_REFERENCED: u16 = 1451;
    match tx.exec_drop(sql::remove(spec_of(row.table)), with(key(row), version)).await {
        Err(Error::Server(server)) if server.code == IS_REFERENCED => Ok(None),
        Err(error) => Err(error.into()),
        Ok(()) => Ok(Some(tx.affected_rows() == 1)),
    }
}

/// Loads that changed a row let go of it, for it was deleted by hand: what comes with its key is another.
pub(crate) async fn let_go(tx: &mut Tx, row: RowId) -> Result<(), DbError> {
    let (table, [first, second]) = (row.table.name(), row.key);
    let changed_by = include_str!("../../../sql/queries/import/changed_by.sql");
    let values = params! { "table_name" => table, "key_1" => first, "key_2" => second };
    let runs: Vec<u64> = tx.exec(changed_by, values).await?;
    for run_id in runs {
        let values = params! { run_id, "table_name" => table, "key_1" => first, "key_2" => second };
        tx.exec_drop(include_str!("../../../sql/queries/import/let_go.sql"), values).await?;
    }
    Ok(())
}

/// The first column that names a row of another table which is not there; what it names is held still.
pub(crate) async fn missing(
    tx: &mut Tx,
    table: Table,
    values: &Values,
) -> Result<Option<(&'static str, Table, u32)>, DbError> {
    for parent in spec_of(table).parents {
        let Some(number) = super::number_of(table, values, parent.column) else { continue };
        let found: Option<u8> = tx.exec_first(sql::is_there(parent.table, parent.key), (number,)).await?;
        if found.is_none() {
            return Ok(Some((parent.column, parent.table, number)));
        }
    }
    Ok(None)
}

/// The row that has a value which no two may share.
pub(crate) async fn owner(
    tx: &mut Tx,
    table: Table,
    column: &str,
    value: &str,
) -> Result<Option<u32>, DbError> {
    Ok(tx.exec_first(sql::owner(spec_of(table), column), (value,)).await?)
}

/// The load that brought a row, where one did.
pub(crate) async fn loaded_by(db: &Db, row: RowId) -> Result<Option<RunId>, DbError> {
    let found: Option<Option<u64>> =
        db.conn().await?.exec_first(sql::loaded_by(spec_of(row.table)), key(row)).await?;
    Ok(found.flatten().map(RunId))
}

/// Everything that names a row.
pub(crate) async fn references(
    conn: &mut impl Queryable,
    db: &Db,
    row: RowId,
) -> Result<Vec<Reference>, DbError> {
    // Nothing names a row by a key of two numbers.
    let (RowId { table, key: [number, _] }, true) = (row, spec_of(row.table).key.len() == 1) else {
        return Ok(Vec::new());
    };
    let statement = include_str!("../../../sql/queries/import/children.sql");
    let children: Vec<(String, String)> = conn.exec(statement, (db.name(), table.name())).await?;
    let mut found = Vec::new();
    for (child, column) in children {
        let counted: Option<(u64, u64)> =
            conn.exec_first(sql::references(&child, &column), (number,)).await?;
        let (count, open) = counted.unwrap_or_default();
        if count > 0 {
            found.push(Reference { table: child, count, open });
        }
    }
    Ok(found)
}

/// Who manages whom.
#[derive(Debug)]
pub(crate) struct Tree(BTreeMap<u32, Option<u32>>);

impl Tree {
    /// Whether somebody of that number is there.
    pub(crate) fn holds(&self, staff: u32) -> bool {
        self.0.contains_key(&staff)
    }

    /// The ring that would close if that were somebody's manager.
    pub(crate) fn ring(mut self, staff: u32, manager: Option<u32>) -> Option<Vec<u32>> {
        self.0.insert(staff, manager);
        managers::ring(&self.0, staff)
    }
}

/// Who manages whom, held still: two who change it at once do so one after the other, and the second sees a ring that the
/// first has begun.
pub(crate) async fn lock_tree(tx: &mut Tx) -> Result<Tree, DbError> {
    let statement = include_str!("../../../sql/queries/staff/tree_held.sql");
    let rows: Vec<(u32, Option<u32>)> = tx.exec(statement, ()).await?;
    Ok(Tree(rows.into_iter().collect()))
}

/// First and last name of a member of the staff; the number where there is none.
pub(crate) async fn name_of_staff(tx: &mut Tx, staff: u32) -> Result<String, DbError> {
    let held = held(&mut **tx, RowId::one(Table::Staffs, staff), false).await?;
    Ok(held.map_or_else(|| staff.to_string(), |held| names(&held.values)))
}

/// The first two values as one name.
fn names(values: &Values) -> String {
    values.iter().take(2).flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// The rows of a table that can be named, by name.
pub(crate) async fn choices(conn: &mut impl Queryable, table: Table) -> Result<Vec<Choice>, DbError> {
    let choice = |(number, name): (u32, String)| Choice { number, name: clean(&name) };
    let mut found: Vec<Choice> = match table {
        Table::Staffs => {
            let statement = include_str!("../../../sql/queries/import/staffs.sql");
            let person = |(number, first, last, _, _): (u32, String, String, String, u32)| {
                choice((number, format!("{first} {last}")))
            };
            conn.exec_map(statement, (), person).await?
        }
        Table::Stores => {
            conn.exec_map(include_str!("../../../sql/queries/import/stores.sql"), (), choice).await?
        }
        table => match names_of(table) {
            Some(statement) => conn.exec_map(statement, (), choice).await?,
            None => Vec::new(),
        },
    };
    found.sort_by_cached_key(|choice| (choice.name.to_lowercase(), choice.number));
    Ok(found)
}

/// What a row is called, from its values and the rows they name.
pub(crate) fn called(row: RowId, values: &Values, choices: &[Vec<Choice>]) -> String {
    let named = |nth: usize| {
        let takes = editable(row.table).get(nth).map(|field| field.takes)?;
        let value = values.get(nth)?.as_deref();
        Some(crate::domain::records::edit::shown(takes, value, choices.get(nth).map_or(&[], Vec::as_slice)))
    };
    match row.table {
        Table::Customers | Table::Staffs => names(values),
        Table::Stocks => {
            format!("{} at {}", named(1).unwrap_or_default(), named(0).unwrap_or_default())
        }
        Table::Orders | Table::OrderItems => row.to_string(),
        Table::Products | Table::Stores | Table::Brands | Table::Categories => named(0).unwrap_or_default(),
    }
}
