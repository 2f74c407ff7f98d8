//! What reports tell, in SQL: all of it as it was at one moment.

use super::row::{self, Day};
use super::stoppable::stoppable;
use super::{Db, DbError, sight};
use crate::domain::report::{
    CustomerHistory, CustomerOrder, LowProduct, OrderLine, Stock, StockedProduct, StoreContact,
};
use crate::domain::{CustomerId, OrderId, OrderStatus, ProductId, Sight, StoreId};
use mysql_async::prelude::{FromRow, Queryable, StatementLike};
use mysql_async::{IsolationLevel, Params, Row, Transaction, TxOpts, params};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use tokio_util::sync::CancellationToken;

/// Reads what reports tell. What others write meanwhile is not seen, and nothing is locked.
pub struct Reader {
    db: Db,
    id: u32,
    tx: Transaction<'static>,
}

impl Reader {
    /// Takes a picture of all tables.
    ///
    /// # Errors
    /// [`DbError`] where the server can not do it.
    pub async fn open(db: &Db) -> Result<Reader, DbError> {
        let mut options = TxOpts::new();
        options
            .with_consistent_snapshot(true)
            .with_isolation_level(IsolationLevel::RepeatableRead)
            .with_readonly(true);
        let tx = db.begin_with(options).await?;
        Ok(Reader { db: db.clone(), id: tx.id(), tx })
    }

    /// Ends it.
    ///
    /// # Errors
    /// [`DbError`] where the connection is gone.
    pub async fn close(self) -> Result<(), DbError> {
        Ok(self.tx.rollback().await?)
    }

    /// Every store, by number; `None` when somebody cancels, here and below.
    ///
    /// # Errors
    /// [`DbError`] where the database can not be asked.
    pub async fn stores(&mut self, cancel: &CancellationToken) -> Result<Option<Vec<StoreContact>>, DbError> {
        let statement = include_str!("../../sql/queries/reports/stores.sql");
        let rows: Option<Vec<Row>> = self.rows(statement, Params::Empty, cancel).await?;
        Ok(rows.map(|rows| rows.into_iter().filter_map(store).collect()))
    }

    /// How many customers there are.
    ///
    /// # Errors
    /// [`DbError`] where the database can not be asked.
    pub async fn customer_count(&mut self, cancel: &CancellationToken) -> Result<Option<u64>, DbError> {
        let statement = include_str!("../../sql/queries/reports/customer_count.sql");
        let rows = self.rows::<u64>(statement, Params::Empty, cancel).await?;
        Ok(rows.map(|rows| rows.into_iter().next().unwrap_or_default()))
    }

    /// The numbers of the next customers, `limit` at the most.
    ///
    /// # Errors
    /// [`DbError`] where the database can not be asked.
    pub async fn customers_after(
        &mut self,
        after: CustomerId,
        limit: u32,
        cancel: &CancellationToken,
    ) -> Result<Option<Vec<CustomerId>>, DbError> {
        let statement = include_str!("../../sql/queries/reports/next_customers.sql");
        let values = params! { "after" => after.0, "limit" => limit };
        let rows = self.rows::<u32>(statement, values, cancel).await?;
        Ok(rows.map(|rows| rows.into_iter().map(CustomerId).collect()))
    }

    /// The customers of these numbers, as far as they are there, with all their orders.
    ///
    /// # Errors
    /// [`DbError`] where the database can not be asked.
    pub async fn customers(
        &mut self,
        numbers: RangeInclusive<CustomerId>,
        cancel: &CancellationToken,
    ) -> Result<Option<Vec<CustomerHistory>>, DbError> {
        let span = || params! { "first" => numbers.start().0, "last" => numbers.end().0 };
        let statement = include_str!("../../sql/queries/reports/customers.sql");
        let Some(customers) = self.rows::<Row>(statement, span(), cancel).await? else { return Ok(None) };
        let statement = include_str!("../../sql/queries/reports/customer_orders.sql");
        let Some(orders) = self.rows::<OrderRow>(statement, span(), cancel).await? else { return Ok(None) };
        let statement = include_str!("../../sql/queries/reports/customer_lines.sql");
        let Some(lines) = self.rows::<LineRow>(statement, span(), cancel).await? else { return Ok(None) };
        let mut customers: Vec<CustomerHistory> = customers.into_iter().filter_map(customer).collect();
        hand_out(&mut customers, orders, lines);
        Ok(Some(customers))
    }

    /// What is on hand of every product in one store, or in each of those in sight.
    ///
    /// # Errors
    /// [`DbError`] where the database can not be asked.
    pub async fn stock(
        &mut self,
        store: Option<StoreId>,
        seen: &Sight,
        cancel: &CancellationToken,
    ) -> Result<Option<Stock>, DbError> {
        let Some(stores) = self.stores(cancel).await? else { return Ok(None) };
        let asked =
            |known: &StoreContact| store.is_none_or(|store| store == known.id) && seen.holds(known.id);
        let stores: Vec<(StoreId, String)> =
            stores.into_iter().filter(asked).map(|store| (store.id, store.name)).collect();
        let statement = include_str!("../../sql/queries/reports/stock.sql");
        let values = params! { "store_id" => store.map(|store| store.0), "stores" => sight::stores(seen) };
        let Some(rows) = self.rows::<StockRow>(statement, values, cancel).await? else { return Ok(None) };
        let mut products: Vec<StockedProduct> = Vec::new();
        for (category, brand, id, name, price, at, quantity) in rows {
            if products.last().is_none_or(|last| last.id.0 != id) {
                products.push(StockedProduct {
                    id: ProductId(id),
                    name: row::text(&name),
                    category: row::text(&category),
                    brand: row::text(&brand),
                    price: row::money(price),
                    on_hand: vec![None; stores.len()],
                });
            }
            let place = stores.iter().position(|(store, _)| Some(store.0) == at);
            if let Some(cell) =
                products.last_mut().zip(place).and_then(|(last, place)| last.on_hand.get_mut(place))
            {
                *cell = quantity;
            }
        }
        Ok(Some(Stock { stores, products }))
    }

