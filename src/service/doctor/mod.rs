//! `storekeeper doctor`: looks at the terminal, the database and the files, and says what to do where one is not well.
//!
//! Nothing is made or changed. Each probe has a time limit and none stops another.

mod database;
mod files;
mod finding;
mod reach;
mod terminal;

pub use finding::{Finding, Group, Report, Status};
pub use terminal::Environment;

use crate::service::Policy;
use crate::settings::{Places, Settings};
use jiff::Timestamp;

/// What is looked at.
#[derive(Debug, Clone)]
pub struct Patient<'a> {
    /// The settings, or why they can not be read: then there is no telling which database is meant.
    pub settings: Result<&'a Settings, String>,
    /// Where the user's own settings are kept, or would be.
    pub places: Places,
    /// What the environment says about the terminal.
    pub environment: Environment,
    /// The clock of this machine.
    pub now: fn() -> Timestamp,
}

/// Looks at everything, side by side.
pub async fn examine(patient: &Patient<'_>) -> Report {
    let database = async {
        match &patient.settings {
            Ok(settings) => database::examine(settings, patient.now).await,
            Err(why) => database::unknown(why),
        }
    };
    let settings = patient.settings.as_ref().ok();
    let data_dir = settings.map(|settings| settings.data_dir.clone());
    let key_file = settings.map(|settings| Policy::of(settings).key_file);
    let (terminal, database, files) = tokio::join!(
        terminal::examine(&patient.environment),
        database,
        files::examine(data_dir, key_file, patient.places.clone())
    );
    Report { has_database: database.is_there, findings: [terminal, database.findings, files].concat() }
}
