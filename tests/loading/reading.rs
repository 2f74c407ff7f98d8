//! Files as they come: every encoding, separator and packing, and what can not be read at all.

use crate::chain::{Chain, counts, said};
use std::io::Write;
use std::path::PathBuf;
use storekeeper::etl::source::csv::{Header, Quote, Reading, encoding, find};

const NAMES: [&str; 3] = ["Nordlys", "Åse & Bjørk", "Quay; \"Mill\", 3"];

fn bytes(chain: &Chain, name: &str, bytes: &[u8]) -> PathBuf {
    let path = chain.folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn wide(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    mark.encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn brands(separator: &str, quote: &str, end: &str) -> String {
    let mut text = ["brand_id", "brand_name"].join(separator) + end;
    for (number, name) in NAMES.iter().enumerate() {
        let name = name.replace(quote, &quote.repeat(2));
        text += &format!("{}{separator}{quote}{name}{quote}{end}", number + 1);
    }
    text
}

/// Every way to write the three brands gives the same chain.
#[tokio::test]
async fn however_a_file_is_written_its_rows_are_the_same() {
    let chain = Chain::new().await;
    let plain = brands(",", "\"", "\n");
    let latin: Vec<u8> = plain.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(plain.as_bytes()).unwrap();
    let written: [(&str, Vec<u8>, &str); 13] = [
        ("brands.csv", plain.clone().into(), ""),
        ("brands-2.csv", format!("\u{feff}{plain}").into(), ""),
        ("brands-3.csv", wide(&plain, true, u16::to_le_bytes), "UTF-16LE, separated by comma"),
        ("brands-4.csv", wide(&plain, true, u16::to_be_bytes), "UTF-16BE"),
        ("brands-5.csv", wide(&plain, false, u16::to_le_bytes), "UTF-16LE"),
        ("brands-6.csv", latin, "windows-1252"),
        ("brands.tsv", brands("\t", "\"", "\n").into(), "separated by tab"),
        ("brands-8.csv", brands(";", "\"", "\r\n").into(), "separated by semicolon"),
        ("brands-9.csv", brands("|", "\"", "\r").into(), "separated by bar"),
        ("brands-10.csv", brands(",", "'", "\n").replace('"', "\u{201d}").into(), "quoted by '"),
        ("brands.csv.gz", gzip.finish().unwrap(), "gzip, UTF-8"),
        ("brands.csv.zst", zstd::encode_all(plain.as_bytes(), 3).unwrap(), "zstd, UTF-8"),
        ("brands-13.csv", plain.trim_end().into(), ""),
    ];
    for (name, content, said) in written {
        chain.run("DELETE FROM brands").await;
        chain.progress.send_modify(|progress| progress.notes.clear());
        let receipt = chain.load(&bytes(&chain, name, &content)).await.unwrap();
        assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [3, 3, 0, 0, 0]), "{name}");
        let names: Vec<String> = chain.rows("SELECT brand_name FROM brands ORDER BY brand_id").await;
        let names: Vec<String> = names.iter().map(|name| name.replace('\u{201d}', "\"")).collect();
        assert_eq!(names, NAMES, "{name}");
        let notes = chain.progress.borrow().notes.join(" ");
        assert!(notes.contains(said) && notes.is_empty() == said.is_empty(), "{name}: {notes}");
    }
}

#[tokio::test]
async fn what_is_said_by_hand_goes_before_what_is_found() {
    let chain = Chain::new().await;
    let load = async |reading: Reading, content: &[u8]| {
        let path = bytes(&chain, "brands.csv", content);
        let sources = find(&[path], None, reading).unwrap().sources;
        let receipt = chain.load_sources(sources, &chain.options()).await.unwrap();
        assert_eq!(receipt.status.word(), "committed");
        chain.one::<String>("SELECT brand_name FROM brands WHERE brand_id = 1").await
    };
    let polish = Reading { encoding: encoding("windows-1250"), ..Reading::default() };
    assert_eq!(load(polish, b"brand_id,brand_name\n1,\xa3\xf3d\x9f\n").await, "Łódź");
    let quoted = Reading { quote: Some(Quote::Nothing), ..Reading::default() };
    assert_eq!(load(quoted, b"brand_id,brand_name\n1,\"5 inch\n").await, "\"5 inch");
    let spaced = Reading { delimiter: Some(b'~'), ..Reading::default() };
    assert_eq!(load(spaced, b"brand_id~brand_name\n1~A,B;C\n").await, "A,B;C");
    let headless = Reading { header: Header::InOrder, ..Reading::default() };
    assert_eq!(load(headless, b"1,First line\n2,Second\n").await, "First line");
    assert_eq!(encoding("latin-1").unwrap().name(), "windows-1252");
}

