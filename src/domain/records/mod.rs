//! The chain's records as people look at them: which columns a table shows, how its rows are narrowed, what a record tells.

mod asked;
mod cell;
mod fields;
mod filter;
mod found;
mod id;
mod sheet;
mod words;

pub use asked::asked;
pub use cell::Cell;
pub use fields::{Field, Kind, field, fields, title};
pub use filter::{Condition, Filter, FilterError, Test, Value};
pub use found::{Found, Sought};
pub use id::RecordId;
pub use sheet::{Fact, Lead, Row, Section, Sheet, Spot};
pub use words::Words;
