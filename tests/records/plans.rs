//! No statement of the tables reads a large table whole: what the server says of it, at a size where it matters.

use crate::shop::{Shop, asked, by};
use jiff::civil::date;
use mysql_async::Row;
use mysql_async::prelude::Queryable;
use storekeeper::db::records::{RecordPage, Statement, statement};
use storekeeper::domain::Table;
use storekeeper::domain::records::fields;
use storekeeper::service::records::Rows;

/// Tables that grow with every day.
const LARGE: [&str; 4] = ["customers", "orders", "order_items", "stocks"];

/// 40,000 customers with two orders each, of two lines; 60 stores and 400 products.
async fn large() -> Shop {
    let shop = Shop::small().await;
    let digits = "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL
                   SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
    shop.run("CREATE TABLE n (n INT UNSIGNED PRIMARY KEY)").await;
    shop.run(&format!(
        "INSERT INTO n SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 10
           FROM {digits} a, {digits} b, {digits} c, {digits} e, (SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) f"
    ))
    .await;
    for statement in [
        "INSERT INTO products (product_id, product_name, brand_id, category_id, model_year, list_price)
           SELECT n, CONCAT('Model ', n), 1 + n % 2, 1 + n % 2, 2026, n FROM n WHERE n < 410",
        "INSERT INTO stores (store_id, store_name) SELECT n, CONCAT('Store ', n) FROM n WHERE n < 70",
        "INSERT INTO staffs (staff_id, first_name, last_name, email, store_id, manager_id)
           SELECT n, 'Flo', CONCAT('Staff ', n), CONCAT(n, '@x.example'), n, 1 FROM n WHERE n < 70",
        "INSERT INTO stocks (store_id, product_id, quantity)
           SELECT s.store_id, p.product_id, p.product_id % 40 FROM stores s, products p WHERE p.product_id >= 10 AND s.store_id >= 10",
        "INSERT INTO customers (customer_id, first_name, last_name, phone, email, city)
           SELECT n, CONCAT('First', n % 997), CONCAT('Last', n % 1009), CONCAT('(555) ', n), CONCAT(n, '@x.example'), CONCAT('City', n % 499)
             FROM n",
        "INSERT INTO orders (order_id, customer_id, order_status, order_date, required_date, store_id, staff_id)
           SELECT n * 2 + k.d, n, 1 + n % 4, DATE('2024-01-01') + INTERVAL n % 800 DAY, DATE('2024-01-05') + INTERVAL n % 800 DAY,
                  10 + n % 60, 10 + n % 60
             FROM n, (SELECT 0 d UNION ALL SELECT 1) k",
        "INSERT INTO order_items (order_id, item_id, product_id, quantity, list_price)
           SELECT o.order_id, k.d, 10 + o.order_id % 400, 1, 10 FROM orders o, (SELECT 1 d UNION ALL SELECT 2) k WHERE o.order_id > 8",
        "ANALYZE TABLE customers, orders, order_items, stocks, products, stores, staffs",
    ] {
        shop.run(statement).await;
    }
    shop
}

/// The table and the way of each step that reads a table of ours, and the rows it is thought to take.
async fn plan(shop: &Shop, Statement { sql, values }: Statement) -> Vec<(String, String, u64)> {
    let mut conn = shop.db.conn().await.unwrap();
    let steps: Vec<Row> = conn.exec(format!("{} {sql}", shop.explain()), values).await.unwrap();
    let text = |row: &Row, name: &str| row.get::<Option<String>, _>(name).unwrap().unwrap_or_default();
    steps
        .iter()
        .map(|row| {
            (text(row, "table"), text(row, "type"), row.get::<Option<u64>, _>("rows").unwrap().unwrap_or(0))
        })
        .collect()
}

