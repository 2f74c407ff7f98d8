//! Hashing passwords, away from the threads that keep the screens alive.

use crate::domain::password::LONGEST;
use secrecy::{ExposeSecret, SecretString};
use std::ops::RangeInclusive;
use tokio::sync::Semaphore;

/// How many passwords are hashed at once: a hash keeps a core busy for a quarter of a second.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// The costs that are accepted in a stored hash. 31 would keep a core busy for hours.
const COSTS: RangeInclusive<u32> = 10..=14;

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error("The password could not be hashed: {0}")]
pub struct HashError(String);

/// The bcrypt hash of a new password.
///
/// # Errors
/// [`HashError`] where the system has no randomness or the cost is out of range.
pub(super) async fn hash(password: SecretString, cost: u32) -> Result<String, HashError> {
    away(move || bcrypt::non_truncating_hash(password.expose_secret(), cost))
        .await?
        .map_err(|error| HashError(error.to_string()))
}

/// Whether a password belongs to a hash.
///
/// Takes as long for no hash, or for one that is damaged or of a cost that is refused, as for one of `cost`: how long it
/// takes must not tell who is there (OWASP ASVS 5, 6.3.8).
///
/// # Errors
/// [`HashError`] where the program is ending.
pub(super) async fn matches(
    password: SecretString,
    stored: Option<String>,
    cost: u32,
) -> Result<bool, HashError> {
    away(move || {
        let text = password.expose_secret();
        let usable =
            stored.filter(|hash| is_acceptable(hash) && text.len() <= LONGEST && !text.contains('\0'));
        match usable {
            Some(hash) => bcrypt::verify(text, &hash).unwrap_or(false),
            None => {
                let _ = bcrypt::verify("", &nobodys_hash(cost));
                false
            }
        }
    })
    .await
}

async fn away<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashError> {
    let ended = |_| HashError("the program is ending".to_owned());
    let _turn = AT_ONCE.acquire().await.map_err(|_| HashError("the program is ending".to_owned()))?;
    tokio::task::spawn_blocking(work).await.map_err(ended)
}

fn is_acceptable(hash: &str) -> bool {
    let mut parts = hash.split('$');
    let (_, version, cost) = (parts.next(), parts.next(), parts.next());
    version.is_some_and(|version| ["2a", "2b", "2y"].contains(&version))
        && cost.and_then(|cost| cost.parse().ok()).is_some_and(|cost| COSTS.contains(&cost))
        && hash.len() == 60
}

/// A well-formed hash that belongs to nobody, so that checking it takes as long as checking one that does.
fn nobodys_hash(cost: u32) -> String {
    format!("$2b${cost:02}${}{}", ".".repeat(22), ".".repeat(31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_alone() {
        let hashed = hash("Str0ng!Passw0rd-42".into(), 10).await.unwrap();
        for (password, expected) in
            [("Str0ng!Passw0rd-42", true), ("Str0ng!Passw0rd-43", false), ("Str0ng!Passw0rd-42\0x", false)]
        {
            assert_eq!(
                matches(password.into(), Some(hashed.clone()), 10).await.unwrap(),
                expected,
                "{password:?}"
            );
        }
        assert!(!matches("Str0ng!Passw0rd-42".into(), None, 10).await.unwrap());
    }

    #[test]
    fn a_hash_that_would_keep_us_for_hours_is_refused() {
        let tail = "a".repeat(53);
        assert!(is_acceptable(&format!("$2y$12${tail}")));
        for bad in
            [format!("$2b$31${tail}"), format!("$2b$04${tail}"), format!("$1$12${tail}"), String::new()]
        {
            assert!(!is_acceptable(&bad), "{bad}");
        }
    }

    #[test]
    fn nobodys_hash_is_well_formed() {
        assert!(is_acceptable(&nobodys_hash(12)));
        assert_eq!(bcrypt::verify("x", &nobodys_hash(10)).ok(), Some(false));
    }
}
