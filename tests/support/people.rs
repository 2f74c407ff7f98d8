//! People of a test's chain: made quickly, signed in quickly.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use mysql_async::prelude::Queryable;
use secrecy::{ExposeSecret, SecretString};
use storekeeper::db::Db;
use storekeeper::db::users::Lockout;
use storekeeper::domain::session::Limits;
use storekeeper::domain::{Origin, Role};
use storekeeper::service::auth::{self, PendingSignIn, SignInError, Step};
use storekeeper::service::second_factor::{self, Enrolled};
use storekeeper::service::{Policy, Session};
use totp_rs::Totp;

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

/// Signs in a user with [`PASSWORD`], who sets up a second factor where the role must have one.
pub async fn signed_in(db: &Db, name: &str) -> Session {
    let policy = policy(&tests_folder());
    let step = match try_in(db, &policy, name, PASSWORD).await.unwrap() {
        Step::Enrol(pending) => enrol(db, &policy, &pending).await.next,
        other => other,
    };
    match step {
        Step::Done(signed_in) => signed_in.session,
        other => panic!("{name} owes a step: {other:?}"),
    }
}

/// Sets up a second factor in the middle of a sign-in, as a person with a phone does.
pub async fn enrol(db: &Db, policy: &Policy, pending: &PendingSignIn) -> Enrolled {
    let enrolment = second_factor::begin_at_sign_in(pending).unwrap();
    let code = Phone::with(&enrolment.groups()).code(now(db).await);
    second_factor::confirm_at_sign_in(db, policy, pending, &enrolment, &code, Timestamp::now()).await.unwrap()
}

/// An authenticator app, which knows no more than what was typed or scanned into it.
pub struct Phone(Totp);

impl Phone {
    /// An app into which the secret was typed.
    pub fn with(groups: &SecretString) -> Phone {
        let letters = groups.expose_secret().replace(' ', "");
        let secret = totp_rs::Secret::try_from_base32(letters).unwrap();
        Phone(totp_rs::Builder::new().with_secret(secret).build().unwrap())
    }

    /// The code shown at a time in seconds since 1970.
    pub fn code(&self, seconds: u64) -> SecretString {
        self.0.generate(seconds).to_string().into()
    }
}

/// The database's clock, in seconds since 1970.
pub async fn now(db: &Db) -> u64 {
    db.conn().await.unwrap().query_first("SELECT UNIX_TIMESTAMP()").await.unwrap().unwrap()
}

/// A folder for the keys of this test process.
fn tests_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("people-{}", std::process::id()))
}
