//! What a load changes, counted exactly.

use crate::chain::{Chain, SET, SET_ROWS, counts};
use storekeeper::etl::{Options, Phase};

#[tokio::test]
async fn a_second_load_changes_nothing_and_says_so() {
    let chain = Chain::stocked().await;
    let before = chain.everything().await;
    let receipt = chain.load(&chain.set("again", &[])).await.unwrap();
    assert_eq!(receipt.status.word(), "nothing_to_do");
    assert_eq!(counts(&receipt), [SET_ROWS, 0, 0, SET_ROWS, 0]);
    // Each row beside its table, though there are more tables than connections.
    assert_eq!(chain.progress.borrow().compared.same, SET_ROWS);
    assert_eq!(chain.everything().await, before);
}

#[tokio::test]
async fn the_three_roads_lead_to_the_same_chain() {
    let straight = Chain::stocked().await;
    let inserts = Chain::new().await;
    let options = Options { infile: false, ..inserts.options() };
    let receipt = inserts.load_with(&inserts.set("set", &[]), &options).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [SET_ROWS, SET_ROWS, 0, 0, 0]));

    // A chain that is not empty takes the general road, with LOAD DATA into staging tables.
    let staged = Chain::new().await;
    staged.run("INSERT INTO categories (category_id, category_name) VALUES (9, 'Other')").await;
    let receipt = staged.load(&staged.set("set", &[])).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [SET_ROWS, SET_ROWS, 0, 0, 0]));
    staged.run("DELETE FROM categories WHERE category_id = 9").await;

    let everything = straight.everything().await;
    assert_eq!(inserts.everything().await, everything);
    assert_eq!(staged.everything().await, everything);
}

#[tokio::test]
async fn a_changed_row_gets_its_next_version_and_the_others_are_not_touched() {
    let chain = Chain::stocked().await;
    chain.run("UPDATE stores SET time_zone = 'Europe/Oslo'").await;
    let stores = "store_name,store_id,email,phone,street,city,state,zip_code\n\
                  HARBOUR STREET,1,harbour@x.example,+47 55 00,Quay 1,Bergen,NO,5003\n\
                  Mill Lane,2,,,Mill 2,Voss,NO,05700\nNew Square,5,,,,,,\n";
    let receipt = chain.load(&chain.file("stores.csv", stores)).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [3, 1, 1, 1, 0]));
    let rows: Vec<(u32, String, String, u32)> =
        chain.rows("SELECT store_id, store_name, time_zone, version FROM stores ORDER BY 1").await;
    let oslo = || "Europe/Oslo".to_owned();
    assert_eq!(
        rows,
        [
            (1, "HARBOUR STREET".to_owned(), oslo(), 2),
            (2, "Mill Lane".to_owned(), oslo(), 1),
            (5, "New Square".to_owned(), "UTC".to_owned(), 1),
        ]
    );
}

#[tokio::test]
async fn children_of_a_changed_row_stay() {
    let chain = Chain::stocked().await;
    let orders = SET[7].1.replace("2,2,1,", "2,2,2,");
    let receipt = chain.load(&chain.file("orders.csv", &orders)).await.unwrap();
    assert_eq!(counts(&receipt), [2, 0, 1, 1, 0]);
    assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM order_items").await, 3);
}

#[tokio::test]
async fn managers_change_places() {
    let chain = Chain::stocked().await;
    let staffs = "staff_id,first_name,last_name,email,active,store_id,manager_id\n\
                  3,Eva,Moe,eva@x.example,1,1,4\n1,Ida,Holm,ida@x.example,1,1,NULL\n\
                  2,Olav,Lund,olav@x.example,1,2,1\n4,Nils,Vik,nils@x.example,1,2,1\n";
    let receipt = chain.load(&chain.file("staffs.csv", staffs)).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [4, 1, 2, 1, 0]));
    let rows: Vec<(u32, Option<u32>, u32)> =
        chain.rows("SELECT staff_id, manager_id, version FROM staffs ORDER BY 1").await;
    assert_eq!(rows, [(1, None, 2), (2, Some(1), 1), (3, Some(4), 2), (4, Some(1), 1)]);
}

#[tokio::test]
async fn a_dry_run_counts_what_it_would_do_and_does_nothing() {
    let chain = Chain::stocked().await;
    let before = chain.everything().await;
    let brands = chain.file("brands.csv", "brand_id,brand_name\n1,nordlys\n2,Fjell\n");
    let options = Options { dry_run: true, ..chain.options() };
    let receipt = chain.load_with(&brands, &options).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("dry_run", [2, 1, 1, 0, 0]));
    assert_eq!(chain.everything().await, before);
    assert_eq!(chain.history().await[1].1, "dry_run");
}

