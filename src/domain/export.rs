//! What goes out of the chain, and in which form.

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Comma-separated values (RFC 4180), UTF-8.
    #[default]
    Csv,
    /// An array of objects, a row a line (RFC 8259).
    Json,
}

impl Format {
    /// The ending of files, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }
}

/// What a column holds, as far as an export has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A whole number.
    Integer,
    /// A decimal, which JSON gets as a string so that no reader makes a float of it.
    Decimal,
    /// A calendar day, as in `2026-01-31`.
    Date,
    /// Yes or no, as 1 or 0.
    Flag,
    /// Text.
    Text,
}

/// One column of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportColumn {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
}
