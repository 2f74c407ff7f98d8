use super::*;
use crossterm::event::{KeyCode as Code, MouseButton, MouseEventKind};
use proptest::prelude::*;

const NONE: KeyModifiers = KeyModifiers::NONE;

fn heard(bytes: &[u8]) -> Vec<Heard> {
    let mut decoder = Decoder::default();
    let mut heard = Vec::new();
    decoder.take(bytes, &mut heard);
    decoder.give_up(&mut heard);
    heard
}

fn paste(text: &str) -> Heard {
    Heard::Event(Event::Paste(text.to_owned()))
}

#[test]
fn keys_are_what_terminals_send_for_them() {
    let table: &[(&str, Code, KeyModifiers)] = &[
        ("a", Code::Char('a'), NONE),
        ("é", Code::Char('é'), NONE),
        ("車", Code::Char('車'), NONE),
        ("\r", Code::Enter, NONE),
        ("\t", Code::Tab, NONE),
        ("\x7f", Code::Backspace, NONE),
        ("\x03", Code::Char('c'), KeyModifiers::CONTROL),
        ("\x1a", Code::Char('z'), KeyModifiers::CONTROL),
        ("\x1b", Code::Esc, NONE),
        ("\x1bx", Code::Char('x'), KeyModifiers::ALT),
        ("\x1b[A", Code::Up, NONE),
        ("\x1bOB", Code::Down, NONE),
        ("\x1b[1;5C", Code::Right, KeyModifiers::CONTROL),
        ("\x1b[1;2R", Code::F(3), KeyModifiers::SHIFT),
        ("\x1b[Z", Code::BackTab, NONE),
        ("\x1bOP", Code::F(1), NONE),
        ("\x1b[[E", Code::F(5), NONE),
        ("\x1b[15~", Code::F(5), NONE),
        ("\x1b[17~", Code::F(6), NONE),
        ("\x1b[19~", Code::F(8), NONE),
        ("\x1b[20~", Code::F(9), NONE),
        ("\x1b[24~", Code::F(12), NONE),
        ("\x1b[3~", Code::Delete, NONE),
        ("\x1b[6~", Code::PageDown, NONE),
    ];
    for (bytes, code, modifiers) in table {
        assert_eq!(heard(bytes.as_bytes()), [key(*code, *modifiers)], "{bytes:?}");
    }
}

#[test]
fn answers_are_never_keys() {
    let table: &[(&str, &[Heard])] = &[
        ("\x1b[?2026;2$y", &[Heard::Mode(2026, 2)]),
        ("\x1b[?2026;0$y", &[Heard::Mode(2026, 0)]),
        ("\x1b[?62;c", &[]),
        ("\x1b[24;80R", &[]),
        ("\x1b[0n", &[]),
        ("\x1b]11;rgb:0000/0000/0000\x07", &[]),
        ("\x1bP1+r524742\x1b\\", &[]),
        ("\x1b[?2026;2", &[]),
        ("\x1b[99999999999;2$y", &[]),
    ];
    for (bytes, told) in table {
        assert_eq!(heard(bytes.as_bytes()), *told, "{bytes:?}");
    }
    let typed_behind = heard(b"\x1b[?2026;2$yq");
    assert_eq!(typed_behind, [Heard::Mode(2026, 2), key(Code::Char('q'), NONE)]);
}

#[test]
fn a_click_has_a_place() {
    let Some(Heard::Event(Event::Mouse(mouse))) = heard(b"\x1b[<0;12;3M").into_iter().next() else {
        panic!("no click")
    };
    assert_eq!((mouse.kind, mouse.column, mouse.row), (MouseEventKind::Down(MouseButton::Left), 11, 2));
}

#[test]
fn a_paste_is_one_event_and_its_text_no_keys() {
    assert_eq!(heard(b"\x1b[200~q\x1b[A\r\x1b[201~"), [paste("q\x1b[A\r")]);
    assert_eq!(heard(b"\x1b[200~a\x1b[201~b"), [paste("a"), key(Code::Char('b'), NONE)]);
}

#[test]
fn a_paste_without_an_end_is_given_up_and_kept_short() {
    let mut decoder = Decoder::default();
    let mut told = Vec::new();
    decoder.take(b"\x1b[200~", &mut told);
    for _ in 0..100 {
        decoder.take(&[b'x'; 10_000], &mut told);
        assert!(decoder.paste.as_ref().unwrap().len() < LONGEST_PASTE + PASTE_END.len());
    }
    assert!(told.is_empty() && decoder.is_pasting());
    decoder.give_up(&mut told);
    assert_eq!(told, [paste(&"x".repeat(LONGEST_PASTE))]);
    decoder.take(b"q", &mut told);
    assert_eq!(told.last(), Some(&key(Code::Char('q'), NONE)));
}

proptest! {
    #[test]
    fn it_does_not_matter_where_the_bytes_are_cut(
        parts in prop::collection::vec(prop::sample::select(vec![
            "a", "é", "車", "\x1b[A", "\x1b[1;5C", "\x1bOP", "\x1b[?2026;1$y", "\x1b[200~long text\x1b[201~", "\r",
            "\x1b]52;c;\x07", "\x1b[<0;1;1M", "\x1b[[B", "\x1b[200~\x1b[20\x1b[201~",
        ]), 0..12),
        cuts in prop::collection::vec(1usize..7, 1..40),
    ) {
        let bytes = parts.concat().into_bytes();
        let whole = heard(&bytes);
        let mut decoder = Decoder::default();
        let mut told = Vec::new();
        let mut rest = bytes.as_slice();
        let mut cuts = cuts.iter().cycle();
        while !rest.is_empty() {
            let (now, later) = rest.split_at((*cuts.next().unwrap()).min(rest.len()));
            decoder.take(now, &mut told);
            rest = later;
        }
        prop_assert_eq!(told, whole);
    }

    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(prop_oneof![
        any::<u8>(), Just(ESC), Just(b'['), Just(b';'), Just(b'~'), 0x30u8..0x3a
    ], 0..200)) {
        heard(&bytes);
    }
}
