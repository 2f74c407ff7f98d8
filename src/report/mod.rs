//! Reports and exports: rows in, bytes out.

mod csv;
mod draft;
mod encoder;
mod json;

pub use draft::Draft;
pub use encoder::{Encoder, Format};
