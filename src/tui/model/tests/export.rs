//! Writing tables to files.

use super::super::export::{ExportJob, ExportNews};
use super::*;

const DOWN: Key = Key::plain(Code::Down);

fn chosen() -> App {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.key(Key::char('6'));
    app.key(DOWN);
    app.key(DOWN);
    app.key(Key::char(' '));
    app
}

#[test]
fn what_is_missing_is_told_and_what_is_chosen_is_written() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.key(Key::char('6'));
    assert!(app.key(ENTER).is_empty());
    assert!(app.export.message.as_ref().unwrap().words().contains("Tick a table"));
    let mut app = chosen();
    assert!(app.key(ENTER).is_empty(), "it is not said where to");
    app.type_text("/srv/q.csv");
    let effects = app.key(ENTER);
    let [Effect::Export(id, job)] = effects.as_slice() else { panic!("{effects:?}") };
    let tables = vec![Table::Brands];
    let path = "/srv/q.csv".to_owned();
    let expected = ExportJob { tables, json: false, exact: false, only: Vec::new(), path, replace: false };
    assert_eq!(*job, expected);
    let id = *id;
    update(&mut app, Msg::Export(id, ExportNews::Rows(Some(Table::Brands), 7)), t0());
    assert_eq!(app.export.running.unwrap().rows, 7);
    app.key(ESC);
    assert_eq!(app.screen, Screen::Dashboard);
    update(&mut app, Msg::Export(id, ExportNews::Ended(Ok(vec![(Table::Brands, 9)]))), t0());
    assert_eq!(app.told.as_deref(), Some("The export has ended: 9 rows."));
}

#[test]
fn all_tables_are_one_tick_and_the_export_can_be_stopped() {
    let mut app = chosen();
    app.key(Key::char('k'));
    app.key(Key::char('k'));
    app.key(Key::char(' '));
    assert!(app.export.has_all());
    app.key(TAB);
    app.key(Key::char(' '));
    app.key(TAB);
    app.key(Key::char(' '));
    assert!(app.export.json && app.export.exact);
    app.key(TAB);
    app.key(TAB);
    app.type_text("/srv/out");
    let effects = app.key(ENTER);
    let [Effect::Export(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    let id = *id;
    assert!(matches!(app.key(Key::char('c')).as_slice(), [Effect::Cancel(stopped)] if *stopped == id));
    let why = Failure::new("The export was stopped; no file was written.");
    update(&mut app, Msg::Export(id, ExportNews::Ended(Err(why.clone()))), t0());
    assert_eq!((app.export.running, app.export.message.as_ref()), (None, Some(&why)));
}

fn with_a_path() -> App {
    let mut app = chosen();
    for _ in 0..4 {
        app.key(TAB);
    }
    app.type_text("/srv/q.csv");
    app
}

#[test]
fn some_rows_are_asked_for_in_the_words_of_the_shell() {
    let mut app = with_a_path();
    app.key(Key::plain(Code::BackTab));
    app.type_text("town=Oslo");
    assert!(app.key(ENTER).is_empty());
    let words = app.export.message.as_ref().unwrap().words().to_owned();
    assert!(words.contains("brands has no column town") && !words.contains("--where"), "{words}");
    app.export.only.set("brand_id>=2; brand_name~ord");
    let effects = app.key(ENTER);
    let [Effect::Export(_, job)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(job.only, ["brand_id>=2", "brand_name~ord"]);
    let mut app = with_a_path();
    app.export.tables = Table::EACH.into();
    app.export.only.set("brand_id=2");
    assert!(app.key(ENTER).is_empty());
    assert!(app.export.message.as_ref().unwrap().words().contains("one table at a time"));
}

#[test]
fn a_file_that_is_there_is_replaced_only_after_a_yes() {
    let mut app = with_a_path();
    let begin = |app: &mut App, key: Key| {
        let effects = app.key(key);
        let [Effect::Export(id, job)] = effects.as_slice() else { panic!("{effects:?}") };
        (*id, job.replace)
    };
    let (id, replaces) = begin(&mut app, ENTER);
    assert!(!replaces);
    update(&mut app, Msg::Export(id, ExportNews::Exists), t0());
    assert!(matches!(&app.popup, Some(Popup::Question(_))) && app.export.running.is_none());
    assert!(app.key(Key::char('n')).is_empty() && app.popup.is_none());
    let (id, replaces) = begin(&mut app, ENTER);
    assert!(!replaces, "a no is no yes");
    update(&mut app, Msg::Export(id, ExportNews::Exists), t0());
    let (id, replaces) = begin(&mut app, Key::char('y'));
    assert!(replaces);
    app.key(ESC);
    update(&mut app, Msg::Export(id, ExportNews::Exists), t0());
    assert!(app.popup.is_none(), "no question comes up over another screen");
    assert!(app.told.as_ref().unwrap().contains("is there already"));
}
