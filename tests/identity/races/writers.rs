//! Many who write to the audit log.

use crate::support;
use futures_util::FutureExt;
use futures_util::future::join_all;
use mysql_async::TxOpts;
use mysql_async::prelude::Queryable;
use std::sync::Arc;
use storekeeper::db::{Db, DbError, Recorded};
use storekeeper::domain::audit::{Action, Entry};
use storekeeper::service::authorized::{ModifyData, ViewLogs};
use storekeeper::service::{Session, audit};
use tokio::sync::Barrier;

async fn number(db: &Db, question: &str) -> u64 {
    db.conn().await.unwrap().query_first(question).await.unwrap().unwrap()
}

/// Reads the end of the chain without a lock, and adds after it.
async fn append_naively(db: &Db, ready: Arc<Barrier>) -> bool {
    let mut conn = db.conn().await.unwrap();
    let mut tx = conn.start_transaction(TxOpts::new()).await.unwrap();
    let end: Option<(u64, Vec<u8>)> =
        tx.query_first("SELECT id, hash FROM naive ORDER BY id DESC LIMIT 1").await.unwrap();
    ready.wait().await;
    let (id, hash) = end.unwrap_or_default();
    let added = tx
        .exec_drop(
            "INSERT INTO naive (previous, hash) VALUES (?, SHA2(CONCAT(?, ?), 256))",
            (&hash, &hash, id),
        )
        .await;
    tx.commit().await.is_ok() && added.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_writers_make_one_chain() {
    const WRITERS: usize = 40;
    let db = support::chain().await;
    db.conn()
        .await
        .unwrap()
        .query_drop("CREATE TABLE naive (id BIGINT AUTO_INCREMENT PRIMARY KEY, previous VARBINARY(64), hash VARBINARY(64))")
        .await
        .unwrap();
    // No more at once than the pool has connections, for all have to be there before any goes on.
    for _ in 0..WRITERS / 8 {
        let ready = Arc::new(Barrier::new(8));
        join_all((0..8).map(|_| append_naively(&db, ready.clone()))).await;
    }
    let forks = number(&db, "SELECT COUNT(*) - COUNT(DISTINCT previous) FROM naive").await;

    let by = Session::operator().require(ModifyData).unwrap();
    let written = join_all((0..WRITERS).map(|writer| {
        let (db, by) = (db.clone(), by.clone());
        tokio::spawn(async move {
            db.write(&by, |tx| {
                async move {
                    tx.exec_drop("INSERT INTO brands (brand_name) VALUES (?)", (format!("Heron {writer}"),))
                        .await?;
                    Ok::<_, DbError>(Recorded::with((), Entry::done(Action::RecordCreated, "brand")))
                }
                .boxed()
            })
            .await
        })
    }))
    .await;
    assert!(written.into_iter().all(|written| written.unwrap().is_ok()));
    let logs = Session::operator().require(ViewLogs).unwrap();
    let whole = audit::verify(&logs, &db, None).await.unwrap().unwrap();
    assert_eq!(whole.head.id, WRITERS as u64);
    assert_eq!(number(&db, "SELECT COUNT(*) - COUNT(DISTINCT previous_hash) FROM audit_log").await, 0);
    println!("{WRITERS} audit writers: naive forks {forks} times, shipped never");
    assert!(forks > 0, "the naive way must show the fork that is guarded against");
}
