//! Sales by period and store, with a chart.

use super::chart;
use super::customer::titled;
use super::flow::{Flow, Set};
use super::letterhead::{Stamp, day, tiles, title};
use super::page::{Ink, Laid};
use super::table::{Columns, Kind, Look};
use crate::domain::figures::Figure;
use crate::domain::report::SalesReport;
use crate::domain::{Figures, Measure, Money, Month, NumberFormat, capitalised};
use crate::settings::Report;
use jiff::civil::Date;

/// Up to so many days each has a bar of its own; of more, each month.
const DAYS_APART: usize = 62;

pub(super) fn laid_out(sales: &SalesReport, look: &Report, stamp: &Stamp) -> Laid {
    let numbers = &look.money;
    let store = sales.store.as_deref().unwrap_or("all stores");
    let words = format!("Sales of {store}");
    let mut flow = Flow::new(look.paper.points(), &words, &format!("{words} · {}", span(sales)));
    title(
        &mut flow,
        look.business.as_deref(),
        &words,
        &[span(sales), measure(sales.scope.measure).to_owned()],
    );
    figures(&mut flow, &sales.figures, numbers);
    periods(&mut flow, sales, numbers);
    if sales.stores.len() > 1 {
        stores(&mut flow, sales, numbers);
    }
    products(&mut flow, sales, numbers);
    definitions(&mut flow);
    flow.finished(&stamp.words())
}

/// The days it is about, in words.
fn span(sales: &SalesReport) -> String {
    let ends = sales.days.first().zip(sales.days.last());
    let from = sales.scope.from.or(ends.map(|(first, _)| first.day));
    let to = sales.scope.to.or(ends.map(|(_, last)| last.day));
    match (from, to) {
        (Some(from), Some(to)) if from == to => day(from),
        (Some(from), Some(to)) => format!("{} to {}", day(from), day(to)),
        _ => "No sales in this period".to_owned(),
    }
}

fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::All => "Every order, rejected ones too",
        Measure::Booked => "Booked orders: every order that was not rejected",
        Measure::Shipped => "Shipped orders: those that have a shipped date and were not rejected",
    }
}

fn figures(flow: &mut Flow, figures: &Figures, numbers: &NumberFormat) {
    let share = figures.discount.ratio_of(figures.gross);
    let discount = Figure::Discount.name();
    let discount = match share {
        Some(share) => format!("{discount}, {} of gross", numbers.share(share)),
        None => discount.to_owned(),
    };
    let shown = [
        (Figure::Net.name().to_owned(), numbers.money(figures.net)),
        (Figure::Gross.name().to_owned(), numbers.money(figures.gross)),
        (discount, numbers.money(figures.discount)),
        (Figure::Orders.name().to_owned(), numbers.count(figures.orders)),
        (Figure::Units.name().to_owned(), numbers.count(figures.units)),
        (Figure::AverageOrderValue.name().to_owned(), average(figures, numbers)),
    ];
    tiles(flow, &shown, 3);
    flow.space(6.0);
}

fn average(figures: &Figures, numbers: &NumberFormat) -> String {
    figures.average_order_value.map_or_else(|| "–".to_owned(), |value| numbers.money(value))
}

/// Net sales as bars and as a table: by day, or over a longer time by month.
fn periods(flow: &mut Flow, sales: &SalesReport, numbers: &NumberFormat) {
    let ends = sales.days.first().zip(sales.days.last());
    let Some((first, last)) = ends else { return };
    let from = sales.scope.from.unwrap_or(first.day).min(first.day);
    let to = sales.scope.to.unwrap_or(last.day).max(last.day);
    let by_day: Vec<Date> =
        from.series(jiff::Span::new().days(1)).take_while(|day| *day <= to).take(DAYS_APART + 1).collect();
    let (word, bars, rows) = if by_day.len() <= DAYS_APART {
        let net = |day: &Date| {
            sales.days.iter().find(|other| other.day == *day).map_or(Money::ZERO, |found| found.net)
        };
        let bars: Vec<chart::Bar> =
            by_day.iter().map(|day| (day.strftime("%-d %b").to_string(), net(day))).collect();
        let rows: Vec<(String, Money)> = sales.days.iter().map(|found| (day(found.day), found.net)).collect();
        ("day", bars, rows)
    } else {
        let months = months(sales, from, to);
        let bars = months.iter().map(|(month, net)| (month.to_string(), *net)).collect();
        let rows = months.iter().rev().filter(|(_, net)| *net > Money::ZERO);
        let rows = rows.map(|(month, net)| (month.first_day().strftime("%B %Y").to_string(), *net)).collect();
        ("month", bars, rows)
    };
    flow.heading(&format!("Net sales by {word}"), 160.0);
    chart::bars(flow, &bars, numbers);
    flow.space(12.0);
    let share =
        |net: Money| net.ratio_of(sales.figures.net).map_or_else(String::new, |share| numbers.share(share));
    let mut cells: Vec<(Vec<String>, Look)> = rows
        .iter()
        .map(|(name, net)| (vec![name.clone(), share(*net), numbers.amount(*net)], Look::Plain))
        .collect();
    let total: Money = rows.iter().map(|(_, net)| *net).sum();
    cells.push((vec!["Total".to_owned(), String::new(), numbers.amount(total)], Look::Total));
    let net = titled("Net sales", numbers);
    let period = capitalised(word);
    let columns = [(period.as_str(), Kind::Wide), ("Share", Kind::Number), (net.as_str(), Kind::Number)];
    Columns::new(flow, &columns, cells.iter().map(|(cells, _)| cells.as_slice())).table(flow, &cells);
    flow.space(20.0);
}

