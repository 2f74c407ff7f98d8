//! Taking loads back, and their history.

use crate::chain::{Chain, SET};
use crate::support::people::{add_user, signed_in};
use storekeeper::db::history;
use storekeeper::domain::receipt::{Outcome, Undone};
use storekeeper::domain::{Actor, Role, RunId};
use storekeeper::etl::{self, Mode, Options, UndoError};
use storekeeper::service::authorized::ImportData;
use storekeeper::service::history::undo as undo_for;

async fn undo(chain: &Chain, run: u64) -> Result<Undone, UndoError> {
    let by = chain.options().by;
    let undone = etl::undo(&chain.db, RunId(run), &by, false, &chain.cancel).await;
    chain.assert_nothing_is_left().await;
    undone
}

/// Removed, put back, brought back.
fn sums(undone: &Undone) -> [u64; 3] {
    undone
        .receipt
        .tables
        .iter()
        .fold([0; 3], |[a, b, c], table| [a + table.deleted, b + table.updated, c + table.inserted])
}

/// Every row without its version, which goes on.
async fn values(chain: &Chain) -> Vec<String> {
    let rows = chain.everything().await;
    rows.iter().map(|row| row.rsplit_once('|').unwrap().0.to_owned()).collect()
}

#[tokio::test]
async fn a_first_load_undone_leaves_an_empty_chain() {
    for infile in [true, false] {
        let chain = Chain::new().await;
        let options = Options { infile, ..chain.options() };
        chain.load_with(&chain.set("set", &[]), &options).await.unwrap();
        let undone = undo(&chain, 1).await.unwrap();
        assert_eq!((undone.receipt.status, sums(&undone), undone.left), (Outcome::Committed, [21, 0, 0], 0));
        assert_eq!(chain.everything().await, [] as [String; 0]);
        let again = undo(&chain, 1).await.unwrap_err().to_string();
        assert_eq!(again, "Run 1 was undone by run 2 already.");
        assert!(undo(&chain, 2).await.unwrap_err().to_string().contains("itself an undoing"));
        assert!(undo(&chain, 9).await.unwrap_err().to_string().contains("no run 9"));
        // What was undone can be loaded again.
        assert_eq!(chain.load(&chain.set("set", &[])).await.unwrap().changed(), 21);
    }
}

/// New rows and changed ones, in every table, and every kind of value.
#[tokio::test]
async fn what_a_load_changed_is_what_it_was() {
    let chain = Chain::stocked().await;
    let before = values(&chain).await;
    let set = chain.set("other", &[
        ("categories", "category_id,category_name\n1,Last\n3,Barn\n"),
        ("brands", "brand_id,brand_name\n1,\"S\\o'l \"\"æ\"\"\"\n2,Fjell\n"),
        ("products", "product_id,product_name,brand_id,category_id,model_year,list_price\n1,Annen,2,3,2024,9999999999.99\n9,Ny,2,3,2026,1\n"),
        ("stores", "store_id,store_name,phone,city\n1,Quay,NULL,Oslo\n3,New,1,\n"),
        ("staffs", "staff_id,first_name,last_name,email,phone,active,store_id,manager_id\n1,Ida,Holm,ida@x.example,5,0,3,4\n4,Ny,Mann,ny@x.example,,1,3,\n"),
        ("stocks", "store_id,product_id,quantity\n1,1,5\n3,9,1\n"),
        ("customers", "customer_id,first_name,last_name,phone,email,street\n1,Åsa,Berg,1,,\n3,Ny,Kunde,,,\n"),
        ("orders", "order_id,customer_id,order_status,order_date,required_date,shipped_date,store_id,staff_id\n1,3,3,2026-02-02,2026-02-04,NULL,3,4\n3,3,1,2026-02-02,2026-02-04,NULL,3,4\n"),
        ("order_items", "order_id,item_id,product_id,quantity,list_price,discount\n1,1,9,7,1.5,0.5\n3,1,9,1,1,0\n"),
    ]);
    let receipt = chain.load(&set).await.unwrap();
    assert_eq!((receipt.status.word(), receipt.changed()), ("committed", 18));
    let dry = etl::undo(&chain.db, RunId(2), &chain.options().by, true, &chain.cancel).await.unwrap();
    assert_eq!((dry.receipt.status, sums(&dry)), (Outcome::DryRun, [9, 9, 0]));
    let undone = undo(&chain, 2).await.unwrap();
    assert_eq!((sums(&undone), undone.left), ([9, 9, 0], 0), "{:?}", undone.left_rows);
    assert_eq!(values(&chain).await, before);
    // A row whose later change was undone is as its first load left it.
    let undone = undo(&chain, 1).await.unwrap();
    assert_eq!((sums(&undone), undone.left), ([21, 0, 0], 0), "{:?}", undone.left_rows);
}

