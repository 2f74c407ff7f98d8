//! Hostile files, of every kind that was met or could be thought of: for each the exact receipt and every rejected row.
//!
//! The files are in `tests/fixtures/hostile`; what would be large is made here.

use crate::chain::{Chain, counts, said};
use std::io::Write;
use std::path::{Path, PathBuf};
use storekeeper::domain::Table;
use storekeeper::etl::Mapping;
use storekeeper::etl::source::csv::{Reading, find};
use storekeeper::etl::{OnReject, Options};

/// What has to come of a file.
enum Expected {
    /// Read and inserted rows; and of each rejected one its line, column and code.
    Loaded(u64, u64, &'static [&'static str]),
    /// Words of the message, and nothing loaded.
    Refused(&'static str),
}
use Expected::{Loaded, Refused};

#[rustfmt::skip]
const FILES: [(&str, Table, Expected); 45] = [
    // Encodings.
    ("utf8-mark.csv", Table::Customers, Loaded(2, 2, &[])),
    ("utf16le-mark.csv", Table::Customers, Loaded(2, 2, &[])),
    ("utf16be-mark.csv", Table::Customers, Loaded(2, 2, &[])),
    ("utf16le-bare.csv", Table::Customers, Loaded(2, 2, &[])),
    ("windows-1252.csv", Table::Customers, Loaded(2, 2, &[])),
    ("latin-1.csv", Table::Customers, Loaded(2, 2, &[])),
    ("mixed-encodings.csv", Table::Customers, Loaded(4, 3, &["4 first_name encoding"])),
    ("cut-in-a-character.csv", Table::Customers, Loaded(3, 2, &["4 city encoding"])),
    ("nul.csv", Table::Customers, Loaded(3, 1, &["2 first_name encoding", "4 customer_id number"])),
    // Ends of lines.
    ("crlf.csv", Table::Customers, Loaded(2, 2, &[])),
    ("cr.csv", Table::Customers, Loaded(2, 2, &[])),
    ("mixed-ends.csv", Table::Customers, Loaded(3, 3, &[])),
    ("blank-lines.csv", Table::Customers, Loaded(2, 2, &[])),
    // Quotes and separators.
    ("quoted-newlines.csv", Table::Customers, Loaded(3, 2, &["5 last_name required"])),
    ("single-quotes.csv", Table::Customers, Loaded(2, 2, &[])),
    ("open-quote.csv", Table::Customers, Loaded(2, 1, &["3  cells"])),
    ("quote-in-a-cell.csv", Table::Customers, Loaded(3, 3, &[])),
    ("semicolons.csv", Table::Customers, Loaded(2, 2, &[])),
    ("tabs.csv", Table::Customers, Loaded(2, 2, &[])),
    ("bars.csv", Table::Customers, Loaded(2, 2, &[])),
    ("uneven.csv", Table::Customers,
        Loaded(4, 1, &["2  cells", "3  cells", "5  cells"])),
    // Headers.
    ("header-only.csv", Table::Customers, Loaded(0, 0, &[])),
    ("no-header.csv", Table::Customers, Refused("If it is a row already, say --no-header")),
    ("empty.csv", Table::Customers, Refused("there is no header")),
    ("blank.csv", Table::Customers, Refused("there is no header")),
    ("twice-a-column.csv", Table::Customers, Refused("\"CITY\" stands twice")),
    // No text at all.
    ("picture.csv", Table::Customers, Refused("not text but a picture")),
    ("spreadsheet.csv", Table::Customers, Refused("not text but a ZIP archive")),
    ("bytes.csv", Table::Customers, Refused("not text but a binary file")),
    // Values.
    ("formulas.csv", Table::Customers, Loaded(5, 4, &["6 customer_id number"])),
    ("escapes.csv", Table::Customers, Loaded(5, 4, &["5 first_name required"])),
    ("nothing-words.csv", Table::Customers, Loaded(4, 3, &["4 last_name required"])),
    ("lengths.csv", Table::Customers, Loaded(3, 1, &["3 first_name length", "4 last_name length"])),
    ("same-keys.csv", Table::Customers,
        Loaded(4, 2, &["4 customer_id duplicate", "5 customer_id duplicate"])),
    ("numbers.csv", Table::Products, Loaded(19, 3, &[
        "3 list_price range", "4 list_price precision", "5 list_price range", "6 list_price number",
        "7 list_price number", "8 list_price number", "9 list_price number", "10 list_price range",
        "11 product_id range", "12 product_id range", "13 product_id range", "15 product_id number",
        "16 model_year range", "17 model_year number", "18 list_price number", "19 list_price number"])),
    ("dates.csv", Table::Orders, Loaded(22, 8, &[
        "10 order_date date", "11 order_date date", "12 order_date date",
        "13 order_date date", "14 order_date date", "15 order_date date", "16 order_date date",
        "17 order_date date", "18 order_date date", "19 order_date date", "20 order_date required",
        "21 order_date required", "22 order_date date", "23 order_date date"])),
    ("dates-day-first.csv", Table::Orders, Loaded(3, 3, &[])),
    ("dates-two-ways.csv", Table::Orders, Loaded(2, 1, &["2 order_date date"])),
    ("dates-both-ways.csv", Table::Orders, Loaded(3, 0, &[
        "2 order_date date", "3 order_date date", "4 shipped_date sequence"])),
    // Rows that name others.
    ("named-customers.csv", Table::Orders, Loaded(6, 1, &[
        "3 customer_id unknown", "4 store_id unknown", "5 staff_id unknown", "6 customer_id required",
        "7 customer_id ambiguous"])),
    ("self-managed.csv", Table::Staffs, Loaded(5, 1, &[
        "2 manager_id ring", "3 manager_id ring", "4 manager_id ring", "5 manager_id unknown"])),
    // Made here.
    ("long-line.csv.gz", Table::Customers, Refused("line 3: the row that begins here is longer than 1024 kB")),
    ("long-quote.csv.gz", Table::Customers, Refused("line 3: the row that begins here is longer than 1024 kB")),
    ("hole.csv", Table::Customers, Refused("not text but a binary file")),
    ("columns.csv", Table::Customers, Refused("and 9992 more")),
];

