//! `storekeeper init`: database, accounts, schema, first administrator.

use super::failure::{Exit, Failure};
use super::origin::origin;
use super::{opening, output};
use crate::domain::Username;
use crate::service::administration::{First, FirstError, first_administrator};
use crate::service::authorized::CreateUsers;
use crate::service::chain::Prepare;
use crate::service::{Policy, Session};
use crate::settings::Settings;
use secrecy::SecretString;
use std::io::BufRead;

#[derive(Debug, clap::Args)]
pub(super) struct Init {
    /// The name of the first administrator
    #[arg(long, value_name = "NAME", requires = "password_stdin")]
    admin: Option<Username>,
    /// Read the administrator's password from standard input
    #[arg(long, requires = "admin")]
    password_stdin: bool,
}

impl Init {
    pub(super) async fn run(self, settings: &Settings) -> Result<Exit, Failure> {
        let password = if self.password_stdin { Some(read_password()?) } else { None };
        let policy = Policy::of(settings);
        let said = opening::with_database(settings, Prepare::Everything, async |db| {
            let ready = format!("The database \"{}\" is ready.\n", db.name());
            let Some((name, password)) = self.admin.zip(password) else {
                return Ok(ready);
            };
            let operator = Session::operator().at(origin()).require(CreateUsers)?;
            let first =
                first_administrator(&operator, db, &name, password, &policy).await.map_err(Failure::from)?;
            Ok(ready + &told(first, &name))
        })
        .await?;
        output::print(&said)
    }
}

fn told(first: First, name: &Username) -> String {
    match first {
        First::Made => format!("The administrator \"{name}\" can sign in: run `storekeeper`.\n"),
        First::AlreadyThere => "There is an administrator already; nobody was added or changed.\n".to_owned(),
    }
}

/// The first line of standard input. A password is never an argument: every process can read those.
fn read_password() -> Result<SecretString, Failure> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|cause| {
        Failure::usage(format!("The password can not be read from standard input: {cause}."))
    })?;
    let password = line.trim_end_matches(['\r', '\n']);
    Ok(SecretString::from(password))
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
