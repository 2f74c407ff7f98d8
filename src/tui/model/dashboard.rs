//! The dashboard: which part of the chain it looks at, and the figures it has.

use super::command::Command;
use super::fresh::Fresh;
use super::message::{Effect, Failure, LowStockList, Query, Reply, RequestId};
use super::widgets::pick_list::PickList;
use crate::domain::figures::Figure;
use crate::domain::morning::{Calendar, Comparison, DayNet, OpenOrders, StoreName, TopProduct};
use crate::domain::{Figures, Measure, Month, Scope, StoreId};
use jiff::Timestamp;

/// How many rows of the lists are asked for: more than the largest screen shows.
pub const LIST_LENGTH: u32 = 60;

/// A part of the dashboard that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs, reason = "named for what they show")]
pub enum Tile {
    #[default]
    Net,
    Orders,
    Average,
    Units,
    Discount,
    Open,
    Days,
    Top,
    Low,
}

impl Tile {
    /// All of them, in the order Tab walks them.
    pub const EACH: [Tile; 9] = [
        Tile::Net,
        Tile::Orders,
        Tile::Average,
        Tile::Units,
        Tile::Discount,
        Tile::Open,
        Tile::Days,
        Tile::Top,
        Tile::Low,
    ];

    /// The figures it shows, the chief one first.
    pub fn figures(self) -> &'static [Figure] {
        match self {
            Tile::Net => &[Figure::Net, Figure::Target],
            Tile::Orders => &[Figure::Orders],
            Tile::Average => &[Figure::AverageOrderValue],
            Tile::Units => &[Figure::Units],
            Tile::Discount => &[Figure::Discount, Figure::Gross],
            Tile::Open => &[Figure::Open, Figure::Late],
            Tile::Days => &[Figure::NetPerDay],
            Tile::Top => &[Figure::TopProducts],
            Tile::Low => &[Figure::LowStock],
        }
    }

    fn step(self, by: usize) -> Tile {
        let here = Tile::EACH.iter().position(|tile| *tile == self).unwrap_or(0);
        Tile::EACH.get((here + by) % Tile::EACH.len()).copied().unwrap_or_default()
    }

    /// The one Tab goes to.
    pub fn next(self) -> Tile {
        self.step(1)
    }

    /// The one Shift-Tab goes to.
    pub fn previous(self) -> Tile {
        self.step(Tile::EACH.len() - 1)
    }
}

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Dashboard {
    /// The stores to choose from.
    pub stores: Fresh<Vec<StoreName>>,
    /// The days that have orders.
    pub calendar: Fresh<Option<Calendar>>,
    /// The store looked at; nothing for the whole chain.
    pub store: Option<StoreId>,
    /// The month looked at, once it is known which have orders.
    pub month: Option<Month>,
    /// Which orders count.
    pub measure: Measure,
    /// What has the focus.
    pub focus: Tile,
    /// Gross, net, discount, orders, units, average.
    pub figures: Fresh<Figures>,
    /// Target and last year.
    pub comparison: Fresh<Comparison>,
    /// Open and late orders.
    pub open: Fresh<OpenOrders>,
    /// Net, day by day.
    pub days: Fresh<Vec<DayNet>>,
    /// The best products.
    pub top: Fresh<Vec<TopProduct>>,
    /// What is running out.
    pub low: Fresh<LowStockList>,
}

impl Dashboard {
    /// Asks for everything again. The calendar comes first: the rest hangs on the month and on today.
    pub fn refresh(&mut self, mut id: impl FnMut() -> RequestId) -> Vec<Effect> {
        let (stores, calendar) = (id(), id());
        self.stores.ask(stores);
        self.calendar.ask(calendar);
        vec![Effect::Query(stores, Query::Stores), Effect::Query(calendar, Query::Calendar(self.store))]
    }

    /// Looks at another store, or the whole chain.
    pub fn choose_store(&mut self, store: Option<StoreId>, id: impl FnMut() -> RequestId) -> Vec<Effect> {
        if store == self.store {
            return Vec::new();
        }
        self.store = store;
        self.forget_figures();
        self.low.forget();
        self.refresh(id)
    }

    /// The store after the one looked at, with the whole chain between the last and the first.
    pub fn store_after(&self) -> Option<StoreId> {
        let stores = self.stores.value()?;
        match self.store {
            None => stores.first(),
            Some(here) => stores.iter().skip_while(|store| store.id != here).nth(1),
        }
        .map(|store| store.id)
    }

    /// Looks at a neighbouring month, as far as there are orders.
    pub fn choose_month(&mut self, month: Month, id: impl FnMut() -> RequestId) -> Vec<Effect> {
        let Some(calendar) = self.calendar.value().copied().flatten() else {
            return Vec::new();
        };
        let first = Month::of(calendar.oldest);
        let last = Month::of(calendar.newest.max(calendar.today));
        if self.month == Some(month) || month < first || month > last {
            return Vec::new();
        }
        self.month = Some(month);
        self.forget_figures();
        self.ask_figures(id)
    }

    /// Counts other orders.
    pub fn choose_measure(&mut self, measure: Measure, id: impl FnMut() -> RequestId) -> Vec<Effect> {
        self.measure = measure;
        self.forget_figures();
        self.ask_figures(id)
    }

