//! The second factor: set up, asked for, used up, shown again, switched off; and backup codes.

use crate::support;
use crate::support::people::{PASSWORD, Phone, add_user, now, policy, try_in};
use jiff::{SignedDuration, Timestamp};
use mysql_async::prelude::Queryable;
use secrecy::{ExposeSecret, SecretString};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use storekeeper::db::Db;
use storekeeper::domain::Role;
use storekeeper::service::auth::{
    CodeError, PendingSignIn, SignInError, SignedIn, Step, with_backup_code, with_code,
};
use storekeeper::service::authorized::Oneself;
use storekeeper::service::backup_codes::{self, BackupCodes};
use storekeeper::service::second_factor::{self as factor, FactorError};
use storekeeper::service::vault::SecretError;
use storekeeper::service::{Policy, passwords};

/// A chain with the administrator ann and the employee joe, neither with a second factor yet.
struct Chain {
    db: Db,
    policy: Policy,
    folder: tempfile::TempDir,
}

/// Somebody with a phone and codes on paper.
struct Person {
    name: &'static str,
    phone: Phone,
    paper: Vec<SecretString>,
    /// The code that proved the phone.
    first_code: SecretString,
}

impl Chain {
    async fn new() -> Chain {
        let db = support::chain().await;
        add_user(&db, "ann", Role::Administrator).await;
        add_user(&db, "joe", Role::Employee).await;
        let folder = tempfile::tempdir().unwrap();
        let policy = policy(folder.path());
        Chain { db, policy, folder }
    }

    async fn begins(&self, name: &str) -> Step {
        try_in(&self.db, &self.policy, name, PASSWORD).await.unwrap()
    }

    /// Signs in as far as the code.
    async fn owes_code(&self, name: &str) -> PendingSignIn {
        match self.begins(name).await {
            Step::Code(pending) => pending,
            other => panic!("{other:?}"),
        }
    }

    async fn gives(&self, pending: &PendingSignIn, code: &SecretString) -> Result<Step, CodeError> {
        with_code(&self.db, &self.policy, pending, code, Timestamp::now()).await
    }

    async fn gives_paper(&self, pending: &PendingSignIn, code: &SecretString) -> Result<Step, CodeError> {
        with_backup_code(&self.db, &self.policy, pending, code).await
    }

    /// Sets ann's second factor up, as her role demands.
    async fn ann(&self) -> (Person, SignedIn) {
        let Step::Enrol(pending) = self.begins("ann").await else {
            panic!("ann must set up a second factor")
        };
        let enrolment = factor::begin_at_sign_in(&pending).unwrap();
        let phone = Phone::with(&enrolment.groups());
        let code = phone.code(now(&self.db).await);
        let enrolled =
            factor::confirm_at_sign_in(&self.db, &self.policy, &pending, &enrolment, &code, Timestamp::now())
                .await
                .unwrap();
        let paper = enrolled.backup_codes.lines();
        (Person { name: "ann", phone, paper, first_code: code }, done(enrolled.next))
    }

    /// Sets joe's second factor up, of his own will.
    async fn joe(&self) -> (Person, Oneself) {
        let by = done(self.begins("joe").await).session.oneself().unwrap();
        let enrolment = factor::begin(&by, &self.db, &self.policy, PASSWORD.into()).await.unwrap();
        let phone = Phone::with(&enrolment.groups());
        let code = phone.code(now(&self.db).await);
        let codes =
            factor::confirm(&by, &self.db, &self.policy, &enrolment, &code, Timestamp::now()).await.unwrap();
        (Person { name: "joe", phone, paper: codes.lines(), first_code: code }, by)
    }

    /// The code after the one that was used last: steps are put back rather than waited for.
    async fn fresh(&self, person: &Person) -> SecretString {
        self.run("UPDATE users SET totp_last_step = totp_last_step - 5").await;
        person.phone.code(now(&self.db).await)
    }

    async fn run(&self, statement: &str) {
        self.db.conn().await.unwrap().query_drop(statement).await.unwrap();
    }

    async fn audited(&self, action: &str) -> u64 {
        let statement = "SELECT COUNT(*) FROM audit_log WHERE action = ?";
        self.db.conn().await.unwrap().exec_first(statement, (action,)).await.unwrap().unwrap()
    }
}

fn done(step: Step) -> SignedIn {
    match step {
        Step::Done(signed_in) => signed_in,
        other => panic!("{other:?}"),
    }
}

fn text(secret: &SecretString) -> &str {
    secret.expose_secret()
}