#[tokio::test]
async fn what_is_no_csv_is_refused_by_name() {
    let chain = Chain::new().await;
    let huge = {
        // A row without an end: a quote that is never closed.
        let mut text = b"brand_id,brand_name\n1,Heron\n2,\"".to_vec();
        text.resize(3 << 20, b'x');
        text
    };
    let cut = zstd::encode_all(brands(",", "\"", "\n").repeat(5000).as_bytes(), 3).unwrap();
    for (content, words) in [
        (
            b"PK\x03\x04\x14\x00\x06\x00".to_vec(),
            "not text but a ZIP archive, as spreadsheets (.xlsx, .ods) are",
        ),
        ((0..255).collect(), "not text but a binary file"),
        (Vec::new(), "there is no header"),
        (b"\n\n".to_vec(), "there is no header"),
        (huge, "line 3: the row that begins here is longer than 1024 kB"),
        (cut[..cut.len() / 2].to_vec(), "the packed file is damaged or cut short"),
        (b"\x1f\x8b\x08\x00garbage".to_vec(), "the packed file is damaged or cut short"),
        (b"1,Heron\n2,Egret\n".to_vec(), "If it is a row already, say --no-header"),
        (b"brand_id,brand_name,Brand-ID\n1,Heron,1\n".to_vec(), "\"Brand-ID\" stands twice"),
        (
            format!(
                "brand_id,brand_name,{}",
                (0..10_000).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",")
            )
            .into(),
            "and 9992 more",
        ),
    ] {
        let path = bytes(&chain, "brands.csv", &content);
        let message = match find(&[path], None, Reading::default()) {
            Err(error) => error.to_string(),
            Ok(found) => chain.load_sources(found.sources, &chain.options()).await.unwrap_err().to_string(),
        };
        assert!(message.contains("brands.csv") && message.contains(words), "{message}");
    }
    assert_eq!(chain.everything().await, [] as [String; 0]);
}

/// For each row of one file its line, column and code; the rest of the file is taken.
#[tokio::test]
async fn a_hostile_file_loses_its_bad_rows_and_nothing_else() {
    let chain = Chain::new().await;
    let text = b"customer_id,first_name,last_name,email\n\
        1,\"Two\nlines\",Ok,a@x.example\n\
        2,Short\n\
        3,Long,er,than,the header\n\
        4,Nul\0byte,Ok,\n\
        5,Bad\xff\xfebytes \xc3\xa9\xc3\xa9,Ok,\n\
        99999999999999999999,Too,Big,\n\
        7,\x1b[31mRed,\xe2\x80\xaeOk,\n\
        8,=cmd|' /C calc'!A0,@SUM(1),\n\
        1,Same,Key,\n\
        10,\xc3\xa9t\xc3\xa9,Ok,\xc3\xa9@x.example\n";
    let receipt = chain.load_with(&bytes(&chain, "customers.csv", text), &chain.skipping()).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [10, 4, 0, 0, 6]));
    let told = said(receipt.rejects_file.as_deref().unwrap());
    let told: Vec<[&str; 3]> = told.iter().map(|[line, column, code, _]| [&**line, column, code]).collect();
    assert_eq!(
        told,
        [
            ["4", "", "cells"],
            ["5", "", "cells"],
            ["6", "first_name", "encoding"],
            ["7", "first_name", "encoding"],
            ["8", "customer_id", "range"],
            ["11", "customer_id", "duplicate"],
        ]
    );
    let kept: Vec<(u32, String, String)> =
        chain.rows("SELECT customer_id, first_name, last_name FROM customers ORDER BY 1").await;
    let row = |id: u32, first: &str, last: &str| (id, first.to_owned(), last.to_owned());
    assert_eq!(
        kept,
        [
            row(1, "Two lines", "Ok"),
            row(7, "[31mRed", "Ok"),
            row(8, "=cmd|' /C calc'!A0", "@SUM(1)"),
            row(10, "été", "Ok"),
        ]
    );
}
