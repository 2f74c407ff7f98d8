//! From what the terminal sends to what the model knows.

use crate::tui::model::hits::Direction;
use crate::tui::model::key::{Code, Key};
use crate::tui::model::message::Msg;
use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// What an event is to the program.
#[derive(Debug)]
pub(super) enum Input {
    /// Something for the model.
    Msg(Msg),
    /// Nothing.
    Nothing,
}

/// What `event` is to the program.
pub(super) fn message(event: Event) -> Input {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => {
            key(event).map_or(Input::Nothing, |key| Input::Msg(Msg::Key(key)))
        }
        Event::Paste(text) => Input::Msg(Msg::Paste(text)),
        Event::Mouse(event) => mouse(event).map_or(Input::Nothing, Input::Msg),
        _ => Input::Nothing,
    }
}

fn mouse(event: MouseEvent) -> Option<Msg> {
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Msg::Click(event.column, event.row)),
        MouseEventKind::ScrollUp => Some(Msg::Wheel(Direction::Up)),
        MouseEventKind::ScrollDown => Some(Msg::Wheel(Direction::Down)),
        _ => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        KeyCode::Char(character) => Code::Char(character),
        KeyCode::F(number) => Code::F(number),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    };
    Some(Key {
        code,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        // Two Esc that arrive together are read as Alt-Esc; the person meant Esc.
        alt: event.modifiers.contains(KeyModifiers::ALT) && code != Code::Esc,
    })
}
