//! Reports and exports: rows in, bytes out.

pub mod pdf;

mod csv;
mod draft;
mod encoder;
mod json;

pub use draft::Draft;
pub use encoder::{Encoder, Format};
