//! The state of the pieces screens share. Each is pure: keys in, and what is to be asked out.

pub mod data_table;
