//! Reports from the screens: which are offered, where to, how far they are, and what is done with them afterwards.

use super::super::reports::ask::{Printed, ReportJob, ReportNews};
use super::*;
use crate::domain::{CustomerId, Measure, Scope};
use crate::service::reports::{Reporting, What, Whom};

const DOWN: Key = Key::plain(Code::Down);

impl App {
    fn report(&mut self, id: JobId, news: ReportNews, after: i64) {
        let now = Timestamp::from_second(t0().as_second() + after).unwrap();
        update(self, Msg::Report(id, news), now);
    }
}

fn the_job(effects: &[Effect]) -> (JobId, ReportJob) {
    let job = effects.iter().find_map(|effect| match effect {
        Effect::Report(id, job) => Some((*id, (**job).clone())),
        _ => None,
    });
    job.unwrap_or_else(|| panic!("nothing is printed: {effects:?}"))
}

/// The names of what is offered.
fn offered(app: &App) -> Vec<String> {
    let Some(Popup::Reports(list)) = &app.popup else { panic!("nothing is offered: {:?}", app.popup) };
    list.names().map(str::to_owned).collect()
}

/// A report of a customer that is being printed.
fn printing() -> (App, JobId) {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.shows_records();
    app.key(Key::char('w'));
    app.key(ENTER);
    let (id, _) = the_job(&app.key(ENTER));
    (app, id)
}

fn one(place: &str) -> Printed {
    Printed { place: place.into(), documents: 1, pages: 2 }
}

#[test]
fn the_dashboard_offers_the_sales_it_shows_and_the_stock_of_its_store() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::char('w'));
    let names = [
        "Sales of Whole chain, Apr 2026, booked",
        "Stock of Whole chain",
        "Low stock of Whole chain, to order",
    ];
    assert_eq!(offered(&app), names);
    app.key(ENTER);
    let Some(Popup::Into(into)) = &app.popup else { panic!("no folder is asked for") };
    assert_eq!((into.words.as_str(), into.form.value(0)), (names[0], "~/reports"));
    app.key(Key::ctrl('u'));
    app.type_text("/srv/out");
    let effects = app.key(ENTER);
    let (_, job) = the_job(&effects);
    let april = Scope {
        measure: Measure::Booked,
        store: None,
        from: Some(date(2026, 4, 1)),
        to: Some(date(2026, 4, 30)),
    };
    assert_eq!(job, ReportJob { what: What::Sales(april), folder: "/srv/out".to_owned() });
    assert!(matches!(&effects[1], Effect::RememberFolder(folder) if folder == "/srv/out"));
    // The focus says what is meant most likely.
    app.reports.running = None;
    app.dashboard.focus = Tile::Low;
    app.key(Key::char('w'));
    app.key(ENTER);
    let (_, job) = the_job(&app.key(ENTER));
    assert_eq!(job, ReportJob { what: What::LowStock(None), folder: "/srv/out".to_owned() });
}

#[test]
fn letters_are_for_one_for_those_marked_or_for_all_that_are_listed() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.shows_records();
    app.key(Key::char('w'));
    assert_eq!(offered(&app), ["A letter to Cy Dent", "Letters to all customers"]);
    app.key(ESC);
    app.key(Key::char(' '));
    app.key(Key::char('w'));
    assert_eq!(offered(&app)[0], "A letter to the marked customer");
    app.key(ENTER);
    let (_, job) = the_job(&app.key(ENTER));
    assert_eq!(job.what, What::Customers(Whom::These(vec![CustomerId(1)])));
    app.reports.running = None;
    app.key(Key::char('/'));
    app.type_text("city:Rowlett");
    app.key(ENTER);
    app.key(Key::char('w'));
    assert_eq!(offered(&app).last().unwrap(), "Letters to all customers that city:Rowlett leaves");
    app.key(DOWN);
    app.key(DOWN);
    app.key(ENTER);
    let (_, job) = the_job(&app.key(ENTER));
    let What::Customers(Whom::Narrowed(filter)) = job.what else { panic!("{job:?}") };
    assert_eq!(filter.conditions.len(), 1);
}

