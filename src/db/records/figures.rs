//! The figures of `docs/FIGURES.md` over what belongs to one record. Each store has its figures from [`crate::db::figures`].

use crate::db::row::money;
use crate::db::{Db, DbError};
use crate::domain::records::RecordId;
use crate::domain::{Figures, Measure};
use mysql_async::params;
use mysql_async::prelude::Queryable;
use rust_decimal::Decimal;

/// The figures over the orders of a customer or of a member of the staff, or over the lines of a product; `None` for other
/// records.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn figures(db: &Db, of: RecordId, measure: Measure) -> Result<Option<Figures>, DbError> {
    let (statement, id) = match of {
        RecordId::Customer(id) => (include_str!("../../../sql/queries/figures/of_customer.sql"), id.0),
        RecordId::Staff(id) => (include_str!("../../../sql/queries/figures/of_staff.sql"), id.0),
        RecordId::Product(id) => (include_str!("../../../sql/queries/figures/of_product.sql"), id.0),
        RecordId::Order(_) | RecordId::Store(_) | RecordId::Brand(_) | RecordId::Category(_) => {
            return Ok(None);
        }
    };
    let values = params! { "id" => id, "measure" => measure.word() };
    let found: Option<(u64, u64, Decimal, Decimal)> = db.conn().await?.exec_first(statement, values).await?;
    let (orders, units, gross, net) = found.unwrap_or_default();
    let (gross, net) = (money(gross), money(net));
    let average_order_value = net.per(orders);
    Ok(Some(Figures { gross, net, discount: gross - net, orders, units, average_order_value }))
}
