//! Loading from another system's server: the steps that come before the columns, [`form`] and [`endpoints`].

mod act;
mod dialog;
pub mod endpoints;
pub mod form;
pub mod reading;
mod reply;
pub mod table;

pub use dialog::Dialog;

use crate::etl::source::api::Asking;
use endpoints::Endpoints;
use form::ServerForm;
use jiff::Timestamp;

/// The state of these steps.
#[derive(Debug, Default)]
pub struct Server {
    /// Which server.
    pub form: ServerForm,
    /// What it has.
    pub found: Endpoints,
    /// How far the question is that is open.
    pub asking: Option<Box<Asking>>,
    /// When that was told.
    asked_at: Timestamp,
    /// Whether what is loaded comes from a server, and not from files.
    pub is_origin: bool,
}
