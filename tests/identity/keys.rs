//! New keys for old ones: secrets open before, during and after, and a rotation that was cut short is completed.

use crate::support;
use crate::support::people::{PASSWORD, add_user, enrol, policy, try_in};
use jiff::Timestamp;
use mysql_async::prelude::Queryable;
use secrecy::ExposeSecret;
use storekeeper::db::Db;
use storekeeper::domain::Role;
use storekeeper::service::auth::Step;
use storekeeper::service::authorized::{Authorized, Oneself, SystemSettings};
use storekeeper::service::vault::{RotateError, keys, rotate};
use storekeeper::service::{Policy, Session, second_factor as factor};
use storekeeper::settings::{Key, KeyFile};

fn operator() -> Authorized<SystemSettings> {
    Session::operator().require(SystemSettings).unwrap()
}

/// Signs somebody in who sets up a second factor.
async fn enrolled(db: &Db, policy: &Policy, name: &str) -> Oneself {
    add_user(db, name, Role::Administrator).await;
    let Step::Enrol(pending) = try_in(db, policy, name, PASSWORD).await.unwrap() else { panic!() };
    let Step::Done(signed_in) = enrol(db, policy, &pending).await.next else { panic!() };
    signed_in.session.oneself().unwrap()
}

async fn secret(by: &Oneself, db: &Db, policy: &Policy) -> String {
    let shown = factor::show_again(by, db, policy, PASSWORD.into()).await.unwrap();
    shown.groups().expose_secret().to_owned()
}

async fn secrets_under_each(db: &Db, policy: &Policy) -> Vec<u64> {
    keys(&operator(), db, policy).await.unwrap().iter().map(|key| key.secrets).collect()
}

#[tokio::test]
async fn every_secret_is_encrypted_anew_and_opens_as_before() {
    let db = support::chain().await;
    let folder = tempfile::tempdir().unwrap();
    let policy = policy(folder.path());
    assert!(secrets_under_each(&db, &policy).await.is_empty());
    let (ann, bea) = (enrolled(&db, &policy, "ann").await, enrolled(&db, &policy, "bea").await);
    let before = [secret(&ann, &db, &policy).await, secret(&bea, &db, &policy).await];
    assert_eq!(secrets_under_each(&db, &policy).await, [2]);

    let rotated = rotate(&operator(), &db, &policy, Timestamp::now()).await.unwrap();
    assert_eq!((rotated.is_new, rotated.secrets), (true, 2));
    assert_eq!(secrets_under_each(&db, &policy).await, [0, 2]);
    assert_eq!([secret(&ann, &db, &policy).await, secret(&bea, &db, &policy).await], before);

    let told: Vec<(String, String)> = db
        .conn()
        .await
        .unwrap()
        .query("SELECT actor, detail FROM audit_log WHERE action = 'keys_rotated' ORDER BY audit_id")
        .await
        .unwrap();
    assert_eq!(
        told,
        [("(operator)".into(), "made".into()), ("(operator)".into(), "2 secrets encrypted anew".into())]
    );
}

#[tokio::test]
async fn a_rotation_that_was_cut_short_is_completed_under_the_key_it_had_made() {
    let db = support::chain().await;
    let folder = tempfile::tempdir().unwrap();
    let policy = policy(folder.path());
    let ann = enrolled(&db, &policy, "ann").await;
    let made = Key::generate(Timestamp::now());
    KeyFile::add(&policy.key_file, &made).unwrap();
    enrolled(&db, &policy, "bea").await;
    assert_eq!(secrets_under_each(&db, &policy).await, [1, 1]);
    secret(&ann, &db, &policy).await;

    let rotated = rotate(&operator(), &db, &policy, Timestamp::now()).await.unwrap();
    assert_eq!((rotated.key, rotated.is_new, rotated.secrets), (made.id, false, 1));
    assert_eq!(secrets_under_each(&db, &policy).await, [0, 2]);
}

#[tokio::test]
async fn a_secret_that_can_not_be_read_is_named_and_nothing_is_lost() {
    let db = support::chain().await;
    let folder = tempfile::tempdir().unwrap();
    let policy = policy(folder.path());
    let ann = enrolled(&db, &policy, "ann").await;
    enrolled(&db, &policy, "bea").await;
    let swap = "UPDATE users u JOIN users v ON v.username = 'ann' SET u.totp_secret = v.totp_secret WHERE u.username = 'bea'";
    db.conn().await.unwrap().query_drop(swap).await.unwrap();
    let stopped = rotate(&operator(), &db, &policy, Timestamp::now()).await.unwrap_err();
    assert!(matches!(stopped, RotateError::Unreadable { user, .. } if user.0 == 2), "{stopped:?}");
    secret(&ann, &db, &policy).await;
}
