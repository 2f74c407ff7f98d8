//! Making the schema, or bringing it up to date, and recording it.

use crate::db::{Db, DbError, Target, migrations};
use crate::domain::Doer;
use crate::domain::audit::{Action, Entry, Outcome};
use crate::settings::Account;
use serde_json::json;

/// Applies the migrations that are missing, as the account that owns the schema; `app` is then granted each table it works
/// with.
///
/// A change of the schema commits by itself, so that no entry can commit with it: it is recorded before, where there is a log
/// to record it in, and after where the log is made by it.
pub(super) async fn bring_up_to_date(
    owner: &Target,
    app: Option<&Account>,
    by: &Doer,
) -> Result<(), DbError> {
    let db = Db::connect(owner).await?;
    let done = recorded(&db, app, by).await;
    db.close().await;
    done
}

async fn recorded(db: &Db, app: Option<&Account>, by: &Doer) -> Result<(), DbError> {
    let (found, known) = (migrations::current_version(db).await?, migrations::known_version());
    let entry = Entry::done(Action::SchemaChanged, format!("database {}", db.name()))
        .before(&json!({ "version": found }))
        .after(&json!({ "version": known }));
    let has_log = migrations::has_log(db).await?;
    if has_log && found < known {
        db.note_of(by, entry.clone().detail("begins")).await?;
    }
    match migrations::migrate(db, app).await {
        Ok(applied) if applied.is_empty() || has_log => Ok(()),
        Ok(applied) => db.note_of(by, entry.detail(applied.join(", "))).await,
        Err(error) => {
            if has_log && let Err(cause) = db.note_of(by, entry.ended(Outcome::Failed).detail(&error)).await {
                tracing::warn!(%cause, "that the schema could not be changed was not recorded");
            }
            Err(error)
        }
    }
}
