//! Users and the audit log, page by page: whichever way a table is scrolled, every row is seen once, in its order.

use crate::support;
use crate::support::people::{COST, add_user, signed_in};
use mysql_async::prelude::Queryable;
use storekeeper::db::Db;
use storekeeper::db::audit::Filter;
use storekeeper::db::user_list::{Order, UserPage};
use storekeeper::domain::Role;
use storekeeper::service::authorized::{ModifyUsers, ViewLogs, ViewUsers};
use storekeeper::service::{Session, audit, user_list, users};

const ORDERS: [Order; 7] = [
    Order::Name,
    Order::Role,
    Order::Staff,
    Order::Active,
    Order::Locked,
    Order::SecondFactor,
    Order::LastSignIn,
];

async fn run(db: &Db, statement: &str) {
    db.conn().await.unwrap().query_drop(statement).await.unwrap();
}

/// A chain with seven users who differ in all that can be seen of them.
async fn chain() -> Db {
    let db = support::chain().await;
    for (name, role) in [
        ("ann", Role::Administrator),
        ("bob", Role::Employee),
        ("cyd", Role::Employee),
        ("dan", Role::Manager),
        ("eva", Role::Employee),
        ("fay", Role::Manager),
        ("gil", Role::Employee),
    ] {
        add_user(&db, name, role).await;
    }
    for statement in [
        "INSERT INTO stores (store_id, store_name) VALUES (1, 'Hill Bikes')",
        "INSERT INTO staffs (staff_id, first_name, last_name, email, store_id)
         VALUES (1, 'Zoë', 'Brook', 'z@a.example', 1), (2, 'Al', 'Toft', 'a@a.example', 1)",
        "UPDATE users SET staff_id = 1 WHERE username = 'dan'",
        "UPDATE users SET active = FALSE, last_sign_in_at = '2026-01-01' WHERE username IN ('bob', 'gil')",
        "UPDATE users SET locked_until = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR WHERE username = 'eva'",
        "UPDATE users SET locked_until = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR WHERE username = 'fay'",
        "UPDATE users SET totp_enabled = TRUE, last_sign_in_at = '2026-02-01' WHERE username = 'cyd'",
    ] {
        run(&db, statement).await;
    }
    db
}

async fn names(db: &Db, mut page: UserPage) -> Vec<String> {
    let by = Session::operator().require(ViewUsers).unwrap();
    let mut names = Vec::new();
    loop {
        let found = user_list::page(&by, db, &page).await.unwrap();
        let Some((last, _)) = found.last() else { return names };
        page.after = Some(last.clone());
        names.extend(found.into_iter().map(|(_, user)| user.username.to_string()));
    }
}

#[tokio::test]
async fn users_come_in_any_order_either_way_each_once() {
    let db = chain().await;
    for order in ORDERS {
        let all = UserPage { order, limit: 100, ..UserPage::default() };
        let whole = names(&db, all.clone()).await;
        let mut sorted = whole.clone();
        sorted.sort();
        assert_eq!(sorted, ["ann", "bob", "cyd", "dan", "eva", "fay", "gil"], "{order:?}");
        assert_eq!(names(&db, UserPage { limit: 2, ..all.clone() }).await, whole, "{order:?}");
        let mut down = names(&db, UserPage { down: true, limit: 3, ..all }).await;
        down.reverse();
        assert_eq!(down, whole, "{order:?}");
    }
    let last = |order| UserPage { order, down: true, limit: 1, ..UserPage::default() };
    let by = Session::operator().require(ViewUsers).unwrap();
    for (order, name) in [(Order::Locked, "eva"), (Order::Staff, "dan"), (Order::LastSignIn, "cyd")] {
        let found = user_list::page(&by, &db, &last(order)).await.unwrap();
        assert_eq!(found[0].1.username.as_str(), name, "{order:?}");
        assert_eq!(found[0].1.locked_until.is_some(), name == "eva");
    }
}

#[tokio::test]
async fn users_are_found_by_any_word_about_them() {
    let db = chain().await;
    for (find, found) in [
        ("", 7),
        ("AN", 3),
        ("manager", 2),
        ("zoe b", 1),
        ("hill", 1),
        ("%", 0),
        ("_", 0),
        ("!", 0),
        ("\\", 0),
        ("' OR 1=1", 0),
        ("🚲", 0),
    ] {
        let page = UserPage { find: find.to_owned(), limit: 100, ..UserPage::default() };
        assert_eq!(names(&db, page).await.len(), found, "{find:?}");
    }
    let by = Session::operator().require(ModifyUsers).unwrap();
    let free = user_list::staff(&by, &db).await.unwrap();
    assert_eq!(free.len(), 1, "who is a user already is not offered");
    assert_eq!((free[0].name.as_str(), free[0].store.as_str()), ("Al Toft", "Hill Bikes"));
}

#[tokio::test]
async fn the_log_is_read_from_either_end_and_narrowed_to_a_person() {
    let db = chain().await;
    let by = Session::operator().require(ModifyUsers).unwrap();
    for name in ["bob", "gil", "bob", "dan"] {
        users::reset_password(&by, &db, &name.parse().unwrap(), COST).await.unwrap();
    }
    signed_in(&db, "fay").await;
    let by = Session::operator().require(ViewLogs).unwrap();
    let everything = Filter::default();
    let newest = audit::page(&by, &db, &everything, None, 100).await.unwrap();
    let mut oldest = audit::page_up(&by, &db, &everything, None, 100).await.unwrap();
    oldest.reverse();
    assert_eq!(newest, oldest);
    let above = audit::page_up(&by, &db, &everything, Some(2), 1).await.unwrap();
    assert_eq!(above[0].id, 3);

    let of = |name: &str| Filter {
        actor: Some(name.to_owned()),
        subject: Some(format!("user {name}")),
        ..Filter::default()
    };
    let bob = audit::page(&by, &db, &of("bob"), None, 100).await.unwrap();
    assert_eq!(bob.iter().map(|entry| entry.id).collect::<Vec<_>>(), [3, 1]);
    let fay = audit::page(&by, &db, &of("fay"), None, 100).await.unwrap();
    assert!(fay.iter().any(|entry| entry.actor == "fay" && entry.action == "sign_in"), "{fay:?}");

    let linked = audit::entry(&by, &db, 2).await.unwrap().unwrap();
    let after = audit::entry(&by, &db, 3).await.unwrap().unwrap();
    assert_eq!((linked.entry.subject.as_str(), linked.hash.len()), ("user gil", 64));
    assert_eq!(after.previous_hash, linked.hash);
    assert_eq!(audit::entry(&by, &db, 999).await.unwrap(), None);
}

#[tokio::test]
async fn who_may_not_look_is_refused() {
    let db = chain().await;
    add_user(&db, "hal", Role::Employee).await;
    let employee = signed_in(&db, "hal").await;
    assert!(employee.require(ViewUsers).is_err() && employee.require(ViewLogs).is_err());
    assert!(employee.require(ModifyUsers).is_err());
    let manager = signed_in(&db, "fay").await;
    let by = manager.require(ViewUsers).unwrap();
    assert!(manager.require(ModifyUsers).is_err());
    run(&db, "UPDATE users SET role = 'employee' WHERE username = 'fay'").await;
    let page = UserPage { limit: 10, ..UserPage::default() };
    assert!(user_list::page(&by, &db, &page).await.is_err(), "the right is gone");
}
