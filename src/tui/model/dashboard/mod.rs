//! The dashboard: which part of the chain it looks at, and the figures it has.

mod act;
pub mod answers;
pub mod ask;
pub mod behind;
pub mod buckets;
pub mod dates;
pub mod dialog;
mod focus;
pub mod targets;
pub mod tile;

pub use tile::{Page, Slot, Tile};

use super::command::Command;
use super::fresh::Fresh;
use super::message::{Effect, Failure, Query, RequestId};
use super::widgets::pick_list::PickList;
use crate::domain::morning::Calendar;
use crate::domain::sight::{Extent, StoresSeen};
use crate::domain::{Filter, Measure, Period, PeriodKind, Role, StoreId};
use answers::Answers;
use ask::{Answer, Question};
use dialog::Dialog;
use jiff::Timestamp;
use jiff::civil::Date;

/// How many rows of the lists are asked for: more than the largest screen shows.
pub const LIST_LENGTH: u32 = 60;
/// The same of the latest entries of the audit log, and of the latest loads.
const LATEST: u32 = 15;

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Dashboard {
    /// What whoever is signed in is to the chain: what is asked hangs on it.
    pub role: Option<Role>,
    /// The stores to choose from.
    pub stores: Fresh<StoresSeen>,
    /// The days that have orders.
    pub calendar: Fresh<Option<Calendar>>,
    /// The store looked at; nothing for all that are in sight.
    pub store: Option<StoreId>,
    /// How long the period is that is looked at.
    kind: PeriodKind,
    /// A day in it, once it is known which have orders.
    day: Option<Date>,
    /// Any days, in place of it.
    free: Option<Period>,
    /// The day as of which it is looked at; nothing for today.
    pub as_of: Option<Date>,
    /// Which orders count.
    pub measure: Measure,
    /// What has the focus.
    pub focus: Tile,
    /// Which part of it: a row, a bar. Nothing for the tile as a whole.
    part: Option<usize>,
    /// What the tiles were told.
    pub answers: Answers,
    /// What is open over it.
    pub dialog: Option<Dialog>,
}

impl Dashboard {
    /// Asks for everything again. The calendar comes first: the rest hangs on the days and on today.
    pub fn refresh(&mut self, mut id: impl FnMut() -> RequestId) -> Vec<Effect> {
        let (stores, calendar) = (id(), id());
        self.stores.ask(stores);
        self.calendar.ask(calendar);
        vec![query(stores, Question::Stores), query(calendar, Question::Calendar(self.store))]
    }

    /// The period looked at, once it is known which days have orders.
    pub fn period(&self) -> Option<Period> {
        self.free.or_else(|| Some(Period::holding(self.kind, self.day?)))
    }

    /// What the tiles are over: to be handed on to the rows behind a figure.
    pub fn filter(&self) -> Option<Filter> {
        let period = self.period()?;
        Some(Filter { period, as_of: self.as_of, store: self.store, measure: self.measure })
    }

    /// Today where the store is, or the day as of which it is looked at.
    pub fn today(&self) -> Option<Date> {
        self.as_of.or_else(|| Some(self.known()?.today))
    }

    fn known(&self) -> Option<&Calendar> {
        self.calendar.value()?.as_ref()
    }

    /// Looks at another store, or at all.
    pub fn choose_store(&mut self, store: Option<StoreId>, id: impl FnMut() -> RequestId) -> Vec<Effect> {
        if store == self.store {
            return Vec::new();
        }
        (self.store, self.part) = (store, None);
        self.answers.forget(true);
        self.refresh(id)
    }

    /// The store after the one looked at, or before it, with all of them between the last and the first.
    pub fn store_beside(&self, forward: bool) -> Option<StoreId> {
        let stores = &self.stores.value()?.stores;
        let places = stores.len() + 1;
        let here = match self.store {
            None => 0,
            Some(here) => stores.iter().position(|store| store.id == here)? + 1,
        };
        let to = (here + if forward { 1 } else { places - 1 }) % places;
        stores.get(to.checked_sub(1)?).map(|store| store.id)
    }

