//! Two people at one record, at one moment.

use super::{cell, deleter, editor, held, set, values, with};
use crate::shop::Shop;
use crate::support::until_a_lock_is_waited_for;
use mysql_async::prelude::Queryable;
use storekeeper::domain::Table;
use storekeeper::domain::records::RowId;
use storekeeper::domain::records::clash::{Pick, differences, merged};
use storekeeper::service::authorized::ImportData;
use storekeeper::service::editing::{self, EditError};
use storekeeper::service::{Session, import};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

const ROUNDS: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_save_one_record_one_wins_and_the_other_can_settle_it() {
    let shop = Shop::small().await;
    let row = RowId::one(Table::Customers, 1);
    for round in 0..ROUNDS {
        let base = held(&shop, row).await;
        let street = with(row.table, &base.values, "street", &format!("Quay {round}"));
        let ours = with(row.table, &street, "city", &format!("Bergen {round}"));
        let theirs = with(row.table, &base.values, "city", &format!("Voss {round}"));
        let (by, other) = (editor(), editor());
        let (one, two) = tokio::join!(
            editing::change(&by, &shop.db, row, base.version, &ours),
            editing::change(&other, &shop.db, row, base.version, &theirs)
        );
        let (mine, lost, won) = match (one, two) {
            (Ok(Some(_)), Err(EditError::Clash { now, .. })) => (theirs, *now, ours),
            (Err(EditError::Clash { now, .. }), Ok(Some(_))) => (ours, *now, theirs),
            both => panic!("round {round}: {both:?}"),
        };
        assert_eq!((lost.version, &lost.values), (base.version + 1, &won), "the loser sees what won");
        let mut found = differences(&base.values, &lost.values, &mine);
        let open: Vec<usize> = found.iter().filter(|one| one.pick.is_none()).map(|one| one.field).collect();
        assert_eq!(open, [5], "only the city was changed by both");
        found.iter_mut().filter(|one| one.pick.is_none()).for_each(|one| one.pick = Some(Pick::Mine));
        let settled = merged(&lost.values, &found);
        editing::change(&by, &shop.db, row, lost.version, &settled).await.unwrap();
        let now = held(&shop, row).await;
        assert_eq!(now.values[4].as_deref(), Some(format!("Quay {round}").as_str()));
        assert_eq!(now.values[5], mine[5]);
    }
    let changes =
        cell(&shop, "SELECT CAST(COUNT(*) AS CHAR) FROM audit_log WHERE subject = 'customer 1'").await;
    assert_eq!(
        changes.unwrap(),
        (2 * ROUNDS).to_string(),
        "each that was stored is in the log, and no other"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delete_and_a_change_at_once_are_one_or_the_other() {
    let shop = Shop::small().await;
    let mut outcomes = [0, 0];
    for round in 0..ROUNDS {
        let made = values(&["Fay", "Gram", "-", "-", "-", "-", "-", "-"]);
        let row = editing::create(&editor(), &shop.db, Table::Customers, &made).await.unwrap();
        let doomed = editing::doomed(&deleter(), &shop.db, row).await.unwrap();
        let typed = with(row.table, &made, "city", "Voss");
        // Both wait for the row, so that both are on their way when it is let go.
        let mut holder = shop.db.conn().await.unwrap();
        holder.query_drop("START TRANSACTION").await.unwrap();
        let hold = format!("SELECT 1 FROM customers WHERE customer_id = {} FOR UPDATE", row.key[0]);
        holder.query_drop(hold).await.unwrap();
        let (delete, change) = (deleter(), editor());
        let (gone, changed, ()) = tokio::join!(
            editing::delete(&delete, &shop.db, &doomed),
            editing::change(&change, &shop.db, row, 1, &typed),
            async {
                until_a_lock_is_waited_for(&shop.db).await;
                holder.query_drop("ROLLBACK").await.unwrap();
            }
        );
        match (gone, changed) {
            (Ok(()), Err(EditError::Gone(told))) => {
                assert_eq!(told, row);
                outcomes[0] += 1;
            }
            (Err(EditError::Clash { now, .. }), Ok(Some(2))) => {
                assert_eq!(now.values, typed);
                outcomes[1] += 1;
            }
            both => panic!("round {round}: {both:?}"),
        }
    }
    assert_eq!(outcomes[0] + outcomes[1], ROUNDS);
}

#[tokio::test]
async fn who_saves_what_was_deleted_is_told_and_can_make_it_anew() {
    let shop = Shop::small().await;
    let row = RowId::one(Table::Customers, 5);
    let base = held(&shop, row).await;
    let doomed = editing::doomed(&deleter(), &shop.db, row).await.unwrap();
    editing::delete(&deleter(), &shop.db, &doomed).await.unwrap();
    let typed = with(row.table, &base.values, "city", "Voss");
    let gone = editing::change(&editor(), &shop.db, row, base.version, &typed).await.unwrap_err();
    assert_eq!(
        gone.to_string(),
        "Customer 5 is not there any more: somebody deleted it, or undid the load that brought it."
    );
    let anew = editing::create(&editor(), &shop.db, row.table, &typed).await.unwrap();
    assert!(anew.key[0] > 5, "a number is given once: {anew:?}");
    assert_eq!(held(&shop, anew).await.values, typed);
}

/// Whoever has a stock in a form that is deleted and made anew meanwhile has another one before them.
#[tokio::test]
async fn a_stock_that_was_made_anew_is_not_taken_for_the_one_before() {
    let shop = Shop::small().await;
    let row = RowId::of_key(Table::Stocks, &[1, 2]).unwrap();
    let seen = held(&shop, row).await;
    let doomed = editing::doomed(&deleter(), &shop.db, row).await.unwrap();
    editing::delete(&deleter(), &shop.db, &doomed).await.unwrap();
    editing::create(&editor(), &shop.db, Table::Stocks, &seen.values).await.unwrap();
    let typed = with(row.table, &seen.values, "quantity", "1");
    let clash = editing::change(&editor(), &shop.db, row, seen.version, &typed).await.unwrap_err();
    assert!(matches!(clash, EditError::Clash { .. }), "{clash:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_close_a_ring_from_both_ends_do_not() {
    let shop = Shop::small().await;
    shop.run("UPDATE staffs SET manager_id = NULL").await;
    for _ in 0..ROUNDS {
        let (one, two) = tokio::join!(
            set(&shop, RowId::one(Table::Staffs, 3), "manager_id", "4"),
            set(&shop, RowId::one(Table::Staffs, 4), "manager_id", "3")
        );
        let ring = match (one, two) {
            (Ok(Some(_)), Err(ring)) | (Err(ring), Ok(Some(_))) => ring.to_string(),
            both => panic!("{both:?}"),
        };
        assert!(ring.starts_with("The managers would lead back"), "{ring}");
        shop.run("UPDATE staffs SET manager_id = NULL, version = version + 1").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_is_named_while_it_is_deleted_stays() {
    let shop = Shop::small().await;
    shop.run("INSERT INTO brands (brand_id, brand_name) VALUES (9, 'Vind')").await;
    let doomed = editing::doomed(&deleter(), &shop.db, RowId::one(Table::Brands, 9)).await.unwrap();
    assert!(doomed.references.is_empty());
    let by = deleter();
    let mut namer = shop.db.conn().await.unwrap();
    namer.query_drop("START TRANSACTION").await.unwrap();
    let naming = "INSERT INTO products (product_name, brand_id, category_id, model_year, list_price) VALUES ('Kid', 9, 1, 2026, 5)";
    namer.query_drop(naming).await.unwrap();
    let (refused, ()) = tokio::join!(editing::delete(&by, &shop.db, &doomed), async {
        until_a_lock_is_waited_for(&shop.db).await;
        namer.query_drop("COMMIT").await.unwrap();
    });
    let refused = refused.unwrap_err().to_string();
    assert!(refused.starts_with("Vind can not be deleted: 1 product belong"), "{refused}");
}

/// A load checks who manages whom before it writes; what somebody stores between the two is seen all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_ring_that_a_load_and_a_hand_close_together_is_refused() {
    let shop = Shop::small().await;
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("staffs.csv");
    std::fs::write(
        &file,
        "staff_id,first_name,last_name,email,store_id,manager_id\n3,Cy,Moe,cy@x.example,2,4\n",
    )
    .unwrap();
    let by = Session::operator().require(ImportData).unwrap();
    let request = import::Request { paths: vec![file], ..Default::default() };
    let (cancel, progress) = (CancellationToken::new(), watch::Sender::default());
    let mut hand = shop.db.conn().await.unwrap();
    hand.query_drop("START TRANSACTION").await.unwrap();
    hand.query_drop("SELECT staff_id FROM staffs FOR UPDATE").await.unwrap();
    let (loaded, ()) = tokio::join!(import::load(&by, &shop.db, &request, &progress, &cancel), async {
        until_a_lock_is_waited_for(&shop.db).await;
        hand.query_drop("UPDATE staffs SET manager_id = 3, version = version + 1 WHERE staff_id = 4")
            .await
            .unwrap();
        hand.query_drop("COMMIT").await.unwrap();
    });
    let told = loaded.unwrap_err().to_string();
    assert!(told.contains("Somebody else changed staffs while it was being loaded"), "{told}");
    assert_eq!(
        cell(&shop, "SELECT CAST(manager_id AS CHAR) FROM staffs WHERE staff_id = 3").await.unwrap(),
        "2"
    );
}
