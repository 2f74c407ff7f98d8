//! The database floor on a real server: migrations, accounts, the comparison of schemas, write transactions.

use crate::support;
use futures_util::FutureExt;
use mysql_async::prelude::Queryable;
use std::time::Duration;
use storekeeper::db::accounts::{self, Accounts, Ownership, Provided};
use storekeeper::db::schema;
use storekeeper::db::warrant::Pass;
use storekeeper::db::{Address, Db, DbError, Proof, Recorded, Target, Warrant, migrations};
use storekeeper::domain::audit::{Action, Entry};
use storekeeper::domain::session::Token;
use storekeeper::domain::{Actor, Doer, Origin, Permission, UserId};
use storekeeper::service::Session;
use storekeeper::service::authorized::ModifyData;
use storekeeper::settings::{Account, generate_password};

fn account(user: &str, password: &str) -> Account {
    Account { user: user.to_owned(), password: password.into() }
}

/// What a change of brands tells.
fn changed<T>(value: T) -> Recorded<T> {
    Recorded::with(value, Entry::done(Action::RecordChanged, "brands"))
}

#[tokio::test]
async fn a_fresh_schema_is_the_expected_one() {
    let db = support::chain().await;
    let live = schema::live(&db).await.unwrap();
    // To write the page anew after a migration: STOREKEEPER_WRITE_SCHEMA=1 cargo test --test database
    if std::env::var_os("STOREKEEPER_WRITE_SCHEMA").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/schema.tsv"), schema::written(&live))
            .unwrap();
        return;
    }
    let differences = schema::compare(&schema::expected(), &live);
    assert!(differences.is_empty(), "{differences:#?}");
    assert!(live.keys().any(|part| part.table == "order_items" && part.name == "line_net"));
}

#[tokio::test]
async fn what_somebody_changed_in_the_schema_is_told() {
    let db = support::chain().await;
    let mut conn = db.conn().await.unwrap();
    conn.query_drop("ALTER TABLE brands MODIFY brand_name VARCHAR(20) NOT NULL").await.unwrap();
    conn.query_drop("ALTER TABLE customers ADD COLUMN nickname VARCHAR(9) NULL").await.unwrap();
    conn.query_drop("DROP TABLE backup_codes").await.unwrap();

    let told = schema::compare(&schema::expected(), &schema::live(&db).await.unwrap());

    let of = |table: &str, name: &str| {
        told.iter().find(|difference| difference.part.table == table && difference.part.name == name).unwrap()
    };
    assert_eq!(
        of("brands", "brand_name").found.as_deref(),
        Some("varchar(20) collate utf8mb4_unicode_ci, not null")
    );
    assert_eq!(of("customers", "nickname").expected, None);
    assert_eq!(of("backup_codes", "code_hash").found, None);
    assert!(
        told.iter().all(|d| ["brands", "customers", "backup_codes"].contains(&d.part.table.as_str())),
        "{told:#?}"
    );
}

#[tokio::test]
async fn many_programs_migrating_at_once_do_no_harm() {
    let database = support::database().await;
    let programs = (0..6).map(|_| {
        let target = database.target();
        tokio::spawn(async move {
            let db = Db::connect(&target).await.unwrap();
            migrations::migrate(&db, None).await.unwrap().len()
        })
    });
    let applied: Vec<usize> =
        futures_util::future::join_all(programs).await.into_iter().map(Result::unwrap).collect();
    let all = usize::try_from(migrations::known_version()).unwrap();
    assert_eq!(applied.iter().sum::<usize>(), all, "each migration was applied once: {applied:?}");

    let db = Db::connect(&database.target()).await.unwrap();
    assert!(schema::compare(&schema::expected(), &schema::live(&db).await.unwrap()).is_empty());
}

#[tokio::test]
async fn a_migration_cut_short_is_finished_by_the_next_program() {
    let database = support::database().await;
    let db = Db::connect(&database.target()).await.unwrap();
    // The first tables of a migration were made, and the program was killed before it could note the migration.
    let first = include_str!("../../sql/migrations/V0001__catalogue.sql").split(";\n").next().unwrap();
    db.conn().await.unwrap().query_drop(first).await.unwrap();

    migrations::migrate(&db, None).await.unwrap();

    assert!(schema::compare(&schema::expected(), &schema::live(&db).await.unwrap()).is_empty());
}

#[tokio::test]
async fn a_schema_of_a_later_program_is_refused_untouched() {
    let db = support::chain().await;
    let later = migrations::known_version() + 1;
    db.conn()
        .await
        .unwrap()
        .query_drop(format!(
            "INSERT INTO refinery_schema_history VALUES ({later}, 'later', '2030-01-01T00:00:00Z', '1')"
        ))
        .await
        .unwrap();
    for refused in [migrations::check_version(&db).await.err(), migrations::migrate(&db, None).await.err()] {
        let refused = refused.expect("a later schema is refused");
        assert!(matches!(refused, DbError::SchemaNewer { found, .. } if found == later), "{refused}");
        assert!(refused.to_string().contains("Install the newer Storekeeper"));
    }
}

