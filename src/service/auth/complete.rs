//! The last step: the account read again, the session begun, the audit log told, in one transaction.

use super::pending::{Owed, PendingSignIn, owed};
use super::{SignInError, SignedIn, Step};
use crate::db::Db;
use crate::db::users::{self, AtTheDoor};
use crate::db::write::{Recorded, Tx};
use crate::domain::Role;
use crate::domain::audit::{Action, Entry};
use crate::service::authorized::Session;
use crate::service::policy::Policy;
use crate::service::sessions;
use futures_util::FutureExt;
use std::time::Duration;

/// The longest time from the password to the session.
const WITHIN: Duration = Duration::from_secs(10 * 60);

/// Goes to the next step, or begins the session where there is none.
pub(in crate::service) async fn advance(
    db: &Db,
    policy: &Policy,
    pending: PendingSignIn,
) -> Result<Step, SignInError> {
    match pending.owed {
        Some(Owed::Code) => Ok(Step::Code(pending)),
        Some(Owed::Enrolment) => Ok(Step::Enrol(pending)),
        Some(Owed::NewPassword) => Ok(Step::ChangePassword(pending)),
        None => complete(db, policy, pending).await.map(Step::Done),
    }
}

/// What the audit log tells of a person's own account.
pub(in crate::service) fn entry(action: Action, pending: &PendingSignIn) -> Entry {
    Entry::done(action, format!("user {}", pending.username()))
}

/// Reads again that a sign-in may go on, and holds the account still until the transaction is over.
pub(in crate::service) async fn recheck(
    tx: &mut Tx,
    pending: &PendingSignIn,
) -> Result<(AtTheDoor, Role), SignInError> {
    let user = users::at_the_door(tx, pending.user, pending.began, WITHIN).await?;
    let user = user.filter(|user| user.active && user.in_time && user.password_hash == pending.password_hash);
    // A second factor that was proved, and taken away since: the phone it was on may be what was stolen.
    let user = user.filter(|user| user.has_second_factor || pending.proved.is_none());
    user.and_then(|user| user.role.map(|role| (user, role))).ok_or(SignInError::Over)
}

async fn complete(db: &Db, policy: &Policy, pending: PendingSignIn) -> Result<SignedIn, SignInError> {
    let doer = pending.doer();
    let how = pending.proved.as_deref().unwrap_or("with the password alone").to_owned();
    let (opened, user, role) = db
        .write_signing_in(&doer, |tx| {
            let (pending, policy, how) = (pending.clone(), policy.clone(), how.clone());
            async move {
                let (user, role) = recheck(tx, &pending).await?;
                let proved = pending.proved.is_some();
                if owed(&policy, role, user.has_second_factor, proved, user.must_change_password).is_some() {
                    return Err(SignInError::Over);
                }
                users::note_sign_in(tx, pending.user).await?;
                let opened = sessions::open(tx, pending.user, &pending.origin, policy.session).await?;
                Ok(Recorded::with((opened, user, role), entry(Action::SignIn, &pending).detail(how)))
            }
            .boxed()
        })
        .await?;
    tracing::info!(user = %pending.username, "signed in");
    Ok(SignedIn {
        session: Session::of_user(opened, pending.username, role),
        failed_tries: user.failures,
        last_sign_in: user.last_sign_in,
        backup_codes_left: user.has_second_factor.then_some(user.backup_codes_left),
    })
}
