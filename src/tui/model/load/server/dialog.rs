//! What lies over the addresses of a server: a choice for one of them, or a name to save under.

use super::endpoints::paging;
use crate::domain::Table;
use crate::tui::model::command::{Command, Place};
use crate::tui::model::key::Key;
use crate::tui::model::widgets::form::{Form, Line};
use crate::tui::model::widgets::pick_list::PickList;

/// It.
#[derive(Debug)]
pub enum Dialog {
    /// Which table the address holds.
    Table(PickList<Table>),
    /// Where the rows are in a reply.
    RowsAt(Form),
    /// How one page leads to the next.
    Paging(Form),
    /// Another address, and the table it holds.
    Add(Form),
    /// Under which name to save the server.
    Save(Form),
    /// What a person has to write themself, and why.
    Text {
        /// Where it belongs, and why it is not there.
        why: String,
        /// It.
        text: String,
        /// How far it is scrolled.
        scroll: u16,
    },
}

impl Dialog {
    pub(super) fn table() -> Dialog {
        Dialog::Table(PickList::new(Table::EACH.map(|table| (table, table.to_string())).to_vec()))
    }

    pub(super) fn rows_at(now: &str) -> Dialog {
        Dialog::RowsAt(filled(vec![Line::text("Rows at", |_, _| Ok(()))], now))
    }

    pub(super) fn paging(now: &str) -> Dialog {
        Dialog::Paging(filled(vec![Line::text("Pages", |text, _| paging(text).map(drop))], now))
    }

    pub(super) fn add() -> Dialog {
        let table = Line::text("Table", |text, _| {
            let unknown = || format!("One of {}.", Table::EACH.map(Table::name).join(", "));
            Table::from_name(text.trim()).map(drop).ok_or_else(unknown)
        });
        let path = Line::text("Path", |text, _| {
            if text.trim().is_empty() { Err("As in v2/sales, below the address.".to_owned()) } else { Ok(()) }
        });
        Dialog::Add(Form::new(vec![table, path]))
    }

    /// With the name of the variable that will have the secret, where there is a secret.
    pub(super) fn save(name: &str, has_secret: bool) -> Dialog {
        let mut lines = vec![Line::text("Name", |text, _| {
            let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
            let is_name = !text.trim().is_empty() && text.trim().chars().all(is_plain);
            if is_name { Ok(()) } else { Err("Letters, digits, - and _.".to_owned()) }
        })];
        if has_secret {
            lines.push(Line::text("Variable with the secret", |text, _| {
                let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
                if text.trim().chars().all(is_plain) {
                    Ok(())
                } else {
                    Err("Letters, digits and _.".to_owned())
                }
            }));
        }
        Dialog::Save(filled(lines, name))
    }

    /// Where commands can be given, the most particular place first.
    pub(super) fn places(&self) -> &'static [Place] {
        match self {
            Dialog::Table(_) => &[Place::List],
            Dialog::Text { .. } => &[Place::SourceText, Place::Rows],
            _ => &[Place::EndpointForm, Place::Form],
        }
    }

    /// The form, where it is one.
    pub fn form(&self) -> Option<&Form> {
        match self {
            Dialog::RowsAt(form) | Dialog::Paging(form) | Dialog::Add(form) | Dialog::Save(form) => {
                Some(form)
            }
            Dialog::Table(_) | Dialog::Text { .. } => None,
        }
    }

    pub(in crate::tui::model) fn form_mut(&mut self) -> Option<&mut Form> {
        match self {
            Dialog::RowsAt(form) | Dialog::Paging(form) | Dialog::Add(form) | Dialog::Save(form) => {
                Some(form)
            }
            Dialog::Table(_) | Dialog::Text { .. } => None,
        }
    }

    /// Moves within it.
    pub(super) fn command(&mut self, command: Command) {
        match self {
            Dialog::Table(list) => list.command(command),
            other => {
                if let Some(form) = other.form_mut() {
                    form.command(command);
                }
            }
        }
    }

    pub(in crate::tui::model) fn type_key(&mut self, key: Key) {
        match self {
            Dialog::Table(list) => list.type_key(key),
            other => {
                if let Some(form) = other.form_mut() {
                    form.type_key(key);
                }
            }
        }
    }

    pub(in crate::tui::model) fn paste(&mut self, text: &str) {
        match self {
            Dialog::Table(list) => list.paste(text),
            other => {
                if let Some(form) = other.form_mut() {
                    form.paste(text);
                }
            }
        }
    }
}

fn filled(lines: Vec<Line>, first: &str) -> Form {
    let mut form = Form::new(lines);
    form.fill(0, first);
    form
}
