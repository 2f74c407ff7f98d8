//! The rules of signing in, as the settings give them.

use crate::db::users::Lockout;
use crate::domain::Role;
use crate::domain::session::Limits;
use crate::settings::Settings;
use std::path::PathBuf;

/// Who an authenticator app says its codes are for.
pub const ISSUER: &str = "Storekeeper";

/// The rules of signing in.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Wrong passwords, or wrong codes, before a lock, and how long that lasts.
    pub lockout: Lockout,
    /// bcrypt's cost for new passwords.
    pub bcrypt_cost: u32,
    /// The shortest password, in characters.
    pub password_length: usize,
    /// The least role that must have a second factor.
    pub second_factor_for: Role,
    /// How long a session lasts.
    pub session: Limits,
    /// The file with the keys that secrets are encrypted with.
    pub key_file: PathBuf,
}

impl Policy {
    /// The rules that the settings give.
    pub fn of(settings: &Settings) -> Policy {
        let security = &settings.security;
        Policy {
            lockout: Lockout { attempts: security.sign_in_attempts, minutes: security.lockout_minutes },
            bcrypt_cost: security.bcrypt_cost,
            password_length: usize::try_from(security.password_length).unwrap_or(usize::MAX),
            second_factor_for: security.second_factor_for,
            session: Limits { idle_minutes: security.idle_minutes, hours: security.session_hours },
            key_file: security.key_file.clone().unwrap_or_else(|| settings.data_dir.join("keys.toml")),
        }
    }

    /// Whether a role must have a second factor.
    pub fn demands_second_factor(&self, role: Role) -> bool {
        role >= self.second_factor_for
    }
}
