//! Storekeeper runs a small retail chain from a terminal.
//!
//! The house has floors; a module imports only from floors below its own, and `tests/floors.rs` keeps it so.
//!
//! | floor | room | what lives there |
//! |---|---|---|
//! | 6 | [`cli`], [`tui`] | the two doors: commands in the shell, screens in the terminal |
//! | 5 | [`service`] | use cases, each taking proof of permission |
//! | 4 | [`etl`], [`report`] | the loading pipeline; data as bytes for others |
//! | 3 | [`db`] | the only place that knows MySQL |
//! | 2 | [`local_server`] | finds, starts, shares and stops the private database server |
//! | 1 | [`settings`], [`telemetry`] | layered configuration; logs |
//! | 0 | [`domain`] | pure types and rules: no I/O, no clock |

pub mod cli;
pub mod db;
pub mod domain;
pub mod etl;
pub mod local_server;
pub mod report;
pub mod service;
pub mod settings;
pub mod telemetry;
pub mod tui;
