//! Temporary passwords: for new users, and for those who have forgotten theirs.

use super::change::free;
use super::{UserError, subject};
use crate::db::administration::{self as table, NewUser};
use crate::db::users::remember_password;
use crate::db::write::Recorded;
use crate::db::{Db, Proof, sessions};
use crate::domain::audit::{Action, Entry};
use crate::domain::session::Ended;
use crate::domain::{Role, StaffId, Username, password};
use crate::service::authorized::{Authorized, CreateUsers, ModifyUsers};
use crate::service::passwords;
use futures_util::FutureExt;
use rand::seq::IndexedRandom;
use secrecy::SecretString;
use serde_json::json;

/// How long a temporary password is good, in hours.
pub const TEMPORARY_HOURS: u32 = 24;

/// A temporary password, to be shown once. It has to be changed at the first sign-in.
#[derive(Debug, Clone)]
pub struct Temporary {
    /// The password.
    pub password: SecretString,
}

/// Adds a user with a temporary password.
///
/// # Errors
/// [`UserError`]: the name is taken or was somebody's who was removed, or there is no such member of staff, or that one has an account.
pub async fn create(
    by: &Authorized<CreateUsers>,
    db: &Db,
    username: &Username,
    role: Role,
    staff: Option<StaffId>,
    bcrypt_cost: u32,
) -> Result<Temporary, UserError> {
    db.recheck(by).await?;
    let password = random(username);
    let password_hash = passwords::hash(password.clone(), bcrypt_cost).await?;
    let user = NewUser { username: username.clone(), role, staff, password_hash, hours: TEMPORARY_HOURS };
    db.write(by, |tx| {
        let user = user.clone();
        async move {
            free(tx, user.staff).await?;
            // The audit log tells of people by name: two of one name could not be told apart.
            if table::was_removed(tx, &subject(&user.username)).await? {
                return Err(UserError::WasRemoved(user.username.clone()));
            }
            let id = table::create(tx, &user).await?;
            let id = id.ok_or_else(|| UserError::Taken(user.username.clone()))?;
            let record = json!({ "user_id": id, "role": user.role, "staff_id": user.staff });
            Ok::<_, UserError>(Recorded::with(
                (),
                Entry::done(Action::UserCreated, subject(&user.username)).after(&record),
            ))
        }
        .boxed()
    })
    .await?;
    Ok(Temporary { password })
}

/// Replaces a user's password with a temporary one, ends the lock of the old one, and the user's sessions.
///
/// # Errors
/// [`UserError`]: there is no such user, or it is oneself, who changes the password the usual way.
pub async fn reset_password(
    by: &Authorized<ModifyUsers>,
    db: &Db,
    who: &Username,
    bcrypt_cost: u32,
) -> Result<Temporary, UserError> {
    db.recheck(by).await?;
    let password = random(who);
    let hash = passwords::hash(password.clone(), bcrypt_cost).await?;
    let oneself = by.warrant().doer.actor.user_id();
    db.write(by, |tx| {
        let (who, hash) = (who.clone(), hash.clone());
        async move {
            let held = table::hold(tx, &who).await?.ok_or_else(|| UserError::Unknown(who.clone()))?;
            if oneself == Some(held.id) {
                return Err(UserError::Oneself);
            }
            remember_password(tx, held.id, passwords::REMEMBERED).await?;
            table::set_temporary_password(tx, held.id, &hash, TEMPORARY_HOURS).await?;
            sessions::end_all(tx, held.id, None, Ended::PasswordChanged).await?;
            let entry = Entry::done(Action::PasswordReset, subject(&who));
            Ok(Recorded::with((), entry.detail(format!("good for {TEMPORARY_HOURS} hours"))))
        }
        .boxed()
    })
    .await?;
    Ok(Temporary { password })
}

/// A password that breaks no rule, is easily read out, and can not be guessed: four groups of four out of 57 characters that
/// are not taken for one another, about 93 bits.
fn random(username: &Username) -> SecretString {
    const LENGTH: usize = 19;
    const ALL: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    let mut rng = rand::rng();
    loop {
        let picked: Vec<u8> = (0..16).filter_map(|_| ALL.choose(&mut rng).copied()).collect();
        let groups: Vec<String> =
            picked.chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
        let password = groups.join("-");
        // Chance may leave out a kind of character, or spell a short username.
        if password::check(&password, username.as_str(), LENGTH).is_ok() {
            return SecretString::from(password);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn a_temporary_password_breaks_no_rule_and_is_another_each_time() {
        let ann: Username = "ann".parse().unwrap();
        let made: std::collections::HashSet<String> =
            (0..200).map(|_| random(&ann).expose_secret().to_owned()).collect();
        assert_eq!(made.len(), 200);
        for password in made {
            assert_eq!(password.len(), 19, "{password}");
            password::check(&password, "ann", 8).unwrap();
        }
    }
}
