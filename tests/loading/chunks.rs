//! Loads in chunks: gone on with after they were broken off, and honest about what they are.

use crate::chain::{Chain, counts};
use std::fmt::Write as _;
use std::path::PathBuf;
use storekeeper::domain::Receipt;
use storekeeper::etl::{Mode, OnReject};
use storekeeper::service::Session;
use storekeeper::service::authorized::ImportData;
use storekeeper::service::import::{self, ImportError, Request};

async fn load(chain: &Chain, file: PathBuf, chunk: u64, more: Request) -> Result<Receipt, ImportError> {
    let by = Session::operator().require(ImportData).unwrap();
    let rejects_dir = Some(chain.folder.path().join("rejects"));
    let request = Request { paths: vec![file], chunk: Some(chunk), infile: true, rejects_dir, ..more };
    let receipt = import::load(&by, &chain.db, &request, &chain.progress, &chain.cancel).await;
    chain.assert_nothing_is_left().await;
    receipt
}

fn customers(chain: &Chain, faulty: Option<u32>) -> PathBuf {
    let mut text = "customer_id,first_name,last_name\n".to_owned();
    for id in 1..=1050 {
        let last = if Some(id) == faulty { "" } else { "Name" };
        writeln!(text, "{id},Person {id},{last}").unwrap();
    }
    chain.file("customers.csv", &text)
}

#[tokio::test]
async fn chunks_make_the_whole_and_a_second_time_there_is_nothing_to_do() {
    let chain = Chain::new().await;
    let receipt = load(&chain, customers(&chain, None), 200, Request::default()).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [1050, 1050, 0, 0, 0]));
    assert_eq!(receipt.tables.len(), 1);
    assert_eq!(chain.history().await.len(), 6);
    let notes = chain.progress.borrow().notes.join(" ");
    assert!(notes.contains("6 were stored, each by itself"), "{notes}");

    let receipt = load(&chain, customers(&chain, None), 300, Request::default()).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("nothing_to_do", [0; 5]));
    let notes = chain.progress.borrow().notes.join(" ");
    assert!(notes.contains("rows were stored before and passed over"), "{notes}");
}

#[tokio::test]
async fn a_load_that_was_broken_off_goes_on_where_it_was() {
    let chain = Chain::new().await;
    let faulty = customers(&chain, Some(450));
    let receipt = load(&chain, faulty.clone(), 200, Request::default()).await.unwrap();
    // Two chunks are stored, the third has a reject, the others were not begun.
    assert_eq!((receipt.status.word(), counts(&receipt)), ("rejected", [600, 400, 0, 0, 1]));
    assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM customers").await, 400);

    let skipping = Request { on_reject: OnReject::Skip, ..Request::default() };
    let receipt = load(&chain, faulty, 200, skipping).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [650, 649, 0, 0, 1]));
    let told = crate::chain::said(receipt.rejects_file.as_deref().unwrap());
    assert_eq!(told[0][..3], ["451", "last_name", "required"]);
    assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM customers").await, 1049);
}

#[tokio::test]
async fn a_table_is_not_replaced_in_chunks() {
    let chain = Chain::stocked().await;
    let before = chain.everything().await;
    let replacing = Request { mode: Mode::Replace, ..Request::default() };
    let refused = load(&chain, customers(&chain, None), 200, replacing).await.unwrap_err().to_string();
    assert!(refused.contains("whole file at once"), "{refused}");
    assert_eq!(chain.everything().await, before);
}
