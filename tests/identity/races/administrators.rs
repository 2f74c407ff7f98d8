//! The last administrators.

use crate::support;
use crate::support::people::{add_user, signed_in};
use mysql_async::prelude::Queryable;
use mysql_async::{IsolationLevel, TxOpts};
use std::sync::Arc;
use storekeeper::db::Db;
use storekeeper::domain::{Role, StaffId};
use storekeeper::service::authorized::ModifyUsers;
use storekeeper::service::{Session, users};
use tokio::sync::Barrier;

async fn number(db: &Db, question: &str) -> u64 {
    db.conn().await.unwrap().query_first(question).await.unwrap().unwrap()
}

const ADMINISTRATORS: &str = "SELECT COUNT(*) FROM users WHERE role = 'administrator' AND active";

/// A plain count, and then the demotion: each of the two sees the other.
async fn demote_naively(db: &Db, whom: &str, both_counted: Arc<Barrier>) {
    let mut options = TxOpts::new();
    options.with_isolation_level(IsolationLevel::ReadCommitted);
    let mut conn = db.conn().await.unwrap();
    let mut tx = conn.start_transaction(options).await.unwrap();
    let count: u64 = tx.query_first(ADMINISTRATORS).await.unwrap().unwrap();
    both_counted.wait().await;
    if count > 1 {
        tx.exec_drop("UPDATE users SET role = 'manager' WHERE username = ?", (whom,)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_users_linked_to_one_member_of_staff_at_once_the_later_is_told_who_has_them() {
    let db = support::chain().await;
    for name in ["ann", "bo"] {
        add_user(&db, name, Role::Manager).await;
    }
    let staff = "INSERT INTO stores (store_id, store_name) VALUES (1, 'Harbour'); \
                 INSERT INTO staffs (staff_id, first_name, last_name, email, active, store_id) \
                 VALUES (1, 'An', 'Ode', 'a@x.org', 1, 1)";
    db.conn().await.unwrap().query_drop(staff).await.unwrap();
    // The first has linked and not yet committed: the second sees nobody, and then waits for the first.
    let mut first = db.conn().await.unwrap();
    first.query_drop("START TRANSACTION").await.unwrap();
    first.query_drop("UPDATE users SET staff_id = 1 WHERE username = 'ann'").await.unwrap();
    let by = Session::operator().require(ModifyUsers).unwrap();
    let bo = "bo".parse().unwrap();
    let committing = async {
        support::until_a_lock_is_waited_for(&db).await;
        first.query_drop("COMMIT").await.unwrap();
    };
    let (linked, ()) = tokio::join!(users::link_staff(&by, &db, &bo, Some(StaffId(1))), committing);
    let told = linked.unwrap_err().to_string();
    assert_eq!(told, "An Ode is linked to the user \"ann\" already.");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_last_administrators_who_demote_each_other_leave_one() {
    let naive = support::chain().await;
    for name in ["ann", "bo"] {
        add_user(&naive, name, Role::Administrator).await;
    }
    let both = Arc::new(Barrier::new(2));
    tokio::join!(demote_naively(&naive, "bo", both.clone()), demote_naively(&naive, "ann", both));
    let left_naively = number(&naive, ADMINISTRATORS).await;

    let db = support::chain().await;
    for name in ["ann", "bo"] {
        add_user(&db, name, Role::Administrator).await;
    }
    for round in 0..5 {
        let (ann, bo) = (signed_in(&db, "ann").await, signed_in(&db, "bo").await);
        let demote = |by: &Session, whom: &str| {
            let (db, by, whom) = (db.clone(), by.require(ModifyUsers).unwrap(), whom.parse().unwrap());
            tokio::spawn(async move { users::change_role(&by, &db, &whom, Role::Manager).await })
        };
        let (one, other) = (demote(&ann, "bo"), demote(&bo, "ann"));
        let done = [one.await.unwrap(), other.await.unwrap()];
        assert_eq!(done.iter().filter(|done| matches!(done, Ok(true))).count(), 1, "round {round}: {done:?}");
        assert_eq!(number(&db, ADMINISTRATORS).await, 1, "round {round}");
        let everybody = "UPDATE users SET role = 'administrator', totp_enabled = FALSE, totp_secret = NULL, totp_last_step = NULL";
        db.conn().await.unwrap().query_drop(everybody).await.unwrap();
    }
    println!(
        "two last administrators demoting each other: naive leaves {left_naively}, shipped 1, in each of 5 rounds"
    );
    assert_eq!(left_naively, 0, "the naive way must show the race that is guarded against");
}
