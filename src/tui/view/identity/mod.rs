//! Who is at the keyboard, as it is drawn: steps and tasks, one's own security, the lock, and what is told over a screen.

pub(super) mod lock;
pub(super) mod over;
mod page;
mod secret;
pub(super) mod security;

pub(super) use page::Page;
