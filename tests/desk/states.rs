//! The screens in the states worth a picture.

use crate::chain::{later, morning, reply};
use jiff::tz::TimeZone;
use secrecy::SecretString;
use storekeeper::domain::audit::{Linked, Logged};
use storekeeper::domain::user::{StaffMember, User};
use storekeeper::domain::{Role, StaffId, UserId, clean};
use storekeeper::tui::model::desk::{Answer, CheckNews, Question, TemporaryPassword, Verdict};
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::message::{Effect, Failure, JobId, Msg, Query, Reply, RequestId};
use storekeeper::tui::model::sign_in::SignIn;
use storekeeper::tui::model::widgets::data_table::RowKey;
use storekeeper::tui::model::{App, Screen, User as Person, update};

fn user(number: u32, name: &str, role: Role) -> User {
    User {
        id: UserId(number),
        username: name.parse().unwrap(),
        role,
        active: true,
        second_factor: role == Role::Administrator,
        must_change_password: false,
        locked_until: None,
        last_sign_in_at: Some(later(-3600 * i64::from(number))),
        created_at: "2025-11-03T09:12:40Z".parse().unwrap(),
        staff: None,
    }
}

fn staff(number: u32, name: &str, store: &str) -> StaffMember {
    StaffMember { id: StaffId(number), name: name.to_owned(), store: store.to_owned() }
}

/// The users, with this as the name of somebody of the staff.
fn people(text: &str) -> Vec<(RowKey, User)> {
    let mut ann = user(1, "ann", Role::Administrator);
    ann.staff = Some(staff(1, &clean(text), &clean(text)));
    let mut bob = user(2, "bob.the-builder_of-belstow", Role::Employee);
    bob.locked_until = Some(later(660));
    bob.staff = Some(staff(2, "Zoe Quinn-Hernandez de la Vega", "South Crag Bikes"));
    let mut eva = user(3, "eva", Role::Employee);
    (eva.active, eva.last_sign_in_at) = (false, None);
    let mut max = user(4, "max", Role::Manager);
    max.must_change_password = true;
    max.staff = Some(staff(4, "Max Toft", "Belstow Bikes"));
    [ann, bob, eva, max].into_iter().map(|user| (RowKey(format!("\t{}", user.username)), user)).collect()
}

