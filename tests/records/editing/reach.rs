//! Whose records somebody may change.

use super::{held, values, with};
use crate::shop::Shop;
use crate::support::people::{add_user, signed_in};
use storekeeper::domain::records::RowId;
use storekeeper::domain::records::edit::editable;
use storekeeper::domain::{Role, Table};
use storekeeper::service::authorized::{DeleteData, ModifyData};
use storekeeper::service::editing::{self, EditError};
use storekeeper::service::{Authorized, NotAllowed, Session};

/// The small chain, and somebody of a role who is that member of the staff.
async fn somebody(shop: &Shop, name: &str, role: Role, staff: Option<u32>) -> Session {
    add_user(&shop.db, name, role).await;
    if let Some(staff) = staff {
        shop.run(&format!("UPDATE users SET staff_id = {staff} WHERE username = '{name}'")).await;
    }
    signed_in(&shop.db, name).await
}

async fn tried(
    shop: &Shop,
    by: &Authorized<ModifyData>,
    row: RowId,
    column: &str,
    value: &str,
) -> Result<(), String> {
    let seen = held(shop, row).await;
    let typed = with(row.table, &seen.values, column, value);
    editing::change(by, &shop.db, row, seen.version, &typed)
        .await
        .map(drop)
        .map_err(|error| error.to_string())
}

#[tokio::test]
async fn an_employee_changes_nothing_and_only_an_administrator_deletes() {
    let shop = Shop::small().await;
    let employee = somebody(&shop, "eva", Role::Employee, Some(4)).await;
    assert!(matches!(employee.require(ModifyData), Err(NotAllowed::Role { .. })));
    let manager = somebody(&shop, "max", Role::Manager, Some(2)).await;
    assert!(matches!(manager.require(DeleteData), Err(NotAllowed::Role { .. })));
    assert!(manager.require(ModifyData).is_ok());
    let administrator = somebody(&shop, "ada", Role::Administrator, None).await;
    let by = administrator.require(DeleteData).unwrap();
    let doomed = editing::doomed(&by, &shop.db, RowId::one(Table::Customers, 5)).await.unwrap();
    editing::delete(&by, &shop.db, &doomed).await.unwrap();
}

#[tokio::test]
async fn a_manager_changes_the_records_of_the_stores_in_sight_and_those_of_the_chain() {
    let shop = Shop::small().await;
    // Bo works at Hill, and Cy works for Bo.
    let by = &somebody(&shop, "bo", Role::Manager, Some(2)).await.require(ModifyData).unwrap();
    for (row, column, value) in [
        (RowId::one(Table::Customers, 1), "city", "Oslo"),
        (RowId::one(Table::Brands, 1), "brand_name", "Heron II"),
        (RowId::one(Table::Stores, 2), "city", "Oslo"),
        (RowId::one(Table::Orders, 6), "order_status", "4"),
        (RowId::of_key(Table::Stocks, &[2, 2]).unwrap(), "quantity", "6"),
        (RowId::one(Table::Staffs, 3), "phone", "555"),
        (RowId::one(Table::Staffs, 2), "phone", "555"),
    ] {
        tried(&shop, by, row, column, value).await.unwrap_or_else(|error| panic!("{row}: {error}"));
    }
    let not_theirs = "bo may not change what belongs to store 1: it is none of theirs. In sight: store 2.";
    for (row, column, value, told) in [
        (RowId::one(Table::Stores, 1), "city", "Oslo", not_theirs),
        (RowId::one(Table::Orders, 3), "order_status", "4", not_theirs),
        (RowId::of_key(Table::Stocks, &[1, 2]).unwrap(), "quantity", "6", not_theirs),
        (RowId::one(Table::Staffs, 1), "phone", "555", not_theirs),
        // Out of the store as well as into it.
        (RowId::one(Table::Staffs, 3), "store_id", "1", not_theirs),
    ] {
        assert_eq!(tried(&shop, by, row, column, value).await, Err(told.to_owned()), "{row}");
        if column != "store_id" {
            let refused = editing::form(by, &shop.db, row.table, Some(row)).await.unwrap_err();
            assert_eq!(refused.to_string(), told, "before anything is typed");
        }
    }
    let store = values(&["Dale", "-", "-", "-", "-", "-", "-", "-"]);
    let refused = editing::create(by, &shop.db, Table::Stores, &store).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "bo may not do that: a new store is in nobody's sight yet. An administrator can."
    );
    let stock = editing::create(by, &shop.db, Table::Stocks, &values(&["1", "4", "6"])).await.unwrap_err();
    assert_eq!(stock.to_string(), not_theirs);
}

/// How much a manager sees follows from who works for them: none can let others' people work for themselves.
#[tokio::test]
async fn a_manager_brings_nobody_elses_people_into_their_own_sight() {
    let shop = Shop::small().await;
    // Di works at Harbour, where Ann, whose people are at Hill, works too.
    let by = &somebody(&shop, "di", Role::Manager, Some(4)).await.require(ModifyData).unwrap();
    let told = tried(&shop, by, RowId::one(Table::Staffs, 1), "manager_id", "4").await.unwrap_err();
    assert_eq!(
        told,
        "di may not change staff 1, who does not work for them. Their manager can, or an administrator."
    );
    let beyond = "di may not do that: the manager has to be one's own staff entry, or somebody who works for one. An \
                  administrator can.";
    let di = RowId::one(Table::Staffs, 4);
    assert_eq!(tried(&shop, by, di, "manager_id", "").await.unwrap_err(), beyond);
    tried(&shop, by, di, "phone", "555").await.unwrap();
    let eli = |manager| values(&["Eli", "Ask", "eli@x.example", "-", "1", "1", manager]);
    for manager in ["1", "-"] {
        let refused = editing::create(by, &shop.db, Table::Staffs, &eli(manager)).await.unwrap_err();
        assert_eq!(refused.to_string(), beyond);
    }
    editing::create(by, &shop.db, Table::Staffs, &eli("4")).await.unwrap();
}

#[tokio::test]
async fn a_form_offers_what_its_person_may_name_and_what_it_names_already() {
    let shop = Shop::small().await;
    let by = &somebody(&shop, "bo", Role::Manager, Some(2)).await.require(ModifyData).unwrap();
    let opened =
        editing::form(by, &shop.db, Table::Staffs, Some(RowId::one(Table::Staffs, 2))).await.unwrap();
    let offered = |column: &str| {
        let place = editable(Table::Staffs).iter().position(|field| field.column == column).unwrap();
        opened.choices[place].iter().map(|choice| choice.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(offered("store_id"), ["Hill"]);
    assert_eq!(offered("manager_id"), ["Ann Roe", "Bo Lund", "Cy Moe"]);
}

#[tokio::test]
async fn an_account_of_no_store_changes_what_belongs_to_none() {
    let shop = Shop::small().await;
    let by = &somebody(&shop, "max", Role::Manager, None).await.require(ModifyData).unwrap();
    tried(&shop, by, RowId::one(Table::Customers, 1), "city", "Oslo").await.unwrap();
    let order = RowId::one(Table::Orders, 3);
    let refused = editing::form(by, &shop.db, Table::Orders, Some(order)).await.unwrap_err();
    assert!(matches!(refused, EditError::Unlinked { .. }), "{refused:?}");
    assert!(refused.to_string().starts_with("max may not change an order: the account is not linked"));
}
