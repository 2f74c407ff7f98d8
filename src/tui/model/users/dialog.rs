//! What is open over the table of users: all there is to one of them, the steps to a new one, a choice, a password.

use crate::domain::user::StaffMember;
use crate::domain::{Role, StaffId, Username};
use crate::tui::model::command::{Command, Place};
use crate::tui::model::desk::TemporaryPassword;
use crate::tui::model::key::Key;
use crate::tui::model::message::RequestId;
use crate::tui::model::widgets::form::{Form, Line};
use crate::tui::model::widgets::pick_list::PickList;

/// It.
#[derive(Debug)]
pub enum Dialog {
    /// All there is to the user with the cursor, and how far it is scrolled.
    Details {
        /// In lines.
        scroll: u16,
    },
    /// The name of a new user.
    Name(Form),
    /// A role for somebody.
    Role(Whose, PickList<Role>),
    /// A member of the staff for somebody, or nobody; and the question for them, while it is open.
    Staff(Whose, PickList<Option<StaffId>>, Option<RequestId>),
    /// A password that is shown this once.
    Password(TemporaryPassword),
}

/// For whom something is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// For a new user of that name, and of that role once it is chosen.
    New(Username, Option<Role>),
    /// For a user there is.
    Of(Username),
}

impl Whose {
    /// Their name.
    pub fn name(&self) -> &str {
        match self {
            Whose::New(name, _) | Whose::Of(name) => name.as_str(),
        }
    }
}

/// The form for the name of a new user.
pub(super) fn name_form() -> Form {
    Form::new(vec![Line::text("Username", |text, _| {
        text.parse::<Username>().map(|_| ()).map_err(|wrong| wrong.to_string())
    })])
}

/// The roles to choose from, with what each may do.
pub(super) fn roles() -> PickList<Role> {
    PickList::new(Role::EACH.into_iter().map(|role| (role, role.to_string())).collect())
}

/// The staff to choose from, nobody first.
pub(super) fn staff(names: Vec<StaffMember>) -> PickList<Option<StaffId>> {
    let nobody = (None, "Nobody of the staff".to_owned());
    let names = names.into_iter().map(|staff| (Some(staff.id), format!("{}, {}", staff.name, staff.store)));
    PickList::new(std::iter::once(nobody).chain(names).collect())
}

impl Dialog {
    /// Where commands can be given, the most particular place first.
    pub fn places(&self) -> &'static [Place] {
        match self {
            Dialog::Details { .. } => &[Place::UserDetails, Place::Users, Place::Rows],
            Dialog::Name(_) => &[Place::NewUser, Place::Form],
            Dialog::Role(..) | Dialog::Staff(..) => &[Place::List],
            Dialog::Password(_) => &[Place::TemporaryPassword],
        }
    }

    /// Whether it is only to be looked at, and nothing is chosen or typed in it.
    pub fn is_to_look_at(&self) -> bool {
        matches!(self, Dialog::Details { .. })
    }

    /// Whether what there is to choose from is on its way.
    pub fn is_waiting(&self) -> bool {
        matches!(self, Dialog::Staff(_, _, Some(_)))
    }

    /// Whether that question is its own.
    pub(super) fn awaits(&self, id: RequestId) -> bool {
        matches!(self, Dialog::Staff(_, _, Some(asked)) if *asked == id)
    }

    /// The step before this one.
    pub(super) fn before(self) -> Option<Dialog> {
        match self {
            Dialog::Staff(Whose::New(name, _), ..) => Some(Dialog::Role(Whose::New(name, None), roles())),
            Dialog::Role(Whose::New(name, _), _) => {
                let mut form = name_form();
                form.fill(0, name.as_str());
                Some(Dialog::Name(form))
            }
            _ => None,
        }
    }

    /// Whether leaving it would lose what was typed.
    pub fn has_unsaved_text(&self) -> bool {
        match self {
            Dialog::Name(form) => form.is_changed(),
            _ => false,
        }
    }

    /// Moves within it.
    pub(super) fn command(&mut self, command: Command) {
        match self {
            Dialog::Name(form) => {
                form.command(command);
            }
            Dialog::Role(_, list) => list.command(command),
            Dialog::Staff(_, list, _) => list.command(command),
            Dialog::Details { .. } | Dialog::Password(_) => {}
        }
    }

    pub(super) fn type_key(&mut self, key: Key) {
        match self {
            Dialog::Name(form) => form.type_key(key),
            Dialog::Role(_, list) => list.type_key(key),
            Dialog::Staff(_, list, _) => list.type_key(key),
            Dialog::Details { .. } | Dialog::Password(_) => {}
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        match self {
            Dialog::Name(form) => form.paste(text),
            Dialog::Role(_, list) => list.paste(text),
            Dialog::Staff(_, list, _) => list.paste(text),
            Dialog::Details { .. } | Dialog::Password(_) => {}
        }
    }

    /// A row was clicked; tells whether that chooses it.
    pub(super) fn go_to(&mut self, row: usize) -> bool {
        match self {
            Dialog::Role(_, list) => list.go_to(row),
            Dialog::Staff(_, list, _) => list.go_to(row),
            Dialog::Details { .. } | Dialog::Name(_) | Dialog::Password(_) => return false,
        }
        true
    }
}
