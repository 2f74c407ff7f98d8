//! A chain in its database: the schema, the rows of the demo, and the figures over them.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/mod.rs"]
mod support;

mod checking;
mod database;
mod demo;
mod demo_making;
mod figures;
mod server;
