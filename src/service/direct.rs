//! Administration without signing in (`storekeeper --direct`), for developing, and for whoever has lost every password.

use super::authorized::Session;
use crate::db::{Db, DbError};
use crate::domain::audit::{Action, Entry};
use crate::domain::{Actor, Origin};
use crate::settings::{Profile, Settings};

/// Why nobody administers directly.
#[derive(Debug, thiserror::Error)]
pub enum DirectError {
    /// It is not allowed here.
    #[error(
        "Direct administration is off. It works in the development profile, and where security.direct_administration is true."
    )]
    Off,
    /// It could not be recorded.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Begins to administer without signing in, where the settings allow it. The audit log has it before anything is done.
///
/// # Errors
/// [`DirectError`] where it is not allowed, or could not be recorded.
pub async fn begin(settings: &Settings, db: &Db, origin: Origin) -> Result<Session, DirectError> {
    let session = Session::direct(origin);
    let allowed = settings.profile == Profile::Development || settings.security.direct_administration;
    let entry = match allowed {
        true => Entry::done(Action::DirectAdministration, Actor::Direct),
        false => Entry::refused(Action::DirectAdministration, Actor::Direct),
    };
    let entry = entry.detail(format!("profile {}", settings.profile));
    db.note_of(session.doer(), entry).await?;
    if allowed { Ok(session) } else { Err(DirectError::Off) }
}