    /// Products of which a store has fewer than `fewer_than` pieces, by store, the least first.
    ///
    /// # Errors
    /// [`DbError`] where the database can not be asked.
    pub async fn low_stock(
        &mut self,
        store: Option<StoreId>,
        seen: &Sight,
        fewer_than: u32,
        cancel: &CancellationToken,
    ) -> Result<Option<Vec<LowProduct>>, DbError> {
        let statement = include_str!("../../sql/queries/reports/low_stock.sql");
        let values = params! {
            "store_id" => store.map(|store| store.0),
            "stores" => sight::stores(seen),
            "fewer_than" => fewer_than,
        };
        let rows = self.rows::<LowRow>(statement, values, cancel).await?;
        let told = |(store, id, product, brand, on_hand, promised): LowRow| LowProduct {
            id: ProductId(id),
            store: row::text(&store),
            product: row::text(&product),
            brand: row::text(&brand),
            on_hand,
            promised,
        };
        Ok(rows.map(|rows| rows.into_iter().map(told).collect()))
    }

    async fn rows<T>(
        &mut self,
        statement: impl StatementLike,
        values: Params,
        cancel: &CancellationToken,
    ) -> Result<Option<Vec<T>>, DbError>
    where
        T: FromRow + Send + 'static,
    {
        stoppable(&self.db, self.id, cancel, self.tx.exec(statement, values)).await
    }
}

type OrderRow = (u32, u32, u8, Day, Day, Option<Day>, u32);
type LineRow = (u32, String, u32, Decimal, Decimal, Decimal, Decimal);
type LowRow = (String, u32, String, String, i64, i64);
type StockRow = (String, String, u32, String, Decimal, Option<u32>, Option<i64>);

/// Gives each order its lines and each customer their orders; both come in this order already.
fn hand_out(customers: &mut [CustomerHistory], orders: Vec<OrderRow>, lines: Vec<LineRow>) {
    let mut of_order: HashMap<u32, Vec<OrderLine>> = HashMap::new();
    for (order, product, quantity, price, discount, gross, net) in lines {
        of_order.entry(order).or_default().push(OrderLine {
            product: row::text(&product),
            quantity,
            price: row::money(price),
            discount,
            gross: row::money(gross),
            net: row::money(net),
        });
    }
    let places: HashMap<u32, usize> =
        customers.iter().enumerate().map(|(place, customer)| (customer.id.0, place)).collect();
    for (customer, id, status, placed, required, shipped, store) in orders {
        let place = places.get(&customer).and_then(|place| customers.get_mut(*place));
        let (Some(customer), Some(status)) = (place, OrderStatus::from_number(status)) else { continue };
        customer.orders.push(CustomerOrder {
            id: OrderId(id),
            status,
            placed: placed.0,
            required: required.0,
            shipped: shipped.map(|Day(day)| day),
            store: StoreId(store),
            lines: of_order.remove(&id).unwrap_or_default(),
        });
    }
}

/// A text of a row, cleaned; nothing where it has nothing to see.
fn told(row: &Row, column: &str) -> Option<String> {
    let text: Option<String> = row.get_opt(column)?.ok()?;
    text.map(|text| row::text(&text).trim().to_owned()).filter(|text| !text.is_empty())
}

fn customer(row: Row) -> Option<CustomerHistory> {
    let names = [told(&row, "first_name"), told(&row, "last_name")];
    Some(CustomerHistory {
        id: CustomerId(row.get("customer_id")?),
        name: names.into_iter().flatten().collect::<Vec<_>>().join(" "),
        address: address(&row),
        phone: told(&row, "phone"),
        email: told(&row, "email"),
        orders: Vec::new(),
    })
}

fn store(row: Row) -> Option<StoreContact> {
    Some(StoreContact {
        id: StoreId(row.get("store_id")?),
        name: told(&row, "store_name").unwrap_or_default(),
        address: address(&row),
        reached: [told(&row, "phone"), told(&row, "email")].into_iter().flatten().collect(),
    })
}

/// The street, and below it `Place, State Postcode`, as far as each is known.
fn address(row: &Row) -> Vec<String> {
    let region =
        [told(row, "state"), told(row, "zip_code")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let place = [told(row, "city"), Some(region)].into_iter().flatten().filter(|part| !part.is_empty());
    let place = place.collect::<Vec<_>>().join(", ");
    [told(row, "street"), Some(place)].into_iter().flatten().filter(|line| !line.is_empty()).collect()
}
