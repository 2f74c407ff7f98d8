//! The steps before and after a load: files, columns, preview, rejects.

use super::super::load::choices::Choice;
use super::super::load::choose::Focus;
use super::super::load::columns::Dialog;
use super::super::load::{Stage, Waiting, rejects};
use super::*;
use crate::domain::receipt::{CellChange, Change, ChangeKind};
use crate::etl::{DateOrder, Days, OnReject};

const DOWN: Key = Key::plain(Code::Down);

fn path(app: &App) -> &str {
    app.load.choose.path.text()
}

/// The names in the list, the one with the cursor marked.
fn list(app: &App) -> Vec<String> {
    let rows = &app.load.choose.folder.rows;
    rows.seen(99)
        .map(|found| if found.is_current { format!("> {}", found.name) } else { found.name.to_owned() })
        .collect()
}

#[test]
fn letters_narrow_the_folder_and_enter_opens_or_takes() {
    let mut app = App::at_files("/srv/in/");
    assert_eq!(
        list(&app),
        [
            "> all of this folder",
            "..",
            "monday",
            "tuesday",
            "brands.csv",
            "notes.txt",
            "order_items.csv",
            "orders.csv"
        ]
    );
    app.type_text("rs.c");
    assert_eq!(list(&app)[0], "> orders.csv");
    let (_, look) = the_look(&app.key(ENTER));
    assert_eq!(look.parts[0].path, "/srv/in/orders.csv");

    let mut app = App::at_files("/srv/in/");
    app.type_text("mond");
    let effects = app.key(ENTER);
    assert_eq!(path(&app), "/srv/in/monday/", "a folder that is found is opened");
    the_folder(&effects);

    let mut app = App::at_files("/srv/in/");
    app.type_text("monday");
    let (_, look) = the_look(&app.key(ENTER));
    assert_eq!(look.parts[0].path, "/srv/in/monday", "one that is typed in full is taken whole");

    let mut app = App::at_files("/srv/in/");
    let (_, look) = the_look(&app.key(ENTER));
    assert_eq!(look.parts[0].path, "/srv/in/", "all of the folder that is shown");
}

#[test]
fn the_folder_above_is_a_row_and_a_key() {
    let mut app = App::at_files("/srv/in/");
    app.key(DOWN);
    the_folder(&app.key(ENTER));
    assert_eq!(path(&app), "/srv/");
    let mut app = App::at_files("/srv/in/");
    the_folder(&app.key(Key { alt: true, ..Key::char('u') }));
    assert_eq!(path(&app), "/srv/");
}

#[test]
fn several_files_are_marked_and_taken_together() {
    let mut app = App::at_files("/srv/in/");
    app.type_text("orders");
    app.key(Key::plain(Code::F(5)));
    for _ in 0.."orders".len() {
        app.key(Key::plain(Code::Backspace));
    }
    app.type_text("brands");
    app.key(Key::ctrl('t'));
    let (_, look) = the_look(&app.key(ENTER));
    let paths: Vec<&str> = look.parts.iter().map(|part| part.path.as_str()).collect();
    assert_eq!(paths, ["/srv/in/brands.csv", "/srv/in/orders.csv"]);
    app.key(ESC);
    app.key(ESC);
    assert!(
        app.load.choose.marked.is_empty() && app.screen == Screen::Load,
        "Esc takes the marks away first"
    );
}

#[test]
fn tab_completes_as_far_as_it_is_certain_and_then_goes_on() {
    let mut app = App::at_files("/srv/in/");
    app.type_text("o");
    app.key(TAB);
    assert_eq!(path(&app), "/srv/in/order");
    app.key(TAB);
    assert_eq!(app.load.choose.focus, Focus::Choice(Choice::Mode));
    app.key(Key::plain(Code::BackTab));
    app.type_text("s");
    app.key(TAB);
    assert_eq!(path(&app), "/srv/in/orders.csv");
    let mut app = App::at_files("/srv/in/");
    app.type_text("tu");
    the_folder(&app.key(TAB));
    assert_eq!(path(&app), "/srv/in/tuesday/");
}

#[test]
fn a_path_that_can_not_be_listed_is_taken_as_it_is_typed() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::plain(Code::F(3)));
    let effects = update(&mut app, Msg::Paste("'/gone/brands.csv'\n".to_owned()), t0());
    let id = the_folder(&effects);
    update(&mut app, Msg::Reply(id, Err(Failure::new("No such folder"))), t0());
    let (_, look) = the_look(&app.key(ENTER));
    assert_eq!(look.parts[0].path, "/gone/brands.csv", "without the quotes of a file manager");
}

