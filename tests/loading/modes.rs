//! How rows meet what is there, and what a dry run shows of it.

use crate::chain::{Chain, SET, counts, said};
use storekeeper::domain::receipt::{CellChange, ChangeKind};
use storekeeper::etl::{Mode, Options};

fn options(chain: &Chain, mode: Mode) -> Options {
    Options { mode, ..chain.options() }
}

const BRANDS: &str = "brand_id,brand_name\n1,Sol\n2,Fjell\n";

async fn brands(chain: &Chain) -> Vec<(u32, String)> {
    chain.rows("SELECT brand_id, brand_name FROM brands ORDER BY 1").await
}

fn named(rows: &[(u32, &str)]) -> Vec<(u32, String)> {
    rows.iter().map(|(id, name)| (*id, (*name).to_owned())).collect()
}

#[tokio::test]
async fn insert_rejects_what_is_there_and_append_leaves_it() {
    let chain = Chain::stocked().await;
    let file = chain.file("brands.csv", BRANDS);

    let receipt = chain.load_with(&file, &options(&chain, Mode::Insert)).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("rejected", [2, 0, 0, 0, 1]));
    let told = said(receipt.rejects_file.as_deref().unwrap());
    assert_eq!(told[0], ["2", "brand_id", "exists", "brand_id 1 is in the chain already."]);
    assert_eq!(brands(&chain).await, named(&[(1, "Nordlys")]));

    let receipt = chain.load_with(&file, &options(&chain, Mode::Append)).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [2, 1, 0, 1, 0]));
    assert_eq!(brands(&chain).await, named(&[(1, "Nordlys"), (2, "Fjell")]));
    assert_eq!(receipt.mode, "append");
}

#[tokio::test]
async fn replace_makes_the_table_what_the_file_says() {
    let chain = Chain::stocked().await;
    chain.run("INSERT INTO brands (brand_id, brand_name) VALUES (7, 'Gone'), (8, 'Gone too')").await;
    let file = chain.file("brands.csv", BRANDS);
    let receipt = chain.load_with(&file, &options(&chain, Mode::Replace)).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [2, 1, 1, 0, 0]));
    assert_eq!(receipt.tables[0].deleted, 2);
    assert_eq!(brands(&chain).await, named(&[(1, "Sol"), (2, "Fjell")]));
    let again = chain.load_with(&file, &options(&chain, Mode::Replace)).await.unwrap();
    assert_eq!(again.status.word(), "nothing_to_do");
}

#[tokio::test]
async fn replace_refuses_to_leave_orphans_and_names_them() {
    let chain = Chain::stocked().await;
    let before = chain.everything().await;
    let products = SET[2].1.replace("2,Vind,1,2,2025,1199.5\n", "");
    let file = chain.file("products.csv", &products);
    for dry_run in [true, false] {
        let options = Options { dry_run, ..options(&chain, Mode::Replace) };
        let refused = chain.load_with(&file, &options).await.unwrap_err().to_string();
        assert_eq!(
            refused,
            "Replacing products would leave rows that name what is gone: order_items.product_id 2 (1 rows); \
             stocks.product_id 2 (1 rows). Nothing was loaded; load those tables in the same set, or use upsert."
        );
    }
    let empty = chain.file("brands.csv", "brand_id,brand_name\n");
    let refused = chain.load_with(&empty, &options(&chain, Mode::Replace)).await.unwrap_err().to_string();
    assert!(refused.contains("no row for brands"), "{refused}");
    // A row that is turned down must not be taken for one that is to go, whatever was said of rejects.
    let faulty = chain.file("brands.csv", "brand_id,brand_name\n1,\n2,Fjell\n");
    let skipping = Options { mode: Mode::Replace, ..chain.skipping() };
    assert_eq!(chain.load_with(&faulty, &skipping).await.unwrap().status.word(), "rejected");
    assert_eq!(chain.everything().await, before);
}

