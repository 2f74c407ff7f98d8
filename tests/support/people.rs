//! People of a test's chain: made quickly, signed in quickly.

use std::path::Path;

use mysql_async::prelude::Queryable;
use storekeeper::db::Db;
use storekeeper::db::users::Lockout;
use storekeeper::domain::session::Limits;
use storekeeper::domain::{Origin, Role};
use storekeeper::service::auth::{self, SignInError, Step};
use storekeeper::service::{Policy, Session};

/// The cheapest that a stored password may be.
pub const COST: u32 = 10;
/// A password that is good enough for everybody.
pub const PASSWORD: &str = "Str0ng!Passw0rd-42";

/// The rules of the default settings, at the least cost, with a key file in this folder. Only administrators must have a
/// second factor.
pub fn policy(folder: &Path) -> Policy {
    Policy {
        lockout: Lockout { attempts: 5, minutes: 15 },
        bcrypt_cost: COST,
        password_length: 8,
        second_factor_for: Role::Administrator,
        session: Limits { idle_minutes: 30, hours: 12 },
        key_file: folder.join("keys.toml"),
    }
}

/// Adds a user with [`PASSWORD`].
pub async fn add_user(db: &Db, name: &str, role: Role) {
    let hash = bcrypt::hash(PASSWORD, COST).unwrap();
    let values = (name, hash, role.word());
    let statement = "INSERT INTO users (username, password_hash, role) VALUES (?, ?, ?)";
    db.conn().await.unwrap().exec_drop(statement, values).await.unwrap();
}

/// The first step of signing in.
pub async fn try_in(db: &Db, policy: &Policy, name: &str, password: &str) -> Result<Step, SignInError> {
    auth::sign_in(db, policy, name, password.into(), &Origin::told("pts/1")).await
}

/// Signs in a user who needs no more than [`PASSWORD`].
pub async fn signed_in(db: &Db, name: &str) -> Session {
    let policy = policy(Path::new("/nowhere"));
    match try_in(db, &policy, name, PASSWORD).await.unwrap() {
        Step::Done(signed_in) => signed_in.session,
        other => panic!("{name} owes a step: {other:?}"),
    }
}
