//! A load to be run.

use super::choices::Choices;
use crate::domain::{Table, clean};
use crate::etl::source::api::Endpoint;
use crate::etl::source::csv::Reading;
use crate::etl::{Dates, Mapping, Rejected};
use crate::service::api::{Chosen, LeftOut, Target};
use std::collections::BTreeSet;

/// One file of a load, or a folder of files named after tables.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Where it is, as it was typed or found.
    pub path: String,
    /// Its table, where somebody said it.
    pub table: Option<Table>,
    /// How it is written, as far as somebody said it.
    pub reading: Reading,
    /// Lines whose rows are left out, for they come corrected.
    pub without: BTreeSet<u64>,
    /// The address of a server that it is, where it is no file.
    pub endpoint: Option<Box<Endpoint>>,
}

impl Part {
    /// A file of which nothing is said.
    pub fn at(path: &str) -> Part {
        Part { path: path.to_owned(), ..Part::default() }
    }

    /// An address of a server.
    pub fn of(endpoint: &Endpoint) -> Part {
        let table = Some(endpoint.table);
        let path = clean(&endpoint.reading().name());
        Part { path, table, endpoint: Some(Box::new(endpoint.clone())), ..Part::default() }
    }
}

/// The tables of a server that are to be loaded.
#[derive(Debug, Clone)]
pub struct ServerJob {
    /// Names the reading: rows that were read under that number are not read again.
    pub reading: u64,
    /// The server.
    pub target: Target,
    /// Its addresses, and those to fall back on.
    pub chosen: Chosen,
    /// Read everything, also where only what is new could be asked for.
    pub full: bool,
    /// Rows that are left out, for they come corrected.
    pub left_out: LeftOut,
}

/// A load to run.
#[derive(Debug, Clone, Default)]
pub struct LoadJob {
    /// What it is called on the screen.
    pub title: String,
    /// The files.
    pub parts: Vec<Part>,
    /// The server, where it is not files that are loaded.
    pub server: Option<ServerJob>,
    /// Rows that were rejected before, as they were corrected.
    pub corrected: Option<Rejected>,
    /// How it is done.
    pub choices: Choices,
    /// What is said of columns.
    pub mapping: Mapping,
    /// What is said of days.
    pub dates: Dates,
    /// Only tell what would happen.
    pub dry_run: bool,
}
