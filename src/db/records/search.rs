//! Finding a record by whatever of it somebody types.

use crate::db::row::text;
use crate::db::stoppable::awaited;
use crate::db::{Db, DbError};
use crate::domain::records::{Found, RecordId, Sought};
use crate::domain::{CustomerId, OrderId, ProductId, StaffId};
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Params, params};
use tokio_util::sync::CancellationToken;

/// Records of one kind that are shown: more are what a table is for.
const MOST: u32 = 8;

/// The number of a record, its name, and what tells it from others of that name.
type FoundRow = (u32, String, Option<String>);

/// The records that what was typed is about: an order by its number, customers by telephone number, by name and by e-mail
/// address, products and staff by name; `None` when somebody cancels.
///
/// # Errors
/// [`DbError`] where the database can not be asked; [`DbError::TooLong`] where it takes longer than anybody waits.
pub async fn search(
    db: &Db,
    sought: &Sought,
    cancel: &CancellationToken,
) -> Result<Option<Vec<Found>>, DbError> {
    let mut conn = db.conn().await?;
    let id = conn.id();
    awaited(db, id, cancel, everything(&mut conn, sought)).await
}

async fn everything(conn: &mut Conn, sought: &Sought) -> Result<Vec<Found>, mysql_async::Error> {
    let mut found = Vec::new();
    if let Some(number) = sought.number {
        let statement = include_str!("../../../sql/queries/records/find_order.sql");
        let values = params! { "number" => number, "limit" => MOST };
        add(conn, statement, values, &|id| RecordId::Order(OrderId(id)), &mut found).await?;
    }
    let customer = |id| RecordId::Customer(CustomerId(id));
    if let Some(digits) = &sought.digits {
        let statement = include_str!("../../../sql/queries/records/find_phones.sql");
        let values =
            params! { "first" => format!("{digits}%"), "last" => from_the_end(digits), "limit" => MOST };
        add(conn, statement, values, &customer, &mut found).await?;
    }
    for (one, other) in &sought.names {
        let statement = include_str!("../../../sql/queries/records/find_customers.sql");
        // Addresses compare exactly, and most are written in small letters whatever a person types.
        let email = format!("{}%", escaped(&sought.words.to_lowercase()));
        let [one, other] = [one, other].map(|part| format!("{}%", escaped(part)));
        let values = params! { one, other, email, "limit" => MOST };
        add(conn, statement, values, &customer, &mut found).await?;
    }
    if !sought.words.is_empty() {
        let name = format!("%{}%", escaped(&sought.words).replace(' ', "%"));
        let statement = include_str!("../../../sql/queries/records/find_products.sql");
        let values = params! { "name" => &name, "limit" => MOST };
        add(conn, statement, values, &|id| RecordId::Product(ProductId(id)), &mut found).await?;
        let statement = include_str!("../../../sql/queries/records/find_staff.sql");
        let values = params! { name, "limit" => MOST };
        add(conn, statement, values, &|id| RecordId::Staff(StaffId(id)), &mut found).await?;
    }
    Ok(found)
}

/// Adds what a statement finds, as far as it was not found before.
async fn add(
    conn: &mut Conn,
    statement: &str,
    values: Params,
    of: &(dyn Fn(u32) -> RecordId + Sync),
    found: &mut Vec<Found>,
) -> Result<(), mysql_async::Error> {
    let rows: Vec<FoundRow> = conn.exec(statement, values).await?;
    for (id, name, detail) in rows {
        let id = of(id);
        if found.iter().all(|known| known.id != id) {
            found.push(Found { id, name: text(&name), detail: text(&detail.unwrap_or_default()) });
        }
    }
    Ok(())
}

/// The pattern of telephone numbers that end with these digits, for they are kept turned round.
pub(super) fn from_the_end(digits: &str) -> String {
    digits.chars().rev().chain(['%']).collect()
}

/// The letters, none of which stands for others in a `LIKE` pattern.
pub(super) fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|letter| matches!(letter, '%' | '_' | '!').then_some('!').into_iter().chain([letter]))
        .collect()
}
