//! Use cases: what the program does, each taking proof of permission.

pub mod administration;
pub mod auth;
pub mod authorized;
pub mod chain;
pub mod demo;
pub mod direct;
pub mod doctor;
pub mod export;
pub mod figures;
pub mod history;
pub mod import;
pub mod sessions;

mod passwords;

pub use authorized::{Authorized, NotAllowed, Session};
