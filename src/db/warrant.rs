//! By what right something is done, and whether that right is still there.

use super::filled::filled;
use super::{Db, DbError};
use crate::domain::session::{Ended, Token};
use crate::domain::{Actor, Doer, Permission, Role, UserId};
use mysql_async::Value;
use mysql_async::prelude::Queryable;

/// Proof that somebody may do something. Only the service can make one.
pub trait Proof: Sync {
    /// What it says.
    fn warrant(&self) -> &Warrant;
}

/// By what right somebody does something.
#[derive(Debug, Clone)]
pub struct Warrant {
    /// Who does it, as what, from where.
    pub doer: Doer,
    /// What it takes; `None` where it is about nothing but the doer's own account.
    pub permission: Option<Permission>,
    /// The session of a person who signed in.
    pub pass: Option<Pass>,
}

/// A session, as its holder knows it.
#[derive(Debug, Clone)]
pub struct Pass {
    /// What it is known by.
    pub token: Token,
    /// Minutes without a key after which it ends.
    pub idle_minutes: u32,
}

impl Db {
    /// Reads something for somebody, and hands it out only where they may still read it.
    ///
    /// The right is asked for beside the reading, on a connection of its own, so that nobody waits for it: the answer comes
    /// no later than without, and never to somebody whose role, account or session is gone by then.
    ///
    /// # Errors
    /// [`DbError::Forbidden`] and [`DbError::SignedOut`] where the right is gone; whatever `reading` answers.
    pub async fn read<T>(
        &self,
        by: &dyn Proof,
        reading: impl Future<Output = Result<T, DbError>>,
    ) -> Result<T, DbError> {
        let (allowed, read) = tokio::join!(self.recheck(by), reading);
        allowed?;
        read
    }

    /// Reads again that somebody may still do what they have proof of.
    ///
    /// # Errors
    /// [`DbError::Forbidden`] and [`DbError::SignedOut`] where the right is gone.
    pub async fn recheck(&self, by: &dyn Proof) -> Result<(), DbError> {
        match by.warrant().holder()? {
            None => Ok(()),
            Some(holder) => check(&mut self.conn().await?, by.warrant(), holder, STANDING).await,
        }
    }
}

const STANDING: &str = include_str!("../../sql/queries/sessions/standing.sql");
const STANDING_HELD: &str = include_str!("../../sql/queries/sessions/standing_held.sql");

/// Reads again that a warrant is good, and holds user and session still until the transaction is over.
pub(crate) async fn hold(conn: &mut impl Queryable, warrant: &Warrant) -> Result<(), DbError> {
    match warrant.holder()? {
        None => Ok(()),
        Some(holder) => check(conn, warrant, holder, STANDING_HELD).await,
    }
}

impl Warrant {
    /// The user and the session to be asked for; `None` for who works without signing in.
    fn holder(&self) -> Result<Option<(UserId, &Pass)>, DbError> {
        match (&self.doer.actor, &self.pass) {
            (Actor::Operator | Actor::Direct, _) => Ok(None),
            (Actor::User(user, _), Some(pass)) => Ok(Some((*user, pass))),
            (Actor::User(..) | Actor::Nobody, _) => Err(DbError::SignedOut(Ended::Unknown)),
        }
    }

    fn forbidden(&self) -> DbError {
        let what = self.permission.map_or("do that", Permission::verb);
        DbError::Forbidden(format!("{} may not {what} any more. Nothing was changed.", self.doer.actor))
    }
}

async fn check(
    conn: &mut impl Queryable,
    warrant: &Warrant,
    (user, pass): (UserId, &Pass),
    statement: &str,
) -> Result<(), DbError> {
    let values = [pass.idle_minutes.into(), Value::Bytes(pass.token.hash().to_vec()), user.0.into()];
    let found: Option<(String, bool, bool, String)> = conn.query_first(filled(statement, &values)).await?;
    let Some((role, active, must_change_password, session)) = found else {
        return Err(DbError::SignedOut(Ended::Deactivated));
    };
    if !active {
        return Err(DbError::SignedOut(Ended::Deactivated));
    }
    if session != "open" {
        return Err(DbError::SignedOut(Ended::from_word(&session)));
    }
    let Some(permission) = warrant.permission else {
        return Ok(());
    };
    if must_change_password {
        return Err(DbError::Forbidden(
            "The password has to be changed first; nothing else works until it is.".to_owned(),
        ));
    }
    match Role::from_word(&role) {
        Some(role) if role.allows(permission) => Ok(()),
        _ => Err(warrant.forbidden()),
    }
}
