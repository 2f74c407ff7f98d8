//! Every figure of `docs/FIGURES.md`, over a small chain whose sums can be checked by hand.

use crate::support;
use jiff::civil::{Date, date};
use mysql_async::prelude::Queryable;
use storekeeper::db::Db;
use storekeeper::domain::morning::{Calendar, OpenOrders};
use storekeeper::domain::{Figures, Measure, Money, Month, Scope, StoreId};
use storekeeper::service::authorized::ViewDashboard;
use storekeeper::service::{Authorized, Session, figures};

/// Two stores; six orders in April 2026, one in April 2025, and a rejected one in June 2026; ties in cents on purpose.
pub const CHAIN: &str = "
    INSERT INTO categories (category_id, category_name) VALUES (1, 'Road');
    INSERT INTO brands (brand_id, brand_name) VALUES (1, 'Heron');
    INSERT INTO products (product_id, product_name, brand_id, category_id, model_year, list_price)
      VALUES (1, 'Bell', 1, 1, 2026, 0.30), (2, 'Tourer', 1, 1, 2026, 1000.00), (3, 'Lamp', 1, 1, 2026, 19.99);
    INSERT INTO stores (store_id, store_name, time_zone) VALUES (1, 'Harbour', 'Pacific/Auckland'), (2, 'Hill', 'America/Los_Angeles');
    INSERT INTO staffs (staff_id, first_name, last_name, email, store_id)
      VALUES (1, 'Ann', 'Roe', 'ann@example.com', 1), (2, 'Bo', 'Lund', 'bo@example.com', 2);
    INSERT INTO customers (customer_id, first_name, last_name) VALUES (1, 'Cy', 'Dent');
    INSERT INTO orders (order_id, customer_id, order_status, order_date, required_date, shipped_date, store_id, staff_id) VALUES
      (1, 1, 4, '2026-04-01', '2026-04-03', '2026-04-02', 1, 1),
      (2, 1, 3, '2026-04-02', '2026-04-05', NULL,         1, 1),
      (3, 1, 1, '2026-04-29', '2026-04-30', NULL,         1, 1),
      (4, 1, 2, '2026-04-30', '2026-05-01', NULL,         1, 1),
      (5, 1, 4, '2026-04-30', '2026-05-02', '2026-05-04', 2, 2),
      (6, 1, 1, '2026-04-30', '2026-05-09', NULL,         2, 2),
      (7, 1, 4, '2025-04-10', '2025-04-12', '2025-04-11', 1, 1),
      (8, 1, 3, '2026-06-01', '2026-06-02', NULL,         1, 1);
    INSERT INTO order_items (order_id, item_id, product_id, quantity, list_price, discount) VALUES
      (1, 1, 1, 1, 0.30, 0.05), (1, 2, 1, 3, 0.30, 0.05),
      (2, 1, 2, 1, 1000.00, 0),
      (3, 1, 2, 2, 900.00, 0.10),
      (4, 1, 3, 1, 19.99, 0),
      (5, 1, 2, 1, 1000.00, 0.07),
      (7, 1, 3, 2, 19.99, 0.5);
    INSERT INTO stocks (store_id, product_id, quantity) VALUES (1, 1, 0), (1, 2, 4), (1, 3, 5), (2, 2, 7), (2, 3, 1);
    INSERT INTO sales_targets (store_id, month, amount) VALUES (1, '2026-04-01', 2000), (2, '2026-04-01', 500.5)";

struct Shop {
    db: Db,
    by: Authorized<ViewDashboard>,
}

async fn shop(with: &str) -> Shop {
    let db = support::chain().await;
    db.conn().await.unwrap().query_drop(with).await.unwrap();
    Shop { db, by: Session::operator().require(ViewDashboard).unwrap() }
}

fn money(text: &str) -> Money {
    Money::rounded(text.parse().unwrap())
}

fn april() -> Month {
    Month::of(date(2026, 4, 1))
}

const HARBOUR: Option<StoreId> = Some(StoreId(1));

