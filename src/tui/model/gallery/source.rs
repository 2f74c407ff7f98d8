//! A million orders that nobody made, computed when they are asked for.

use crate::tui::model::widgets::data_table::{Column, From, Page, Row, RowKey, Rows};

/// How many rows there are.
pub const ROWS: u32 = 1_000_000;

const CUSTOMERS: [&str; 8] = [
    "Dagny Brook",
    "山田 花子",
    "Zoë Quinn-Hernández de la Vega y Montenegro",
    "Kirsa Toft",
    "José Ñuñez",
    "김민수",
    "Tamsin Felder",
    "Ok 👩‍🌾 Farms",
];
const STORES: [&str; 3] = ["South Crag", "Belstow", "Redmoor"];
const STATUS: [&str; 4] = ["open", "shipped", "late", "cancelled"];

/// The columns of the orders.
pub const COLUMNS: &[Column] = &[
    Column { id: "number", title: "Order", width: 9, is_number: true, sorts: true },
    Column { id: "customer", title: "Customer", width: 24, is_number: false, sorts: false },
    Column { id: "ordered", title: "Ordered", width: 12, is_number: false, sorts: true },
    Column { id: "status", title: "Status", width: 10, is_number: false, sorts: false },
    Column { id: "store", title: "Store", width: 12, is_number: false, sorts: false },
    Column { id: "net", title: "Net", width: 12, is_number: true, sorts: false },
    Column { id: "note", title: "Note", width: 30, is_number: false, sorts: false },
];

/// Answers a page.
pub fn rows(page: &Page) -> Rows {
    let backwards = matches!(page.from, From::Before(_) | From::End);
    let downwards = page.sort.is_some_and(|sort| sort.descending) != backwards;
    let key = match &page.from {
        From::After(key) | From::Before(key) => key.0.parse().ok(),
        From::Start | From::End => None,
    };
    let mut found: Vec<Row> = numbers(downwards, key)
        .map(row)
        .filter(|row| row.cells.iter().any(|cell| cell.contains(&page.filter)))
        .take(page.limit + 1)
        .collect();
    let more = found.len() > page.limit;
    found.truncate(page.limit);
    if backwards {
        found.reverse();
    }
    let total = page.filter.is_empty().then_some(ROWS.into());
    Rows { rows: found, more, total }
}

fn numbers(downwards: bool, beyond: Option<u32>) -> Box<dyn Iterator<Item = u32>> {
    match (downwards, beyond) {
        (false, key) => Box::new(key.map_or(1, |key| key + 1)..=ROWS),
        (true, key) => Box::new((1..key.unwrap_or(ROWS + 1)).rev()),
    }
}

fn row(number: u32) -> Row {
    let pick = |words: &[&str], step: u32| {
        let at = (number / step) as usize % words.len();
        words.get(at).copied().unwrap_or_default().to_owned()
    };
    let (months, days) = (number / 28_000, number / 1000 % 28 + 1);
    let cents = u64::from(number) * 7919 % 900_000;
    let cells = vec![
        number.to_string(),
        pick(&CUSTOMERS, 1),
        format!("{}-{:02}-{days:02}", 2023 + months / 12, months % 12 + 1),
        pick(&STATUS, 3),
        pick(&STORES, 2),
        format!("{}.{:02}", cents / 100, cents % 100),
        format!("made up, line {}", number % 97),
    ];
    Row { key: RowKey(number.to_string()), cells }
}