    /// Looks at the period after, or before, as far as there are orders.
    pub fn step(&mut self, forward: bool, id: impl FnMut() -> RequestId) -> Vec<Effect> {
        let (Some(period), Some(calendar)) = (self.period(), self.known()) else {
            return Vec::new();
        };
        let newest = calendar.newest.max(calendar.today).min(self.as_of.unwrap_or(Date::MAX));
        let wanted = if forward { period.next() } else { period.before() };
        if wanted.last_day() < calendar.oldest || wanted.first_day() > newest {
            return Vec::new();
        }
        match self.free {
            Some(_) => self.free = Some(wanted),
            None => self.day = Some(wanted.last_day().min(newest)),
        }
        self.look_anew(id)
    }

    /// Looks at a longer or shorter period around the same day.
    pub fn choose_kind(&mut self, is_longer: bool, id: impl FnMut() -> RequestId) -> Vec<Effect> {
        let from = self.free.map_or(self.kind, Period::kind);
        self.kind = from.step(is_longer);
        self.free = None;
        self.look_anew(id)
    }

    /// Looks at these days, and as of that one; where no days are given, at the period that holds it.
    pub fn choose_days(
        &mut self,
        days: Option<Period>,
        as_of: Option<Date>,
        id: impl FnMut() -> RequestId,
    ) -> Vec<Effect> {
        self.free = days;
        if days.is_none() && as_of != self.as_of {
            self.day = as_of.or_else(|| self.known().map(Calendar::opening_day));
        }
        self.as_of = as_of;
        self.look_anew(id)
    }

    /// Counts other orders.
    pub fn choose_measure(&mut self, measure: Measure, id: impl FnMut() -> RequestId) -> Vec<Effect> {
        self.measure = measure;
        self.look_anew(id)
    }

    /// Takes an answer. What it calls for next goes out as effects.
    pub fn reply(
        &mut self,
        id: RequestId,
        answer: Answer,
        now: Timestamp,
        new_id: impl FnMut() -> RequestId,
    ) -> Vec<Effect> {
        match answer {
            Answer::Calendar(calendar) => {
                if self.calendar.fill(id, calendar, now) {
                    return self.calendar_known(new_id);
                }
            }
            Answer::Stores(stores) => {
                self.stores.fill(id, stores, now);
            }
            other => self.answers.fill(id, other, now),
        }
        Vec::new()
    }

    /// Notes that a question was not answered.
    pub fn fail(&mut self, id: RequestId, failure: &Failure) {
        if self.calendar.fail(id, failure) {
            self.answers.give_up(failure);
        }
        self.stores.fail(id, failure);
        self.answers.fail(id, failure);
    }

    /// The first failure there is, to be told in full.
    pub fn failure(&self) -> Option<&Failure> {
        if self.is_unlinked() {
            return None;
        }
        self.calendar.failure().or_else(|| self.answers.failure()).or_else(|| self.stores.failure())
    }

    /// Whether what is looked at has no order at all.
    pub fn has_no_orders(&self) -> bool {
        self.calendar.value() == Some(&None)
    }

    /// Whether the account belongs to no store, so that there is nothing to see.
    pub fn is_unlinked(&self) -> bool {
        self.stores.value().is_some_and(|seen| seen.extent == Extent::Unlinked)
    }

    /// The name of what is looked at.
    pub fn store_name(&self) -> &str {
        let seen = self.stores.value();
        match self.store {
            None => seen.map_or("Whole chain", all_of),
            Some(here) => {
                let known = seen.and_then(|seen| seen.stores.iter().find(|store| store.id == here));
                known.map_or("…", |store| store.name.as_str())
            }
        }
    }

