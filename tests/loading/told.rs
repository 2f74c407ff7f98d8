//! What a load tells besides its receipt, and under which names files stand in the history.

use crate::chain::{Chain, sources};
use storekeeper::etl::LoadError;
use storekeeper::service::Session;
use storekeeper::service::authorized::ImportData;
use storekeeper::service::import::{self, Request};

#[tokio::test]
async fn what_was_left_alone_is_told() {
    let chain = Chain::stocked().await;
    let folder = chain.set("more", &[]);
    std::fs::write(folder.join("letter\u{1b}[2J.csv"), "x\n").unwrap();
    let by = Session::operator().require(ImportData).unwrap();
    let request = Request { paths: vec![folder], infile: true, ..Request::default() };
    import::load(&by, &chain.db, &request, &chain.progress, &chain.cancel).await.unwrap();
    let notes = chain.progress.borrow().notes.join(" ");
    assert!(notes.contains("Left alone") && notes.contains("letter"), "{notes}");
    assert!(!notes.contains('\u{1b}'), "{notes:?}");
}

/// The straight road finds a reject, and the general one reads the file again.
#[tokio::test]
async fn how_days_are_read_is_told_once() {
    let chain = Chain::stocked().await;
    let orders = "order_id,customer_id,order_status,order_date,required_date,shipped_date,store_id,staff_id\n\
                  5,1,1,13/02/2026,15/02/2026,,1,1\n6,99,1,03/02/2026,05/02/2026,,1,1\n";
    chain.load_with(&chain.file("orders.csv", orders), &chain.skipping()).await.unwrap();
    let notes = chain.progress.borrow().notes.clone();
    assert_eq!(
        notes.iter().filter(|note| note.contains("order_date is read day first")).count(),
        1,
        "{notes:?}"
    );
}

#[tokio::test]
async fn files_whose_names_differ_by_case_alone_have_a_row_each_in_the_history() {
    let chain = Chain::stocked().await;
    let mut set = Vec::new();
    for (folder, id) in [("north", 2), ("North", 3), ("NORTH", 4)] {
        std::fs::create_dir(chain.folder.path().join(folder)).unwrap();
        let file = chain.file(&format!("{folder}/brands.csv"), &format!("brand_id,brand_name\n{id},Sol\n"));
        set.extend(sources(&file));
    }
    let receipt = chain.load_sources(set, &chain.options()).await;
    assert_eq!(receipt.as_ref().map_err(LoadError::to_string).unwrap().status.word(), "committed");
    let files: u64 = chain.one("SELECT COUNT(*) FROM import_run_files WHERE run_id = 2").await;
    assert_eq!(files, 3);
}
