//! Whether a chain agrees with itself.

use super::authorized::{Authorized, ManageDatabase};
use crate::db::check::ask;
use crate::db::export::{Cells, Reader};
use crate::db::{self, Db, DbError};
use crate::domain::check::{Amiss, Check, Checked};
use crate::domain::{Figures, Measure, Money, Scope, Sight, Table};
use rust_decimal::{Decimal, RoundingStrategy};
use tokio_util::sync::CancellationToken;

/// Looks at one thing. Somebody who stops it is told that nothing is amiss.
///
/// # Errors
/// [`DbError`] where the right is gone or the database can not be asked.
pub async fn check(
    by: &Authorized<ManageDatabase>,
    db: &Db,
    check: Check,
    cancel: &CancellationToken,
) -> Result<Checked, DbError> {
    let amiss = match db.read(by, ask(db, check, cancel)).await? {
        Some(found) => found.into_iter().map(|(what, count)| Amiss { what, count, detail: None }).collect(),
        None => db.read(by, figures_apart(db, cancel)).await?,
    };
    Ok(Checked { check, amiss })
}

/// Adds up every order and line as an export hands them out, and holds that against the figures of dashboard and reports.
async fn figures_apart(db: &Db, cancel: &CancellationToken) -> Result<Vec<Amiss>, DbError> {
    let scope = Scope { measure: Measure::All, ..Scope::default() };
    let figures = db::figures::over_scope(db, &scope, &Sight::Chain).await?;
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
    let Some(mut lines) = snapshot.rows(Table::OrderItems, &[], None, None, cancel).await? else {
        return Ok(None);
    };
    let places = ["quantity", "list_price", "discount"]
        .map(|name| lines.fields().iter().position(|field| field.name == name).unwrap_or_default());
    while let Some(row) = lines.next(cancel).await? {
        let [quantity, price, discount] = places.map(|place| number(&row, place));
        gross += cents(quantity * price);
        net += cents(quantity * price * (Decimal::ONE - discount));
        units += u64::try_from(quantity).unwrap_or_default();
    }
    drop(lines);
    let Some(mut rows) = snapshot.rows(Table::Orders, &[], None, None, cancel).await? else {
        return Ok(None);
    };
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
