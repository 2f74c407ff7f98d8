//! What the loader believes of the tables is what the tables are.

use crate::chain::{Chain, SET, SET_ROWS, counts};

/// The set of the tests fills every column of every table but those that the database keeps itself. A column that is added
/// to a table and not to the loader fails here, and so does one that is gone.
#[tokio::test]
async fn a_whole_set_arrives_cell_by_cell() {
    let chain = Chain::new().await;
    let receipt = chain.load(&chain.set("set", &[])).await.unwrap();
    assert_eq!(receipt.status.word(), "committed");
    assert_eq!(counts(&receipt), [SET_ROWS, SET_ROWS, 0, 0, 0]);
    let everything = chain.everything().await;
    for row in [
        "products|3|Vind \"S\"|1|2|2026|1299.99|1",
        "stores|2|Mill Lane|-|-|Mill 2|Voss|NO|05700|UTC|1",
        "staffs|1|Ida|Holm|ida@x.example|-|1|1|3|1",
        "customers|1|Åse|O'Brien|-|ase@x.example|Way 3, 2nd floor|Bergen|NO|5003|1",
        "customers|2|Per|Backslash \\N|-|-|-|Voss|NO|-|1",
        "orders|2|2|1|2026-01-05|2026-01-07|-|2|2|1",
        "order_items|1|1|1|1|2999.00|0.0500|2999.00|2849.05|1",
    ] {
        assert!(everything.iter().any(|have| have == row), "{row} is not in {everything:#?}");
    }
}

#[tokio::test]
async fn every_column_that_a_file_may_fill_is_known_to_the_loader() {
    let chain = Chain::new().await;
    let kept_by_us = ["version", "updated_at", "time_zone", "loaded_by"];
    for (table, text) in SET {
        let mut columns: Vec<String> = chain
            .rows(&format!(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = '{}' AND \
                 table_name = '{table}' AND extra NOT LIKE '%GENERATED' AND column_name NOT LIKE 'line\\_%'",
                chain.db.name()
            ))
            .await;
        columns.retain(|column| !kept_by_us.contains(&column.as_str()));
        let mut known: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        columns.sort();
        known.sort_unstable();
        assert_eq!(columns, known, "{table}");
    }
}
