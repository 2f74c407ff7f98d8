//! `storekeeper kpi`: the figures of `docs/FIGURES.md`.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::{opening, output};
use crate::domain::{Figures, Measure, Scope, StoreId};
use crate::service::authorized::ViewDashboard;
use crate::service::figures;
use crate::settings::Settings;
use jiff::civil::Date;
use serde::Serialize;

#[derive(Debug, clap::Args)]
pub(super) struct Kpi {
    #[command(flatten)]
    scope: ScopeArgs,
    /// Print JSON; sums of money are strings with two decimals
    #[arg(long)]
    json: bool,
}

/// Which orders figures are over, as flags say it.
#[derive(Debug, clap::Args)]
pub(super) struct ScopeArgs {
    /// Which orders count
    #[arg(long, value_name = "M", default_value = "booked", value_parser = measure())]
    measure: Measure,
    /// One store, by its number; otherwise the whole chain
    #[arg(long, value_name = "ID")]
    store: Option<u32>,
    /// The first business day, as in 2026-01-31
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The last business day; it counts too
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
}

/// What is printed as JSON.
#[derive(Debug, Serialize)]
struct Report {
    #[serde(flatten)]
    scope: Scope,
    #[serde(flatten)]
    figures: Figures,
}

impl ScopeArgs {
    pub(super) fn scope(self) -> Result<Scope, Failure> {
        if let Some((from, to)) = self.from.zip(self.to).filter(|(from, to)| from > to) {
            return Err(Failure::usage(format!(
                "--from {from} is after --to {to}. Give the earlier day first."
            )));
        }
        Ok(Scope { measure: self.measure, store: self.store.map(StoreId), from: self.from, to: self.to })
    }
}

impl Kpi {
    pub(super) async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        let scope = self.scope.scope()?;
        let figures = opening::with_session(settings, person, async |db, session| {
            let by = session.require(ViewDashboard)?;
            known(&figures::stores(&by, db).await?, scope.store)?;
            Ok(figures::figures(&by, db, &scope).await?)
        })
        .await?;
        if self.json {
            output::print_json(&Report { scope, figures })
        } else {
            output::print(&table(&figures))
        }
    }
}

fn known(stores: &[crate::domain::morning::StoreName], asked: Option<StoreId>) -> Result<(), Failure> {
    match asked {
        Some(id) if !stores.iter().any(|store| store.id == id) => {
            let known: Vec<String> =
                stores.iter().map(|store| format!("{} {}", store.id, store.name)).collect();
            Err(Failure::usage(format!("There is no store {id}. Known: {}.", known.join(", "))))
        }
        _ => Ok(()),
    }
}

fn measure() -> impl clap::builder::TypedValueParser<Value = Measure> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(Measure::EACH.map(Measure::word))
        .map(|word| Measure::EACH.into_iter().find(|measure| measure.word() == word).unwrap_or_default())
}

fn table(figures: &Figures) -> String {
    let average = figures.average_order_value.map_or_else(|| "-".to_owned(), crate::domain::Money::grouped);
    let rows = [
        ("gross", figures.gross.grouped()),
        ("net", figures.net.grouped()),
        ("discount", figures.discount.grouped()),
        ("orders", figures.orders.to_string()),
        ("units", figures.units.to_string()),
        ("average order value", average),
    ];
    rows.iter().map(|(name, value)| format!("{name:<20} {value:>18}\n")).collect()
}