/// The table that an alias of the statements stands for.
fn of_alias(statement: &str, alias: &str) -> String {
    let tables = [
        "customers",
        "orders",
        "order_items",
        "stocks",
        "products",
        "stores",
        "staffs",
        "brands",
        "categories",
    ];
    let named = |table: &&&str| {
        statement.contains(&format!("{table} {alias} "))
            || statement.contains(&format!("{table} {alias}\n"))
            || **table == alias
    };
    tables.iter().find(named).map_or_else(String::new, |table| (*table).to_owned())
}

#[tokio::test]
async fn no_page_of_any_table_reads_a_large_table_whole() {
    let shop = large().await;
    // What this looks for can be told.
    let mut conn = shop.db.conn().await.unwrap();
    let whole = format!("{} SELECT * FROM orders o WHERE o.shipped_date = o.order_date", shop.explain());
    let whole: Vec<Row> = conn.query(whole).await.unwrap();
    assert_eq!(whole[0].get::<String, _>("type").as_deref(), Some("ALL"));
    assert_eq!(of_alias("SELECT 1 FROM orders o WHERE 1", "o"), "orders");
    let narrowed = [
        (Table::Customers, "city:City7"),
        (Table::Customers, "name:last1 first"),
        (Table::Customers, "phone:555100"),
        (Table::Customers, "last77"),
        (Table::Customers, "55512345"),
        (Table::Customers, "street:x"),
        (Table::Orders, "status:late"),
        (Table::Orders, "total:>500"),
        (Table::Orders, "customer:17"),
        (Table::Orders, "customer:last77"),
        (Table::Orders, "last77"),
        (Table::Orders, "ordered:2025-03"),
        (Table::Orders, "store:20"),
        (Table::Orders, "store:\"store 20\""),
        (Table::Orders, "staff:20 status:open"),
        (Table::OrderItems, "product:20"),
        (Table::OrderItems, "order:400"),
        (Table::OrderItems, "model"),
        (Table::Stocks, "product:20"),
        (Table::Stocks, "store:20"),
        (Table::Stocks, "quantity:<5"),
        (Table::Stocks, "model"),
        (Table::Orders, "ordered:2025-03 store:20,21 measure:booked"),
        (Table::Orders, "ordered:2025-03..2025-05 status:open required:<2025-06-01"),
        (Table::OrderItems, "ordered:2025-03 store:20 measure:shipped"),
        (Table::OrderItems, "ordered:2025-03 product:20,21"),
        (Table::OrderItems, "ordered:2025-03 category:1"),
        (Table::OrderItems, "short:yes status:open"),
        (Table::Stocks, "quantity:>0 unsold:2026-01..2026-03"),
        (Table::Stocks, "store:20 brand:1"),
    ];
    let sorted = Table::EACH.into_iter().flat_map(|table| {
        let orders = fields(table).iter().filter(|field| field.sorts).map(move |field| (table, field.name));
        orders.flat_map(|(table, name)| {
            [by(table, name, false), by(table, name, true)].map(|order| (table, "", order))
        })
    });
    let each = narrowed.into_iter().map(|(table, words)| (table, words, None)).chain(sorted);
    for (table, words, order) in each {
        let Rows { filter, .. } = asked(table, words);
        let rows = Rows { order, limit: 129, ..asked(table, words) };
        let first = shop.page(rows).await;
        // The first page, and one that goes on behind a row.
        for after in [None, first.get(100).or(first.last()).map(|row| row.place.clone())] {
            let page = RecordPage {
                table,
                filter: filter.clone(),
                order,
                after: after.clone(),
                up: false,
                limit: 129,
                as_of: date(2026, 4, 22),
            };
            let statement = statement(&page);
            let sql = statement.sql.clone();
            for (alias, way, rows) in plan(&shop, statement).await {
                let read = of_alias(&sql, &alias);
                let is_large = LARGE.contains(&read.as_str());
                assert!(
                    !(is_large && way == "ALL"),
                    "{table} {words:?} {order:?}: {read} by {way}, {rows} rows: {sql}"
                );
            }
        }
    }
}
