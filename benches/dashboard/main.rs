//! How long the dashboard takes to be complete, beside a Python that reads every row into pandas and sums there.
//!
//! `cargo bench --bench dashboard [-- ORDERS]`, 465,000 orders (some 1,000,000 order lines) where none is said. The questions
//! are asked as the screen asks them: the stores and the calendar, then all others at once. Each is also asked alone. Where a
//! Python with pandas and pymysql can be had, it works out the same figures of the same server in the same run.

#![allow(
    unreachable_pub,
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

#[path = "../load/peers.rs"]
mod peers;
#[path = "../../tests/support/mod.rs"]
mod support;
mod timing;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use storekeeper::db::{Db, migrations};
use storekeeper::domain::{Filter, Measure, Period, PeriodKind, Role};
use storekeeper::service::authorized::{ManageDatabase, ViewDashboard};
use storekeeper::service::demo::{self, Plan};
use storekeeper::service::{Authorized, Session, figures};
use support::people::{COST, add_user, signed_in};
use timing::{middle, millis};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

const ROUNDS: usize = 7;
const ROWS: u32 = 60;
const TODAY: Date = date(2026, 4, 22);

#[tokio::main]
async fn main() {
    let orders = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(465_000);
    support::BUFFER_POOL.set("512M").unwrap();
    let database = support::database().await;
    let db = Db::connect(&database.target()).await.unwrap();
    migrations::migrate(&db, None).await.unwrap();
    let by = Session::operator().require(ManageDatabase).unwrap();
    let plan = Plan { orders, seed: 1, until: TODAY };
    demo::make(&by, &db, &plan, COST, &watch::Sender::default(), &CancellationToken::new()).await.unwrap();
    add_user(&db, "bench", Role::Administrator).await;
    let by = signed_in(&db, "bench").await.require(ViewDashboard).unwrap();

    // The month last: in its first seconds the server still writes out what was loaded.
    for kind in [PeriodKind::Year, PeriodKind::Quarter, PeriodKind::Month] {
        let period = Period::holding(kind, TODAY);
        let filter = Filter { period, as_of: None, store: None, measure: Measure::Booked };
        let complete = middle(ROUNDS, async || complete(&by, &db, filter).await).await;
        println!("{:<28} {:>7.1} ms complete", period.to_string(), millis(complete));
        for (name, ask) in questions() {
            let alone = middle(ROUNDS, async || ask(&by, &db, filter).await).await;
            println!("  {name:<26} {:>7.1} ms alone", millis(alone));
        }
        if kind == PeriodKind::Month
            && let Some(python) = peers::Python::with_pandas()
        {
            let net = figures::figures(&by, &db, &filter.scope()).await.unwrap().net.to_string();
            let (theirs, seconds) = python.dashboard(&database, period.first_day(), period.last_day());
            assert_eq!(theirs, net, "both have the same net sales");
            let ratio = seconds / complete.as_secs_f64();
            println!("{:<28} {:>7.1} ms, ours is {ratio:.0}x", "pandas, every row", seconds * 1e3);
        }
    }
}

type Asked<'a> = BoxFuture<'a, ()>;
type Ask = for<'a> fn(&'a Authorized<ViewDashboard>, &'a Db, Filter) -> Asked<'a>;

/// What the screen of an administrator asks once the days are known, but for the log and the loads.
fn questions() -> Vec<(&'static str, Ask)> {
    macro_rules! ask {
        ($name:literal, |$by:ident, $db:ident, $filter:ident| $call:expr) => {
            ($name, |$by, $db, $filter| async move { $call.await.map(|_| ()).unwrap() }.boxed())
        };
    }
    vec![
        ask!("sales", |by, db, f| figures::sales(by, db, &f.scope())),
        ask!("target, last year, before", |by, db, f| figures::comparison(by, db, &f, TODAY)),
        ask!("open and late", |by, db, f| figures::open_orders(by, db, &f, TODAY)),
        ask!("products", |by, db, f| figures::products(by, db, &f.scope(), ROWS)),
        ask!("low stock", |by, db, f| figures::low_stock(by, db, f.store, ROWS)),
        ask!("promised beyond stock", |by, db, f| figures::promised(by, db, f.store, ROWS)),
        ask!("slow stock", |by, db, f| figures::slow_stock(by, db, &f, TODAY, ROWS)),
        ask!("stock value", |by, db, f| figures::stock_value(by, db, f.store)),
    ]
}

/// Everything, as the screen asks it.
async fn complete(by: &Authorized<ViewDashboard>, db: &Db, filter: Filter) {
    let (stores, calendar) =
        tokio::join!(figures::stores(by, db), figures::calendar(by, db, None, Timestamp::now()));
    drop((stores.unwrap(), calendar.unwrap()));
    join_all(questions().into_iter().map(|(_, ask)| ask(by, db, filter))).await;
}
