//! One search over all records.

use crate::shop::Shop;
use mysql_async::prelude::Queryable;
use mysql_async::{Params, Row, params};
use storekeeper::domain::records::{Found, RecordId};
use storekeeper::domain::{CustomerId, OrderId, ProductId, StaffId};
use storekeeper::service::records;
use tokio_util::sync::CancellationToken;

async fn found(shop: &Shop, typed: &str) -> Vec<Found> {
    records::search(&shop.by, &shop.db, typed, &CancellationToken::new()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_record_is_found_by_whatever_one_knows_of_it() {
    let shop = Shop::small().await;
    let customer = |id| RecordId::Customer(CustomerId(id));
    let (order, product, staff) = (
        |id| RecordId::Order(OrderId(id)),
        |id| RecordId::Product(ProductId(id)),
        |id| RecordId::Staff(StaffId(id)),
    );
    let table: [(&str, &[RecordId]); 19] = [
        ("dent", &[customer(1), customer(3)]),
        ("cy", &[customer(1), customer(5), staff(3)]),
        ("cy dent", &[customer(1)]),
        ("Dent, Cy", &[]),
        ("dent cy", &[customer(1)]),
        ("ase d", &[customer(2)]),
        ("CY.DENT@", &[customer(1)]),
        ("972", &[customer(4), customer(1)]),
        ("(972) 530-55", &[customer(1)]),
        ("972.530", &[customer(4), customer(1)]),
        ("5555", &[customer(5), customer(1)]),
        ("0011", &[customer(2)]),
        ("#3", &[order(3)]),
        ("tour", &[product(2)]),
        ("our", &[product(2)]),
        ("bo lund", &[staff(2)]),
        ("%", &[product(4)]),
        ("_", &[]),
        ("' OR 1=1", &[]),
    ];
    for (typed, expected) in table {
        let ids: Vec<RecordId> = found(&shop, typed).await.iter().map(|found| found.id).collect();
        assert_eq!(ids, expected, "{typed}");
    }
    let five: Vec<RecordId> = found(&shop, "5").await.iter().map(|found| found.id).collect();
    assert_eq!(five[..2], [order(5), customer(5)], "the number first, then the digits");
    assert_eq!(found(&shop, " ").await, []);
    let cy = &found(&shop, "972530").await[1];
    assert_eq!((cy.name.as_str(), cy.detail.as_str()), ("Cy Dent", "Rowlett · (972) 530-5555"));
}

/// The way and the index of each table that a statement reads.
async fn plan(shop: &Shop, sql: &str, values: Params) -> Vec<(String, String, String)> {
    let mut conn = shop.db.conn().await.unwrap();
    let steps: Vec<Row> = conn.exec(format!("{} {sql}", shop.explain()), values).await.unwrap();
    let text = |row: &Row, name: &str| row.get::<Option<String>, _>(name).unwrap().unwrap_or_default();
    steps.iter().map(|row| (text(row, "table"), text(row, "type"), text(row, "key"))).collect()
}

#[tokio::test]
async fn each_way_to_a_customer_is_a_range_of_an_index_in_its_order() {
    let shop = Shop::small().await;
    shop.run(
        "INSERT INTO customers (first_name, last_name, phone, email)
         WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 900)
         SELECT CONCAT('First', n % 97), CONCAT('Last', n), CONCAT('(555) ', n), CONCAT(n, '@x.example') FROM n",
    )
    .await;
    shop.run("INSERT INTO customers (first_name, last_name, phone, email) SELECT first_name, CONCAT(last_name, 'x'), phone, CONCAT('y', email) FROM customers").await;
    shop.run("ANALYZE TABLE customers").await;
    let find = include_str!("../../sql/queries/records/find_customers.sql");
    let values = || params! { "one" => "first77%", "other" => "%", "email" => "77@%", "limit" => 8 };
    let steps = plan(&shop, find, values()).await;
    for index in ["customers_by_name", "customers_by_first_name", "customers_by_email"] {
        let is_read = |(table, way, key): &(String, String, String)| {
            table == "customers" && way == "range" && key == index
        };
        assert!(steps.iter().any(is_read), "{index}: {steps:?}");
    }
    let phones = include_str!("../../sql/queries/records/find_phones.sql");
    let steps = plan(&shop, phones, params! { "first" => "55577%", "last" => "775%", "limit" => 8 }).await;
    for index in ["customers_by_phone", "customers_by_phone_end"] {
        let is_read = |(table, way, key): &(String, String, String)| {
            table == "customers" && way == "range" && key == index
        };
        assert!(steps.iter().any(is_read), "{index}: {steps:?}");
    }
}
