//! Rejected rows, corrected and loaded again; and the sums that always hold.

use crate::chain::{Chain, counts};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use storekeeper::etl::source::csv::{Reading, find};

const FAULTY_ID: &str = "not a number";

/// A row of stock, and what is wrong with it.
#[derive(Debug, Clone, Copy)]
enum Row {
    Good(u32),
    NoNumber(u32),
    Negative(u32),
    UnknownStore(u32),
    Twice(u32),
    Short,
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..6_u8, 1..400_u32).prop_map(|(kind, nth)| match kind {
        0 => Row::NoNumber(nth),
        1 => Row::Negative(nth),
        2 => Row::UnknownStore(nth),
        3 => Row::Twice(nth),
        4 => Row::Short,
        _ => Row::Good(nth),
    });
    prop::collection::vec(row, 1..40)
}

/// The file as it came, and as many rows as it has.
fn text(rows: &[Row]) -> (String, u64) {
    let (mut text, mut count) = ("store_id,product_id,quantity\n".to_owned(), 0);
    for row in rows {
        let (lines, written) = match row {
            Row::Good(nth) => (1, format!("1,{nth},5\n")),
            Row::NoNumber(nth) => (1, format!("1,{nth},{FAULTY_ID}\n")),
            Row::Negative(nth) => (1, format!("1,{nth},-5\n")),
            Row::UnknownStore(nth) => (1, format!("9,{nth},5\n")),
            Row::Twice(nth) => (2, format!("1,{nth},5\n1,{nth},5\n")),
            Row::Short => (1, "1,7\n".to_owned()),
        };
        text += &written;
        count += lines;
    }
    (text, count)
}

/// Corrects every rejected row where it stands, as a person would in a spreadsheet; doubles are taken out. `None` when
/// there was nothing but doubles: such a file has no row left that could say which table it is of.
fn correct(path: &Path) -> Option<PathBuf> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let corrected = path.with_file_name("corrected.csv");
    let mut writer = csv::Writer::from_path(&corrected).unwrap();
    writer.write_record(&header).unwrap();
    let mut seen = BTreeSet::new();
    for row in reader.records() {
        let row = row.unwrap();
        let mut cells: Vec<&str> = row.iter().collect();
        cells.resize(header.len(), "5");
        (cells[7], cells[9]) = ("1", "5");
        if row[5] != *"duplicate" && seen.insert(cells[8].to_owned()) {
            writer.write_record(&cells).unwrap();
        }
    }
    writer.flush().unwrap();
    (!seen.is_empty()).then_some(corrected)
}

/// Whatever is wrong with a file: read is loaded and rejected together, and the rejects, corrected, load without a fault
/// and make the chain what the file would have made it had it been right from the beginning.
#[test]
fn rejects_that_were_corrected_load_and_complete_the_file() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let chain = runtime.block_on(Chain::stocked());
    let parents = "INSERT INTO products (product_id, product_name, brand_id, category_id, model_year, list_price) \
                   SELECT seq.n, 'Thing', 1, 1, 2026, 1 FROM (WITH RECURSIVE seq AS (SELECT 4 AS n UNION ALL \
                   SELECT n + 1 FROM seq WHERE n < 400) SELECT n FROM seq) seq";
    runtime.block_on(chain.run(parents));
    let mut runner = TestRunner::new(Config { cases: 16, failure_persistence: None, ..Config::default() });
    runner
        .run(&rows(), |rows| {
            runtime.block_on(async {
                chain.run("DELETE FROM stocks").await;
                let (text, lines) = text(&rows);
                let file = chain.file("stocks.csv", &text);
                let receipt = chain.load_with(&file, &chain.skipping()).await.unwrap();
                let [read, inserted, updated, unchanged, rejected] = counts(&receipt);
                assert_eq!((read, updated), (lines, 0));
                assert_eq!(inserted + unchanged + rejected, read);
                if let Some(corrected) = receipt.rejects_file.as_deref().and_then(correct) {
                    let corrected = find(&[corrected], None, Reading::default()).unwrap().sources;
                    let receipt = chain.load_sources(corrected, &chain.options()).await.unwrap();
                    assert_ne!(receipt.status.word(), "rejected");
                }
                let products: BTreeSet<u32> = rows
                    .iter()
                    .map(|row| match row {
                        Row::Good(nth) | Row::NoNumber(nth) | Row::Negative(nth) => *nth,
                        Row::UnknownStore(nth) | Row::Twice(nth) => *nth,
                        Row::Short => 7,
                    })
                    .collect();
                let there: Vec<(u32, u32, i32)> =
                    chain.rows("SELECT store_id, product_id, quantity FROM stocks ORDER BY 1, 2").await;
                let expected: Vec<(u32, u32, i32)> = products.iter().map(|nth| (1, *nth, 5)).collect();
                assert_eq!(there, expected);
            });
            Ok(())
        })
        .unwrap();
}

/// The same by all doors: a file loaded in two halves makes the chain that the whole makes, by any road.
#[tokio::test]
async fn two_halves_make_a_whole() {
    let whole: Vec<String> = (1..=3000).map(|id| format!("{id},Person {},Nr {id}\n", id % 7)).collect();
    let header = "customer_id,first_name,last_name\n";
    let mut chains = Vec::new();
    for parts in [1, 2, 3] {
        let chain = Chain::new().await;
        for part in whole.chunks(whole.len().div_ceil(parts)) {
            let file = chain.file("customers.csv", &format!("{header}{}", part.concat()));
            assert_eq!(chain.load(&file).await.unwrap().status.word(), "committed");
        }
        chains.push(chain.everything().await);
    }
    assert_eq!(chains[0], chains[1]);
    assert_eq!(chains[0], chains[2]);
}
