//! Panics on demand, so that a test can see what becomes of the terminal.
//!
//! A release never looks at the variable: the compiler drops what is asked behind `cfg!(debug_assertions)`. Not a cargo
//! feature, because `cargo test` would then skip these proofs unless somebody remembered to ask for them; and no `#[cfg]`
//! on an item, so that a development build sees every error that a release would have.

/// Where a mishap can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The thread that owns the terminal.
    Screens,
    /// A task behind the screens.
    Task,
}

/// Panics where the environment variable `STOREKEEPER_MISHAP` names `place`: `screens` or `task`.
///
/// # Panics
/// That is what it is for.
#[allow(clippy::panic, reason = "a panic is what is to be seen")]
pub(super) fn may_happen(place: Place) {
    let name = match place {
        Place::Screens => "screens",
        Place::Task => "task",
    };
    if cfg!(debug_assertions) && std::env::var_os("STOREKEEPER_MISHAP").is_some_and(|wanted| wanted == name) {
        panic!("a mishap that was asked for");
    }
}