#[test]
fn choices_turn_and_go_with_the_load() {
    let mut app = App::at_files("/srv/in/");
    app.key(Key::plain(Code::BackTab));
    assert_eq!(app.load.choose.focus, Focus::Choice(Choice::Course));
    app.key(Key::char(' '));
    assert_eq!(app.load.choose.choices.course, Course::AtOnce);
    app.key(Key::plain(Code::Left));
    assert_eq!(app.load.choose.choices.course, Course::Preview);
}

#[test]
fn a_look_that_takes_long_is_given_up_with_esc() {
    let mut app = App::at_files("/srv/in/");
    let (id, _) = the_look(&app.key(ENTER));
    assert_eq!(app.load.waiting, Some((id, Waiting::Look)));
    let effects = app.key(ESC);
    assert!(matches!(effects.as_slice(), [Effect::GiveUp(given_up)] if *given_up == id));
    app.answer(id, Reply::Load(Answer::Looked(vec![looked("/srv/in/brands.csv", brands())])));
    assert!(matches!(app.load.stage, Stage::Form), "what comes too late is not wanted");
}

fn odd() -> Head {
    let mut head = brands();
    head.columns[1] = ColumnHead { near: Some("brand_name"), ..column("brnd_nmae", None) };
    head.columns.push(column("colour", None));
    (head.missing, head.problems) = (vec!["brand_name"], Some("brand_name is missing".to_owned()));
    head
}

#[test]
fn what_is_not_known_is_asked_and_nothing_is_assumed() {
    let mut app = App::at_columns(vec![looked("/srv/in/brands.csv", odd())]);
    assert!(app.key(ENTER).is_empty());
    assert!(app.load.message.as_ref().unwrap().words().contains("Is it brand_name?"));
    assert_eq!(app.load.columns.cursor, 1, "the cursor is on it");
    let (id, look) = the_look(&app.key(Key::char('y')));
    assert!(!look.mapping.is_empty());
    app.answer(id, Reply::Load(Answer::Looked(vec![looked("/srv/in/brands.csv", odd())])));
    app.key(DOWN);
    the_look(&app.key(Key::char('x')));
    let said = &app.load.columns.said.columns;
    assert_eq!(said.get(&(Table::Brands, "brnd_nmae".to_owned())), Some(&Meaning::Column("brand_name")));
    assert_eq!(said.get(&(Table::Brands, "colour".to_owned())), Some(&Meaning::Ignored));
}

#[test]
fn a_column_and_the_way_a_file_is_written_are_set_by_hand() {
    let mut app = App::at_columns(vec![looked("/srv/in/brands.csv", odd())]);
    app.key(Key::char('e'));
    app.type_text("brand_na");
    the_look(&app.key(ENTER));
    let said = &app.load.columns.said.columns;
    assert_eq!(said.get(&(Table::Brands, "brand_id".to_owned())), Some(&Meaning::Column("brand_name")));

    let mut app = App::at_columns(vec![looked("/srv/in/brands.csv", brands())]);
    let (id, look) = the_look(&app.key(Key::char('s')));
    assert_eq!(look.parts[0].reading.delimiter, Some(b';'));
    app.answer(
        id,
        Reply::Load(Answer::Looked(vec![Looked { part: look.parts[0].clone(), told: Ok(brands()) }])),
    );
    app.key(Key::char('c'));
    app.type_text("1252");
    let (id, look) = the_look(&app.key(ENTER));
    assert_eq!(look.parts[0].reading.encoding.map(|encoding| encoding.name()), Some("windows-1252"));
    app.answer(
        id,
        Reply::Load(Answer::Looked(vec![Looked { part: look.parts[0].clone(), told: Ok(brands()) }])),
    );
    app.key(Key::char('t'));
    app.type_text("categ");
    let (_, look) = the_look(&app.key(ENTER));
    assert_eq!((look.parts[0].table, look.parts[0].reading.delimiter), (Some(Table::Categories), Some(b';')));
}

#[test]
fn days_that_can_be_read_two_ways_are_asked() {
    let mut head = brands();
    let meaning = Some((Meaning::Column("order_date"), Why::Exact));
    let days = Some(Days::Unclear("03/04/2018".to_owned()));
    head.columns.push(ColumnHead { days, ..column("order_date", meaning) });
    let mut app = App::at_columns(vec![looked("/srv/in/orders.csv", head.clone())]);
    app.key(ENTER);
    assert!(app.load.message.as_ref().unwrap().words().contains("03/04/2018"));
    let mut said = Vec::new();
    for _ in 0..3 {
        let (id, _) = the_look(&app.key(Key::char('d')));
        said.push(app.load.columns.said.days["order_date"]);
        app.answer(id, Reply::Load(Answer::Looked(vec![looked("/srv/in/orders.csv", head.clone())])));
    }
    assert_eq!(said, [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::Unknown]);
    assert!(matches!(app.key(ENTER).as_slice(), [Effect::Start(..)]), "by its values is an answer, too");
}

