//! Every shared piece on one screen, to be looked at; it needs no database.

pub mod source;
