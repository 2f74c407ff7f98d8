//! Loads in chunks: gone on with after they were broken off, and honest about what they are.

use crate::chain::{Chain, counts};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use storekeeper::domain::{Receipt, Table};
use storekeeper::etl::source::window::Shared;
use storekeeper::etl::source::{Source, SourceError};
use storekeeper::etl::{Mapping, Mode, OnDuplicate, OnReject};
use storekeeper::service::Session;
use storekeeper::service::authorized::ImportData;
use storekeeper::service::import::{self, ImportError, Request};
use tokio_util::sync::CancellationToken;

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

/// The words of a chunk that fails tell what the chunks before it stored.
#[tokio::test]
async fn a_chunk_that_fails_says_that_those_before_it_are_stored() {
    let chain = Chain::new().await;
    chain.file("rejects", "not a folder");
    let failed = load(&chain, customers(&chain, Some(450)), 200, Request::default()).await;
    let words = failed.unwrap_err().to_string();
    assert!(words.contains("2 chunks before it are in the chain"), "{words}");
    assert!(!words.contains("Nothing was loaded"), "{words}");
    assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM customers").await, 400);
    let notes = chain.progress.borrow().notes.join(" ");
    assert!(notes.contains("2 were stored, each by itself"), "{notes}");
}

#[tokio::test]
async fn chunks_that_were_stored_another_way_are_not_passed_over() {
    let chain = Chain::new().await;
    let file = chain.file("list.csv", "no,name,town\n1,Sol,Bergen\n2,Fjell,Voss\n");
    let as_table = |table, columns: [&str; 3]| {
        let mut mapping = Mapping::default();
        columns.iter().for_each(|said| mapping.say(said).unwrap());
        Request { table: Some(table), mapping, ..Request::default() }
    };
    let brands = as_table(Table::Brands, ["no=brand_id", "name=brand_name", "town="]);
    let categories = as_table(Table::Categories, ["no=category_id", "name=category_name", "town="]);
    let towns = as_table(Table::Brands, ["no=brand_id", "town=brand_name", "name="]);
    for (request, expected) in [
        (brands.clone(), [2, 2, 0, 0, 0]),
        (categories, [2, 2, 0, 0, 0]),
        (towns, [2, 0, 2, 0, 0]),
        (brands, [0; 5]),
    ] {
        let receipt = load(&chain, file.clone(), 1, request).await.unwrap();
        assert_eq!(counts(&receipt), expected);
    }
}

#[tokio::test]
async fn chunks_do_not_choose_the_first_of_two_and_say_what_they_can_not_see() {
    let chain = Chain::new().await;
    let file = chain.file("brands.csv", "brand_id,brand_name\n1,Sol\n1,Fjell\n");
    let first = Request { on_duplicate: OnDuplicate::First, ..Request::default() };
    let refused = load(&chain, file.clone(), 1, first).await.unwrap_err().to_string();
    assert!(refused.contains("--on-duplicate first") && refused.contains("--chunk"), "{refused}");
    assert_eq!(chain.history().await, []);
    load(&chain, file, 1, Request::default()).await.unwrap();
    let notes = chain.progress.borrow().notes.join(" ");
    assert!(notes.contains("same key in different chunks"), "{notes}");
}

#[tokio::test]
async fn a_dry_run_takes_the_set_as_a_whole() {
    let chain = Chain::new().await;
    let dry = Request { dry_run: true, ..Request::default() };
    let receipt = load(&chain, chain.set("set", &[]), 1, dry).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("dry_run", [21, 21, 0, 0, 0]));
}

/// Whatever it is at: reading ahead, or loading a chunk.
#[tokio::test]
async fn a_load_in_chunks_is_stopped_and_says_what_is_stored() {
    let chain = Chain::new().await;
    let stopping = async {
        let mut told = chain.progress.subscribe();
        told.wait_for(|progress| progress.run.is_some_and(|run| run.0 == 2)).await.unwrap();
        chain.cancel.cancel();
    };
    let loading = load(&chain, customers(&chain, None), 100, Request::default());
    let (receipt, ()) = tokio::join!(loading, stopping);
    let receipt = receipt.unwrap();
    assert_eq!(receipt.status.word(), "cancelled");
    assert!(receipt.chunks >= 1);
    assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM customers").await, receipt.chunks * 100);
}

#[tokio::test]
async fn every_file_of_rejects_is_named() {
    let chain = Chain::new().await;
    let file = chain.file("brands.csv", "brand_id,brand_name\n1,Sol\n2,\n3,\n4,Elv\n5,\n");
    let skipping = Request { on_reject: OnReject::Skip, ..Request::default() };
    let receipt = load(&chain, file, 2, skipping).await.unwrap();
    assert_eq!(receipt.rejected(), 3);
    let notes = chain.progress.borrow().notes.join(" ");
    for run in 1..=2 {
        assert!(notes.contains(&format!("rejects-{run}.csv")), "{notes}");
    }
    assert!(receipt.rejects_file.unwrap().ends_with("rejects-3.csv"));
}

/// Rows from memory; counts how often they were begun anew.
struct Counting {
    header: csv::StringRecord,
    at: u64,
    rewound: Arc<AtomicUsize>,
}

impl Source for Counting {
    fn table(&self) -> Table {
        Table::Brands
    }

    fn name(&self) -> &str {
        "counting"
    }

    fn header(&self) -> &csv::StringRecord {
        &self.header
    }

    fn read(&mut self, row: &mut csv::StringRecord) -> Result<Option<u64>, SourceError> {
        *row = [self.at.to_string().as_str(), "Sol"].into_iter().collect();
        self.at += 1;
        Ok((self.at <= 100).then_some(self.at + 1))
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        None
    }

    fn position(&self) -> Option<(u64, u64)> {
        None
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        self.at = 0;
        self.rewound.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[test]
fn a_file_is_read_once_however_many_chunks_it_has() {
    let rewound = Arc::new(AtomicUsize::new(0));
    let header = ["brand_id", "brand_name"].into_iter().collect();
    let shared =
        Shared::new(Box::new(Counting { header, at: 0, rewound: rewound.clone() }), CancellationToken::new());
    let (mut from, mut rows) = (0, Vec::new());
    while shared.has(from).unwrap() {
        let mut window = shared.window(from, from + 10);
        let mut row = csv::StringRecord::new();
        while let Some(line) = window.read(&mut row).unwrap() {
            rows.push((line, row[0].to_owned()));
        }
        from += 10;
    }
    let expected: Vec<(u64, String)> = (0..100).map(|at| (at + 2, at.to_string())).collect();
    assert_eq!(rows, expected);
    assert_eq!(rewound.load(Ordering::Relaxed), 0);
}
