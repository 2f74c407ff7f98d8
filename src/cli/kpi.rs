//! `storekeeper kpi`: the figures of `docs/FIGURES.md`.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::{opening, output};
use crate::db::Db;
use crate::domain::morning::{Comparison, DayNet, OpenOrders, Part, TopProduct};
use crate::domain::sight::{Extent, StoresSeen};
use crate::domain::stock::{Listed, NotSold, Promised, RunningOut, StockValue};
use crate::domain::{Figures, Filter, Measure, Money, Period, PeriodKind, Scope, StoreId};
use crate::service::authorized::{Authorized, ViewDashboard};
use crate::service::figures::{self, FigureError};
use crate::settings::Settings;
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

/// How many rows of a list are told.
const LISTED: u32 = 100;

#[derive(Debug, clap::Args)]
pub(super) struct Kpi {
    #[command(flatten)]
    scope: ScopeArgs,
    /// A period of the calendar; otherwise --from and --to, or all days
    #[arg(long, value_name = "P", value_parser = period(), conflicts_with_all = ["from", "to"])]
    period: Option<PeriodKind>,
    /// A day in that period [default: the day of --as-of, else today, or the newest with orders]
    #[arg(long, value_name = "DATE", requires = "period")]
    on: Option<Date>,
    /// Look at it as of that day: what was ordered later does not count, and late is what was late then
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Everything that the dashboard shows, as JSON: by day, store, staff, category, brand, product, and stock
    #[arg(long, requires = "json")]
    full: bool,
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
    units_an_order: Option<Decimal>,
    #[serde(flatten)]
    of_period: Option<OfPeriod>,
    #[serde(flatten)]
    all: Option<Box<All>>,
}

/// What there is to say of days with two ends.
#[derive(Debug, Serialize)]
struct OfPeriod {
    period: PeriodKind,
    as_of: Option<Date>,
    target: Option<Money>,
    last_year: Option<Money>,
    before: Option<Money>,
    until: Option<Date>,
    #[serde(flatten)]
    open: OpenOrders,
}

/// The lists of the dashboard.
#[derive(Debug, Serialize)]
struct All {
    net_per_day: Vec<DayNet>,
    net_per_day_last_year: Vec<DayNet>,
    by_store: Vec<Part>,
    by_staff: Vec<Part>,
    by_category: Vec<Part>,
    by_brand: Vec<Part>,
    top_products: Vec<TopProduct>,
    low_stock: RunningOut,
    promised_beyond_stock: Listed<Promised>,
    slow_stock: NotSold,
    stock_value: StockValue,
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
        let json = self.json;
        let report = opening::with_session(settings, person, async |db, session| {
            let by = session.require(ViewDashboard)?;
            self.report(&by, db).await
        })
        .await?;
        if json { output::print_json(&report) } else { output::print(&table(&report)) }
    }

    /// The figures, from where the dashboard has them.
    async fn report(self, by: &Authorized<ViewDashboard>, db: &Db) -> Result<Report, Failure> {
        let scope = self.scope.scope()?;
        known(&figures::stores(by, db).await?, scope.store)?;
        let calendar = match self.period.is_some() || (scope.from.is_some() && scope.to.is_some()) {
            true => figures::calendar(by, db, scope.store, Timestamp::now()).await?,
            false => None,
        };
        let period = match (self.period, &calendar, scope.from.zip(scope.to)) {
            (Some(kind), Some(calendar), _) => {
                let day = self.on.or(self.as_of).unwrap_or_else(|| calendar.opening_day());
                Some(Period::holding(kind, day))
            }
            (Some(_), None, _) => {
                return Err(Failure::usage("There are no orders, and so no period to look at."));
            }
            (None, _, days) => days.map(|(from, to)| Period::free(from, to)),
        };
        let filter = period.map(|period| Filter {
            period,
            as_of: self.as_of,
            store: scope.store,
            measure: scope.measure,
        });
        let scope = match filter {
            Some(filter) => filter.scope(),
            None => Scope { to: [scope.to, self.as_of].into_iter().flatten().min(), ..scope },
        };
        let figures = figures::figures(by, db, &scope).await?;
        let (mut of_period, mut all) = (None, None);
        if let (Some(filter), Some(calendar)) = (filter, calendar) {
            let today = filter.as_of.unwrap_or(calendar.today);
            let (told, last_year) = told_of_period(by, db, &filter, today).await?;
            of_period = Some(told);
            if self.full {
                all = Some(Box::new(everything(by, db, &filter, (today, last_year)).await?));
            }
        } else if self.full {
            return Err(Failure::usage(
                "--full takes --period, or --from and --to: a dashboard is over days with ends.",
            ));
        }
        Ok(Report { scope, units_an_order: figures.units_an_order(), figures, of_period, all })
    }
}

