//! Clicks, as the last frame drew things.

use super::super::hits::Direction;
use super::*;
use ratatui::layout::Rect;

impl App {
    fn click_at(&mut self, column: u16, row: u16) -> Vec<Effect> {
        update(self, Msg::Click(column, row), t0())
    }
}

#[test]
fn a_click_takes_the_focus_and_a_second_one_explains() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.hits.add(Rect::new(0, 5, 20, 3), Tile::Units);
    app.click_at(50, 5);
    assert_eq!(app.dashboard.focus, Tile::Net);
    app.click_at(3, 6);
    assert_eq!((app.dashboard.focus, app.popup.is_none()), (Tile::Units, true));
    app.click_at(3, 6);
    assert!(matches!(app.popup, Some(Popup::Explain(0))));
}

#[test]
fn a_click_on_a_hint_is_its_key() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.hits.add_hint(Rect::new(1, 23, 9, 1), Command::PickStore);
    app.click_at(4, 23);
    assert!(matches!(app.popup, Some(Popup::Stores(_))));
}

#[test]
fn a_click_on_a_row_chooses_it() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.key(Key::char('s'));
    app.hits.add_row(Rect::new(10, 11, 20, 1), 1);
    let effects = app.click_at(12, 11);
    the_query(&effects, |query| matches!(query, Query::Board(Asked::Calendar(Some(StoreId(7))))));
    assert!(app.popup.is_none());
}

#[test]
fn the_wheel_scrolls_what_lies_over_the_screen_and_leaves_the_focus_alone() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    let turn = |app: &mut App| update(app, Msg::Wheel(Direction::Down), t0());
    turn(&mut app);
    assert_eq!(app.dashboard.focus, Tile::Net);
    app.key(Key::plain(Code::F(1)));
    app.hits.furthest = 1;
    turn(&mut app);
    turn(&mut app);
    assert!(matches!(&app.popup, Some(Popup::Help(help)) if help.scroll == 1));
}

#[test]
fn while_a_sign_in_is_checked_a_click_does_nothing() {
    let mut app = app();
    app.sends_sign_in();
    app.hits.add_hint(Rect::new(1, 23, 9, 1), Command::Accept);
    assert!(app.click_at(4, 23).is_empty());
}

#[test]
fn a_click_on_a_choice_turns_it_and_on_a_file_takes_it() {
    let mut app = App::at_files("/srv/in/");
    for (field, row) in [(0, 4), (1, 6), (2, 8)] {
        app.hits.add_field(Rect::new(0, row, 60, 1), field);
    }
    app.click_at(3, 8);
    assert_eq!(app.load.choose.choices.on_reject, crate::etl::OnReject::Skip);
    app.hits.add_row(Rect::new(0, 10, 60, 1), 4);
    let (_, look) = the_look(&app.click_at(3, 10));
    assert_eq!(look.parts[0].path, "/srv/in/brands.csv");
}

#[test]
fn a_click_on_a_command_of_the_help_gives_it() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::plain(Code::F(1)));
    app.key(Key::char('/'));
    app.type_text("load data");
    let shown: Vec<_> = app.help("load data").into_iter().flat_map(|(_, entries)| entries).collect();
    let row = |command| shown.iter().position(|entry| entry.command == command).unwrap();
    app.hits.add_row(Rect::new(10, 5, 60, 1), row(Command::OpenLoad));
    app.hits.add_row(Rect::new(10, 6, 60, 1), row(Command::Complete));
    app.click_at(12, 6);
    assert!(matches!(app.popup, Some(Popup::Help(_))), "it means nothing on the dashboard");
    app.click_at(12, 5);
    assert_eq!((app.screen, app.popup.is_none()), (Screen::Load, true));
}
