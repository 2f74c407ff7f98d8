//! `storekeeper check`: a chain that is well is found well, and whatever was broken past the program is found.

use crate::figures::CHAIN;
use crate::support;
use mysql_async::prelude::Queryable;
use storekeeper::db::Db;
use storekeeper::domain::check::{Amiss, Check, Checked};
use storekeeper::service::Session;
use storekeeper::service::authorized::ManageDatabase;
use storekeeper::service::check::check;
use tokio_util::sync::CancellationToken;

async fn all(db: &Db) -> Vec<Checked> {
    let by = Session::operator().require(ManageDatabase).unwrap();
    let mut all = Vec::new();
    for one in Check::EACH {
        all.push(check(&by, db, one, &CancellationToken::new()).await.unwrap());
    }
    all
}

fn of(found: &[Checked], one: Check) -> &[Amiss] {
    &found.iter().find(|checked| checked.check == one).unwrap().amiss
}

#[tokio::test]
async fn an_empty_chain_and_one_with_orders_are_well() {
    let db = support::chain().await;
    assert!(all(&db).await.iter().all(Checked::is_well));
    db.conn().await.unwrap().query_drop(CHAIN).await.unwrap();
    let found = all(&db).await;
    assert!(found.iter().all(Checked::is_well), "{found:?}");
}

#[tokio::test]
async fn whatever_was_broken_past_the_program_is_found() {
    let cases = [
        (Check::Parents, "products.brand_id", "DELETE FROM brands"),
        (Check::Parents, "orders.customer_id", "DELETE FROM customers"),
        (Check::Parents, "order_items.order_id", "DELETE FROM orders WHERE order_id = 5"),
        (Check::Parents, "stocks.product_id", "DELETE FROM products WHERE product_id = 3"),
        (Check::Parents, "staffs.manager_id", "UPDATE staffs SET manager_id = 77 WHERE staff_id = 2"),
        (
            Check::Dates,
            "completed without a shipped date",
            "UPDATE orders SET shipped_date = NULL WHERE order_id = 1",
        ),
        (Check::Dates, "shipped and not completed", "UPDATE orders SET order_status = 1 WHERE order_id = 1"),
        (
            Check::Managers,
            "staff whose managers go round in a ring",
            "UPDATE staffs SET manager_id = 3 - staff_id",
        ),
    ];
    for (one, what, statement) in cases {
        let db = support::chain().await;
        let mut conn = db.conn().await.unwrap();
        conn.query_drop(CHAIN).await.unwrap();
        conn.query_drop("SET foreign_key_checks = 0").await.unwrap();
        conn.query_drop(statement).await.unwrap();
        conn.disconnect().await.unwrap();
        let found = all(&db).await;
        let amiss: Vec<&str> = of(&found, one).iter().map(|amiss| amiss.what.as_str()).collect();
        assert!(amiss.contains(&what), "{statement}: {found:?}");
        db.close().await;
    }
}

#[tokio::test]
async fn a_sum_that_is_not_what_its_line_comes_to_makes_figures_and_export_differ() {
    let db = support::chain().await;
    let mut conn = db.conn().await.unwrap();
    conn.query_drop(CHAIN).await.unwrap();
    // The server works these columns out; one that is put back as a plain column can hold anything.
    conn.query_drop("ALTER TABLE order_items MODIFY line_net DECIMAL(14,2) NULL").await.unwrap();
    conn.query_drop("UPDATE order_items SET line_net = line_net + 0.01 WHERE order_id = 3").await.unwrap();
    let found = all(&db).await;
    assert_eq!(of(&found, Check::Sums)[0].what, "order_items.line_net");
    let apart = &of(&found, Check::Figures)[0];
    assert_eq!(apart.what, "net");
    assert!(
        apart.detail.as_ref().is_some_and(|detail| detail.contains("added up from an export")),
        "{apart:?}"
    );
}
