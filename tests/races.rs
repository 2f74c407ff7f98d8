//! Races: many at once at what only one, or a few, may have. Each test prints what a naive way would have let through.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

#[path = "races/administrators.rs"]
mod administrators;
#[path = "races/codes.rs"]
mod codes;
#[path = "races/guesses.rs"]
mod guesses;
#[path = "races/writers.rs"]
mod writers;
