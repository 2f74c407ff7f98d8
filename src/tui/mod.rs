//! The screens in the terminal.

pub mod model;
pub mod view;
