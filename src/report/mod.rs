//! Data in, bytes out.

pub mod csv;
pub mod json;
