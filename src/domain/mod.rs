//! Pure types and rules of the business. No I/O and no clock.
