//! What is secret turns up nowhere: not in the log, not where something is printed for debugging, not in the words of an
//! error, not in the audit log, not in the list of processes, and nobody gets at the memory where it has to be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "canary/processes.rs"]
mod processes;
mod support;
#[path = "e2e/terminal.rs"]
mod terminal;

use jiff::Timestamp;
use mysql_async::prelude::Queryable;
use secrecy::ExposeSecret;
use std::fmt::Debug;
use std::fs;
use std::path::Path;
use storekeeper::domain::Role;
use storekeeper::service::auth::{Step, with_backup_code, with_code};
use storekeeper::service::{passwords, second_factor as factor};
use storekeeper::telemetry;
use support::people::{PASSWORD, Phone, add_user, now, policy, try_in};
use tracing::level_filters::LevelFilter;

/// What was told along the way.
#[derive(Default)]
struct Told(String);

impl Told {
    fn debug(&mut self, what: &impl Debug) {
        self.0.push_str(&format!("{what:?} {what:#?}\n"));
    }

    fn error<T: Debug, E: std::error::Error>(&mut self, result: Result<T, E>) {
        let error = result.unwrap_err();
        self.0.push_str(&format!("{error} {error:?}\n"));
    }
}

/// The log without the times of its lines, whose six digits may be those of a code by chance.
fn without_times(folder: &Path) -> String {
    let text: String =
        fs::read_dir(folder).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    text.lines()
        .map(|line| {
            let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(line.as_object_mut().unwrap().remove("timestamp").is_some());
            format!("{line}\n")
        })
        .collect()
}

#[tokio::test]
async fn a_password_a_secret_and_a_code_turn_up_nowhere() {
    const WRONG: &str = "Canary-Wr0ng!Passw0rd";
    const WRONG_CODE: &str = "918273";
    const WRONG_PAPER: &str = "1-CANAR-YC0DE";
    let folder = tempfile::tempdir().unwrap();
    let log = telemetry::start(folder.path(), LevelFilter::TRACE, 1).unwrap();
    let db = support::chain().await;
    add_user(&db, "ann", Role::Administrator).await;
    let policy = policy(folder.path());
    let host = Timestamp::now();
    let mut told = Told::default();

    told.error(try_in(&db, &policy, "ann", WRONG).await);
    let step = try_in(&db, &policy, "ann", PASSWORD).await.unwrap();
    told.debug(&step);
    let Step::Enrol(pending) = step else { panic!() };
    let enrolment = factor::begin_at_sign_in(&pending).unwrap();
    told.debug(&enrolment);
    told.debug(&enrolment.uri());
    told.debug(&enrolment.groups());
    let wrong = WRONG_CODE.into();
    told.error(factor::confirm_at_sign_in(&db, &policy, &pending, &enrolment, &wrong, host).await);
    let phone = Phone::with(&enrolment.groups());
    let code = phone.code(now(&db).await);
    let enrolled = factor::confirm_at_sign_in(&db, &policy, &pending, &enrolment, &code, host).await.unwrap();
    told.debug(&enrolled);
    told.debug(&enrolled.backup_codes.lines());

    let Step::Code(pending) = try_in(&db, &policy, "ann", PASSWORD).await.unwrap() else { panic!() };
    told.error(with_code(&db, &policy, &pending, &code, host).await);
    told.error(with_code(&db, &policy, &pending, &wrong, host).await);
    told.error(with_backup_code(&db, &policy, &pending, &WRONG_PAPER.into()).await);
    let paper = enrolled.backup_codes.lines();
    let Step::Done(signed_in) = with_backup_code(&db, &policy, &pending, &paper[0]).await.unwrap() else {
        panic!()
    };
    told.debug(&signed_in);
    let by = signed_in.session.oneself().unwrap();
    told.debug(&by);
    told.error(passwords::change(&by, &db, &policy, PASSWORD.into(), "canary-rule".into()).await);
    told.error(passwords::change(&by, &db, &policy, WRONG.into(), "gYx7!vbQ-zm".into()).await);
    told.debug(&db.target().account);

    let rows =
        "SELECT CONCAT_WS(' ', actor, subject, detail, values_before, values_after, origin) FROM audit_log";
    let audit: Vec<String> = db.conn().await.unwrap().query(rows).await.unwrap();
    assert!(audit.len() > 5);
    drop(log);
    let logs = without_times(&folder.path().join("logs"));
    assert!(logs.contains("a sign-in was refused"), "the log was read");
    let hash: String =
        db.conn().await.unwrap().query_first("SELECT password_hash FROM users").await.unwrap().unwrap();
    let keys = fs::read_to_string(&policy.key_file).unwrap();
    let key = keys.lines().find_map(|line| line.strip_prefix("secret = ")).unwrap().trim_matches('"');

    let mut secrets: Vec<String> =
        [PASSWORD, WRONG, WRONG_CODE, WRONG_PAPER, "canary-rule", "gYx7!vbQ-zm", &hash, key]
            .map(str::to_owned)
            .to_vec();
    secrets.push(code.expose_secret().to_owned());
    secrets.push(enrolment.groups().expose_secret().to_owned());
    secrets.push(enrolment.groups().expose_secret().replace(' ', ""));
    secrets.push(support::PASSWORD.to_owned());
    secrets.extend(paper.iter().map(|line| line.expose_secret().to_owned()));
    for (place, text) in
        [("errors and debugging", &told.0), ("the log", &logs), ("the audit log", &audit.join("\n"))]
    {
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{secret} is in {place}");
        }
    }
}