#[tokio::test]
async fn the_accounts_have_their_rights_and_no_more() {
    let database = support::database().await;
    let admin = database.target();
    let accounts = Accounts {
        migrate: Account { user: format!("{}_m", database.name), password: generate_password() },
        app: Account { user: format!("{}_a", database.name), password: generate_password() },
    };
    for _ in 0..2 {
        assert_eq!(accounts::provide(&admin, &accounts, Ownership::Ours).await.unwrap(), Provided::Separate);
    }
    let migrate = Db::connect(&admin.with_account(accounts.migrate.clone())).await.unwrap();
    migrations::migrate(&migrate, Some(&accounts.app)).await.unwrap();
    let app = Db::connect(&admin.with_account(accounts.app.clone())).await.unwrap();
    migrations::check_version(&app).await.unwrap();
    assert_eq!(app.staging(), Some(format!("{}_staging", database.name).as_str()));

    let mut conn = app.conn().await.unwrap();
    let staging = app.staging().unwrap();
    let allowed = [
        "INSERT INTO brands (brand_id, brand_name) VALUES (1, 'Heron')".to_owned(),
        "UPDATE brands SET brand_name = 'Egret'".to_owned(),
        "DELETE FROM brands".to_owned(),
        "INSERT INTO audit_log VALUES (1, NOW(6), 'operator', NULL, NULL, 'here', 'x', 'y', 'done', NULL, NULL, '', '', \
         REPEAT('0', 32), REPEAT('1', 32))"
            .to_owned(),
        "SELECT audit_id FROM audit_head FOR UPDATE".to_owned(),
        "UPDATE audit_head SET audit_id = 1".to_owned(),
        format!("CREATE TABLE `{staging}`.t (a INT PRIMARY KEY)"),
        format!("DROP TABLE `{staging}`.t"),
    ];
    for statement in &allowed {
        conn.query_drop(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    for statement in [
        "UPDATE audit_log SET actor = 'nobody'",
        "DELETE FROM audit_log",
        "TRUNCATE TABLE audit_log",
        "REPLACE INTO audit_log SELECT * FROM audit_log",
        "INSERT INTO audit_log SELECT * FROM audit_log AS kept ON DUPLICATE KEY UPDATE actor = 'nobody'",
        "DROP TABLE audit_log",
        "ALTER TABLE audit_log ADD COLUMN more INT",
        "CREATE TRIGGER after_it AFTER INSERT ON audit_log FOR EACH ROW SET @x = 1",
        "RENAME TABLE audit_log TO other_log",
        "LOCK TABLES audit_log WRITE",
        "DELETE FROM audit_head",
        "INSERT INTO audit_head (head_id, audit_id, hash) VALUES (1, 0, REPEAT('0', 32))",
        "TRUNCATE TABLE audit_head",
        "ALTER TABLE users DROP COLUMN role",
        "CREATE VIEW v AS SELECT * FROM users",
        "DROP TABLE audit_head",
        "GRANT DELETE ON audit_log TO CURRENT_USER()",
        "UPDATE refinery_schema_history SET version = 1",
        "INSERT INTO refinery_schema_history SELECT * FROM refinery_schema_history",
        "DROP TABLE brands",
        "CREATE TABLE more (a INT)",
        "DELETE FROM refinery_schema_history",
        "SELECT * FROM mysql.user",
    ] {
        let refused = conn.query_drop(statement).await.map_err(DbError::from);
        assert!(matches!(refused, Err(DbError::NotAllowed { .. })), "{statement}: {refused:?}");
    }
}

#[tokio::test]
async fn an_account_that_may_not_create_accounts_works_with_less() {
    let database = support::database().await;
    let admin = database.target();
    let humble = Account { user: format!("{}_h", database.name), password: generate_password() };
    let mut root = database.connect().await;
    use secrecy::ExposeSecret;
    let (name, password) = (&humble.user, humble.password.expose_secret());
    root.query_drop(format!("CREATE USER '{name}'@'localhost' IDENTIFIED BY '{password}'")).await.unwrap();
    root.query_drop(format!("GRANT ALL ON `{}`.* TO '{name}'@'localhost'", database.name)).await.unwrap();

    let generated = Accounts {
        migrate: Account { user: format!("{}_m", database.name), password: generate_password() },
        app: Account { user: format!("{}_a", database.name), password: generate_password() },
    };
    let as_humble = admin.with_account(humble.clone());
    let provided = accounts::provide(&as_humble, &generated, Ownership::Shared).await.unwrap();

    let Provided::Single(why) = provided else { panic!("no accounts can have been made") };
    assert!(why.contains("may not create accounts"), "{why}");
    let db = Db::connect(&as_humble).await.unwrap();
    assert_eq!(db.staging(), None);
    migrations::migrate(&db, None).await.unwrap();
    migrations::check_version(&db).await.unwrap();
}

#[tokio::test]
async fn what_can_not_be_reached_is_told_in_words() {
    let database = support::database().await;
    let base = Target { connect_timeout: Duration::from_secs(2), ..database.target() };
    let wrong = Db::connect(&base.with_account(account("root", "not it"))).await.unwrap_err();
    assert!(matches!(wrong, DbError::Refused { .. }), "{wrong:?}");
    assert!(!wrong.to_string().contains("not it"));

    let nowhere = Target { address: Address::Socket("/nonexistent/mysqld.sock".into()), ..base.clone() };
    assert!(matches!(Db::connect(&nowhere).await.unwrap_err(), DbError::Unreachable { .. }));

    let absent = Target { database: "no_such_chain".to_owned(), ..base.clone() };
    assert!(matches!(Db::connect(&absent).await.unwrap_err(), DbError::NoDatabase { .. }));

    for greeting in ["SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n"] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let other = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::io::AsyncWriteExt::write_all(&mut stream, greeting.as_bytes()).await.unwrap();
        });
        let tcp = Address::Tcp { host: "127.0.0.1".to_owned(), port, tls: false };
        let error = Db::connect(&Target { address: tcp, ..base.clone() }).await.unwrap_err();
        other.await.unwrap();
        assert!(matches!(error, DbError::NotADatabase { .. }), "{greeting:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_right_that_was_taken_away_stops_the_next_change() {
    let db = support::chain().await;
    let mut conn = db.conn().await.unwrap();
    conn.query_drop(
        "INSERT INTO users (user_id, username, password_hash, role) VALUES (7, 'ann', '', 'manager')",
    )
    .await
    .unwrap();
    struct Ann(Warrant);
    impl Proof for Ann {
        fn warrant(&self) -> &Warrant {
            &self.0
        }
    }
    let token = Token::of([7; 16]);
    conn.exec_drop(
        "INSERT INTO sessions (user_id, token_hash, opened_at, last_seen_at, ends_at, origin)
         VALUES (7, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 1 HOUR, '')",
        (&token.hash()[..],),
    )
    .await
    .unwrap();
    let actor = Actor::User(UserId(7), "ann".parse().unwrap());
    let ann = Ann(Warrant {
        doer: Doer { actor, role: None, origin: Origin::default() },
        permission: Some(Permission::ImportData),
        pass: Some(Pass { token, idle_minutes: 30 }),
    });
    let add = |id: u32| {
        let (db, ann) = (db.clone(), &ann);
        async move {
            db.write(ann, |tx| {
                async move {
                    let statement =
                        format!("INSERT INTO brands (brand_id, brand_name) VALUES ({id}, 'Heron')");
                    Ok::<_, DbError>(changed(tx.query_drop(statement).await?))
                }
                .boxed()
            })
            .await
        }
    };
    add(1).await.unwrap();
    for (taken, id) in [("role = 'employee'", 2), ("role = 'manager', active = FALSE", 3)] {
        conn.query_drop(format!("UPDATE users SET {taken} WHERE user_id = 7")).await.unwrap();
        let refused = add(id).await.unwrap_err();
        assert!(matches!(refused, DbError::Forbidden(_) | DbError::SignedOut(_)), "{taken}: {refused:?}");
    }
    let brands: Option<u32> = conn.query_first("SELECT COUNT(*) FROM brands").await.unwrap();
    assert_eq!(brands, Some(1));
}

#[tokio::test]
async fn a_deadlock_is_tried_again_and_nothing_is_lost() {
    let db = support::chain().await;
    db.conn()
        .await
        .unwrap()
        .query_drop(
            "INSERT INTO brands (brand_id, brand_name, version) VALUES (1, 'Heron', 1), (2, 'Egret', 1)",
        )
        .await
        .unwrap();
    // Two writers touch the two rows in opposite order, each holding its first before it asks for its second.
    let both_hold = std::sync::Arc::new(tokio::sync::Barrier::new(2));
    let writers = [(1, 2), (2, 1)].map(|(first, second)| {
        let (db, both_hold) = (db.clone(), both_hold.clone());
        let first_try = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        tokio::spawn(async move {
            let operator = Session::operator().require(ModifyData).unwrap();
            db.write(&operator, |tx| {
                let (both_hold, first_try) = (both_hold.clone(), first_try.clone());
                async move {
                    let bump =
                        |id: i32| format!("UPDATE brands SET version = version + 1 WHERE brand_id = {id}");
                    tx.query_drop(bump(first)).await?;
                    if first_try.swap(false, std::sync::atomic::Ordering::Relaxed) {
                        both_hold.wait().await;
                    }
                    Ok::<_, DbError>(changed(tx.query_drop(bump(second)).await?))
                }
                .boxed()
            })
            .await
        })
    });
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    let versions: Vec<u32> =
        db.conn().await.unwrap().query("SELECT version FROM brands ORDER BY brand_id").await.unwrap();
    assert_eq!(versions, [3, 3]);
}
