//! Records changed by hand: the rules, two people at one record, what is told of it.

mod deleting;
mod history;
mod races;
mod reach;
mod saving;

use crate::shop::Shop;
use mysql_async::prelude::Queryable;
use storekeeper::domain::Table;
use storekeeper::domain::records::RowId;
use storekeeper::domain::records::edit::{Held, Values, editable};
use storekeeper::service::authorized::{DeleteData, ModifyData};
use storekeeper::service::editing::{self, EditError};
use storekeeper::service::{Authorized, Session};

/// Who may change every record.
pub fn editor() -> Authorized<ModifyData> {
    Session::operator().require(ModifyData).unwrap()
}

/// Who may delete every record.
pub fn deleter() -> Authorized<DeleteData> {
    Session::operator().require(DeleteData).unwrap()
}

/// A record as it is now.
pub async fn held(shop: &Shop, row: RowId) -> Held {
    editing::form(&editor(), &shop.db, row.table, Some(row)).await.unwrap().held.unwrap()
}

/// The values of a record with another one in that column.
pub fn with(table: Table, values: &Values, column: &str, value: &str) -> Values {
    let mut values = values.clone();
    let place = editable(table).iter().position(|field| field.column == column).unwrap();
    values[place] = (!value.is_empty()).then(|| value.to_owned());
    values
}

/// Values in the order of the form; `-` is nothing.
pub fn values(words: &[&str]) -> Values {
    words.iter().map(|word| (*word != "-").then(|| (*word).to_owned())).collect()
}

/// Changes one column of a record, as it is now.
pub async fn set(shop: &Shop, row: RowId, column: &str, value: &str) -> Result<Option<u32>, EditError> {
    let held = held(shop, row).await;
    let values = with(row.table, &held.values, column, value);
    editing::change(&editor(), &shop.db, row, held.version, &values).await
}

/// One cell of the database.
pub async fn cell(shop: &Shop, sql: &str) -> Option<String> {
    let mut conn = shop.db.conn().await.unwrap();
    conn.query_first::<Option<String>, _>(sql).await.unwrap().flatten()
}