#[tokio::test]
async fn replace_says_how_many_more_would_be_orphans() {
    let chain = Chain::stocked().await;
    let ids = || 11..=24;
    let brands: Vec<String> = ids().map(|id| format!("({id}, 'Brand')")).collect();
    chain.run(&format!("INSERT INTO brands (brand_id, brand_name) VALUES {}", brands.join(", "))).await;
    let products: Vec<String> = ids().map(|id| format!("({id}, 'Thing', {id}, 1, 2026, 1)")).collect();
    chain.run(&format!("INSERT INTO products (product_id, product_name, brand_id, category_id, model_year, list_price) VALUES {}", products.join(", "))).await;
    let file = chain.file("brands.csv", SET[1].1);
    let refused = chain.load_with(&file, &options(&chain, Mode::Replace)).await.unwrap_err().to_string();
    assert!(refused.contains("20 (1 rows) and 4 more. Nothing was loaded"), "{refused}");
}

#[tokio::test]
async fn replace_takes_a_set_with_its_children() {
    let chain = Chain::stocked().await;
    let less = |nth: usize, from: &str| SET[nth].1.replace(from, "");
    let set = chain.set(
        "fewer",
        &[
            ("categories", ""),
            ("brands", ""),
            ("stores", ""),
            ("customers", ""),
            ("products", &less(2, "2,Vind,1,2,2025,1199.5\n")),
            ("stocks", &less(5, "1,2,0\n")),
            ("order_items", &less(8, "1,2,2,2,1199.50,0\n")),
            (
                "staffs",
                &SET[4].1.replace("1,1,3\n", "1,1,\n").replace("3,Eva,Moe,eva@x.example,NULL,1,1,NULL\n", ""),
            ),
            ("orders", SET[7].1),
        ],
    );
    let receipt = chain.load_with(&set, &options(&chain, Mode::Replace)).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [10, 0, 1, 9, 0]));
    assert_eq!(receipt.tables.iter().map(|table| table.deleted).sum::<u64>(), 4);
    assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM products").await, 2);

    // A child that names a parent which goes is a reject, not an orphan.
    let set = chain.set(
        "again",
        &[
            ("categories", ""),
            ("brands", ""),
            ("stores", ""),
            ("customers", ""),
            ("staffs", ""),
            ("orders", ""),
            ("order_items", ""),
            ("products", &less(2, "1,Lastesykkel 7,1,1,2025,2999.00\n")),
            ("stocks", "store_id,product_id,quantity\n1,1,4\n"),
        ],
    );
    let receipt = chain.load_with(&set, &options(&chain, Mode::Replace)).await.unwrap();
    assert_eq!(said(receipt.rejects_file.as_deref().unwrap())[0][1..3], ["product_id", "unknown"]);
}

#[tokio::test]
async fn a_dry_run_shows_the_rows_that_would_change_cell_by_cell() {
    let chain = Chain::stocked().await;
    let before = chain.everything().await;
    chain.run("INSERT INTO customers (customer_id, first_name, last_name) VALUES (9, 'Old', 'Row')").await;
    chain.run("DELETE FROM customers WHERE customer_id = 9").await;
    chain.run("INSERT INTO stocks (store_id, product_id, quantity) VALUES (2, 1, 3)").await;
    let stocks = chain.file("stocks.csv", "store_id,product_id,quantity\n1,1,5\n1,2,0\n2,2,7\n2,3,9\n");
    let options = Options { dry_run: true, ..options(&chain, Mode::Replace) };
    let receipt = chain.load_with(&stocks, &options).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("dry_run", [4, 1, 1, 2, 0]));
    assert_eq!(receipt.tables[0].deleted, 1);
    let shown: Vec<(&str, ChangeKind, &[CellChange])> = receipt
        .preview
        .iter()
        .map(|change| (change.key.as_str(), change.kind, change.cells.as_slice()))
        .collect();
    let cell = |old: Option<&str>, new: Option<&str>| {
        [CellChange { column: "quantity".into(), old: old.map(str::to_owned), new: new.map(str::to_owned) }]
    };
    assert_eq!(
        shown,
        [
            ("2/2", ChangeKind::Insert, &cell(None, Some("7"))[..]),
            ("1/1", ChangeKind::Update, &cell(Some("4"), Some("5"))[..]),
            ("2/1", ChangeKind::Delete, &cell(Some("3"), None)[..]),
        ]
    );
    chain.run("DELETE FROM stocks WHERE store_id = 2 AND product_id = 1").await;
    assert_eq!(chain.everything().await, before);
}
