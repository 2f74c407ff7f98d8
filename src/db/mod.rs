//! The only place that knows MySQL: connections, write transactions, migrations, one file an aggregate.

pub mod accounts;
pub mod administration;
pub mod api_marks;
pub mod audit;
pub mod chain;
pub mod check;
pub mod connection;
pub mod demo;
pub mod doctor;
pub mod error;
pub mod export;
pub mod figures;
pub mod history;
pub mod migrations;
pub mod morning;
pub mod records;
pub mod reports;
pub mod runs;
pub mod schema;
pub mod second_factor;
pub mod sessions;
pub mod sight;
pub mod stock;
pub mod stores;
pub mod target;
pub mod targets;
pub mod tx;
pub mod user_list;
pub mod users;
pub mod warrant;
pub mod write;

mod filled;
mod row;
mod stoppable;

pub use connection::{Db, Engine};
pub use error::DbError;
pub use target::{Address, Target};
pub use tx::Tx;
pub use warrant::{Proof, Warrant};
pub use write::Recorded;
