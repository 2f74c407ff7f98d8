//! Exports, on a real server: what comes out goes in again as the same chain, and nothing is ever left half done.

use crate::chain::{Chain, SET};
use crate::contents::{Contents, contents};
use jiff::Timestamp;
use proptest::test_runner::{Config, TestRunner};
use std::path::{Path, PathBuf};
use storekeeper::db::figures;
use storekeeper::domain::{Scope, Sight, Table};
use storekeeper::etl::Filter;
use storekeeper::report::Format;
use storekeeper::service::Session;
use storekeeper::service::authorized::ExportData;
use storekeeper::service::demo::{Plan, sources};
use storekeeper::service::export::{self, Destination, ExportError, Exported, Exporting, Request};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

fn all(folder: &Path) -> Request {
    Request {
        tables: Table::EACH.to_vec(),
        format: Format::Csv,
        exact: false,
        only: Filter::default(),
        to: Destination::Folder(folder.to_owned()),
    }
}

fn one(table: Table, file: &Path) -> Request {
    Request { tables: vec![table], to: Destination::File(file.to_owned()), ..all(file) }
}

async fn export(chain: &Chain, request: &Request) -> Result<Exported, ExportError> {
    let progress = watch::Sender::new(Exporting::default());
    export_watched(chain, request, &progress, &CancellationToken::new()).await
}

async fn export_watched(
    chain: &Chain,
    request: &Request,
    progress: &watch::Sender<Exporting>,
    cancel: &CancellationToken,
) -> Result<Exported, ExportError> {
    let operator = Session::operator().require(ExportData).unwrap();
    export::export(&operator, &chain.db, request, Timestamp::UNIX_EPOCH, progress, cancel).await
}