#[test]
fn a_mapping_is_saved_under_a_name_and_opened_again() {
    let mut app = App::at_columns(vec![looked("/srv/in/brands.csv", brands())]);
    app.key(Key::char('w'));
    app.type_text("/");
    assert!(app.key(ENTER).is_empty(), "a name is no path");
    app.key(Key::plain(Code::Backspace));
    let effects = app.key(ENTER);
    let id = the_query(
        &effects,
        |query| matches!(query, Query::Load(Question::SaveMapping(name, heads)) if name == "brands" && heads.len() == 1),
    );
    app.answer(id, Reply::Load(Answer::MappingSaved("/data/mappings/brands.toml".to_owned())));
    assert!(app.told.as_ref().unwrap().contains("brands.toml"));
    let effects = app.key(Key::char('m'));
    let id = the_query(&effects, |query| matches!(query, Query::Load(Question::Mappings)));
    app.key(ENTER);
    let effects = app.answer(id, Reply::Load(Answer::Mappings(vec!["brands".to_owned()])));
    let id = the_query(
        &effects,
        |query| matches!(query, Query::Load(Question::OpenMapping(name)) if name == "brands"),
    );
    let effects = app.answer(id, Reply::Load(Answer::Mapping("brands".to_owned(), Box::default())));
    the_look(&effects);
}

#[test]
fn a_file_whose_name_says_no_table_is_asked_for_one() {
    let unread = crate::tui::model::load::ask::Unread { words: "no table".to_owned(), lacks_table: true };
    let file = Looked { part: Part::at("/srv/prices.csv"), told: Err(unread) };
    let mut app = App::at_columns(vec![looked("/srv/brands.csv", brands()), file]);
    app.key(ENTER);
    assert_eq!(app.load.columns.file, 1);
    app.key(Key::char('t'));
    assert!(matches!(app.load.columns.dialog, Some(Dialog::Table(_))));
}

fn preview() -> Receipt {
    let cell = |column: &str, old: Option<&str>, new: Option<&str>| CellChange {
        column: column.to_owned(),
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
    };
    let change = |key: &str, kind, cells| Change { table: Table::Brands, key: key.to_owned(), kind, cells };
    let cells = vec![cell("brand_name", Some("Nimbus"), Some("Nimbus Works"))];
    let preview = vec![
        change("1", ChangeKind::Update, cells),
        change(
            "2",
            ChangeKind::Insert,
            vec![cell("brand_id", None, Some("2")), cell("brand_name", None, Some("New"))],
        ),
    ];
    Receipt { preview, ..receipt(Outcome::DryRun) }
}

#[test]
fn a_preview_shows_cells_old_and_new_and_enter_loads_what_it_shows() {
    let mut app = App::at_preview(preview());
    let Stage::Preview(shown) = &app.load.stage else { panic!() };
    let cells: Vec<Vec<String>> = shown.changes.table.seen(9).map(|(row, _)| row.cells.clone()).collect();
    assert_eq!(cells[0], ["change", "brands", "1", "brand_name", "Nimbus", "Nimbus Works"]);
    assert_eq!(cells[1], ["new", "brands", "2", "", "", "2 · New"]);
    let effects = app.key(ENTER);
    assert!(matches!(effects.as_slice(), [Effect::Start(_, job)] if !job.dry_run), "{effects:?}");

    let mut app = App::at_preview(preview());
    app.key(ESC);
    assert!(matches!(app.load.stage, Stage::Columns), "Esc goes back a step");
}

