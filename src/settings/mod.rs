//! Layered configuration: where each value came from, and which files may be trusted.
