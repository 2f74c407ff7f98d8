//! The audit log: what is recorded commits with what it tells of, and nothing else commits at all.

use crate::support;
use crate::support::people::{add_user, signed_in};
use futures_util::FutureExt;
use mysql_async::prelude::{FromRow, Queryable};
use serde_json::json;
use std::os::unix::fs::PermissionsExt;
use storekeeper::db::audit::{Broken, Filter, Mark, Verified};
use storekeeper::db::{Db, DbError, Proof, Recorded};
use storekeeper::domain::audit::{Action, Entry};
use storekeeper::domain::{Origin, Receipt, Role};
use storekeeper::etl::source::csv::{Reading, find};
use storekeeper::etl::{self, LoadError, Options, Progress};
use storekeeper::service::audit::{self, ExportError, Format};
use storekeeper::service::authorized::{ImportData, ModifyData, ViewLogs};
use storekeeper::service::direct::{self, DirectError};
use storekeeper::service::{Authorized, Session};
use storekeeper::settings::{self, Profile, Request};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

fn operator() -> Authorized<ModifyData> {
    Session::operator().require(ModifyData).unwrap()
}

async fn one<T: FromRow + Send + 'static>(db: &Db, question: &str) -> T {
    db.conn().await.unwrap().query_first(question).await.unwrap().unwrap()
}

async fn run(db: &Db, statement: &str) {
    db.conn().await.unwrap().query_drop(statement).await.unwrap();
}

/// Adds a brand, and answers what the log is to tell of it.
async fn add(db: &Db, id: u32, entries: Vec<Entry>) -> Result<(), DbError> {
    db.write(&operator(), |tx| {
        let entries = entries.clone();
        async move {
            tx.query_drop(format!("INSERT INTO brands (brand_id, brand_name) VALUES ({id}, 'Heron')"))
                .await?;
            Ok(Recorded::with_all((), entries))
        }
        .boxed()
    })
    .await
}

fn entry(id: u32) -> Entry {
    Entry::done(Action::RecordCreated, format!("brand {id}"))
}

#[tokio::test]
async fn a_change_that_tells_nothing_is_not_made() {
    let db = support::chain().await;
    add(&db, 1, Vec::new()).await.unwrap();
    assert_eq!(one::<u64>(&db, "SELECT COUNT(*) FROM brands").await, 0);

    add(&db, 1, vec![entry(1), entry(1).detail("again")]).await.unwrap();
    assert_eq!(one::<u64>(&db, "SELECT COUNT(*) FROM brands").await, 1);
    let told: (u64, String, String, String) = one(
        &db,
        "SELECT audit_id, actor, subject, detail FROM audit_log JOIN audit_head USING (audit_id, hash)",
    )
    .await;
    assert_eq!(told, (2, "(operator)".to_owned(), "brand 1".to_owned(), "again".to_owned()));
    db.close().await;
}

#[tokio::test]
async fn where_it_can_not_be_recorded_it_does_not_happen() {
    let db = support::chain().await;
    for table in ["audit_log", "audit_head"] {
        run(&db, &format!("RENAME TABLE {table} TO away")).await;
        add(&db, 1, vec![entry(1)]).await.unwrap_err();
        run(&db, &format!("RENAME TABLE away TO {table}")).await;
    }
    // The last of several can not be stored, nor the moving of the end.
    run(&db, "ALTER TABLE audit_log ADD CONSTRAINT short CHECK (CHAR_LENGTH(detail) < 3)").await;
    add(&db, 1, vec![entry(1), entry(1).detail("long")]).await.unwrap_err();
    run(&db, "ALTER TABLE audit_log DROP CONSTRAINT short").await;
    run(&db, "ALTER TABLE audit_head ADD CONSTRAINT still CHECK (audit_id = 0)").await;
    add(&db, 1, vec![entry(1)]).await.unwrap_err();
    run(&db, "ALTER TABLE audit_head DROP CONSTRAINT still").await;
    run(&db, "DELETE FROM audit_head").await;
    let refused = add(&db, 1, vec![entry(1)]).await.unwrap_err();
    assert!(matches!(refused, DbError::AuditHeadMissing), "{refused:?}");
    assert_eq!(one::<u64>(&db, "SELECT COUNT(*) FROM brands").await, 0);
    assert_eq!(one::<u64>(&db, "SELECT COUNT(*) FROM audit_log").await, 0);
    db.close().await;
}

/// A chain whose log has six entries.
async fn six() -> Db {
    let db = support::chain().await;
    for id in 1..=6 {
        let entry = entry(id).detail("what was done, in words · ø 自").before(&json!({ "name": null }));
        add(&db, id, vec![entry]).await.unwrap();
    }
    db
}

