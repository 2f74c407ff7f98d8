//! What is told of a record's past.

use super::{cell, deleter, editor, set, values};
use crate::shop::Shop;
use storekeeper::domain::Table;
use storekeeper::domain::records::RowId;
use storekeeper::domain::records::history::{Altered, Happened};
use storekeeper::service::Session;
use storekeeper::service::authorized::ViewLogs;
use storekeeper::service::editing;

fn told(happened: &Happened) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let field =
        |Altered { name, before, after }: &Altered| format!("{name}: {} > {}", value(before), value(after));
    let fields: Vec<String> = happened.fields.iter().map(field).collect();
    format!("{} {} {}", happened.actor, happened.what, fields.join(", "))
}

#[tokio::test]
async fn a_record_tells_who_changed_what_from_what_to_what() {
    let shop = Shop::small().await;
    let product =
        editing::create(&editor(), &shop.db, Table::Products, &values(&["Kid", "1", "2", "2026", "5"]))
            .await
            .unwrap();
    set(&shop, product, "brand_id", "2").await.unwrap();
    set(&shop, product, "list_price", "7.5").await.unwrap();
    let by = Session::operator().require(ViewLogs).unwrap();
    let history = editing::history(&by, &shop.db, product).await.unwrap();
    let lines: Vec<String> = history.happened.iter().map(told).collect();
    assert_eq!(
        lines,
        [
            "(operator) changed Price: 5.00 > 7.50",
            "(operator) changed Brand: Heron > Otter",
            "(operator) made Name: - > Kid, Brand: - > Heron, Category: - > Cargo, Model year: - > 2026, Price: - > 5.00",
        ]
    );
    assert_eq!((history.name.as_str(), history.loaded_by), ("Kid", None));
    let entry =
        cell(&shop, "SELECT CONCAT(values_before, values_after) FROM audit_log ORDER BY audit_id DESC").await;
    assert_eq!(entry.as_deref(), Some(r#"{"list_price":"5.00"}{"list_price":"7.50"}"#));
    let doomed = editing::doomed(&deleter(), &shop.db, product).await.unwrap();
    editing::delete(&deleter(), &shop.db, &doomed).await.unwrap();
    let after = editing::history(&by, &shop.db, product).await.unwrap();
    assert!(told(&after.happened[0]).starts_with("(operator) deleted Name: Kid > -"), "{after:?}");
    assert_eq!(after.name, product.to_string());
}

#[tokio::test]
async fn a_record_that_a_load_brought_says_which() {
    let shop = Shop::small().await;
    shop.run("UPDATE orders SET loaded_by = 12 WHERE order_id = 3").await;
    let by = Session::operator().require(ViewLogs).unwrap();
    let order = RowId::one(Table::Orders, 3);
    set(&shop, order, "order_status", "rejected").await.unwrap();
    let history = editing::history(&by, &shop.db, order).await.unwrap();
    assert_eq!(history.loaded_by.map(|run| run.0), Some(12));
    assert_eq!(told(&history.happened[0]), "(operator) changed Status: pending > rejected");
}
