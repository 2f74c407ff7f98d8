//! The users, as administrators look after them.

use super::error::is_of_staff;
use super::row::{self, Moment};
use super::{Db, DbError, Tx};
use crate::domain::user::{StaffMember, User};
use crate::domain::{Role, StaffId, UserId, Username};
use mysql_async::prelude::{FromValue, Queryable};
use mysql_async::{DriverError, Error, Params, Row, params};

macro_rules! sql {
    ($name:literal) => {
        include_str!(concat!("../../sql/queries/administration/", $name, ".sql"))
    };
}

/// What a change of a user depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Which user.
    pub id: UserId,
    /// What they are; `None` for a word this program does not know.
    pub role: Option<Role>,
    /// Whether they may sign in.
    pub active: bool,
    /// Who of the staff they are.
    pub staff: Option<StaffId>,
    /// Whether they have a second factor.
    pub second_factor: bool,
    /// Whether they are locked out, or have failed since they last signed in.
    pub failed: bool,
}

impl Held {
    /// Whether they can administer.
    pub fn administers(&self) -> bool {
        self.active && self.role == Some(Role::Administrator)
    }
}

/// Every user, by name.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn users(db: &Db) -> Result<Vec<User>, DbError> {
    let rows: Vec<Row> = db.conn().await?.exec(sql!("users"), ()).await?;
    let users: Result<Vec<User>, Error> = rows.into_iter().map(user).collect();
    Ok(users?)
}

/// A user from a row with the columns of `users.sql`; more may follow.
pub(super) fn user(mut row: Row) -> Result<User, Error> {
    let staff: Option<u32> = taken(&mut row, 9)?;
    let (name, store): (Option<String>, Option<String>) = (taken(&mut row, 10)?, taken(&mut row, 11)?);
    let staff = staff.map(|id| StaffMember {
        id: StaffId(id),
        name: row::text(&name.unwrap_or_default()),
        store: row::text(&store.unwrap_or_default()),
    });
    let moment = |found: Option<Moment>| found.map(|moment| moment.0);
    let (username, role): (String, String) = (taken(&mut row, 1)?, taken(&mut row, 2)?);
    let odd = |row: &Row| Error::from(DriverError::FromRow { row: row.clone() });
    Ok(User {
        id: UserId(taken(&mut row, 0)?),
        username: username.parse::<Username>().map_err(|_| odd(&row))?,
        role: Role::from_word(&role).ok_or_else(|| odd(&row))?,
        active: taken(&mut row, 3)?,
        second_factor: taken(&mut row, 4)?,
        must_change_password: taken(&mut row, 5)?,
        last_sign_in_at: moment(taken(&mut row, 6)?),
        created_at: taken::<Moment>(&mut row, 7)?.0,
        locked_until: moment(taken(&mut row, 8)?),
        staff,
    })
}

fn taken<T: FromValue>(row: &mut Row, column: usize) -> Result<T, Error> {
    match row.take_opt(column) {
        Some(Ok(value)) => Ok(value),
        _ => Err(DriverError::FromRow { row: row.clone() }.into()),
    }
}

/// A user, held still until the transaction is over.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn hold(tx: &mut Tx, name: &Username) -> Result<Option<Held>, DbError> {
    type Columns = (u32, String, bool, Option<u32>, bool, bool);
    let found: Option<Columns> = tx.exec_first(sql!("held"), (name.as_str(),)).await?;
    Ok(found.map(|(id, role, active, staff, second_factor, failed)| Held {
        id: UserId(id),
        role: Role::from_word(&role),
        active,
        staff: staff.map(StaffId),
        second_factor,
        failed,
    }))
}

/// A new user.
#[derive(Clone)]
pub struct NewUser {
    /// The name to sign in with.
    pub username: Username,
    /// What they may do.
    pub role: Role,
    /// Who of the staff they are.
    pub staff: Option<StaffId>,
    /// The bcrypt hash of the temporary password.
    pub password_hash: String,
    /// Hours for which that password is good.
    pub hours: u32,
}

