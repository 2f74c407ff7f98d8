//! From a command to what becomes of a record, and what is made of the answers.

use super::ask::{Answer, Question};
use super::{Dialog, EditForm, Past};
use crate::domain::Table;
use crate::domain::records::RowId;
use crate::domain::records::edit::{Doomed, can_change, can_make, in_words, instead};
use crate::tui::model::command::Command;
use crate::tui::model::fresh::Fresh;
use crate::tui::model::message::{Effect, Failure, Query, RequestId};
use crate::tui::model::question::{Question as Asking, Risk};
use crate::tui::model::records::Stop;
use crate::tui::model::scroll::scrolled;
use crate::tui::model::widgets::confirm::{Confirm, Proof};
use crate::tui::model::widgets::form::Outcome;
use crate::tui::model::{App, Popup};
use jiff::Timestamp;

const NO_ORDERS: &str = "Orders and their lines are not made or deleted by hand: they come with loads.";
const NO_LINES: &str = "Lines of orders are not changed by hand. Of the order its days and its status are.";

fn asks(id: RequestId, question: Question) -> Vec<Effect> {
    vec![Effect::Query(id, Query::Editing(question))]
}

impl App {
    /// Opens the form for a new record of the table that is shown.
    pub(in crate::tui::model) fn new_record(&mut self) -> Vec<Effect> {
        match self.records.table() {
            Some(table) if can_make(table) => self.open_form(table, None),
            Some(_) => self.say(NO_ORDERS),
            None => Vec::new(),
        }
    }

    /// Opens the form of the record that is shown, or has the cursor.
    pub(in crate::tui::model) fn modify_record(&mut self) -> Vec<Effect> {
        match self.records.row() {
            Some(row) if can_change(row.table) => self.open_form(row.table, Some(row)),
            Some(_) => self.say(NO_LINES),
            None => self.say("There is no record chosen to do that with."),
        }
    }

    fn open_form(&mut self, table: Table, row: Option<RowId>) -> Vec<Effect> {
        let id = RequestId(self.next_id());
        self.records.dialog = Some(Dialog::Form(Box::new(EditForm::asked(table, row, id))));
        asks(id, Question::Form(table, row))
    }

    /// Asks what is to be known before the record is deleted.
    pub(in crate::tui::model) fn delete_record(&mut self) -> Vec<Effect> {
        match self.records.row() {
            Some(row) if can_make(row.table) => {
                let id = RequestId(self.next_id());
                self.records.deleting = Some(id);
                asks(id, Question::Doomed(row))
            }
            Some(_) => self.say(NO_ORDERS),
            None => self.say("There is no record chosen to do that with."),
        }
    }

    /// Shows what became of the record.
    pub(in crate::tui::model) fn show_past(&mut self) -> Vec<Effect> {
        let Some(row) = self.records.row() else {
            return self.say("There is no record chosen to do that with.");
        };
        let id = RequestId(self.next_id());
        let mut history = Fresh::default();
        history.ask(id);
        self.records.dialog = Some(Dialog::Past(Past { row, history, scroll: 0 }));
        asks(id, Question::History(row))
    }

    fn say(&mut self, words: &str) -> Vec<Effect> {
        self.notice = Some(Failure::new(words));
        Vec::new()
    }

    /// A command of what is open over the records.
    pub(in crate::tui::model) fn on_record_dialog(&mut self, command: Command) -> Vec<Effect> {
        let form = match &mut self.records.dialog {
            Some(Dialog::Form(form)) => form,
            Some(Dialog::Past(past)) => {
                past.scroll = scrolled(past.scroll, command, &self.hits);
                return Vec::new();
            }
            Some(Dialog::Told(..)) | None => return Vec::new(),
        };
        if let Some(list) = &mut form.list {
            match command {
                Command::Accept => form.take_choice(),
                other => list.command(other),
            }
            return Vec::new();
        }
        if let Some(clash) = &mut form.clash {
            if command != Command::Accept {
                clash.command(command);
                return Vec::new();
            }
            let theirs = clash.theirs.clone();
            if let Some(values) = clash.settled() {
                form.settle(theirs, &values);
                return self.save_record();
            }
            return Vec::new();
        }
        match command {
            Command::PickValue if form.has_choices() => form.open_list(),
            Command::PickValue => {
                let words = format!("{} is typed; there is no list of it.", form.focused());
                self.notice = Some(Failure::new(&words));
            }
            other if form.form.command(other) == Outcome::Submit => return self.save_record(),
            _ => {}
        }
        Vec::new()
    }

    fn save_record(&mut self) -> Vec<Effect> {
        let id = RequestId(self.next_id());
        let Some(Dialog::Form(form)) = &mut self.records.dialog else { return Vec::new() };
        let Some(values) = form.values() else { return Vec::new() };
        let question = match (form.row, &form.base) {
            (Some(_), Some(base)) if base.values == values => {
                self.records.dialog = None;
                self.told = Some("Nothing was changed.".to_owned());
                return Vec::new();
            }
            (Some(row), Some(base)) => Question::Change(row, base.version, values),
            _ if can_make(form.table) => Question::Make(form.table, values),
            _ => return self.say(NO_ORDERS),
        };
        (form.waiting, form.failure) = (Some(id), None);
        asks(id, question)
    }

    /// The person says yes to the deletion.
    pub(in crate::tui::model) fn carry_out_deletion(&mut self) -> Vec<Effect> {
        let Some(doomed) = self.records.doomed.take() else { return Vec::new() };
        let id = RequestId(self.next_id());
        self.records.deleting = Some(id);
        asks(id, Question::Delete(doomed))
    }

