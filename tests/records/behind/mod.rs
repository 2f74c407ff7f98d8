//! The rows behind each figure of the dashboard come to the figure: for each role, store, period and measure, for every tile and
//! every part of one.

mod board;

use crate::support;
use board::Board;
use mysql_async::prelude::Queryable;
use rust_decimal::Decimal;
use storekeeper::db::Db;
use storekeeper::db::records::Listed;
use storekeeper::domain::records::{Cell, RecordId, fields};
use storekeeper::domain::{Money, Role, StaffId, Table};
use storekeeper::tui::model::Screen;
use storekeeper::tui::model::dashboard::Tile;
use storekeeper::tui::model::dashboard::behind::{Against, Behind};
use storekeeper::tui::model::dashboard::buckets::buckets;
use storekeeper::tui::model::dashboard::dialog::Dialog;
use storekeeper::tui::model::desk::Question as OfDesk;
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::message::Query;

/// Four stores; Cora leads all but the last, Hal stores 1 and 2, Ida sells in store 1. 400 orders over the sixteen months before
/// the 20th of March 2026 and some days after it, of one to three lines, of every status; stocks that lack some products.
const CHAIN: &str = "
    INSERT INTO categories (category_id, category_name) VALUES (1, 'Road'), (2, 'Cargo');
    INSERT INTO brands (brand_id, brand_name) VALUES (1, 'Heron'), (2, 'Otter'), (3, 'Wren');
    INSERT INTO products (product_id, product_name, brand_id, category_id, model_year, list_price) VALUES
      (1, 'Bell', 1, 1, 2026, 0.35), (2, 'Tourer', 1, 1, 2026, 999.99), (3, 'Lamp', 2, 1, 2026, 19.99), (4, 'Box', 2, 2, 2026, 45.50),
      (5, 'Rack', 3, 2, 2026, 80.05), (6, 'Pump', 3, 1, 2026, 12.25), (7, 'Trailer', 3, 2, 2026, 350);
    INSERT INTO stores (store_id, store_name, time_zone)
      VALUES (1, 'Harbour', 'UTC'), (2, 'Hill', 'UTC'), (3, 'Mill', 'UTC'), (4, 'Port', 'UTC');
    INSERT INTO staffs (staff_id, first_name, last_name, email, store_id, manager_id) VALUES
      (1, 'Cora', 'Lind', 'cora@x.example', 1, NULL), (2, 'Hal', 'Roe', 'hal@x.example', 1, 1), (3, 'Ida', 'Brun', 'ida@x.example', 1, 2),
      (4, 'Ned', 'Voss', 'ned@x.example', 2, 2), (5, 'Per', 'Dahl', 'per@x.example', 3, 1), (6, 'Quin', 'Ames', 'quin@x.example', 4, NULL);
    INSERT INTO customers (customer_id, first_name, last_name) VALUES (1, 'Cy', 'Dent');
    CREATE TABLE n (n INT UNSIGNED PRIMARY KEY);
    INSERT INTO n SELECT a.d + 10 * b.d + 100 * c.d
      FROM (SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6
            UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) a,
           (SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6
            UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) b,
           (SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) c;
    INSERT INTO orders (order_id, customer_id, order_status, order_date, required_date, shipped_date, store_id, staff_id)
      SELECT n + 1, 1, 1 + n % 4, DATE('2026-03-24') - INTERVAL (n * 37) % 480 DAY, DATE('2026-03-27') - INTERVAL (n * 37) % 480 DAY,
             IF(n % 4 = 3 OR n % 16 = 2, DATE('2026-03-25') - INTERVAL (n * 37) % 480 DAY, NULL), 1 + (n DIV 3) % 4, 1 + (n DIV 5) % 6
        FROM n;
    INSERT INTO order_items (order_id, item_id, product_id, quantity, list_price, discount)
      SELECT n + 1, k.d, 1 + (n * k.d + n DIV 7) % 7, 1 + (n + k.d) % 3, 0.35 + (n * k.d * 17) % 400, ((n + k.d) % 5) * 0.05
        FROM n, (SELECT 1 d UNION ALL SELECT 2 UNION ALL SELECT 3) k WHERE k.d <= 1 + n % 3;
    INSERT INTO stocks (store_id, product_id, quantity)
      SELECT s.store_id, p.product_id, (s.store_id * 5 + p.product_id * 7) % 19 * 6 FROM stores s, products p
       WHERE (s.store_id + p.product_id) % 6 > 0;
    UPDATE stocks SET quantity = product_id % 3 WHERE store_id = 2;
    INSERT INTO sales_targets (store_id, month, amount)
      VALUES (1, '2026-03-01', 1000), (2, '2026-03-01', 2000), (3, '2026-03-01', 300), (4, '2026-03-01', 400)";

async fn chain() -> Db {
    let db = support::chain().await;
    db.conn().await.unwrap().query_drop(CHAIN).await.unwrap();
    db
}

