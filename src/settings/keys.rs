//! The one table of settings: each key with what it may hold. Everything that knows keys reads it from here.

use std::net::IpAddr;

use config::ValueKind;

use crate::domain::NumberFormat;

/// One setting.
pub(super) struct Key {
    /// Dotted, as in `database.host`.
    pub(super) name: &'static str,
    /// What it may hold.
    pub(super) rule: Rule,
}

/// What a setting may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Any text without control characters.
    Text,
    /// Any text; never shown.
    Secret,
    /// A host's name or address.
    Host,
    /// A database's name that needs no quoting and leaves room for `_staging`.
    DatabaseName,
    /// A full path.
    Path,
    /// A whole number between the two, both included.
    Whole(i64, i64),
    /// True or false.
    Switch,
    /// The sum 1234.50 with the marks and the currency that all sums are to have.
    Sum,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

const fn key(name: &'static str, rule: Rule) -> Key {
    Key { name, rule }
}

/// Every setting, in the order it is shown.
pub(super) const KEYS: &[Key] = &[
    key("profile", Rule::OneOf(&["development", "production", "testing"])),
    key("data_dir", Rule::Path),
    key("database.host", Rule::Host),
    key("database.port", Rule::Whole(1, 65_535)),
    key("database.socket", Rule::Path),
    key("database.name", Rule::DatabaseName),
    key("database.user", Rule::Text),
    key("database.password", Rule::Secret),
    key("database.tls", Rule::OneOf(&["auto", "required", "off"])),
    key("database.connect_timeout_seconds", Rule::Whole(1, 300)),
    key("server.program", Rule::Path),
    key("server.buffer_pool_mib", Rule::Whole(16, 1_048_576)),
    // Below 10 a stolen table is guessed too fast; above 14 a sign-in takes seconds (OWASP, Password Storage).
    key("security.bcrypt_cost", Rule::Whole(10, 14)),
    key("security.sign_in_attempts", Rule::Whole(1, 100)),
    key("security.lockout_minutes", Rule::Whole(1, 1_440)),
    key("security.password_length", Rule::Whole(8, 64)),
    key("security.second_factor_for", Rule::OneOf(&["employee", "manager", "administrator"])),
    key("security.idle_minutes", Rule::Whole(1, 720)),
    key("security.session_hours", Rule::Whole(1, 24)),
    key("security.key_file", Rule::Path),
    key("security.direct_administration", Rule::Switch),
    key("log.level", Rule::OneOf(&["error", "warn", "info", "debug", "trace"])),
    key("log.keep_days", Rule::Whole(1, 3_650)),
    key("load.infile", Rule::Switch),
    key("api.rate", Rule::Whole(1, 100_000)),
    key("api.concurrency", Rule::Whole(1, 32)),
    key("api.attempts", Rule::Whole(1, 20)),
    key("api.first_wait_ms", Rule::Whole(1, 60_000)),
    key("api.patience_seconds", Rule::Whole(1, 86_400)),
    key("api.reply_seconds", Rule::Whole(1, 86_400)),
    key("api.reply_mib", Rule::Whole(1, 1_048_576)),
    key("api.pages", Rule::Whole(1, 1_000_000_000)),
    key("api.rows", Rule::Whole(1, 1_000_000_000_000)),
    key("report.paper", Rule::OneOf(&["a4", "letter"])),
    key("report.money", Rule::Sum),
    key("report.business", Rule::Text),
    key("screen.theme", Rule::Text),
    key("screen.ascii", Rule::Switch),
    key("screen.mouse", Rule::Switch),
    key("screen.reduced_motion", Rule::Switch),
];

/// The lines an env file may have, and the settings they are. The names are the old program's.
pub(super) const ENV_FILE_NAMES: &[(&str, &str)] = &[
    ("DB_USER", "database.user"),
    ("DB_PASSWORD", "database.password"),
    ("DB_HOST", "database.host"),
    ("DB_PORT", "database.port"),
    ("DB_NAME", "database.name"),
];

/// The setting of this name.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// Whether this is the name of a `[section]`.
pub(super) fn is_section(name: &str) -> bool {
    KEYS.iter().any(|key| key.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

/// The name most like the one written.
pub(super) fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> &'a str {
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(written, name);
    known.max_by(|a, b| likeness(a).total_cmp(&likeness(b))).unwrap_or_default()
}

/// A value as a layer gives it.
pub(super) enum Raw {
    /// From a place that knows only text: numbers and switches are read out of it.
    Text(String),
    /// From a file with types of its own.
    Typed(toml::Value),
}

impl Rule {
    /// The value in the setting's own type; `None` where the rule forbids it.
    pub(super) fn read(self, raw: &Raw) -> Option<ValueKind> {
        match (self, raw) {
            (Self::Whole(least, most), raw) => {
                whole(raw).filter(|number| (least..=most).contains(number)).map(ValueKind::I64)
            }
            (Self::Switch, raw) => switch(raw).map(ValueKind::Boolean),
            (_, Raw::Text(text) | Raw::Typed(toml::Value::String(text))) => {
                self.accepts(text).then(|| ValueKind::String(text.clone()))
            }
            (_, Raw::Typed(_)) => None,
        }
    }

    fn accepts(self, text: &str) -> bool {
        match self {
            // An account may have an empty password.
            Self::Secret => !text.contains('\0'),
            Self::Host => is_host(text),
            Self::DatabaseName => {
                (1..=56).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            }
            Self::Path => text.starts_with('/') && !text.contains(char::is_control),
            Self::Sum => NumberFormat::like(text).is_ok(),
            Self::OneOf(words) => words.contains(&text),
            Self::Text | Self::Whole(..) | Self::Switch => {
                !text.is_empty() && !text.contains(char::is_control)
            }
        }
    }

    /// What the rule allows, to follow "it must be".
    pub(super) fn allowed(self) -> String {
        match self {
            Self::Text => "text in quotes, not empty".to_owned(),
            Self::Secret => "text in quotes".to_owned(),
            Self::Host => "a host name or address alone, without port, user or scheme".to_owned(),
            Self::DatabaseName => "1 to 56 letters, digits or _".to_owned(),
            Self::Path => "a full path, beginning with /".to_owned(),
            Self::Whole(least, most) => format!("a whole number from {least} to {most}"),
            Self::Switch => "true or false".to_owned(),
            Self::Sum => "the sum 1234.50 as it is to be written, as in $1,234.50 or 1.234,50 kr".to_owned(),
            Self::OneOf(words) => format!("one of {}", words.join(", ")),
        }
    }

    /// The refused value as an error may show it: nothing that is, or may hold, a password.
    pub(super) fn shown(self, raw: &Raw) -> String {
        let text = match raw {
            Raw::Text(text) => format!("{text:?}"),
            Raw::Typed(value) => value.to_string(),
        };
        // `mysql://user:password@host` is what people paste where a host is wanted.
        if self == Self::Secret || text.contains('@') {
            return super::show::MASK.to_owned();
        }
        super::show::visible(&text).chars().take(80).collect()
    }
}

fn whole(raw: &Raw) -> Option<i64> {
    match raw {
        Raw::Text(text) => text.trim().parse().ok(),
        Raw::Typed(value) => value.as_integer(),
    }
}

fn switch(raw: &Raw) -> Option<bool> {
    match raw {
        Raw::Text(text) => text.trim().parse().ok(),
        Raw::Typed(value) => value.as_bool(),
    }
}

fn is_host(text: &str) -> bool {
    text.parse::<IpAddr>().is_ok()
        || ((1..=253).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')))
}
