//! Changing users. Each answers `false` where nothing was to be done; then nothing is recorded either.

use super::{UserError, subject};
use crate::db::administration::{self as table, Held};
use crate::db::write::{Recorded, Tx};
use crate::db::{Db, Proof, chain, sessions, users};
use crate::domain::audit::{Action, Entry};
use crate::domain::session::Ended;
use crate::domain::{Role, StaffId, Username};
use crate::service::authorized::{Authorized, DeleteUsers, ModifyUsers};
use futures_util::FutureExt;
use serde_json::{Value, json};

/// Gives a user another role, and ends their sessions.
///
/// # Errors
/// [`UserError`]: there is no such user, it is oneself, or the last active administrator.
pub async fn change_role(
    by: &Authorized<ModifyUsers>,
    db: &Db,
    who: &Username,
    role: Role,
) -> Result<bool, UserError> {
    change(by, db, who, Change::Role(role)).await
}

/// Lets a user sign in again, or no more; that ends their sessions.
///
/// # Errors
/// [`UserError`]: there is no such user, it is oneself, or the last active administrator.
pub async fn set_active(
    by: &Authorized<ModifyUsers>,
    db: &Db,
    who: &Username,
    active: bool,
) -> Result<bool, UserError> {
    change(by, db, who, Change::Active(active)).await
}

/// Unlocks an account after failed tries, with the password and with the second factor. The password is untouched.
///
/// # Errors
/// [`UserError`]: there is no such user.
pub async fn unlock(by: &Authorized<ModifyUsers>, db: &Db, who: &Username) -> Result<bool, UserError> {
    change(by, db, who, Change::Unlock).await
}

/// Takes a user's second factor and backup codes away, and ends their sessions: who must have one enrols anew at the next
/// sign-in.
///
/// # Errors
/// [`UserError`]: there is no such user, or it is oneself.
pub async fn reset_second_factor(
    by: &Authorized<ModifyUsers>,
    db: &Db,
    who: &Username,
) -> Result<bool, UserError> {
    change(by, db, who, Change::SecondFactor).await
}

/// Links a user to a member of staff, or to none.
///
/// # Errors
/// [`UserError`]: there is no such user or member of staff, or that one has an account.
pub async fn link_staff(
    by: &Authorized<ModifyUsers>,
    db: &Db,
    who: &Username,
    staff: Option<StaffId>,
) -> Result<bool, UserError> {
    change(by, db, who, Change::Staff(staff)).await
}

/// Ends every session of a user.
///
/// # Errors
/// [`UserError`]: there is no such user.
pub async fn end_sessions(by: &Authorized<ModifyUsers>, db: &Db, who: &Username) -> Result<bool, UserError> {
    change(by, db, who, Change::EndSessions).await
}

/// Removes a user for good. The audit log keeps the name.
///
/// # Errors
/// [`UserError`]: there is no such user, it is oneself, the last active administrator, or named by records of the chain.
pub async fn remove(by: &Authorized<DeleteUsers>, db: &Db, who: &Username) -> Result<bool, UserError> {
    change(by, db, who, Change::Remove).await
}

/// What is to become of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Role(Role),
    Active(bool),
    Unlock,
    SecondFactor,
    Staff(Option<StaffId>),
    EndSessions,
    Remove,
}

impl Change {
    /// Whether nobody does this to their own account. An administrator's own second factor can be taken away by another
    /// alone: an unwatched terminal would else be enough to replace it.
    fn takes_another(self) -> bool {
        matches!(self, Change::Role(_) | Change::Active(false) | Change::SecondFactor | Change::Remove)
    }

    /// Whether somebody who can administer can do so no more.
    fn takes_administration(self) -> bool {
        match self {
            Change::Role(role) => role != Role::Administrator,
            Change::Active(active) => !active,
            Change::Remove => true,
            Change::Unlock | Change::SecondFactor | Change::Staff(_) | Change::EndSessions => false,
        }
    }
}

async fn change(by: &dyn Proof, db: &Db, who: &Username, change: Change) -> Result<bool, UserError> {
    let oneself = by.warrant().doer.actor.user_id();
    db.write(by, |tx| {
        let who = who.clone();
        async move {
            chain::hold(tx).await?;
            let held = table::hold(tx, &who).await?.ok_or_else(|| UserError::Unknown(who.clone()))?;
            if change.takes_another() && oneself == Some(held.id) {
                return Err(UserError::Oneself);
            }
            if change.takes_administration() && held.administers() && users::administrators(tx).await? <= 1 {
                return Err(UserError::LastAdministrator(who));
            }
            Ok(match applied(tx, &who, &held, change).await? {
                Some(entry) => Recorded::with(true, entry),
                None => Recorded::nothing(false),
            })
        }
        .boxed()
    })
    .await
}

/// Does it, and answers what is to be told of it; `None` where nothing was to be done.
async fn applied(
    tx: &mut Tx,
    who: &Username,
    held: &Held,
    change: Change,
) -> Result<Option<Entry>, UserError> {
    let told = |action| Entry::done(action, subject(who));
    let entry = match change {
        Change::Role(role) => {
            if held.role == Some(role) {
                return Ok(None);
            }
            table::set_role(tx, held.id, role).await?;
            sessions::end_all(tx, held.id, None, Ended::RoleChanged).await?;
            told(Action::RoleChanged).before(&json!({ "role": held.role })).after(&json!({ "role": role }))
        }
        Change::Active(active) => {
            if held.active == active {
                return Ok(None);
            }
            table::set_active(tx, held.id, active).await?;
            sessions::end_all(tx, held.id, None, Ended::Deactivated).await?;
            told(if active { Action::UserActivated } else { Action::UserDeactivated })
        }
        Change::Unlock => {
            if !held.failed {
                return Ok(None);
            }
            table::unlock(tx, held.id).await?;
            told(Action::Unlocked)
        }
        Change::SecondFactor => {
            if !held.second_factor {
                return Ok(None);
            }
            table::reset_second_factor(tx, held.id).await?;
            sessions::end_all(tx, held.id, None, Ended::SecondFactorReset).await?;
            told(Action::SecondFactorReset)
        }
        Change::Staff(staff) => {
            if held.staff == staff {
                return Ok(None);
            }
            free(tx, staff).await?;
            table::link_staff(tx, held.id, staff).await?;
            let record = |staff: Option<StaffId>| json!({ "staff_id": staff });
            told(Action::StaffLinked).before(&record(held.staff)).after(&record(staff))
        }
        Change::EndSessions => {
            let ended = sessions::end_all(tx, held.id, None, Ended::ByHand).await?;
            if ended == 0 {
                return Ok(None);
            }
            told(Action::SessionEnded).detail(format!("{ended} sessions"))
        }
        Change::Remove => {
            if !table::remove(tx, held.id).await? {
                return Err(UserError::HasRecords(who.clone()));
            }
            told(Action::UserRemoved).before(&record_of(held))
        }
    };
    Ok(Some(entry))
}

fn record_of(held: &Held) -> Value {
    json!({ "user_id": held.id, "role": held.role, "active": held.active, "staff_id": held.staff })
}

/// Makes sure that a member of staff is there, and nobody's account yet.
pub(super) async fn free(tx: &mut Tx, staff: Option<StaffId>) -> Result<(), UserError> {
    let Some(staff) = staff else {
        return Ok(());
    };
    match table::staff(tx, staff).await? {
        None => Err(UserError::UnknownStaff(staff)),
        Some((name, Some(user))) => Err(UserError::StaffTaken { name, user }),
        Some((_, None)) => Ok(()),
    }
}
