//! The runtime: the only part of the screens that knows a terminal, a clock, signals and tasks.

mod complete;
mod frames;
mod guard;
mod hangup;
mod input;
mod load;
pub(super) mod runner;
mod screen;
mod signals;

use super::TerminalError;
use super::model::message::{Effect, Msg};
use super::model::{App, update};
use super::view::theme::Theme;
use crossterm::event::Event;
use frames::Frames;
use guard::Guard;
use jiff::Timestamp;
use runner::{News, Runner};
use screen::Screen;
use signals::{Signal, Signals};
use std::ops::ControlFlow;
use tokio::time::Instant;

/// What woke the loop.
enum Happened {
    Signal(Signal),
    /// Nobody is at the other end any more.
    TerminalGone,
    Input(Event),
    News(Msg),
    FrameDue,
}

/// The whole of a session: wait for something, take it in, do what it calls for, draw what changed.
pub(super) async fn run(
    app: App,
    theme: Theme,
    mouse: bool,
    runner: Runner,
    mut news: News,
) -> Result<(), TerminalError> {
    let guard = Guard::enter(mouse)?;
    let mut session =
        Session { app, theme, runner, screen: Screen::new()?, guard, frames: Frames::default() };
    let mut signals = Signals::new()?;
    let mut hangup = hangup::watch()?;
    let mut events = input::listen()?;
    session.draw()?;
    loop {
        let happened = tokio::select! {
            biased;
            signal = signals.next() => Happened::Signal(signal),
            () = hangup.gone() => Happened::TerminalGone,
            event = events.recv() => match event {
                Some(event) => Happened::Input(event?),
                None => Happened::TerminalGone,
            },
            msg = news.next() => Happened::News(msg),
            () = session.frames.due(), if session.frames.is_wanted() => Happened::FrameDue,
        };
        if session.take_in(happened)?.is_break() {
            break;
        }
        if session.frames.may_draw(Instant::now()) {
            session.draw()?;
        }
    }
    session.runner.end().await;
    Ok(())
}

struct Session {
    app: App,
    theme: Theme,
    runner: Runner,
    screen: Screen,
    guard: Guard,
    frames: Frames,
}

impl Session {
    fn take_in(&mut self, happened: Happened) -> Result<ControlFlow<()>, TerminalError> {
        match happened {
            Happened::Signal(Signal::End) | Happened::TerminalGone => return Ok(ControlFlow::Break(())),
            Happened::Signal(Signal::Stop) => self.suspend()?,
            Happened::Signal(Signal::Continued) => self.come_back()?,
            Happened::Input(event) => match input::message(event) {
                input::Input::Msg(msg) => return self.update(msg),
                input::Input::Redraw => self.frames.want(),
                input::Input::Nothing => {}
            },
            Happened::News(msg) => return self.update(msg),
            Happened::FrameDue => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    fn update(&mut self, msg: Msg) -> Result<ControlFlow<()>, TerminalError> {
        let effects = update(&mut self.app, msg, Timestamp::now());
        self.frames.want();
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(ControlFlow::Break(())),
                Effect::Suspend => self.suspend()?,
                other => self.runner.perform(other),
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn draw(&mut self) -> Result<(), TerminalError> {
        self.app.hits = self.screen.draw(&self.app, &self.theme)?;
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
        self.screen.forget()?;
        self.frames.want();
        Ok(())
    }
}
