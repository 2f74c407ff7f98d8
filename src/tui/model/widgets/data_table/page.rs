//! What a table asks its source for, and what comes back.

/// Names a row for its source, and tells where it stands in the order asked for: what a query continues after. The
/// table itself never looks into it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey(pub String);

/// Where a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// At the first row.
    Start,
    /// Behind this row.
    After(RowKey),
    /// It ends in front of this row.
    Before(RowKey),
    /// It ends with the last row.
    End,
}

/// The order of rows; where it leaves two alike, the source keeps an order of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// The [`super::Column::id`] of the column.
    pub column: &'static str,
    /// The greatest first.
    pub descending: bool,
}

/// A question for rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it begins.
    pub from: From,
    /// The most rows to answer.
    pub limit: usize,
    /// Their order; the source's own where there is none.
    pub sort: Option<Sort>,
    /// Only rows that have this somewhere; all for an empty one.
    pub filter: String,
}

/// A row as it is shown, each cell cleaned ([`crate::domain::clean`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub key: RowKey,
    /// A cell for every column of the table, shown or not.
    pub cells: Vec<String>,
}

/// The rows of a page, from the top, whichever way they were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether there are more that way.
    pub more: bool,
    /// How many the filter leaves in all, where the source knows it cheaply.
    pub total: Option<u64>,
}
