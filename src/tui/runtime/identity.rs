//! Carries out what is asked about identity, and keeps what a sign-in has proved from one step to the next.

use super::folder;
use super::runner::{Context, failure};
use crate::db::second_factor::Slot as StoredSlot;
use crate::db::sessions::OpenSession;
use crate::domain::session::Ended;
use crate::domain::{Actor, clean};
use crate::service::auth::{self, CodeError, PendingSignIn, SignInError, SignedIn, Step};
use crate::service::authorized::{Oneself, Session};
use crate::service::backup_codes::BackupCodes;
use crate::service::passwords::{self, ChangeError};
use crate::service::second_factor::{self, Enrolled, Enrolment, FactorError};
use crate::service::{Policy, sessions};
use crate::tui::model::identity::ask::{
    Ask, Known, Next, OwnSession, Proof, Rules, Secret, Slot, Told, Welcome,
};
use crate::tui::model::message::{Failure, Reply};
use jiff::Timestamp;
use secrecy::SecretString;
use std::sync::{Arc, MutexGuard, PoisonError};

/// What is between two steps: nothing of it is a session, and all of it goes when somebody steps back.
#[derive(Default)]
pub(super) struct Unfinished {
    /// Counts how often somebody stepped back: what was asked before is then not waited for any more.
    turn: u64,
    pending: Option<PendingSignIn>,
    enrolment: Option<Enrolment>,
    codes: Option<Arc<BackupCodes>>,
    next: Option<Step>,
}

impl Unfinished {
    fn forget(&mut self) {
        *self = Unfinished { turn: self.turn + 1, ..Unfinished::default() };
    }
}

/// Why a step was not gone through.
enum Refusal {
    /// It may be tried again.
    Again(Failure),
    /// The sign-in has to begin anew.
    Over(Failure),
}

impl From<SignInError> for Refusal {
    fn from(error: SignInError) -> Refusal {
        match error {
            SignInError::Database(_) | SignInError::Hash(_) => Refusal::Again(failure(error)),
            _ => Refusal::Over(failure(error)),
        }
    }
}

impl From<CodeError> for Refusal {
    fn from(error: CodeError) -> Refusal {
        match error {
            CodeError::SignIn(error) => error.into(),
            CodeError::Locked(_) | CodeError::Off => Refusal::Over(failure(error)),
            _ => Refusal::Again(failure(error)),
        }
    }
}

impl From<FactorError> for Refusal {
    fn from(error: FactorError) -> Refusal {
        match error {
            FactorError::Code(error) => error.into(),
            FactorError::SignIn(error) => error.into(),
            FactorError::AlreadyOn => Refusal::Over(failure(error)),
            _ => Refusal::Again(failure(error)),
        }
    }
}

impl From<ChangeError> for Refusal {
    fn from(error: ChangeError) -> Refusal {
        match error {
            ChangeError::SignIn(error) => error.into(),
            _ => Refusal::Again(failure(error)),
        }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Refusal {
        Refusal::Again(failure)
    }
}

impl Context {
    fn unfinished(&self) -> MutexGuard<'_, Unfinished> {
        self.unfinished.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody stepped back, or is done with what was on the screen.
    pub(super) fn forget(&self) {
        self.unfinished().forget();
    }

    /// Forgets who is signed in, at once; what comes back ends the session in the database too.
    pub(super) fn leave(&self, why: Ended) -> impl Future<Output = ()> + Send + use<> {
        self.forget();
        let (session, chain) = (self.take_session(), self.chain().map(|(db, _)| db.clone()));
        async move {
            let (Some(session), Ok(db)) = (session, chain) else { return };
            if let Err(error) = sessions::leave(&session, &db, why).await {
                tracing::warn!(%error, "the session could not be ended; it ends by itself in time");
            }
        }
    }

    /// The first step of a sign-in.
    pub(super) async fn sign_in(&self, username: &str, password: SecretString) -> Result<Reply, Failure> {
        let turn = self.unfinished().turn;
        let (db, policy) = self.chain()?;
        let step = auth::sign_in(db, policy, username, password, self.origin()).await.map_err(failure)?;
        self.take_step(turn, step).await
    }

