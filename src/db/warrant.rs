//! By what right something is done, and whether that right is still there.

use super::filled::filled;
use super::{Db, DbError, Tx};
use crate::domain::session::{Ended, Token};
use crate::domain::{Actor, Doer, Permission, Role, UserId};
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Value};

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
            Some(holder) => {
                let standing = self.conn().await?.query_first(asking(STANDING, holder)).await?;
                by.warrant().judge(standing)
            }
        }
    }
}

const STANDING: &str = include_str!("../../sql/queries/sessions/standing.sql");
const STANDING_HELD: &str = include_str!("../../sql/queries/sessions/standing_held.sql");

/// Reads again that a warrant is good, and holds user and session still until the transaction is over.
pub(crate) async fn hold(conn: &mut impl Queryable, warrant: &Warrant) -> Result<(), DbError> {
    match warrant.holder()? {
        None => Ok(()),
        Some(holder) => {
            let standing = conn.query_first(asking(STANDING_HELD, holder)).await?;
            warrant.judge(standing)
        }
    }
}

/// Begins a transaction in which a warrant is good, as [`hold`] has it; the question goes with the beginning, so that the
/// right costs no round trip of its own.
pub(super) async fn begin(conn: Conn, warrant: Option<&Warrant>) -> Result<Tx, DbError> {
    let holder = warrant.map(Warrant::holder).transpose()?.flatten();
    let (Some(warrant), Some(holder)) = (warrant, holder) else {
        return Tx::begin(conn).await;
    };
    let (tx, standing) = Tx::begin_asking(conn, &asking(STANDING_HELD, holder)).await?;
    match warrant.judge(standing) {
        Ok(()) => Ok(tx),
        Err(refused) => {
            // Why it was refused matters more than what a rollback says, which a lost connection does by itself.
            let _ = tx.rollback().await;
            Err(refused)
        }
    }
}

/// What is known of a user and their session: role, whether the account is active and owes a new password, and the session.
type Standing = (String, bool, bool, String);

fn asking(statement: &str, (user, pass): (UserId, &Pass)) -> String {
    filled(statement, &[pass.idle_minutes.into(), Value::Bytes(pass.token.hash().to_vec()), user.0.into()])
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

    fn judge(&self, standing: Option<Standing>) -> Result<(), DbError> {
        let Some((role, active, must_change_password, session)) = standing else {
            return Err(DbError::SignedOut(Ended::Deactivated));
        };
        if !active {
            return Err(DbError::SignedOut(Ended::Deactivated));
        }
        if session != "open" {
            return Err(DbError::SignedOut(Ended::from_word(&session)));
        }
        let Some(permission) = self.permission else {
            return Ok(());
        };
        if must_change_password {
            return Err(DbError::Forbidden(
                "The password has to be changed first; nothing else works until it is.".to_owned(),
            ));
        }
        match Role::from_word(&role) {
            Some(role) if role.allows(permission) => Ok(()),
            _ => Err(self.forbidden()),
        }
    }
}
