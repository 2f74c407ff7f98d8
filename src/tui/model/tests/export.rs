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
    assert_eq!(*job, ExportJob { tables, json: false, exact: false, path: "/srv/q.csv".to_owned() });
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
    app.type_text("/srv/out");
    let effects = app.key(ENTER);
    let [Effect::Export(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    let id = *id;
    assert!(matches!(app.key(Key::char('c')).as_slice(), [Effect::Cancel(stopped)] if *stopped == id));
    let why = Failure::new("The export was stopped; no file was written.");
    update(&mut app, Msg::Export(id, ExportNews::Ended(Err(why.clone()))), t0());
    assert_eq!((app.export.running, app.export.message.as_ref()), (None, Some(&why)));
}
