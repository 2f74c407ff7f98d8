use super::super::audit::COLUMNS as OF_LOG;
use super::super::command::Command;
use super::super::desk::{Answer, Change, NewUser, Question as Asked, TemporaryPassword};
use super::super::key::Code;
use super::super::message::{Msg, Reply};
use super::super::sign_in::SignIn;
use super::super::{App, Popup, Screen, User as Person, update};
use super::*;
use crate::domain::user::{StaffMember, User};
use crate::domain::{Role, StaffId, UserId};
use secrecy::SecretString;

const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);

fn now() -> Timestamp {
    "2026-04-22T08:31:12Z".parse().unwrap()
}

fn user(name: &str, role: Role) -> (RowKey, User) {
    let user = User {
        id: UserId(u32::from(name.as_bytes()[0])),
        username: name.parse().unwrap(),
        role,
        active: true,
        second_factor: false,
        must_change_password: false,
        locked_until: None,
        last_sign_in_at: None,
        created_at: now(),
        staff: None,
    };
    (RowKey(format!("\t{name}")), user)
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

/// At the users, with ann, bob and max known and the cursor on ann.
fn at_users(role: Role) -> App {
    let mut app = App::new(SignIn::default(), TimeZone::UTC);
    app.user = Some(Person { name: "boss".parse().unwrap(), role });
    app.screen = Screen::Dashboard;
    let (id, Asked::Users(_)) = asked(&press(&mut app, Key::plain(Code::F(4)))) else { panic!() };
    let rows = ["ann", "bob", "max"].map(|name| user(name, Role::Employee)).to_vec();
    assert!(answer(&mut app, id, Answer::Users { rows, more: false }).is_empty());
    app
}

#[test]
fn an_employee_does_not_come_here_and_a_manager_only_looks() {
    let mut app = App::new(SignIn::default(), TimeZone::UTC);
    app.user = Some(Person { name: "eva".parse().unwrap(), role: Role::Employee });
    app.screen = Screen::Dashboard;
    assert!(press(&mut app, Key::plain(Code::F(4))).is_empty());
    assert_eq!(app.screen, Screen::Dashboard);
    assert!(!app.commands().any(|entry| matches!(entry.command, Command::OpenUsers | Command::OpenAudit)));

    for key in ["n", "o", "p", "u", "d", "a", "f", "t", "e", "x"] {
        let mut app = at_users(Role::Manager);
        assert!(type_text(&mut app, key).is_empty(), "{key}");
        assert!(app.notice.is_some() && app.popup.is_none() && app.users.dialog.is_none(), "{key}");
    }
    let mut app = at_users(Role::Manager);
    let offered: Vec<Command> = app.commands_for_user().map(|entry| entry.command).collect();
    assert_eq!(offered, [Command::History]);
    type_text(&mut app, "v");
    assert_eq!(app.screen, Screen::Audit);
}

#[test]
fn a_new_user_is_made_in_three_steps_and_the_password_shown_once() {
    let mut app = at_users(Role::Administrator);
    type_text(&mut app, "nZoe");
    assert!(press(&mut app, ENTER).is_empty(), "a name with a capital is none");
    assert!(matches!(app.users.dialog, Some(Dialog::Name(_))));
    press(&mut app, Key::ctrl('u'));
    type_text(&mut app, "zoe");
    press(&mut app, ENTER);
    type_text(&mut app, "man");
    let (id, staff) = asked(&press(&mut app, ENTER));
    assert_eq!(staff, Asked::Staff);
    // Typed before the staff is known: it is not lost.
    type_text(&mut app, "dag");
    assert!(press(&mut app, ENTER).is_empty());
    let dagny = StaffMember { id: StaffId(7), name: "Dagny Brook".to_owned(), store: "Hill".to_owned() };
    let (id, create) = asked(&answer(&mut app, id, Answer::Staff(vec![dagny])));
    let new = NewUser { username: "zoe".parse().unwrap(), role: Role::Manager, staff: Some(StaffId(7)) };
    assert_eq!(create, Asked::Create(new.clone()));

    // Whatever is pressed meanwhile does not take the password away.
    type_text(&mut app, "jj");
    let password = SecretString::from("aBcd-2345");
    let temporary = TemporaryPassword { username: new.username, password, hours: 24 };
    let (_, again) = asked(&answer(&mut app, id, Answer::Temporary(temporary)));
    assert!(matches!(again, Asked::Users(_)), "the table is asked for anew");
    press(&mut app, ENTER);
    assert!(matches!(app.users.dialog, Some(Dialog::Password(_))));
    press(&mut app, ESC);
    assert!(app.users.dialog.is_none());
}

#[test]
fn esc_goes_back_step_by_step_and_asks_before_a_name_is_lost() {
    let mut app = at_users(Role::Administrator);
    type_text(&mut app, "nzoe");
    press(&mut app, ENTER);
    press(&mut app, ESC);
    assert!(matches!(&app.users.dialog, Some(Dialog::Name(form)) if form.value(0) == "zoe"));
    type_text(&mut app, "2");
    press(&mut app, ESC);
    assert!(matches!(app.popup, Some(Popup::Question(_))));
    type_text(&mut app, "n");
    assert!(matches!(&app.users.dialog, Some(Dialog::Name(form)) if form.value(0) == "zoe2"));
    press(&mut app, ESC);
    type_text(&mut app, "y");
    assert!(app.users.dialog.is_none() && app.screen == Screen::Users);
    press(&mut app, ESC);
    assert_eq!(app.screen, Screen::Dashboard);
}

#[test]
fn each_change_asks_as_much_as_it_risks() {
    let enter = |app: &mut App| press(app, ENTER);
    let yes = |app: &mut App| type_text(app, "y");
    let name = |app: &mut App| {
        type_text(app, "bob");
        press(app, ENTER)
    };
    type Answering<'a> = &'a dyn Fn(&mut App) -> Vec<Effect>;
    let table: [(&str, Change, Option<Answering>); 5] = [
        ("d", Change::Deactivate, Some(&yes)),
        ("p", Change::ResetPassword, Some(&yes)),
        ("f", Change::ResetSecondFactor, Some(&yes)),
        ("e", Change::EndSessions, Some(&yes)),
        ("x", Change::Remove, Some(&name)),
    ];
    for (key, change, answering) in table {
        let mut app = at_users(Role::Administrator);
        type_text(&mut app, "j");
        assert!(type_text(&mut app, key).is_empty(), "{key} asks first");
        let Some(Popup::Question(question)) = &app.popup else { panic!("{key}") };
        assert!(question.confirm.question().contains("bob"), "{key}");
        assert!(change == Change::Remove || enter(&mut app).is_empty(), "Enter is no yes");
        if change != Change::Remove {
            type_text(&mut app, key);
        }
        let effects = answering.map(|answering| answering(&mut app)).unwrap_or_default();
        assert_eq!(asked(&effects).1, Asked::Change("bob".parse().unwrap(), change));
        assert!(type_text(&mut app, "t").len() == 1, "moving and looking go on meanwhile");
    }
}

#[test]
fn a_yes_is_for_the_user_the_question_named() {
    let mut app = at_users(Role::Administrator);
    type_text(&mut app, "e");
    let (id, _) = asked(&type_text(&mut app, "y"));
    type_text(&mut app, "jjx");
    type_text(&mut app, "max");
    // The change of before is done, and the table comes anew; max is further down now.
    let (id, Asked::Users(_)) = asked(&answer(&mut app, id, Answer::Done("Ended.".to_owned()))) else {
        panic!()
    };
    let rows = ["ann", "bob"].map(|name| user(name, Role::Employee)).to_vec();
    answer(&mut app, id, Answer::Users { rows, more: true });
    assert_ne!(app.users.current().unwrap().username.as_str(), "max");
    assert!(press(&mut app, ENTER).is_empty());
    assert!(app.notice.as_ref().is_some_and(|notice| notice.words().contains("Nothing was done")));
}

#[test]
fn a_role_is_chosen_and_then_asked_about() {
    let mut app = at_users(Role::Administrator);
    type_text(&mut app, "oadm");
    assert!(press(&mut app, ENTER).is_empty());
    let effects = type_text(&mut app, "y");
    let change = Asked::Change("ann".parse().unwrap(), Change::Role(Role::Administrator));
    assert_eq!(asked(&effects).1, change);
}

#[test]
fn what_is_so_already_is_told_and_not_asked_for() {
    let mut app = at_users(Role::Administrator);
    for (key, words) in [("a", "ann is active."), ("u", "ann is not locked.")] {
        assert!(type_text(&mut app, key).is_empty());
        assert_eq!(app.told.as_deref(), Some(words));
    }
}

#[test]
fn a_refusal_is_told_and_the_table_asked_for_anew() {
    let mut app = at_users(Role::Administrator);
    type_text(&mut app, "jd");
    let (id, _) = asked(&type_text(&mut app, "y"));
    let words = "\"bob\" is the last active administrator. Make somebody else an administrator first.";
    let effects = update(&mut app, Msg::Reply(id, Err(Failure::new(words))), now());
    assert_eq!(app.notice.as_ref().map(Failure::words), Some(words));
    let (id, Asked::Users(_)) = asked(&effects) else { panic!() };
    let rows = ["ann", "bob", "max"].map(|name| user(name, Role::Employee)).to_vec();
    answer(&mut app, id, Answer::Users { rows, more: false });
    assert_eq!(app.users.current().unwrap().username.as_str(), "bob", "the cursor is where it was");
    assert_eq!(app.users.doing, None);
}

#[test]
fn words_to_find_go_to_the_server_and_an_old_answer_is_dropped() {
    let mut app = at_users(Role::Manager);
    let effects = type_text(&mut app, "/bo");
    let [Effect::Query(first, _), Effect::Query(second, Query::Desk(Asked::Users(page)))] = &effects[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!(page.filter, "bo");
    answer(&mut app, *first, Answer::Users { rows: vec![user("max", Role::Manager)], more: false });
    assert_eq!(app.users.current().unwrap().username.as_str(), "ann");
    answer(&mut app, *second, Answer::Users { rows: vec![user("bob", Role::Manager)], more: false });
    assert_eq!(app.users.current().unwrap().username.as_str(), "bob");
}

#[test]
fn keys_for_a_row_wait_for_the_rows_and_are_dropped_where_none_come() {
    let mut app = at_users(Role::Administrator);
    let (first, _) = asked(&type_text(&mut app, "/b"));
    press(&mut app, ENTER);
    assert!(type_text(&mut app, "d").is_empty() && app.popup.is_none(), "ann is not who is looked for");
    answer(&mut app, first, Answer::Users { rows: vec![user("bob", Role::Manager)], more: false });
    let Some(Popup::Question(question)) = &app.popup else { panic!("the key was lost") };
    assert!(question.confirm.question().contains("bob"));
    type_text(&mut app, "n");

    let (second, _) = asked(&type_text(&mut app, "r"));
    type_text(&mut app, "d");
    update(&mut app, Msg::Reply(second, Err(Failure::new("The database is away."))), now());
    assert!(app.popup.is_none(), "the row that is still there was not meant");
    type_text(&mut app, "d");
    assert!(app.popup.is_some(), "the next key is for what is seen");
}

#[test]
fn there_is_a_cell_for_every_column() {
    assert_eq!(rows::cells(&user("ann", Role::Manager).1, &TimeZone::UTC).len(), COLUMNS.len());
    assert_eq!(OF_LOG.len(), 8);
}
