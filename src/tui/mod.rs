//! The screens in the terminal.

pub mod gallery;
pub mod model;
mod runtime;
pub mod surface;
pub mod view;

pub use runtime::wardrobe::{Wardrobe, WardrobeError};

use crate::db::Db;
use crate::domain::Origin;
use crate::service::authorized::Session;
use crate::service::{Fence, Policy};
use crate::settings::Settings;
use model::App;
use model::keymap::Keymap;
use model::sign_in::{DemoHint, SignIn};
use runtime::runner::{Files, Runner};
use std::io::{IsTerminal, stdin, stdout};
use std::path::PathBuf;

/// What the screens are opened with.
#[derive(Debug)]
pub struct Start {
    /// The chain.
    pub db: Db,
    /// How to sign in, where this is the demo chain.
    pub demo: Option<DemoHint>,
    /// Whether the chain has no user yet.
    pub nobody_yet: bool,
    /// The rules of signing in.
    pub policy: Policy,
    /// Where the person is.
    pub origin: Origin,
    /// The session of whoever administers directly, without signing in.
    pub direct: Option<Session>,
    /// Whether a load may use `LOAD DATA LOCAL`.
    pub infile: bool,
    /// The folder for rows that a load rejects.
    pub rejects_dir: PathBuf,
    /// What is not to be read or written from the screens.
    pub fence: Fence,
    /// The colours.
    pub themes: Wardrobe,
    /// The keys.
    pub keymap: Keymap,
    /// Whether the mouse is asked for.
    pub mouse: bool,
    /// Whether motion is reduced.
    pub reduced_motion: bool,
    /// The settings, for what is asked of other systems' servers.
    pub settings: Settings,
}

impl Start {
    /// A start with what the settings say, for a chain with users that is no demo.
    pub fn of(db: Db, settings: &Settings, themes: Wardrobe) -> Start {
        Start {
            db,
            demo: None,
            nobody_yet: false,
            direct: None,
            policy: Policy::of(settings),
            origin: Origin::default(),
            infile: settings.load.infile,
            rejects_dir: settings.data_dir.join("rejects"),
            fence: Fence::of(settings),
            themes,
            keymap: Keymap::default(),
            mouse: settings.screen.mouse,
            reduced_motion: settings.screen.reduced_motion,
            settings: settings.clone(),
        }
    }
}

/// How the screens were left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// The person quit.
    AtWill,
    /// A signal, or the loss of the terminal: the program has to be gone within 2 s.
    InHaste,
}

/// Why the screens could not be shown, or not any longer.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Standard input or output leads elsewhere.
    #[error(
        "Storekeeper's screens need a terminal. Here it is a pipe or a file; use `storekeeper kpi` for the figures and \
         `storekeeper import` to load data."
    )]
    NotATerminal,
    /// The terminal did not do as asked.
    #[error("The terminal can not be used: {0}. Try another one, or `storekeeper kpi` for the figures.")]
    Io(#[from] std::io::Error),
}

/// Says early, before a database is started for nothing, whether there is a terminal to show the screens on.
///
/// # Errors
/// [`TerminalError::NotATerminal`] where standard input or output leads elsewhere.
pub fn needs_a_terminal() -> Result<(), TerminalError> {
    if stdin().is_terminal() && stdout().is_terminal() { Ok(()) } else { Err(TerminalError::NotATerminal) }
}

/// Shows the screens until the person quits, the terminal is gone or a signal ends the program.
///
/// Runs on the thread that calls it; the terminal is as it was before when this comes back, or panics.
///
/// # Errors
/// [`TerminalError`] where there is no terminal, or it can not be read or written.
pub async fn run(start: Start) -> Result<Left, TerminalError> {
    needs_a_terminal()?;
    let sign_in = SignIn { demo: start.demo, nobody_yet: start.nobody_yet, ..SignIn::default() };
    let mut app = App::new(sign_in, jiff::tz::TimeZone::system());
    app.keymap = start.keymap;
    app.load.still = start.reduced_motion;
    app.themes = start.themes.names();
    let welcome = start.direct.as_ref().and_then(runtime::identity::of_direct);
    let chain = Some((start.db, start.policy));
    let opener = runtime::opener::found();
    (app.reports.can_open, app.reports.folder) = (opener.is_some(), start.themes.folder());
    let files = Files {
        infile: start.infile,
        rejects_dir: start.rejects_dir,
        fence: start.fence,
        look: Some(start.settings.report.clone()),
        opener,
    };
    let settings = Some(start.settings);
    let (mut runner, news) = Runner::new(chain, start.origin, files, settings, start.direct);
    if let Some(welcome) = welcome {
        let begun = app.administer_directly(welcome, jiff::Timestamp::now());
        begun.into_iter().for_each(|effect| runner.perform(effect));
    }
    runtime::run(app, start.themes, start.mouse, runner, news).await
}