/// Every month from one day to the other, with its net sales.
fn months(sales: &SalesReport, from: Date, to: Date) -> Vec<(Month, Money)> {
    let last = Month::of(to);
    let mut months = vec![(Month::of(from), Money::ZERO)];
    while let Some((month, _)) = months.last().copied().filter(|(month, _)| *month < last) {
        months.push((month.next(), Money::ZERO));
    }
    for found in &sales.days {
        let month = Month::of(found.day);
        if let Ok(place) = months.binary_search_by_key(&month, |(month, _)| *month)
            && let Some((_, net)) = months.get_mut(place)
        {
            *net = *net + found.net;
        }
    }
    months
}

fn stores(flow: &mut Flow, sales: &SalesReport, numbers: &NumberFormat) {
    let row = |name: &str, figures: &Figures| {
        vec![
            name.to_owned(),
            numbers.count(figures.orders),
            numbers.count(figures.units),
            figures.average_order_value.map_or_else(|| "–".to_owned(), |value| numbers.amount(value)),
            numbers.amount(figures.gross),
            numbers.amount(figures.discount),
            numbers.amount(figures.net),
        ]
    };
    let mut rows: Vec<(Vec<String>, Look)> =
        sales.stores.iter().map(|(name, figures)| (row(name, figures), Look::Plain)).collect();
    let together = if sales.store.is_none() { "All stores" } else { "These stores" };
    rows.push((row(together, &sales.figures), Look::Total));
    let net = titled("Net", numbers);
    let columns = [
        ("Store", Kind::Wide),
        ("Orders", Kind::Number),
        ("Pieces", Kind::Number),
        ("Average order", Kind::Number),
        ("Gross", Kind::Number),
        ("Discount", Kind::Number),
        (net.as_str(), Kind::Number),
    ];
    flow.heading("By store", 60.0);
    Columns::new(flow, &columns, rows.iter().map(|(cells, _)| cells.as_slice())).table(flow, &rows);
    flow.space(20.0);
}

fn products(flow: &mut Flow, sales: &SalesReport, numbers: &NumberFormat) {
    if sales.products.is_empty() {
        return;
    }
    let rows: Vec<(Vec<String>, Look)> = sales
        .products
        .iter()
        .map(|product| {
            let on_hand = product.on_hand.map_or_else(|| "–".to_owned(), |pieces| numbers.count(pieces));
            let cells = vec![
                product.id.to_string(),
                product.name.clone(),
                numbers.count(product.units),
                on_hand,
                numbers.amount(product.net),
            ];
            (cells, Look::Plain)
        })
        .collect();
    let net = titled("Net sales", numbers);
    let columns = [
        ("No.", Kind::Number),
        ("Product", Kind::Wide),
        ("Pieces sold", Kind::Number),
        ("On hand now", Kind::Number),
        (net.as_str(), Kind::Number),
    ];
    flow.heading("Top products", 60.0);
    Columns::new(flow, &columns, rows.iter().map(|(cells, _)| cells.as_slice())).table(flow, &rows);
    flow.space(20.0);
}

/// What the figures mean, in the words of the page that defines them.
fn definitions(flow: &mut Flow) {
    let figures = [Figure::Net, Figure::Gross, Figure::Discount, Figure::Orders, Figure::AverageOrderValue];
    flow.heading("What the figures mean", 40.0);
    for figure in figures {
        let words = figure.definition().replace('\n', " ");
        let words = words.split(" In JSON:").next().unwrap_or_default();
        flow.paragraph(Set::SMALL.in_ink(Ink::Grey), &format!("{}: {words}", figure.name()));
        flow.space(2.0);
    }
}