/// What there is to say of the period, and the net of each day a year earlier.
async fn told_of_period(
    by: &Authorized<ViewDashboard>,
    db: &Db,
    filter: &Filter,
    today: Date,
) -> Result<(OfPeriod, Vec<DayNet>), FigureError> {
    let Comparison { target, last_year, last_year_per_day, before, until } =
        figures::comparison(by, db, filter, today).await?;
    let open = figures::open_orders(by, db, filter, today).await?;
    let (period, as_of) = (filter.period.kind(), filter.as_of);
    Ok((OfPeriod { period, as_of, target, last_year, before, until, open }, last_year_per_day))
}

async fn everything(
    by: &Authorized<ViewDashboard>,
    db: &Db,
    filter: &Filter,
    (today, last_year): (Date, Vec<DayNet>),
) -> Result<All, FigureError> {
    let sales = figures::sales(by, db, &filter.scope()).await?;
    let products = figures::products(by, db, &filter.scope(), LISTED).await?;
    Ok(All {
        net_per_day: sales.net_per_day,
        net_per_day_last_year: last_year,
        by_store: sales.by_store,
        by_staff: sales.by_staff,
        by_category: products.by_category,
        by_brand: products.by_brand,
        top_products: products.top,
        low_stock: figures::low_stock(by, db, filter.store, LISTED).await?,
        promised_beyond_stock: figures::promised(by, db, filter.store, LISTED).await?,
        slow_stock: figures::slow_stock(by, db, filter, today, LISTED).await?,
        stock_value: figures::stock_value(by, db, filter.store).await?,
    })
}

/// Names the stores to who asks for one there is not. What there is for others, the service tells.
fn known(seen: &StoresSeen, asked: Option<StoreId>) -> Result<(), Failure> {
    let stores = &seen.stores;
    match asked {
        Some(id) if seen.extent == Extent::Chain && !stores.iter().any(|store| store.id == id) => {
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

fn period() -> impl clap::builder::TypedValueParser<Value = PeriodKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    let each = PeriodKind::OF_CALENDAR;
    PossibleValuesParser::new(each.map(PeriodKind::word))
        .map(move |word| each.into_iter().find(|kind| kind.word() == word).unwrap_or_default())
}

fn table(report: &Report) -> String {
    let figures = &report.figures;
    let sum = |sum: Option<Money>| sum.map_or_else(|| "-".to_owned(), Money::grouped);
    let mut rows = vec![
        ("gross", figures.gross.grouped()),
        ("net", figures.net.grouped()),
        ("discount", figures.discount.grouped()),
        ("orders", figures.orders.to_string()),
        ("units", figures.units.to_string()),
        ("average order value", sum(figures.average_order_value)),
    ];
    if let Some(told) = &report.of_period {
        rows.extend([
            (
                "units an order",
                report.units_an_order.map_or_else(|| "-".to_owned(), |units| units.to_string()),
            ),
            ("target", sum(told.target)),
            ("last year", sum(told.last_year)),
            ("period before", sum(told.before)),
            ("open", told.open.open.to_string()),
            ("late", told.open.late.to_string()),
        ]);
    }
    rows.iter().map(|(name, value)| format!("{name:<20} {value:>18}\n")).collect()
}

impl From<FigureError> for Failure {
    fn from(error: FigureError) -> Failure {
        match error {
            FigureError::Database(error) => error.into(),
            FigureError::OutOfSight { .. } => Failure::new(Exit::NotAllowed, error.to_string()),
            FigureError::Unlinked(_) => Failure::of(error),
        }
    }
}