#[tokio::test]
async fn what_replace_removed_comes_back() {
    let chain = Chain::stocked().await;
    chain.run("INSERT INTO staffs (staff_id, first_name, last_name, email, store_id, manager_id) VALUES (8, 'A', 'B', 'a@b', 2, NULL), (9, 'C', 'D', 'c@d', 2, 8)").await;
    chain.run("INSERT INTO stocks (store_id, product_id, quantity) VALUES (2, 1, 3)").await;
    let before = values(&chain).await;
    let set = chain.folder.path().join("fewer");
    std::fs::create_dir(&set).unwrap();
    std::fs::write(set.join("staffs.csv"), SET[4].1.replace("2,Olav", "2,Ola")).unwrap();
    std::fs::write(set.join("stocks.csv"), SET[5].1).unwrap();
    let options = Options { mode: Mode::Replace, ..chain.options() };
    let receipt = chain.load_with(&set, &options).await.unwrap();
    assert_eq!((receipt.status.word(), receipt.changed()), ("committed", 4));
    let undone = undo(&chain, 2).await.unwrap();
    assert_eq!((sums(&undone), undone.left), ([0, 1, 3], 0), "{:?}", undone.left_rows);
    assert_eq!(values(&chain).await, before);
}

/// The last first, as a person goes back.
#[tokio::test]
async fn several_loads_of_one_row_are_undone_one_after_the_other() {
    let chain = Chain::stocked().await;
    let before = values(&chain).await;
    for name in ["Sol", "Fjell", "Vidde", "Elv"] {
        chain.load(&chain.file("brands.csv", &format!("brand_id,brand_name\n1,{name}\n"))).await.unwrap();
    }
    for run in [5, 4, 3, 2] {
        let undone = undo(&chain, run).await.unwrap();
        assert_eq!((sums(&undone), undone.left), ([0, 1, 0], 0), "{run}: {:?}", undone.left_rows);
    }
    assert_eq!(values(&chain).await, before);
    let undone = undo(&chain, 1).await.unwrap();
    assert_eq!((sums(&undone), undone.left), ([21, 0, 0], 0), "{:?}", undone.left_rows);
}

/// A change by hand stays one, whatever was loaded and undone around it.
#[tokio::test]
async fn a_change_by_hand_between_undone_loads_is_kept() {
    let chain = Chain::stocked().await;
    let load = async |name: &str| {
        let text = format!("brand_id,brand_name\n1,{name}\n");
        chain.load(&chain.file("brands.csv", &text)).await.unwrap().run_id.0
    };
    let first = load("Sol").await;
    let second = load("Fjell").await;
    undo(&chain, second).await.unwrap();
    chain.run("UPDATE brands SET brand_name = 'Mine', version = version + 1 WHERE brand_id = 1").await;
    let third = load("Vidde").await;
    undo(&chain, third).await.unwrap();
    let undone = undo(&chain, first).await.unwrap();
    assert_eq!((sums(&undone), undone.left), ([0, 0, 0], 1));
    let names: Vec<String> = chain.rows("SELECT brand_name FROM brands").await;
    assert_eq!(names, ["Mine"]);
}

#[tokio::test]
async fn the_load_before_one_that_replaced_is_undone_after_it() {
    let chain = Chain::stocked().await;
    let fewer = chain.file("stocks.csv", "store_id,product_id,quantity\n1,1,4\n");
    let options = Options { mode: Mode::Replace, ..chain.options() };
    assert_eq!(chain.load_with(&fewer, &options).await.unwrap().tables[0].deleted, 2);
    let undone = undo(&chain, 2).await.unwrap();
    assert_eq!((sums(&undone), undone.left), ([0, 0, 2], 0), "{:?}", undone.left_rows);
    let undone = undo(&chain, 1).await.unwrap();
    assert_eq!((sums(&undone), undone.left), ([21, 0, 0], 0), "{:?}", undone.left_rows);
    assert_eq!(chain.everything().await, [] as [String; 0]);
}

