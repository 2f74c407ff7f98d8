//! A server that takes no `LOAD DATA LOCAL`, as MySQL comes: rows go another way, and that is said once.
//!
//! A test program of its own, because the setting is the whole server's.

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

use chain::{Chain, SET_ROWS, counts};

#[tokio::test]
async fn where_local_is_off_rows_go_by_insert_and_it_is_said_once() {
    let chain = Chain::new().await;
    chain.run("SET GLOBAL local_infile = 0").await;
    let receipt = chain.load(&chain.set("set", &[])).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [SET_ROWS, SET_ROWS, 0, 0, 0]));
    let notes = chain.progress.borrow().notes.clone();
    assert_eq!(notes.len(), 1);
    assert!(notes[0].contains("LOAD DATA LOCAL"), "{notes:?}");
    let receipt = chain.load(&chain.set("again", &[])).await.unwrap();
    assert_eq!(receipt.status.word(), "nothing_to_do");
}