    /// Anything else about identity.
    pub(super) async fn identity(&self, ask: Ask) -> Result<Reply, Failure> {
        let turn = self.unfinished().turn;
        let at_sign_in = self.unfinished().pending.clone();
        let answer = match (ask, at_sign_in) {
            (Ask::GoOn, _) => {
                let next = self.unfinished().next.take();
                let step = next.ok_or_else(|| failure("The sign-in is over. Begin again."))?;
                self.unfinished().codes = None;
                return self.take_step(turn, step).await;
            }
            (Ask::SaveCodes(file), _) => self.save_codes(&file).await.map_err(Refusal::Again),
            (ask, Some(pending)) => match self.step(ask, &pending).await {
                Ok(Went::To(step)) => return self.take_step(turn, step).await,
                Ok(Went::Told(told)) => Ok(told),
                Err(refusal) => Err(refusal),
            },
            (ask, None) => self.own(ask).await.map_err(Refusal::Again),
        };
        match answer {
            Ok(told) => Ok(Reply::Identity(told)),
            Err(Refusal::Again(failure)) => Err(failure),
            Err(Refusal::Over(failure)) => {
                self.forget();
                Ok(Reply::Identity(Told::Over(failure)))
            }
        }
    }

    async fn step(&self, ask: Ask, pending: &PendingSignIn) -> Result<Went, Refusal> {
        let (db, policy) = self.chain()?;
        let now = Timestamp::now();
        let step = match ask {
            Ask::Code(code) => auth::with_code(db, policy, pending, &code, now).await?,
            Ask::BackupCode(code) => auth::with_backup_code(db, policy, pending, &code).await?,
            Ask::NewPassword(new) => passwords::change_at_sign_in(db, policy, pending, new).await?,
            Ask::Confirm(code) => {
                let enrolment = self.enrolment()?;
                let enrolled = second_factor::confirm_at_sign_in(db, policy, pending, &enrolment, &code, now);
                let Enrolled { backup_codes, next } = enrolled.await?;
                self.unfinished().next = Some(next);
                return Ok(Went::Told(self.show(backup_codes)));
            }
            _ => return Err(Refusal::Over(failure("The sign-in is not complete. Begin again."))),
        };
        Ok(Went::To(step))
    }

    /// Goes to a step, unless somebody stepped back meanwhile.
    async fn take_step(&self, turn: u64, step: Step) -> Result<Reply, Failure> {
        if self.unfinished().turn != turn {
            if let Step::Done(signed_in) = step {
                // Nobody waits for this session: it must not stay open behind a sign-in screen.
                let (db, _) = self.chain()?;
                let _ = sessions::leave(&signed_in.session, db, Ended::SignedOut).await;
            }
            return Err(failure("The sign-in was given up."));
        }
        let (_, policy) = self.chain()?;
        let next = match step {
            Step::Done(signed_in) => return self.welcome(signed_in, policy),
            Step::Code(pending) => {
                self.unfinished().pending = Some(pending);
                Next::Code
            }
            Step::Enrol(pending) => {
                let enrolment = second_factor::begin_at_sign_in(&pending).map_err(failure)?;
                let secret = secret(&enrolment);
                let mut unfinished = self.unfinished();
                unfinished.pending = Some(pending);
                unfinished.enrolment = Some(enrolment);
                Next::Enrol(secret)
            }
            Step::ChangePassword(pending) => {
                let username = pending.username().to_string();
                self.unfinished().pending = Some(pending);
                Next::NewPassword(Rules { username, shortest: policy.password_length })
            }
        };
        Ok(Reply::Identity(Told::Next(next)))
    }

    fn welcome(&self, signed_in: SignedIn, policy: &Policy) -> Result<Reply, Failure> {
        let SignedIn { session, failed_tries, last_sign_in, backup_codes_left } = signed_in;
        let Actor::User(_, name) = session.actor().clone() else {
            return Err(failure("Only a user can sign in."));
        };
        let welcome = Welcome {
            limits: Some(policy.session),
            failed_tries,
            last_sign_in,
            backup_codes_left,
            shortest_password: policy.password_length,
            ..Welcome::of(name, session.role())
        };
        self.forget();
        self.keep(Some(session));
        Ok(Reply::SignedIn(welcome))
    }

