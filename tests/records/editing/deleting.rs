//! Deleting records, and what stands against it.

use super::{cell, deleter, held, set};
use crate::shop::Shop;
use storekeeper::domain::Table;
use storekeeper::domain::records::RowId;
use storekeeper::domain::records::edit::in_words;
use storekeeper::service::editing::{self, EditError};

#[tokio::test]
async fn what_names_a_record_is_told_first_and_keeps_it() {
    let shop = Shop::small().await;
    shop.run("INSERT INTO sales_targets (store_id, month, amount) VALUES (1, '2026-04-01', 5)").await;
    for (row, name, words, instead) in [
        (RowId::one(Table::Customers, 1), "Cy Dent", "4 orders, 1 of them open", "Change the name"),
        (RowId::one(Table::Products, 2), "Tourer", "3 order lines, 2 stock rows", "Set its stock to 0"),
        (RowId::one(Table::Brands, 1), "Heron", "2 products", "Give its products another"),
        (
            RowId::one(Table::Staffs, 1),
            "Ann Roe",
            "6 orders, 2 of them open, 2 members of the staff",
            "Set Active",
        ),
        (
            RowId::one(Table::Stores, 2),
            "Hill",
            "2 orders, 1 of them open, 2 members of the staff, 2 stock rows",
            "open",
        ),
    ] {
        let doomed = editing::doomed(&deleter(), &shop.db, row).await.unwrap();
        assert_eq!((doomed.name.as_str(), in_words(&doomed.references).as_str()), (name, words));
        let refused = editing::delete(&deleter(), &shop.db, &doomed).await.unwrap_err();
        assert!(matches!(refused, EditError::Named { .. }), "{refused:?}");
        let told = refused.to_string();
        assert!(told.starts_with(&format!("{name} can not be deleted: {words} belong to it.")), "{told}");
        assert!(told.contains(instead), "{told}");
    }
    assert_eq!(cell(&shop, "SELECT CAST(COUNT(*) AS CHAR) FROM audit_log").await.unwrap(), "0");
}

/// A store that closes keeps its orders, and what is to be done with them is said. They can still be completed.
#[tokio::test]
async fn a_store_that_closes_while_orders_are_open_stays_with_them() {
    let shop = Shop::small().await;
    let store = RowId::one(Table::Stores, 1);
    let doomed = editing::doomed(&deleter(), &shop.db, store).await.unwrap();
    let told = editing::delete(&deleter(), &shop.db, &doomed).await.unwrap_err().to_string();
    assert_eq!(
        told,
        "Harbour can not be deleted: 6 orders, 2 of them open, 2 members of the staff, 3 stock rows belong to it. Its orders \
         keep their store, and those that are open are still to be shipped from there: complete them, move the staff to \
         another store, set the stock to 0. The store stays for the figures."
    );
    set(&shop, RowId::one(Table::Orders, 3), "order_status", "completed").await.unwrap();
    let open = in_words(&editing::doomed(&deleter(), &shop.db, store).await.unwrap().references);
    assert!(open.starts_with("6 orders, 1 of them open"), "{open}");
}

#[tokio::test]
async fn what_nothing_names_goes_and_the_log_keeps_what_it_was() {
    let shop = Shop::small().await;
    for (row, before) in [
        (RowId::of_key(Table::Stocks, &[1, 3]).unwrap(), r#""quantity":5"#),
        (RowId::one(Table::Customers, 5), r#""first_name":"Cyd""#),
        (RowId::one(Table::Staffs, 4), r#""active":true"#),
    ] {
        let doomed = editing::doomed(&deleter(), &shop.db, row).await.unwrap();
        assert!(doomed.references.is_empty(), "{doomed:?}");
        editing::delete(&deleter(), &shop.db, &doomed).await.unwrap();
        let again = editing::delete(&deleter(), &shop.db, &doomed).await.unwrap_err();
        assert!(matches!(again, EditError::Gone(gone) if gone == row), "{again:?}");
        let sql = format!(
            "SELECT values_before FROM audit_log WHERE subject = '{row}' AND action = 'record_deleted'"
        );
        let log = cell(&shop, &sql).await.unwrap();
        assert!(log.contains(before), "{log}");
    }
}

#[tokio::test]
async fn what_was_changed_since_the_question_is_not_deleted() {
    let shop = Shop::small().await;
    let row = RowId::one(Table::Customers, 5);
    let doomed = editing::doomed(&deleter(), &shop.db, row).await.unwrap();
    set(&shop, row, "city", "Voss").await.unwrap();
    let refused = editing::delete(&deleter(), &shop.db, &doomed).await.unwrap_err();
    assert!(matches!(refused, EditError::Clash { .. }), "{refused:?}");
    assert_eq!(held(&shop, row).await.version, 2);
}
