//! Files beside tables that have most of their rows: what is there as it is goes no further, whatever the road.

use crate::chain::{Chain, counts, said};
use mysql_async::prelude::Queryable;
use std::fmt::Write as _;
use storekeeper::etl::{Mode, Options};

const HEADER: &str = "customer_id,first_name,last_name,email,city\n";

fn row(id: u32) -> String {
    format!("{id},Åse {id},O'Brien \\N {},,\"Way, 3\"\n", id % 7)
}

fn rows(ids: impl Iterator<Item = u32>) -> String {
    ids.fold(HEADER.to_owned(), |mut text, id| {
        write!(text, "{}", row(id)).unwrap();
        text
    })
}

/// A chain with 6,000 customers, every second number.
async fn filled() -> Chain {
    let chain = Chain::new().await;
    let receipt = chain.load(&chain.file("customers.csv", &rows((2..=12_000).step_by(2)))).await.unwrap();
    assert_eq!(counts(&receipt), [6000, 6000, 0, 0, 0]);
    chain
}

async fn load(chain: &Chain, text: &str, options: &Options) -> (&'static str, [u64; 5]) {
    let receipt = chain.load_with(&chain.file("customers.csv", text), options).await.unwrap();
    (receipt.status.word(), counts(&receipt))
}

#[tokio::test]
async fn new_rows_among_those_that_are_there_are_added_by_either_way() {
    for infile in [true, false] {
        let chain = filled().await;
        let options = Options { infile, ..chain.options() };
        assert_eq!(
            load(&chain, &rows(1..=12_000), &options).await,
            ("committed", [12_000, 6000, 0, 6000, 0])
        );
        assert_eq!(
            load(&chain, &rows(1..=12_000), &options).await,
            ("nothing_to_do", [12_000, 0, 0, 12_000, 0])
        );
        let whole = Chain::new().await;
        whole.load(&whole.file("customers.csv", &rows(1..=12_000))).await.unwrap();
        assert_eq!(chain.everything().await, whole.everything().await);
        let compared = chain.progress.borrow().compared;
        assert_eq!((compared.new, compared.changed, compared.same), (0, 0, 12_000));
    }
}

#[tokio::test]
async fn one_changed_row_among_many_is_found_and_the_others_are_not_touched() {
    for infile in [true, false] {
        let chain = filled().await;
        let options = Options { infile, ..chain.options() };
        // A letter in another case, and nothing instead of something: the collation takes the first for the same.
        let text = rows(1..=12_000).replacen("11990,Åse", "11990,åse", 1).replacen("\"Way, 3\"\n", "\n", 1);
        let dry = Options { dry_run: true, ..options.clone() };
        assert_eq!(load(&chain, &text, &dry).await, ("dry_run", [12_000, 6000, 1, 5999, 0]));
        assert_eq!(load(&chain, &text, &options).await, ("committed", [12_000, 6000, 1, 5999, 0]));
        let versions: Vec<(u32, u32)> =
            chain.rows("SELECT customer_id, version FROM customers WHERE version <> 1").await;
        assert_eq!(versions, [(11_990, 2)]);
    }
}

/// Without an order a row that stands twice could not be told any more once its first was left out.
#[tokio::test]
async fn a_key_that_stands_twice_is_found_wherever_it_stands() {
    let chain = filled().await;
    let disordered = |tail: &str| format!("{}{tail}", rows((2..=12_000).step_by(2)));
    for tail in [row(4), row(4).replace("Åse", "Other"), row(12_000), format!("{}{}", row(3), row(3))] {
        let text = disordered(&tail);
        let receipt = chain.load(&chain.file("customers.csv", &text)).await.unwrap();
        assert_eq!((receipt.status.word(), receipt.rejected()), ("rejected", 1), "{tail}");
        assert_eq!(said(receipt.rejects_file.as_deref().unwrap())[0][1..3], ["customer_id", "duplicate"]);
    }
    let (status, counted) = load(&chain, &disordered(&row(3)), &chain.options()).await;
    assert_eq!((status, counted), ("committed", [6001, 1, 0, 6000, 0]));
    let (status, counted) = load(&chain, &rows((1..=12_000).rev()), &chain.options()).await;
    assert_eq!((status, counted), ("committed", [12_000, 5999, 0, 6001, 0]));
}

