//! The audit log: what is recorded commits with what it tells of, and nothing else commits at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use futures_util::FutureExt;
use mysql_async::prelude::{FromRow, Queryable};
use storekeeper::db::{Db, DbError, Recorded};
use storekeeper::domain::audit::{Action, Entry};
use storekeeper::service::authorized::ModifyData;
use storekeeper::service::{Authorized, Session};

fn operator() -> Authorized<ModifyData> {
    Session::operator().require(ModifyData).unwrap()
}

async fn one<T: FromRow + Send + 'static>(db: &Db, question: &str) -> T {
    db.conn().await.unwrap().query_first(question).await.unwrap().unwrap()
}

async fn run(db: &Db, statement: &str) {
    db.conn().await.unwrap().query_drop(statement).await.unwrap();
}

/// Adds a brand, and answers what the log is to tell of it.
async fn add(db: &Db, id: u32, entries: Vec<Entry>) -> Result<(), DbError> {
    db.write(&operator(), |tx| {
        let entries = entries.clone();
        async move {
            tx.query_drop(format!("INSERT INTO brands (brand_id, brand_name) VALUES ({id}, 'Heron')"))
                .await?;
            Ok(Recorded::with_all((), entries))
        }
        .boxed()
    })
    .await
}

fn entry(id: u32) -> Entry {
    Entry::done(Action::RecordCreated, format!("brand {id}"))
}

#[tokio::test]
async fn a_change_that_tells_nothing_is_not_made() {
    let db = support::chain().await;
    add(&db, 1, Vec::new()).await.unwrap();
    assert_eq!(one::<u64>(&db, "SELECT COUNT(*) FROM brands").await, 0);

    add(&db, 1, vec![entry(1), entry(1).detail("again")]).await.unwrap();
    assert_eq!(one::<u64>(&db, "SELECT COUNT(*) FROM brands").await, 1);
    let told: (u64, String, String, String) = one(
        &db,
        "SELECT audit_id, actor, subject, detail FROM audit_log JOIN audit_head USING (audit_id, hash)",
    )
    .await;
    assert_eq!(told, (2, "(operator)".to_owned(), "brand 1".to_owned(), "again".to_owned()));
    db.close().await;
}

#[tokio::test]
async fn where_it_can_not_be_recorded_it_does_not_happen() {
    let db = support::chain().await;
    run(&db, "RENAME TABLE audit_log TO away").await;
    add(&db, 1, vec![entry(1)]).await.unwrap_err();
    run(&db, "RENAME TABLE away TO audit_log").await;
    run(&db, "DELETE FROM audit_head").await;
    let refused = add(&db, 1, vec![entry(1)]).await.unwrap_err();
    assert!(matches!(refused, DbError::AuditHeadMissing), "{refused:?}");
    assert_eq!(one::<u64>(&db, "SELECT COUNT(*) FROM brands").await, 0);
    db.close().await;
}
