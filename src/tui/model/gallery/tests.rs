use super::*;
use crate::tui::model::key::Code;
use crate::tui::model::message::{Msg, Reply};
use crate::tui::model::question::Question;
use crate::tui::model::sign_in::SignIn;
use crate::tui::model::{Popup, update};
use jiff::Timestamp;
use jiff::tz::TimeZone;

const ESC: Key = Key::plain(Code::Esc);
const ENTER: Key = Key::plain(Code::Enter);
const FORM: Key = Key::plain(Code::F(6));
const QUESTIONS: Key = Key::plain(Code::F(4));

fn app() -> App {
    let mut app = App::new(SignIn::default(), TimeZone::UTC);
    app.gallery = Some(Gallery::default());
    app
}

fn take(app: &mut App, msg: Msg) -> Vec<Effect> {
    update(app, msg, Timestamp::UNIX_EPOCH)
}

fn pressed(keys: &[Key]) -> (App, Vec<Effect>) {
    let mut app = app();
    let effects = keys.iter().map(|key| take(&mut app, Msg::Key(*key))).last();
    (app, effects.unwrap_or_default())
}

fn said(app: &App) -> Vec<&str> {
    app.gallery.iter().flat_map(|gallery| gallery.toasts.words()).map(|(_, words)| words.as_str()).collect()
}

fn question(app: &App) -> Option<&Question> {
    match &app.popup {
        Some(Popup::Question(question)) => Some(question),
        _ => None,
    }
}

#[test]
fn the_table_asks_for_its_rows_once_it_is_opened() {
    let (mut app, effects) = pressed(&[Key::plain(Code::F(2))]);
    let [Effect::Query(id, Query::Rows(Source::Gallery, asked))] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert!(take(&mut app, Msg::Reply(*id, Ok(Reply::Rows(source::rows(asked))))).is_empty());
    assert_eq!(app.gallery.as_ref().unwrap().table.current().unwrap().key.0, "1");
    take(&mut app, Msg::Key(FORM));
    assert!(take(&mut app, Msg::Key(Key::plain(Code::F(2)))).is_empty(), "they are there");
}

#[test]
fn the_palette_and_the_help_reach_the_commands_of_a_widget() {
    let (mut app, effects) = pressed(&[Key::plain(Code::F(2))]);
    let [Effect::Query(id, Query::Rows(_, asked))] = effects.as_slice() else { panic!("{effects:?}") };
    take(&mut app, Msg::Reply(*id, Ok(Reply::Rows(source::rows(asked)))));
    take(&mut app, Msg::Key(Key::char(':')));
    take(&mut app, Msg::Paste("choose the columns".to_owned()));
    take(&mut app, Msg::Key(ENTER));
    assert_eq!(app.gallery.as_ref().unwrap().table.columns().choosing, Some(0));
    assert!(app.help("sort").iter().any(|(place, _)| *place == Place::Table));
}

#[test]
fn a_question_is_answered_and_what_was_said_goes_with_the_next_key() {
    let (mut app, _) = pressed(&[QUESTIONS, Key::char('1'), Key::char('y')]);
    assert!(app.popup.is_none());
    assert_eq!(said(&app), ["Yes."]);
    take(&mut app, Msg::Key(Key::char('x')));
    assert!(said(&app).is_empty());
    assert_eq!(said(&pressed(&[QUESTIONS, Key::char('1'), ENTER]).0), ["No."], "Enter means no");
}

#[test]
fn where_much_is_lost_its_name_is_typed() {
    let (mut app, _) = pressed(&[QUESTIONS, Key::char('2'), Key::char('y'), ENTER]);
    assert!(question(&app).unwrap().confirm.word().is_some());
    take(&mut app, Msg::Key(Key::ctrl('u')));
    take(&mut app, Msg::Paste("Belstow Bikes\n".to_owned()));
    take(&mut app, Msg::Key(ENTER));
    assert_eq!((app.popup.is_none(), said(&app)), (true, vec!["Yes."]));
}

#[test]
fn a_code_is_checked_before_anything_is_done() {
    let asked = || {
        let (mut app, _) = pressed(&[QUESTIONS, Key::char('3')]);
        take(&mut app, Msg::Paste("123 456".to_owned()));
        let effects = take(&mut app, Msg::Key(ENTER));
        let [Effect::Query(id, Query::SecondFactor(_))] = effects.as_slice() else { panic!("{effects:?}") };
        (app, *id)
    };
    let (mut app, id) = asked();
    assert!(take(&mut app, Msg::Key(ENTER)).is_empty(), "it is not checked twice");
    take(&mut app, Msg::Reply(id, Err(Failure::new("That code is not right."))));
    let open = question(&app).unwrap();
    assert_eq!(open.confirm.word().unwrap().words(), "That code is not right.");
    assert!(open.confirm.typed().is_empty());

    let (mut app, id) = asked();
    take(&mut app, Msg::Reply(id, Ok(Reply::SecondFactorIsRight)));
    assert_eq!((app.popup.is_none(), said(&app)), (true, vec!["Yes."]));

    let (mut app, id) = asked();
    take(&mut app, Msg::Key(ESC));
    take(&mut app, Msg::Reply(id, Ok(Reply::SecondFactorIsRight)));
    assert!(!said(&app).contains(&"Yes."), "the question was taken back");
}

#[test]
fn esc_asks_before_what_was_typed_in_a_form_is_lost() {
    let first = |app: &App| app.gallery.as_ref().unwrap().form.value(0).to_owned();
    let (mut app, _) = pressed(&[FORM, ESC]);
    assert!(app.popup.is_none(), "nothing was typed");
    take(&mut app, Msg::Key(Key::char('x')));
    take(&mut app, Msg::Key(ESC));
    assert!(question(&app).unwrap().confirm.question().contains("without saving"));
    take(&mut app, Msg::Key(Key::char('n')));
    assert_eq!(first(&app), "x");
    assert!(take(&mut app, Msg::Key(Key::ctrl('c'))).is_empty(), "leaving the program asks as well");
    take(&mut app, Msg::Key(ESC));
    take(&mut app, Msg::Key(ESC));
    take(&mut app, Msg::Key(Key::char('y')));
    assert_eq!(first(&app), "");
    assert!(matches!(take(&mut app, Msg::Key(Key::ctrl('c'))).as_slice(), [Effect::Quit]));
}

#[test]
fn a_click_puts_the_cursor_on_a_row_and_a_second_one_opens_it() {
    let (mut app, effects) = pressed(&[Key::plain(Code::F(2))]);
    let [Effect::Query(id, Query::Rows(_, asked))] = effects.as_slice() else { panic!("{effects:?}") };
    take(&mut app, Msg::Reply(*id, Ok(Reply::Rows(source::rows(asked)))));
    app.hits.rows = 20;
    app.hits.add_row(ratatui::layout::Rect::new(0, 7, 80, 1), 4);
    take(&mut app, Msg::Click(3, 7));
    assert_eq!(app.gallery.as_ref().unwrap().table.current().unwrap().key.0, "5");
    assert!(said(&app).is_empty());
    take(&mut app, Msg::Click(3, 7));
    assert_eq!(said(&app), ["order 5"]);
}
