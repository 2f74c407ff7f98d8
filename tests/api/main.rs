//! Loading from REST APIs: a scripted server that does everything wrong that servers do, shapes that nobody told of, and
//! real servers that others wrote. Each load is a run of the real program on a real database.

#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/mod.rs"]
mod support;

mod credentials;
mod hostile;
mod incremental;
mod real;
mod server;
mod shapes;
mod tls;
mod world;
