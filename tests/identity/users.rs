//! Looking after users: what each change does, what it ends, and what nobody may do.

use crate::support;
use crate::support::people::{COST, PASSWORD, add_user, policy, signed_in, try_in};
use mysql_async::prelude::{FromRow, Queryable};
use secrecy::ExposeSecret;
use std::path::Path;
use storekeeper::db::{Db, DbError};
use storekeeper::domain::session::Ended;
use storekeeper::domain::{Role, StaffId, Username};
use storekeeper::service::auth::Step;
use storekeeper::service::authorized::{
    Authorized, CreateUsers, DeleteUsers, Grant, ModifyUsers, ViewDashboard, ViewLogs, ViewUsers,
};
use storekeeper::service::users::{self, UserError};
use storekeeper::service::{Session, figures};

fn operator<P: Grant>(permission: P) -> Authorized<P> {
    Session::operator().require(permission).unwrap()
}

fn name(text: &str) -> Username {
    text.parse().unwrap()
}

async fn run(db: &Db, statement: &str) {
    db.conn().await.unwrap().query_drop(statement).await.unwrap();
}

async fn all<T: FromRow + Send + 'static>(db: &Db, question: &str) -> Vec<T> {
    db.conn().await.unwrap().query(question).await.unwrap()
}

async fn reads(db: &Db, session: &Session) -> Result<(), DbError> {
    figures::stores(&session.require(ViewDashboard).unwrap(), db).await.map(drop)
}

/// A chain with the administrator boss, the manager ann, and two members of staff.
async fn chain() -> Db {
    let db = support::chain().await;
    add_user(&db, "boss", Role::Administrator).await;
    add_user(&db, "ann", Role::Manager).await;
    run(&db, "INSERT INTO stores (store_id, store_name) VALUES (1, 'Harbour')").await;
    run(
        &db,
        "INSERT INTO staffs (staff_id, first_name, last_name, email, store_id)
         VALUES (1, 'Ann', 'Berg', 'ann@x.example', 1), (2, 'Bo', 'Dal', 'bo@x.example', 1)",
    )
    .await;
    db
}

#[tokio::test]
async fn a_new_user_gets_a_password_for_a_day_and_has_to_change_it() {
    let db = chain().await;
    let made =
        users::create(&operator(CreateUsers), &db, &name("cy"), Role::Employee, Some(StaffId(2)), COST)
            .await
            .unwrap();
    let rules = policy(Path::new("/nowhere"));
    let step = try_in(&db, &rules, "cy", made.password.expose_secret()).await.unwrap();
    assert!(matches!(step, Step::ChangePassword(_)), "{step:?}");

    let cy = users::find(&operator(ViewUsers), &db, &name("cy")).await.unwrap();
    assert_eq!((cy.role, cy.active, cy.must_change_password), (Role::Employee, true, true));
    assert_eq!(cy.staff.unwrap().name, "Bo Dal");
    run(&db, "UPDATE users SET password_expires_at = password_expires_at - INTERVAL 24 HOUR").await;
    try_in(&db, &rules, "cy", made.password.expose_secret()).await.unwrap_err();

    for (who, staff, words) in [
        ("cy", None, "There is a user \"cy\" already. Choose another name."),
        ("dee", Some(2), "Bo Dal is linked to the user \"cy\" already."),
        ("dee", Some(9), "There is no member of staff with the number 9."),
    ] {
        let by = operator(CreateUsers);
        let refused =
            users::create(&by, &db, &name(who), Role::Employee, staff.map(StaffId), COST).await.unwrap_err();
        assert_eq!(refused.to_string(), words);
    }
    let logged =
        all::<String>(&db, "SELECT CONCAT_WS(' ', detail, values_after, subject) FROM audit_log").await;
    assert!(!logged.iter().any(|entry| entry.contains(made.password.expose_secret())));
}

#[tokio::test]
async fn what_takes_a_right_away_ends_the_sessions_with_it() {
    let db = chain().await;
    let by = operator(ModifyUsers);
    let ann = name("ann");
    for why in [Ended::RoleChanged, Ended::Deactivated, Ended::PasswordChanged, Ended::ByHand] {
        let session = signed_in(&db, "ann").await;
        reads(&db, &session).await.unwrap();
        match why {
            Ended::RoleChanged => drop(users::change_role(&by, &db, &ann, Role::Employee).await.unwrap()),
            Ended::Deactivated => drop(users::set_active(&by, &db, &ann, false).await.unwrap()),
            Ended::PasswordChanged => drop(users::reset_password(&by, &db, &ann, COST).await.unwrap()),
            _ => drop(users::end_sessions(&by, &db, &ann).await.unwrap()),
        }
        let refused = reads(&db, &session).await.unwrap_err();
        assert!(matches!(refused, DbError::SignedOut(ended) if ended == why), "{why:?}: {refused:?}");
        users::set_active(&by, &db, &ann, true).await.unwrap();
        let hash = bcrypt::hash(PASSWORD, COST).unwrap();
        run(&db, &format!("UPDATE users SET password_hash = '{hash}', must_change_password = FALSE, password_expires_at = NULL WHERE username = 'ann'")).await;
    }
}