/// What is summed up of rows.
struct Sums {
    count: u64,
    /// Of the column of sums that says the most: totals, nets, values.
    net: Money,
    /// Pieces.
    pieces: i64,
    /// Pieces times price.
    gross: Money,
}

fn cell<'a>(table: Table, row: &'a Listed, name: &str) -> Option<&'a Cell> {
    row.cells.get(fields(table).iter().position(|field| field.name == name)?)
}

fn sums(table: Table, rows: &[Listed]) -> Sums {
    let money = |row: &Listed, name: &str| match cell(table, row, name) {
        Some(Cell::Money(sum)) => *sum,
        _ => Money::ZERO,
    };
    let pieces = |row: &Listed| match cell(table, row, "quantity") {
        Some(Cell::Count(pieces)) => *pieces,
        _ => 0,
    };
    let chief = match table {
        Table::Orders => "total",
        Table::OrderItems => "net",
        _ => "value",
    };
    let gross = |row: &Listed| Money::rounded(money(row, "price").amount() * Decimal::from(pieces(row)));
    Sums {
        count: rows.len() as u64,
        net: rows.iter().map(|row| money(row, chief)).sum(),
        pieces: rows.iter().map(pieces).sum(),
        gross: rows.iter().map(gross).sum(),
    }
}

/// Compares every tile, and every part of it, with the rows behind it; answers how many figures were compared that are not nought.
async fn every_figure_has_its_rows(board: &mut Board, role: Role) -> usize {
    let mut compared = 0;
    let tiles = Tile::EACH.into_iter().filter(|tile| tile.is_for(role));
    for tile in tiles.filter(|tile| !matches!(tile, Tile::Manager | Tile::Audit | Tile::Loads)) {
        let parts = (0..board.app.dashboard.parts_of(tile)).map(Some);
        for part in std::iter::once(None).chain(parts) {
            board.focus(tile, part).await;
            if board.app.dashboard.behind() == Some(Behind::Targets) {
                continue;
            }
            let (table, words, rows) = board.rows_behind(tile, part).await;
            let here = format!("{} {tile:?} {part:?}: {words}", board.who);
            compare(board, tile, part, &sums(table, &rows), &here);
            compared += usize::from(!rows.is_empty());
        }
    }
    compared
}