    /// Takes an answer. What it calls for next goes out as effects.
    pub fn reply(
        &mut self,
        id: RequestId,
        reply: Reply,
        now: Timestamp,
        new_id: impl FnMut() -> RequestId,
    ) -> Vec<Effect> {
        match reply {
            Reply::Calendar(calendar) if self.calendar.fill(id, calendar, now) => {
                return self.calendar_known(calendar, new_id);
            }
            Reply::Stores(stores) => self.stores.fill(id, stores, now),
            Reply::Figures(figures) => self.figures.fill(id, figures, now),
            Reply::Comparison(comparison) => self.comparison.fill(id, comparison, now),
            Reply::OpenOrders(open) => self.open.fill(id, open, now),
            Reply::NetPerDay(days) => self.days.fill(id, days, now),
            Reply::TopProducts(products) => self.top.fill(id, products, now),
            Reply::LowStock(low) => self.low.fill(id, low, now),
            Reply::Calendar(_)
            | Reply::SignedIn(_)
            | Reply::Identity(_)
            | Reply::SecondFactorIsRight
            | Reply::Rows(_)
            | Reply::Desk(_)
            | Reply::Records(_)
            | Reply::Load(_) => false,
        };
        Vec::new()
    }

    /// Notes that a question was not answered.
    pub fn fail(&mut self, id: RequestId, failure: &Failure) {
        if self.calendar.fail(id, failure) {
            self.figures.give_up(failure);
            self.comparison.give_up(failure);
            self.open.give_up(failure);
            self.days.give_up(failure);
            self.top.give_up(failure);
            self.low.give_up(failure);
        }
        self.stores.fail(id, failure);
        self.figures.fail(id, failure);
        self.comparison.fail(id, failure);
        self.open.fail(id, failure);
        self.days.fail(id, failure);
        self.top.fail(id, failure);
        self.low.fail(id, failure);
    }

    /// The first failure there is, to be told in full.
    pub fn failure(&self) -> Option<&Failure> {
        [self.calendar.failure(), self.figures.failure(), self.comparison.failure(), self.open.failure()]
            .into_iter()
            .chain([self.days.failure(), self.top.failure(), self.low.failure(), self.stores.failure()])
            .flatten()
            .next()
    }

    /// Whether the chain, or the store looked at, has no order at all.
    pub fn has_no_orders(&self) -> bool {
        self.calendar.value() == Some(&None)
    }

    /// The name of what is looked at.
    pub fn store_name(&self) -> &str {
        let Some(here) = self.store else {
            return "Whole chain";
        };
        let known = self.stores.value().and_then(|stores| stores.iter().find(|store| store.id == here));
        known.map_or("…", |store| store.name.as_str())
    }

    /// The list to pick a store from, once the stores are known.
    pub fn store_list(&self) -> Option<PickList<Option<StoreId>>> {
        let each = self.stores.value()?.iter().map(|store| (Some(store.id), store.name.clone()));
        let rows: Vec<_> = std::iter::once((None, "Whole chain".to_owned())).chain(each).collect();
        let here = rows.iter().position(|(id, _)| *id == self.store).unwrap_or(0);
        let mut list = PickList::new(rows);
        list.go_to(here);
        Some(list)
    }

    /// Whether what the command works with is still on its way for the first time.
    pub fn is_too_early_for(&self, command: Command) -> bool {
        match command {
            Command::PickStore | Command::NextStore => self.stores.is_first_on_its_way(),
            Command::PreviousMonth | Command::NextMonth => self.calendar.is_first_on_its_way(),
            _ => false,
        }
    }

    fn calendar_known(&mut self, calendar: Option<Calendar>, id: impl FnMut() -> RequestId) -> Vec<Effect> {
        let Some(calendar) = calendar else {
            self.month = None;
            self.forget_figures();
            return self.ask_low_stock(id);
        };
        if self.month.is_none() {
            self.month = Some(calendar.opening_month());
        }
        self.ask_all(id)
    }

    /// The figures of another month, store or measure must not stand under this one's name.
    fn forget_figures(&mut self) {
        self.figures.forget();
        self.comparison.forget();
        self.open.forget();
        self.days.forget();
        self.top.forget();
    }

    fn ask_all(&mut self, mut id: impl FnMut() -> RequestId) -> Vec<Effect> {
        let mut effects = self.ask_figures(&mut id);
        effects.extend(self.ask_low_stock(id));
        effects
    }

    fn ask_low_stock(&mut self, mut id: impl FnMut() -> RequestId) -> Vec<Effect> {
        let low = id();
        self.low.ask(low);
        vec![Effect::Query(low, Query::LowStock(self.store, LIST_LENGTH))]
    }

    fn ask_figures(&mut self, mut id: impl FnMut() -> RequestId) -> Vec<Effect> {
        let (Some(month), Some(calendar)) = (self.month, self.calendar.value().copied().flatten()) else {
            return Vec::new();
        };
        let (store, measure) = (self.store, self.measure);
        let scope = Scope { measure, store, from: Some(month.first_day()), to: Some(month.last_day()) };
        let mut effects = Vec::with_capacity(6);
        let mut ask = |query| {
            let request = id();
            effects.push(Effect::Query(request, query));
            request
        };
        self.figures.ask(ask(Query::Figures(scope)));
        self.comparison.ask(ask(Query::Comparison(store, month, measure)));
        self.open.ask(ask(Query::OpenOrders(store, month, calendar.today)));
        self.days.ask(ask(Query::NetPerDay(store, month, measure)));
        self.top.ask(ask(Query::TopProducts(store, month, measure, LIST_LENGTH)));
        effects
    }
}
