//! What is asked of the services about identity, and what they tell. No proof of who somebody is passes through here but
//! what that person typed; what a sign-in under way has proved stays with whoever carries the questions out.

use crate::domain::session::Limits;
use crate::domain::{Role, SessionId, Username};
use crate::tui::model::message::Failure;
use jiff::Timestamp;
use secrecy::SecretString;
use std::time::Duration;

/// A question.
#[derive(Debug, Clone)]
pub enum Ask {
    /// Is this the code that the app shows? The second step of a sign-in.
    Code(SecretString),
    /// Is this one of the backup codes? The same step for who has not the phone.
    BackupCode(SecretString),
    /// Does this code come from an app that has the secret on the screen?
    Confirm(SecretString),
    /// Keep the backup codes on the screen in a new file of this name.
    SaveCodes(String),
    /// What comes after the backup codes?
    GoOn,
    /// Take this password, at a sign-in that owes a new one.
    NewPassword(SecretString),
    /// Take another password for the old one.
    ChangePassword {
        /// The present one.
        old: SecretString,
        /// The one to be.
        new: SecretString,
    },
    /// Is this the password of who locked the screen?
    Unlock(SecretString),
    /// How is my second factor, and where am I signed in?
    Security,
    /// Show my secret again; with the password.
    ShowSecret(SecretString),
    /// Make a secret for me to switch the second factor on with; with the password.
    SetUp(SecretString),
    /// Make new backup codes.
    NewBackupCodes(Proof),
    /// Switch my second factor off.
    SwitchOff(Proof),
    /// End this one of my sessions.
    EndSession(SessionId),
    /// Note that I am at the keyboard. How long does my session last?
    Touch,
}

/// What a person shows to be let at their own second factor.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The password.
    pub password: SecretString,
    /// A code of the app.
    pub code: SecretString,
}

/// An answer.
#[derive(Debug, Clone)]
pub enum Told {
    /// The sign-in goes on with this.
    Next(Next),
    /// The sign-in is over before it was complete, for this reason.
    Over(Failure),
    /// A secret, for an app to take in.
    Secret(Secret),
    /// New backup codes, for the one time that they are shown.
    BackupCodes(Vec<SecretString>),
    /// The codes are in this file.
    Saved(String),
    /// One's own security.
    Security(Known),
    /// It is done.
    Done,
    /// The session still lasts so long.
    Left {
        /// If no key is pressed any more.
        idle: Duration,
        /// In any case.
        absolute: Duration,
    },
}

/// What a sign-in takes next.
#[derive(Debug, Clone)]
pub enum Next {
    /// A code.
    Code,
    /// A second factor, with this secret.
    Enrol(Secret),
    /// A new password.
    NewPassword(Rules),
}

/// Somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// Who.
    pub name: Username,
    /// As what.
    pub role: Role,
    /// How long the session lasts; `None` for who has none and administers directly.
    pub limits: Option<Limits>,
    /// Failed tries since the sign-in before.
    pub failed_tries: u32,
    /// The sign-in before this one.
    pub last_sign_in: Option<Timestamp>,
    /// Backup codes left, where there is a second factor.
    pub backup_codes_left: Option<u8>,
    /// The shortest password that is taken, in characters.
    pub shortest_password: usize,
}

impl Welcome {
    /// Somebody of whom there is nothing to tell, whose session has no end.
    pub fn of(name: Username, role: Role) -> Welcome {
        Welcome {
            name,
            role,
            limits: None,
            failed_tries: 0,
            last_sign_in: None,
            backup_codes_left: None,
            shortest_password: 8,
        }
    }
}

/// A secret as an app takes it in.
#[derive(Debug, Clone)]
pub struct Secret {
    /// What a QR code says.
    pub uri: SecretString,
    /// To be typed by hand, in groups of four.
    pub groups: SecretString,
}

/// What a new password is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Whose it is.
    pub username: String,
    /// The fewest characters.
    pub shortest: usize,
}

/// One's own security.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Whether the second factor is on.
    pub is_on: bool,
    /// Whether the role must have it.
    pub is_mandatory: bool,
    /// The backup codes.
    pub backup_codes: Vec<Slot>,
    /// Where one is signed in, the newest first.
    pub sessions: Vec<OwnSession>,
}

impl Known {
    /// Backup codes that are left.
    pub fn left(&self) -> usize {
        self.backup_codes.iter().filter(|slot| slot.used.is_none()).count()
    }
}

/// A backup code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Which, from 1.
    pub number: u8,
    /// When it was used, and from where.
    pub used: Option<(Timestamp, String)>,
}

/// A session that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// Its number.
    pub id: SessionId,
    /// Since when.
    pub since: Timestamp,
    /// When a key was last known to be pressed there.
    pub last_key: Timestamp,
    /// From where.
    pub origin: String,
    /// Whether it is this one.
    pub is_this: bool,
}