#[test]
fn a_preview_with_rejects_loads_only_without_them() {
    let mut told = receipt(Outcome::Rejected);
    told.rejects_file = Some("/srv/rejects-1.csv".into());
    let mut app = App::at_preview(told);
    let Some((id, Waiting::PreviewRejects)) = app.load.waiting else { panic!() };
    app.answer(id, Reply::Load(Answer::Rejects(Box::new(rejected()))));
    let Stage::Preview(shown) = &app.load.stage else { panic!() };
    assert!(shown.shows_rejects, "there is nothing else to show");
    assert!(app.key(ENTER).is_empty());
    let effects = app.key(Key::char('x'));
    let [Effect::Start(_, job)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(job.dry_run && job.choices.on_reject == OnReject::Skip, "it is previewed again");
}

#[test]
fn a_cell_is_corrected_and_the_whole_load_tried_again_with_it() {
    let mut app = App::at_rejects();
    app.key(ENTER);
    let Stage::Rejects(shown) = &app.load.stage else { panic!() };
    let Some(rejects::Dialog::Row(_, form)) = &shown.dialog else { panic!() };
    assert_eq!((form.focus(), form.value(2)), (2, "=dear"), "the focus is on what is wrong");
    app.key(Key::ctrl('u'));
    app.type_text("12.50");
    app.key(ENTER);
    let effects = app.key(Key::char('t'));
    let [Effect::Start(_, job)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(job.parts[0].without, [7, 9].into(), "the rows come from the correction");
    let rows = &job.corrected.as_ref().unwrap().files[0].rows;
    assert_eq!((rows[0].cells[2].as_str(), rows[1].cells[1].as_str()), ("12.50", "Nimbus"));
}

#[test]
fn rows_left_out_of_a_load_that_is_stored_are_tried_again_alone() {
    let (mut app, id) = App::loading();
    let mut told = receipt(Outcome::Committed);
    told.rejects_file = Some("/srv/rejects-1.csv".into());
    update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(told))), t0());
    let effects = app.key(Key::char('m'));
    let id = the_query(&effects, |query| matches!(query, Query::Load(Question::Rejects(..))));
    app.answer(id, Reply::Load(Answer::Rejects(Box::new(rejected()))));
    let effects = app.key(Key::char('t'));
    let [Effect::Start(_, job)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(job.parts.is_empty() && job.corrected.as_ref() == Some(&rejected()));
}

#[test]
fn a_missing_parent_is_added_with_what_is_known_of_it() {
    let mut app = App::at_rejects();
    assert!(app.key(Key::char('n')).is_empty(), "the first row lacks none");
    app.key(DOWN);
    let effects = app.key(Key::char('n'));
    let id = the_query(&effects, |query| matches!(query, Query::Load(Question::NextNumber(Table::Brands))));
    update(&mut app, Msg::Paste("!".to_owned()), t0());
    app.key(Key::plain(Code::Backspace));
    app.key(ENTER);
    let effects = app.answer(id, Reply::Load(Answer::NextNumber(Some(("brand_id", 31)))));
    let cells = |query: &Query| match query {
        Query::Load(Question::AddRow(Table::Brands, cells)) => Some(cells.clone()),
        _ => None,
    };
    let id = the_query(&effects, |query| cells(query).is_some());
    let Effect::Query(_, query) = &effects[0] else { panic!() };
    let named = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(cells(query).unwrap(), [named("brand_id", "31"), named("brand_name", "Nimbus")]);
    app.answer(id, Reply::Load(Answer::Refused("brand 31 is there already".to_owned())));
    let Stage::Rejects(shown) = &app.load.stage else { panic!() };
    assert!(matches!(&shown.dialog, Some(rejects::Dialog::Parent(parent)) if parent.refused.is_some()));
    let id = the_query(&app.key(ENTER), |query| cells(query).is_some());
    app.answer(id, Reply::Load(Answer::Added(RunId(5))));
    let Stage::Rejects(shown) = &app.load.stage else { panic!() };
    assert!(shown.dialog.is_none() && shown.corrected() == 1);
    assert!(app.told.as_ref().unwrap().contains("run 5"));
}

#[test]
fn what_was_corrected_is_not_lost_without_a_question_nor_by_a_failure() {
    let mut app = App::at_rejects();
    app.key(ENTER);
    app.type_text("1");
    app.key(ESC);
    assert!(matches!(app.popup, Some(Popup::Question(_))), "typed text is asked for");
    app.key(Key::char('n'));
    app.key(ENTER);
    app.key(ESC);
    assert!(matches!(app.popup, Some(Popup::Question(_))), "so is what was corrected");
    app.key(Key::char('n'));
    app.key(Key::char('q'));
    assert!(matches!(app.popup, Some(Popup::Question(_))), "and leaving the program");
    app.key(Key::char('n'));
    let effects = app.key(Key::char('t'));
    let [Effect::Start(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    update(&mut app, Msg::Job(*id, JobEvent::Finished(Err(Failure::new("gone away")))), t0());
    app.key(Key::char('m'));
    let Stage::Rejects(shown) = &app.load.stage else { panic!("they are there to be tried again") };
    assert_eq!(shown.rejected.files[0].rows[0].cells[2], "=dear1");
    let effects = app.key(Key::char('t'));
    let [Effect::Start(_, job)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(job.corrected.as_ref().unwrap().files.len(), 1, "each row once");
}
