//! The form of a record: a line a field, each checked by the rules of loads while it is typed.

use super::Clash;
use crate::domain::records::edit::{
    Choice, EditField, Held, Opened, Takes, Values, Wrong, editable, labels, shown,
};
use crate::domain::records::{RowId, word};
use crate::domain::{OrderStatus, Table, capitalised};
use crate::etl::edit::{self, NamedRows};
use crate::tui::model::message::{Failure, RequestId};
use crate::tui::model::widgets::form::{Form, Line};
use crate::tui::model::widgets::pick_list::PickList;
use std::sync::Arc;

/// The state of the form.
#[derive(Debug)]
pub struct EditForm {
    /// Of which table.
    pub table: Table,
    /// Of which record; nothing for a new one.
    pub row: Option<RowId>,
    /// A line for each field that can be given.
    pub form: Form,
    /// What the record is called.
    name: Option<String>,
    /// The record as it was when the form was opened.
    pub base: Option<Held>,
    /// The question that is open: what the form begins with, or that it be stored.
    pub waiting: Option<RequestId>,
    /// Whether what it begins with is here.
    pub is_open: bool,
    /// Why it was not stored, or what became of the record meanwhile.
    pub failure: Option<Failure>,
    /// What the line with the focus can be, while one chooses.
    pub list: Option<PickList<String>>,
    /// What somebody else made of the record meanwhile.
    pub clash: Option<Clash>,
    /// The fields behind the lines.
    fields: Vec<Behind>,
}

/// What is behind a line.
#[derive(Debug, Clone)]
struct Behind {
    /// Its place among the editable fields of the table.
    place: usize,
    field: &'static EditField,
    choices: Arc<[Choice]>,
    named: Option<Arc<NamedRows>>,
}

impl Behind {
    /// What is typed, as it is stored.
    fn read(&self, table: Table, typed: &str) -> Result<Option<String>, String> {
        match &self.named {
            Some(named) => {
                let number = named.find(typed)?.map(|number| number.to_string());
                edit::read(table, self.field, number.as_deref().unwrap_or_default())
            }
            None => edit::read(table, self.field, typed),
        }
    }

    fn shown(&self, value: Option<&str>) -> String {
        shown(self.field.takes, value, &self.choices)
    }
}

impl EditForm {
    /// A form that was asked for.
    pub(super) fn asked(table: Table, row: Option<RowId>, id: RequestId) -> EditForm {
        EditForm {
            table,
            row,
            form: Form::new(Vec::new()),
            name: None,
            base: None,
            waiting: Some(id),
            is_open: false,
            failure: None,
            list: None,
            clash: None,
            fields: Vec::new(),
        }
    }

    /// What it is about: `Customer 17, Cy Dent`, `Tourer at Hill`, `New customer`.
    pub fn title(&self) -> String {
        let Some(row) = self.row else { return format!("New {}", word(self.table)) };
        let number = capitalised(&row.to_string());
        match (&self.name, self.table) {
            (None, _) | (_, Table::Orders) => number,
            (Some(name), Table::Stocks) => name.clone(),
            (Some(name), _) => format!("{number}, {name}"),
        }
    }

    /// Takes in what it begins with.
    pub(super) fn fill(&mut self, opened: Opened) {
        (self.waiting, self.is_open) = (None, true);
        let held = self.row.zip(opened.held.as_ref());
        self.name = held.map(|(row, held)| edit::called(row, &held.values, &opened.choices));
        let mut choices = opened.choices.into_iter();
        let behind = |(place, field): (usize, &'static EditField)| {
            let choices: Arc<[Choice]> = choices.next().unwrap_or_default().into();
            let named =
                matches!(field.takes, Takes::Named(_)).then(|| Arc::new(NamedRows::new(field, &choices)));
            Behind { place, field, choices, named }
        };
        let all: Vec<Behind> = editable(self.table).iter().enumerate().map(behind).collect();
        // What makes the key of a record that there is stays.
        self.fields = all.into_iter().filter(|one| self.row.is_none() || !one.field.is_key).collect();
        self.form = Form::new(self.fields.iter().map(|one| line(self.table, one, &self.fields)).collect());
        for (line, behind) in self.fields.iter().enumerate() {
            let value = opened.held.as_ref().and_then(|held| held.values.get(behind.place)?.as_deref());
            // A new record begins with what an empty field would come to.
            let default = behind.read(self.table, "").ok().flatten().filter(|_| opened.held.is_none());
            self.form.fill(line, &behind.shown(value.or(default.as_deref())));
        }
        self.base = opened.held;
    }

