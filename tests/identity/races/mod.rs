//! Races: many at once at what only one, or a few, may have. Each test prints what a naive way would have let through.

mod administrators;
mod codes;
mod guesses;
mod writers;
