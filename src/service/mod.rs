//! Use cases: what the program does, each taking proof of permission.

pub mod administration;
pub mod auth;
pub mod authorized;
pub mod chain;
pub mod demo;
pub mod doctor;
pub mod export;
pub mod figures;
pub mod import;

mod passwords;

pub use authorized::{Authorized, NotAllowed, Session};
