//! What to order: products of which a store has little left.

use super::flow::{Flow, Set};
use super::letterhead::{Stamp, day, tiles, title};
use super::page::Laid;
use super::table::{Columns, Kind, Look};
use crate::domain::report::LowProduct;
use crate::settings::Report;

/// `store` is the name of the one store it is about; `enough` is how many pieces are not few any more.
pub(super) fn laid_out(
    low: &[LowProduct],
    store: Option<&str>,
    enough: u32,
    look: &Report,
    stamp: &Stamp,
) -> Laid {
    let numbers = &look.money;
    let words = format!("Low stock to order, {}", store.unwrap_or("all stores"));
    let when = format!("On {}", day(stamp.at.date()));
    let what = format!(
        "Products of which a store has fewer than {enough} pieces. \u{201c}To order\u{201d} is what brings the store back to \
         {enough} when its open orders are served."
    );
    let mut flow = Flow::new(look.paper.points(), &words, &format!("{words} · {when}"));
    title(&mut flow, look.business.as_deref(), &words, &[when, what]);
    let enough = i64::from(enough);
    let out = low.iter().filter(|product| product.on_hand <= 0).count();
    let pieces: i64 = low.iter().map(|product| product.to_order(enough)).sum();
    let shown = [
        ("Low", numbers.count(low.len() as u64)),
        ("Of these out of stock", numbers.count(out as u64)),
        ("Pieces to order", numbers.count(pieces)),
    ];
    tiles(&mut flow, &shown.map(|(name, value)| (name.to_owned(), value)), 3);
    if low.is_empty() {
        flow.paragraph(Set::LETTER, "Nothing is low.");
    }
    let row = |product: &LowProduct| {
        vec![
            product.id.to_string(),
            product.product.clone(),
            product.brand.clone(),
            numbers.count(product.on_hand),
            numbers.count(product.promised),
            numbers.count(product.to_order(enough)),
        ]
    };
    let rows: Vec<Vec<String>> = low.iter().map(row).collect();
    let columns = [
        ("No.", Kind::Number),
        ("Product", Kind::Wide),
        ("Brand", Kind::Words),
        ("On hand", Kind::Number),
        ("Promised", Kind::Number),
        ("To order", Kind::Number),
    ];
    let columns = Columns::new(&flow, &columns, rows.iter().map(Vec::as_slice));
    for some in low.chunk_by(|one, other| one.store == other.store) {
        let Some(store) = some.first().map(|product| product.store.clone()) else { continue };
        flow.space(8.0);
        flow.heading(&store, 60.0);
        columns.head(&mut flow);
        for product in some {
            columns.row(&mut flow, &row(product), Look::Plain, |flow| {
                flow.heading(&format!("{store} (continued)"), 40.0)
            });
        }
        let pieces: i64 = some.iter().map(|product| product.to_order(enough)).sum();
        let total = ["", "Together", "", "", "", &numbers.count(pieces)].map(str::to_owned);
        columns.row(&mut flow, &total, Look::Total, |_| {});
        flow.space(12.0);
    }
    flow.finished(&stamp.words())
}
