//! Making and changing records.

use super::{cell, deleter, editor, held, set, values, with};
use crate::shop::Shop;
use storekeeper::domain::records::RowId;
use storekeeper::domain::records::edit::{can_make, editable};
use storekeeper::domain::{RunId, Table};
use storekeeper::service::authorized::ImportData;
use storekeeper::service::editing::{self, EditError};
use storekeeper::service::{Session, history, import};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn a_record_of_each_table_is_made_and_changed() {
    let shop = Shop::small().await;
    for (table, made, column, value) in [
        (Table::Categories, &["Child"][..], "category_name", "Children"),
        (Table::Brands, &["Vind"], "brand_name", "Regn"),
        (Table::Products, &["Kid", "1", "2", "2026", "99.5"], "list_price", "89.00"),
        (Table::Stores, &["Dale", "-", "d@x.example", "-", "Dale", "-", "-", "-"], "city", "Voss"),
        (Table::Staffs, &["Eli", "Ask", "eli@x.example", "-", "-", "1", "2"], "active", "0"),
        (Table::Stocks, &["2", "4", "7"], "quantity", "9"),
        (Table::Customers, &["Fay", "Gram", "-", "-", "-", "-", "-", "-"], "phone", "555-1234"),
    ] {
        let row = editing::create(&editor(), &shop.db, table, &values(made)).await.unwrap();
        let before = held(&shop, row).await;
        assert_eq!(set(&shop, row, column, value).await.unwrap(), Some(before.version + 1), "{table}");
        let after = held(&shop, row).await;
        assert_eq!(after.values, with(table, &before.values, column, value), "{table}");
        assert_eq!(set(&shop, row, column, value).await.unwrap(), None, "{table}: nothing is to be done");
        assert_eq!(held(&shop, row).await.version, before.version + 1);
    }
    let dale =
        cell(&shop, "SELECT CONCAT(time_zone, ' ', version) FROM stores WHERE store_name = 'Dale'").await;
    assert_eq!(dale.as_deref(), Some("UTC 2"));
}

#[tokio::test]
async fn an_orders_days_and_status_are_changed_and_no_order_is_made_by_hand() {
    let shop = Shop::small().await;
    let order = RowId::one(Table::Orders, 3);
    set(&shop, order, "order_status", "completed").await.unwrap();
    set(&shop, order, "shipped_date", "2026-05-04").await.unwrap();
    let now = "SELECT CONCAT_WS(' ', order_status, shipped_date, version, customer_id) FROM orders WHERE order_id = 3";
    assert_eq!(cell(&shop, now).await.unwrap(), "4 2026-05-04 3 1");
    let wrong = set(&shop, order, "shipped_date", "2026-04-28").await.unwrap_err();
    assert_eq!(wrong.to_string(), "Shipped 2026-04-28 is before Ordered 2026-04-29.");
    for table in [Table::Orders, Table::OrderItems] {
        assert!(!can_make(table));
        let refused = editing::create(&editor(), &shop.db, table, &Vec::new()).await.unwrap_err();
        assert!(matches!(refused, EditError::NotByHand(_)), "{refused:?}");
    }
    assert!(editable(Table::OrderItems).is_empty());
}

#[tokio::test]
async fn what_breaks_a_rule_is_not_stored_and_told_for_each_field() {
    let shop = Shop::small().await;
    let bad = values(&["", "9", "x", "99999", "1.005"]);
    let wrong = editing::create(&editor(), &shop.db, Table::Products, &bad).await.unwrap_err();
    let EditError::Wrong(wrong) = wrong else { panic!("{wrong:?}") };
    let told: Vec<(&str, &str)> = wrong.iter().map(|one| (one.column, one.words.as_str())).collect();
    assert_eq!(
        told,
        [
            ("product_name", "Name is empty, but every row needs one."),
            ("category_id", "Category \"x\" is not a whole number."),
            ("model_year", "Model year \"99999\" is not between 0 and 65535."),
            ("list_price", "Price \"1.005\" has more than 2 decimals."),
        ]
    );
    let unknown = values(&["Kid", "9", "1", "2026", "5"]);
    let wrong = editing::create(&editor(), &shop.db, Table::Products, &unknown).await.unwrap_err();
    assert_eq!(wrong.to_string(), "There is no brand 9 (any more). Choose another.");
    assert_eq!(cell(&shop, "SELECT CAST(COUNT(*) AS CHAR) FROM products").await.unwrap(), "4");
    assert_eq!(cell(&shop, "SELECT CAST(COUNT(*) AS CHAR) FROM audit_log").await.unwrap(), "0");
}

