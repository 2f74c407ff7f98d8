//! The users as a table, page by page.

use super::{Db, DbError, administration, row};
use crate::domain::user::{StaffMember, User};
use crate::domain::{StaffId, Username};
use mysql_async::prelude::Queryable;
use mysql_async::{DriverError, Error, Row, params};

/// What orders the users; where it leaves two alike, their names do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "each name says it all")]
pub enum Order {
    #[default]
    Name,
    Role,
    Staff,
    Active,
    Locked,
    SecondFactor,
    LastSignIn,
}

impl Order {
    fn word(self) -> &'static str {
        match self {
            Order::Name => "name",
            Order::Role => "role",
            Order::Staff => "staff",
            Order::Active => "active",
            Order::Locked => "locked",
            Order::SecondFactor => "factor",
            Order::LastSignIn => "seen",
        }
    }
}

/// Where a user stands in an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What the order goes by.
    pub key: String,
    /// Their name.
    pub username: Username,
}

/// Which users.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserPage {
    /// Their order.
    pub order: Order,
    /// The other way round.
    pub down: bool,
    /// Those behind this place; from the first on where there is none.
    pub after: Option<Place>,
    /// Those with this in their name, role, staff or store; all for an empty one.
    pub find: String,
    /// The most there may be.
    pub limit: u32,
}

/// Users, each with where they stand.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn page(db: &Db, page: &UserPage) -> Result<Vec<(Place, User)>, DbError> {
    let statement = if page.down {
        include_str!("../../sql/queries/users/page_down.sql")
    } else {
        include_str!("../../sql/queries/users/page.sql")
    };
    let values = params! {
        "sort" => page.order.word(),
        "after" => page.after.as_ref().map(|place| place.key.as_str()),
        "after_name" => page.after.as_ref().map(|place| place.username.as_str()),
        "find" => containing(&page.find),
        "limit" => page.limit,
    };
    let rows: Vec<Row> = db.conn().await?.exec(statement, values).await?;
    Ok(rows.into_iter().map(of_row).collect::<Result<_, Error>>()?)
}

/// The pattern of all that has these words in it, in the letters of either case and with any accent (as `page.sql` reads it).
fn containing(words: &str) -> String {
    let escaped: String = words
        .chars()
        .flat_map(|letter| matches!(letter, '%' | '_' | '!').then_some('!').into_iter().chain([letter]))
        .collect();
    format!("%{escaped}%")
}

/// Everybody of the staff who is no user yet, by name.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn staff(db: &Db) -> Result<Vec<StaffMember>, DbError> {
    let mut conn = db.conn().await?;
    let staff = conn.query_map(
        include_str!("../../sql/queries/staff/names.sql"),
        |(id, name, store): (u32, String, String)| StaffMember {
            id: StaffId(id),
            name: row::text(&name),
            store: row::text(&store),
        },
    );
    Ok(staff.await?)
}

fn of_row(mut row: Row) -> Result<(Place, User), Error> {
    // What the order goes by is a key, not text to be read: it goes back to the server as it came.
    let key = match row.take_opt(12) {
        Some(Ok(key)) => key,
        _ => return Err(DriverError::FromRow { row }.into()),
    };
    let user = administration::user(row)?;
    Ok((Place { key, username: user.username.clone() }, user))
}