    /// What is typed, as it is stored; nothing while something is wrong.
    pub(super) fn values(&self) -> Option<Values> {
        let mut values = match &self.base {
            Some(base) => base.values.clone(),
            None => vec![None; editable(self.table).len()],
        };
        for (line, behind) in self.fields.iter().enumerate() {
            *values.get_mut(behind.place)? = behind.read(self.table, self.form.value(line)).ok()?;
        }
        Some(values)
    }

    /// Whether the line with the focus can be chosen from a list.
    pub fn has_choices(&self) -> bool {
        self.behind().is_some_and(|behind| behind.field.takes != Takes::Typed)
    }

    fn behind(&self) -> Option<&Behind> {
        self.fields.get(self.form.focus())
    }

    /// Opens the list for the line with the focus.
    pub(super) fn open_list(&mut self) {
        let Some(behind) = self.behind().filter(|_| self.has_choices()) else { return };
        let is_optional = behind.read(self.table, "").is_ok_and(|nothing| nothing.is_none());
        let names = match behind.field.takes {
            Takes::Typed => return,
            Takes::YesNo => vec!["yes".to_owned(), "no".to_owned()],
            Takes::Status => OrderStatus::EACH.map(|status| status.word().to_owned()).to_vec(),
            Takes::Named(_) => labels(&behind.choices),
        };
        let nobody = is_optional.then(|| (String::new(), "– nobody".to_owned()));
        let named = names.into_iter().map(|name| (name.clone(), name));
        self.list = Some(PickList::new(nobody.into_iter().chain(named).collect()));
    }

    /// Takes what the cursor of the list is on.
    pub(super) fn take_choice(&mut self) {
        if let Some(chosen) = self.list.as_ref().and_then(|list| list.current().cloned()) {
            self.list = None;
            self.form.choose(self.form.focus(), &chosen);
        }
    }

    /// The name of the line with the focus.
    pub fn focused(&self) -> &'static str {
        self.behind().map_or("", |behind| behind.field.title)
    }

    /// The database found values to break rules.
    pub(super) fn refuse(&mut self, wrong: Vec<Wrong>) {
        let line = |column: &str| self.fields.iter().position(|behind| behind.field.column == column);
        let (mut first, mut elsewhere) = (None, Vec::new());
        for Wrong { column, words } in wrong {
            match line(column) {
                Some(line) => {
                    self.form.refuse(line, words);
                    first = first.or(Some(line));
                }
                None => elsewhere.push(words),
            }
        }
        if let Some(line) = first {
            self.form.go_to(line);
        }
        self.failure = (!elsewhere.is_empty()).then(|| Failure::new(&elsewhere.join(" ")));
    }

    /// Somebody else saved the record meanwhile.
    pub(super) fn clashes(&mut self, theirs: Held) {
        let (Some(base), Some(mine)) = (&self.base, self.values()) else { return };
        self.clash = Some(Clash::new(&base.values, theirs, &mine));
    }

    /// What was chosen in a clash is what the form has now, over the record as it is now.
    pub(super) fn settle(&mut self, theirs: Held, values: &Values) {
        for (line, behind) in self.fields.iter().enumerate() {
            let value = values.get(behind.place).and_then(Option::as_deref);
            self.form.choose(line, &behind.shown(value));
        }
        self.base = Some(theirs);
        self.clash = None;
    }

    /// Somebody deleted the record meanwhile: what is typed can become a new one.
    pub(super) fn begin_anew(&mut self) {
        self.row = None;
        self.base = None;
    }

    /// A field of a clash: its name, and a value of it as it is read.
    pub fn told(&self, place: usize, value: Option<&str>) -> (&'static str, String) {
        match self.fields.iter().find(|behind| behind.place == place) {
            Some(behind) => (behind.field.title, behind.shown(value)),
            None => ("", value.unwrap_or_default().to_owned()),
        }
    }
}

/// A line that is checked by the rules of its column.
fn line(table: Table, behind: &Behind, all: &[Behind]) -> Line {
    let (title, own) = (behind.field.title, behind.clone());
    if behind.field.column != "shipped_date" {
        return Line::text(title, move |text, _| own.read(table, text).map(drop));
    }
    let ordered = all.iter().position(|other| other.field.column == "order_date");
    let other = ordered.and_then(|line| Some((line, all.get(line)?.clone())));
    Line::text(title, move |text, form| {
        let shipped = own.read(table, text)?;
        let ordered =
            other.as_ref().and_then(|(line, behind)| behind.read(table, form.value(*line)).ok().flatten());
        edit::in_sequence(ordered.as_deref(), shipped.as_deref())
    })
}
