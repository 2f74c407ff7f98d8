//! Targets are set by managers, for the stores they run; of two who set the same one, the second is told.

use crate::support;
use crate::support::people::{add_user, signed_in};
use jiff::civil::date;
use mysql_async::prelude::Queryable;
use storekeeper::db::Db;
use storekeeper::domain::target::{StoreTarget, TargetChange};
use storekeeper::domain::{Money, Month, Role, StoreId};
use storekeeper::service::authorized::ModifyData;
use storekeeper::service::figures::FigureError;
use storekeeper::service::targets::{self, TargetError};
use storekeeper::service::{Authorized, NotAllowed, Session};

const CHAIN: &str = "
    INSERT INTO stores (store_id, store_name) VALUES (1, 'Harbour'), (2, 'Hill'), (3, 'Mill');
    INSERT INTO staffs (staff_id, first_name, last_name, email, store_id, manager_id)
      VALUES (1, 'Hal', 'Roe', 'hal@example.com', 1, NULL), (2, 'Ned', 'Voss', 'ned@example.com', 2, 1);
    INSERT INTO sales_targets (store_id, month, amount) VALUES (1, '2026-05-01', 100), (3, '2026-05-01', 300)";

fn may() -> Month {
    Month::of(date(2026, 5, 1))
}

fn money(text: &str) -> Option<Money> {
    Some(Money::rounded(text.parse().unwrap()))
}

async fn manager(db: &Db, name: &str, staff: Option<u32>) -> Authorized<ModifyData> {
    add_user(db, name, Role::Manager).await;
    let link = "UPDATE users SET staff_id = ? WHERE username = ?";
    db.conn().await.unwrap().exec_drop(link, (staff, name)).await.unwrap();
    signed_in(db, name).await.require(ModifyData).unwrap()
}

/// Hal, who runs the first two of three stores.
async fn hal() -> (Db, Authorized<ModifyData>) {
    let db = support::chain().await;
    db.conn().await.unwrap().query_drop(CHAIN).await.unwrap();
    let hal = manager(&db, "hal", Some(1)).await;
    (db, hal)
}

async fn seen(by: &Authorized<ModifyData>, db: &Db) -> Vec<StoreTarget> {
    targets::of_month(by, db, None, may()).await.unwrap()
}

fn to(seen: &StoreTarget, amount: Option<Money>) -> TargetChange {
    TargetChange { seen: seen.clone(), amount }
}

async fn log(db: &Db) -> Vec<(String, String, Option<String>, Option<String>)> {
    let told = "SELECT actor, subject, values_before, values_after FROM audit_log WHERE action = 'targets_set' ORDER BY audit_id";
    db.conn().await.unwrap().query(told).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_sets_changes_and_takes_away_the_targets_of_their_stores() {
    let (db, hal) = hal().await;
    let before = seen(&hal, &db).await;
    let told: Vec<_> = before.iter().map(|one| (one.name.as_str(), one.amount, one.version)).collect();
    assert_eq!(told, [("Harbour", money("100"), 1), ("Hill", None, 0)]);
    let changes = [to(&before[0], money("150.50")), to(&before[1], money("200"))];
    assert_eq!(targets::set(&hal, &db, may(), &changes).await.unwrap(), 2);
    let now = seen(&hal, &db).await;
    let told: Vec<_> = now.iter().map(|one| (one.amount, one.version)).collect();
    assert_eq!(told, [(money("150.50"), 2), (money("200"), 1)]);
    targets::set(&hal, &db, may(), &[to(&now[1], None)]).await.unwrap();
    assert_eq!(seen(&hal, &db).await[1].amount, None);

    let entry = |subject: &str, before: &str, after: &str| {
        let record = |amount: &str| Some(format!("{{\"amount\":{amount}}}"));
        ("hal".to_owned(), subject.to_owned(), record(before), record(after))
    };
    assert_eq!(
        log(&db).await,
        [
            entry("target of store 1, May 2026", "\"100.00\"", "\"150.50\""),
            entry("target of store 2, May 2026", "null", "\"200.00\""),
            entry("target of store 2, May 2026", "\"200.00\"", "null"),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn employees_and_managers_of_other_stores_are_refused() {
    let (db, hal) = hal().await;
    add_user(&db, "eva", Role::Employee).await;
    let refused = signed_in(&db, "eva").await.require(ModifyData).unwrap_err();
    assert!(matches!(refused, NotAllowed::Role { .. }), "{refused}");

    let operator = Session::operator().require(ModifyData).unwrap();
    let mill = seen(&operator, &db).await.into_iter().find(|one| one.store == StoreId(3)).unwrap();
    let of_mill = targets::of_month(&hal, &db, Some(StoreId(3)), may()).await.unwrap_err();
    assert!(matches!(of_mill, TargetError::Sight(FigureError::OutOfSight { .. })), "{of_mill}");
    // One store that is not theirs, and nothing of the rest is set either.
    let own = to(&seen(&hal, &db).await[0], money("1"));
    let error = targets::set(&hal, &db, may(), &[own, to(&mill, money("1"))]).await.unwrap_err();
    assert!(matches!(error, TargetError::Sight(FigureError::OutOfSight { .. })), "{error}");
    let nobody = manager(&db, "max", None).await;
    let error = targets::set(&nobody, &db, may(), &[to(&mill, money("1"))]).await.unwrap_err();
    assert!(matches!(error, TargetError::Sight(FigureError::Unlinked(_))), "{error}");
    let all = seen(&operator, &db).await;
    assert_eq!(all.iter().map(|one| one.amount).collect::<Vec<_>>(), [money("100"), None, money("300")]);
    assert!(log(&db).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_saw_the_same_target_one_sets_it_and_the_other_is_told() {
    let (db, hal) = hal().await;
    let operator = Session::operator().require(ModifyData).unwrap();
    // A target that is there, one that is not, and one that is taken away.
    for (store, ways) in [(0, ["111", "222"]), (1, ["333", "444"]), (0, ["555", ""])] {
        let before = seen(&hal, &db).await;
        let amounts = ways.map(|way| if way.is_empty() { None } else { money(way) });
        let one = [to(&before[store], amounts[0])];
        let other = [to(&before[store], amounts[1])];
        let (first, second) =
            tokio::join!(targets::set(&hal, &db, may(), &one), targets::set(&operator, &db, may(), &other));
        let now = seen(&hal, &db).await[store].amount;
        let (won, lost) = match (first, second) {
            (Ok(1), Err(lost)) => (amounts[0], lost),
            (Err(lost), Ok(1)) => (amounts[1], lost),
            both => panic!("{both:?}"),
        };
        assert_eq!(now, won);
        assert!(matches!(&lost, TargetError::Changed { amount, .. } if *amount == won), "{lost}");
        assert!(lost.to_string().contains("Nothing was saved"), "{lost}");
    }
    assert_eq!(log(&db).await.len(), 3, "what was not set is not told of");
}
