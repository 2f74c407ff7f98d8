//! Structured logs: JSON lines with correlation ids, rotated by day.