#[tokio::test]
async fn two_files_of_one_table_are_sifted_as_one() {
    let chain = filled().await;
    let folder = chain.folder.path().join("two");
    std::fs::create_dir(&folder).unwrap();
    let write = |one: String, other: String| {
        std::fs::write(folder.join("customers-1.csv"), one).unwrap();
        std::fs::write(folder.join("customers-2.csv"), other).unwrap();
    };
    write(rows(1..=5000), rows(5001..=12_000));
    let receipt = chain.load(&folder).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [12_000, 6000, 0, 6000, 0]));
    assert_eq!(receipt.tables.iter().map(|file| file.unchanged).collect::<Vec<_>>(), [2500, 3500]);
    write(rows(1..=5000), rows(4000..=4000));
    let receipt = chain.load(&folder).await.unwrap();
    assert_eq!((receipt.status.word(), receipt.rejected()), ("rejected", 1));
}

#[tokio::test]
async fn other_modes_meet_what_is_there_in_their_own_way() {
    let chain = filled().await;
    let options = |mode| Options { mode, ..chain.options() };
    let other = rows(1..=6000).replace("Åse", "Other");
    assert_eq!(load(&chain, &other, &options(Mode::Append)).await, ("committed", [6000, 3000, 0, 3000, 0]));
    assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM customers WHERE first_name LIKE 'Other%'").await, 3000);
    assert_eq!(load(&chain, &rows(12_000..=12_002), &options(Mode::Insert)).await.1, [3, 0, 0, 0, 1]);
    assert_eq!(load(&chain, &rows(12_001..=12_002), &options(Mode::Insert)).await.1, [2, 2, 0, 0, 0]);
    let receipt =
        chain.load_with(&chain.file("customers.csv", &rows(2..=3)), &options(Mode::Replace)).await.unwrap();
    assert_eq!((counts(&receipt), receipt.tables[0].deleted), ([2, 0, 1, 1, 0], 8999 + 2 - 1));
}

/// Rows of a key of two parts, many of the first part alike, and a table with much between the rows of the file.
#[tokio::test]
async fn a_key_of_two_parts_is_walked_in_its_order() {
    let chain = Chain::stocked().await;
    let products = |ids: std::ops::RangeInclusive<u32>| {
        let mut text = "product_id,product_name,brand_id,category_id,model_year,list_price\n".to_owned();
        ids.for_each(|id| writeln!(text, "{id},Thing {id},1,1,2026,{id}.50").unwrap());
        text
    };
    chain.load(&chain.file("products.csv", &products(4..=9000))).await.unwrap();
    let stock = |step: usize, of: fn(u32) -> u32| {
        let mut text = "store_id,product_id,quantity\n".to_owned();
        for store in 1..=2 {
            (4..=9000).step_by(step).for_each(|id| writeln!(text, "{store},{id},{}", of(id)).unwrap());
        }
        text
    };
    let load = async |text: String| counts(&chain.load(&chain.file("stocks.csv", &text)).await.unwrap());
    assert_eq!(load(stock(2, |id| id)).await, [8998, 8998, 0, 0, 0]);
    assert_eq!(load(stock(1, |id| id)).await, [17_994, 8996, 0, 8998, 0]);
    assert_eq!(load(stock(50, |id| id)).await, [360, 0, 0, 360, 0]);
    assert_eq!(load(stock(50, |id| id + id % 100 / 50)).await, [360, 0, 180, 180, 0]);
}

#[tokio::test]
async fn after_many_rows_the_server_knows_how_many_there_are() {
    let chain = filled().await;
    // By itself it would count now and then, which is not what is looked at here.
    chain.run("ALTER TABLE customers STATS_AUTO_RECALC = 0").await;
    let many = rows(20_001..=40_000);
    assert_eq!(load(&chain, &many, &chain.options()).await.0, "committed");
    let told = format!(
        "SELECT n_rows FROM mysql.innodb_table_stats WHERE database_name = '{}' AND table_name = 'customers'",
        chain.db.name()
    );
    let told: Option<u64> = chain.db.conn().await.unwrap().query_first(told).await.unwrap();
    assert!((20_000..=32_000).contains(&told.unwrap()), "{told:?} of 26,000");
}
