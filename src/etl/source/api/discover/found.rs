//! What was found of a server, as a value that screens can show and people can change.

use crate::domain::{Table, clean};
use crate::etl::Mapping;
use crate::etl::source::api::columns::{Sample, choose};
use crate::etl::source::api::envelope::Envelope;
use crate::etl::source::api::fetch::Reading;
use crate::etl::source::api::paging::Paging;
use serde::{Serialize, Serializer};
use std::collections::HashMap;
use url::Url;

/// Rows that are kept to be shown.
const SHOWN: usize = 5;

/// How sure it is that an address holds a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sure {
    /// Its rows lack columns that the table needs.
    Doubtful,
    /// Either its name or its fields say so.
    Likely,
    /// Its name and its fields say so.
    Sure,
}

impl Sure {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Sure::Doubtful => "doubtful",
            Sure::Likely => "likely",
            Sure::Sure => "sure",
        }
    }
}

/// An address that may hold a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Endpoint {
    /// The table.
    pub table: Table,
    /// The address.
    #[serde(serialize_with = "as_text")]
    pub url: Url,
    /// How sure that is.
    pub sure: Sure,
    /// Where its rows are in a reply.
    #[serde(serialize_with = "as_text")]
    pub rows_at: Envelope,
    /// How it is paged.
    #[serde(serialize_with = "as_text")]
    pub paging: Paging,
    /// Rows that the server says it has.
    pub total: Option<u64>,
    /// Rows of its first page.
    pub first_rows: u64,
    /// Why all this is thought.
    pub reasons: Vec<String>,
    /// Its fields, and the columns that they fill.
    pub columns: Vec<(String, String)>,
    /// Fields that are not loaded.
    pub left: Vec<String>,
    /// Fields that hold a list in each row, for which a row of ours has no room: they are not loaded.
    pub lists: Vec<String>,
    /// Columns that every row needs and that it does not have.
    pub missing: Vec<&'static str>,
    /// Its first rows, as the pipeline will see them.
    pub sample: Vec<Vec<String>>,
    /// All fields of its rows, as the server names them.
    #[serde(skip)]
    pub fields: Vec<String>,
    /// Its first rows as they came, a cell for each field.
    #[serde(skip)]
    pub rows: Vec<Vec<String>>,
}

impl Endpoint {
    /// What the first rows of an address show, taken for rows of that table.
    pub(super) fn of(
        (table, sure): (Table, Sure),
        (url, rows_at): (Url, Envelope),
        sample: Sample,
        reasons: Vec<String>,
        mapping: &Mapping,
    ) -> Endpoint {
        let choice = choose(table, &sample, mapping);
        let field = |place: &usize| sample.fields.get(*place).map(|field| clean(field)).unwrap_or_default();
        let cells = |row: &Vec<String>| -> Vec<String> {
            let cell = |(place, _): &(usize, String)| row.get(*place).map(|cell| clean(cell));
            choice.taken.iter().map(|taken| cell(taken).unwrap_or_default()).collect()
        };
        let cleaned = |names: &[String]| names.iter().map(|name| clean(name)).collect();
        Endpoint {
            table,
            url,
            sure,
            first_rows: sample.rows.len() as u64,
            paging: Paging::default(),
            total: None,
            reasons,
            columns: choice.taken.iter().map(|(place, name)| (field(place), name.clone())).collect(),
            left: cleaned(&choice.left),
            lists: cleaned(&sample.lists),
            missing: choice.missing.clone(),
            sample: sample.rows.iter().take(SHOWN).map(cells).collect(),
            fields: sample.fields,
            rows: sample.rows,
            rows_at,
        }
    }

    /// How it is read.
    pub fn reading(&self) -> Reading {
        let (url, envelope) = (self.url.clone(), self.rows_at.clone());
        Reading { table: self.table, url, envelope, paging: self.paging.clone(), last_time: None }
    }
}

fn as_text<T: std::fmt::Display, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(value)
}

/// What a server has.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Discovery {
    /// For each table the best address.
    pub endpoints: Vec<Endpoint>,
    /// The next best, to fall back on.
    pub others: Vec<Endpoint>,
    /// Descriptions that the server gives of itself.
    pub documents: Vec<String>,
    /// Addresses that were looked at.
    pub looked_at: u32,
}

/// What a person said of a table, which is not looked for then.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Its path below the address.
    pub path: Option<String>,
    /// Where the rows are.
    pub rows_at: Option<Envelope>,
    /// How it is paged.
    pub paging: Option<Paging>,
}

/// What is known or said before.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Other names of columns.
    pub mapping: Mapping,
    /// By table.
    pub tables: HashMap<Table, Said>,
    /// Only these tables are wanted, where any are named.
    pub only: Vec<Table>,
}