    /// What who is signed in asks about their own account.
    async fn own(&self, ask: Ask) -> Result<Told, Failure> {
        let (db, policy) = self.chain()?;
        let by = self.session()?.oneself().map_err(failure)?;
        let now = Timestamp::now();
        match ask {
            Ask::Touch => {
                let left = sessions::touch(&by, db).await.map_err(failure)?;
                Ok(Told::Left { idle: left.idle, absolute: left.absolute })
            }
            Ask::Security => self.known(&by).await.map(Told::Security),
            Ask::Unlock(password) => {
                auth::unlock_screen(&by, db, policy, password).await.map_err(wrong_password)?;
                Ok(Told::Done)
            }
            Ask::ShowSecret(password) => {
                let shown = second_factor::show_again(&by, db, policy, password).await.map_err(failure)?;
                Ok(Told::Secret(secret(&shown)))
            }
            Ask::SetUp(password) => {
                let begun = second_factor::begin(&by, db, policy, password).await.map_err(failure)?;
                let told = Told::Secret(secret(&begun));
                self.unfinished().enrolment = Some(begun);
                Ok(told)
            }
            Ask::Confirm(code) => {
                let enrolment = self.enrolment()?;
                let made = second_factor::confirm(&by, db, policy, &enrolment, &code, now).await;
                Ok(self.show(made.map_err(failure)?))
            }
            Ask::NewBackupCodes(Proof { password, code }) => {
                let made =
                    second_factor::regenerate_backup_codes(&by, db, policy, password, &code, now).await;
                Ok(self.show(made.map_err(failure)?))
            }
            Ask::SwitchOff(Proof { password, code }) => {
                second_factor::disable(&by, db, policy, password, &code, now).await.map_err(failure)?;
                Ok(Told::Done)
            }
            Ask::ChangePassword { old, new } => {
                passwords::change(&by, db, policy, old, new).await.map_err(failure)?;
                Ok(Told::Done)
            }
            Ask::EndSession(session) => {
                sessions::end_own(&by, db, session).await.map_err(failure)?;
                Ok(Told::Done)
            }
            Ask::Code(_) | Ask::BackupCode(_) | Ask::NewPassword(_) | Ask::GoOn | Ask::SaveCodes(_) => {
                Err(failure("The sign-in is over. Begin again."))
            }
        }
    }

    /// Checks a code before something that takes one.
    pub(super) async fn check_code(&self, code: &SecretString) -> Result<Reply, Failure> {
        let (db, policy) = self.chain()?;
        let by = self.session()?.oneself().map_err(failure)?;
        second_factor::prove_code(&by, db, policy, code, Timestamp::now()).await.map_err(failure)?;
        Ok(Reply::SecondFactorIsRight)
    }

    async fn known(&self, by: &Oneself) -> Result<Known, Failure> {
        let (db, policy) = self.chain()?;
        let status = second_factor::status(by, db, policy).await.map_err(failure)?;
        let open = sessions::own(by, db).await.map_err(failure)?;
        Ok(Known {
            is_on: status.on,
            is_mandatory: status.mandatory,
            backup_codes: status.backup_codes.into_iter().map(slot).collect(),
            sessions: open.into_iter().map(session).collect(),
        })
    }

    fn enrolment(&self) -> Result<Enrolment, Failure> {
        let enrolment = self.unfinished().enrolment.clone();
        enrolment.ok_or_else(|| failure("The secret on the screen is not kept any more. Begin again."))
    }

    /// Keeps the codes for as long as they are on the screen, so that they can be saved.
    fn show(&self, codes: BackupCodes) -> Told {
        let lines = codes.lines();
        let mut unfinished = self.unfinished();
        unfinished.enrolment = None;
        unfinished.codes = Some(Arc::new(codes));
        Told::BackupCodes(lines)
    }

    async fn save_codes(&self, typed: &str) -> Result<Told, Failure> {
        let codes = self.unfinished().codes.clone();
        let codes = codes.ok_or_else(|| failure("The codes are not kept any more. Make new ones."))?;
        let file = folder::to_write(self, typed)?;
        let shown = file.display().to_string();
        let saving = tokio::task::spawn_blocking(move || codes.save(&file));
        saving.await.map_err(failure)?.map_err(failure)?;
        Ok(Told::Saved(clean(&shown)))
    }
}

/// Where a step of a sign-in went.
enum Went {
    To(Step),
    Told(Told),
}

/// A session that goes on needs no word about names.
fn wrong_password(error: SignInError) -> Failure {
    match error {
        SignInError::Refused => failure(
            "That password is not right, or the account is locked. After several wrong tries wait, or ask an administrator.",
        ),
        other => failure(other),
    }
}

fn secret(enrolment: &Enrolment) -> Secret {
    Secret { uri: enrolment.uri(), groups: enrolment.groups() }
}

fn slot(stored: StoredSlot) -> Slot {
    let used = stored.used.map(|(at, from)| (at, clean(from.as_str())));
    Slot { number: stored.number, used }
}

fn session(open: OpenSession) -> OwnSession {
    OwnSession {
        id: open.id,
        since: open.opened_at,
        last_key: open.last_seen_at,
        origin: clean(open.origin.as_str()),
        is_this: open.is_own,
    }
}

/// The session of whoever administers directly, as the screens greet it.
pub(in crate::tui) fn of_direct(session: &Session) -> Option<Welcome> {
    Some(Welcome::of("direct".parse().ok()?, session.role()))
}
