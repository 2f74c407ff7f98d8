//! From the bytes a terminal sends to events.
//!
//! Not crossterm's own reader: 0.29 takes the answer to a question about a mode (DECRPM) for the beginning of a key and
//! swallows what is typed after it, waits for ever for the end of a paste (crossterm issue 1060), and can spin once the
//! terminal is gone. Its types stay, so that a key is one and the same thing everywhere.

use super::sequence;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// The most of a paste that is kept, in bytes: far more than any field takes.
const LONGEST_PASTE: usize = 64 * 1024;
/// The longest sequence that is waited for, in bytes.
const LONGEST_SEQUENCE: usize = 4096;
const PASTE_END: &[u8] = b"\x1b[201~";
const ESC: u8 = 0x1b;

/// What the terminal told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// What the person did.
    Event(Event),
    /// The answer to a question about a private mode (DECRPM): its number, and how it is set.
    Mode(u16, u16),
}

/// What the first bytes are.
pub(super) enum Step {
    /// The beginning of something.
    Unfinished,
    /// So many bytes mean nothing to this program.
    Skip(usize),
    /// So many bytes are this.
    Heard(usize, Heard),
    /// So many bytes say that a paste follows.
    Paste(usize),
}

/// Takes bytes as they come, however they are cut.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    pending: Vec<u8>,
    paste: Option<Vec<u8>>,
}

impl Decoder {
    /// Takes the next bytes; what is whole is pushed on `heard`.
    pub(super) fn take(&mut self, bytes: &[u8], heard: &mut Vec<Heard>) {
        if self.paste.is_some() {
            self.take_paste(bytes, heard);
        } else {
            self.pending.extend_from_slice(bytes);
            self.decode(heard);
        }
    }

    /// Whether a paste was begun and not ended.
    pub(super) fn is_pasting(&self) -> bool {
        self.paste.is_some()
    }

    /// Whether something was begun and not ended.
    pub(super) fn is_midway(&self) -> bool {
        self.is_pasting() || !self.pending.is_empty()
    }

    /// Nothing more came: what was begun is what it is.
    pub(super) fn give_up(&mut self, heard: &mut Vec<Heard>) {
        if let Some(text) = self.paste.take() {
            heard.push(pasted(text));
            return;
        }
        let begun = std::mem::take(&mut self.pending);
        match begun.as_slice() {
            [ESC] => heard.push(key(KeyCode::Esc, KeyModifiers::NONE)),
            [ESC, character @ b' '..=b'~'] => {
                heard.push(key(KeyCode::Char((*character).into()), KeyModifiers::ALT));
            }
            _ => {}
        }
    }

    fn decode(&mut self, heard: &mut Vec<Heard>) {
        let mut pending = std::mem::take(&mut self.pending);
        let mut at = 0;
        while let Some(rest) = pending.get(at..).filter(|rest| !rest.is_empty()) {
            match step(rest) {
                Step::Unfinished if rest.len() < LONGEST_SEQUENCE => break,
                Step::Unfinished => at += rest.len(),
                Step::Skip(count) => at += count,
                Step::Heard(count, what) => {
                    at += count;
                    heard.push(what);
                }
                Step::Paste(count) => {
                    let text = pending.split_off(at + count);
                    self.paste = Some(Vec::new());
                    self.take_paste(&text, heard);
                    return;
                }
            }
        }
        pending.drain(..at);
        self.pending = pending;
    }

    fn take_paste(&mut self, bytes: &[u8], heard: &mut Vec<Heard>) {
        let mut text = self.paste.take().unwrap_or_default();
        let from = (text.len() + 1).saturating_sub(PASTE_END.len());
        text.extend_from_slice(bytes);
        let searched = text.get(from..).unwrap_or_default();
        match searched.windows(PASTE_END.len()).position(|window| window == PASTE_END) {
            Some(end) => {
                self.pending = text.split_off(from + end + PASTE_END.len());
                text.truncate(from + end);
                heard.push(pasted(text));
                self.decode(heard);
            }
            None => {
                // What is too much is forgotten at once; its last bytes may be the beginning of the end.
                let tail = text.len() - (PASTE_END.len() - 1).min(text.len());
                if tail > LONGEST_PASTE {
                    text.drain(LONGEST_PASTE..tail);
                }
                self.paste = Some(text);
            }
        }
    }
}

fn pasted(mut text: Vec<u8>) -> Heard {
    text.truncate(LONGEST_PASTE);
    Heard::Event(Event::Paste(String::from_utf8_lossy(&text).into_owned()))
}

pub(super) fn key(code: KeyCode, modifiers: KeyModifiers) -> Heard {
    Heard::Event(Event::Key(KeyEvent::new(code, modifiers)))
}

fn step(bytes: &[u8]) -> Step {
    match bytes {
        [ESC] => Step::Unfinished,
        [ESC, b'[', rest @ ..] => sequence::control(rest),
        [ESC, b'O'] => Step::Unfinished,
        [ESC, b'O', letter, ..] => sequence::single_shift(*letter),
        // A string is only ever an answer, and none was asked for.
        [ESC, b']' | b'P' | b'_', rest @ ..] => sequence::string(rest),
        [ESC, ESC, ..] => Step::Heard(1, key(KeyCode::Esc, KeyModifiers::NONE)),
        [ESC, rest @ ..] => character(rest, 1, KeyModifiers::ALT),
        _ => character(bytes, 0, KeyModifiers::NONE),
    }
}

/// A character at the beginning of `bytes`, which `before` others precede.
fn character(bytes: &[u8], before: usize, modifiers: KeyModifiers) -> Step {
    let Some(&first) = bytes.first() else {
        return Step::Unfinished;
    };
    let control = |letter: u8| (KeyCode::Char(letter.into()), modifiers | KeyModifiers::CONTROL);
    let (code, modifiers) = match first {
        b'\r' => (KeyCode::Enter, modifiers),
        b'\t' => (KeyCode::Tab, modifiers),
        0x7f => (KeyCode::Backspace, modifiers),
        0 => control(b' '),
        0x01..=0x1a => control(first - 1 + b'a'),
        0x1b..=0x1f => control(first - 0x1b + b'3'),
        _ => return utf8(bytes, before, modifiers),
    };
    Step::Heard(before + 1, key(code, modifiers))
}

fn utf8(bytes: &[u8], before: usize, modifiers: KeyModifiers) -> Step {
    let length = match bytes.first() {
        Some(0x20..=0x7e) => 1,
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return Step::Skip(before + 1),
    };
    let there = bytes.get(..length.min(bytes.len())).unwrap_or_default();
    match std::str::from_utf8(there) {
        Ok(text) => text.chars().next().map_or(Step::Unfinished, |character| {
            Step::Heard(before + length, key(KeyCode::Char(character), modifiers))
        }),
        Err(error) if error.error_len().is_none() => Step::Unfinished,
        Err(_) => Step::Skip(before + 1),
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
