//! Who is at the keyboard, what they may do, and proof of what they did.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/mod.rs"]
mod support;

mod audit;
mod keys;
mod listing;
mod passwords;
mod permissions;
mod races;
mod second_factor;
mod sessions;
mod sight;
mod signing_in;
mod targets;
mod timing;
mod users;
