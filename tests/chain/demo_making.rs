//! The demo chain in a real database: made once, finished after an interruption, never over somebody's data.

use crate::support;
use jiff::civil::date;
use mysql_async::prelude::{FromRow, Queryable};
use storekeeper::db::Db;
use storekeeper::db::chain::{Demo, demo};
use storekeeper::domain::receipt::Outcome;
use storekeeper::domain::{Receipt, Role, Table};
use storekeeper::etl::Progress;
use storekeeper::service::Session;
use storekeeper::service::authorized::ManageDatabase;
use storekeeper::service::demo::{ClearError, DemoError, Plan, clear, make, targets, users};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// The cheapest that a stored password may be.
const COST: u32 = 10;

const PLAN: Plan = Plan { orders: 400, seed: 7, until: date(2026, 3, 14) };

async fn made(db: &Db, plan: &Plan, cancel: &CancellationToken) -> Result<Receipt, DemoError> {
    let operator = Session::operator().require(ManageDatabase).unwrap();
    make(&operator, db, plan, COST, &watch::Sender::new(Progress::default()), cancel).await
}

async fn make_it(db: &Db, plan: &Plan) -> Result<Receipt, DemoError> {
    made(db, plan, &CancellationToken::new()).await
}

async fn one<T: FromRow + Send + 'static>(db: &Db, question: &str) -> T {
    db.conn().await.unwrap().query_first(question).await.unwrap().unwrap()
}

async fn run(db: &Db, statement: &str) {
    db.conn().await.unwrap().query_drop(statement).await.unwrap();
}

