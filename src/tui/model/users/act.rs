//! From a command to what is done to a user.

use super::dialog::{Dialog, Whose, name_form, roles, staff};
use super::ids;
use crate::domain::user::User;
use crate::domain::{Role, StaffId, Username};
use crate::tui::model::command::Command;
use crate::tui::model::desk::{Answer, Change, NewUser, Question as Asked};
use crate::tui::model::message::{Effect, Failure, Query, RequestId};
use crate::tui::model::question::{Question, Risk, Stake};
use crate::tui::model::scroll::scrolled;
use crate::tui::model::widgets::confirm::{Confirm, Proof};
use crate::tui::model::widgets::form::Outcome as OfForm;
use crate::tui::model::{App, Popup, Screen};
use jiff::Timestamp;

impl App {
    /// Carries out a command of the screen.
    pub(in crate::tui::model) fn on_users(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::NewUser => self.users.dialog = Some(Dialog::Name(name_form())),
            Command::ChangeRole => self.choose_role(),
            Command::LinkStaff => return self.choose_staff(),
            Command::Activate => return self.change_unless(|user| user.active, "active", Change::Activate),
            Command::Unlock => {
                return self.change_unless(|user| user.locked_until.is_none(), "not locked", Change::Unlock);
            }
            Command::Deactivate => return self.change(Change::Deactivate),
            Command::ResetPassword => return self.change(Change::ResetPassword),
            Command::ResetSecondFactor => return self.change(Change::ResetSecondFactor),
            Command::EndSessions => return self.change(Change::EndSessions),
            Command::RemoveUser => return self.change(Change::Remove),
            Command::CarryOut => return self.carry_out_pending(),
            Command::Accept if self.users.dialog.is_some() => return self.accept_in_dialog(),
            other => return self.move_in_users(other),
        }
        Vec::new()
    }

    fn move_in_users(&mut self, command: Command) -> Vec<Effect> {
        match &mut self.users.dialog {
            Some(Dialog::Details { scroll }) => *scroll = scrolled(*scroll, command, &self.hits),
            Some(dialog) => dialog.command(command),
            None => return self.users.in_table(command, &mut self.last_id),
        }
        Vec::new()
    }

    fn choose_role(&mut self) {
        match self.users.target() {
            Some(target) => self.users.dialog = Some(Dialog::Role(Whose::Of(target), roles())),
            None => self.nothing_chosen(),
        }
    }

    fn choose_staff(&mut self) -> Vec<Effect> {
        match self.users.target() {
            Some(target) => self.ask_for_staff(Whose::Of(target)),
            None => {
                self.nothing_chosen();
                Vec::new()
            }
        }
    }

    fn ask_for_staff(&mut self, whose: Whose) -> Vec<Effect> {
        let id = ids(&mut self.last_id)();
        self.users.dialog = Some(Dialog::Staff(whose, staff(Vec::new()), Some(id)));
        vec![Effect::Query(id, Query::Desk(Asked::Staff))]
    }

    fn nothing_chosen(&mut self) {
        self.notice = Some(Failure::new("There is no user chosen to do that with."));
    }

    fn accept_in_dialog(&mut self) -> Vec<Effect> {
        match self.users.dialog.take() {
            Some(Dialog::Name(mut form)) => {
                let name = match form.command(Command::Accept) {
                    OfForm::Submit => form.value(0).parse::<Username>().ok(),
                    _ => None,
                };
                self.users.dialog = Some(match name {
                    Some(name) => Dialog::Role(Whose::New(name, None), roles()),
                    None => Dialog::Name(form),
                });
                Vec::new()
            }
            Some(Dialog::Role(whose, list)) => match list.current().copied() {
                Some(role) => self.role_chosen(whose, role),
                None => self.keep_open(Dialog::Role(whose, list)),
            },
            Some(Dialog::Staff(whose, list, None)) => match list.current().copied() {
                Some(staff) => self.staff_chosen(whose, staff),
                None => self.keep_open(Dialog::Staff(whose, list, None)),
            },
            Some(other) => self.keep_open(other),
            None => Vec::new(),
        }
    }

    fn keep_open(&mut self, dialog: Dialog) -> Vec<Effect> {
        self.users.dialog = Some(dialog);
        Vec::new()
    }

    fn role_chosen(&mut self, whose: Whose, role: Role) -> Vec<Effect> {
        match whose {
            Whose::New(name, _) => self.ask_for_staff(Whose::New(name, Some(role))),
            Whose::Of(name) => {
                let question = format!(
                    "Give {name} the role {role}? Their sessions end, and they sign in again with it."
                );
                self.users.pending = Some((name, Change::Role(role)));
                let confirm = Confirm::new(&question, Proof::Yes);
                let command = Command::CarryOut;
                self.popup =
                    Some(Popup::Question(Question { confirm, command, risk: Risk::None, checking: None }));
                Vec::new()
            }
        }
    }

    fn staff_chosen(&mut self, whose: Whose, staff: Option<StaffId>) -> Vec<Effect> {
        match whose {
            Whose::New(username, role) => {
                let role = role.unwrap_or(Role::Employee);
                self.send(Asked::Create(NewUser { username, role, staff }))
            }
            Whose::Of(target) => self.send(Asked::Change(target, Change::Link(staff))),
        }
    }

    fn carry_out_pending(&mut self) -> Vec<Effect> {
        match self.users.pending.take() {
            Some((target, change)) => self.send(Asked::Change(target, change)),
            None => Vec::new(),
        }
    }

    fn change(&mut self, change: Change) -> Vec<Effect> {
        match self.users.target() {
            Some(target) => self.send(Asked::Change(target, change)),
            None => {
                self.nothing_chosen();
                Vec::new()
            }
        }
    }

    /// Changes the user, unless they are so already.
    fn change_unless(&mut self, is_so: impl Fn(&User) -> bool, already: &str, change: Change) -> Vec<Effect> {
        if let Some(user) = self.users.current().filter(|user| is_so(user)) {
            self.told = Some(format!("{} is {already}.", user.username));
            return Vec::new();
        }
        self.change(change)
    }

    fn send(&mut self, asked: Asked) -> Vec<Effect> {
        if self.users.doing.is_some() {
            self.notice = Some(Failure::new("Another change is being made. Try again in a moment."));
            return Vec::new();
        }
        let id = ids(&mut self.last_id)();
        self.users.doing = Some(id);
        self.users.dialog = None;
        vec![Effect::Query(id, Query::Desk(asked))]
    }

    /// Takes in an answer to this screen.
    pub(in crate::tui::model) fn users_reply(
        &mut self,
        id: RequestId,
        answer: Answer,
        now: Timestamp,
    ) -> Vec<Effect> {
        let users = &mut self.users;
        match answer {
            Answer::Users { rows, more } => {
                return users.take(id, (rows, more), &self.zone, now, &mut self.last_id);
            }
            Answer::Staff(names) => {
                if let Some(Dialog::Staff(_, list, asked)) = &mut users.dialog
                    && asked.take_if(|asked| *asked == id).is_some()
                {
                    *list = staff(names);
                    return self.replay(now);
                }
            }
            Answer::Done(words) if users.doing == Some(id) => {
                users.doing = None;
                self.told = Some(words);
                return users.refresh(&mut self.last_id);
            }
            Answer::Temporary(password) if users.doing == Some(id) => {
                users.doing = None;
                // It is seen whatever is open, and no key that was meant for something else takes it away.
                users.dialog = Some(Dialog::Password(password));
                self.popup = None;
                self.screen = Screen::Users;
                self.typed_ahead.clear();
                return users.refresh(&mut self.last_id);
            }
            _ => {}
        }
        Vec::new()
    }

    /// Takes in that something this screen asked for could not be done.
    pub(in crate::tui::model) fn users_fail(&mut self, id: RequestId, failure: &Failure) -> Vec<Effect> {
        let was_doing = self.users.doing == Some(id);
        if let Some(words) = self.users.fail(id, failure) {
            self.notice = Some(words);
        }
        // What was refused may be so because the user is another by now.
        if was_doing { self.users.refresh(&mut self.last_id) } else { Vec::new() }
    }
}