async fn verified(db: &Db, noted: Option<Mark>) -> Result<Verified, Broken> {
    let by = Session::operator().require(ViewLogs).unwrap();
    audit::verify(&by, db, noted).await.unwrap()
}

#[tokio::test]
async fn a_whole_chain_is_found_whole() {
    let empty = support::chain().await;
    assert_eq!(verified(&empty, None).await.unwrap().head.id, 0);
    let db = six().await;
    let end = verified(&db, None).await.unwrap().head;
    assert_eq!(end.id, 6);
    add(&db, 7, vec![entry(7), entry(7), entry(7)]).await.unwrap();
    assert_eq!(verified(&db, Some(end)).await.unwrap().head.id, 9);
    let other = Mark { hash: [1; 32], ..end };
    assert_eq!(verified(&db, Some(other)).await, Err(Broken::NotAsNoted(6)));
    let further = Mark { id: 12, ..end };
    assert_eq!(verified(&db, Some(further)).await, Err(Broken::Missing { from: 10, to: 12 }));
}

#[tokio::test]
async fn whatever_root_does_to_the_log_is_found() {
    const COPY: &str = "actor, user_id, role, origin, action, subject, outcome, values_before, values_after, detail, \
                        correlation_id, previous_hash, hash";
    let forged =
        format!("INSERT INTO audit_log SELECT 7, recorded_at, {COPY} FROM audit_log WHERE audit_id = 6");
    let moved = |from: u64, to: u64| format!("UPDATE audit_log SET audit_id = {to} WHERE audit_id = {from}");
    let cases: [(&str, Vec<String>, Broken); 17] = [
        ("edit", vec!["UPDATE audit_log SET detail = 'x' WHERE audit_id = 3".into()], Broken::Changed(3)),
        (
            "edit the person",
            vec!["UPDATE audit_log SET actor = 'ann' WHERE audit_id = 1".into()],
            Broken::Changed(1),
        ),
        (
            "edit the time",
            vec![
                "UPDATE audit_log SET recorded_at = recorded_at + INTERVAL 1 MICROSECOND WHERE audit_id = 6"
                    .into(),
            ],
            Broken::Changed(6),
        ),
        (
            "NULL for empty",
            vec!["UPDATE audit_log SET values_before = NULL WHERE audit_id = 2".into()],
            Broken::Changed(2),
        ),
        (
            "empty for NULL",
            vec!["UPDATE audit_log SET role = '' WHERE audit_id = 2".into()],
            Broken::Changed(2),
        ),
        (
            "a space more",
            vec!["UPDATE audit_log SET subject = CONCAT(subject, ' ') WHERE audit_id = 2".into()],
            Broken::Changed(2),
        ),
        (
            "edit the link",
            vec!["UPDATE audit_log SET previous_hash = REPEAT('x', 32) WHERE audit_id = 5".into()],
            Broken::Changed(5),
        ),
        (
            "edit the hash",
            vec!["UPDATE audit_log SET hash = REPEAT('x', 32) WHERE audit_id = 5".into()],
            Broken::Changed(5),
        ),
        (
            "delete the first",
            vec!["DELETE FROM audit_log WHERE audit_id = 1".into()],
            Broken::Missing { from: 1, to: 1 },
        ),
        (
            "delete two",
            vec!["DELETE FROM audit_log WHERE audit_id IN (3, 4)".into()],
            Broken::Missing { from: 3, to: 4 },
        ),
        (
            "delete the last",
            vec!["DELETE FROM audit_log WHERE audit_id = 6".into()],
            Broken::Missing { from: 6, to: 6 },
        ),
        ("swap", vec![moved(2, 99), moved(3, 2), moved(99, 3)], Broken::Changed(2)),
        (
            "close the gap",
            vec!["DELETE FROM audit_log WHERE audit_id = 2".into(), moved(3, 2)],
            Broken::Changed(2),
        ),
        ("truncate", vec!["TRUNCATE TABLE audit_log".into()], Broken::Missing { from: 1, to: 6 }),
        ("forge", vec![forged], Broken::Added(7)),
        ("lose the end", vec!["DELETE FROM audit_head".into()], Broken::NoEnd(6)),
        ("move the end", vec!["UPDATE audit_head SET hash = REPEAT('x', 32)".into()], Broken::OtherEnd(6)),
    ];
    let db = six().await;
    let broken = |what: &str| {
        let (db, what) = (db.clone(), what.to_owned());
        async move { verified(&db, None).await.expect_err(&what) }
    };
    run(&db, "CREATE TABLE kept_log AS SELECT * FROM audit_log").await;
    run(&db, "CREATE TABLE kept_head AS SELECT * FROM audit_head").await;
    for (what, statements, expected) in cases {
        for statement in statements {
            run(&db, &statement).await;
        }
        assert_eq!(broken(what).await, expected, "{what}");
        for table in ["log", "head"] {
            run(&db, &format!("DELETE FROM audit_{table}")).await;
            run(&db, &format!("INSERT INTO audit_{table} SELECT * FROM kept_{table}")).await;
        }
        verified(&db, None).await.unwrap_or_else(|broken| panic!("after {what}: {broken}"));
    }
}

