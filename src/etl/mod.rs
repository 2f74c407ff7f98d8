//! The loading pipeline: source, align, validate, stage, check, merge, receipt.

pub mod source;
