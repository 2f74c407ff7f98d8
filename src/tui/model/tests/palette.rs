//! Finding commands: the palette, the help, and keys of a person's own.

use super::*;

const PALETTE: Key = Key::ctrl('p');

fn offered(app: &App) -> Vec<&'static str> {
    let Some(Popup::Palette(palette)) = &app.popup else { panic!("{:?}", app.popup) };
    palette.found().map(|entry| entry.words).collect()
}

fn shown(app: &App) -> Vec<&'static str> {
    let Some(Popup::Help(help)) = &app.popup else { panic!("{:?}", app.popup) };
    app.help(help.find.words().text())
        .into_iter()
        .flat_map(|(_, entries)| entries)
        .map(|entry| entry.words)
        .collect()
}

#[test]
fn the_palette_offers_what_the_role_and_the_screen_allow() {
    for role in Role::EACH {
        let (mut app, _) = App::at_dashboard(role);
        app.key(Key::char(':'));
        let words = offered(&app);
        assert_eq!(words.contains(&"load data"), role.allows(Permission::ImportData), "{role}");
        assert!(words.contains(&"pick a store") && !words.contains(&"go on with the file"), "{words:?}");
        for entry in TABLE.iter().filter(|entry| words.contains(&entry.words)) {
            assert!(entry.permission.is_none_or(|needed| role.allows(needed)), "{role}: {}", entry.words);
        }
    }
}

#[test]
fn a_few_letters_find_a_command_and_enter_gives_it() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(PALETTE);
    app.type_text("ldda");
    assert_eq!(offered(&app).first(), Some(&"load data"));
    app.key(ENTER);
    assert_eq!((app.screen, app.popup.is_none()), (Screen::Load, true));

    app.type_text("/srv");
    app.key(PALETTE);
    update(&mut app, Msg::Paste("dashboard\n".to_owned()), t0());
    app.key(ENTER);
    assert_eq!(app.screen, Screen::Dashboard);
    assert_eq!(app.load.choose.path.text(), "/srv", "what is looked for is no part of the path");
}

#[test]
fn the_palette_asks_what_a_key_would_have_asked() {
    let (mut app, _) = App::loading();
    app.key(PALETTE);
    app.type_text("quit");
    assert!(app.key(ENTER).is_empty());
    assert!(matches!(
        app.popup,
        Some(Popup::Question(super::super::question::Question { command: Command::Quit, .. }))
    ));
}

#[test]
fn what_can_not_be_given_any_more_is_not_given() {
    let (mut app, id) = App::loading();
    app.key(PALETTE);
    app.type_text("stop the load");
    update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(receipt(Outcome::Committed)))), t0());
    assert!(app.key(ENTER).is_empty());
    assert!(app.popup.is_none());
}

#[test]
fn the_cursor_of_the_palette_goes_around() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.key(PALETTE);
    let last = *offered(&app).last().unwrap();
    app.key(PALETTE);
    let Some(Popup::Palette(palette)) = &app.popup else { panic!() };
    assert_eq!(palette.current().unwrap().words, last);
    app.key(TAB);
    app.key(Key::plain(Code::Down));
    let Some(Popup::Palette(palette)) = &app.popup else { panic!() };
    assert_eq!(palette.cursor(), 1);
    app.type_text("no such thing");
    assert!(app.key(ENTER).is_empty() && app.popup.is_none());
}

#[test]
fn a_colon_is_text_where_text_is_typed_and_the_chord_still_works() {
    let mut app = app();
    app.type_text(":");
    assert_eq!(app.sign_in.username.text(), ":");
    app.key(PALETTE);
    assert!(offered(&app).contains(&"sign in"));
    app.key(ESC);
    assert_eq!((app.popup.is_none(), app.sign_in.username.text()), (true, ":"));
}

#[test]
fn the_palette_waits_for_the_sign_in_that_is_being_checked() {
    let mut app = app();
    let id = app.sends_sign_in();
    app.key(PALETTE);
    app.type_text("earlier");
    assert!(app.popup.is_none());
    app.answer(id, Reply::SignedIn(Welcome::of("max".parse().unwrap(), Role::Manager)));
    assert!(offered(&app).is_empty(), "it opened on the dashboard, with the letters typed meanwhile");
}

#[test]
fn the_help_is_narrowed_word_by_word_and_esc_widens_it_first() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::plain(Code::F(1)));
    let all = shown(&app).len();
    app.key(Key::char('/'));
    app.type_text("data zz");
    assert!(shown(&app).is_empty(), "z is a letter here");
    app.key(Key::ctrl('w'));
    assert!(shown(&app).contains(&"load data") && shown(&app).contains(&"go on with the file"));
    app.key(ENTER);
    app.hits.furthest = 1;
    app.key(Key::char('j'));
    app.key(Key::char('j'));
    assert!(matches!(&app.popup, Some(Popup::Help(help)) if help.scroll == 1), "it stops at its end");
    app.key(ESC);
    assert_eq!(shown(&app).len(), all);
    app.key(ESC);
    assert!(app.popup.is_none());
}

#[test]
fn the_help_finds_a_command_by_its_key() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    for (key, words) in [("f8", "next theme"), ("^Z", "back to the shell; fg returns")] {
        app.popup = None;
        app.key(Key::plain(Code::F(1)));
        app.key(Key::char('/'));
        app.type_text(key);
        assert_eq!(shown(&app), [words], "{key}");
    }
}

#[test]
fn the_help_is_silent_about_what_the_role_may_not() {
    for role in Role::EACH {
        let (mut app, _) = App::at_dashboard(role);
        app.key(Key::plain(Code::F(1)));
        assert_eq!(
            shown(&app).contains(&"go on with the file"),
            role.allows(Permission::ImportData),
            "{role}"
        );
        assert!(!shown(&app).contains(&"sign in"), "{role}");
    }
}

#[test]
fn a_key_of_ones_own_works_and_is_what_the_hints_tell() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.keymap = Keymap::read("[dashboard]\nstore = [\"F6\"]\n[everywhere]\nquit = [\"Ctrl-X\"]").unwrap();
    assert_eq!(
        (app.key_for(Command::PickStore), app.key_for(Command::Quit)),
        ("F6".to_owned(), "^X".to_owned())
    );
    assert!(app.hints().any(|hint| hint.key == Key::plain(Code::F(6)) && hint.label == "store"));
    app.key(Key::char('s'));
    assert!(app.popup.is_none());
    assert!(app.key(Key::ctrl('c')).is_empty());
    app.key(Key::plain(Code::F(6)));
    assert!(matches!(app.popup, Some(Popup::Stores(_))));
}

#[test]
fn esc_never_takes_away_what_was_typed() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::plain(Code::F(3)));
    app.type_text("/srv/in");
    for _ in 0..5 {
        app.key(ESC);
    }
    assert_eq!(app.load.choose.path.text(), "/srv/in");

    let mut app = super::app();
    app.type_text("max");
    app.key(TAB);
    app.type_text("Tea-at-7");
    for _ in 0..5 {
        app.key(ESC);
    }
    assert_eq!((app.sign_in.username.text(), app.sign_in.password.text()), ("max", "Tea-at-7"));
}
