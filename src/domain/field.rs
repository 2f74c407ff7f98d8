//! A column of rows that leave the program.

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in SQL and in files.
    pub name: String,
    /// What its cells hold.
    pub kind: FieldKind,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A whole number.
    Integer,
    /// A number with decimals, written exactly.
    Decimal,
    /// A calendar day, `YYYY-MM-DD`.
    Day,
    /// Text.
    Text,
}
