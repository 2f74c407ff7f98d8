//! Hashing passwords, away from the threads that keep the screens alive.

use crate::domain::password::LONGEST;
use secrecy::{ExposeSecret, SecretString};
use std::ops::RangeInclusive;
use std::thread;
use tokio::sync::{Semaphore, oneshot};

/// How many passwords are hashed at once: a hash keeps a core busy for a quarter of a second.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// How far a hash steps back: it gets a third of what others get of a core (sched(7), "The nice value").
#[cfg(target_os = "linux")]
const NICE: i32 = 5;

/// The costs that are accepted in a stored hash. 31 would keep a core busy for hours.
const COSTS: RangeInclusive<u32> = 10..=14;

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error("The password could not be hashed: {0}")]
pub struct HashError(String);

/// The cost of a backup code's hash: its 50 bits are random, so that no dearer hash is needed.
pub(in crate::service) const BACKUP_CODE_COST: u32 = *COSTS.start();

/// The bcrypt hash of a new password.
///
/// # Errors
/// [`HashError`] where the system has no randomness or the cost is out of range.
pub(in crate::service) async fn hash(password: SecretString, cost: u32) -> Result<String, HashError> {
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
pub(in crate::service) async fn matches(
    password: SecretString,
    stored: Option<String>,
    cost: u32,
) -> Result<bool, HashError> {
    away(move || {
        let text = password.expose_secret();
        let usable =
            stored.filter(|hash| is_acceptable(hash) && text.len() <= LONGEST && !text.contains('\0'));
        let right = usable.as_ref().is_some_and(|hash| bcrypt::verify(text, hash).unwrap_or(false));
        let spent = usable.as_deref().and_then(cost_of);
        make_up_for(spent, cost);
        right
    })
    .await
}

/// Does work on a thread of its own, which steps back for whoever has but a moment's work: when several people sign in at
/// once, each in a program of their own, the screens of the others go on answering keys.
async fn away<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashError> {
    let ended = || HashError("the program is ending".to_owned());
    let _turn = AT_ONCE.acquire().await.map_err(|_| ended())?;
    let (answer, answered) = oneshot::channel();
    let working = move || {
        step_back();
        let _ = answer.send(work());
    };
    thread::Builder::new()
        .name("hashing".to_owned())
        .spawn(working)
        .map_err(|cause| HashError(cause.to_string()))?;
    answered.await.map_err(|_| ended())
}

/// Lowers the priority of this thread alone: on Linux each has its own (setpriority(2), "C library/kernel differences"). On
/// other systems it would be the whole program's, and is left.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(cause) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(%cause, "a password is hashed at the priority of everything else");
    }
}

/// Spends the rest of the work of one bcrypt of `cost`. Each step of the cost doubles the work: after one of cost 10, one
/// more of 10 and one of 11 make up one of 12.
fn make_up_for(spent: Option<u32>, cost: u32) {
    let rest = spent.map_or(cost..=cost, |spent| spent..=cost.saturating_sub(1));
    for cost in rest {
        let _ = bcrypt::verify("", &nobodys_hash(cost));
    }
}

/// Whether a hash was made at a lower cost than this.
pub(in crate::service) fn is_cheaper_than(hash: &str, cost: u32) -> bool {
    cost_of(hash).is_some_and(|made| made < cost)
}

fn cost_of(hash: &str) -> Option<u32> {
    hash.split('$').nth(2).and_then(|cost| cost.parse().ok())
}

fn is_acceptable(hash: &str) -> bool {
    hash.split('$').nth(1).is_some_and(|version| ["2a", "2b", "2y"].contains(&version))
        && cost_of(hash).is_some_and(|cost| COSTS.contains(&cost))
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
