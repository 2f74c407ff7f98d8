//! The chain's records, as people look at them.

mod behind;
mod columns;
mod conditions;
mod figures;
mod keys;
mod one;
mod page;
mod row;
mod search;

pub use figures::figures;
pub use keys::keys;
pub use one::{lines, one, reports};
pub use page::{Listed, Order, RecordPage, RowPlace, Statement, page, statement};
pub use search::search;
