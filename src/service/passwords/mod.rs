//! Passwords: their hashes, and changing one's own.

mod change;
mod hashing;

pub use change::{ChangeError, change, change_at_sign_in};
pub use hashing::HashError;

pub(super) use change::REMEMBERED;
pub(super) use hashing::{BACKUP_CODE_COST, hash, is_cheaper_than, matches};
