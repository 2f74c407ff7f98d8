//! What is refused, and how it is told.

use crate::chain::{Chain, SET, counts, said};
use std::os::unix::fs::PermissionsExt;
use storekeeper::etl::{Mapping, Options, read_rejects, write_rejects};

const ORDERS: &str =
    "order_id,customer_id,order_status,order_date,required_date,shipped_date,store,staff_name\n";

#[tokio::test]
async fn every_fault_has_its_code_line_and_column() {
    let chain = Chain::stocked().await;
    let before = chain.everything().await;
    let rows = "11,1,4,2026-01-02,2026-01-04,2026-01-03,Harbour Street,Ida\n\
                12,1,5,2026-01-02,2026-01-04,,Harbour Street,Ida\n\
                x,1,4,2026-01-02,2026-01-04,,Harbour Street,Ida\n\
                14,1,4,02/01/2026,2026-01-04,,Harbour Street,Ida\n\
                15,1,4,2026-01-02,2026-01-04,2026-01-01,Harbour Street,Ida\n\
                16,1,4,2026-01-02,2026-01-04,,Harbour Street,Miriam C.\n\
                17,1,4,2026-01-02,2026-01-04,,Nowhere,Ida\n\
                18,1,4,2026-01-02\n\
                19,99,4,2026-01-02,2026-01-04,,Harbour Street,Ida\n\
                11,1,4,2026-01-02,2026-01-04,,Harbour Street,Ida\n\
                20,,4,2026-01-02,2026-01-04,,Harbour Street,Ida\n";
    let said = chain.refused("orders", &format!("{ORDERS}{rows}")).await;
    let codes: Vec<[&str; 3]> =
        said.iter().map(|[line, column, code, _]| [&**line, &**column, &**code]).collect();
    assert_eq!(
        codes,
        [
            ["3", "order_status", "range"],
            ["4", "order_id", "number"],
            ["5", "order_date", "date"],
            ["6", "shipped_date", "sequence"],
            ["7", "staff_id", "unknown"],
            ["8", "store_id", "unknown"],
            ["9", "", "cells"],
            ["12", "customer_id", "required"],
            ["10", "customer_id", "unknown"],
            ["11", "order_id", "duplicate"],
        ]
    );
    assert_eq!(
        said[4][3],
        "staff \"Miriam C.\" is not known at Harbour Street. Known there: Ida Holm, Eva Moe."
    );
    assert_eq!(chain.everything().await, before);
    let progress = chain.progress.borrow().clone();
    assert_eq!((progress.rejected, progress.rejects.len()), (10, 5));
    assert!(progress.rejects[0].contains("orders.csv, line 3: order_status \"5\" is not between 1 and 4."));
}

#[tokio::test]
async fn what_must_differ_is_checked_in_the_file_and_in_the_chain() {
    let chain = Chain::stocked().await;
    let said = chain.refused("stores", "store_id,store_name\n7,MILL LÁNE\n8,Twice\n9,twice\n").await;
    let codes: Vec<&str> = said.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(codes, ["taken", "duplicate"]);
    assert_eq!(said[0][3], "store_name \"MILL LÁNE\" belongs to store 2 already.");
    assert!(
        said[1][3].starts_with("the same store_name stands before, in ") && said[1][3].ends_with("line 3.")
    );
}

#[tokio::test]
async fn a_ring_of_managers_is_shown_by_name() {
    let chain = Chain::stocked().await;
    let said = chain
        .refused(
            "staffs",
            "staff_id,first_name,last_name,email,active,store_id,manager_id\n\
             3,Eva,Moe,eva@x.example,1,1,2\n5,Nils,Vik,nils@x.example,1,1,77\n",
        )
        .await;
    assert_eq!(
        said[0][2..],
        ["ring", "the managers lead back to where they begin: Eva Moe > Olav Lund > Ida Holm > Eva Moe."]
    );
    assert_eq!(said[1][1..3], ["manager_id", "unknown"]);
}

#[tokio::test]
async fn skipping_takes_the_good_rows_and_refuses_the_children_of_the_bad() {
    let chain = Chain::new().await;
    let customers = SET[6].1.replace("2,Per", "0,Per");
    let set = chain.set("set", &[("customers", &customers)]);
    let receipt = chain.load_with(&set, &chain.skipping()).await.unwrap();
    assert_eq!(receipt.status.word(), "committed");
    assert_eq!(counts(&receipt), [21, 18, 0, 0, 3]);
    let folder = receipt.rejects_file.unwrap();
    let message = |table: &str| said(&folder.join(format!("{table}.csv")))[0][2..].join(": ");
    assert!(message("customers").starts_with("range"));
    assert!(
        message("orders")
            .starts_with("unknown: customer_id: customer 2 is not known, neither in the chain nor among")
    );
    assert!(message("order_items").starts_with("unknown: order_id: order 2"));

    // Corrected where the fault is, the rejects load as they are.
    let fixed = std::fs::read_to_string(folder.join("customers.csv")).unwrap().replace("0,Per", "2,Per");
    std::fs::write(folder.join("customers.csv"), fixed).unwrap();
    let receipt = chain.load(&folder).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [3, 3, 0, 0, 0]));
    assert_eq!(chain.everything().await, Chain::stocked().await.everything().await);
}

