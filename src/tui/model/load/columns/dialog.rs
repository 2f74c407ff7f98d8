//! What lies over the columns: a choice for one of them or for the file, or a name to save under.

use crate::domain::Table;
use crate::etl::{Meaning, meanings};
use crate::tui::model::command::{Command, Place};
use crate::tui::model::key::Key;
use crate::tui::model::message::RequestId;
use crate::tui::model::widgets::form::{Form, Line};
use crate::tui::model::widgets::pick_list::PickList;

/// It.
#[derive(Debug)]
pub enum Dialog {
    /// What the column of that name is for.
    Meaning(String, PickList<Meaning>),
    /// Which table the file is for.
    Table(PickList<Table>),
    /// In which encoding the file is; nothing to find it out.
    Encoding(PickList<Option<&'static str>>),
    /// Which saved mapping to open; and the question for them, while it is open.
    Open(PickList<String>, Option<RequestId>),
    /// Under which name to save.
    Save(Form),
}

/// Encodings that files have, each by its name in the WHATWG Encoding Standard, with what it is.
const ENCODINGS: [(&str, &str); 8] = [
    ("UTF-8", "UTF-8"),
    ("UTF-16LE", "UTF-16LE: some spreadsheets"),
    ("UTF-16BE", "UTF-16BE"),
    ("windows-1252", "windows-1252, Latin-1: Western Europe"),
    ("ISO-8859-15", "ISO-8859-15: Western Europe with the euro"),
    ("windows-1250", "windows-1250: Central Europe"),
    ("ISO-8859-2", "ISO-8859-2: Central Europe"),
    ("windows-1251", "windows-1251: Cyrillic"),
];

impl Dialog {
    /// What a column of a file for that table can be for.
    pub(super) fn meaning(column: &str, table: Table) -> Dialog {
        let each = meanings(table).into_iter().map(|meaning| (meaning, meaning.to_string()));
        Dialog::Meaning(column.to_owned(), PickList::new(each.collect()))
    }

    pub(super) fn table() -> Dialog {
        Dialog::Table(PickList::new(Table::EACH.map(|table| (table, table.to_string())).to_vec()))
    }

    pub(super) fn encoding() -> Dialog {
        let found = (None, "found out from the file".to_owned());
        let each = ENCODINGS.map(|(name, words)| (Some(name), words.to_owned()));
        Dialog::Encoding(PickList::new(std::iter::once(found).chain(each).collect()))
    }

    pub(in crate::tui::model) fn open(names: Vec<String>, asked: Option<RequestId>) -> Dialog {
        Dialog::Open(PickList::new(names.into_iter().map(|name| (name.clone(), name)).collect()), asked)
    }

    pub(in crate::tui::model) fn save(name: &str) -> Dialog {
        let mut form = Form::new(vec![Line::text("Name", |text, _| {
            let is_plain = |letter: char| letter.is_alphanumeric() || "-_. ".contains(letter);
            if text.trim().is_empty() || text.starts_with('.') || !text.chars().all(is_plain) {
                return Err("Letters, digits, spaces, - and _.".to_owned());
            }
            Ok(())
        })]);
        form.fill(0, name);
        Dialog::Save(form)
    }

    /// Where commands can be given, the most particular place first.
    pub(super) fn places(&self) -> &'static [Place] {
        match self {
            Dialog::Save(_) => &[Place::MappingName, Place::Form],
            _ => &[Place::List],
        }
    }

    /// Whether what there is to choose from is on its way.
    pub(in crate::tui::model) fn is_waiting(&self) -> bool {
        matches!(self, Dialog::Open(_, Some(_)))
    }

    /// Moves within it.
    pub(in crate::tui::model) fn command(&mut self, command: Command) {
        match self {
            Dialog::Meaning(_, list) => list.command(command),
            Dialog::Table(list) => list.command(command),
            Dialog::Encoding(list) => list.command(command),
            Dialog::Open(list, _) => list.command(command),
            Dialog::Save(form) => {
                form.command(command);
            }
        }
    }

    pub(in crate::tui::model) fn type_key(&mut self, key: Key) {
        match self {
            Dialog::Meaning(_, list) => list.type_key(key),
            Dialog::Table(list) => list.type_key(key),
            Dialog::Encoding(list) => list.type_key(key),
            Dialog::Open(list, _) => list.type_key(key),
            Dialog::Save(form) => form.type_key(key),
        }
    }

    pub(in crate::tui::model) fn paste(&mut self, text: &str) {
        match self {
            Dialog::Meaning(_, list) => list.paste(text),
            Dialog::Table(list) => list.paste(text),
            Dialog::Encoding(list) => list.paste(text),
            Dialog::Open(list, _) => list.paste(text),
            Dialog::Save(form) => form.paste(text),
        }
    }

    /// A row was clicked; tells whether that chooses it.
    pub(super) fn go_to(&mut self, row: usize) -> bool {
        match self {
            Dialog::Meaning(_, list) => list.go_to(row),
            Dialog::Table(list) => list.go_to(row),
            Dialog::Encoding(list) => list.go_to(row),
            Dialog::Open(list, _) => list.go_to(row),
            Dialog::Save(_) => return false,
        }
        true
    }
}
