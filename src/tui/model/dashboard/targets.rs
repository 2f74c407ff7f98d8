//! The form for targets: a line for each store that is looked at, for one month.

use super::Dashboard;
use super::ask::Question;
use super::dialog::Dialog;
use crate::domain::target::{StoreTarget, TargetChange, typed};
use crate::domain::{Month, Period, PeriodKind};
use crate::tui::model::App;
use crate::tui::model::message::{Effect, Failure, Query, RequestId};
use crate::tui::model::widgets::form::{Form, Line};

/// It.
#[derive(Debug)]
pub struct Targets {
    /// For this month.
    pub month: Month,
    /// A line for each of the stores.
    pub form: Form,
    /// What was seen of the stores, in the order of the lines.
    seen: Vec<StoreTarget>,
    /// The question that is open: which targets there are, or that these be set.
    waiting: Option<RequestId>,
    /// Whether it is that they be set.
    pub is_saving: bool,
    /// Why they were not.
    pub failure: Option<Failure>,
}

impl Targets {
    fn asked(month: Month, id: RequestId) -> Targets {
        Targets {
            month,
            form: Form::new(Vec::new()),
            seen: Vec::new(),
            waiting: Some(id),
            is_saving: false,
            failure: None,
        }
    }

    /// Whether an answer is on its way.
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    fn fill(&mut self, seen: Vec<StoreTarget>) {
        let line = |store: &StoreTarget| Line::text(store.name.clone(), |text, _| typed(text).map(drop));
        self.form = Form::new(seen.iter().map(line).collect());
        for (line, store) in seen.iter().enumerate() {
            if let Some(amount) = store.amount {
                self.form.fill(line, &amount.grouped());
            }
        }
        self.seen = seen;
        self.waiting = None;
    }

    /// What is to be another than it was seen.
    fn changes(&self) -> Vec<TargetChange> {
        let change = |(line, seen): (usize, &StoreTarget)| {
            let amount = typed(self.form.value(line)).ok()?;
            (amount != seen.amount).then(|| TargetChange { seen: seen.clone(), amount })
        };
        self.seen.iter().enumerate().filter_map(change).collect()
    }
}

impl Dashboard {
    /// The month whose targets are set: the one looked at, or that of the first day looked at.
    fn month(&self) -> Option<Month> {
        let period = self.period()?;
        let is_longer = matches!(period.kind(), PeriodKind::Quarter | PeriodKind::Year);
        // Within a long period, the month that is at hand.
        let at_hand = self.today().filter(|today| is_longer && period.holds(*today));
        Some(Month::of(at_hand.unwrap_or(Period::first_day(period))))
    }

    fn targets(&mut self, id: RequestId) -> Option<&mut Targets> {
        match &mut self.dialog {
            Some(Dialog::Targets(targets)) if targets.waiting == Some(id) => Some(targets),
            _ => None,
        }
    }

    /// Whether targets are being set: what is typed then is for what comes after.
    pub fn is_saving(&self) -> bool {
        matches!(&self.dialog, Some(Dialog::Targets(targets)) if targets.is_waiting())
    }
}

impl App {
    /// Opens the form, and asks for what there is.
    pub(in crate::tui::model) fn open_targets(&mut self) -> Vec<Effect> {
        let Some(month) = self.dashboard.month() else {
            return Vec::new();
        };
        let id = RequestId(self.next_id());
        self.dashboard.dialog = Some(Dialog::Targets(Targets::asked(month, id)));
        vec![Effect::Query(id, Query::Board(Question::Targets(self.dashboard.store, month)))]
    }

    /// The form is to be saved.
    pub(in crate::tui::model) fn save_targets(&mut self) -> Vec<Effect> {
        let id = RequestId(self.next_id());
        let Some(Dialog::Targets(targets)) = &mut self.dashboard.dialog else {
            return Vec::new();
        };
        let (month, changes) = (targets.month, targets.changes());
        if changes.is_empty() {
            self.dashboard.dialog = None;
            self.told = Some("Nothing was changed.".to_owned());
            return Vec::new();
        }
        (targets.waiting, targets.is_saving, targets.failure) = (Some(id), true, None);
        vec![Effect::Query(id, Query::Board(Question::SetTargets(month, changes)))]
    }

    /// What there is of targets is here.
    pub(in crate::tui::model) fn targets_told(&mut self, id: RequestId, seen: Vec<StoreTarget>) {
        if let Some(targets) = self.dashboard.targets(id) {
            targets.fill(seen);
        }
    }

    /// So many targets were set: what net sales are held against is another.
    pub(in crate::tui::model) fn targets_set(&mut self, id: RequestId, count: usize) -> Vec<Effect> {
        if self.dashboard.targets(id).is_some() {
            self.dashboard.dialog = None;
        }
        self.told = Some(if count == 1 {
            "The target is set.".to_owned()
        } else {
            format!("{count} targets are set.")
        });
        self.refresh_dashboard()
    }

    /// The question about targets was not answered, or they were not set. What was typed stays.
    pub(in crate::tui::model) fn targets_failed(&mut self, id: RequestId, failure: &Failure) {
        let Some(targets) = self.dashboard.targets(id) else {
            return;
        };
        if targets.is_saving {
            (targets.waiting, targets.is_saving) = (None, false);
            targets.failure = Some(failure.clone());
        } else {
            self.dashboard.dialog = None;
            self.notice = Some(failure.clone());
        }
    }
}
