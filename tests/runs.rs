//! The history of loads: every run with its receipt, and nobody sees it who may not.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "loading/chain.rs"]
mod chain;
mod support;

use chain::{Chain, SET_ROWS};
use storekeeper::domain::RunId;
use storekeeper::domain::history::RowCounts;
use storekeeper::service::authorized::ViewLogs;
use storekeeper::service::{Session, runs};

#[tokio::test]
async fn every_run_is_listed_the_newest_first_with_its_receipt() {
    let chain = Chain::stocked().await;
    chain.load(&chain.set("again", &[])).await.unwrap();
    chain.load(&chain.file("brands.csv", "brand_id,brand_name\n7,\n")).await.unwrap();
    let by = Session::operator().require(ViewLogs).unwrap();

    let page = runs::page(&by, &chain.db, None, 10).await.unwrap();
    let told: Vec<(u64, &str, RowCounts)> =
        page.iter().map(|run| (run.run_id.0, run.status.as_str(), run.rows)).collect();
    let none = RowCounts::default();
    assert_eq!(
        told,
        [
            (3, "rejected", RowCounts { read: 1, rejected: 1, ..none }),
            (2, "nothing_to_do", RowCounts { read: SET_ROWS, unchanged: SET_ROWS, ..none }),
            (1, "committed", RowCounts { read: SET_ROWS, inserted: SET_ROWS, ..none }),
        ]
    );
    let older = runs::page(&by, &chain.db, Some(RunId(3)), 1).await.unwrap();
    assert_eq!(older.iter().map(|run| run.run_id.0).collect::<Vec<_>>(), [2]);

    let refused = runs::receipt(&by, &chain.db, RunId(3)).await.unwrap().unwrap();
    assert_eq!(refused.run, page[0]);
    assert!(refused.rejects_file.is_some() && refused.finished_at.is_some());
    let [file] = &refused.files[..] else { panic!("{refused:?}") };
    assert_eq!((file.table.as_str(), file.rows.rejected), ("brands", 1));
    assert_eq!(file.sha256.as_ref().unwrap().len(), 64);
    assert_eq!(runs::receipt(&by, &chain.db, RunId(99)).await.unwrap(), None);
}