#[tokio::test]
async fn the_figures_follow_their_definitions() {
    let shop = shop(CHAIN).await;
    let over = |measure, store, from: Option<Date>, to: Option<Date>| Scope { measure, store, from, to };
    let (first, last) = (Some(date(2026, 4, 1)), Some(date(2026, 4, 30)));
    // 0.285 rounds to 0.29 and 0.855 to 0.86 where the line is kept: 1.15, not 1.14 as one rounding of the sum would give.
    let cases = [
        ("all", over(Measure::All, None, None, None), "3861.17", "3591.13", 8, 11),
        ("booked", over(Measure::Booked, None, None, None), "2861.17", "2591.13", 6, 10),
        ("shipped", over(Measure::Shipped, None, None, None), "1041.18", "951.14", 3, 7),
        ("April", over(Measure::Booked, None, first, last), "2821.19", "2571.14", 5, 8),
        ("Harbour", over(Measure::Booked, HARBOUR, first, last), "1821.19", "1641.14", 3, 7),
        ("one day", over(Measure::Booked, None, last, last), "1019.99", "949.99", 3, 2),
        ("nothing", over(Measure::Booked, None, Some(date(2030, 1, 1)), None), "0", "0", 0, 0),
    ];
    for (name, scope, gross, net, orders, units) in cases {
        let found = figures::figures(&shop.by, &shop.db, &scope).await.unwrap();
        let (gross, net) = (money(gross), money(net));
        let expected = Figures {
            gross,
            net,
            discount: gross - net,
            orders,
            units,
            average_order_value: net.per(orders),
        };
        assert_eq!(found, expected, "{name}");
    }
}

#[tokio::test]
async fn a_month_is_held_against_its_target_and_last_year() {
    let shop = shop(CHAIN).await;
    let compare = async |store, month| {
        let found = figures::comparison(&shop.by, &shop.db, store, month, Measure::Booked).await.unwrap();
        (found.target, found.last_year)
    };
    assert_eq!(compare(None, april()).await, (Some(money("2500.50")), Some(money("19.99"))));
    assert_eq!(compare(HARBOUR, april()).await, (Some(money("2000")), Some(money("19.99"))));
    assert_eq!(compare(Some(StoreId(2)), april()).await, (Some(money("500.50")), None));
    assert_eq!(compare(None, april().next()).await, (None, None));
}

#[tokio::test]
async fn an_order_is_late_from_the_day_after_it_was_required() {
    let shop = shop(CHAIN).await;
    let told =
        async |store, today| figures::open_orders(&shop.by, &shop.db, store, april(), today).await.unwrap();
    assert_eq!(told(HARBOUR, date(2026, 4, 30)).await, OpenOrders { open: 2, late: 0 });
    assert_eq!(told(HARBOUR, date(2026, 5, 1)).await, OpenOrders { open: 2, late: 1 });
    // A month that is over is told as of its end, however long ago that is.
    assert_eq!(told(None, date(2026, 12, 24)).await, OpenOrders { open: 3, late: 1 });
}

#[tokio::test]
async fn days_products_and_stock_are_listed_in_order() {
    let shop = shop(CHAIN).await;
    let days = figures::net_per_day(&shop.by, &shop.db, HARBOUR, april(), Measure::Booked).await.unwrap();
    let days: Vec<_> = days.iter().map(|day| (day.day.day(), day.net.to_string())).collect();
    assert_eq!(days, [(1, "1.15".to_owned()), (29, "1620.00".to_owned()), (30, "19.99".to_owned())]);

    let top = figures::top_products(&shop.by, &shop.db, None, april(), Measure::Booked, 2).await.unwrap();
    let top: Vec<_> = top.iter().map(|p| (p.name.as_str(), p.units, p.net.to_string(), p.on_hand)).collect();
    assert_eq!(
        top,
        [("Tourer", 3, "2550.00".to_owned(), Some(11)), ("Lamp", 1, "19.99".to_owned(), Some(6))]
    );

    let (count, low) = figures::low_stock(&shop.by, &shop.db, None, 2).await.unwrap();
    let low: Vec<_> = low.iter().map(|l| (l.product.as_str(), l.store.as_str(), l.quantity)).collect();
    assert_eq!((count, low), (3, vec![("Bell", "Harbour", 0), ("Lamp", "Hill", 1)]));
}

#[tokio::test]
async fn a_day_is_the_stores_own() {
    let shop = shop(CHAIN).await;
    // Noon of May 1 in UTC is past midnight in Auckland, and still the small hours in Los Angeles.
    let now = "2026-05-01T12:30:00Z".parse().unwrap();
    let today = async |store| figures::calendar(&shop.by, &shop.db, store, now).await.unwrap().unwrap();
    assert_eq!(
        today(HARBOUR).await,
        Calendar { oldest: date(2025, 4, 10), newest: date(2026, 4, 30), today: date(2026, 5, 2) }
    );
    assert_eq!(today(Some(StoreId(2))).await.today, date(2026, 5, 1));
    assert_eq!(today(HARBOUR).await.opening_month(), april());
}

#[tokio::test]
async fn an_empty_chain_has_no_days_and_no_sales() {
    let shop = shop("DO 0").await;
    let now = "2026-05-01T12:30:00Z".parse().unwrap();
    assert_eq!(figures::calendar(&shop.by, &shop.db, None, now).await.unwrap(), None);
    assert_eq!(figures::figures(&shop.by, &shop.db, &Scope::default()).await.unwrap(), Figures::default());
    assert!(figures::stores(&shop.by, &shop.db).await.unwrap().is_empty());
}
