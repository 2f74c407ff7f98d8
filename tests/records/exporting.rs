//! A table goes to a file as it is narrowed on its screen.

use crate::shop::Shop;
use storekeeper::domain::Table;
use storekeeper::etl::Filter;
use storekeeper::report::Format;
use storekeeper::service::Session;
use storekeeper::service::authorized::ExportData;
use storekeeper::service::export::{self, Destination, Request};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// The first column of the rows that are written.
async fn written(shop: &Shop, table: Table, only: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rows.csv");
    let typed: Vec<String> = only.iter().map(|typed| (*typed).to_owned()).collect();
    let request = Request {
        tables: vec![table],
        format: Format::Csv,
        only: Filter::read(table, &typed).unwrap(),
        exact: false,
        to: Destination::File(file.clone()),
    };
    let by = Session::operator().require(ExportData).unwrap();
    let (progress, cancel) = (watch::Sender::default(), CancellationToken::new());
    let exported = export::export(&by, &shop.db, &request, shop.now, &progress, &cancel).await.unwrap();
    let text = std::fs::read_to_string(file).unwrap();
    let rows: Vec<String> =
        text.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect();
    assert_eq!(exported.tables, [(table, rows.len() as u64)]);
    rows
}

#[tokio::test]
async fn the_rows_of_the_screen_are_the_rows_of_the_file() {
    let shop = Shop::small().await;
    for (table, words) in [
        (Table::Customers, "city:Rowlett"),
        (Table::Customers, "cy"),
        (Table::Customers, "5555"),
        (Table::Customers, "name:o'b"),
        (Table::Customers, "eva_1 ro"),
        (Table::Customers, "\\' OR 1=1"),
        (Table::Customers, "city::v0"),
        (Table::Orders, "status:late"),
        (Table::Orders, "total:>500 dent"),
        (Table::Orders, "customer:dent ordered:2026-04"),
        (Table::Products, "100%"),
        (Table::Staffs, "manager:ann"),
        (Table::Brands, ""),
    ] {
        let mut shown = shop.firsts(table, words).await;
        shown.sort();
        let mut found = written(&shop, table, &[&format!("/{words}")]).await;
        found.sort();
        assert_eq!(found, shown, "{table}: {words}");
    }
    assert_eq!(written(&shop, Table::Stocks, &["/lamp"]).await, ["1", "2"]);
    assert_eq!(written(&shop, Table::OrderItems, &["/product:lamp"]).await, ["4", "7"]);
    assert_eq!(written(&shop, Table::Orders, &["/status:late", "order_id>3"]).await, ["4"], "both hold");
}

#[test]
fn what_narrows_is_understood_before_anything_is_written() {
    let read = |words: &str| Filter::read(Table::Brands, &[words.to_owned()]);
    let told = read("/town:Bergen").unwrap_err().to_string();
    assert_eq!(told, "--where: No column \"town\" in brands: there are number, name.");
    assert!(!read("/heron").unwrap().is_empty());
}
