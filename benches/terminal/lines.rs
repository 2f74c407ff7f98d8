//! A million order lines in a real database, asked for a page at a time, by key.

use crate::chain::{Chain, SET};
use mysql_async::prelude::Queryable;
use mysql_async::{Params, Row as Record, Value, params};
use std::fmt::Write as _;
use std::path::PathBuf;
use storekeeper::db::Db;
use storekeeper::tui::model::widgets::data_table::{Column, From, Page, Row, RowKey, Rows};

pub(crate) const LINES: u64 = 1_000_000;
const LINES_AN_ORDER: u64 = 4;

const fn column(id: &'static str, width: u16, is_number: bool) -> Column {
    Column { id, title: id, width, is_number, sorts: false }
}

pub(crate) const COLUMNS: &[Column] = &[
    column("order_id", 10, true),
    column("item_id", 8, true),
    column("product_id", 10, true),
    column("quantity", 9, true),
    column("list_price", 12, true),
    column("discount", 9, true),
    column("line_net", 12, true),
    column("note", 30, false),
];

/// A chain with so many lines, and the file they came from.
pub(crate) async fn chain() -> (Chain, PathBuf) {
    let chain = Chain::new().await;
    let mut orders = String::from(SET[7].1.lines().next().unwrap());
    let mut lines = String::from("order_id,item_id,product_id,quantity,list_price,discount");
    for order in 1..=LINES / LINES_AN_ORDER {
        write!(orders, "\n{order},1,1,2026-01-02,2026-01-04,NULL,1,1").unwrap();
        for item in 1..=LINES_AN_ORDER {
            let product = (order + item) % 3 + 1;
            write!(lines, "\n{order},{item},{product},{},{}.90,0.05", item % 2 + 1, order % 900).unwrap();
        }
    }
    let set = chain.set("set", &[("orders", &orders), ("order_items", &lines)]);
    chain.load(&set).await.unwrap();
    let file = set.join("order_items.csv");
    (chain, file)
}

/// Answers a page as a screen's own query would: on from the key, by the primary key, one more than is asked for.
pub(crate) async fn rows(db: &Db, page: &Page) -> Rows {
    let backwards = matches!(page.from, From::Before(_) | From::End);
    let (after, before) = match &page.from {
        From::After(key) => (key.0.as_str(), ""),
        From::Before(key) => ("", key.0.as_str()),
        From::Start | From::End => ("", ""),
    };
    let (condition, key) = match (after.split_once('.'), before.split_once('.')) {
        (Some(key), _) => {
            ("WHERE order_id >= :order AND NOT (order_id = :order AND item_id <= :item)", Some(key))
        }
        (_, Some(key)) => {
            ("WHERE order_id <= :order AND NOT (order_id = :order AND item_id >= :item)", Some(key))
        }
        _ => ("", None),
    };
    let way = if backwards { "DESC" } else { "ASC" };
    let statement = format!(
        "SELECT order_id, item_id, product_id, quantity, list_price, discount, line_net FROM order_items {condition} \
         ORDER BY order_id {way}, item_id {way} LIMIT {}",
        page.limit + 1
    );
    let given = key.map_or(Params::Empty, |(order, item)| params! { "order" => order, "item" => item });
    let mut conn = db.conn().await.unwrap();
    let found: Vec<Record> = conn.exec(statement, given).await.unwrap();
    let more = found.len() > page.limit;
    let mut rows: Vec<Row> = found.into_iter().take(page.limit).map(row).collect();
    if backwards {
        rows.reverse();
    }
    Rows { rows, more, total: None }
}

fn row(record: Record) -> Row {
    let text = |value: Value| match value {
        Value::Bytes(bytes) => String::from_utf8(bytes).unwrap(),
        Value::Int(number) => number.to_string(),
        Value::UInt(number) => number.to_string(),
        _ => String::new(),
    };
    let mut cells: Vec<String> = record.unwrap().into_iter().map(text).collect();
    cells.push("from the web shop".to_owned());
    Row { key: RowKey(format!("{}.{}", cells[0], cells[1])), cells }
}
