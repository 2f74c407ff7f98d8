//! Rows from any REST API, without being told its shape.
//!
//! [`client`] asks politely and safely; [`discover`] finds which address holds which table; [`envelope`] where the rows are
//! in a reply; [`paging`] how one page leads to the next; [`fetch`] reads all of them into a temporary file and says
//! whether that was all. From there [`rows`] hands them on to the pipeline as a file's.

mod address;
mod body;
mod client;
mod columns;
mod credentials;
mod discover;
mod envelope;
mod error;
mod failures;
mod fetch;
mod first_word;
mod guard;
mod inside;
mod manners;
mod newer;
mod page;
mod paging;
mod pieces;
mod progress;
mod proof;
mod rows;
mod says;
mod sketch;
mod spool;
mod token;

pub use address::Base;
pub use client::{Client, Validators};
pub use credentials::{Auth, Credentials};
pub use discover::{Discovery, Endpoint, Known, Said, Sure, discover, look_again};
pub use envelope::Envelope;
pub use error::ApiError;
pub use fetch::{Fetched, Reading, fetch};
pub use first_word::{FirstWord, first_word};
pub use inside::Inside;
pub use manners::Manners;
pub use newer::{filter_for, growing_field};
pub use paging::{Paging, Way};
pub use progress::{Asking, Step, TableRead};
pub use proof::Whole;
pub use rows::ApiRows;
pub use spool::Spool;