#[tokio::test]
async fn an_administrator_sets_up_a_second_factor_and_needs_it_from_then_on() {
    let chain = Chain::new().await;
    let (ann, signed_in) = chain.ann().await;
    assert_eq!(ann.paper.len(), 8);
    assert_eq!(signed_in.backup_codes_left, Some(8));
    assert_eq!(chain.audited("second_factor_enrolled").await, 1);

    let pending = chain.owes_code("ann").await;
    let again = chain.gives(&pending, &ann.first_code).await.unwrap_err();
    assert!(matches!(again, CodeError::Used), "the enrolling step is used up: {again:?}");
    assert!(again.to_string().contains("Wait for the next one"));

    let code = chain.fresh(&ann).await;
    let signed_in = done(chain.gives(&pending, &code).await.unwrap());
    assert_eq!((signed_in.session.role(), signed_in.failed_tries), (Role::Administrator, 1));
    assert!(matches!(chain.gives(&pending, &code).await, Err(CodeError::Used)));
}

#[tokio::test]
async fn a_pending_sign_in_opens_its_own_next_step_alone() {
    let chain = Chain::new().await;
    let Step::Enrol(enrolling) = chain.begins("ann").await else { panic!() };
    let over = |result: Result<Step, CodeError>| {
        assert!(matches!(result, Err(CodeError::SignIn(SignInError::Over))), "{result:?}");
    };
    over(chain.gives(&enrolling, &"000000".into()).await);
    over(chain.gives_paper(&enrolling, &"1-00000-00000".into()).await);
    let changed =
        passwords::change_at_sign_in(&chain.db, &chain.policy, &enrolling, "Other!Passw0rd-43".into());
    assert!(changed.await.is_err());

    let (ann, _) = chain.ann().await;
    let pending = chain.owes_code("ann").await;
    assert!(factor::begin_at_sign_in(&pending).is_err());
    // Somebody who began before the second factor was there can not go on without it.
    let enrolment = factor::begin_at_sign_in(&enrolling).unwrap();
    let code = Phone::with(&enrolment.groups()).code(now(&chain.db).await);
    let second =
        factor::confirm_at_sign_in(&chain.db, &chain.policy, &enrolling, &enrolment, &code, Timestamp::now());
    assert!(matches!(second.await, Err(FactorError::AlreadyOn)));

    for meanwhile in [
        "UPDATE users SET active = FALSE",
        "UPDATE users SET password_hash = REVERSE(password_hash)",
        "UPDATE users SET must_change_password = TRUE",
    ] {
        let chain = Chain::new().await;
        let (ann, _) = chain.ann().await;
        let pending = chain.owes_code(ann.name).await;
        let code = chain.fresh(&ann).await;
        chain.run(meanwhile).await;
        let late = chain.gives(&pending, &code).await;
        assert!(late.is_err(), "{meanwhile}: {late:?}");
    }
    drop(ann);
}

#[tokio::test]
async fn wrong_codes_lock_the_second_factor_and_not_the_password() {
    let chain = Chain::new().await;
    let (ann, _) = chain.ann().await;
    let pending = chain.owes_code("ann").await;
    for number in 1..=5 {
        // Codes of paper and of the app share one count.
        let refused = if number % 2 == 0 {
            chain.gives_paper(&pending, &"1-00000-00000".into()).await
        } else {
            chain.gives(&pending, &"000000".into()).await
        };
        assert_eq!(matches!(refused, Err(CodeError::Locked(_))), number == 5, "{number}: {refused:?}");
    }
    let code = chain.fresh(&ann).await;
    let right = chain.gives(&pending, &code).await.unwrap_err();
    assert!(matches!(right, CodeError::Locked(_)), "{right:?}");
    assert!(right.to_string().contains("Try again in 15 minutes."), "{right}");
    let again = try_in(&chain.db, &chain.policy, "ann", PASSWORD).await;
    assert!(matches!(again, Err(SignInError::CodesLocked(_))), "{again:?}");
    assert_eq!(chain.audited("locked_out").await, 1);
    let told: Option<String> = chain
        .db
        .conn()
        .await
        .unwrap()
        .query_first("SELECT detail FROM audit_log ORDER BY audit_id DESC LIMIT 1")
        .await
        .unwrap();
    assert_eq!(told.as_deref(), Some("the password was right, the second factor is locked"));

    chain.run("UPDATE users SET codes_locked_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND").await;
    let pending = chain.owes_code("ann").await;
    let wrong = chain.gives(&pending, &"000000".into()).await.unwrap_err();
    assert!(matches!(wrong, CodeError::Wrong { apart_seconds: None }), "the count begins anew: {wrong:?}");
    let signed_in = done(chain.gives(&pending, &code).await.unwrap());
    assert_eq!(signed_in.failed_tries, 8);
    let last = done(chain.gives(&chain.owes_code("ann").await, &chain.fresh(&ann).await).await.unwrap());
    assert_eq!(last.failed_tries, 0, "they were told");
}

