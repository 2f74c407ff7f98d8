//! `storekeeper keys`: the keys that secrets in the database are encrypted with.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::{opening, output};
use crate::service::Policy;
use crate::service::authorized::SystemSettings;
use crate::service::vault::{self, KeyInUse, RotateError, Rotated};
use crate::settings::Settings;
use jiff::{Timestamp, Unit};
use serde::Serialize;

#[derive(Debug, clap::Subcommand)]
pub(super) enum KeysCommand {
    /// List the keys: number, age, and how many secrets are encrypted under each
    Show {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Make a new key and encrypt every secret anew under it; after an interruption, go on
    Rotate {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Serialize)]
struct Shown {
    id: String,
    made: Timestamp,
    secrets: u64,
}

#[derive(Serialize)]
struct Done {
    key: String,
    made_now: bool,
    secrets: u64,
    file: String,
}

impl KeysCommand {
    pub(super) async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        let policy = Policy::of(settings);
        match self {
            KeysCommand::Show { json } => {
                let keys = opening::with_session(settings, person, async |db, session| {
                    let by = session.require(SystemSettings)?;
                    Ok(vault::keys(&by, db, &policy).await?)
                })
                .await?;
                show(&keys, json)
            }
            KeysCommand::Rotate { json } => {
                let rotated = opening::with_session(settings, person, async |db, session| {
                    let by = session.require(SystemSettings)?;
                    Ok(vault::rotate(&by, db, &policy, Timestamp::now()).await?)
                })
                .await?;
                tell(rotated, &policy, json)
            }
        }
    }
}

fn show(keys: &[KeyInUse], json: bool) -> Result<Exit, Failure> {
    if json {
        let shown = |key: &KeyInUse| Shown { id: key.id.to_string(), made: key.made, secrets: key.secrets };
        return output::print_json(&keys.iter().map(shown).collect::<Vec<Shown>>());
    }
    if keys.is_empty() {
        return output::print("There is no key yet. The first second factor makes one.\n");
    }
    let now = Timestamp::now();
    let rows: Vec<Vec<String>> = keys
        .iter()
        .map(|key| {
            let days = now.since((Unit::Hour, key.made)).map_or(0, |age| age.get_hours() / 24);
            vec![
                key.id.to_string(),
                key.made.strftime("%Y-%m-%d").to_string(),
                days.to_string(),
                key.secrets.to_string(),
            ]
        })
        .collect();
    output::print(&output::columns(&["key", "made", "days old", "secrets"], &rows, &[2, 3]))
}

fn tell(Rotated { key, is_new, secrets }: Rotated, policy: &Policy, json: bool) -> Result<Exit, Failure> {
    let file = policy.key_file.display().to_string();
    if json {
        return output::print_json(&Done { key: key.to_string(), made_now: is_new, secrets, file });
    }
    let began =
        if is_new { format!("Key {key} is made") } else { format!("The rotation to key {key} is completed") };
    output::print(&format!(
        "{began}; {secrets} secrets were encrypted anew.\nCopy {file} to every other host of this chain, and keep a copy apart from the backups of the database.\n"
    ))
}

impl From<RotateError> for Failure {
    fn from(error: RotateError) -> Failure {
        match error {
            RotateError::Database(error) => error.into(),
            other => Failure::of(other),
        }
    }
}
