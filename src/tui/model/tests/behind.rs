//! The focus on parts of tiles, and the way to the rows behind a figure and back.

use super::*;
use crate::domain::morning::{Comparison, OpenOrders, Part as Share};
use crate::tui::model::records::ask::Question as OfRecords;
use ratatui::layout::Rect;

const UP: Key = Key::plain(Code::Up);
const DOWN: Key = Key::plain(Code::Down);
const RIGHT: Key = Key::plain(Code::Right);
const LEFT: Key = Key::plain(Code::Left);

/// A dashboard with some of its answers, drawn: net above the open orders, above the stores, of which two rows are seen.
fn board() -> App {
    let (mut app, effects) = App::signed_in(Role::Administrator);
    let mut queue = effects;
    while let Some(effect) = queue.pop() {
        let Effect::Query(id, Query::Board(question)) = effect else { continue };
        let share = |id: u32| Share { id, name: format!("store {id}"), net: Money::ZERO, units: 0 };
        let answer = match question {
            Asked::Stores => Heard::Stores(hill()),
            Asked::Calendar(_) => Heard::Calendar(Some(calendar())),
            Asked::Sales(_) => {
                Heard::Sales(Sales { by_store: [3, 5, 9].map(share).to_vec(), ..Sales::default() })
            }
            Asked::Open(..) => Heard::Open(OpenOrders { open: 4, late: 1 }),
            Asked::Comparison(..) => {
                Heard::Comparison(Comparison { last_year: Some(Money::ZERO), ..Comparison::default() })
            }
            _ => continue,
        };
        queue.extend(app.answer(id, Reply::Board(answer)));
    }
    for (tile, row) in [(Tile::Net, 0), (Tile::Open, 3), (Tile::Stores, 6)] {
        app.hits.add(Rect::new(0, row, 80, 3), tile);
    }
    for (tile, part) in
        [(Tile::Net, 0), (Tile::Net, 1), (Tile::Open, 0), (Tile::Stores, 0), (Tile::Stores, 1)]
    {
        app.hits.add_part(Rect::new(0, 20, 1, 1), tile, part);
    }
    app
}

/// The table and the words that are asked for.
fn opened(effects: &[Effect]) -> (Table, String) {
    effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Query(_, Query::Records(OfRecords::Rows(table, _, page))) => {
                Some((*table, page.filter.clone()))
            }
            _ => None,
        })
        .unwrap_or_else(|| panic!("no rows are asked for: {effects:?}"))
}

#[test]
fn arrows_walk_the_parts_of_a_tile_before_they_leave_it() {
    let mut app = board();
    let walk: [(Key, Tile, Option<usize>); 15] = [
        (LEFT, Tile::Net, None),
        (RIGHT, Tile::Net, Some(0)),
        (RIGHT, Tile::Net, Some(1)),
        (RIGHT, Tile::Net, Some(1)),
        (LEFT, Tile::Net, Some(0)),
        (LEFT, Tile::Net, None),
        (DOWN, Tile::Open, None),
        (DOWN, Tile::Open, Some(0)),
        (DOWN, Tile::Stores, None),
        (DOWN, Tile::Stores, Some(0)),
        (DOWN, Tile::Stores, Some(1)),
        (UP, Tile::Stores, Some(0)),
        (UP, Tile::Stores, None),
        (UP, Tile::Open, None),
        (UP, Tile::Net, None),
    ];
    for (number, (key, tile, part)) in walk.into_iter().enumerate() {
        app.key(key);
        assert_eq!((app.dashboard.focus, app.dashboard.part()), (tile, part), "{number}");
    }
}

#[test]
fn enter_opens_what_has_the_focus_and_esc_leads_back_to_it() {
    let mut app = board();
    app.dashboard.focus = Tile::Stores;
    let whole = app.key(ENTER);
    assert_eq!(opened(&whole), (Table::Orders, "ordered:2026-04 measure:booked".to_owned()));
    assert_eq!(app.screen, Screen::Records);
    app.key(ESC);
    assert_eq!((app.screen, app.dashboard.focus), (Screen::Dashboard, Tile::Stores));
    app.key(DOWN);
    app.key(DOWN);
    let row = app.key(ENTER);
    assert_eq!(opened(&row).1, "ordered:2026-04 store:5 measure:booked");
    app.key(ESC);
    assert_eq!((app.dashboard.focus, app.dashboard.part()), (Tile::Stores, Some(1)));
    app.key(ESC);
    assert_eq!(
        (app.dashboard.focus, app.dashboard.part()),
        (Tile::Stores, None),
        "Esc leaves the row, then nothing"
    );
}

#[test]
fn the_screens_of_records_are_afterwards_as_they_were() {
    let mut app = board();
    app.key(Key::char('8'));
    app.key(Key::plain(Code::F(3)));
    app.screen = Screen::Dashboard;
    app.key(ENTER);
    assert_eq!(app.records.list().unwrap().table, Table::Orders);
    // Words that are typed there are taken away first, as everywhere.
    app.key(Key::char('/'));
    app.key(Key::char('x'));
    app.key(ESC);
    app.key(ESC);
    assert_eq!(app.screen, Screen::Records);
    app.key(Key::char('['));
    assert_eq!(app.records.list().unwrap().table, Table::Customers);
}

#[test]
fn enter_waits_for_a_figure_that_is_on_its_way_and_says_so_of_one_that_failed() {
    let (mut app, effects) = App::signed_in(Role::Administrator);
    let mut waiting = effects;
    assert!(app.key(ENTER).is_empty());
    let mut opened_at_last = Vec::new();
    while let Some(effect) = waiting.pop() {
        let Effect::Query(id, Query::Board(question)) = effect else {
            opened_at_last.push(effect);
            continue;
        };
        let answer = match question {
            Asked::Stores => Heard::Stores(hill()),
            Asked::Calendar(_) => Heard::Calendar(Some(calendar())),
            Asked::Sales(_) => Heard::Sales(Sales::default()),
            _ => continue,
        };
        waiting.extend(app.answer(id, Reply::Board(answer)));
    }
    assert_eq!(opened(&opened_at_last).0, Table::Orders);
    app.key(ESC);
    app.dashboard.focus = Tile::Days;
    app.dashboard.answers = Default::default();
    assert!(app.key(ENTER).is_empty());
    assert_eq!((app.screen, app.told.as_deref()), (Screen::Dashboard, Some("It is not known yet.")));
}

#[test]
fn another_period_takes_the_focus_from_the_part() {
    let mut app = board();
    app.dashboard.focus = Tile::Stores;
    app.key(DOWN);
    assert_eq!(app.dashboard.part(), Some(0));
    app.key(Key::char('p'));
    assert_eq!((app.dashboard.focus, app.dashboard.part()), (Tile::Stores, None));
}
