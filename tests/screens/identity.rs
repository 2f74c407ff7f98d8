//! The program in the states of signing in, of one's own security, and of a session's end.

use super::chain::{later, morning, pressed, typed_password};
use storekeeper::domain::session::Limits;
use storekeeper::domain::{Role, SessionId};
use storekeeper::tui::model::identity::ask::{Known, Next, OwnSession, Rules, Secret, Slot, Told, Welcome};
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::message::{Effect, Failure, Msg, Query, Reply, RequestId};
use storekeeper::tui::model::{App, update};

pub(crate) const ENTER: Key = Key::plain(Code::Enter);

pub(crate) fn secret() -> Secret {
    Secret {
        uri: "otpauth://totp/Storekeeper:max?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Storekeeper"
            .into(),
        groups: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP".into(),
    }
}

/// What was asked last.
fn last(effects: &[Effect]) -> RequestId {
    let id = effects.iter().rev().find_map(|effect| match effect {
        Effect::Query(id, Query::Identity(_) | Query::SignIn { .. }) => Some(*id),
        _ => None,
    });
    id.unwrap_or_else(|| panic!("nothing asked: {effects:?}"))
}

/// Presses Enter, and answers what that asks.
pub(crate) fn sent(mut app: App, answer: Result<Reply, Failure>) -> App {
    let effects = update(&mut app, Msg::Key(ENTER), morning());
    let id = last(&effects);
    update(&mut app, Msg::Reply(id, answer), morning());
    app
}

pub(crate) fn typed(app: App, text: &str) -> App {
    let keys: Vec<Key> = text.chars().map(Key::char).collect();
    pressed(app, &keys)
}

fn told(told: Told) -> Result<Reply, Failure> {
    Ok(Reply::Identity(told))
}

pub(crate) fn at_step(next: Next) -> App {
    sent(typed_password("Morning-Tea-7"), told(Told::Next(next)))
}

pub(crate) fn code_refused() -> App {
    let app = typed(at_step(Next::Code), "123456");
    let why = Failure::new("That code is not right. Type the one the app shows now.");
    sent(app, Err(why))
}

pub(crate) fn backup_codes() -> App {
    let codes = (1..=8).map(|slot| format!("{slot}-7K2QM-XD4PA").into()).collect();
    let app = typed(at_step(Next::Enrol(secret())), "123456");
    sent(app, told(Told::BackupCodes(codes)))
}

pub(crate) fn backup_codes_saved() -> App {
    let app = pressed(backup_codes(), &[Key::char('s')]);
    sent(app, told(Told::Saved("/home/max/storekeeper-backup-codes.txt".to_owned())))
}

pub(crate) fn new_password(typed_so_far: &str) -> App {
    let rules = Rules { username: "max".to_owned(), shortest: 8 };
    typed(at_step(Next::NewPassword(rules)), typed_so_far)
}

/// Signed in for half an hour, with something to tell.
pub(crate) fn welcomed() -> App {
    let welcome = Welcome {
        limits: Some(Limits { idle_minutes: 30, hours: 12 }),
        failed_tries: 2,
        last_sign_in: Some(later(-50_000)),
        backup_codes_left: Some(2),
        ..Welcome::of("max".parse().unwrap(), Role::Manager)
    };
    sent(typed_password("Morning-Tea-7"), Ok(Reply::SignedIn(welcome)))
}

pub(crate) fn known(is_on: bool) -> Known {
    let used = |number: u8| {
        let at = later(-86_400 * i64::from(number));
        (number > 6).then(|| (at, "ssh 192.0.2.7 · pts/3 · till".to_owned()))
    };
    let session = |id, hours: i64, origin: &str, is_this| OwnSession {
        id: SessionId(id),
        since: later(-3600 * hours),
        last_key: later(-60 * hours),
        origin: origin.to_owned(),
        is_this,
    };
    Known {
        is_on,
        is_mandatory: false,
        backup_codes: (1..=8).map(|number| Slot { number, used: used(number) }).collect(),
        sessions: vec![
            session(9, 0, "ssh 192.0.2.7 · pts/3 · till", true),
            session(4, 30, "ssh 2001:db8::17 · pts/11 · back-office", false),
        ],
    }
}

pub(crate) fn security(known: Known) -> App {
    let mut app = welcomed();
    let effects = update(&mut app, Msg::Key(Key::plain(Code::F(6))), morning());
    let id = last(&effects);
    update(&mut app, Msg::Reply(id, told(Told::Security(known))), morning());
    app
}

pub(crate) fn secret_again() -> App {
    let app = typed(pressed(security(known(true)), &[Key::char('v')]), "Morning-Tea-7");
    sent(app, told(Told::Secret(secret())))
}

pub(crate) fn locked() -> App {
    typed(pressed(welcomed(), &[Key::ctrl('l')]), "Morning")
}

/// In the last minute of the session, after so many seconds.
pub(crate) fn counting_down() -> App {
    let mut app = welcomed();
    update(&mut app, Msg::Tick, later(30 * 60 - 42));
    app
}

pub(crate) fn ended() -> App {
    let mut app = welcomed();
    update(&mut app, Msg::Tick, later(30 * 60));
    app
}

pub(crate) fn direct() -> App {
    let mut app = App::new(Default::default(), jiff::tz::TimeZone::UTC);
    app.administer_directly(Welcome::of("direct".parse().unwrap(), Role::Administrator), morning());
    app
}
