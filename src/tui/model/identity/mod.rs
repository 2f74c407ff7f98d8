//! Who is at the keyboard: the steps of a sign-in, one's own security, the locked screen, and the end of a session.

mod answers;
pub mod ask;
pub mod backup_list;
pub mod clock;
pub mod code_step;
mod ending;
pub mod enrolment;
pub mod lock;
pub mod new_password;
pub mod security;
pub mod step;