#[tokio::test]
async fn what_must_differ_belongs_to_one() {
    let shop = Shop::small().await;
    let wrong = set(&shop, RowId::one(Table::Staffs, 2), "email", "ann@x.example").await.unwrap_err();
    assert_eq!(wrong.to_string(), "E-mail \"ann@x.example\" belongs to staff 1 already.");
    // Names of stores are compared as people read them.
    let wrong = set(&shop, RowId::one(Table::Stores, 2), "store_name", "HARBOUR").await.unwrap_err();
    assert_eq!(wrong.to_string(), "Name \"HARBOUR\" belongs to store 1 already.");
    set(&shop, RowId::one(Table::Stores, 1), "store_name", "HARBOUR").await.unwrap();
    let wrong =
        editing::create(&editor(), &shop.db, Table::Stocks, &values(&["1", "2", "5"])).await.unwrap_err();
    assert_eq!(wrong.to_string(), "That store has a stock of this product already: change that one.");
}

#[tokio::test]
async fn a_ring_of_managers_is_refused_with_its_names() {
    let shop = Shop::small().await;
    for (staff, manager, told) in [
        (1, "3", "The managers would lead back to where they begin: Ann Roe > Cy Moe > Bo Lund > Ann Roe."),
        (2, "2", "The managers would lead back to where they begin: Bo Lund > Bo Lund."),
        (2, "99", "There is no staff 99 (any more). Choose another."),
    ] {
        let wrong = set(&shop, RowId::one(Table::Staffs, staff), "manager_id", manager).await.unwrap_err();
        assert_eq!(wrong.to_string(), told);
    }
    set(&shop, RowId::one(Table::Staffs, 2), "manager_id", "").await.unwrap();
    set(&shop, RowId::one(Table::Staffs, 1), "manager_id", "3").await.unwrap();
}

#[tokio::test]
async fn the_key_of_a_stock_stays() {
    let shop = Shop::small().await;
    let stock = RowId::of_key(Table::Stocks, &[1, 2]).unwrap();
    let wrong = set(&shop, stock, "product_id", "4").await.unwrap_err();
    assert_eq!(wrong.to_string(), "Product of stock can not be changed. Make another one.");
}

#[tokio::test]
async fn text_is_a_value_and_never_a_part_of_a_statement() {
    let shop = Shop::small().await;
    let evil = "x', version = 99 -- ";
    let customer = RowId::one(Table::Customers, 1);
    set(&shop, customer, "city", evil).await.unwrap();
    let held = held(&shop, customer).await;
    assert_eq!((held.version, held.values[5].as_deref()), (2, Some("x', version = 99 --")));
}

/// A file loaded into the chain.
async fn loaded(shop: &Shop, brands: &str) -> RunId {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("brands.csv");
    std::fs::write(&file, format!("brand_id,brand_name\n{brands}")).unwrap();
    let by = Session::operator().require(ImportData).unwrap();
    let request = import::Request { paths: vec![file], ..Default::default() };
    let (cancel, progress) = (CancellationToken::new(), watch::Sender::default());
    import::load(&by, &shop.db, &request, &progress, &cancel).await.unwrap().run_id
}

async fn undone(shop: &Shop, run: RunId) {
    let by = Session::operator().require(ImportData).unwrap();
    history::undo(&by, &shop.db, run, false, &CancellationToken::new()).await.unwrap();
}

/// A load knows a row that was changed since, by its version; what was made by hand is none of its.
#[tokio::test]
async fn the_undoing_of_a_load_leaves_what_was_changed_by_hand() {
    let shop = Shop::small().await;
    let run = loaded(&shop, "1,Heron II\n2,Otter II\n7,New\n8,Newer\n").await;
    for (brand, name) in [(2, "Otter by hand"), (8, "Newer by hand")] {
        set(&shop, RowId::one(Table::Brands, brand), "brand_name", name).await.unwrap();
    }
    editing::create(&editor(), &shop.db, Table::Brands, &values(&["By hand"])).await.unwrap();
    undone(&shop, run).await;
    let names = cell(&shop, "SELECT GROUP_CONCAT(brand_name ORDER BY brand_id) FROM brands").await;
    assert_eq!(names.as_deref(), Some("Heron,Otter by hand,Newer by hand,By hand"));
}

/// A row that was deleted and came again with its key, and was changed as often, looks like the one a load had changed.
#[tokio::test]
async fn the_undoing_of_a_load_takes_no_row_for_one_that_was_deleted_by_hand() {
    let shop = Shop::small().await;
    loaded(&shop, "7,First\n").await;
    let second = loaded(&shop, "7,Second\n").await;
    let row = RowId::one(Table::Brands, 7);
    let doomed = editing::doomed(&deleter(), &shop.db, row).await.unwrap();
    editing::delete(&deleter(), &shop.db, &doomed).await.unwrap();
    loaded(&shop, "7,Third\n").await;
    set(&shop, row, "brand_name", "By hand").await.unwrap();
    assert_eq!(held(&shop, row).await.version, 2);
    undone(&shop, second).await;
    assert_eq!(held(&shop, row).await.values, values(&["By hand"]));
}
