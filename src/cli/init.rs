//! `storekeeper init`: database, accounts, schema, first administrator.

use super::failure::{Exit, Failure};
use super::origin::origin;
use super::{ask, opening, output};
use crate::db::Db;
use crate::domain::user::User;
use crate::domain::{Role, StaffId, Username};
use crate::service::administration::{First, FirstError, first_administrator};
use crate::service::authorized::{CreateUsers, ModifyUsers, ViewUsers};
use crate::service::chain::Prepare;
use crate::service::{Policy, Session, users};
use crate::settings::Settings;
use secrecy::{ExposeSecret, SecretString};

#[derive(Debug, clap::Args)]
pub(super) struct Init {
    /// The name of the first administrator; otherwise it is asked for where there is a terminal
    #[arg(long, value_name = "NAME")]
    admin: Option<Username>,
    /// Who of the staff the first administrator is, by number
    #[arg(long, value_name = "ID")]
    staff: Option<u32>,
}

impl Init {
    pub(super) async fn run(self, settings: &Settings, from_input: bool) -> Result<Exit, Failure> {
        if from_input && self.admin.is_none() {
            return Err(Failure::usage("--password-stdin takes --admin NAME with it."));
        }
        if self.admin.is_some() && !from_input && !ask::somebody() {
            return Err(Failure::usage(
                "There is no terminal to ask for the password on. Add --password-stdin.",
            ));
        }
        // Read before anything is made: who forgot to give it learns so at once.
        let given = if from_input { Some(ask::line_of_input("The password")?) } else { None };
        let policy = Policy::of(settings);
        let session = Session::operator().at(origin());
        let said = opening::with_database(settings, Prepare::Everything, async |db| {
            let ready = format!("The database \"{}\" is ready.\n", db.name());
            let first = self.first(db, &session, &policy, given).await?;
            Ok(ready + &first)
        })
        .await?;
        output::print(&said)
    }

    /// Makes the first administrator, where there is none and somebody says who it is.
    async fn first(
        self,
        db: &Db,
        session: &Session,
        policy: &Policy,
        given: Option<SecretString>,
    ) -> Result<String, Failure> {
        let by = session.require(CreateUsers)?;
        let (name, first) = match (self.admin, given) {
            (Some(name), Some(_)) if has_administrator(session, db).await? => (name, First::AlreadyThere),
            (Some(name), Some(password)) => {
                let first = first_administrator(&by, db, &name, password, policy).await?;
                (name, first)
            }
            (None, _) if !ask::somebody() => return Ok(String::new()),
            _ if has_administrator(session, db).await? => return Ok(already()),
            (name, _) => loop {
                let (name, password) = asked(name.clone()).await?;
                match first_administrator(&by, db, &name, password, policy).await {
                    Err(error @ (FirstError::Password(_) | FirstError::Taken(_))) => {
                        output::note(&error.to_string())
                    }
                    other => break (name, other?),
                }
            },
        };
        let is_to_be_linked = first == First::Made || waits_for_a_link(session, db, &name).await?;
        if let Some(staff) = self.staff.filter(|_| is_to_be_linked) {
            let by = session.require(ModifyUsers)?;
            users::link_staff(&by, db, &name, Some(StaffId(staff))).await.map_err(|error| {
                Failure::of(format!(
                    "The administrator \"{name}\" can sign in, but is not linked. {error} Link with `storekeeper users link {name} --staff ID`."
                ))
            })?;
        }
        Ok(match first {
            First::Made => format!("The administrator \"{name}\" can sign in: run `storekeeper`.\n"),
            First::AlreadyThere => already(),
        })
    }
}

async fn has_administrator(session: &Session, db: &Db) -> Result<bool, Failure> {
    let users = users::list(&session.require(ViewUsers)?, db).await?;
    Ok(users.iter().any(|user| user.active && user.role == Role::Administrator))
}

/// Whether an earlier run made this administrator and could not link them.
async fn waits_for_a_link(session: &Session, db: &Db, name: &Username) -> Result<bool, Failure> {
    let users = users::list(&session.require(ViewUsers)?, db).await?;
    let is_it =
        |user: &User| user.username == *name && user.role == Role::Administrator && user.staff.is_none();
    Ok(users.iter().any(|user| user.active && is_it(user)))
}

fn already() -> String {
    "There is an administrator already; nobody was added or changed.\n".to_owned()
}

/// Asks for a name, where none is given, and twice for a password. Waits on a thread of its own, so that the program still
/// hears signals.
async fn asked(name: Option<Username>) -> Result<(Username, SecretString), Failure> {
    let asking = move || {
        let name = match name {
            Some(name) => name,
            None => asked_name()?,
        };
        loop {
            let password = ask::hidden(&format!("Password of {name}"))?;
            let again = ask::hidden("The same again")?;
            if password.expose_secret() == again.expose_secret() {
                return Ok((name, password));
            }
            output::note("The two are not the same.");
        }
    };
    tokio::task::spawn_blocking(asking).await.map_err(Failure::of)?
}

fn asked_name() -> Result<Username, Failure> {
    loop {
        match ask::openly("Username of the first administrator")?.parse() {
            Ok(name) => return Ok(name),
            Err(error) => output::note(&error.to_string()),
        }
    }
}

impl From<FirstError> for Failure {
    fn from(error: FirstError) -> Failure {
        match error {
            FirstError::Database(error) => error.into(),
            FirstError::Password(_) => Failure::usage(error),
            other => Failure::of(other),
        }
    }
}
