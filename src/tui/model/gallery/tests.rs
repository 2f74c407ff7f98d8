use super::*;

fn pressed(keys: &[Key]) -> (Gallery, Vec<Effect>) {
    let mut gallery = Gallery::default();
    let mut effects = Vec::new();
    for key in keys {
        effects = gallery.update(Msg::Key(*key));
    }
    (gallery, effects)
}

const fn page(number: u8) -> Key {
    Key::plain(Code::F(number))
}

#[test]
fn a_function_key_opens_its_page_and_another_one_does_nothing() {
    for (number, plate) in (1..).zip(Plate::ALL) {
        assert_eq!(pressed(&[page(number)]).0.plate, plate);
    }
    assert_eq!(pressed(&[page(6), page(12)]).0.plate, Plate::Log);
}

#[test]
fn the_table_asks_for_its_rows_once_it_is_opened() {
    let (mut gallery, effects) = pressed(&[page(2)]);
    let [Effect::Query(id, Query::Rows(Source::Gallery, asked))] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert!(gallery.update(Msg::Reply(*id, Ok(Reply::Rows(source::rows(asked))))).is_empty());
    assert_eq!(gallery.table.current().unwrap().key.0, "1");
    assert!(gallery.update(Msg::Key(page(2))).is_empty(), "they are there");
}

#[test]
fn a_question_is_answered_and_what_was_said_goes_with_the_next_key() {
    let (mut gallery, _) = pressed(&[page(4), Key::char('1'), Key::char('y')]);
    assert!(gallery.question.is_none());
    assert_eq!(gallery.toasts.words(), [(Mood::Good, "Yes.".to_owned())]);
    gallery.update(Msg::Key(Key::char('x')));
    assert!(gallery.toasts.words().is_empty());
}

#[test]
fn a_wrong_code_is_refused() {
    let (mut gallery, _) = pressed(&[page(4), Key::char('3')]);
    gallery.update(Msg::Paste("123456".to_owned()));
    gallery.update(Msg::Key(Key::plain(Code::Enter)));
    assert!(gallery.question.unwrap().word().is_some());
}
