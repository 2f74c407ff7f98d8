//! What spreadsheets add to a file: empty rows and columns, and a line that says what separates the others.

use crate::chain::{Chain, counts, said};
use storekeeper::etl::{DecimalMark, Mapping, Options};

#[tokio::test]
async fn rows_without_a_single_value_are_left_out_and_told() {
    let chain = Chain::stocked().await;
    let text = "brand_id,brand_name\n2,Sol\n,\n3,Fjell\n, \n,,,\n,\n";
    let receipt = chain.load(&chain.file("brands.csv", text)).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [2, 2, 0, 0, 0]));
    let notes = chain.progress.borrow().notes.clone();
    let told: Vec<&String> = notes.iter().filter(|note| note.contains("empty")).collect();
    assert_eq!(told.len(), 1, "{notes:?}");
    assert!(told[0].contains("4 rows"), "{notes:?}");
}

#[tokio::test]
async fn a_line_that_says_what_separates_is_no_header() {
    for (mark, end) in [("", "\r\n"), ("\u{feff}", "\n"), ("", "\r")] {
        for reads in [1, 2] {
            let chain = Chain::stocked().await;
            let bad = if reads == 2 { "x|Bad" } else { "2|Sol" };
            let text = [&format!("{mark}sep=|"), "brand_id|brand_name", bad, "3|Fjell, ; here", ""].join(end);
            let receipt = chain.load_with(&chain.file("brands.csv", &text), &chain.skipping()).await.unwrap();
            assert_eq!(receipt.status.word(), "committed");
            let names: Vec<String> = chain.rows("SELECT brand_name FROM brands WHERE brand_id = 3").await;
            assert_eq!(names, ["Fjell, ; here"]);
            if let Some(path) = receipt.rejects_file {
                assert_eq!(crate::chain::said(&path)[0][0], "3", "the line in the file");
            }
        }
    }
}

#[tokio::test]
async fn an_unnamed_last_column_is_ignored_while_it_is_empty() {
    let chain = Chain::stocked().await;
    let file = chain.file("brands.csv", "brand_id,brand_name,, \n2,Sol,,\n3,Fjell,,\n");
    let receipt = chain.load(&file).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [2, 2, 0, 0, 0]));
    let file = chain.file("brands.csv", "brand_id,brand_name,\n4,Sol,\n5,Fjell,what is this\n");
    let receipt = chain.load(&file).await.unwrap();
    assert_eq!(receipt.status.word(), "rejected");
    let told = crate::chain::said(receipt.rejects_file.as_deref().unwrap());
    assert!(told[0][3].contains("column 3 has no name"), "{told:?}");
}

const PRODUCTS: &str = "product_id;product_name;brand_id;category_id;model_year;list_price\n";

async fn prices(chain: &Chain) -> Vec<String> {
    chain.rows("SELECT CAST(list_price AS CHAR) FROM products WHERE product_id > 3 ORDER BY product_id").await
}

#[tokio::test]
async fn a_comma_before_decimals_is_told_by_values_that_can_mean_nothing_else() {
    let chain = Chain::stocked().await;
    let text = format!("{PRODUCTS}4;Sti;1;1;2026;7\n5;Fjell;1;1;2026;1299,50\n6;Vidde;1;1;2026;0,5\n");
    let receipt = chain.load(&chain.file("products.csv", &text)).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [3, 3, 0, 0, 0]));
    assert_eq!(prices(&chain).await, ["7.00", "1299.50", "0.50"]);
    let notes = chain.progress.borrow().notes.join(" ");
    assert!(notes.contains("list_price is read with a comma before decimals"), "{notes}");
}

#[tokio::test]
async fn a_comma_that_may_part_thousands_is_never_guessed_but_can_be_said() {
    let chain = Chain::stocked().await;
    for rows in ["4;Sti;1;1;2026;1,299\n", "4;Sti;1;1;2026;1299,50\n5;Fjell;1;1;2026;1,299\n"] {
        let told = chain.refused("products", &format!("{PRODUCTS}{rows}")).await;
        assert_eq!(told[0][2], "number");
        assert!(told[0][3].contains("--decimal comma"), "{told:?}");
    }
    // Where a comma parts the cells, one within a cell is not taken for a mark unasked.
    let quoted = format!("{PRODUCTS}4;Sti;1;1;2026;\"1299,50\"\n").replace(';', ",");
    assert_eq!(chain.refused("products", &quoted).await[0][2], "number");
    let mut mapping = Mapping::default();
    mapping.say_decimal(DecimalMark::Comma);
    let options = Options { mapping, ..chain.options() };
    let receipt = chain.load_with(&chain.file("products.csv", &quoted), &options).await.unwrap();
    assert_eq!(receipt.status.word(), "committed");
    assert_eq!(prices(&chain).await, ["1299.50"]);
    let pointed = chain.file("products.csv", &format!("{PRODUCTS}5;Fjell;1;1;2026;12.50\n"));
    let receipt = chain.load_with(&pointed, &options).await.unwrap();
    assert_eq!(said(receipt.rejects_file.as_deref().unwrap())[0][2], "number");
}