#[tokio::test]
async fn a_forger_who_moves_the_end_too_is_found_by_a_mark_alone() {
    let db = six().await;
    let noted = verified(&db, None).await.unwrap().head;
    // The last entry is dropped, and the end set to the one before it: the chain is shorter, and whole.
    run(&db, "DELETE FROM audit_log WHERE audit_id = 6").await;
    run(&db, "UPDATE audit_head SET audit_id = 5, hash = (SELECT hash FROM audit_log WHERE audit_id = 5)")
        .await;
    assert_eq!(verified(&db, None).await.unwrap().head.id, 5);
    assert_eq!(verified(&db, Some(noted)).await, Err(Broken::Missing { from: 6, to: 6 }));
    // And another is written in its place.
    add(&db, 8, vec![entry(8)]).await.unwrap();
    assert_eq!(verified(&db, Some(noted)).await, Err(Broken::NotAsNoted(6)));
}

#[tokio::test]
async fn entries_are_found_by_person_action_and_time_page_by_page() {
    let db = six().await;
    let by = Session::operator().require(ViewLogs).unwrap();
    let all = audit::page(&by, &db, &Filter::default(), None, 4).await.unwrap();
    assert_eq!(all.iter().map(|entry| entry.id).collect::<Vec<_>>(), [6, 5, 4, 3]);
    let rest = audit::page(&by, &db, &Filter::default(), Some(3), 4).await.unwrap();
    assert_eq!(rest.iter().map(|entry| entry.id).collect::<Vec<_>>(), [2, 1]);
    let oldest = rest.last().unwrap();
    assert_eq!((oldest.subject.as_str(), oldest.role.as_deref()), ("brand 1", Some("administrator")));
    assert_eq!(oldest.before.as_deref(), Some(r#"{"name":null}"#));

    let count = |filter: Filter| {
        let (by, db) = (&by, &db);
        async move { audit::page(by, db, &filter, None, 100).await.unwrap().len() }
    };
    let actor = |actor: &str| Filter { actor: Some(actor.to_owned()), ..Filter::default() };
    assert_eq!(count(actor("(operator)")).await, 6);
    assert_eq!(count(actor("ann")).await, 0);
    assert_eq!(count(Filter { action: Some(Action::RecordCreated), ..actor("(operator)") }).await, 6);
    assert_eq!(count(Filter { action: Some(Action::Import), ..Filter::default() }).await, 0);
    assert_eq!(count(Filter { from: Some(all[1].at), ..Filter::default() }).await, 2);
    assert_eq!(count(Filter { to: Some(all[1].at), ..Filter::default() }).await, 4);
}

#[tokio::test]
async fn an_export_is_recorded_and_writes_over_nothing() {
    let db = six().await;
    let by = Session::operator().require(ViewLogs).unwrap();
    let folder = tempfile::tempdir().unwrap();
    add(&db, 9, vec![Entry::done(Action::RecordCreated, "=cmd()")]).await.unwrap();
    for (format, name) in [(Format::Csv, "log.csv"), (Format::Json, "log.json")] {
        let path = folder.path().join(name);
        let rows = audit::export(&by, &db, &Filter::default(), format, &path).await.unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let (lines, own) = (text.lines().count() as u64, format!("{}", path.display()));
        assert_eq!(lines, rows + u64::from(format == Format::Csv));
        assert!(text.contains("audit_exported") && text.contains(&own), "the export is in it");
        assert!(!text.contains(",=cmd()") && text.contains("=cmd()"));
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);

        if format == Format::Json {
            assert_hangs_together(&text);
        }
        let again = audit::export(&by, &db, &Filter::default(), format, &path).await;
        assert!(matches!(again, Err(ExportError::File { .. })), "{again:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}

/// Works the chain out from an export alone, as an auditor would who has no database: the newest entry comes first.
fn assert_hangs_together(lines: &str) {
    use sha2::{Digest, Sha256};
    let mut expected: Option<String> = None;
    for line in lines.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let hash = entry["hash"].as_str().unwrap();
        assert!(expected.is_none_or(|expected| expected == hash), "{line}");
        let at: jiff::Timestamp = entry["at"].as_str().unwrap().parse().unwrap();
        let mut sha = Sha256::new_with_prefix([1]);
        let mut column = |bytes: Option<&[u8]>| {
            sha.update([u8::from(bytes.is_some())]);
            if let Some(bytes) = bytes {
                sha.update((bytes.len() as u64).to_be_bytes());
                sha.update(bytes);
            }
        };
        column(Some(entry["id"].to_string().as_bytes()));
        column(Some(at.strftime("%Y-%m-%d %H:%M:%S.%6f").to_string().as_bytes()));
        column(entry["actor"].as_str().map(str::as_bytes));
        column(entry["user_id"].as_u64().map(|user| user.to_string()).as_deref().map(str::as_bytes));
        for name in
            ["role", "origin", "action", "subject", "outcome", "before", "after", "detail", "correlation_id"]
        {
            column(entry[name].as_str().map(str::as_bytes));
        }
        let previous = entry["previous_hash"].as_str().unwrap();
        let digits = |at: usize| u8::from_str_radix(&previous[at..at + 2], 16).unwrap();
        let bytes: Vec<u8> = (0..32).map(|byte| digits(byte * 2)).collect();
        column(Some(&bytes));
        let worked_out = sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(worked_out, hash, "{line}");
        expected = Some(previous.to_owned());
    }
    assert_eq!(expected, Some("0".repeat(64)), "it begins at the beginning");
}

async fn load(db: &Db, by: &Authorized<ImportData>, rows: &str) -> Result<Receipt, LoadError> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("brands.csv");
    std::fs::write(&file, rows).unwrap();
    let rejects_dir = Some(folder.path().to_owned());
    let options = Options { rejects_dir, ..Options::by(by.warrant().clone()) };
    let sources = find(&[file], None, Reading::default()).unwrap().sources;
    let progress = watch::Sender::new(Progress::default());
    etl::load(db, "brands.csv", sources, &options, &progress, &CancellationToken::new()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_end_of_a_load_is_recorded_with_its_receipt() {
    let db = support::chain().await;
    let by = Session::operator().require(ImportData).unwrap();
    for rows in ["1,Heron", "1,Heron", "x,Heron"] {
        load(&db, &by, &format!("brand_id,brand_name\n{rows}\n")).await.unwrap();
    }
    let mut conn = db.conn().await.unwrap();
    let told: Vec<(String, String, String)> = conn
        .query("SELECT subject, outcome, JSON_UNQUOTE(JSON_EXTRACT(values_after, '$.status')) FROM audit_log ORDER BY audit_id")
        .await
        .unwrap();
    let expected = [
        ("run 1", "done", "committed"),
        ("run 2", "done", "nothing_to_do"),
        ("run 3", "refused", "rejected"),
    ];
    assert_eq!(told, expected.map(|(run, outcome, status)| (run.into(), outcome.into(), status.into())));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lost_the_right_while_a_load_ran_loads_nothing() {
    let db = support::chain().await;
    add_user(&db, "ann", Role::Manager).await;
    let by = signed_in(&db, "ann").await.require(ImportData).unwrap();
    run(&db, "UPDATE users SET active = FALSE").await;
    let refused = load(&db, &by, "brand_id,brand_name\n1,Heron\n").await.unwrap_err();
    assert!(matches!(refused, LoadError::Db(DbError::SignedOut(_))), "{refused:?}");
    assert_eq!(one::<u64>(&db, "SELECT COUNT(*) FROM brands").await, 0);
    let last: (String, String) =
        one(&db, "SELECT actor, outcome FROM audit_log ORDER BY audit_id DESC LIMIT 1").await;
    assert_eq!(last, ("ann".to_owned(), "failed".to_owned()));
}

#[tokio::test]
async fn direct_administration_is_off_unless_it_is_allowed_and_recorded_either_way() {
    let db = support::chain().await;
    let folder = tempfile::tempdir().unwrap();
    let allowed = ("security.direct_administration".to_owned(), "true".to_owned());
    for (profile, flags, works) in [
        (Profile::Production, vec![], false),
        (Profile::Testing, vec![], false),
        (Profile::Development, vec![], true),
        (Profile::Production, vec![allowed], true),
    ] {
        let data_dir = Some(folder.path().to_owned());
        let request = Request { profile: Some(profile), data_dir, flags, ..Request::default() };
        let settings = settings::load(&request).unwrap().settings;
        let begun = direct::begin(&settings, &db, Origin::told("pts/1")).await;
        match begun {
            Ok(session) => assert!(works && session.role() == Role::Administrator, "{profile}"),
            Err(error) => assert!(!works && matches!(error, DirectError::Off), "{profile}: {error:?}"),
        }
    }
    let mut conn = db.conn().await.unwrap();
    let told: Vec<(String, String)> =
        conn.query("SELECT actor, outcome FROM audit_log ORDER BY audit_id").await.unwrap();
    let expected = ["refused", "refused", "done", "done"];
    assert_eq!(told, expected.map(|outcome| ("(direct)".to_owned(), outcome.to_owned())));
}
