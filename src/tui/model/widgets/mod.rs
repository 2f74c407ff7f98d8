//! The state of the pieces screens share. Each is pure: keys in, and what came of them out.

pub mod confirm;
pub mod data_table;
pub mod find;
pub mod form;
pub mod local_table;
pub mod log_view;
pub mod pick_list;
pub mod qr;
pub mod toast;
