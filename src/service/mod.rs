//! Use cases: what the program does, each taking proof of permission.

pub mod administration;
pub mod api;
pub mod audit;
pub mod auth;
pub mod authorized;
pub mod backup_codes;
pub mod chain;
pub mod check;
mod chunks;
pub mod database;
pub mod demo;
pub mod direct;
pub mod doctor;
pub mod editing;
pub mod export;
mod fence;
pub mod figures;
pub mod history;
pub mod import;
pub mod look;
pub mod mend;
pub mod passwords;
pub mod policy;
pub mod records;
pub mod reports;
mod schema;
pub mod second_factor;
pub mod sessions;
pub mod targets;
pub mod user_list;
pub mod users;
pub mod vault;

pub use authorized::{Authorized, NotAllowed, Session};
pub use fence::{Fence, Fenced};
pub use policy::Policy;
