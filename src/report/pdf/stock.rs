//! What is on hand, with its value.

use super::customer::titled;
use super::flow::{Flow, Set};
use super::letterhead::{Stamp, counted, day, tiles, title};
use super::page::{Ink, Laid};
use super::table::{Column, Columns, Kind, Look};
use crate::domain::report::{Stock, StockedProduct};
use crate::domain::{Money, NumberFormat};
use crate::settings::Report;

/// Up to so many stores have a column each; more are added up.
const STORES_APART: usize = 4;

pub(super) fn laid_out(stock: &Stock, look: &Report, stamp: &Stamp) -> Laid {
    let numbers = &look.money;
    let (listed, never): (Vec<&StockedProduct>, Vec<&StockedProduct>) =
        stock.products.iter().partition(|product| product.on_hand.iter().any(Option::is_some));
    let whose = match &stock.stores[..] {
        [(_, name)] => name.clone(),
        _ => "all stores".to_owned(),
    };
    let words = format!("Stock of {whose}");
    let when = format!("As counted on {}", day(stamp.at.date()));
    let mut flow = Flow::new(look.paper.points(), &words, &format!("{words} · {when}"));
    title(&mut flow, look.business.as_deref(), &words, &[when, "Values are pieces on hand times today's list price.".to_owned()]);
    let pieces: i64 = listed.iter().map(|product| product.units()).sum();
    let value: Money = listed.iter().map(|product| product.value()).sum();
    let shown = [
        ("Products", numbers.count(listed.len() as u64)),
        ("Pieces on hand", numbers.count(pieces)),
        ("Value at list price", numbers.money(value)),
    ];
    tiles(&mut flow, &shown.map(|(name, value)| (name.to_owned(), value)), 3);
    if stock.stores.len() > 1 {
        stores(&mut flow, stock, &listed, numbers);
    }
    if !never.is_empty() {
        let count = counted(&numbers.count(never.len() as u64), "product");
        let were = if never.len() == 1 { "was" } else { "were" };
        flow.paragraph(Set::SMALL.in_ink(Ink::Grey), &format!("{count} {were} never counted and {} not listed.", if never.len() == 1 { "is" } else { "are" }));
    }
    flow.space(12.0);
    products(&mut flow, stock, &listed, numbers);
    flow.finished(&stamp.words())
}

/// What each store has.
fn stores(flow: &mut Flow, stock: &Stock, listed: &[&StockedProduct], numbers: &NumberFormat) {
    let mut rows: Vec<(Vec<String>, Look)> = Vec::new();
    let cells = |name: &str, of: &dyn Fn(&StockedProduct) -> Option<i64>| {
        let counted: Vec<(Money, i64)> =
            listed.iter().filter_map(|product| Some((product.price, of(product)?))).collect();
        let value: Money = counted.iter().map(|(price, pieces)| price.times(*pieces)).sum();
        vec![
            name.to_owned(),
            numbers.count(counted.iter().filter(|(_, pieces)| *pieces > 0).count() as u64),
            numbers.count(counted.iter().map(|(_, pieces)| pieces).sum::<i64>()),
            numbers.amount(value),
        ]
    };
    for (place, (_, name)) in stock.stores.iter().enumerate() {
        rows.push((cells(name, &|product| product.on_hand.get(place).copied().flatten()), Look::Plain));
    }
    rows.push((cells("All stores", &|product| Some(product.units())), Look::Total));
    let value = titled("Value", numbers);
    let columns = [
        ("Store", Kind::Wide),
        ("Products on hand", Kind::Number),
        ("Pieces", Kind::Number),
        (value.as_str(), Kind::Number),
    ];
    Columns::new(flow, &columns, rows.iter().map(|(cells, _)| cells.as_slice())).table(flow, &rows);
    flow.space(10.0);
}

/// Each category with its products.
fn products(flow: &mut Flow, stock: &Stock, listed: &[&StockedProduct], numbers: &NumberFormat) {
    let apart = (2..=STORES_APART).contains(&stock.stores.len());
    let (price, value) = (titled("Price", numbers), titled("Value", numbers));
    let mut columns: Vec<Column<'_>> = vec![("Product", Kind::Wide), ("Brand", Kind::Words)];
    if apart {
        columns.extend(stock.stores.iter().map(|(_, name)| (first_word(name), Kind::Number)));
    }
    let pieces = if apart { "All" } else { "Pieces" };
    columns.extend([(pieces, Kind::Number), (price.as_str(), Kind::Number), (value.as_str(), Kind::Number)]);
    let row = |product: &StockedProduct| {
        let mut cells = vec![product.name.clone(), product.brand.clone()];
        if apart {
            cells.extend(product.on_hand.iter().map(|count| count.map_or_else(|| "–".to_owned(), |count| numbers.count(count))));
        }
        cells.extend([numbers.count(product.units()), numbers.amount(product.price), numbers.amount(product.value())]);
        cells
    };
    let total = |some: &[&StockedProduct]| {
        let mut cells = vec!["Together".to_owned(), String::new()];
        if apart {
            let of = |place: usize| some.iter().filter_map(|product| product.on_hand.get(place).copied().flatten()).sum::<i64>();
            cells.extend((0..stock.stores.len()).map(|place| numbers.count(of(place))));
        }
        let pieces: i64 = some.iter().map(|product| product.units()).sum();
        let value: Money = some.iter().map(|product| product.value()).sum();
        cells.extend([numbers.count(pieces), String::new(), numbers.amount(value)]);
        cells
    };
    let all: Vec<Vec<String>> = listed.iter().map(|product| row(product)).chain([total(listed)]).collect();
    let columns = Columns::new(flow, &columns, all.iter().map(Vec::as_slice));
    for some in listed.chunk_by(|one, other| one.category == other.category) {
        let Some(category) = some.first().map(|product| product.category.clone()) else { continue };
        flow.heading(&category, 60.0);
        columns.head(flow);
        for product in some {
            columns.row(flow, &row(product), Look::Plain, |flow| flow.heading(&format!("{category} (continued)"), 40.0));
        }
        columns.row(flow, &total(some), Look::Total, |_| {});
        flow.space(16.0);
    }
}

/// The part of a store's name that has room above a column of numbers.
fn first_word(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}