fn about(app: &App, words: impl Fn(&str) -> String) -> Option<String> {
    app.users.target().map(|name| words(name.as_str()))
}

/// The question before a user is deactivated.
pub(in crate::tui::model) fn deactivating(app: &App) -> Option<String> {
    about(app, |name| {
        format!(
            "Deactivate {name}? They are signed out at once, and can not sign in until they are activated."
        )
    })
}

/// The question before a password is reset.
pub(in crate::tui::model) fn resetting_the_password(app: &App) -> Option<String> {
    about(app, |name| {
        format!(
            "Give {name} a temporary password? The one they have is good no longer, and their sessions end."
        )
    })
}

/// The question before a second factor is taken away.
pub(in crate::tui::model) fn resetting_the_second_factor(app: &App) -> Option<String> {
    about(app, |name| {
        format!(
            "Take the second factor of {name} away, with its backup codes? Where their role must have one, they \
             enrol anew when they sign in."
        )
    })
}

/// The question before sessions are ended.
pub(in crate::tui::model) fn ending_sessions(app: &App) -> Option<String> {
    about(app, |name| {
        format!("End the sessions of {name}? What they are typing is lost; they may sign in again.")
    })
}

/// What removing a user takes away.
pub(in crate::tui::model) fn removing(app: &App) -> Option<Stake> {
    app.users.target().map(|name| Stake {
        question: format!(
            "Remove the user {name}? The account can not be brought back; what {name} did stays in the audit log. \
             To keep somebody out for a while, deactivate them."
        ),
        name: name.to_string(),
    })
}