    /// The list to pick a store from, once the stores are known.
    pub fn store_list(&self) -> Option<PickList<Option<StoreId>>> {
        let seen = self.stores.value()?;
        let all =
            (seen.extent == Extent::Chain || seen.stores.len() > 1).then(|| (None, all_of(seen).to_owned()));
        let each = seen.stores.iter().map(|store| (Some(store.id), store.name.clone()));
        let rows: Vec<_> = all.into_iter().chain(each).collect();
        let here = rows.iter().position(|(id, _)| *id == self.store).unwrap_or(0);
        let mut list = PickList::new(rows);
        list.go_to(here);
        Some(list)
    }

    /// Whether what the command works with is still on its way for the first time.
    pub fn is_too_early_for(&self, command: Command) -> bool {
        match command {
            Command::PickStore | Command::NextStore | Command::PreviousStore => {
                self.stores.is_first_on_its_way()
            }
            Command::PreviousPeriod
            | Command::NextPeriod
            | Command::LongerPeriod
            | Command::ShorterPeriod
            | Command::ChooseDays
            | Command::OpenTargets => self.calendar.is_first_on_its_way(),
            Command::Accept => {
                self.stores.is_first_on_its_way()
                    || self.calendar.is_first_on_its_way()
                    || self.answers.fresh(self.focus.slot()).is_first_on_its_way()
            }
            _ => false,
        }
    }

    fn calendar_known(&mut self, id: impl FnMut() -> RequestId) -> Vec<Effect> {
        match self.known() {
            None => {
                self.day = None;
                self.answers.forget(false);
            }
            Some(calendar) => self.day = self.day.or(Some(calendar.opening_day())),
        }
        self.ask(|_| true, id)
    }

    /// The figures of another period, store or measure must not stand under this one's name.
    fn look_anew(&mut self, id: impl FnMut() -> RequestId) -> Vec<Effect> {
        self.part = None;
        self.answers.forget(false);
        self.ask(|slot| slot.depends() == tile::Depends::Filter, id)
    }

    fn ask(&mut self, wanted: impl Fn(Slot) -> bool, mut id: impl FnMut() -> RequestId) -> Vec<Effect> {
        let role = self.role.unwrap_or(Role::Employee);
        let mut effects = Vec::with_capacity(Slot::EACH.len());
        for slot in Slot::EACH.into_iter().filter(|slot| slot.is_for(role) && wanted(*slot)) {
            if let Some(question) = self.question(slot) {
                let request = id();
                self.answers.ask(slot, request);
                effects.push(query(request, question));
            }
        }
        effects
    }

    /// What a tile asks now: which figure, over which rows. To be handed on to what shows these rows.
    pub fn question(&self, slot: Slot) -> Option<Question> {
        let store = self.store;
        Some(match slot {
            Slot::Sales => Question::Sales(self.filter()?),
            Slot::Comparison => Question::Comparison(self.filter()?, self.today()?),
            Slot::Open => Question::Open(self.filter()?, self.today()?),
            Slot::Products => Question::Products(self.filter()?, LIST_LENGTH),
            Slot::Low => Question::Low(store, LIST_LENGTH),
            Slot::Manager => Question::Manager,
            Slot::Value => Question::Value(store),
            Slot::Promised => Question::Promised(store, LIST_LENGTH),
            Slot::Slow => Question::Slow(self.filter()?, self.today()?, LIST_LENGTH),
            Slot::Audit => Question::Audit(LATEST),
            Slot::Loads => Question::Loads(LATEST),
        })
    }
}

/// What all stores in sight are called together.
fn all_of(seen: &StoresSeen) -> &str {
    match (seen.extent, seen.stores.as_slice()) {
        (Extent::Some, [only]) => &only.name,
        (Extent::Some, _) => "My stores",
        (Extent::Chain, _) => "Whole chain",
        (Extent::Unlinked, _) => "No store",
    }
}

fn query(id: RequestId, question: Question) -> Effect {
    Effect::Query(id, Query::Board(question))
}