#[tokio::test]
async fn one_rejects_file_is_private_safe_for_spreadsheets_and_loads_again() {
    let chain = Chain::new().await;
    // In any file one apostrophe before a formula stands for the formula as text, so two stand for a real one.
    let text = "store_id,store_name,phone\n1,Quay,+47 1\nx,=HYPERLINK(1),''+47 2\n";
    let receipt = chain.load_with(&chain.file("stores.csv", text), &chain.skipping()).await.unwrap();
    let path = receipt.rejects_file.unwrap();
    assert_eq!(path.file_name().unwrap(), "rejects-1.csv");
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.ends_with(",x,'=HYPERLINK(1),'''+47 2\n"), "{written}");
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing half done remains");

    std::fs::write(&path, written.replace(",x,'", ",2,'")).unwrap();
    let receipt = chain.load(&path).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [1, 1, 0, 0, 0]));
    let row: (String, String) = chain.one("SELECT store_name, phone FROM stores WHERE store_id = 2").await;
    assert_eq!(row, ("=HYPERLINK(1)".to_owned(), "'+47 2".to_owned()));
}

#[tokio::test]
async fn a_header_that_does_not_fit_is_told_before_anything_is_read() {
    let chain = Chain::new().await;
    let file = chain.file("brands.csv", "brand_id,brand_nmae\n1,Nordlys\n");
    let message = chain.load(&file).await.unwrap_err().to_string();
    assert!(
        message.contains("\"brand_nmae\" is not known (did you mean brand_name? Then say --map \"brand_nmae=brand_name\"); brand_name is missing"),
        "{message}"
    );
    let history = chain.history().await;
    assert_eq!((history[0].1.as_str(), history[0].2.as_deref()), ("failed", Some(message.as_str())));
}

#[tokio::test]
async fn rejected_and_loaded_are_what_was_read() {
    let chain = Chain::new().await;
    let mut text = "category_id,category_name\n".to_owned();
    for row in 0..5000 {
        let id = if row % 7 == 0 { "no".to_owned() } else { (row / 2 + 1).to_string() };
        text.push_str(&format!("{id},Kind {row}\n"));
    }
    let receipt = chain.load_with(&chain.file("categories.csv", &text), &chain.skipping()).await.unwrap();
    let [read, inserted, updated, unchanged, rejected] = counts(&receipt);
    assert_eq!((read, updated, unchanged), (5000, 0, 0));
    assert_eq!(inserted + rejected, read);
    assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM categories").await, inserted);
    let lines = said(receipt.rejects_file.as_deref().unwrap()).len() as u64;
    assert_eq!(lines, rejected);
}

/// A spreadsheet would run a name of a column as it runs any cell.
#[tokio::test]
async fn the_header_of_rejects_is_safe_for_spreadsheets_and_loads_again() {
    let chain = Chain::new().await;
    let text = "brand_id,-brand_name,=HYPERLINK(1)\nx,Sol,y\n";
    let mapping = Mapping::read("[brands]\n\"=HYPERLINK(1)\" = { ignore = \"theirs\" }\n").unwrap();
    let options = Options { mapping, ..chain.skipping() };
    let receipt = chain.load_with(&chain.file("brands.csv", text), &options).await.unwrap();
    let path = receipt.rejects_file.unwrap();
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.lines().next().unwrap().ends_with(",brand_id,'-brand_name,'=HYPERLINK(1)"), "{written}");
    let rejected = read_rejects(&path, &options.mapping, 10).unwrap();
    assert_eq!(rejected.files[0].header, ["brand_id", "-brand_name", "=HYPERLINK(1)"]);
    let again = write_rejects(&chain.folder.path().join("again"), &rejected).unwrap();
    assert_eq!(std::fs::read_to_string(&again[0].0).unwrap(), written);
    std::fs::write(&path, written.replace(",x,Sol", ",1,Sol")).unwrap();
    let receipt = chain.load_with(&path, &options).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [1, 1, 0, 0, 0]));
}
