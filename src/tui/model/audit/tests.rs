use super::super::desk::{Answer, CheckNews, Question as Asked};
use super::super::key::Code;
use super::super::message::{Msg, Reply};
use super::super::sign_in::SignIn;
use super::super::{App, Screen, User, update};
use super::*;
use crate::domain::Role;
use crate::domain::audit::Action;

const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);
const TAB: Key = Key::plain(Code::Tab);

fn now() -> Timestamp {
    "2026-04-22T08:31:12Z".parse().unwrap()
}

fn logged(id: u64) -> Logged {
    Logged {
        id,
        at: now(),
        actor: "ann".to_owned(),
        role: Some("manager".to_owned()),
        origin: "192.0.2.7 pts/3".to_owned(),
        action: "role_changed".to_owned(),
        subject: "user bob".to_owned(),
        outcome: "done".to_owned(),
        before: None,
        after: None,
        detail: String::new(),
        correlation_id: "c".to_owned(),
    }
}

fn press(app: &mut App, key: Key) -> Vec<Effect> {
    update(app, Msg::Key(key), now())
}

fn type_text(app: &mut App, text: &str) -> Vec<Effect> {
    text.chars().flat_map(|letter| press(app, Key::char(letter))).collect()
}

fn answer(app: &mut App, id: RequestId, answer: Answer) -> Vec<Effect> {
    update(app, Msg::Reply(id, Ok(Reply::Desk(answer))), now())
}

fn asked(effects: &[Effect]) -> (RequestId, Asked) {
    let [Effect::Query(id, Query::Desk(asked))] = effects else { panic!("{effects:?}") };
    (*id, asked.clone())
}

fn at_log(role: Role) -> App {
    let mut app = App::new(SignIn::default(), TimeZone::UTC);
    app.user = Some(User { name: "boss".parse().unwrap(), role });
    app.screen = Screen::Dashboard;
    let (id, _) = asked(&press(&mut app, Key::plain(Code::F(10))));
    answer(&mut app, id, Answer::Log { rows: vec![logged(9), logged(8)], more: false });
    app
}

#[test]
fn the_form_narrows_what_is_shown_and_esc_widens_it() {
    let mut app = at_log(Role::Manager);
    type_text(&mut app, "/bob");
    press(&mut app, TAB);
    type_text(&mut app, "role");
    assert!(press(&mut app, ENTER).is_empty(), "that is no action");
    type_text(&mut app, " changed");
    let (_, Asked::Log(filter, _)) = asked(&press(&mut app, ENTER)) else { panic!() };
    let expected = LogFilter {
        person: Some("bob".to_owned()),
        action: Some(Action::RoleChanged),
        ..LogFilter::default()
    };
    assert_eq!(filter, expected);
    let (_, Asked::Log(filter, _)) = asked(&press(&mut app, ESC)) else { panic!() };
    assert_eq!(filter, LogFilter::default());
    press(&mut app, ESC);
    assert_eq!(app.screen, Screen::Dashboard);
}

#[test]
fn a_row_is_opened_with_all_there_is_to_it() {
    let mut app = at_log(Role::Manager);
    press(&mut app, Key::char('j'));
    let (id, question) = asked(&press(&mut app, ENTER));
    assert_eq!(question, Asked::Entry(8));
    let linked =
        Linked { entry: logged(8), user_id: Some(7), previous_hash: "ab".to_owned(), hash: "cd".to_owned() };
    answer(&mut app, id, Answer::Entry(Box::new(linked.clone())));
    assert!(
        matches!(&app.audit.dialog, Some(Dialog::Entry(entry, 0)) if entry.value().map(|entry| &**entry) == Some(&linked))
    );
    press(&mut app, ESC);
    assert!(app.audit.dialog.is_none());
}

#[test]
fn a_check_is_for_administrators_tells_how_far_it_is_and_can_be_stopped() {
    let mut app = at_log(Role::Manager);
    assert!(type_text(&mut app, "v").is_empty());
    assert!(app.notice.is_some());

    let mut app = at_log(Role::Administrator);
    let effects = type_text(&mut app, "v");
    let [Effect::CheckLog(id)] = effects.as_slice() else { panic!("{effects:?}") };
    let id = *id;
    assert!(type_text(&mut app, "v").is_empty(), "one at a time");
    update(&mut app, Msg::Check(id, CheckNews::Checked(5_000, 20_000)), now());
    assert_eq!(app.audit.check, Some(Check::Running { id, done: 5_000, of: 20_000, stopping: false }));
    assert!(matches!(type_text(&mut app, "x").as_slice(), [Effect::Cancel(stopped)] if *stopped == id));
    assert!(type_text(&mut app, "x").is_empty());
    update(&mut app, Msg::Check(id, CheckNews::Ended(Ok(Verdict::Stopped))), now());
    assert_eq!(app.audit.check, Some(Check::Ended(Ok(Verdict::Stopped), now())));
    update(&mut app, Msg::Check(id, CheckNews::Checked(1, 2)), now());
    assert_eq!(app.audit.checking(), None, "what comes late changes nothing");
}

#[test]
fn who_signs_out_leaves_no_check_behind() {
    let mut app = at_log(Role::Administrator);
    type_text(&mut app, "v");
    let effects = press(&mut app, Key::ctrl('o'));
    assert!(matches!(effects.as_slice(), [Effect::Cancel(_), Effect::SignOut(_)]), "{effects:?}");
}

#[test]
fn entries_are_written_to_a_file_of_a_known_kind() {
    let mut app = at_log(Role::Manager);
    type_text(&mut app, "e/srv/log.txt");
    assert!(press(&mut app, ENTER).is_empty());
    (0..3).for_each(|_| {
        press(&mut app, Key::plain(Code::Backspace));
    });
    type_text(&mut app, "csv");
    let (id, question) = asked(&press(&mut app, ENTER));
    assert_eq!(question, Asked::Export(LogFilter::default(), "/srv/log.csv".to_owned()));
    answer(&mut app, id, Answer::Exported(2, "/srv/log.csv".to_owned()));
    assert_eq!(app.told.as_deref(), Some("2 entries were written to /srv/log.csv."));
}

#[test]
fn only_what_means_something_is_offered() {
    let app = at_log(Role::Manager);
    let offered: Vec<Command> = app.commands().map(|entry| entry.command).collect();
    for missing in [Command::Sort, Command::Toggle, Command::CheckLog, Command::StopCheck] {
        assert!(!offered.contains(&missing), "{missing:?}");
    }
    assert!(offered.contains(&Command::ExportLog));
}
