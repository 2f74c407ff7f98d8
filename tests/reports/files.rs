//! Files: never over another one, all of them or none, and nothing half written.

use crate::readers;
use crate::shop::Shop;
use storekeeper::db::Db;
use storekeeper::domain::CustomerId;
use storekeeper::report::Draft;
use storekeeper::service::authorized::ExportData;
use storekeeper::service::reports::{self, ReportError, Reporting, Request, What, Whom, Written};
use storekeeper::service::{Authorized, Session};
use storekeeper::settings::{self, Settings};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

pub fn settings() -> Settings {
    let request = settings::Request { data_dir: Some("/nowhere".into()), ..settings::Request::default() };
    settings::load(&request).unwrap().settings
}

/// Prints letters to all customers; whenever one is finished, `then` is called.
pub async fn print_all(
    shop: &Shop,
    by: &Authorized<ExportData>,
    db: &Db,
    then: impl AsyncFn(&CancellationToken),
) -> Result<Vec<Written>, ReportError> {
    let request = Request {
        what: What::Customers(Whom::All),
        folder: shop.out(),
        look: settings().report,
        now: jiff::Zoned::now(),
    };
    let (progress, mut told) = watch::channel(Reporting::default());
    let cancel = CancellationToken::new();
    let watching = async {
        while told.changed().await.is_ok() {
            let done = told.borrow_and_update().done;
            if done > 0 {
                then(&cancel).await;
            }
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        // In this order: what is told is heard before the printing goes on.
        biased;
        () = watching => unreachable!(),
        printed = reports::print(by, db, &request, &progress, &cancel) => printed,
    }
}

#[test]
fn a_file_that_is_there_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("report.pdf");
    std::fs::write(&place, "somebody's").unwrap();
    for expected in ["report_2.pdf", "report_3.pdf"] {
        let draft = Draft::file(&place).unwrap();
        std::io::Write::write_all(&mut draft.create("report.pdf").unwrap(), expected.as_bytes()).unwrap();
        let finished = draft.finish_as_new().unwrap();
        assert_eq!(finished, folder.path().join(expected));
        assert_eq!(std::fs::read_to_string(finished).unwrap(), expected);
    }
    assert_eq!(std::fs::read_to_string(&place).unwrap(), "somebody's");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "no draft is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_there_is_named_and_nobody_gets_a_letter() {
    let shop = Shop::small().await;
    let out = shop.out();
    let told = shop.run(&format!("report customer 1 99 98 --out {}", out.display()));
    assert_eq!(told.code, Some(2), "{told:?}");
    assert!(told.err.contains("There is no customer 98, 99. No report was written"), "{told:?}");
    assert!(shop.names().is_empty(), "{:?}", shop.names());
    let told = shop.run(&format!("report stock --store 9 --out {}", out.display()));
    assert!(told.code == Some(2) && told.err.contains("Known: 1 Harbour Street, 2 Mill Lane."), "{told:?}");
    for wrong in
        ["report customer", "report customer 1 --all", "report sales --from 2026-02-01 --to 2026-01-01"]
    {
        assert_eq!(shop.run(wrong).code, Some(2), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_can_not_be_written_is_told() {
    let shop = Shop::small().await;
    let file = shop.chain.file("taken", "a file, no folder");
    let told = shop.run(&format!("report sales --out {}", file.display()));
    assert!(told.code == Some(1) && told.err.contains("taken can not be written"), "{told:?}");
    assert!(told.err.contains("name another folder with --out"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stops_it_finds_nothing() {
    let shop = Shop::small().await;
    let by = Session::operator().require(ExportData).unwrap();
    let printed =
        print_all(&shop, &by, &shop.chain.db, async |cancel: &CancellationToken| cancel.cancel()).await;
    assert!(matches!(printed, Err(ReportError::Cancelled)), "{printed:?}");
    assert!(shop.names().is_empty(), "{:?}", shop.names());
    let printed = print_all(&shop, &by, &shop.chain.db, async |_: &CancellationToken| ()).await.unwrap();
    let whose: Vec<_> = printed.iter().map(|written| written.customer).collect();
    assert_eq!(whose, [Some(CustomerId(1)), Some(CustomerId(2))]);
    assert_eq!(shop.names().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_chain_has_its_reports_too() {
    if !readers::are_there() {
        return;
    }
    let shop = Shop::small().await;
    for table in ["order_items", "orders", "stocks", "customers"] {
        shop.chain.run(&format!("DELETE FROM {table}")).await;
    }
    for (report, words) in
        [("sales", "No sales in this period"), ("stock", "never counted"), ("low-stock", "Nothing is low")]
    {
        let text = readers::sentences(&shop.print(report));
        assert!(text.contains(words), "{report}: {text}");
    }
    let told = shop.run(&format!("report customer --all --out {}", shop.out().display()));
    assert!(told.code == Some(1) && told.err.contains("There are no customers yet"), "{told:?}");
}
