//! Control sequences as terminals send them (ECMA-48, 5.4; xterm's ctlseqs for keys, mouse and answers).

use super::decode::{Heard, Step, key};
use crossterm::event::{Event, KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// What follows `ESC [`: parameters, intermediates, a final byte.
pub(super) fn control(rest: &[u8]) -> Step {
    if let [b'[', tail @ ..] = rest {
        return linux_console(tail);
    }
    let parameters = rest.iter().take_while(|byte| matches!(byte, 0x30..=0x3f)).count();
    let (parameters, tail) = rest.split_at(parameters);
    let intermediates = tail.iter().take_while(|byte| matches!(byte, 0x20..=0x2f)).count();
    let (intermediates, tail) = tail.split_at(intermediates);
    let whole = 2 + parameters.len() + intermediates.len();
    match tail.first() {
        None => Step::Unfinished,
        Some(&end @ 0x40..=0x7e) => meaning(parameters, intermediates, end, whole + 1),
        // Broken off by something else, which is looked at anew.
        Some(_) => Step::Skip(whole),
    }
}

fn meaning(parameters: &[u8], intermediates: &[u8], end: u8, length: usize) -> Step {
    let heard = match (parameters, intermediates, end) {
        ([b'?', mode @ ..], b"$", b'y') => mode_report(mode),
        ([b'<', mouse @ ..], b"", b'M' | b'm') => mouse_report(mouse, end == b'm'),
        (b"200", b"", b'~') => return Step::Paste(length),
        (b"", b"", b'I') => Some(Heard::Event(Event::FocusGained)),
        (b"", b"", b'O') => Some(Heard::Event(Event::FocusLost)),
        ([b'0'..=b'9' | b';', ..] | b"", b"", _) => key_report(parameters, end),
        _ => None,
    };
    heard.map_or(Step::Skip(length), |heard| Step::Heard(length, heard))
}

/// F1 to F5 of the Linux console: `ESC [ [ A` to `E`.
fn linux_console(tail: &[u8]) -> Step {
    match tail.first() {
        None => Step::Unfinished,
        Some(letter @ b'A'..=b'E') => Step::Heard(4, key(KeyCode::F(letter - b'A' + 1), KeyModifiers::NONE)),
        Some(_) => Step::Skip(3),
    }
}

/// What follows `ESC O`: keys in application mode.
pub(super) fn single_shift(letter: u8) -> Step {
    let code = match letter {
        b'M' => Some(KeyCode::Enter),
        _ => lettered(letter),
    };
    code.map_or(Step::Skip(3), |code| Step::Heard(3, key(code, KeyModifiers::NONE)))
}

/// What follows `ESC ]`, `ESC P` or `ESC _`: text up to BEL or `ESC \`, all of it to be left alone.
pub(super) fn string(rest: &[u8]) -> Step {
    let bell = rest.iter().position(|byte| *byte == 0x07).map(|at| 2 + at + 1);
    let terminator = rest.windows(2).position(|pair| pair == b"\x1b\\").map(|at| 2 + at + 2);
    match (bell, terminator) {
        (Some(bell), Some(terminator)) => Step::Skip(bell.min(terminator)),
        (Some(end), None) | (None, Some(end)) => Step::Skip(end),
        (None, None) => Step::Unfinished,
    }
}

fn numbers(parameters: &[u8]) -> Option<Vec<u16>> {
    let text = std::str::from_utf8(parameters).ok()?;
    // A parameter may be left out, and then it is 1; sub-parameters after a colon tell nothing we need.
    let number = |part: &str| match part.split(':').next() {
        None | Some("") => Some(1),
        Some(digits) => digits.parse().ok(),
    };
    text.split(';').map(number).collect()
}

fn mode_report(parameters: &[u8]) -> Option<Heard> {
    match numbers(parameters)?.as_slice() {
        [mode, setting] => Some(Heard::Mode(*mode, *setting)),
        _ => None,
    }
}

fn key_report(parameters: &[u8], end: u8) -> Option<Heard> {
    let numbers = numbers(parameters)?;
    let (first, modifiers) = match numbers.as_slice() {
        [first] => (*first, 1),
        [first, modifiers] => (*first, *modifiers),
        _ => return None,
    };
    let code = match end {
        b'~' => numbered(first)?,
        b'Z' => KeyCode::BackTab,
        // A key with a letter has a 1 here; anything else (where the cursor is, CPR) is an answer.
        _ if first == 1 => lettered(end)?,
        _ => return None,
    };
    Some(key(code, held(modifiers)))
}

fn lettered(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

fn numbered(number: u16) -> Option<KeyCode> {
    let function = |first: u8, number: u16, base: u16| u8::try_from(number - base).ok().map(|n| n + first);
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        // The gaps are those of the VT220's keyboard.
        11..=15 => KeyCode::F(function(1, number, 11)?),
        17..=21 => KeyCode::F(function(6, number, 17)?),
        23..=24 => KeyCode::F(function(11, number, 23)?),
        _ => return None,
    })
}

/// Modifiers as xterm counts them: 1 and a bit for each.
fn held(number: u16) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let mut held = KeyModifiers::NONE;
    held.set(KeyModifiers::SHIFT, bits & 1 != 0);
    held.set(KeyModifiers::ALT, bits & 2 != 0);
    held.set(KeyModifiers::CONTROL, bits & 4 != 0);
    held
}

/// SGR mouse reports (mode 1006): button and modifiers, column, row; a small `m` lets go.
fn mouse_report(parameters: &[u8], released: bool) -> Option<Heard> {
    let numbers = numbers(parameters)?;
    let [bits, column, row] = numbers.as_slice() else {
        return None;
    };
    let button = match bits & 3 {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        _ => None,
    };
    let kind = match (bits & 0b1110_0000, button) {
        (64, Some(MouseButton::Left)) => MouseEventKind::ScrollUp,
        (64, Some(MouseButton::Middle)) => MouseEventKind::ScrollDown,
        (64, Some(MouseButton::Right)) => MouseEventKind::ScrollLeft,
        (64, None) => MouseEventKind::ScrollRight,
        (32, Some(button)) => MouseEventKind::Drag(button),
        (32, None) => MouseEventKind::Moved,
        (0, Some(button)) if released => MouseEventKind::Up(button),
        (0, Some(button)) => MouseEventKind::Down(button),
        _ => return None,
    };
    let mut modifiers = KeyModifiers::NONE;
    modifiers.set(KeyModifiers::SHIFT, bits & 4 != 0);
    modifiers.set(KeyModifiers::ALT, bits & 8 != 0);
    modifiers.set(KeyModifiers::CONTROL, bits & 16 != 0);
    let (column, row) = (column.saturating_sub(1), row.saturating_sub(1));
    Some(Heard::Event(Event::Mouse(MouseEvent { kind, column, row, modifiers })))
}
