//! Loading, on a real server: what is taken, what is refused and why, and that nothing else is ever left behind.

#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod again;
mod aligning;
mod chain;
mod chunks;
mod contents;
mod corpus;
mod crashes;
mod empty_tables;
mod exporting;
mod faults;
mod full_disk;
mod lost_commits;
mod managers;
mod merging;
mod modes;
mod reading;
mod rejecting;
mod sample;
mod schema;
mod sifting;
mod spreadsheets;
mod stages;
mod told;
mod undoing;