#[tokio::test]
async fn rows_without_numbers_are_known_by_name_and_new_ones_are_counted_on() {
    let chain = Chain::stocked().await;
    let set = chain.set("named", &[
        ("categories", ""), ("brands", ""), ("products", ""), ("customers", ""), ("order_items", ""),
        ("stores", "name,city\nNew Square,Oslo\nmill lane,Voss\n"),
        (
            "staffs",
            "name,last_name,email,active,store_name,street,manager_id\n\
             Kari,Dahl,kari@x.example,1,New Square,ignored,2\nIda,Holm,ida@x.example,1,Harbour Street,,3\n\
             Eva,Moe,eva@x.example,1,Harbour Street,,NULL\n",
        ),
        ("stocks", "store_name,product_id,quantity\nNew Square,2,5\n"),
        (
            "orders",
            "customer_id,order_date,order_id,order_status,required_date,shipped_date,staff_name,store,order_status_name\n\
             1,2026-02-01,7,4,2026-02-03,None,kari,New Square,Completed\n",
        ),
    ]);
    let receipt = chain.load(&set).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [7, 4, 1, 2, 0]));
    let stores: Vec<(u32, String)> = chain.rows("SELECT store_id, store_name FROM stores ORDER BY 1").await;
    assert_eq!(stores[1..], [(2, "mill lane".to_owned()), (3, "New Square".to_owned())]);
    let kari: (u32, u32, Option<u32>) =
        chain.one("SELECT staff_id, store_id, manager_id FROM staffs WHERE email = 'kari@x.example'").await;
    assert_eq!(kari, (4, 3, Some(1)));
    let order: (u32, u32) = chain.one("SELECT store_id, staff_id FROM orders WHERE order_id = 7").await;
    assert_eq!(order, (3, 4));
    assert_eq!(chain.load(&set).await.unwrap().status.word(), "nothing_to_do");
}

#[tokio::test]
async fn without_a_second_database_temporary_tables_do() {
    let database = crate::support::database().await;
    let mut conn = database.connect().await;
    mysql_async::prelude::Queryable::query_drop(
        &mut conn,
        format!("DROP DATABASE {}_staging", database.name),
    )
    .await
    .unwrap();
    let chain = Chain::at(&crate::chain::target(&database)).await;
    assert_eq!(chain.db.staging(), None);
    chain.run("INSERT INTO brands (brand_id, brand_name) VALUES (1, 'nordlys')").await;
    let receipt = chain.load(&chain.set("set", &[])).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [SET_ROWS, SET_ROWS - 1, 1, 0, 0]));
    let more = chain
        .file("order_items.csv", "order_id,item_id,product_id,quantity,list_price\n2,1,9,1,1\n2,1,3,1,1\n");
    assert_eq!(chain.load(&more).await.unwrap().status.word(), "rejected");
}

#[tokio::test]
async fn the_history_has_every_run_with_its_files() {
    let chain = Chain::stocked().await;
    chain.load(&chain.set("again", &[])).await.unwrap();
    let runs: Vec<(String, String, String, bool)> = chain
        .rows("SELECT actor, mode, status, finished_at IS NOT NULL FROM import_runs ORDER BY run_id")
        .await;
    let run = |status: &str| ("(operator)".to_owned(), "upsert".to_owned(), status.to_owned(), true);
    assert_eq!(runs, [run("committed"), run("nothing_to_do")]);
    let files: (u64, u64, u64) = chain
        .one("SELECT COUNT(*), SUM(rows_inserted), COUNT(DISTINCT sha256) FROM import_run_files WHERE run_id = 1")
        .await;
    assert_eq!(files, (9, SET_ROWS, 9));
}

#[tokio::test]
async fn two_files_of_one_table_are_one_set() {
    let chain = Chain::new().await;
    let folder = chain.folder.path().join("two");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("brands-1.csv"), "brand_id,brand_name\n1,Nordlys\n").unwrap();
    std::fs::write(folder.join("brands-2.csv"), "brand_id,brand_name\n2,Fjell\n").unwrap();
    let receipt = chain.load(&folder).await.unwrap();
    assert_eq!(receipt.tables.iter().map(|table| table.inserted).collect::<Vec<_>>(), [1, 1]);
    std::fs::write(folder.join("brands-2.csv"), "brand_id,brand_name\n2,Fjell\n1,Sol\n").unwrap();
    let receipt = chain.load(&folder).await.unwrap();
    let said = crate::chain::said(receipt.rejects_file.as_deref().unwrap());
    assert_eq!(said[0][..3], ["3", "brand_id", "duplicate"]);
    assert!(said[0][3].contains("brands-1.csv, line 2"), "{said:?}");
}

#[tokio::test]
async fn a_file_with_a_header_and_no_row_has_nothing_to_do() {
    let chain = Chain::new().await;
    let receipt = chain.load(&chain.file("brands.csv", "brand_id,brand_name\n")).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("nothing_to_do", [0; 5]));
}

/// A row that somebody is just changing is waited for, and compared as it is then.
#[tokio::test]
async fn a_row_being_changed_is_compared_as_it_becomes() {
    use mysql_async::prelude::Queryable;
    let chain = Chain::stocked().await;
    let mut other = chain.db.conn().await.unwrap();
    other.query_drop("START TRANSACTION").await.unwrap();
    other.query_drop("UPDATE brands SET brand_name = 'Fjell'").await.unwrap();
    let commit = async {
        let mut progress = chain.progress.subscribe();
        progress.wait_for(|progress| progress.phase == Phase::Comparing).await.unwrap();
        other.query_drop("COMMIT").await.unwrap();
    };
    let brands = chain.file("brands.csv", "brand_id,brand_name\n1,Fjell\n");
    let (receipt, ()) = tokio::join!(chain.load(&brands), commit);
    assert_eq!(counts(&receipt.unwrap()), [1, 0, 0, 1, 0]);
}
