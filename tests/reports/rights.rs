//! Who may print, and what the audit log tells of it.

use crate::files::print_all;
use crate::readers;
use crate::shop::Shop;
use crate::support::people::{add_user, signed_in};
use mysql_async::prelude::Queryable;
use storekeeper::domain::Role;
use storekeeper::service::authorized::ExportData;
use storekeeper::service::reports::ReportError;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

/// A user of that role who is that member of the staff.
async fn somebody(shop: &Shop, name: &str, role: Role, staff: Option<u32>) {
    add_user(&shop.chain.db, name, role).await;
    if let Some(staff) = staff {
        shop.chain.run(&format!("UPDATE users SET staff_id = {staff} WHERE username = '{name}'")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sales_and_stock_are_those_of_the_stores_that_are_in_sight() {
    if !readers::are_there() {
        return;
    }
    let shop = Shop::small().await;
    shop.chain.run("INSERT INTO stores (store_id, store_name) VALUES (3, 'Far Field')").await;
    shop.chain.run("INSERT INTO stocks (store_id, product_id, quantity) VALUES (3, 1, 2)").await;
    // Olav sells in Mill Lane; Ida leads him and Harbour Street; nobody looks after Far Field.
    somebody(&shop, "olav", Role::Employee, Some(2)).await;
    somebody(&shop, "ida", Role::Manager, Some(1)).await;
    somebody(&shop, "eva", Role::Employee, None).await;
    let out = shop.out().display().to_string();
    let text = |report: &str, who: &str| {
        let told = shop.run_with(&format!("report {report} --json --out {out}/{who}"), Some(who), &[]);
        readers::sentences(&told.files()[0])
    };
    // Named or not, it is his own store: one order of 1,299.99 less a tenth.
    for report in ["sales", "sales --store 2"] {
        let told = text(report, "olav");
        assert!(told.contains("Sales of Mill Lane") && told.contains("1,169.99"), "{told}");
        assert!(!told.contains("Harbour Street") && !told.contains("Lastesykkel"), "{told}");
        std::fs::remove_dir_all(format!("{out}/olav")).unwrap();
    }
    for (report, who, code, words) in [
        ("sales --store 1", "olav", 4, "olav may not look at store 1"),
        ("stock --store 1", "olav", 4, "olav may not look at store 1"),
        ("low-stock --store 3", "olav", 4, "olav may not look at store 3"),
        ("low-stock --store 9", "ida", 4, "ida may not look at store 9"),
        ("sales", "eva", 1, "eva is not linked to a member of the staff"),
        ("stock", "eva", 1, "eva is not linked to a member of the staff"),
        // A customer may stand at any store's counter.
        ("customer 1", "eva", 0, ""),
    ] {
        let told = shop.run_with(&format!("report {report} --out {out}/refused"), Some(who), &[]);
        assert!(told.code == Some(code) && told.err.contains(words), "{who} {report}: {told:?}");
    }
    let names: Vec<_> = std::fs::read_dir(format!("{out}/refused")).unwrap().collect();
    assert_eq!(names.len(), 1, "what was refused left nothing: {names:?}");
    for report in ["sales", "stock", "low-stock"] {
        let told = text(report, "ida");
        assert!(
            told.contains("Harbour Street, Mill Lane") && !told.contains("Far Field"),
            "{report}: {told}"
        );
    }
    let all = readers::sentences(&shop.print("stock"));
    assert!(all.contains("Stock of all stores") && all.contains("Far Field"), "{all}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_export_may_print_and_nobody_else() {
    let shop = Shop::small().await;
    somebody(&shop, "ann", Role::Employee, Some(1)).await;
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
    // Ida leads both stores.
    somebody(&shop, "ann", Role::Manager, Some(1)).await;
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
