//! What goes out comes back as it was.

use crate::chain::{Chain, counts};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;
use std::path::Path;
use storekeeper::domain::Table;
use storekeeper::domain::export::Format;
use storekeeper::etl::Options;
use storekeeper::service::Session;
use storekeeper::service::authorized::ExportData;
use storekeeper::service::export::{self, Request, To};
use tokio_util::sync::CancellationToken;

async fn export_to(chain: &Chain, request: &Request) -> Result<Vec<(Table, u64)>, String> {
    let by = Session::operator().require(ExportData).unwrap();
    let done = export::export(&by, &chain.db, request, &CancellationToken::new()).await;
    let done = done.map_err(|error| error.to_string())?;
    Ok(done.files.into_iter().map(|file| (file.table, file.rows)).collect())
}

fn everything_to(folder: &Path, exact: bool) -> Request {
    Request { tables: Table::EACH.to_vec(), format: Format::Csv, exact, to: To::Folder(folder.to_owned()) }
}

#[tokio::test]
async fn an_export_of_everything_loads_into_an_empty_chain_as_the_same() {
    let chain = Chain::stocked().await;
    chain.run("INSERT INTO customers (customer_id, first_name, last_name, phone) VALUES (7, '=HYPERLINK(1)', 'None', '+47 1'), (8, '''=x', '''NULL', '-')").await;
    for exact in [false, true] {
        let folder = chain.folder.path().join(format!("out-{exact}"));
        let rows = export_to(&chain, &everything_to(&folder, exact)).await.unwrap();
        assert_eq!(rows.iter().map(|(_, rows)| rows).sum::<u64>(), 23);
        let customers = std::fs::read_to_string(folder.join("customers.csv")).unwrap();
        assert_eq!(customers.contains(",=HYPERLINK(1),"), exact, "{customers}");
        if exact {
            continue;
        }
        let other = Chain::new().await;
        let receipt = other.load(&folder).await.unwrap();
        assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [23, 23, 0, 0, 0]));
        assert_eq!(other.everything().await, chain.everything().await);
        // A second export goes over the first, and nothing is left beside it.
        export_to(&chain, &everything_to(&folder, exact)).await.unwrap();
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 10);
    }
    let told: Vec<(String, String)> =
        chain.rows("SELECT action, detail FROM audit_log ORDER BY audit_id DESC LIMIT 1").await;
    assert!(told[0].0 == "export" && told[0].1.starts_with("as csv to "), "{told:?}");
}

#[tokio::test]
async fn one_table_goes_to_one_file_in_either_form() {
    let chain = Chain::stocked().await;
    let path = chain.folder.path().join("lines.json");
    let request = Request {
        tables: vec![Table::OrderItems],
        format: Format::Json,
        exact: false,
        to: To::File(path.clone()),
    };
    assert_eq!(export_to(&chain, &request).await.unwrap(), [(Table::OrderItems, 3)]);
    let text = std::fs::read_to_string(&path).unwrap();
    let rows: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        rows[0],
        json!({"order_id": 1, "item_id": 1, "product_id": 1, "quantity": 1, "list_price": "2999.00", "discount": "0.0500"})
    );
    let nowhere = Request { to: To::File("/nowhere/lines.json".into()), ..request };
    let refused = export_to(&chain, &nowhere).await.unwrap_err();
    assert!(refused.contains("/nowhere/lines.json") && refused.contains("untouched"), "{refused}");
}

/// Names as people have them, and as spreadsheets and databases misread them.
fn name() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "NULL",
        "None",
        "N/A",
        "nan",
        "\\N",
        "'NULL",
        "=1+1",
        "'=1",
        "+47",
        "-",
        "@x",
        "\"",
        "a,b",
        "a;b",
        "'",
        "''",
        "0",
        "1e5",
        "Åse",
        "Żółć",
        "日本",
        "😀",
        "\\",
        "\\'",
        "03/04/2018",
        "true",
    ]);
    prop_oneof![odd.prop_map(str::to_owned), "[ -~¡-ſ]{1,12}"]
}

/// Any contents of the customers: exported and loaded they are equal; loaded in two halves they are equal too.
#[test]
fn any_contents_come_back_and_two_halves_make_a_whole() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let chain = runtime.block_on(Chain::new());
    let other = runtime.block_on(Chain::new());
    let rows = prop::collection::btree_map(1_u32..5000, (name(), name(), prop::option::of(name())), 1..30);
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    runner
        .run(&rows, |rows| {
            runtime.block_on(async {
                for chain in [&chain, &other] {
                    chain.run("DELETE FROM customers").await;
                }
                for (id, (first, last, city)) in &rows {
                    let clean = |text: &str| {
                        let text = storekeeper::domain::clean(text).trim().to_owned();
                        if text.is_empty() { "x".to_owned() } else { text }
                    };
                    let params = (id, clean(first), clean(last), city.as_deref().map(clean));
                    let insert = "INSERT INTO customers (customer_id, first_name, last_name, city) VALUES (?, ?, ?, ?)";
                    let mut conn = chain.db.conn().await.unwrap();
                    mysql_async::prelude::Queryable::exec_drop(&mut conn, insert, params).await.unwrap();
                }
                let folder = chain.folder.path().join("out");
                export_to(&chain, &Request { tables: vec![Table::Customers], ..everything_to(&folder, false) })
                    .await
                    .unwrap();
                let expected = chain.everything().await;
                let receipt = other.load(&folder).await.unwrap();
                assert_eq!(counts(&receipt)[1], rows.len() as u64);
                assert_eq!(other.everything().await, expected);

                other.run("DELETE FROM customers").await;
                let whole = csv::Reader::from_path(folder.join("customers.csv")).unwrap().into_records();
                let whole: Vec<csv::StringRecord> = whole.map(Result::unwrap).collect();
                let header = "customer_id,first_name,last_name,phone,email,street,city,state,zip_code";
                for half in whole.chunks(whole.len().div_ceil(2)) {
                    let mut writer = csv::Writer::from_path(folder.join("customers.csv")).unwrap();
                    writer.write_record(header.split(',')).unwrap();
                    half.iter().for_each(|row| writer.write_record(row).unwrap());
                    writer.flush().unwrap();
                    let options = Options { infile: half.len() % 2 == 0, ..other.options() };
                    other.load_with(&folder, &options).await.unwrap();
                }
                assert_eq!(other.everything().await, expected);
            });
            Ok(())
        })
        .unwrap();
}
