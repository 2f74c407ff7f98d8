//! What the audit log tells: actions, how each ended, and what it did.

pub mod changes;

use super::clean;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use std::fmt;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each name says it all")]
        pub enum $name { $($variant),+ }

        impl $name {
            /// All of them.
            pub const EACH: &[$name] = &[$($name::$variant),+];

            /// The word in the log. It never changes: entries of years ago have it too.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// What a word stands for.
            pub fn from_word(word: &str) -> Option<$name> {
                $name::EACH.iter().copied().find(|known| known.word() == word)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

words! {
    /// What was done.
    Action {
        SignIn = "sign_in",
        SignInRefused = "sign_in_refused",
        LockedOut = "locked_out",
        Unlocked = "unlocked",
        PasswordChanged = "password_changed",
        PasswordReset = "password_reset",
        SecondFactorEnrolled = "second_factor_enrolled",
        SecondFactorShown = "second_factor_shown",
        SecondFactorReset = "second_factor_reset",
        SecondFactorDisabled = "second_factor_disabled",
        BackupCodesMade = "backup_codes_made",
        BackupCodeUsed = "backup_code_used",
        KeysRotated = "keys_rotated",
        SessionEnded = "session_ended",
        UserCreated = "user_created",
        RoleChanged = "role_changed",
        UserActivated = "user_activated",
        UserDeactivated = "user_deactivated",
        UserRemoved = "user_removed",
        StaffLinked = "staff_linked",
        Import = "import",
        Export = "export",
        Report = "report",
        SettingsChanged = "settings_changed",
        DirectAdministration = "direct_administration",
        RecordCreated = "record_created",
        RecordChanged = "record_changed",
        RecordDeleted = "record_deleted",
        TargetsSet = "targets_set",
        DemoMade = "demo_made",
        DemoCleared = "demo_cleared",
        SchemaChanged = "schema_changed",
        AuditExported = "audit_exported",
        RightRefused = "right_refused",
    }
}

words! {
    /// How it ended.
    Outcome {
        Done = "done",
        Refused = "refused",
        Failed = "failed",
    }
}

/// One thing to be recorded. Who did it, from where and when is added where it is stored.
///
/// Nothing secret belongs in here: no password, code, token or key, nor a hash of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What was done.
    pub action: Action,
    /// To what: a kind of thing and its name or number, as in `user ann` or `order 17`.
    pub subject: String,
    /// How it ended.
    pub outcome: Outcome,
    /// The record as it was, as JSON.
    pub before: Option<String>,
    /// The record as it is now, as JSON.
    pub after: Option<String>,
    /// What else a person should know, in words.
    pub detail: String,
}

impl Entry {
    /// The longest subject, in characters, as the table holds it.
    const LONGEST_SUBJECT: usize = 255;
    /// The longest detail, in characters, of which each takes four bytes at the most.
    const LONGEST_DETAIL: usize = 16_000;

    /// An action that was done.
    pub fn done(action: Action, subject: impl fmt::Display) -> Entry {
        let subject = clean(&subject.to_string()).chars().take(Entry::LONGEST_SUBJECT).collect();
        Entry { action, subject, outcome: Outcome::Done, before: None, after: None, detail: String::new() }
    }

    /// An action that was refused.
    pub fn refused(action: Action, subject: impl fmt::Display) -> Entry {
        Entry::done(action, subject).ended(Outcome::Refused)
    }

    /// The same with this end.
    #[must_use]
    pub fn ended(self, outcome: Outcome) -> Entry {
        Entry { outcome, ..self }
    }

    /// The same with what a person should know besides.
    #[must_use]
    pub fn detail(self, words: impl fmt::Display) -> Entry {
        let detail = clean(&words.to_string()).chars().take(Entry::LONGEST_DETAIL).collect();
        Entry { detail, ..self }
    }

    /// The same with the record as it was. Of a record only what changed needs to be told.
    #[must_use]
    pub fn before(self, record: &Value) -> Entry {
        Entry { before: Some(record.to_string()), ..self }
    }

    /// The same with the record as it is now.
    #[must_use]
    pub fn after(self, record: &Value) -> Entry {
        Entry { after: Some(record.to_string()), ..self }
    }
}

/// An entry as the log has it. Its words are as they were written, also those of a later version of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Logged {
    /// Its number; there is no gap between two.
    pub id: u64,
    /// When, by the database's clock.
    pub at: Timestamp,
    /// Who; names in parentheses are no users.
    pub actor: String,
    /// As what.
    pub role: Option<String>,
    /// From where.
    pub origin: String,
    /// What; see [`Action`].
    pub action: String,
    /// To what.
    pub subject: String,
    /// How it ended; see [`Outcome`].
    pub outcome: String,
    /// The record as it was, as JSON.
    pub before: Option<String>,
    /// The record as it was then, as JSON.
    pub after: Option<String>,
    /// What else a person should know, in words.
    pub detail: String,
    /// The id under which the program's own log tells of the same work.
    pub correlation_id: String,
}

/// An entry with its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Linked {
    /// The entry.
    #[serde(flatten)]
    pub entry: Logged,
    /// The number of the user who did it, where it was one.
    pub user_id: Option<u32>,
    /// The hash of the entry before, in hexadecimal digits.
    pub previous_hash: String,
    /// Its own, which binds all of it and the one before.
    pub hash: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_word_fits_its_column_and_comes_back() {
        for action in Action::EACH {
            assert!(action.word().len() <= 64);
            assert_eq!(Action::from_word(action.word()), Some(*action));
        }
        assert_eq!(Outcome::EACH.len(), 3);
        assert_eq!(Action::from_word("sign in"), None);
    }

    #[test]
    fn an_entry_is_cleaned_and_cut_where_it_is_made() {
        let entry = Entry::refused(Action::SignIn, format!("user \u{202e}{}", "x".repeat(400)))
            .detail("one\ntwo")
            .before(&json!({ "role": "manager" }));
        assert_eq!(entry.subject.chars().count(), 255);
        assert!(entry.subject.starts_with("user xxx"));
        assert_eq!((entry.detail.as_str(), entry.outcome), ("one two", Outcome::Refused));
        assert_eq!(entry.before.as_deref(), Some(r#"{"role":"manager"}"#));
    }
}