fn compare(board: &Board, tile: Tile, part: Option<usize>, rows: &Sums, here: &str) {
    let (app, told) = (&board.app, &board.app.dashboard.answers);
    let figures = *told.figures().unwrap();
    let units = |units: u64| i64::try_from(units).unwrap();
    match (tile, part) {
        (Tile::Net | Tile::Orders | Tile::Average, None) => {
            assert_eq!((rows.net, rows.count), (figures.net, figures.orders), "{here}");
            assert_eq!(rows.net.per(rows.count), figures.average_order_value, "{here}");
        }
        (Tile::Net, Some(part)) => {
            let comparison = told.comparison().unwrap();
            let expected = match app.dashboard.against()[part] {
                Against::LastYear => comparison.last_year,
                Against::Before => comparison.before,
                Against::Target => panic!("{here}"),
            };
            assert_eq!(Some(rows.net), expected, "{here}");
        }
        (Tile::Units, _) => assert_eq!(rows.pieces, units(figures.units), "{here}"),
        (Tile::Discount, _) => {
            assert_eq!((rows.gross, rows.gross - rows.net), (figures.gross, figures.discount), "{here}");
        }
        (Tile::Open, part) => {
            let open = told.open().unwrap();
            assert_eq!(rows.count, if part.is_none() { open.open } else { open.late }, "{here}");
        }
        (Tile::Days, None) => {
            let days: Money = told.days().unwrap().0.iter().map(|day| day.net).sum();
            assert_eq!(rows.net, days, "{here}");
        }
        (Tile::Days, Some(part)) => {
            let bars = buckets(app.dashboard.period().unwrap(), told.days().unwrap());
            assert_eq!(rows.net, bars[part].net, "{here}");
        }
        (Tile::Top, part) => {
            let all = told.top().unwrap();
            let of: Vec<_> =
                all.iter().enumerate().filter(|(at, _)| part.is_none_or(|part| part == *at)).collect();
            assert_eq!(rows.net, of.iter().map(|(_, one)| one.net).sum::<Money>(), "{here}");
            assert_eq!(rows.pieces, units(of.iter().map(|(_, one)| one.units).sum()), "{here}");
        }
        (Tile::Stores | Tile::Staff | Tile::Categories | Tile::Brands, part) => {
            let all = told.parts(tile).unwrap();
            let of: Vec<_> =
                all.iter().enumerate().filter(|(at, _)| part.is_none_or(|part| part == *at)).collect();
            assert_eq!(rows.net, of.iter().map(|(_, one)| one.net).sum::<Money>(), "{here}");
            if matches!(tile, Tile::Categories | Tile::Brands) {
                assert_eq!(rows.pieces, units(of.iter().map(|(_, one)| one.units).sum()), "{here}");
            }
        }
        (Tile::Low, None) => assert_eq!(rows.count, told.low().unwrap().low.total, "{here}"),
        (Tile::Low, Some(part)) => {
            assert_eq!((rows.count, rows.pieces), (1, told.low().unwrap().low.rows[part].quantity), "{here}");
        }
        (Tile::Value, _) => {
            let value = told.value().unwrap();
            let found = (rows.net, rows.pieces, rows.count);
            assert_eq!(found, (value.value, units(value.pieces), value.stocked), "{here}");
        }
        (Tile::Promised, part) => {
            let all = told.promised().unwrap();
            assert_eq!(all.rows.len() as u64, all.total, "all of them are told");
            let of = all.rows.iter().enumerate().filter(|(at, _)| part.is_none_or(|part| part == *at));
            assert_eq!(rows.pieces, units(of.map(|(_, one)| one.promised).sum()), "{here}");
        }
        (Tile::Slow, None) => {
            let slow = told.slow().unwrap();
            assert_eq!((rows.count, rows.net), (slow.slow.total, slow.value), "{here}");
        }
        (Tile::Slow, Some(part)) => {
            let slow = &told.slow().unwrap().slow.rows[part];
            assert_eq!((rows.count, rows.pieces, rows.net), (1, slow.quantity, slow.value), "{here}");
        }
        (other, part) => panic!("{other:?} {part:?} is not compared"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rows_behind_every_figure_come_to_it_for_whoever_looks() {
    let db = chain().await;
    for (who, role, staff) in [
        ("ada", Role::Administrator, None),
        ("cora", Role::Manager, Some(1)),
        ("hal", Role::Manager, Some(2)),
        ("ida", Role::Employee, Some(3)),
    ] {
        let mut board = Board::of(&db, who, role, staff).await;
        let compared = every_figure_has_its_rows(&mut board, role).await;
        assert!(compared > 30, "{who}: {compared} figures alone had rows");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn and_for_every_period_store_and_measure() {
    let db = chain().await;
    let mut board = Board::of(&db, "ada", Role::Administrator, None).await;
    // A quarter; the one before; the year; the month before, shipped alone; all orders; one store after the other.
    // Then as of a day within the quarter, and any days that begin after it.
    for keys in ["p", "[", "p", "pppp[b", "b", "SS", "bS", "d\t\t2026-02-10\n", "d2026-02-15\t2026-03-10\n"] {
        board.types(keys).await;
        every_figure_has_its_rows(&mut board, Role::Administrator).await;
    }
    assert_eq!(board.app.dashboard.answers.figures().unwrap().orders, 0, "nothing of these days counts");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_behind_other_tiles_is_a_record_or_a_screen_and_targets_are_a_form() {
    let db = chain().await;
    let (enter, esc) = (Key::plain(Code::Enter), Key::plain(Code::Esc));
    let mut ida = Board::of(&db, "ida", Role::Employee, Some(3)).await;
    ida.focus(Tile::Manager, None).await;
    assert_eq!(ida.app.dashboard.behind(), Some(Behind::Record(RecordId::Staff(StaffId(2)))));
    ida.press(enter).await;
    assert_eq!(ida.app.records.record().unwrap().id, RecordId::Staff(StaffId(2)));
    ida.press(esc).await;
    assert_eq!(ida.app.screen, Screen::Dashboard);
    ida.focus(Tile::Net, Some(0)).await;
    ida.press(enter).await;
    assert!(
        ida.app.dashboard.dialog.is_none() && ida.app.screen == Screen::Dashboard,
        "targets are a manager's"
    );

    let mut ada = Board::of(&db, "ada", Role::Administrator, None).await;
    ada.focus(Tile::Net, Some(0)).await;
    ada.press(enter).await;
    let Some(Dialog::Targets(targets)) = &ada.app.dashboard.dialog else { panic!() };
    let set = targets.form.lines();
    assert_eq!(set.len(), 4);
    ada.press(esc).await;
    // The newest entry is of ada's own sign-in.
    ada.focus(Tile::Audit, Some(0)).await;
    let newest = ada.app.dashboard.answers.audit().unwrap()[0].id;
    let asked = ada.press(enter).await;
    assert_eq!(ada.app.screen, Screen::Audit);
    let entry =
        asked.iter().any(|query| matches!(query, Query::Desk(OfDesk::Entry(entry)) if *entry == newest));
    assert!(entry, "{asked:?}");
    ada.press(esc).await;
    ada.press(esc).await;
    ada.focus(Tile::Loads, None).await;
    ada.press(enter).await;
    assert_eq!(ada.app.screen, Screen::Runs);
    ada.press(esc).await;
    assert_eq!(ada.app.screen, Screen::Dashboard);
}
