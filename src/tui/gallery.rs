//! Every shared piece of the screens, to be looked at; there is no database behind it.

use super::model::App;
use super::model::gallery::Gallery;
use super::model::sign_in::SignIn;
use super::runtime::runner::{Files, Runner};
use super::{TerminalError, Wardrobe, needs_a_terminal, runtime};
use crate::domain::Origin;

/// Shows the gallery until the person quits.
///
/// # Errors
/// [`TerminalError`] where there is no terminal, or it can not be read or written.
pub async fn run(themes: Wardrobe) -> Result<(), TerminalError> {
    needs_a_terminal()?;
    let mut app = App::new(SignIn::default(), jiff::tz::TimeZone::system());
    app.themes = themes.names();
    app.gallery = Some(Gallery::default());
    let (runner, news) = Runner::new(None, Origin::default(), Files::default(), None, None);
    runtime::run(app, themes, false, runner, news).await.map(drop)
}
