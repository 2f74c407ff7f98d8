//! The chain's records on a real database: tables page by page, what narrows them, one record with its relations.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../support/mod.rs"]
mod support;

mod behind;
mod editing;
mod exporting;
mod large;
mod listing;
mod narrowing;
mod plans;
mod searching;
mod sheets;
mod shop;
mod statements;
