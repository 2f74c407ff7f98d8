//! The terminal program: a pure model, a pure view, and the runtime that joins them to the world.
