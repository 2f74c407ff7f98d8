//! The sample data and the old program's own files, where they are at hand.

use crate::chain::{Chain, counts};
use crate::support;
use std::path::Path;

#[tokio::test]
async fn the_sample_loads_whole_and_a_second_time_changes_nothing() {
    let Some(folder) = support::shared_data("bikestores") else {
        return;
    };
    let chain = loads_twice(&folder, 9071).await;
    let sums: (String, String, u64) = chain
        .one("SELECT CAST(SUM(line_gross) AS CHAR), CAST(SUM(line_net) AS CHAR), CAST(SUM(quantity) AS UNSIGNED) FROM order_items")
        .await;
    assert_eq!(sums, ("8578988.88".to_owned(), "7689109.71".to_owned(), 7078));
    assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM orders").await, 1615);
}

#[tokio::test]
async fn the_old_programs_files_load_whole_and_a_second_time_change_nothing() {
    let Some(folder) = support::shared_data("seed") else {
        return;
    };
    let chain = loads_twice(&folder, 4354).await;
    let named: u64 = chain
        .one(
            "SELECT COUNT(*) FROM orders JOIN staffs USING (staff_id, store_id) JOIN stores USING (store_id)",
        )
        .await;
    assert_eq!(named, 1615);
}

#[tokio::test]
async fn both_describe_the_same_stores_and_staff() {
    let (Some(sample), Some(seed)) = (support::shared_data("bikestores"), support::shared_data("seed"))
    else {
        return;
    };
    let chain = loads_twice(&sample, 9071).await;
    let receipt = chain.load(&seed).await.unwrap();
    let of = |name: &str| receipt.tables.iter().find(|table| table.table.name() == name).unwrap();
    for (table, rows) in [("stores", 3), ("staffs", 10), ("stocks", 939), ("orders", 1615)] {
        assert_eq!(of(table).unchanged, rows, "{table}: {:?}", of(table));
    }
}

async fn loads_twice(folder: &Path, rows: u64) -> Chain {
    let chain = Chain::new().await;
    let receipt = chain.load(folder).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [rows, rows, 0, 0, 0]));
    assert_eq!(receipt.tables.len(), 9);
    let receipt = chain.load(folder).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("nothing_to_do", [rows, 0, 0, rows, 0]));
    chain
}
