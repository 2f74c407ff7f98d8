//! One record, and what is looked up for it alone.

use super::row::cells;
use crate::db::{Db, DbError};
use crate::domain::records::{Cell, Kind, RecordId};
use crate::domain::{OrderId, StaffId};
use jiff::civil::Date;
use mysql_async::prelude::Queryable;
use mysql_async::{Params, Row, Value, params};

/// What there is to a record, in the order of its statement in `sql/queries/records`; `None` where it is not there.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn one(db: &Db, id: RecordId, as_of: Date) -> Result<Option<Vec<Cell>>, DbError> {
    use Kind::{Count, Day, Money, Number, Standing, Text, YesNo};
    let (statement, number, kinds): (_, _, &[Kind]) = match id {
        RecordId::Customer(id) => {
            (include_str!("../../../sql/queries/records/customer.sql"), id.0, &[Text; 7])
        }
        RecordId::Order(id) => (
            include_str!("../../../sql/queries/records/order.sql"),
            id.0,
            &[Standing, Day, Day, Day, Number, Text, Number, Text, Number, Text, Count, Money, Money],
        ),
        RecordId::Product(id) => (
            include_str!("../../../sql/queries/records/product.sql"),
            id.0,
            &[Text, Number, Text, Number, Text, Number, Money, Count],
        ),
        RecordId::Staff(id) => (
            include_str!("../../../sql/queries/records/staff.sql"),
            id.0,
            &[Text, Text, Text, YesNo, Number, Text, Number, Text],
        ),
        RecordId::Store(id) => (include_str!("../../../sql/queries/records/store.sql"), id.0, &[Text; 8]),
        RecordId::Brand(id) => (include_str!("../../../sql/queries/records/brand.sql"), id.0, &[Text, Count]),
        RecordId::Category(id) => {
            (include_str!("../../../sql/queries/records/category.sql"), id.0, &[Text, Count])
        }
    };
    let values = params! { "id" => number, "as_of" => as_of.to_string() };
    let found: Option<Row> = db.conn().await?.exec_first(statement, values).await?;
    Ok(found.and_then(|row| cells(row, kinds)))
}

/// The lines of an order: product, pieces, price, discount, net; the last cell is the number of the product.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn lines(db: &Db, order: OrderId, limit: u32) -> Result<Vec<Vec<Cell>>, DbError> {
    use Kind::{Count, Money, Number, Share, Text};
    let statement = include_str!("../../../sql/queries/records/lines_of_order.sql");
    several(db, statement, order.0, limit, &[Text, Count, Money, Share, Money, Number]).await
}

/// Everybody who reports to a member of the staff, directly or not: name, store, active, how far below; the last cell is
/// their number.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn reports(db: &Db, staff: StaffId, limit: u32) -> Result<Vec<Vec<Cell>>, DbError> {
    use Kind::{Number, Text, YesNo};
    let statement = include_str!("../../../sql/queries/records/reports_of_staff.sql");
    several(db, statement, staff.0, limit, &[Text, Text, YesNo, Number, Number]).await
}

async fn several(
    db: &Db,
    statement: &str,
    id: u32,
    limit: u32,
    kinds: &[Kind],
) -> Result<Vec<Vec<Cell>>, DbError> {
    let values: Params = params! { "id" => Value::from(id), "limit" => limit };
    let rows: Vec<Row> = db.conn().await?.exec(statement, values).await?;
    Ok(rows.into_iter().filter_map(|row| cells(row, kinds)).collect())
}