    /// Takes in an answer.
    pub(in crate::tui::model) fn editing_reply(
        &mut self,
        id: RequestId,
        answer: Answer,
        now: Timestamp,
    ) -> Vec<Effect> {
        let mut effects = match answer {
            Answer::Doomed(doomed) if self.records.deletes(id) => self.ask_to_delete(doomed),
            Answer::Deleted(doomed) if self.records.deletes(id) => self.deleted(&doomed),
            Answer::Doomed(_) | Answer::Deleted(_) => Vec::new(),
            other if self.records.dialog.as_ref().is_some_and(|dialog| dialog.awaits(id)) => {
                self.told_to_dialog(id, other, now)
            }
            // The form was left while it was being stored: what became of it is told all the same.
            Answer::Stored(row) => self.stored(row),
            Answer::Clash(_) | Answer::Gone(_) | Answer::Wrong(_) => self.say(
                "What was left in the form was not saved: the record was changed meanwhile, or broke a rule.",
            ),
            Answer::Form(_) | Answer::History(_) => Vec::new(),
        };
        effects.extend(self.replay(now));
        effects
    }

    fn told_to_dialog(&mut self, id: RequestId, answer: Answer, now: Timestamp) -> Vec<Effect> {
        let form = match &mut self.records.dialog {
            Some(Dialog::Form(form)) => form,
            Some(Dialog::Past(past)) => {
                if let Answer::History(history) = answer {
                    past.history.fill(id, history, now);
                }
                return Vec::new();
            }
            Some(Dialog::Told(..)) | None => return Vec::new(),
        };
        form.waiting = None;
        match answer {
            Answer::Form(opened) => form.fill(*opened),
            Answer::Wrong(wrong) => form.refuse(wrong),
            Answer::Clash(theirs) => form.clashes(*theirs),
            Answer::Gone(words) if !can_make(form.table) => form.failure = Some(Failure::new(&words)),
            Answer::Gone(words) => {
                form.begin_anew();
                let words = format!("{words} What you typed is still here: Enter makes a new record of it.");
                form.failure = Some(Failure::new(&words));
            }
            Answer::Stored(row) => {
                self.records.dialog = None;
                return self.stored(row);
            }
            Answer::Doomed(_) | Answer::Deleted(_) | Answer::History(_) => {}
        }
        Vec::new()
    }

    /// It is stored: what is shown is asked for anew, and a new record is gone to.
    fn stored(&mut self, row: RowId) -> Vec<Effect> {
        self.told = Some(format!("Saved: {row}."));
        self.records.mark_outdated();
        let is_known = self.records.row() == Some(row);
        match (row.record(), self.records.current()) {
            (Some(record), Some(Stop::List(_))) if !is_known && row.table != Table::Stocks => {
                self.go_to_record(record)
            }
            _ => self.refresh_records(),
        }
    }

    /// Says what stands against it, or asks.
    fn ask_to_delete(&mut self, doomed: Box<Doomed>) -> Vec<Effect> {
        if !doomed.references.is_empty() {
            let (names, other) = (in_words(&doomed.references), instead(doomed.row.table));
            let words = format!("{} can not be deleted: {names} belong to it. {other}", doomed.name);
            self.records.dialog = Some(Dialog::Told("Not deleted", words));
            return Vec::new();
        }
        let Doomed { name, row, .. } = &*doomed;
        let (question, proof) = match row.table {
            Table::Stocks => (format!("Delete the stock of {name}?"), Proof::Yes),
            // They are their names, and made again in a moment.
            Table::Brands | Table::Categories => (format!("Delete {name}, {row}?"), Proof::Yes),
            _ => {
                let question = format!("Delete {name}, {row}? It can not be brought back.");
                (question, Proof::Name(name.clone()))
            }
        };
        let confirm = Confirm::new(&question, proof);
        let command = Command::CarryOut;
        self.records.doomed = Some(doomed);
        self.popup = Some(Popup::Question(Asking { confirm, command, risk: Risk::None, checking: None }));
        Vec::new()
    }

    fn deleted(&mut self, doomed: &Doomed) -> Vec<Effect> {
        self.told = Some(format!("Deleted: {}, {}.", doomed.name, doomed.row));
        self.records.mark_outdated();
        if self.records.record().is_some_and(|open| RowId::of_record(open.id) == doomed.row)
            && !self.records.go_back()
        {
            return self.go_to_table(doomed.row.table, "");
        }
        self.refresh_records()
    }

    /// Takes in that something could not be done or told. What was typed stays.
    pub(in crate::tui::model) fn editing_failed(&mut self, id: RequestId, failure: &Failure) {
        if self.records.deletes(id) {
            self.records.dialog = Some(Dialog::Told("Not deleted", failure.words().to_owned()));
            return;
        }
        match &mut self.records.dialog {
            Some(Dialog::Form(form)) if form.waiting == Some(id) => {
                form.waiting = None;
                if form.is_open {
                    form.failure = Some(failure.clone());
                } else {
                    self.records.dialog = Some(Dialog::Told("Not opened", failure.words().to_owned()));
                }
            }
            Some(Dialog::Past(past)) => {
                past.history.fail(id, failure);
            }
            _ => {}
        }
    }

    /// Whether a command means anything for the table or the record that is shown.
    pub(in crate::tui::model) fn is_of_use_for_record(&self, command: Command) -> bool {
        let row = || self.records.row().map(|row| row.table);
        match command {
            Command::NewRecord => self.records.table().is_some_and(can_make),
            Command::ModifyRecord => row().is_some_and(can_change),
            Command::DeleteRecord => row().is_some_and(can_make),
            Command::History => row().is_some(),
            Command::PickValue => {
                matches!(&self.records.dialog, Some(Dialog::Form(form)) if form.has_choices())
            }
            _ => true,
        }
    }
}
