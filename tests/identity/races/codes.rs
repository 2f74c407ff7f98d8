//! Fifty uses at once of a code that works once.

use crate::support;
use crate::support::people::{PASSWORD, Phone, add_user, now, policy, try_in};
use futures_util::future::join_all;
use jiff::Timestamp;
use mysql_async::prelude::Queryable;
use secrecy::SecretString;
use storekeeper::db::Db;
use storekeeper::db::users::Lockout;
use storekeeper::domain::Role;
use storekeeper::service::Policy;
use storekeeper::service::auth::{CodeError, PendingSignIn, Step, with_backup_code, with_code};
use storekeeper::service::second_factor as factor;
use tokio::sync::Barrier;

const USES: usize = 50;

/// The administrator ann, who has just set up her second factor and owes a code.
struct Ann {
    db: Db,
    policy: Policy,
    pending: PendingSignIn,
    phone: Phone,
    paper: Vec<SecretString>,
    _folder: tempfile::TempDir,
}

impl Ann {
    async fn new() -> Ann {
        let db = support::chain().await;
        add_user(&db, "ann", Role::Administrator).await;
        let folder = tempfile::tempdir().unwrap();
        // No lock, so that nothing but the code itself keeps the others out.
        let policy = Policy { lockout: Lockout { attempts: 1000, minutes: 15 }, ..policy(folder.path()) };
        let Step::Enrol(enrolling) = try_in(&db, &policy, "ann", PASSWORD).await.unwrap() else { panic!() };
        let enrolment = factor::begin_at_sign_in(&enrolling).unwrap();
        let phone = Phone::with(&enrolment.groups());
        let code = phone.code(now(&db).await);
        let made =
            factor::confirm_at_sign_in(&db, &policy, &enrolling, &enrolment, &code, Timestamp::now()).await;
        let paper = made.unwrap().backup_codes.lines();
        let Step::Code(pending) = try_in(&db, &policy, "ann", PASSWORD).await.unwrap() else { panic!() };
        let ann = Ann { db, policy, pending, phone, paper, _folder: folder };
        ann.run("UPDATE users SET totp_last_step = 1").await;
        ann
    }

    async fn run(&self, statement: &str) {
        self.db.conn().await.unwrap().query_drop(statement).await.unwrap();
    }
}

fn won<T>(uses: &[T], is_win: impl Fn(&T) -> bool) -> usize {
    uses.iter().filter(|one| is_win(one)).count()
}

/// Reads the last step, compares, stores, where all come at the same moment: nobody has stored before everybody has read.
async fn naive_step(db: &Db, step: u64, all_have_read: &Barrier) -> bool {
    let last: Option<u64> =
        db.conn().await.unwrap().query_first("SELECT totp_last_step FROM users").await.unwrap();
    all_have_read.wait().await;
    if last >= Some(step) {
        return false;
    }
    let store = "UPDATE users SET totp_last_step = ?";
    db.conn().await.unwrap().exec_drop(store, (step,)).await.unwrap();
    true
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_uses_of_one_step_one_wins() {
    let ann = Ann::new().await;
    let barrier = Barrier::new(USES);
    let naive = join_all((0..USES).map(|_| naive_step(&ann.db, 2, &barrier))).await;
    let naive = won(&naive, |won| *won);
    ann.run("UPDATE users SET totp_last_step = 1").await;

    let code = ann.phone.code(now(&ann.db).await);
    let uses = (0..USES).map(|_| with_code(&ann.db, &ann.policy, &ann.pending, &code, Timestamp::now()));
    let uses = join_all(uses).await;
    let shipped = won(&uses, |one| matches!(one, Ok(Step::Done(_))));
    println!("{USES} uses of one step: naive {naive} signed in, shipped {shipped}");
    assert_eq!((shipped, won(&uses, |one| matches!(one, Err(CodeError::Used)))), (1, USES - 1));
    assert_eq!(naive, USES);
}

/// Reads whether the code is unused, then notes that it was used, where all come at the same moment.
async fn naive_code(db: &Db, all_have_read: &Barrier) -> bool {
    let mut conn = db.conn().await.unwrap();
    let unused: Option<u8> =
        conn.query_first("SELECT slot FROM backup_codes WHERE slot = 2 AND used_at IS NULL").await.unwrap();
    drop(conn);
    all_have_read.wait().await;
    let store = "UPDATE backup_codes SET used_at = UTC_TIMESTAMP(6) WHERE slot = 2";
    db.conn().await.unwrap().query_drop(store).await.unwrap();
    unused.is_some()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_uses_of_one_backup_code_one_wins() {
    let ann = Ann::new().await;
    let barrier = Barrier::new(USES);
    let naive = won(&join_all((0..USES).map(|_| naive_code(&ann.db, &barrier))).await, |won| *won);

    let code = &ann.paper[0];
    let uses = join_all((0..USES).map(|_| with_backup_code(&ann.db, &ann.policy, &ann.pending, code))).await;
    let shipped = won(&uses, |one| matches!(one, Ok(Step::Done(_))));
    println!("{USES} uses of one backup code: naive {naive} signed in, shipped {shipped}");
    assert_eq!((shipped, won(&uses, |one| matches!(one, Err(CodeError::WrongBackupCode)))), (1, USES - 1));
    assert_eq!(naive, USES);
}
