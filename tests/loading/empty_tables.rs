//! Filling a table that is empty: what is wrong with a row is found wherever it stands, and whoever comes in between.

use crate::chain::{Chain, counts};
use std::fmt::Write as _;

/// More than one packet of rows of stock, all of the one product, but for what is put in.
async fn chain_with_products() -> Chain {
    let chain = Chain::stocked().await;
    chain.run("DELETE FROM stocks").await;
    chain
        .run(
            "INSERT INTO products (product_id, product_name, brand_id, category_id, model_year, list_price) \
             SELECT n, 'Thing', 1, 1, 2026, 1 FROM (WITH RECURSIVE seq AS (SELECT 100 AS n UNION ALL \
             SELECT n + 1 FROM seq WHERE n < 999) SELECT n FROM seq) seq",
        )
        .await;
    chain
}

fn stocks(order: impl Iterator<Item = u32>, other: &str) -> String {
    let mut text = "store_id,product_id,quantity\n".to_owned();
    for product in order {
        let _ = writeln!(text, "1,{product},{}", product % 50);
    }
    text + other
}

#[tokio::test]
async fn a_row_that_names_nothing_is_rejected_and_nothing_is_stored() {
    let chain = chain_with_products().await;
    for (other, column) in [("1,55555,1\n", "product_id"), ("9,500,1\n", "store_id")] {
        let before = chain.everything().await;
        let rejects = chain.refused("stocks", &stocks(100..500, other)).await;
        assert_eq!(rejects.len(), 1, "{rejects:?}");
        assert!(rejects[0].iter().any(|cell| cell == column), "{rejects:?}");
        assert_eq!(chain.everything().await, before);
    }
}

#[tokio::test]
async fn doubles_are_found_in_any_order() {
    let chain = chain_with_products().await;
    let before = chain.everything().await;
    let both =
        [stocks(100..900, "1,100,7\n"), stocks((100..900).rev(), "1,899,7\n"), stocks(100..900, "1,899,7\n")];
    for text in both {
        let rejects = chain.refused("stocks", &text).await;
        assert_eq!(rejects.len(), 1, "{rejects:?}");
        assert_eq!(chain.everything().await, before);
    }
}

#[tokio::test]
async fn rows_in_no_order_and_in_two_files_are_all_there() {
    let chain = chain_with_products().await;
    let folder = chain.set("both", &[]);
    for file in std::fs::read_dir(&folder).unwrap() {
        std::fs::remove_file(file.unwrap().path()).unwrap();
    }
    let mixed = (0..800_u32).map(|nth| 100 + nth * 7 % 800);
    std::fs::write(folder.join("stocks.csv"), stocks(mixed, "")).unwrap();
    std::fs::write(folder.join("stocks_2.csv"), stocks(900..950, "")).unwrap();
    let receipt = chain.load(&folder).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [850, 850, 0, 0, 0]));
    let sums: (u64, u64) =
        chain.one("SELECT COUNT(*), CAST(SUM(quantity = product_id % 50) AS UNSIGNED) FROM stocks").await;
    assert_eq!(sums, (850, 850));
    let check: Vec<(String, String, String, String)> = chain.rows("CHECK TABLE stocks EXTENDED").await;
    assert_eq!(check.last().map(|row| row.3.as_str()), Some("OK"));
}

/// Somebody takes a product away while a load that names it is on its way: either they wait for the load and are refused,
/// or the load finds the product gone. Never is a row left that names nothing.
#[tokio::test]
async fn a_parent_taken_away_meanwhile_leaves_no_orphan() {
    let chain = chain_with_products().await;
    for round in 0..12_u64 {
        chain.run("DELETE FROM stocks").await;
        let file = chain.file("stocks.csv", &stocks(100..999, ""));
        let mut thief = chain.db.conn().await.unwrap();
        let product = 100 + u32::try_from(round).unwrap() * 70;
        let taking = async {
            use mysql_async::prelude::Queryable;
            thief.query_drop("START TRANSACTION").await.unwrap();
            // The table may be filled by now, and then the row is named: that is the answer that is wanted.
            let taken = thief.query_drop(format!("DELETE FROM products WHERE product_id = {product}")).await;
            for _ in 0..round * 20 {
                thief.query_drop("DO 0").await.unwrap();
            }
            let _ = thief.query_drop("COMMIT").await;
            taken.is_ok()
        };
        let (loaded, taken) = tokio::join!(chain.load(&file), taking);
        let stored = loaded.unwrap().status.word() == "committed";
        assert!(stored != taken, "round {round}: stored {stored}, taken {taken}");
        let orphans: u64 = chain
            .one("SELECT COUNT(*) FROM stocks s LEFT JOIN products p USING (product_id) WHERE p.product_id IS NULL")
            .await;
        assert_eq!(orphans, 0, "round {round}");
        chain
            .run(&format!(
                "INSERT IGNORE INTO products (product_id, product_name, brand_id, category_id, model_year, list_price) \
                 VALUES ({product}, 'Thing', 1, 1, 2026, 1)"
            ))
            .await;
    }
}
