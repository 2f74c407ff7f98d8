use super::*;
use crate::tui::model::themes::Themes;

fn themed(names: &[&str], current: &str) -> App {
    let mut app = app();
    app.themes = Themes::new(names.iter().map(|name| (*name).to_owned()).collect(), current);
    app
}

#[test]
fn a_key_walks_the_themes_says_which_and_has_it_kept() {
    let mut app = themed(&["terminal", "light", "sea"], "light");
    for name in ["sea", "terminal", "light"] {
        let effects = app.key(Key::plain(Code::F(8)));
        assert!(matches!(effects.as_slice(), [Effect::RememberTheme(kept)] if kept == name), "{effects:?}");
        assert_eq!(
            (app.themes.current(), app.told.as_deref()),
            (name, Some(format!("Theme: {name}").as_str()))
        );
    }
    app.key(Key::char('x'));
    assert_eq!(app.told, None);
    assert_eq!(app.sign_in.username.text(), "x");
}

#[test]
fn where_there_is_but_one_theme_nothing_is_kept() {
    let mut app = themed(&["mono"], "dark");
    assert!(app.key(Key::plain(Code::F(8))).is_empty());
    assert!(app.told.as_deref().unwrap().contains("no other theme"));
}