#[test]
fn how_far_it_is_is_told_with_the_time_that_is_left_and_it_can_be_stopped() {
    let (mut app, id) = printing();
    let words = |app: &App| app.reports.running.unwrap().in_words();
    assert_eq!(words(&app), "printing");
    app.report(id, ReportNews::Progress(Reporting { done: 100, of: 400 }), 10);
    assert_eq!(words(&app), "printing 100 of 400, 10/s, 30 s left");
    // What is stale is not of this one.
    app.report(JobId(9999), ReportNews::Progress(Reporting { done: 1, of: 2 }), 11);
    assert!(words(&app).starts_with("printing 100"));
    // One at a time.
    app.key(Key::char('w'));
    app.key(ENTER);
    assert!(app.key(ENTER).is_empty());
    assert!(app.notice.as_ref().unwrap().words().starts_with("Another report"));
    let effects = app.key(Key::ctrl('x'));
    assert!(matches!(effects.as_slice(), [Effect::Cancel(job)] if *job == id), "{effects:?}");
    assert_eq!(words(&app), "stopping the report");
    app.report(id, ReportNews::Ended(Err(Failure::new("Stopped; no report was written."))), 12);
    assert_eq!(app.reports.running, None);
    assert_eq!(app.notice.as_ref().unwrap().words(), "Stopped; no report was written.");
    assert!(app.key(Key::ctrl('x')).is_empty(), "there is nothing to stop any more");
}

#[test]
fn the_path_of_what_was_printed_is_copied_and_opened_until_another_key() {
    let (mut app, id) = printing();
    app.reports.can_open = true;
    app.report(id, ReportNews::Ended(Ok(one("/srv/out/a\x1b b.pdf"))), 1);
    let printed = app.reports.printed.clone().unwrap();
    assert_eq!(printed.in_words() + &printed.path(), "Printed, 2 pages: /srv/out/a b.pdf");
    for _ in 0..2 {
        let effects = app.key(Key::char('y'));
        assert!(
            matches!(effects.as_slice(), [Effect::Copy(text)] if text == "/srv/out/a b.pdf"),
            "{effects:?}"
        );
    }
    let effects = app.key(Key::char('o'));
    assert!(matches!(effects.as_slice(), [Effect::Open(place)] if *place == printed.place), "{effects:?}");
    app.key(DOWN);
    assert_eq!(app.reports.printed, None);
    let effects = app.key(Key::char('y'));
    assert!(
        matches!(effects.as_slice(), [Effect::Copy(text)] if text.contains("Cy Dent")),
        "it is the row's key again"
    );
}

#[test]
fn where_nothing_opens_a_file_nobody_is_told_of_a_key_for_it() {
    let (mut app, id) = printing();
    app.report(id, ReportNews::Ended(Ok(one("/srv/out/a.pdf"))), 1);
    let told = |app: &App| app.hints().map(|hint| hint.command).collect::<Vec<_>>();
    assert!(told(&app).contains(&Command::CopyPath) && !told(&app).contains(&Command::OpenFile));
    assert!(app.key(Key::char('o')).is_empty());
    // A letter that is typed is text.
    app.report_again(one("/srv/out/b.pdf"));
    app.key(Key::char('/'));
    app.report_again(one("/srv/out/b.pdf"));
    app.key(Key::char('y'));
    assert_eq!(app.records.list().unwrap().rows.find().words().text(), "y");
}

impl App {
    fn report_again(&mut self, printed: Printed) {
        self.reports.printed = Some(printed);
    }
}

#[test]
fn a_locked_screen_tells_of_no_report_and_stops_none() {
    let (mut app, id) = printing();
    app.key(Key::ctrl('l'));
    assert!(app.lock.is_some());
    assert!(app.key(Key::ctrl('x')).is_empty());
    app.report(id, ReportNews::Ended(Ok(one("/srv/out/a.pdf"))), 1);
    assert!(app.hints().all(|hint| hint.command != Command::CopyPath));
}
