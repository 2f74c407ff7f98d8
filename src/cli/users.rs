//! `storekeeper users`: who may sign in, and as what.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::{ask, opening, output};
use crate::db::Db;
use crate::domain::audit::Logged;
use crate::domain::user::User;
use crate::domain::{Role, StaffId, Username};
use crate::service::Session;
use crate::service::authorized::{CreateUsers, DeleteUsers, ModifyUsers, ViewLogs, ViewUsers};
use crate::service::users::{self, TEMPORARY_HOURS, Temporary, UserError};
use crate::settings::Settings;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde::Serialize;

#[derive(Debug, clap::Subcommand)]
pub(super) enum UsersCommand {
    /// Every user
    List {
        /// Only those with this in their name, role, or name as staff
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// One user
    Show {
        /// The username
        user: Username,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Add a user, with a temporary password that is shown once
    Create {
        /// The username
        user: Username,
        /// What the user may do
        #[arg(long, value_name = "ROLE", value_parser = role())]
        role: Role,
        /// Who of the staff the user is, by number
        #[arg(long, value_name = "ID")]
        staff: Option<u32>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Give a user another role
    Role {
        /// The username
        user: Username,
        /// What the user may do from now on
        #[arg(value_parser = role())]
        role: Role,
    },
    /// Let a user sign in again
    Activate {
        /// The username
        user: Username,
    },
    /// Let a user sign in no more, and end their sessions
    Deactivate {
        /// The username
        user: Username,
    },
    /// Unlock a user after failed tries
    Unlock {
        /// The username
        user: Username,
    },
    /// Give a user a temporary password, which is shown once, and end their sessions
    ResetPassword {
        /// The username
        user: Username,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Take a user's second factor and backup codes away, and end their sessions
    #[command(name = "reset-2fa")]
    ResetSecondFactor {
        /// The username
        user: Username,
    },
    /// Link a user to a member of staff
    Link {
        /// The username
        user: Username,
        /// The member of staff, by number
        #[arg(long, value_name = "ID", required_unless_present = "none")]
        staff: Option<u32>,
        /// To nobody
        #[arg(long, conflicts_with = "staff")]
        none: bool,
    },
    /// End every session of a user
    EndSessions {
        /// The username
        user: Username,
    },
    /// Remove a user for good
    Remove {
        /// The username
        user: Username,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// What a user did, and what was done to the account
    History {
        /// The username
        user: Username,
        /// How many entries at the most
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// A new or reset account, as JSON.
#[derive(Debug, Serialize)]
struct Made<'a> {
    username: &'a str,
    temporary_password: &'a str,
    valid_hours: u32,
}

impl UsersCommand {
    pub(super) async fn run(
        self,
        settings: &Settings,
        person: &Person,
        from_input: bool,
    ) -> Result<Exit, Failure> {
        if let UsersCommand::Remove { user, yes: false } = &self {
            confirm(user, from_input)?;
        }
        let cost = settings.security.bcrypt_cost;
        let said = opening::with_session(settings, person, async |db, by| self.carry_out(db, by, cost).await)
            .await?;
        output::print(&said)
    }

    async fn carry_out(self, db: &Db, by: &Session, cost: u32) -> Result<String, Failure> {
        match self {
            UsersCommand::List { search, json } => {
                let mut users = users::list(&by.require(ViewUsers)?, db).await?;
                users.retain(|user| search.as_ref().is_none_or(|text| is_like(user, text)));
                if json { output::json(&users) } else { Ok(table(&users)) }
            }
            UsersCommand::Show { user, json } => {
                let user = users::find(&by.require(ViewUsers)?, db, &user).await?;
                if json { output::json(&user) } else { Ok(card(&user)) }
            }
            UsersCommand::Create { user, role, staff, json } => {
                let by = by.require(CreateUsers)?;
                let made = users::create(&by, db, &user, role, staff.map(StaffId), cost).await?;
                told(&user, &made, json)
            }
            UsersCommand::ResetPassword { user, json } => {
                let made = users::reset_password(&by.require(ModifyUsers)?, db, &user, cost).await?;
                told(&user, &made, json)
            }
            UsersCommand::History { user, limit, json } => {
                let entries = users::history(&by.require(ViewLogs)?, db, &user, limit).await?;
                if json { output::json(&entries) } else { Ok(entries_table(&entries)) }
            }
            UsersCommand::Remove { user, .. } => {
                let removed = users::remove(&by.require(DeleteUsers)?, db, &user).await?;
                Ok(changed(&user, removed, "is removed"))
            }
            other => other.change(db, by).await,
        }
    }

    async fn change(self, db: &Db, by: &Session) -> Result<String, Failure> {
        let by = by.require(ModifyUsers)?;
        let (user, done, what) = match self {
            UsersCommand::Role { user, role } => {
                let done = users::change_role(&by, db, &user, role).await?;
                (user, done, format!("has the role {role}"))
            }
            UsersCommand::Activate { user } => {
                let done = users::set_active(&by, db, &user, true).await?;
                (user, done, "is active".to_owned())
            }
            UsersCommand::Deactivate { user } => {
                let done = users::set_active(&by, db, &user, false).await?;
                (user, done, "is not active".to_owned())
            }
            UsersCommand::Unlock { user } => {
                let done = users::unlock(&by, db, &user).await?;
                (user, done, "is not locked".to_owned())
            }
            UsersCommand::ResetSecondFactor { user } => {
                let done = users::reset_second_factor(&by, db, &user).await?;
                (user, done, "has no second factor".to_owned())
            }
            UsersCommand::Link { user, staff, .. } => {
                let done = users::link_staff(&by, db, &user, staff.map(StaffId)).await?;
                let to = staff.map_or("nobody of the staff".to_owned(), |id| format!("staff {id}"));
                (user, done, format!("is linked to {to}"))
            }
            UsersCommand::EndSessions { user } => {
                let done = users::end_sessions(&by, db, &user).await?;
                (user, done, "is signed in nowhere".to_owned())
            }
            _ => return Ok(String::new()),
        };
        Ok(changed(&user, done, &what))
    }
}

fn changed(user: &Username, done: bool, what: &str) -> String {
    if done {
        format!("\"{user}\" {what}.\n")
    } else {
        format!("\"{user}\" {what} already; nothing was changed.\n")
    }
}

fn told(user: &Username, made: &Temporary, json: bool) -> Result<String, Failure> {
    let password = made.password.expose_secret();
    if json {
        let made =
            Made { username: user.as_str(), temporary_password: password, valid_hours: TEMPORARY_HOURS };
        return output::json(&made);
    }
    Ok(format!(
        "\"{user}\" can sign in with the password\n\n  {password}\n\nIt is shown this once, good for {TEMPORARY_HOURS} hours, and has to be changed at the first sign-in.\n"
    ))
}

/// Removing can not be undone, so that the name has to be typed again.
fn confirm(user: &Username, from_input: bool) -> Result<(), Failure> {
    if from_input || !ask::somebody() {
        return Err(Failure::usage("To remove a user without being asked, add --yes."));
    }
    let typed = ask::openly(&format!("Remove {user} for good? Type the username again"))?;
    if typed == user.as_str() {
        Ok(())
    } else {
        Err(Failure::usage("That is not the username. Nothing was changed."))
    }
}

fn is_like(user: &User, text: &str) -> bool {
    let text = text.to_lowercase();
    let staff =
        user.staff.as_ref().map(|staff| format!("{} {}", staff.name, staff.store)).unwrap_or_default();
    [user.username.as_str(), user.role.word(), &staff].iter().any(|cell| cell.to_lowercase().contains(&text))
}

fn table(users: &[User]) -> String {
    let rows: Vec<Vec<String>> = users
        .iter()
        .map(|user| {
            vec![
                user.username.to_string(),
                user.role.to_string(),
                user.staff.as_ref().map_or("-".to_owned(), |staff| staff.name.clone()),
                standing(user),
                if user.second_factor { "on" } else { "off" }.to_owned(),
                moment(user.last_sign_in_at),
            ]
        })
        .collect();
    output::columns(&["user", "role", "staff", "account", "2fa", "last sign-in (UTC)"], &rows, &[])
}

fn standing(user: &User) -> String {
    match (user.active, user.locked_until) {
        (false, _) => "not active".to_owned(),
        (true, Some(until)) => format!("locked until {}", moment(Some(until))),
        (true, None) if user.must_change_password => "temporary password".to_owned(),
        (true, None) => "active".to_owned(),
    }
}

fn card(user: &User) -> String {
    let staff = user
        .staff
        .as_ref()
        .map_or("-".to_owned(), |staff| format!("{} (number {}), {}", staff.name, staff.id, staff.store));
    let rows = [
        ("user", user.username.to_string()),
        ("role", user.role.to_string()),
        ("account", standing(user)),
        ("staff", staff),
        ("second factor", if user.second_factor { "on" } else { "off" }.to_owned()),
        ("last sign-in", moment(user.last_sign_in_at)),
        ("since", moment(Some(user.created_at))),
    ];
    rows.iter().map(|(name, value)| format!("{name:<14} {value}\n")).collect()
}

/// Entries of the audit log, one a line.
pub(super) fn entries_table(entries: &[Logged]) -> String {
    let rows: Vec<Vec<String>> = entries
        .iter()
        .map(|entry| {
            vec![
                entry.id.to_string(),
                entry.at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
                entry.actor.clone(),
                entry.action.clone(),
                entry.subject.clone(),
                entry.outcome.clone(),
                entry.origin.clone(),
                entry.detail.clone(),
            ]
        })
        .collect();
    let header = ["entry", "when (UTC)", "who", "action", "what", "outcome", "from where", "detail"];
    output::columns(&header, &rows, &[0])
}

fn moment(at: Option<Timestamp>) -> String {
    at.map_or("-".to_owned(), |at| at.strftime("%Y-%m-%d %H:%M").to_string())
}

fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::EACH.map(Role::word))
        .map(|word| Role::from_word(&word).unwrap_or(Role::Employee))
}

impl From<UserError> for Failure {
    fn from(error: UserError) -> Failure {
        match error {
            UserError::Database(error) => error.into(),
            UserError::Oneself => Failure::new(Exit::NotAllowed, error.to_string()),
            UserError::Unknown(_) | UserError::UnknownStaff(_) => Failure::usage(error),
            other => Failure::of(other),
        }
    }
}