/// Adds a user; `None` where the name is taken.
///
/// # Errors
/// [`DbError`] where the user could not be stored.
pub async fn create(tx: &mut Tx, user: &NewUser) -> Result<Option<UserId>, DbError> {
    const DUPLICATE: u16 = 1062;
    let values = params! {
        "username" => user.username.as_str(),
        "password_hash" => &user.password_hash,
        "role" => user.role.word(),
        "staff_id" => user.staff.map(|staff| staff.0),
        "hours" => user.hours,
    };
    match tx.exec_drop(sql!("create"), values).await {
        Err(Error::Server(server)) if server.code == DUPLICATE && !is_of_staff(&server) => Ok(None),
        Err(error) => Err(error.into()),
        Ok(()) => Ok(tx.last_insert_id().and_then(|id| u32::try_from(id).ok()).map(UserId)),
    }
}

/// Whether there was a user who is told of in the audit log in these words, and who was removed.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn was_removed(tx: &mut Tx, subject: &str) -> Result<bool, DbError> {
    Ok(tx.exec_first(sql!("was_removed"), (subject,)).await?.unwrap_or_default())
}

/// A member of staff by name, and the user that is linked to them; `None` where there is no such member.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn staff(tx: &mut Tx, staff: StaffId) -> Result<Option<(String, Option<String>)>, DbError> {
    let found: Option<(String, Option<String>)> = tx.exec_first(sql!("staff"), (staff.0,)).await?;
    Ok(found.map(|(name, user)| (row::text(&name), user)))
}

/// Gives a user another role.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn set_role(tx: &mut Tx, user: UserId, role: Role) -> Result<(), DbError> {
    run(tx, sql!("set_role"), params! { "user_id" => user.0, "role" => role.word() }).await
}

/// Makes a user active, or not.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn set_active(tx: &mut Tx, user: UserId, active: bool) -> Result<(), DbError> {
    run(tx, sql!("set_active"), params! { "user_id" => user.0, "active" => active }).await
}

/// Ends both locks of a user.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn unlock(tx: &mut Tx, user: UserId) -> Result<(), DbError> {
    run(tx, sql!("unlock"), of(user)).await
}

/// Gives a user a temporary password, good for so many hours.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn set_temporary_password(
    tx: &mut Tx,
    user: UserId,
    hash: &str,
    hours: u32,
) -> Result<(), DbError> {
    let values = params! { "user_id" => user.0, "password_hash" => hash, "hours" => hours };
    run(tx, sql!("set_temporary_password"), values).await
}

/// Takes a user's second factor and backup codes away.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn reset_second_factor(tx: &mut Tx, user: UserId) -> Result<(), DbError> {
    run(tx, sql!("remove_backup_codes"), of(user)).await?;
    run(tx, sql!("reset_second_factor"), of(user)).await
}

/// Links a user to a member of staff, or to none.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn link_staff(tx: &mut Tx, user: UserId, staff: Option<StaffId>) -> Result<(), DbError> {
    let values = params! { "user_id" => user.0, "staff_id" => staff.map(|staff| staff.0) };
    run(tx, sql!("link_staff"), values).await
}

/// Removes a user with their sessions, passwords and codes; `false` where records of the chain name them.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn remove(tx: &mut Tx, user: UserId) -> Result<bool, DbError> {
    const IS_REFERENCED: u16 = 1451;
    for statement in [sql!("remove_backup_codes"), sql!("remove_passwords"), sql!("remove_sessions")] {
        run(tx, statement, of(user)).await?;
    }
    match run(tx, sql!("remove"), of(user)).await {
        Err(error) if error.code() == Some(IS_REFERENCED) => Ok(false),
        other => other.map(|()| true),
    }
}

fn of(user: UserId) -> Params {
    params! { "user_id" => user.0 }
}

async fn run(tx: &mut Tx, statement: &str, values: Params) -> Result<(), DbError> {
    Ok(tx.exec_drop(statement, values).await?)
}
