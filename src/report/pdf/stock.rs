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

/// `whose` are the stores it is about; nothing for all there are.
pub(super) fn laid_out(stock: &Stock, whose: Option<&str>, look: &Report, stamp: &Stamp) -> Laid {
    let numbers = &look.money;
    let (listed, never): (Vec<&StockedProduct>, Vec<&StockedProduct>) =
        stock.products.iter().partition(|product| product.on_hand.iter().any(Option::is_some));
    let together = if whose.is_none() { "All stores" } else { "These stores" };
    let only = match &stock.stores[..] {
        [(_, name)] => Some(name.as_str()),
        _ => whose,
    };
    let words = format!("Stock of {}", only.unwrap_or("all stores"));
    let when = format!("As counted on {}", day(stamp.at.date()));
    let mut flow = Flow::new(look.paper.points(), &words, &format!("{words} · {when}"));
    title(
        &mut flow,
        look.business.as_deref(),
        &words,
        &[when, "Values are pieces on hand times today's list price.".to_owned()],
    );
    let pieces: i64 = listed.iter().map(|product| product.units()).sum();
    let value: Money = listed.iter().map(|product| product.value()).sum();
    let shown = [
        ("Products", numbers.count(listed.len() as u64)),
        ("Pieces on hand", numbers.count(pieces)),
        ("Value at list price", numbers.money(value)),
    ];
    tiles(&mut flow, &shown.map(|(name, value)| (name.to_owned(), value)), 3);
    if stock.stores.len() > 1 {
        stores(&mut flow, stock, &listed, together, numbers);
    }
    if !never.is_empty() {
        let count = counted(&numbers.count(never.len() as u64), "product");
        let were = if never.len() == 1 { "was" } else { "were" };
        flow.paragraph(
            Set::SMALL.in_ink(Ink::Grey),
            &format!(
                "{count} {were} never counted and {} not listed.",
                if never.len() == 1 { "is" } else { "are" }
            ),
        );
    }
    flow.space(12.0);
    products(&mut flow, stock, &listed, numbers);
    flow.finished(&stamp.words())
}

/// What each store has.
fn stores(
    flow: &mut Flow,
    stock: &Stock,
    listed: &[&StockedProduct],
    together: &str,
    numbers: &NumberFormat,
) {
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
    rows.push((cells(together, &|product| Some(product.units())), Look::Total));
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
    let list = List { stock, numbers, apart: (2..=STORES_APART).contains(&stock.stores.len()) };
    let categories = || listed.chunk_by(|one, other| one.category == other.category);
    let rows: Vec<Vec<String>> = listed
        .iter()
        .map(|product| list.row(product))
        .chain(categories().map(|some| list.total(some)))
        .collect();
    let columns = list.columns(flow, &rows);
    for some in categories() {
        let Some(category) = some.first().map(|product| product.category.clone()) else { continue };
        flow.heading(&category, 60.0);
        columns.head(flow);
        for product in some {
            let again = |flow: &mut Flow| flow.heading(&format!("{category} (continued)"), 40.0);
            columns.row(flow, &list.row(product), Look::Plain, again);
        }
        columns.row(flow, &list.total(some), Look::Total, |_| {});
        flow.space(16.0);
    }
}

/// The list of products: of few stores, what each has; else the brand has the room.
struct List<'a> {
    stock: &'a Stock,
    numbers: &'a NumberFormat,
    apart: bool,
}

impl List<'_> {
    fn columns(&self, flow: &Flow, rows: &[Vec<String>]) -> Columns {
        let (price, value) = (titled("Price", self.numbers), titled("Value", self.numbers));
        let mut columns: Vec<Column<'_>> = vec![("No.", Kind::Number), ("Product", Kind::Wide)];
        if self.apart {
            columns.extend(self.stock.stores.iter().map(|(_, name)| (name.as_str(), Kind::Number)));
            columns.push(("All", Kind::Number));
        } else {
            columns.extend([("Brand", Kind::Words), ("Pieces", Kind::Number)]);
        }
        columns.extend([(price.as_str(), Kind::Number), (value.as_str(), Kind::Number)]);
        Columns::new(flow, &columns, rows.iter().map(Vec::as_slice))
    }

    fn row(&self, product: &StockedProduct) -> Vec<String> {
        let numbers = self.numbers;
        let mut cells = vec![product.id.to_string(), product.name.clone()];
        if self.apart {
            let count =
                |count: &Option<i64>| count.map_or_else(|| "–".to_owned(), |count| numbers.count(count));
            cells.extend(product.on_hand.iter().map(count));
        } else {
            cells.push(product.brand.clone());
        }
        cells.push(numbers.count(product.units()));
        cells.extend([product.price, product.value()].map(|sum| numbers.amount(sum)));
        cells
    }

    /// What these come to together.
    fn total(&self, some: &[&StockedProduct]) -> Vec<String> {
        let numbers = self.numbers;
        let mut cells = vec![String::new(), "Together".to_owned()];
        if self.apart {
            let of = |place: usize| -> i64 {
                some.iter().filter_map(|product| product.on_hand.get(place).copied().flatten()).sum()
            };
            cells.extend((0..self.stock.stores.len()).map(|place| numbers.count(of(place))));
        } else {
            cells.push(String::new());
        }
        let pieces: i64 = some.iter().map(|product| product.units()).sum();
        let value: Money = some.iter().map(|product| product.value()).sum();
        cells.extend([numbers.count(pieces), String::new(), numbers.amount(value)]);
        cells
    }
}