/// A gzip file that unpacks to a row of a gigabyte: the same megabyte a thousand times, in as many members.
fn gigabyte(path: &Path, begin: &str) {
    let packed = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let mut file = packed(format!("customer_id,first_name,last_name\n101,One,Row\n102,{begin}").as_bytes());
    file.extend(packed(&vec![b'x'; 1 << 20]).repeat(1024));
    std::fs::write(path, file).unwrap();
}

fn make_large(folder: &Path) {
    gigabyte(&folder.join("long-line.csv.gz"), "");
    gigabyte(&folder.join("long-quote.csv.gz"), "\"");
    // A gigabyte of nothing, which takes no room on the disk.
    std::fs::File::create(folder.join("hole.csv")).unwrap().set_len(1 << 30).unwrap();
    let columns: Vec<String> = (0..10_000).map(|nth| format!("c{nth}")).collect();
    std::fs::write(
        folder.join("columns.csv"),
        format!("customer_id,first_name,last_name,{}\n", columns.join(",")),
    )
    .unwrap();
}

fn path_of(name: &str, made: &Path) -> PathBuf {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile").join(name);
    if fixture.exists() { fixture } else { made.join(name) }
}

#[tokio::test]
async fn every_hostile_file_has_its_receipt_and_its_rejects() {
    let chain = Chain::stocked().await;
    chain.run("INSERT INTO customers (customer_id, first_name, last_name, email) VALUES (51, 'A', 'B', 'two@x.example'), (52, 'C', 'D', 'Two@x.example')").await;
    let before = chain.everything().await;
    make_large(chain.folder.path());
    let options = Options { on_reject: OnReject::Skip, ..chain.options() };
    let mut wrong = Vec::new();
    for (name, table, expected) in FILES {
        let path = path_of(name, chain.folder.path());
        let told = match find(&[path], Some(table), Reading::default()) {
            Ok(found) => chain.load_sources(found.sources, &options).await.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        match (told, expected) {
            (Err(message), Refused(words)) => {
                wrong.extend((!message.contains(words)).then(|| format!("{name}: {message}")));
            }
            (Ok(receipt), Loaded(read, inserted, rejects)) => {
                let rows = receipt.rejects_file.as_deref().map(said).unwrap_or_default();
                let mut rows: Vec<(u64, String)> = rows
                    .iter()
                    .map(|row| (row[0].parse().unwrap(), format!("{} {} {}", row[0], row[1], row[2])))
                    .collect();
                rows.sort();
                let rows: Vec<String> = rows.into_iter().map(|(_, row)| row).collect();
                let is_right = counts(&receipt) == [read, inserted, 0, 0, rejects.len() as u64];
                if !is_right || rows != rejects {
                    wrong.push(format!("{name}: {:?} {rows:?}", counts(&receipt)));
                }
            }
            (told, _) => wrong.push(format!("{name}: {told:?}")),
        }
        for table in ["orders", "products", "staffs", "customers"] {
            let key = table.strip_suffix('s').unwrap();
            chain.run(&format!("DELETE FROM {table} WHERE {key}_id > 100 ORDER BY {key}_id DESC")).await;
        }
        assert_eq!(chain.everything().await, before, "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the files above leave in the chain, where the values are the point.
#[tokio::test]
async fn what_is_kept_of_hostile_files_is_what_they_say_and_harmless() {
    let chain = Chain::stocked().await;
    let options = Options { on_reject: OnReject::Skip, ..chain.options() };
    for (name, expected) in [
        ("windows-1252.csv", "101|Åse|“Bjørk”|Bergen; 102|Zoë|O’Brien|€ Voss"),
        ("utf16le-bare.csv", "101|Åse|Bjørk|Bergen; 102|Zoë|O'Brien|Voss"),
        ("quoted-newlines.csv", "101|One two|Three four|A; 103|Say \"hi\"|Row|C"),
        ("single-quotes.csv", "101|Heron, grey|Row|A; 102|Egret|O'Brien|B"),
        ("quote-in-a-cell.csv", "101|5\" pipe|Row|A; 102|Twos|Row|B; 103|Three|Row|C"),
        (
            "formulas.csv",
            "101|=1+1|Row|A; 102|+47|Row|-5; 103|@SUM(A1)|=HYPERLINK(\"http://x\",\"y\")|=1; 104|=1+1|Row|'+47",
        ),
        ("escapes.csv", "101|[31mRed[0m|Row|A; 102|Two|]52;c;aGVsbG8=Row|B; 103|evil|Row|Cx; 105|Bell|Row|"),
        ("nothing-words.csv", "101|One|Row|-; 102|Two|Row|-; 104|Null|nil|unknown"),
    ] {
        let path = path_of(name, Path::new("/"));
        let sources = find(&[path], Some(Table::Customers), Reading::default()).unwrap().sources;
        chain.load_sources(sources, &options).await.unwrap();
        let kept: Vec<String> = chain
            .rows("SELECT CONCAT_WS('|', customer_id, first_name, last_name, COALESCE(city, '-')) FROM customers WHERE customer_id > 100 ORDER BY 1")
            .await;
        assert_eq!(kept.join("; "), expected, "{name}");
        chain.run("DELETE FROM customers WHERE customer_id > 100").await;
    }
}

#[tokio::test]
async fn words_for_nothing_can_be_added_column_by_column_and_are_saved() {
    let chain = Chain::new().await;
    let saved = chain.folder.path().join("words.toml");
    let load = async |mapping: Mapping, save| {
        let options = Options { mapping, save_mapping: save, ..chain.skipping() };
        let path = path_of("nothing-words.csv", Path::new("/"));
        let sources = find(&[path], Some(Table::Customers), Reading::default()).unwrap().sources;
        let receipt = chain.load_sources(sources, &options).await.unwrap();
        let row: (Option<String>, Option<String>, Option<String>, String) =
            chain.one("SELECT phone, email, city, last_name FROM customers WHERE customer_id = 104").await;
        (receipt.status.word(), row)
    };
    let text = |text: &str| Some(text.to_owned());
    let plain = load(Mapping::default(), None).await;
    assert_eq!(plain, ("committed", (text("-"), text("?"), text("unknown"), "nil".to_owned())));

    let mut mapping = Mapping::default();
    mapping.say_nothing("phone=-, unknown").unwrap();
    mapping.say_nothing("?").unwrap();
    let said = load(mapping, Some(saved.clone())).await;
    assert_eq!(said, ("committed", (None, None, text("unknown"), "nil".to_owned())));

    let again = Mapping::read(&std::fs::read_to_string(saved).unwrap()).unwrap();
    assert_eq!(load(again, None).await.0, "nothing_to_do");
    let refused = Mapping::default().say_nothing("phoen=-").unwrap_err().to_string();
    assert_eq!(refused, "--null phoen=-: no table has a column phoen.");
    assert!(Mapping::read("[nothing]\nphoen = [\"-\"]").is_err());
}
