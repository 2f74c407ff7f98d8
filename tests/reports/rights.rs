//! Who may print, and what the audit log tells of it.

use crate::files::print_all;
use crate::shop::Shop;
use crate::support::people::{add_user, signed_in};
use mysql_async::prelude::Queryable;
use storekeeper::domain::Role;
use storekeeper::service::authorized::ExportData;
use storekeeper::service::reports::ReportError;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

#[tokio::test(flavor = "multi_thread")]
async fn who_may_export_may_print_and_nobody_else() {
    let shop = Shop::small().await;
    let db = &shop.chain.db;
    add_user(db, "ann", Role::Employee).await;
    let command = format!("report customer 1 --out {}", shop.out().display());
    assert_eq!(shop.run_with(&command, Some("ann"), &[]).code, Some(0));
    shop.chain.run("UPDATE users SET must_change_password = TRUE WHERE username = 'ann'").await;
    let told = shop.run_with(&command, Some("ann"), &[]);
    assert!(told.code == Some(4) && told.err.contains("choose a new password"), "{told:?}");
    shop.chain
        .run("UPDATE users SET must_change_password = FALSE, active = FALSE WHERE username = 'ann'")
        .await;
    for report in ["customer 1", "customer --all", "sales", "stock", "low-stock"] {
        let told =
            shop.run_with(&format!("report {report} --out {}", shop.out().display()), Some("ann"), &[]);
        assert_eq!(told.code, Some(4), "{report}: {told:?}");
    }
    assert_eq!(shop.names().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_goes_while_letters_are_written_leaves_none_of_them() {
    let shop = Shop::small().await;
    let db = &shop.chain.db;
    add_user(db, "ann", Role::Employee).await;
    let by = signed_in(db, "ann").await.require(ExportData).unwrap();
    // Held still, so that the log can not be told before the right is gone.
    let mut holding = db.conn().await.unwrap();
    holding.query_drop("START TRANSACTION").await.unwrap();
    holding.query_drop("SELECT user_id FROM users WHERE username = 'ann' FOR UPDATE").await.unwrap();
    let holding = Mutex::new(Some(holding));
    let printed = print_all(&shop, &by, db, async |_: &CancellationToken| {
        if let Some(mut holding) = holding.lock().await.take() {
            holding.query_drop("UPDATE users SET active = FALSE WHERE username = 'ann'").await.unwrap();
            holding.query_drop("COMMIT").await.unwrap();
        }
    });
    let printed = printed.await;
    assert!(matches!(printed, Err(ReportError::Database(_))), "{printed:?}");
    assert!(shop.names().is_empty(), "{:?}", shop.names());
    let told: u64 = shop.chain.one("SELECT COUNT(*) FROM audit_log WHERE action = 'report'").await;
    assert_eq!(told, 0, "what did not leave is not told");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_who_printed_what_and_where_to() {
    let shop = Shop::small().await;
    add_user(&shop.chain.db, "ann", Role::Employee).await;
    let out = shop.out().display().to_string();
    for report in [
        "customer 2 1",
        "customer --all",
        "sales --store 1 --from 2026-01-01",
        "stock --store 2",
        "low-stock",
    ] {
        let told = shop.run_with(&format!("report {report} --out {out}"), Some("ann"), &[]);
        assert_eq!(told.code, Some(0), "{told:?}");
    }
    let told: Vec<(String, String, String, String)> = shop
        .chain
        .rows(
            "SELECT actor, subject, detail, outcome FROM audit_log WHERE action = 'report' ORDER BY audit_id",
        )
        .await;
    let expected = [
        ("customer 1", format!("to {out}")),
        ("customer 2", format!("to {out}")),
        ("customers", format!("all 2 customers, to {out}")),
        ("sales", format!("booked orders, store 1, 2026-01-01 to , to {out}")),
        ("stock", format!("store 2, to {out}")),
        ("low stock", format!("all stores, to {out}")),
    ];
    let expected: Vec<_> = expected
        .map(|(subject, detail)| ("ann".to_owned(), subject.to_owned(), detail, "done".to_owned()))
        .into();
    assert_eq!(told, expected);
}