fn entry(id: u64, actor: &str, action: &str, outcome: &str, subject: &str) -> Logged {
    Logged {
        id,
        at: later(-40 * i64::try_from(9 - id).unwrap()),
        actor: actor.to_owned(),
        role: (actor != "(nobody)").then(|| "administrator".to_owned()),
        origin: "192.0.2.17 pts/3".to_owned(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        outcome: outcome.to_owned(),
        before: None,
        after: None,
        detail: String::new(),
        correlation_id: "0190f3c2a7d47c1e9f3a5b6c7d8e9f01".to_owned(),
    }
}

/// The log, with this in everything of one entry.
fn entries(text: &str) -> Vec<Logged> {
    let mut import = entry(6, "max", "import", "failed", "orders.csv");
    import.detail = "14 of 4,722 rows were rejected; nothing was written.".to_owned();
    let text = clean(text);
    let mut hostile = entry(5, &text, "user_created", "done", &text);
    (hostile.origin, hostile.detail) = (text.clone(), text.clone());
    vec![
        entry(8, "ann", "role_changed", "done", "user bob.the-builder_of-belstow"),
        entry(7, "(nobody)", "sign_in_refused", "refused", "user root"),
        import,
        hostile,
        entry(4, "ann", "second_factor_enrolled", "done", "user ann"),
    ]
}

fn linked(text: &str) -> Box<Linked> {
    let mut entry = entries(text).remove(0);
    entry.before =
        Some(format!(r#"{{"role":"employee","active":true,"staff":{}}}"#, serde_json::json!(text)));
    entry.after = Some(r#"{"role":"manager","active":true}"#.to_owned());
    entry.detail = clean(text);
    Box::new(Linked { entry, user_id: Some(7), previous_hash: "3f".repeat(32), hash: "a9".repeat(32) })
}

/// The answer to every question of these screens.
fn answer_to(question: &Question, text: &str) -> Answer {
    let mut names = vec![staff(8, "Dagny Brook", "Belstow Bikes"), staff(9, "Kirsa Toft", "Redmoor Bikes")];
    names.push(staff(10, &clean(text), &clean(text)));
    match question {
        Question::Users(_) => Answer::Users { rows: people(text), more: false },
        Question::Staff => Answer::Staff(names),
        Question::Create(new) => Answer::Temporary(TemporaryPassword {
            username: new.username.clone(),
            password: SecretString::from("kXq3-Zr8v-Ym2w-Hb7t"),
            hours: 24,
        }),
        Question::Change(..) => Answer::Done(clean(text)),
        Question::Log(..) => Answer::Log { rows: entries(text), more: false },
        Question::Entry(_) => Answer::Entry(linked(text)),
        Question::Export(_, path) => Answer::Exported(5, clean(path)),
    }
}

fn at_dashboard(role: Role) -> App {
    let mut app = App::new(SignIn::default(), TimeZone::UTC);
    app.user = Some(Person { name: "ann".parse().unwrap(), role });
    app.screen = Screen::Dashboard;
    app
}

fn answered(app: &mut App, effects: Vec<Effect>, text: &str) {
    for effect in effects {
        let Effect::Query(id, query) = effect else { continue };
        let reply = match &query {
            Query::Desk(question) => Reply::Desk(answer_to(question, text)),
            other => reply(other),
        };
        let more = update(app, Msg::Reply(id, Ok(reply)), morning());
        answered(app, more, text);
    }
}

fn pressed_with(mut app: App, keys: &str, text: &str) -> App {
    for letter in keys.chars() {
        let key = match letter {
            '\n' => Key::plain(Code::Enter),
            '\t' => Key::plain(Code::Tab),
            letter => Key::char(letter),
        };
        let effects = update(&mut app, Msg::Key(key), morning());
        answered(&mut app, effects, text);
    }
    app
}

/// After these keys, with every question answered.
pub(crate) fn pressed_on(app: App, keys: &str) -> App {
    pressed_with(app, keys, "Ann Brook")
}

pub(crate) fn users(role: Role) -> App {
    pressed_on(at_dashboard(role), "3")
}

pub(crate) fn users_waiting(role: Role) -> App {
    let mut app = at_dashboard(role);
    update(&mut app, Msg::Key(Key::char('3')), morning());
    app
}

fn asked(effects: &[Effect]) -> RequestId {
    let [Effect::Query(id, _)] = effects else { panic!("{effects:?}") };
    *id
}

pub(crate) fn users_failed() -> App {
    let mut app = users(Role::Manager);
    let id = asked(&update(&mut app, Msg::Key(Key::char('r')), morning()));
    let failure = Failure::new("The database does not answer: Connection refused.");
    update(&mut app, Msg::Reply(id, Err(failure)), later(90));
    app
}

pub(crate) fn new_user_at_the_staff() -> App {
    pressed_on(users(Role::Administrator), "nzoe\nman\n")
}

pub(crate) fn temporary_password() -> App {
    pressed_on(new_user_at_the_staff(), "dag\n")
}

pub(crate) fn log(role: Role) -> App {
    pressed_on(at_dashboard(role), "4")
}

pub(crate) fn log_narrowed() -> App {
    pressed_on(log(Role::Administrator), "/max\trole changed\t2026-04-20\n")
}

fn begin_check() -> (App, JobId) {
    let mut app = log(Role::Administrator);
    let effects = update(&mut app, Msg::Key(Key::char('v')), morning());
    let [Effect::CheckLog(id)] = effects.as_slice() else { panic!("{effects:?}") };
    let id = *id;
    update(&mut app, Msg::Check(id, CheckNews::Checked(385_000, 1_000_000)), morning());
    (app, id)
}

pub(crate) fn log_checking() -> App {
    begin_check().0
}

pub(crate) fn log_checked(result: Result<Verdict, Failure>) -> App {
    let (mut app, id) = begin_check();
    update(&mut app, Msg::Check(id, CheckNews::Ended(result)), later(9));
    app
}

pub(crate) fn whole() -> Verdict {
    Verdict::Whole(1_000_000)
}

pub(crate) fn broken() -> Verdict {
    Verdict::Broken("Entry 17 was changed after it was recorded: it does not give its own hash.".to_owned())
}

pub(crate) fn entry_open() -> App {
    pressed_on(log(Role::Manager), "\n")
}

/// Every state, with this text wherever somebody else's text can be.
pub(crate) fn every_state(text: &str) -> Vec<App> {
    let users = || pressed_with(at_dashboard(Role::Administrator), "3", text);
    let log = || pressed_with(at_dashboard(Role::Administrator), "4", text);
    let mut told = log();
    (told.told, told.audit.filter.person) = (Some(text.to_owned()), Some(text.to_owned()));
    let mut failed = users();
    failed.notice = Some(Failure::new(text));
    let mut pasted = pressed_with(log(), "/", text);
    update(&mut pasted, Msg::Paste(text.to_owned()), morning());
    let mut file = pressed_with(log(), "e", text);
    update(&mut file, Msg::Paste(text.to_owned()), morning());
    let mut name = pressed_with(users(), "n", text);
    update(&mut name, Msg::Paste(text.to_owned()), morning());
    let mut states = vec![
        users_waiting(Role::Manager),
        pressed_with(users(), "\n", text),
        pressed_with(users(), "t", text),
        pressed_with(users(), "xan", text),
        temporary_password(),
        log_checking(),
        log_checked(Ok(Verdict::Broken(clean(text)))),
        pressed_with(log(), "\n", text),
        users(),
        log(),
        told,
        failed,
        pasted,
        file,
        name,
    ];
    states.extend(crate::database::every_state(text));
    states
}
