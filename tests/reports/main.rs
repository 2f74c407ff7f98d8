//! Reports as PDF, on a real database, read back by programs that others wrote: `pdftotext`, `pdffonts`, `pdfinfo`
//! (poppler-utils) and `qpdf`. Where these are not there, the tests say so and are skipped.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../loading/chain.rs"]
mod chain;
#[path = "../support/mod.rs"]
mod support;

mod customers;
mod figures;
mod files;
mod paper;
mod readers;
mod rights;
mod shop;
