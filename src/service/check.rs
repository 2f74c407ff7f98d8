//! Whether a chain agrees with itself.

use super::authorized::{Authorized, ManageDatabase};
use crate::db::check::{Question, ask};
use crate::db::export::{Cells, Reader};
use crate::db::{self, Db, DbError};
use crate::domain::check::{Amiss, Checked};
use crate::domain::{Figures, Measure, Money, Scope, Table};
use rust_decimal::{Decimal, RoundingStrategy};
use tokio_util::sync::CancellationToken;

/// What is looked at, in this order.
pub const CHECKS: [&str; 5] = [
    "every row names rows that are there",
    "the sums of order lines",
    "dates of orders and their status",
    "who manages whom",
    "the figures and an export come to the same",
];

/// Looks at one thing: that of this place in [`CHECKS`].
///
/// # Errors
/// [`DbError`] where the right is gone or the database can not be asked.
pub async fn check(
    by: &Authorized<ManageDatabase>,
    db: &Db,
    nth: usize,
    cancel: &CancellationToken,
) -> Result<Checked, DbError> {
    let asked = |question| async move {
        let found = db.read(by, ask(db, question)).await?;
        Ok::<_, DbError>(found.into_iter().map(|(what, count)| Amiss { what, count, detail: None }).collect())
    };
    let amiss = match nth {
        0 => asked(Question::Orphans).await?,
        1 => asked(Question::Sums).await?,
        2 => asked(Question::Dates).await?,
        3 => asked(Question::Managers).await?,
        _ => db.read(by, figures_apart(db, cancel)).await?,
    };
    Ok(Checked { check: CHECKS.get(nth).copied().unwrap_or_default(), amiss })
}

/// Adds up every order and line as an export hands them out, and holds that against the figures of dashboard and reports.
async fn figures_apart(db: &Db, cancel: &CancellationToken) -> Result<Vec<Amiss>, DbError> {
    let scope = Scope { measure: Measure::All, ..Scope::default() };
    let figures = db::figures::over_scope(db, &scope).await?;
    let mut reader = Reader::open(db).await?;
    let added = added_up(&mut reader, cancel).await;
    reader.close().await;
    let Some(added) = added? else { return Ok(Vec::new()) };
    let pairs = |of: &Figures| {
        [
            ("gross", of.gross.grouped()),
            ("net", of.net.grouped()),
            ("orders", of.orders.to_string()),
            ("units", of.units.to_string()),
        ]
    };
    let apart = pairs(&figures).into_iter().zip(pairs(&added)).filter(|(one, other)| one != other);
    Ok(apart
        .map(|((what, one), (_, other))| Amiss {
            what: what.to_owned(),
            count: 1,
            detail: Some(format!("{one} as a figure, {other} added up from an export")),
        })
        .collect())
}

/// `None` when somebody cancels.
async fn added_up(reader: &mut Reader, cancel: &CancellationToken) -> Result<Option<Figures>, DbError> {
    let mut snapshot = reader.snapshot().await?;
    let (mut gross, mut net, mut units, mut orders) = (Decimal::ZERO, Decimal::ZERO, 0, 0);
    let Some(mut lines) = snapshot.rows(Table::OrderItems, &[], None, cancel).await? else { return Ok(None) };
    let places = ["quantity", "list_price", "discount"]
        .map(|name| lines.fields().iter().position(|field| field.name == name).unwrap_or_default());
    while let Some(row) = lines.next(cancel).await? {
        let [quantity, price, discount] = places.map(|place| number(&row, place));
        gross += cents(quantity * price);
        net += cents(quantity * price * (Decimal::ONE - discount));
        units += u64::try_from(quantity).unwrap_or_default();
    }
    drop(lines);
    let Some(mut rows) = snapshot.rows(Table::Orders, &[], None, cancel).await? else { return Ok(None) };
    while rows.next(cancel).await?.is_some() {
        orders += 1;
    }
    let (gross, net) = (Money::rounded(gross), Money::rounded(net));
    let added = Figures { gross, net, orders, units, ..Figures::default() };
    Ok((!cancel.is_cancelled()).then_some(added))
}

fn number(row: &Cells, place: usize) -> Decimal {
    let cell = row.each().nth(place).flatten().and_then(|digits| std::str::from_utf8(digits).ok());
    cell.and_then(|digits| digits.parse().ok()).unwrap_or_default()
}

/// As docs/FIGURES.md has it: half away from zero.
fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}
