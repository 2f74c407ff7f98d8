//! `storekeeper db`: what the schema is like, bringing it up to date, stopping the private server.

use super::failure::{Exit, Failure};
use super::origin::origin;
use super::person::Person;
use super::{opening, output};
use crate::db::schema::{self, Difference};
use crate::db::{Db, Engine, migrations};
use crate::local_server;
use crate::service::Session;
use crate::service::authorized::ManageDatabase;
use crate::service::chain::Prepare;
use crate::settings::Settings;
use serde::Serialize;

#[derive(Debug, clap::Subcommand)]
pub(super) enum DbCommand {
    /// Compare the schema with what the program expects, table by table, column by column
    Status {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Bring the schema up to date
    Migrate,
    /// Stop the private server, unless somebody is using it
    Stop,
}

/// What `db status` tells.
#[derive(Debug, Serialize)]
struct Status {
    server: String,
    engine: &'static str,
    database: String,
    staging: Option<String>,
    account: String,
    schema_version: i32,
    expected_version: i32,
    differences: Vec<Difference>,
}

impl DbCommand {
    pub(super) async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        match self {
            DbCommand::Status { json } => status(settings, person, json).await,
            DbCommand::Migrate => migrate(settings, person).await,
            DbCommand::Stop => stop(settings).await,
        }
    }
}

async fn status(settings: &Settings, person: &Person, json: bool) -> Result<Exit, Failure> {
    let status = opening::with_database(settings, Prepare::AsItIs, async |db| {
        let examining = async |session: &Session| {
            db.recheck(&session.require(ManageDatabase)?).await?;
            examine(db).await
        };
        at_work(settings, person, db, examining).await
    })
    .await?;
    let exit = if status.is_as_expected() { Exit::Done } else { Exit::Failed };
    if json {
        output::print_json(&status)?;
    } else {
        output::print(&status.in_words())?;
    }
    Ok(exit)
}

async fn examine(db: &Db) -> Result<Status, Failure> {
    Ok(Status {
        server: db.target().address.to_string(),
        engine: match db.engine() {
            Engine::MariaDb => "MariaDB",
            Engine::MySql => "MySQL",
        },
        database: db.name().to_owned(),
        staging: db.staging().map(str::to_owned),
        account: db.target().account.user.clone(),
        schema_version: migrations::current_version(db).await?,
        expected_version: migrations::known_version(),
        differences: schema::compare(&schema::expected(), &schema::live(db).await?),
    })
}

impl Status {
    fn is_as_expected(&self) -> bool {
        self.differences.is_empty() && self.schema_version == self.expected_version
    }

    fn in_words(&self) -> String {
        let staging = self.staging.as_deref().unwrap_or("none: loading uses temporary tables");
        let mut text = format!(
            "server    {} at {}\naccount   {}\ndatabase  {}\nstaging   {staging}\nschema    version {} of {}\n",
            self.engine, self.server, self.account, self.database, self.schema_version, self.expected_version
        );
        if self.schema_version < self.expected_version {
            text.push_str("\nThe schema is older than the program: run `storekeeper db migrate`.\n");
        }
        if self.is_as_expected() {
            text.push_str("\nThe schema is as the program expects it.\n");
        }
        if self.differences.is_empty() {
            return text;
        }
        text.push('\n');
        let cell = |like: &Option<String>| like.clone().unwrap_or_else(|| "-".to_owned());
        let rows: Vec<Vec<String>> = self
            .differences
            .iter()
            .map(|difference| {
                let part = &difference.part;
                vec![
                    part.table.clone(),
                    format!("{} {}", part.kind, part.name),
                    cell(&difference.expected),
                    cell(&difference.found),
                ]
            })
            .collect();
        text.push_str(&output::columns(&["table", "part", "expected", "found"], &rows, &[]));
        text
    }
}

async fn migrate(settings: &Settings, person: &Person) -> Result<Exit, Failure> {
    let version = match person {
        Person::Operator => migrated(settings, &Session::operator().at(origin())).await?,
        // They sign in to the schema as it is, whatever its version.
        Person::User { .. } => {
            opening::with_database(settings, Prepare::AsItIs, async |db| {
                at_work(settings, person, db, async |session| {
                    db.recheck(&session.require(ManageDatabase)?).await?;
                    migrated(settings, session).await
                })
                .await
            })
            .await?
        }
    };
    output::print(&format!("The schema is at version {version}, the newest this program knows.\n"))
}

async fn migrated(settings: &Settings, session: &Session) -> Result<i32, Failure> {
    let chain = opening::chain_by(settings, Prepare::Everything, session.doer()).await?;
    chain.notes.iter().for_each(|note| output::note(&format!("storekeeper: {note}")));
    let version = migrations::current_version(&chain.db).await;
    chain.close().await;
    Ok(version?)
}

/// Does something in a person's session, where the schema is new enough for anybody to sign in.
async fn at_work<T>(
    settings: &Settings,
    person: &Person,
    db: &Db,
    work: impl AsyncFnOnce(&Session) -> Result<T, Failure>,
) -> Result<T, Failure> {
    if matches!(person, Person::User { .. }) && !migrations::has_log(db).await? {
        let version = migrations::current_version(db).await?;
        return Err(Failure::usage(format!(
            "Nobody can sign in to a schema of version {version}. Run `storekeeper db migrate` without --as."
        )));
    }
    person.at_work(settings, db, work).await
}

async fn stop(settings: &Settings) -> Result<Exit, Failure> {
    if settings.database.is_configured() {
        return Err(Failure::usage(
            "A database server is configured, and it is not ours to stop. `db stop` is for the private one.",
        ));
    }
    let stopped = local_server::stop(&settings.data_dir.join("server")).await.map_err(Failure::of)?;
    output::print(if stopped {
        "The private database was stopped.\n"
    } else {
        "No private database was running.\n"
    })
}
