//! A chain of a million order lines, and what the server says of how it would read it.

use crate::shop::Shop;
use crate::support::{self, Database};
use mysql_async::prelude::Queryable;
use mysql_async::{Params, Row};
use storekeeper::db::Db;
use tokio::sync::OnceCell;

/// Tables that grow with every day.
pub const TABLES: [&str; 7] =
    ["customers", "orders", "order_items", "stocks", "audit_log", "import_run_rows", "sessions"];

/// The small chain and 200,000 customers with two orders each, of five lines in two; 60 stores with 2,000 products each; a log
/// of 100,000 entries.
const ROWS: [&str; 13] = [
    "INSERT INTO n SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d + 10
       FROM d a, d b, d c, d e, d f, d g WHERE g.d < 2",
    "INSERT INTO products (product_id, product_name, brand_id, category_id, model_year, list_price)
       SELECT n, CONCAT('Model ', n), 1 + n % 2, 1 + n % 2, 2026, n FROM n WHERE n < 2010",
    "INSERT INTO stores (store_id, store_name) SELECT n, CONCAT('Store ', n) FROM n WHERE n < 70",
    "INSERT INTO staffs (staff_id, first_name, last_name, email, store_id, manager_id)
       SELECT n, 'Flo', CONCAT('Staff ', n), CONCAT(n, '@x.example'), n, 1 FROM n WHERE n < 70",
    "INSERT INTO stocks (store_id, product_id, quantity)
       SELECT s.store_id, p.product_id, p.product_id % 40 FROM stores s, products p WHERE p.product_id >= 10 AND s.store_id >= 10",
    "INSERT INTO customers (customer_id, first_name, last_name, phone, email, city)
       SELECT n, CONCAT('First', n % 997), CONCAT('Last', n % 1009), CONCAT('(555) ', n), CONCAT(n, '@x.example'), CONCAT('City', n % 499)
         FROM n ORDER BY n",
    "INSERT INTO orders (order_id, customer_id, order_status, order_date, required_date, shipped_date, store_id, staff_id)
       SELECT n * 2 + d, n, IF(n % 50 = 0, 1 + d, 4), DATE('2023-01-01') + INTERVAL n % 1200 DAY, DATE('2023-01-05') + INTERVAL n % 1200 DAY,
              IF(n % 50 = 0, NULL, DATE('2023-01-02') + INTERVAL n % 1200 DAY), 10 + n % 60, 10 + n % 60
         FROM n, d WHERE d < 2 ORDER BY n, d",
    "INSERT INTO order_items (order_id, item_id, product_id, quantity, list_price)
       SELECT o.order_id, d, 10 + (o.order_id * 7 + d) % 2000, 1, 10 FROM orders o, d
        WHERE o.order_id > 8 AND d BETWEEN 1 AND 2 + o.order_id % 2 ORDER BY o.order_id, d",
    "INSERT INTO users (user_id, username, password_hash, role) SELECT n, CONCAT('user', n), '', 'employee' FROM n WHERE n < 200",
    "INSERT INTO sessions (user_id, token_hash, origin, opened_at, last_seen_at, ends_at, ended_at)
       SELECT 10 + n % 190, UNHEX(SHA2(n, 256)), '', NOW(), NOW(), NOW(), NOW() FROM n WHERE n < 50000",
    "INSERT INTO audit_log (audit_id, recorded_at, actor, action, subject, detail, previous_hash, hash, outcome, origin, correlation_id)
       SELECT n, NOW() - INTERVAL n MINUTE, CONCAT('user', n % 190), CONCAT('act.', n % 30), CONCAT('customer ', n % 5000), '',
              REPEAT('x', 32), REPEAT('x', 32), 'done', '', n FROM n WHERE n < 100000",
    "INSERT INTO import_runs (run_id, actor, mode, source, started_at, status)
       SELECT n, 'user10', 'upsert', 'a file', NOW() - INTERVAL n MINUTE, 'committed' FROM n WHERE n < 2000",
    "INSERT INTO import_run_rows (run_id, table_name, key_1, key_2, change_kind, values_before, version_before)
       SELECT 10 + n % 1990, 'customers', n, 0, 'updated', '', 1 FROM n WHERE n < 100000",
];

/// That chain, which the first who asks makes for all.
pub async fn large() -> Shop {
    static MADE: OnceCell<Database> = OnceCell::const_new();
    let database = MADE.get_or_init(make).await;
    Shop::of(Db::connect(&database.target()).await.unwrap())
}

async fn make() -> Database {
    let database = support::migrated().await;
    let shop = Shop::of(Db::connect(&database.target()).await.unwrap());
    shop.fill().await;
    shop.run("CREATE TABLE d (d INT UNSIGNED PRIMARY KEY)").await;
    shop.run("INSERT INTO d VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)").await;
    shop.run("CREATE TABLE n (n INT UNSIGNED PRIMARY KEY)").await;
    for statement in ROWS {
        shop.run(statement).await;
    }
    shop.run(&format!("ANALYZE TABLE {}, products, stores, staffs, users, import_runs", TABLES.join(", ")))
        .await;
    shop.db.close().await;
    database
}

/// One step of a plan: a table of ours, how its rows are found, by what key, and how many are thought to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub table: String,
    pub way: String,
    pub key: String,
    pub rows: u64,
}

impl Step {
    /// A table that grows is read from end to end, by its rows or by all entries of a key.
    pub fn reads_large_table_whole(&self) -> bool {
        TABLES.contains(&self.table.as_str())
            && ["ALL", "index"].contains(&self.way.as_str())
            && self.rows > 10_000
    }
}

/// What the server says of how it would carry a statement out.
pub async fn plan(shop: &Shop, sql: &str, values: impl Into<Params> + Send) -> Vec<Step> {
    let mut conn = shop.db.conn().await.unwrap();
    let steps: Vec<Row> = conn
        .exec(format!("{} {sql}", shop.explain()), values)
        .await
        .unwrap_or_else(|error| panic!("{error}: {sql}"));
    let text = |row: &Row, name: &str| row.get::<Option<String>, _>(name).unwrap().unwrap_or_default();
    let step = |row: &Row| Step {
        table: of_alias(sql, &text(row, "table")),
        way: text(row, "type"),
        key: text(row, "key"),
        rows: row.get::<Option<u64>, _>("rows").unwrap().unwrap_or(0),
    };
    steps.iter().map(step).collect()
}

/// The table that an alias of the statement stands for; nothing where it is none of ours.
fn of_alias(statement: &str, alias: &str) -> String {
    const OTHERS: [&str; 5] = ["products", "stores", "staffs", "brands", "categories"];
    let words: Vec<&str> =
        statement.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).collect();
    let named = |table: &&&str| {
        **table == alias
            || words.windows(2).any(|pair| pair == [**table, alias])
            || words.windows(3).any(|three| three == [**table, "AS", alias])
    };
    TABLES.iter().chain(&OTHERS).find(named).map_or_else(String::new, |table| (*table).to_owned())
}