#[tokio::test]
async fn a_second_factor_taken_away_in_the_middle_of_a_sign_in_ends_it() {
    let chain = Chain::new().await;
    let (joe, _) = chain.joe().await;
    chain.run("UPDATE users SET must_change_password = TRUE").await;
    let code = chain.fresh(&joe).await;
    let step = chain.gives(&chain.owes_code("joe").await, &code).await.unwrap();
    let Step::ChangePassword(pending) = step else { panic!("{step:?}") };
    let reset = "UPDATE users SET totp_enabled = FALSE, totp_secret = NULL, totp_last_step = NULL WHERE username = 'joe'";
    chain.run(reset).await;
    let password = SecretString::from("Quite-another-0ne");
    let refused = passwords::change_at_sign_in(&chain.db, &chain.policy, &pending, password).await;
    assert!(refused.is_err(), "{refused:?}");
}

#[tokio::test]
async fn clocks_that_are_apart_are_named_as_the_cause() {
    let chain = Chain::new().await;
    let _ann = chain.ann().await;
    let pending = chain.owes_code("ann").await;
    for (off, told) in [(0, None), (-4, None), (-20, Some(20)), (300, Some(-300))] {
        chain.run("UPDATE users SET failed_codes = 0").await;
        let host = Timestamp::now() + SignedDuration::from_secs(off);
        let wrong = with_code(&chain.db, &chain.policy, &pending, &"000000".into(), host).await.unwrap_err();
        let CodeError::Wrong { apart_seconds } = wrong else { panic!("{wrong:?}") };
        let near = match (apart_seconds, told) {
            (Some(seconds), Some(told)) => (seconds - told).abs() <= 2,
            (seconds, told) => seconds == told,
        };
        assert!(near, "{off}: {apart_seconds:?}");
        assert_eq!(wrong.to_string().contains("clocks"), told.is_some());
    }
}

#[tokio::test]
async fn each_backup_code_works_once_and_tells_when_and_from_where() {
    let chain = Chain::new().await;
    let (ann, signed_in) = chain.ann().await;
    let by = signed_in.session.oneself().unwrap();
    let typed: SecretString = text(&ann.paper[2]).to_lowercase().replace('-', " ").into();

    let pending = chain.owes_code("ann").await;
    let signed_in = done(chain.gives_paper(&pending, &typed).await.unwrap());
    assert_eq!(signed_in.backup_codes_left, Some(7));
    let again = chain.gives_paper(&chain.owes_code("ann").await, &ann.paper[2]).await;
    assert!(matches!(again, Err(CodeError::WrongBackupCode)), "{again:?}");

    let slots = backup_codes::slots(&by, &chain.db).await.unwrap();
    let used: Vec<_> = slots.iter().filter_map(|slot| Some((slot.number, slot.used.as_ref()?))).collect();
    assert_eq!((slots.len(), used.len(), used[0].0), (8, 1, 3));
    assert_eq!(used[0].1.1.as_str(), "pts/1");
    assert_eq!(chain.audited("backup_code_used").await, 1);

    for other in ["", "3", "3-00000-00000", text(&ann.paper[3]).replacen('4', "5", 1).as_str()] {
        chain.run("UPDATE users SET failed_codes = 0").await;
        let refused = chain.gives_paper(&chain.owes_code("ann").await, &other.into()).await;
        assert!(matches!(refused, Err(CodeError::WrongBackupCode)), "{other:?}: {refused:?}");
    }
}

#[tokio::test]
async fn new_backup_codes_take_password_and_code_and_the_old_ones_end() {
    let chain = Chain::new().await;
    let (joe, by) = chain.joe().await;
    let make = async |password: &str, code: &SecretString| {
        let now = Timestamp::now();
        factor::regenerate_backup_codes(&by, &chain.db, &chain.policy, password.into(), code, now).await
    };
    let code = chain.fresh(&joe).await;
    assert!(matches!(make("wrong", &code).await, Err(FactorError::Refused)));
    assert!(matches!(
        make(PASSWORD, &"000000".into()).await,
        Err(FactorError::Code(CodeError::Wrong { .. }))
    ));
    let new: BackupCodes = make(PASSWORD, &code).await.unwrap();
    assert!(matches!(make(PASSWORD, &code).await, Err(FactorError::Code(CodeError::Used))));

    let pending = chain.owes_code("joe").await;
    assert!(chain.gives_paper(&pending, &joe.paper[0]).await.is_err());
    assert!(chain.gives_paper(&pending, &new.lines()[0]).await.is_ok());
}

