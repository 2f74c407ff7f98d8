//! Who a command is run as: whoever may read the configuration, or a user who signs in for it.

use super::failure::{Exit, Failure};
use super::origin::origin;
use super::{ask, output};
use crate::db::Db;
use crate::domain::Username;
use crate::service::auth::{self, CodeError, SignInError, SignedIn, Step};
use crate::service::{Policy, Session, audit, backup_codes, sessions};
use crate::settings::Settings;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use std::convert::Infallible;
use std::time::Duration;

/// Who runs the command.
#[derive(Debug, Clone)]
pub(super) enum Person {
    /// Whoever may read the configuration.
    Operator,
    /// A user. The password, and the code of a second factor, come from the terminal or, line by line, from standard input.
    User {
        /// By this name.
        name: Username,
        /// Whether standard input brings the answers.
        from_input: bool,
    },
}

impl Person {
    pub(super) fn of(name: Option<Username>, from_input: bool) -> Person {
        name.map_or(Person::Operator, |name| Person::User { name, from_input })
    }

    /// Does something in this person's session, which is over when it is done.
    pub(super) async fn at_work<T>(
        &self,
        settings: &Settings,
        db: &Db,
        work: impl AsyncFnOnce(&Session) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let session = match self {
            Person::Operator => Session::operator().at(origin()),
            Person::User { name, from_input } => {
                sign_in(&Policy::of(settings), db, name, *from_input).await?
            }
        };
        let done = awake(&session, db, settings.security.idle_minutes, work(&session)).await;
        if let Err(failure) = &done
            && failure.exit() == Exit::NotAllowed
        {
            note_refusal(&session, db, failure).await;
        }
        if let Err(cause) = sessions::sign_out(&session, db).await {
            tracing::warn!(%cause, "a command's session was not ended; it ends by itself in time");
        }
        done
    }
}

/// Keeps a session from ending for want of a key while its command works; it still ends when its hours are over, and where
/// somebody ends it.
async fn awake<T>(session: &Session, db: &Db, idle_minutes: u32, work: impl Future<Output = T>) -> T {
    let Ok(by) = session.oneself() else {
        return work.await;
    };
    let often = Duration::from_secs(u64::from(idle_minutes) * 60 / 4);
    let touching = async || -> Infallible {
        loop {
            tokio::time::sleep(often).await;
            // Where the session is over, the work is told so by what it asks for next.
            if let Err(cause) = sessions::touch(&by, db).await {
                tracing::info!(%cause, "the session of a command could not be kept awake");
            }
        }
    };
    tokio::select! {
        done = work => done,
        never = touching() => match never {},
    }
}

/// A right that was asked for and is not there is worth an entry: somebody tries what they may not do.
async fn note_refusal(session: &Session, db: &Db, failure: &Failure) {
    if let Err(cause) = audit::refused(session, db, failure.message()).await {
        tracing::warn!(%cause, "a refusal could not be recorded");
    }
}

/// What the screens tell after a sign-in, which no later sign-in tells again.
fn tell(name: &Username, signed_in: &SignedIn) {
    let tries = signed_in.failed_tries;
    if tries > 0 {
        let ones = if tries == 1 { "sign-in" } else { "sign-ins" };
        output::note(&format!(
            "{tries} failed {ones} as {name} since the last one. If that was not you, tell an administrator."
        ));
    }
    if let Some(left) = signed_in.backup_codes_left.filter(|left| *left <= backup_codes::FEW) {
        output::note(&format!("{name} has {left} backup codes left: make new ones on the security screen."));
    }
}

async fn sign_in(policy: &Policy, db: &Db, name: &Username, from_input: bool) -> Result<Session, Failure> {
    let password = answer(from_input, &format!("Password of {name}")).await?;
    let step = auth::sign_in(db, policy, name.as_str(), password, &origin()).await?;
    let step = match step {
        Step::Code(pending) => {
            let code = answer(from_input, "Code of the second factor, or a backup code").await?;
            if is_of_the_app(&code) {
                auth::with_code(db, policy, &pending, &code, Timestamp::now()).await?
            } else {
                auth::with_backup_code(db, policy, &pending, &code).await?
            }
        }
        other => other,
    };
    let owed = match step {
        Step::Done(signed_in) => {
            tell(name, &signed_in);
            return Ok(signed_in.session);
        }
        Step::Code(_) => "give a code",
        Step::Enrol(_) => "set up the second factor",
        Step::ChangePassword(_) => "choose a new password",
    };
    Err(Failure::new(
        Exit::NotAllowed,
        format!("{name} has to {owed} first: run `storekeeper` and sign in there."),
    ))
}

/// A code of the app is six digits, with or without a space between; a backup code is longer.
fn is_of_the_app(code: &SecretString) -> bool {
    let code = code.expose_secret();
    code.chars().all(|character| character.is_ascii_digit() || character == ' ')
        && code.chars().filter(char::is_ascii_digit).count() <= 6
}

/// Waits for the person on a thread of its own, so that the program still hears signals.
async fn answer(from_input: bool, what: &str) -> Result<SecretString, Failure> {
    let what = what.to_owned();
    let asked = move || if from_input { ask::line_of_input(&what) } else { ask::hidden(&what) };
    tokio::task::spawn_blocking(asked).await.map_err(Failure::of)?
}

impl From<SignInError> for Failure {
    fn from(error: SignInError) -> Failure {
        match error {
            SignInError::Database(error) => error.into(),
            SignInError::Hash(_) => Failure::of(error),
            SignInError::Refused | SignInError::CodesLocked(_) | SignInError::Over => {
                Failure::new(Exit::NotAllowed, error.to_string())
            }
        }
    }
}

impl From<CodeError> for Failure {
    fn from(error: CodeError) -> Failure {
        match error {
            CodeError::Database(error) => error.into(),
            CodeError::SignIn(error) => error.into(),
            CodeError::Secret(_) | CodeError::Hash(_) => Failure::of(error),
            CodeError::Wrong { .. }
            | CodeError::Used
            | CodeError::WrongBackupCode
            | CodeError::Locked(_)
            | CodeError::Off => Failure::new(Exit::NotAllowed, error.to_string()),
        }
    }
}
