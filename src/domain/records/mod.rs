//! The chain's records as people look at them: which columns a table shows, how its rows are narrowed, what a record tells.

mod asked;
mod cell;
pub mod clash;
pub mod edit;
mod fields;
mod filter;
mod found;
pub mod history;
mod id;
mod row_id;
mod sheet;
mod words;

pub use asked::asked;
pub use cell::Cell;
pub use fields::{Field, Kind, field, fields, title};
pub use filter::{Condition, Filter, FilterError, Test, Value};
pub use found::{Found, Sought};
pub use id::RecordId;
pub use row_id::{RowId, word};
pub use sheet::{Fact, Lead, Row, Section, Sheet, Spot};
pub use words::Words;
