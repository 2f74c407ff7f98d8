//! How a run looks as a row.

use super::key_of;
use crate::domain::history::PastRun;
use crate::tui::model::widgets::data_table::{Column, Row};
use jiff::Timestamp;
use jiff::tz::TimeZone;

const fn text(id: &'static str, title: &'static str, width: u16) -> Column {
    Column { id, title, width, is_number: false, sorts: true }
}

const fn number(id: &'static str, title: &'static str, width: u16) -> Column {
    Column { id, title, width, is_number: true, sorts: true }
}

/// The columns of the runs.
pub const COLUMNS: &[Column] = &[
    number("run", "Run", 5),
    text("began", "Began", 16),
    text("by", "By", 9),
    text("ended", "Ended", 13),
    text("source", "From", 17),
    number("new", "New", 9),
    number("changed", "Changed", 9),
    number("rejected", "Rejected", 8),
    number("removed", "Removed", 8),
    number("read", "Read", 10),
    text("mode", "Mode", 8),
    number("seconds", "Seconds", 8),
];

/// How a run ended, and whether it was taken back.
pub fn ending(run: &PastRun) -> String {
    let ended = run.status.replace('_', " ");
    run.undone_by.map_or(ended, |by| format!("undone by {by}"))
}

/// A moment as the history has it, where the reader is.
pub fn moment(at: &str, zone: &TimeZone) -> String {
    match at.parse::<Timestamp>() {
        Ok(at) => at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => at.to_owned(),
    }
}

/// The end of a path, which tells most; the whole of it is shown where the run is opened.
fn name(source: &str) -> String {
    source.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
}

/// A row for each run.
pub(super) fn rows(runs: &[PastRun], zone: &TimeZone) -> Vec<Row> {
    let count = |count: u64| if count == 0 { String::new() } else { count.to_string() };
    let row = |run: &PastRun| Row {
        key: key_of(run),
        cells: vec![
            run.run_id.to_string(),
            moment(&run.started_at, zone),
            run.actor.clone(),
            ending(run),
            name(&run.source),
            count(run.rows.inserted),
            count(run.rows.updated),
            count(run.rows.rejected),
            count(run.rows.deleted),
            count(run.rows.read),
            run.mode.clone(),
            run.seconds.map(|seconds| format!("{seconds:.1}")).unwrap_or_default(),
        ],
    };
    runs.iter().map(row).collect()
}
