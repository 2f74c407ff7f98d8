//! The runtime: the only part of the screens that knows a terminal, a clock, signals and tasks.

mod alarm;
mod dashboard;
mod database;
mod decode;
mod desk;
mod editing;
mod export;
mod folder;
mod frames;
mod guard;
pub(super) mod identity;
mod input;
mod jobs;
mod load;
mod loads;
mod memory;
mod mishap;
pub(super) mod opener;
mod reader;
mod records;
mod report;
pub(super) mod runner;
mod screen;
mod sequence;
mod server;
mod signals;
pub(super) mod wardrobe;

use super::model::message::{Effect, JobEvent, Msg};
use super::model::reports::ask::ReportNews;
use super::model::{App, update};
use super::{Left, TerminalError};
use alarm::Alarm;
use decode::Heard;
use frames::Frames;
use guard::Guard;
use jiff::Timestamp;
use runner::{News, Runner};
use screen::Screen;
use secrecy::ExposeSecret;
use signals::{Signal, Signals};
use std::ops::ControlFlow;
use tokio::time::Instant;
use wardrobe::Wardrobe;

/// What woke the loop.
enum Happened {
    Signal(Signal),
    /// Nobody is at the other end any more.
    TerminalGone,
    Heard(Heard),
    News(Msg),
    FrameDue,
    /// It is the time that the model named.
    Time,
}

/// The whole of a session: wait for something, take it in, do what it calls for, draw what changed.
pub(super) async fn run(
    app: App,
    themes: Wardrobe,
    mouse: bool,
    runner: Runner,
    mut news: News,
) -> Result<Left, TerminalError> {
    let guard = Guard::enter(mouse)?;
    let mut session =
        Session { app, themes, runner, screen: Screen::default(), guard, frames: Frames::default() };
    let mut signals = Signals::new()?;
    let mut terminal = reader::listen()?;
    let mut alarm = Alarm::new()?;
    session.draw()?;
    session.screen.ask()?;
    let left = loop {
        alarm.set(session.app.wake_at())?;
        let happened = tokio::select! {
            biased;
            signal = signals.next() => Happened::Signal(signal),
            () = alarm.due() => Happened::Time,
            heard = terminal.recv() => heard.map_or(Happened::TerminalGone, Happened::Heard),
            msg = news.next() => Happened::News(msg),
            () = session.frames.due(), if session.frames.is_wanted() => Happened::FrameDue,
        };
        if let ControlFlow::Break(left) = session.take_in(happened)? {
            break left;
        }
        if session.frames.may_draw(Instant::now(), !terminal.is_empty()) {
            session.draw()?;
        }
    };
    session.runner.end().await;
    Ok(left)
}

struct Session {
    app: App,
    themes: Wardrobe,
    runner: Runner,
    screen: Screen,
    guard: Guard,
    frames: Frames,
}

impl Session {
    fn take_in(&mut self, happened: Happened) -> Result<ControlFlow<Left>, TerminalError> {
        mishap::may_happen(mishap::Place::Screens);
        match happened {
            Happened::Signal(Signal::End) | Happened::TerminalGone => {
                return Ok(ControlFlow::Break(Left::InHaste));
            }
            Happened::Signal(Signal::Stop) => self.suspend()?,
            Happened::Signal(Signal::Continued) => self.come_back()?,
            Happened::Signal(Signal::Resized) => {
                // Even where it ends at the size it had: what was cut off meanwhile is gone.
                self.screen.forget();
                self.frames.want();
            }
            Happened::Heard(Heard::Event(event)) => match input::message(event) {
                input::Input::Msg(msg) => return self.update(msg),
                input::Input::Nothing => {}
            },
            Happened::Heard(Heard::Mode(mode, setting)) => self.screen.mode_is(mode, setting),
            Happened::News(msg) => return self.update(msg),
            Happened::Time => return self.update(Msg::Tick),
            Happened::FrameDue => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    fn update(&mut self, msg: Msg) -> Result<ControlFlow<Left>, TerminalError> {
        // Only what goes on tells of itself unasked; all else is what a person did, or the answer to it.
        if matches!(
            msg,
            Msg::Job(_, JobEvent::Progress(_)) | Msg::Asking(..) | Msg::Report(_, ReportNews::Progress(_))
        ) {
            self.frames.want();
        } else {
            self.frames.want_at_once();
        }
        let effects = update(&mut self.app, msg, Timestamp::now());
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(ControlFlow::Break(Left::AtWill)),
                Effect::Suspend => self.suspend()?,
                Effect::Copy(text) => self.screen.copy(&text)?,
                Effect::CopySecret(text) => self.screen.copy(text.expose_secret())?,
                Effect::RememberTheme(name) => self.themes.remember(&name),
                Effect::RememberFolder(folder) => self.themes.remember_folder(&folder),
                other => self.runner.perform(other),
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn draw(&mut self) -> Result<(), TerminalError> {
        let theme = self.themes.theme(self.app.themes.current());
        self.app.hits = self.screen.draw(&self.app, &theme)?;
        self.frames.drawn(Instant::now());
        Ok(())
    }

    /// Hands the terminal to the shell and stops; comes back when the shell says `fg`.
    fn suspend(&mut self) -> Result<(), TerminalError> {
        if !signals::has_shell() {
            update(&mut self.app, Msg::NoShell, Timestamp::now());
            self.frames.want();
            return Ok(());
        }
        self.guard.leave();
        signals::stop_here()?;
        self.come_back()
    }

    /// Takes the terminal again, whatever was done to it meanwhile.
    fn come_back(&mut self) -> Result<(), TerminalError> {
        self.guard.take()?;
        self.screen.forget();
        // It may be another terminal by now.
        self.screen.ask()?;
        self.frames.want();
        Ok(())
    }
}
