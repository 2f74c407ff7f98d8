//! The real program in a terminal, as a person would see it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod allowed;
mod dashboard;
mod database;
mod day;
mod demo;
mod first_day;
mod from_a_server;
mod guest;
mod records;
mod road;
#[path = "../api/server.rs"]
mod server;
mod sessions;
mod terminal;
mod walk;