#[tokio::test]
async fn what_is_so_already_is_not_done_and_not_recorded() {
    let db = chain().await;
    let by = operator(ModifyUsers);
    let ann = name("ann");
    assert!(!users::change_role(&by, &db, &ann, Role::Manager).await.unwrap());
    assert!(!users::set_active(&by, &db, &ann, true).await.unwrap());
    assert!(!users::unlock(&by, &db, &ann).await.unwrap());
    assert!(!users::reset_second_factor(&by, &db, &ann).await.unwrap());
    assert!(!users::link_staff(&by, &db, &ann, None).await.unwrap());
    assert!(!users::end_sessions(&by, &db, &ann).await.unwrap());
    assert!(all::<u64>(&db, "SELECT audit_id FROM audit_log").await.is_empty());

    assert!(users::link_staff(&by, &db, &ann, Some(StaffId(1))).await.unwrap());
    assert!(users::link_staff(&by, &db, &ann, None).await.unwrap());
    let told = all::<(String, String, String, String)>(
        &db,
        "SELECT action, subject, values_before, values_after FROM audit_log ORDER BY audit_id LIMIT 1",
    )
    .await;
    let expected = ["staff_linked", "user ann", r#"{"staff_id":null}"#, r#"{"staff_id":1}"#];
    assert_eq!(told, [expected.map(str::to_owned).into()]);
}

#[tokio::test]
async fn a_locked_user_is_unlocked_and_comes_in() {
    let db = chain().await;
    let rules = policy(Path::new("/nowhere"));
    for _ in 0..5 {
        try_in(&db, &rules, "ann", "Wr0ng!Wr0ng!").await.unwrap_err();
    }
    try_in(&db, &rules, "ann", PASSWORD).await.unwrap_err();
    let locked = users::find(&operator(ViewUsers), &db, &name("ann")).await.unwrap();
    assert!(locked.locked_until.is_some());
    assert!(users::unlock(&operator(ModifyUsers), &db, &name("ann")).await.unwrap());
    assert!(users::find(&operator(ViewUsers), &db, &name("ann")).await.unwrap().locked_until.is_none());
    signed_in(&db, "ann").await;
}

#[tokio::test]
async fn nobody_turns_on_themselves_and_somebody_always_administers() {
    let db = chain().await;
    let boss = signed_in(&db, "boss").await;
    let (may, remove) = (boss.require(ModifyUsers).unwrap(), boss.require(DeleteUsers).unwrap());
    let own = name("boss");
    for refused in [
        users::change_role(&may, &db, &own, Role::Manager).await,
        users::set_active(&may, &db, &own, false).await,
        users::reset_second_factor(&may, &db, &own).await,
        users::remove(&remove, &db, &own).await,
        users::reset_password(&may, &db, &own, COST).await.map(|_| true),
    ] {
        assert!(matches!(refused, Err(UserError::Oneself)), "{refused:?}");
    }
    let operator_may = operator(ModifyUsers);
    for refused in [
        users::change_role(&operator_may, &db, &own, Role::Manager).await,
        users::set_active(&operator_may, &db, &own, false).await,
        users::remove(&operator(DeleteUsers), &db, &own).await,
    ] {
        assert!(matches!(refused, Err(UserError::LastAdministrator(_))), "{refused:?}");
    }
    reads(&db, &boss).await.unwrap();
    // One who is not active does not count as another administrator.
    users::change_role(&operator_may, &db, &name("ann"), Role::Administrator).await.unwrap();
    users::set_active(&operator_may, &db, &name("ann"), false).await.unwrap();
    assert!(users::change_role(&operator_may, &db, &own, Role::Manager).await.is_err());
    users::set_active(&operator_may, &db, &name("ann"), true).await.unwrap();
    assert!(users::change_role(&operator_may, &db, &own, Role::Manager).await.unwrap());
}

#[tokio::test]
async fn a_user_who_is_removed_stays_in_the_log() {
    let db = chain().await;
    let session = signed_in(&db, "ann").await;
    assert!(users::remove(&operator(DeleteUsers), &db, &name("ann")).await.unwrap());
    let refused = reads(&db, &session).await.unwrap_err();
    assert!(matches!(refused, DbError::SignedOut(Ended::Deactivated)), "{refused:?}");
    let gone = users::remove(&operator(DeleteUsers), &db, &name("ann")).await.unwrap_err();
    assert!(gone.to_string().starts_with("There is no user \"ann\"."), "{gone}");
    let history = users::history(&operator(ViewLogs), &db, &name("ann"), 10).await.unwrap();
    let told: Vec<(&str, &str)> =
        history.iter().map(|entry| (entry.action.as_str(), entry.actor.as_str())).collect();
    assert_eq!(told, [("user_removed", "(operator)"), ("sign_in", "ann")]);
    let again = users::create(&operator(CreateUsers), &db, &name("ann"), Role::Employee, None, COST).await;
    assert!(matches!(again, Err(UserError::WasRemoved(_))), "{again:?}");
}

#[tokio::test]
async fn a_user_whom_records_name_is_not_removed() {
    let db = chain().await;
    run(&db, "INSERT INTO categories (category_id, category_name) VALUES (1, 'Road')").await;
    run(&db, "INSERT INTO brands (brand_id, brand_name) VALUES (1, 'Heron')").await;
    run(&db, "INSERT INTO products (product_id, product_name, brand_id, category_id, model_year, list_price) VALUES (1, 'Vind', 1, 1, 2025, 10)").await;
    run(&db, "INSERT INTO stock_moves (store_id, product_id, change_by, reason, user_id) SELECT 1, 1, 1, 'count', user_id FROM users WHERE username = 'ann'").await;
    let refused = users::remove(&operator(DeleteUsers), &db, &name("ann")).await.unwrap_err();
    assert!(matches!(refused, UserError::HasRecords(_)), "{refused:?}");
    signed_in(&db, "ann").await;
}