#[tokio::test]
async fn what_was_changed_since_stays_and_is_shown() {
    let chain = Chain::stocked().await;
    let brands = "brand_id,brand_name\n1,Sol\n2,Fjell\n3,Vidde\n4,Elv\n";
    chain.load(&chain.file("brands.csv", brands)).await.unwrap();
    chain.run("UPDATE brands SET brand_name = 'Mine', version = version + 1 WHERE brand_id IN (1, 2)").await;
    chain.run("UPDATE products SET brand_id = 3 WHERE product_id = 3").await;
    let undone = undo(&chain, 2).await.unwrap();
    assert_eq!((undone.receipt.status, sums(&undone), undone.left), (Outcome::Committed, [1, 0, 0], 3));
    let left: Vec<(&str, &str)> =
        undone.left_rows.iter().map(|row| (row.key.as_str(), row.why.as_str())).collect();
    assert_eq!(
        left,
        [
            ("1", "it was changed or removed since"),
            ("2", "it was changed since"),
            ("3", "other rows name it")
        ]
    );
    let names: Vec<String> = chain.rows("SELECT brand_name FROM brands ORDER BY brand_id").await;
    assert_eq!(names, ["Mine", "Mine", "Vidde"]);
}

#[tokio::test]
async fn what_no_longer_fits_is_refused_whole() {
    let chain = Chain::stocked().await;
    chain.load(&chain.file("stores.csv", "store_id,store_name\n1,Quay\n2,Mill\n")).await.unwrap();
    chain.run("INSERT INTO stores (store_id, store_name) VALUES (7, 'Harbour Street')").await;
    let before = chain.everything().await;
    let refused = undo(&chain, 2).await.unwrap_err().to_string();
    assert_eq!(
        refused,
        "Run 2 can not be undone: a name or e-mail of before belongs to another row now. Nothing was changed."
    );
    assert_eq!(chain.everything().await, before);
    assert_eq!(chain.history().await.last().unwrap().1, "failed");
}

#[tokio::test]
async fn the_history_tells_each_run_and_its_files_again() {
    let chain = Chain::stocked().await;
    let brands = chain.file("brands.csv", "brand_id;brand_name\n1;Sol\n2;Fjell\n");
    chain.load(&brands).await.unwrap();
    undo(&chain, 2).await.unwrap();
    let runs = history::newest(&chain.db, 20).await.unwrap();
    let told: Vec<(u64, &str, &str, Option<RunId>)> = runs
        .iter()
        .map(|run| (run.run_id.0, run.mode.as_str(), run.status.as_str(), run.undone_by))
        .collect();
    assert_eq!(
        told,
        [
            (3, "undo", "committed", None),
            (2, "upsert", "committed", Some(RunId(3))),
            (1, "upsert", "committed", None)
        ]
    );
    assert_eq!((runs[1].rows.read, runs[1].rows.inserted, runs[1].rows.updated), (2, 1, 1));
    assert_eq!((runs[2].files, runs[1].actor.as_str()), (9, Actor::Operator.to_string().as_str()));
    let detail = history::one(&chain.db, RunId(2)).await.unwrap().unwrap();
    let file = &detail.tables[0];
    assert_eq!(file.written_how.as_deref(), Some("UTF-8, separated by semicolon, quoted by \""));
    assert_eq!(file.mapping.as_deref(), Some(r#"{"brand_id":"brand_id","brand_name":"brand_name"}"#));
    assert_eq!(file.sha256.as_ref().map(String::len), Some(64));
    assert!(history::one(&chain.db, RunId(99)).await.unwrap().is_none());
}

/// A manager takes back what they loaded themselves; of what others brought, only what goes back to what it was.
#[tokio::test]
async fn removing_what_others_brought_takes_the_right_to_delete() {
    let chain = Chain::stocked().await;
    let changed = chain.file("brands.csv", "brand_id,brand_name\n1,Sol\n");
    chain.load(&changed).await.unwrap();
    add_user(&chain.db, "mia", Role::Manager).await;
    let by = signed_in(&chain.db, "mia").await.require(ImportData).unwrap();
    let mine = chain.file("categories.csv", "category_id,category_name\n7,Town\n");
    let options = Options { by: storekeeper::db::Proof::warrant(&by).clone(), ..chain.options() };
    assert_eq!(chain.load_with(&mine, &options).await.unwrap().run_id, RunId(3));
    for dry_run in [true, false] {
        let refused =
            undo_for(&by, &chain.db, RunId(1), dry_run, &chain.cancel).await.unwrap_err().to_string();
        assert!(refused.contains("may not delete") && refused.contains("administrator"), "{refused}");
    }
    for run in [3, 2] {
        let undone = undo_for(&by, &chain.db, RunId(run), false, &chain.cancel).await.unwrap();
        assert_eq!(undone.receipt.status, Outcome::Committed);
    }
}
