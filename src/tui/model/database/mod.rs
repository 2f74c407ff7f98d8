//! The screen of the database, for its administrators: the connection, the schema, the rows, the checks, and sample data.

mod act;
pub mod ask;
pub(super) mod table;

use super::App;
use super::command::Place;
use super::message::{Failure, JobId};
use super::question::Stake;
use crate::domain::Table;
use crate::domain::check::{Check, Checked};
use crate::domain::number_format::in_thousands;
use crate::service::database::Look;
use ask::DatabaseJob;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Orders of the sample data that is made from here.
pub const SAMPLE_ORDERS: u64 = 5000;

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Database {
    /// What the database is like, and when it was asked.
    pub look: Option<(Box<Look>, Timestamp)>,
    /// Whether whoever looks has a second factor.
    pub has_second_factor: bool,
    /// How many rows each table has, as far as they are counted.
    pub counts: BTreeMap<Table, u64>,
    /// What is being checked.
    pub checking: Option<Check>,
    /// What was checked.
    pub checked: Vec<Checked>,
    /// The work under way.
    pub working: Option<Working>,
    /// Why the last one did not end well.
    pub failure: Option<Failure>,
    /// How far the screen is scrolled.
    pub scroll: u16,
}

/// Work under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// Which job it is.
    pub id: JobId,
    /// What it does.
    pub job: DatabaseJob,
    /// How far it is, in words.
    pub at: String,
    /// Whether it was told to stop.
    pub stopping: bool,
}

impl Working {
    /// What goes on, in words.
    pub fn in_words(&self) -> String {
        if self.stopping {
            return "stopping".to_owned();
        }
        let what = match self.job {
            DatabaseJob::Look => "looking",
            DatabaseJob::Check => "checking",
            DatabaseJob::Migrate => "bringing the schema up to date",
            DatabaseJob::MakeDemo => "making sample data",
            DatabaseJob::ClearDemo => "taking the sample data away",
        };
        if self.at.is_empty() { what.to_owned() } else { format!("{what}: {}", self.at) }
    }
}

impl Database {
    /// Where commands can be given, the most particular place first.
    pub(super) fn places(&self) -> &'static [Place] {
        match self.working {
            Some(_) => &[Place::DatabaseWorking, Place::Database, Place::Rows],
            None => &[Place::Database, Place::Rows],
        }
    }

    /// Whether the chain is a demo, as far as it is known.
    pub fn is_demo(&self) -> bool {
        self.look.as_ref().is_some_and(|(look, _)| look.demo.is_some())
    }

    /// Whether no table has a row.
    pub fn is_empty(&self) -> bool {
        self.counts.len() == Table::EACH.len() && self.counts.values().all(|rows| *rows == 0)
    }
}

/// What is asked before sample data is made; nothing where it can not be.
fn making(app: &App) -> Option<String> {
    let database = &app.database;
    database.is_empty().then(|| {
        format!(
            "Make sample data of {SAMPLE_ORDERS} orders in this chain, with three users of known passwords?"
        )
    })
}

/// What clearing sample data would take away; nothing where the chain is no demo.
fn clearing(app: &App) -> Option<Stake> {
    let (look, _) = app.database.look.as_ref()?;
    look.demo?;
    let rows: u64 = app.database.counts.values().sum();
    let rows = in_thousands(&rows.to_string(), ",");
    let question = format!(
        "Take all sample data of {} away, {rows} rows? They can not be brought back. Users stay. Type the name of the database to \
         say that you mean it.",
        look.database
    );
    Some(Stake { question, name: look.database.clone() })
}