/// Exports everything, loads it into an empty chain, and answers that one.
async fn sent_round(chain: &Chain) -> Chain {
    let folder = chain.folder.path().join("out");
    export(chain, &all(&folder)).await.unwrap();
    let other = Chain::new().await;
    let receipt = other.load(&folder).await.unwrap();
    assert_eq!(receipt.rejected(), 0, "{:?}", receipt.rejects_file.map(std::fs::read_to_string));
    other
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn names_in_single_quotes_keep_them() {
    let chain = Chain::new().await;
    chain.run("INSERT INTO brands (brand_id, brand_name) VALUES (1, '\\'Quoted\\''), (2, '\\'\\'\\''), (3, '\\'')").await;
    let before = chain.everything().await;
    assert_eq!(sent_round(&chain).await.everything().await, before);
}

#[test]
fn any_contents_come_back_as_they_were() {
    const CASES: u32 = 8;
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config =
        Config { cases: CASES, failure_persistence: None, max_shrink_iters: 40, ..Config::default() };
    TestRunner::new(config)
        .run(&contents(), |contents: Contents| {
            let (before, after) = runtime.block_on(async {
                let chain = Chain::new().await;
                contents.store(&chain).await;
                (chain.everything().await, sent_round(&chain).await.everything().await)
            });
            proptest::prop_assert_eq!(before, after);
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn a_demo_comes_back_with_the_same_figures() {
    let chain = demo(400).await;
    let other = sent_round(&chain).await;
    assert_eq!(other.everything().await, chain.everything().await);
    let scope = Scope::default();
    let figures = figures::over_scope(&chain.db, &scope, &Sight::Chain).await.unwrap();
    assert!(figures.orders > 300);
    assert_eq!(figures::over_scope(&other.db, &scope, &Sight::Chain).await.unwrap(), figures);
}

async fn demo(orders: u64) -> Chain {
    let chain = Chain::new().await;
    let plan = Plan { orders, seed: 3, until: jiff::civil::date(2026, 11, 22) };
    let receipt = chain.load_sources(sources(&plan), &chain.options()).await.unwrap();
    assert_eq!(receipt.status.word(), "committed");
    chain
}

/// A column that is added to a table and to the loader, but not to the exports, fails here.
#[tokio::test]
async fn every_column_that_a_file_may_fill_is_exported() {
    let chain = Chain::stocked().await;
    let folder = chain.folder.path().join("out");
    export(&chain, &all(&folder)).await.unwrap();
    let mut files: Vec<String> = SET.iter().map(|(table, _)| format!("{table}.csv")).collect();
    files.sort();
    assert_eq!(names(&folder), files);
    for (table, text) in SET {
        let written = std::fs::read_to_string(folder.join(format!("{table}.csv"))).unwrap();
        let header = text.lines().next().unwrap();
        let expected = if table == "stores" { format!("{header},time_zone") } else { header.to_owned() };
        assert_eq!(written.lines().next().unwrap(), expected);
        assert_eq!(written.lines().count(), text.lines().count(), "{table}");
    }
}

#[tokio::test]
async fn cells_that_a_spreadsheet_would_run_are_made_safe_unless_asked_for_as_they_are() {
    let chain = Chain::stocked().await;
    chain.run("UPDATE customers SET last_name = '=HYPERLINK(\"x\")', phone = '-1', city = '''+1' WHERE customer_id = 1").await;
    let read = async |exact| {
        let file = chain.folder.path().join("customers.csv");
        export(&chain, &Request { exact, ..one(Table::Customers, &file) }).await.unwrap();
        std::fs::read_to_string(file).unwrap().lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(
        read(false).await,
        "1,Åse,\"'=HYPERLINK(\"\"x\"\")\",\"'-1\",ase@x.example,\"Way 3, 2nd floor\",\"''+1\",NO,5003"
    );
    assert_eq!(
        read(true).await,
        "1,Åse,\"=HYPERLINK(\"\"x\"\")\",-1,ase@x.example,\"Way 3, 2nd floor\",\"'+1\",NO,5003"
    );
    assert_eq!(names(chain.folder.path()), ["customers.csv", "set"]);
}

#[tokio::test]
async fn only_the_rows_that_are_asked_for_are_handed_out() {
    let chain = Chain::stocked().await;
    chain.run("UPDATE customers SET city = 'O''Hara \\\\' WHERE customer_id = 2").await;
    let file = chain.folder.path().join("some.csv");
    for (table, typed, rows) in [
        (Table::Customers, &["city=bergen"][..], 1),
        (Table::Customers, &["city=O'Hara \\"], 1),
        (Table::Customers, &["city!=Bergen"], 1),
        (Table::Customers, &["last_name=x' OR '1'='1"], 0),
        (Table::Customers, &["last_name~brie", "city = Bergen"], 1),
        (Table::Customers, &["email="], 1),
        (Table::Customers, &["email!="], 1),
        (Table::Products, &["list_price>1199.5"], 2),
        (Table::Products, &["list_price>=1199.50", "list_price<=1300"], 2),
        (Table::Products, &["product_name~vind"], 2),
        (Table::Orders, &["order_date<2026-01-05"], 1),
        (Table::Orders, &["shipped_date=", "customer_id=2"], 1),
        (Table::OrderItems, &["discount=0.05"], 1),
    ] {
        let typed: Vec<String> = typed.iter().map(|&typed| typed.to_owned()).collect();
        let only = Filter::read(table, &typed).unwrap();
        let exported = export(&chain, &Request { only, ..one(table, &file) }).await.unwrap();
        assert_eq!(exported.tables, [(table, rows)], "{typed:?}");
        assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count() as u64, rows + 1);
    }
    let noted: Vec<String> =
        chain.rows("SELECT detail FROM audit_log WHERE action = 'export' ORDER BY audit_id LIMIT 1").await;
    assert!(noted[0].starts_with("filtered, to "), "{noted:?}");
}

#[tokio::test]
async fn json_keeps_decimals_exact_and_nulls_apart() {
    let chain = Chain::stocked().await;
    let folder = chain.folder.path().join("out");
    export(&chain, &Request { format: Format::Json, ..all(&folder) }).await.unwrap();
    let read = |table: &str| -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(folder.join(format!("{table}.json"))).unwrap()).unwrap()
    };
    assert_eq!(
        read("order_items")[0],
        serde_json::json!({"order_id": 1, "item_id": 1, "product_id": 1, "quantity": 1, "list_price": "2999.00", "discount": "0.0500"})
    );
    assert_eq!(read("orders")[1]["shipped_date"], serde_json::Value::Null);
    assert_eq!(read("orders")[1]["order_date"], "2026-01-05");
    assert_eq!(read("customers").as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_others_write_meanwhile_is_not_half_in_it() {
    let chain = Chain::stocked().await;
    let folder = chain.folder.path().join("out");
    let mut other = chain.db.conn().await.unwrap();
    // Neither the table that is held nor a parent of it is written to: MySQL would wait there.
    let busy = Busy::with("stocks", &mut other).await;
    let progress = watch::Sender::new(Exporting::default());
    let mut told = progress.subscribe();
    let (request, cancel) = (all(&folder), CancellationToken::new());
    let exporting = export_watched(&chain, &request, &progress, &cancel);
    let writing = async {
        told.wait_for(|progress| progress.table == Some(Table::Staffs)).await.unwrap();
        chain.run("INSERT INTO customers (first_name, last_name) VALUES ('Late', 'Comer')").await;
        busy.over().await;
    };
    let (exported, ()) = tokio::join!(exporting, writing);
    let customers = exported.unwrap().tables.into_iter().find(|(table, _)| *table == Table::Customers);
    assert_eq!(customers, Some((Table::Customers, 2)));
}

#[tokio::test]
async fn a_stopped_export_leaves_nothing_behind() {
    let chain = Chain::stocked().await;
    let folder = chain.folder.path().join("out");
    let mut other = chain.db.conn().await.unwrap();
    let busy = Busy::with("orders", &mut other).await;
    let progress = watch::Sender::new(Exporting::default());
    let mut told = progress.subscribe();
    let (request, cancel) = (all(&folder), CancellationToken::new());
    let exporting = export_watched(&chain, &request, &progress, &cancel);
    let stopping = async {
        told.wait_for(|progress| progress.table == Some(Table::Customers)).await.unwrap();
        cancel.cancel();
    };
    let (exported, ()) = tokio::join!(exporting, stopping);
    busy.over().await;
    assert!(matches!(exported, Err(ExportError::Cancelled)), "{exported:?}");
    assert_eq!(names(chain.folder.path()), ["set"]);
}

#[tokio::test]
async fn nothing_but_a_file_or_an_empty_folder_is_written_over() {
    let chain = Chain::stocked().await;
    let full = chain.folder.path().join("set");
    let refused = export(&chain, &all(&full)).await.unwrap_err().to_string();
    assert!(refused.contains("the folder is not empty"), "{refused}");
    let refused = export(&chain, &one(Table::Brands, Path::new("/dev/null"))).await.unwrap_err().to_string();
    assert!(refused.contains("what is there is no file"), "{refused}");
    let nowhere = chain.folder.path().join("no/brands.csv");
    assert!(matches!(export(&chain, &one(Table::Brands, &nowhere)).await, Err(ExportError::Write { .. })));
    assert_eq!(names(chain.folder.path()), ["set"]);

    let empty: PathBuf = chain.folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    export(&chain, &all(&empty)).await.unwrap();
    assert_eq!(names(&empty).len(), 9);
    let mut request = all(&empty);
    request.to = Destination::Output;
    assert!(matches!(export(&chain, &request).await, Err(ExportError::NeedsFolder)));
}

/// Somebody who holds a table for themselves.
struct Busy<'a>(&'a mut mysql_async::Conn);

impl<'a> Busy<'a> {
    async fn with(table: &str, conn: &'a mut mysql_async::Conn) -> Busy<'a> {
        use mysql_async::prelude::Queryable;
        conn.query_drop(format!("LOCK TABLES {table} WRITE")).await.unwrap();
        Busy(conn)
    }

    async fn over(self) {
        use mysql_async::prelude::Queryable;
        self.0.query_drop("UNLOCK TABLES").await.unwrap();
    }
}