async fn assert_complete(db: &Db) {
    assert_eq!(demo(db).await.unwrap(), Some(Demo { seed: PLAN.seed, orders: PLAN.orders }));
    assert_eq!(one::<u64>(db, "SELECT COUNT(*) FROM orders").await, PLAN.orders);
    assert_eq!(one::<u64>(db, "SELECT COUNT(*) FROM sales_targets").await, targets(&PLAN).count() as u64);
    for user in users() {
        let kept = storekeeper::db::users::credentials(db, user.username).await.unwrap().unwrap();
        assert_eq!(kept.role, Some(user.role));
        assert!(kept.active && bcrypt::verify(user.password, &kept.password_hash).unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_is_made_once_and_then_there_is_nothing_to_do() {
    let db = support::chain().await;
    let first = make_it(&db, &PLAN).await.unwrap();
    assert_eq!(first.status, Outcome::Committed);
    assert_eq!(first.tables.iter().map(|table| table.table).collect::<Vec<_>>(), Table::EACH);
    for table in &first.tables {
        let rows: u64 = one(&db, &format!("SELECT COUNT(*) FROM {}", table.table)).await;
        assert_eq!((table.read, table.inserted, table.rejected), (rows, rows, 0), "{}", table.table);
        assert!(rows > 0, "{} is empty", table.table);
    }
    assert_complete(&db).await;

    let tomorrow = Plan { until: PLAN.until.tomorrow().unwrap(), ..PLAN };
    let second = make_it(&db, &tomorrow).await.unwrap();
    assert_eq!((second.status, second.run_id), (Outcome::NothingToDo, first.run_id));
    assert_complete(&db).await;
    db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_interrupted_is_completed_by_the_next_call() {
    let db = support::chain().await;
    let stopped = CancellationToken::new();
    stopped.cancel();
    let receipt = made(&db, &PLAN, &stopped).await.unwrap();
    assert_eq!(receipt.status, Outcome::Cancelled);
    assert_eq!(one::<u64>(&db, "SELECT COUNT(*) FROM brands").await, 0);
    assert_eq!(one::<u64>(&db, "SELECT COUNT(*) FROM users").await, 0);

    assert_eq!(make_it(&db, &PLAN).await.unwrap().status, Outcome::Committed);
    assert_complete(&db).await;

    run(&db, "DELETE FROM sales_targets").await;
    run(&db, "DELETE FROM users WHERE role = 'manager'").await;
    assert_eq!(make_it(&db, &PLAN).await.unwrap().status, Outcome::Committed);
    assert_complete(&db).await;
    db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_of_somebody_is_left_alone() {
    for row in [
        "INSERT INTO brands (brand_name) VALUES ('Theirs')",
        "INSERT INTO customers (first_name, last_name) VALUES ('Some', 'Body')",
        "INSERT INTO stores (store_name) VALUES ('Theirs')",
    ] {
        let db = support::chain().await;
        run(&db, row).await;
        assert!(matches!(make_it(&db, &PLAN).await, Err(DemoError::NotEmpty)), "{row}");
        assert_eq!(demo(&db).await.unwrap(), None);
        assert_eq!(one::<u64>(&db, "SELECT COUNT(*) FROM users").await, 0);
        db.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_demo_does_not_replace_another() {
    let db = support::chain().await;
    make_it(&db, &PLAN).await.unwrap();
    for other in [Plan { seed: 8, ..PLAN }, Plan { orders: 401, ..PLAN }] {
        let refused = make_it(&db, &other).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "This chain is a demo of 400 orders with seed 7 already. For another, give it another folder: \
             storekeeper --data-dir DIR demo."
        );
    }
    let too_many = Plan { orders: Plan::MOST_ORDERS + 1, ..PLAN };
    assert!(matches!(make_it(&db, &too_many).await, Err(DemoError::TooMany)));
    assert_complete(&db).await;
    db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_make_one_demo_and_leave_other_users_as_they_are() {
    let db = support::chain().await;
    run(&db, "INSERT INTO users (username, password_hash, role) VALUES ('boss', '', 'administrator')").await;
    let (one_demo, other) = tokio::join!(make_it(&db, &PLAN), make_it(&db, &PLAN));
    let outcomes = [one_demo.unwrap().status, other.unwrap().status];
    assert!(outcomes.contains(&Outcome::Committed), "{outcomes:?}");
    assert_complete(&db).await;
    let (count, role): (u64, String) =
        one(&db, "SELECT COUNT(*), MAX(CASE username WHEN 'boss' THEN role END) FROM users").await;
    assert_eq!((count, role.as_str()), (4, Role::Administrator.word()));
    db.close().await;
}

async fn cleared(db: &Db, cancel: &CancellationToken) -> Result<u64, ClearError> {
    clear(&Session::operator().require(ManageDatabase).unwrap(), db, cancel).await
}

/// How many rows there are in all tables, with the targets.
async fn rows(db: &Db) -> u64 {
    let mut all = one::<u64>(db, "SELECT COUNT(*) FROM sales_targets").await;
    for table in Table::EACH {
        all += one::<u64>(db, &format!("SELECT COUNT(*) FROM {table}")).await;
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_is_cleared_as_a_whole_and_can_be_made_again() {
    let db = support::chain().await;
    make_it(&db, &PLAN).await.unwrap();
    let before = rows(&db).await;
    // Who stops it finds everything as it was.
    let stopped = CancellationToken::new();
    stopped.cancel();
    assert!(matches!(cleared(&db, &stopped).await, Err(ClearError::Stopped)));
    assert_eq!(rows(&db).await, before);
    let targets: u64 = one(&db, "SELECT COUNT(*) FROM sales_targets").await;
    assert_eq!(cleared(&db, &CancellationToken::new()).await.unwrap(), before - targets);
    assert_eq!((rows(&db).await, demo(&db).await.unwrap()), (0, None));
    let users: (u64, u64) = one(&db, "SELECT COUNT(*), COUNT(staff_id) FROM users").await;
    assert_eq!(users, (3, 0), "accounts stay, and belong to no staff");
    let told: String =
        one(&db, "SELECT detail FROM audit_log WHERE action = 'demo_cleared' AND outcome = 'done'").await;
    assert!(told.starts_with("demo of 400 orders, seed 7, "), "{told}");
    assert!(matches!(cleared(&db, &CancellationToken::new()).await, Err(ClearError::NotADemo)));
    assert_eq!(make_it(&db, &PLAN).await.unwrap().status, Outcome::Committed);
    assert_complete(&db).await;
    db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_row_of_anybody_can_be_cleared() {
    let db = support::chain().await;
    run(&db, "INSERT INTO customers (customer_id, first_name, last_name) VALUES (9, 'Cy', 'Dent')").await;
    let error = cleared(&db, &CancellationToken::new()).await.unwrap_err();
    assert!(error.to_string().contains("This chain is no demo, so nothing was cleared"), "{error}");
    // Even where somebody says that it is one.
    run(&db, "UPDATE chain SET is_demo = TRUE, demo_seed = 7, demo_orders = 400").await;
    let error = cleared(&db, &CancellationToken::new()).await.unwrap_err();
    assert!(
        matches!(&error, ClearError::Strangers(found) if *found == [("customers".to_owned(), 1)]),
        "{error:?}"
    );
    assert_eq!(rows(&db).await, 1);
    run(&db, "DELETE FROM customers").await;
    run(&db, "UPDATE chain SET is_demo = FALSE").await;
    // And one among a demo's keeps all of them.
    make_it(&db, &PLAN).await.unwrap();
    run(&db, "INSERT INTO customers (customer_id, first_name, last_name) VALUES (4000000, 'Cy', 'Dent')")
        .await;
    let before = rows(&db).await;
    let error = cleared(&db, &CancellationToken::new()).await.unwrap_err();
    assert!(error.to_string().contains("(1 of customers), so nothing was cleared"), "{error}");
    assert_eq!(rows(&db).await, before);
    db.close().await;
}
