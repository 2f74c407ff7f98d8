//! Every shared piece of the screens, to be looked at; there is no database behind it.

use super::model::App;
use super::model::gallery::Gallery;
use super::model::sign_in::SignIn;
use super::runtime::runner::Runner;
use super::view::theme::Theme;
use super::{TerminalError, needs_a_terminal, runtime};
use crate::settings::{Settings, Theme as Chosen};
use std::path::PathBuf;

/// Shows the gallery until the person quits.
///
/// # Errors
/// [`TerminalError`] where there is no terminal, or it can not be read or written.
pub async fn run(settings: &Settings) -> Result<(), TerminalError> {
    needs_a_terminal()?;
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let theme = match settings.screen.theme {
        Chosen::Mono => Theme::MONO,
        _ if no_color => Theme::MONO,
        Chosen::Terminal => Theme::TERMINAL,
        Chosen::Light => Theme::LIGHT,
        Chosen::Dark => Theme::DARK,
    };
    let mut app = App::new(SignIn::default(), jiff::tz::TimeZone::system());
    app.gallery = Some(Gallery::default());
    let (runner, news) = Runner::new(None, 0, false, PathBuf::new());
    runtime::run(app, theme, runner, news).await
}
