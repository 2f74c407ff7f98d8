//! How much of the chain a user may look at, in SQL.

use super::{Db, DbError, row};
use crate::domain::morning::Colleague;
use crate::domain::{Actor, Role, Sight, StaffId, StoreId, UserId};
use mysql_async::prelude::Queryable;
use mysql_async::{Value, params};

/// A row of `of_user.sql`: role, member of the staff, store.
type Row = (String, Option<u32>, Option<u32>);

/// What somebody may look at, by what they are now. The account of this machine sees everything.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn of(conn: &mut impl Queryable, actor: &Actor) -> Result<Sight, DbError> {
    let Some(user) = actor.user_id() else { return Ok(Sight::Chain) };
    let statement = include_str!("../../sql/queries/sight/of_user.sql");
    let rows: Vec<Row> = conn.exec(statement, params! { "user_id" => user.0 }).await?;
    Ok(judged(&rows))
}

fn judged(rows: &[Row]) -> Sight {
    let role = rows.first().and_then(|(role, ..)| Role::from_word(role));
    if role == Some(Role::Administrator) {
        return Sight::Chain;
    }
    let people: Vec<StaffId> = rows.iter().filter_map(|(_, staff, _)| staff.map(StaffId)).collect();
    let mut stores: Vec<StoreId> = rows.iter().filter_map(|(.., store)| store.map(StoreId)).collect();
    stores.sort_unstable();
    stores.dedup();
    if stores.is_empty() { Sight::Unlinked } else { Sight::Part { stores, people } }
}

/// Whom a user works for; `None` for who works for nobody.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn manager(db: &Db, user: UserId) -> Result<Option<Colleague>, DbError> {
    let statement = include_str!("../../sql/queries/sight/manager.sql");
    let found: Option<(u32, String, String, String, Option<String>)> =
        db.conn().await?.exec_first(statement, (user.0,)).await?;
    Ok(found.map(|(id, name, store, email, phone)| Colleague {
        id: StaffId(id),
        name: row::text(&name),
        store: row::text(&store),
        email: row::text(&email),
        phone: phone.map(|phone| row::text(&phone)).filter(|phone| !phone.is_empty()),
    }))
}

/// The stores of a sight as the statements take them: a list with commas, or NULL for all.
pub(super) fn stores(sight: &Sight) -> Value {
    match sight {
        Sight::Chain => Value::NULL,
        Sight::Part { stores, .. } => list(stores),
        Sight::Unlinked => "".into(),
    }
}

fn list(ids: &[impl ToString]) -> Value {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_sees_what_is_its_own() {
        let row = |role: &str, staff, store| (role.to_owned(), staff, store);
        let part = |stores: &[u32], people: &[u32]| Sight::Part {
            stores: stores.iter().copied().map(StoreId).collect(),
            people: people.iter().copied().map(StaffId).collect(),
        };
        let table = [
            (vec![row("administrator", None, None)], Sight::Chain),
            (vec![row("administrator", Some(4), Some(2))], Sight::Chain),
            (
                vec![row("manager", Some(2), Some(1)), row("manager", Some(5), Some(3))],
                part(&[1, 3], &[2, 5]),
            ),
            (vec![row("employee", Some(5), Some(3))], part(&[3], &[5])),
            (vec![row("employee", None, None)], Sight::Unlinked),
            (vec![row("owner", None, None)], Sight::Unlinked),
            (vec![], Sight::Unlinked),
        ];
        for (rows, sight) in table {
            assert_eq!(judged(&rows), sight, "{rows:?}");
        }
        assert_eq!(stores(&part(&[1, 3], &[])), Value::from("1,3"));
        assert_eq!((stores(&Sight::Unlinked), stores(&Sight::Chain)), (Value::from(""), Value::NULL));
    }
}