#[tokio::test]
async fn codes_are_saved_for_the_owner_alone_and_never_over_a_file() {
    let chain = Chain::new().await;
    let (joe, by) = chain.joe().await;
    let code = chain.fresh(&joe).await;
    let codes = factor::regenerate_backup_codes(
        &by,
        &chain.db,
        &chain.policy,
        PASSWORD.into(),
        &code,
        Timestamp::now(),
    )
    .await
    .unwrap();
    let file = chain.folder.path().join("codes.txt");
    codes.save(&file).unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o600);
    let kept = std::fs::read_to_string(&file).unwrap();
    assert!(codes.lines().iter().all(|line| kept.contains(text(line))));
    assert!(codes.save(&file).unwrap_err().to_string().contains("codes.txt can not be made"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), kept);
}

#[tokio::test]
async fn ones_own_second_factor_is_shown_again_and_switched_off_where_the_role_may() {
    let chain = Chain::new().await;
    let (joe, by) = chain.joe().await;
    let status = factor::status(&by, &chain.db, &chain.policy).await.unwrap();
    assert_eq!((status.on, status.mandatory, status.backup_codes.len()), (true, false, 8));

    let wrong = factor::show_again(&by, &chain.db, &chain.policy, "wrong".into()).await;
    assert!(matches!(wrong, Err(FactorError::Refused)), "{wrong:?}");
    let shown = factor::show_again(&by, &chain.db, &chain.policy, PASSWORD.into()).await.unwrap();
    let at = now(&chain.db).await;
    assert_eq!(text(&Phone::with(&shown.groups()).code(at)), text(&joe.phone.code(at)));
    let begun = factor::begin(&by, &chain.db, &chain.policy, PASSWORD.into()).await;
    assert!(matches!(begun, Err(FactorError::AlreadyOn)));

    let code = chain.fresh(&joe).await;
    let now = Timestamp::now();
    factor::disable(&by, &chain.db, &chain.policy, PASSWORD.into(), &code, now).await.unwrap();
    assert!(matches!(chain.begins("joe").await, Step::Done(_)));
    let left: Option<u64> =
        chain.db.conn().await.unwrap().query_first("SELECT COUNT(*) FROM backup_codes").await.unwrap();
    assert_eq!(left, Some(0));

    let (ann, signed_in) = chain.ann().await;
    let by = signed_in.session.oneself().unwrap();
    let code = chain.fresh(&ann).await;
    let kept = factor::disable(&by, &chain.db, &chain.policy, PASSWORD.into(), &code, now).await;
    assert!(matches!(kept, Err(FactorError::Mandatory(Role::Administrator))), "{kept:?}");
}

#[tokio::test]
async fn a_stored_secret_is_encrypted_and_opens_for_its_owner_under_its_key_alone() {
    let chain = Chain::new().await;
    let (ann, signed_in) = chain.ann().await;
    let (_, by_joe) = chain.joe().await;
    let by_ann = signed_in.session.oneself().unwrap();
    let shows = async |by: &Oneself, policy: &Policy| {
        factor::show_again(by, &chain.db, policy, PASSWORD.into()).await.map(drop)
    };
    shows(&by_ann, &chain.policy).await.unwrap();

    chain.run("UPDATE users u JOIN users v ON v.username = 'joe' SET u.totp_secret = v.totp_secret WHERE u.username = 'ann'").await;
    let swapped = shows(&by_ann, &chain.policy).await;
    assert!(matches!(swapped, Err(FactorError::Secret(SecretError::Damaged))), "{swapped:?}");
    let locked_out = chain.gives(&chain.owes_code("ann").await, &chain.fresh(&ann).await).await;
    assert!(matches!(locked_out, Err(CodeError::Secret(SecretError::Damaged))), "{locked_out:?}");

    let elsewhere = tempfile::tempdir().unwrap();
    let other = policy(elsewhere.path());
    let missing = shows(&by_joe, &other).await.unwrap_err();
    assert!(missing.to_string().contains("is not the one this chain's secrets were made with"), "{missing}");
    // Where secrets are, no new key file is made beside them.
    add_user(&chain.db, "eve", Role::Administrator).await;
    let Step::Enrol(pending) = try_in(&chain.db, &other, "eve", PASSWORD).await.unwrap() else { panic!() };
    let enrolment = factor::begin_at_sign_in(&pending).unwrap();
    let code = Phone::with(&enrolment.groups()).code(now(&chain.db).await);
    let refused =
        factor::confirm_at_sign_in(&chain.db, &other, &pending, &enrolment, &code, Timestamp::now()).await;
    assert!(matches!(refused, Err(FactorError::Secret(SecretError::OtherKeys(_)))), "{refused:?}");
    assert!(!Path::exists(&other.key_file));
}
