//! Any contents that a chain can have.

use crate::chain::Chain;
use mysql_async::prelude::Queryable;
use mysql_async::{Params, Value};
use proptest::prelude::*;
use storekeeper::domain::clean;

/// Rows for every table, as the parameters of `INSERT`s.
#[derive(Debug, Clone)]
pub struct Contents(Vec<(&'static str, Vec<Vec<Value>>)>);

impl Contents {
    /// Stores the rows without the loader.
    pub async fn store(&self, chain: &Chain) {
        let mut conn = chain.db.conn().await.unwrap();
        for (table, rows) in &self.0 {
            let columns: Vec<String> = conn
                .exec(
                    "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? \
                     ORDER BY ordinal_position",
                    (table,),
                )
                .await
                .unwrap();
            for row in rows {
                let marks = vec!["?"; row.len()].join(", ");
                // The columns after those are what the server works out and what a load leaves there.
                let columns = columns.get(..row.len()).unwrap().join(", ");
                let insert = format!("INSERT INTO {table} ({columns}) VALUES ({marks})");
                conn.exec_drop(insert, Params::Positional(row.clone())).await.unwrap();
            }
        }
    }
}

/// Text as the program keeps it: clean, without blanks at its ends, and no character that stands for a broken one.
fn text(longest: usize) -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{1,20}",
        "('){0,2}[=+@\\-,;\"'\\\\ ]{0,3}[a-zA-ZæøåÅßé🚲日 ]{0,8}",
        prop::sample::select(vec![
            "NULL", "'NULL", "None", "n/a", "\\N", "nan", "0042", "1e5", "-7", "=1+1", "'", "\""
        ])
        .prop_map(str::to_owned),
    ]
    .prop_map(move |text| {
        clean(&text).replace('\u{fffd}', "").chars().take(longest).collect::<String>().trim().to_owned()
    })
    .prop_filter("no text", |text| !text.is_empty())
}

fn some_text(longest: usize) -> impl Strategy<Value = Value> {
    text(longest).prop_map(Value::from)
}

fn maybe(longest: usize) -> impl Strategy<Value = Value> {
    prop::option::of(text(longest)).prop_map(Value::from)
}

fn day() -> impl Strategy<Value = i64> {
    0..3000_i64
}

fn date(day: i64) -> Value {
    let date = jiff::civil::date(2020, 1, 1).saturating_add(jiff::Span::new().days(day));
    Value::from(date.to_string())
}

/// The columns that the database fills by itself: a row's version and its moment.
fn own(mut row: Vec<Value>) -> Vec<Value> {
    row.extend([Value::from(1), Value::from("2026-01-01 00:00:00.000001")]);
    row
}

fn address() -> impl Strategy<Value = Vec<Value>> {
    (maybe(32), maybe(254), maybe(255), maybe(255), maybe(32), maybe(16))
        .prop_map(|(phone, email, street, city, state, zip)| vec![phone, email, street, city, state, zip])
}

/// Key columns count from 1, so that every row has a parent to refer to.
fn numbered(rows: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
    let number = |(nth, row): (usize, Vec<Value>)| own([vec![Value::from(nth as u32 + 1)], row].concat());
    rows.into_iter().enumerate().map(number).collect()
}

fn money() -> impl Strategy<Value = Value> {
    (0..=999_999_999_999_u64).prop_map(|cents| Value::from(format!("{}.{:02}", cents / 100, cents % 100)))
}

/// Whatever fits the tables: up to three rows each, keys from 1.
pub fn contents() -> impl Strategy<Value = Contents> {
    let names = || prop::collection::vec(some_text(255).prop_map(|name| vec![name]), 1..3);
    let places = prop::collection::vec((text(200), address()), 1..3);
    let staffs =
        prop::collection::vec((some_text(100), some_text(100), text(200), maybe(32), any::<bool>()), 1..3);
    let customers = prop::collection::vec((some_text(100), some_text(100), address()), 1..3);
    let products = prop::collection::vec((some_text(255), 0..=65_535_u16, money()), 1..3);
    let orders = prop::collection::vec((1..=4_u8, day(), day(), prop::option::of(0..90_i64)), 0..3);
    let lines = prop::collection::vec((1..=u32::MAX / 2000, money_of_a_line(), 0..=10_000_u16), 0..3);
    let quantity = 0..=i32::MAX;
    (names(), names(), products, places, staffs, customers, orders, lines, quantity).prop_map(
        |(categories, brands, products, places, staffs, customers, orders, lines, quantity)| {
            let id = || Value::from(1);
            let products =
                products.into_iter().map(|(name, year, price)| vec![name, id(), id(), year.into(), price]);
            let places = places.into_iter().enumerate().map(|(nth, (name, address))| {
                // Names of stores differ, whatever the collation takes for the same.
                [vec![Value::from(format!("{name} {nth}"))], address, vec![Value::from("Europe/Oslo")]]
                    .concat()
            });
            let staffs = staffs.into_iter().enumerate().map(|(nth, (first, last, email, phone, active))| {
                let manager = if nth == 0 { Value::NULL } else { Value::from(nth) };
                vec![first, last, Value::from(format!("{email} {nth}")), phone, active.into(), id(), manager]
            });
            let customers =
                customers.into_iter().map(|(first, last, address)| [vec![first, last], address].concat());
            let has_orders = !orders.is_empty();
            let orders = orders.into_iter().map(|(status, ordered, required, shipped)| {
                let shipped = shipped.map_or(Value::NULL, |after| date(ordered + after));
                vec![id(), status.into(), date(ordered), date(ordered + required), shipped, id(), id()]
            });
            let lines = lines.into_iter().filter(|_| has_orders).enumerate().map(
                |(nth, (quantity, price, discount))| {
                    let discount = format!("{}.{:04}", discount / 10_000, discount % 10_000);
                    vec![id(), Value::from(nth + 1), id(), quantity.into(), price, discount.into()]
                },
            );
            let stock = own(vec![id(), id(), quantity.into()]);
            Contents(vec![
                ("categories", numbered(categories)),
                ("brands", numbered(brands)),
                ("products", numbered(products.collect())),
                ("stores", numbered(places.collect())),
                ("staffs", numbered(staffs.collect())),
                ("stocks", vec![stock]),
                ("customers", numbered(customers.collect())),
                ("orders", numbered(orders.collect())),
                ("order_items", lines.collect()),
            ])
        },
    )
}

/// A price that, times the most pieces, still fits the line's total.
fn money_of_a_line() -> impl Strategy<Value = Value> {
    (0..=99_999_u64).prop_map(|cents| Value::from(format!("{}.{:02}", cents / 100, cents % 100)))
}
