//! The model, driven by messages: each test is a story of a person at the keyboard.

mod commands;
mod copying;
mod dashboard;
mod ending;
mod identity;
mod load;
mod mouse;
mod palette;
mod sign_in;
mod themes;
mod type_ahead;

use super::command::{TABLE, at};
use super::dashboard::Tile;
use super::identity::ask::{Ask, Known, Next, OwnSession, Rules, Secret, Slot, Told, Welcome};
use super::key::Code;
use super::message::{JobId, LoadJob, Query};
use super::widgets::data_table::RowKey;
use super::*;
use crate::domain::morning::{Calendar, StoreName};
use crate::domain::receipt::Outcome;
use crate::domain::{Figures, Money, Receipt, RunId, StoreId};
use jiff::civil::date;
use rust_decimal::Decimal;

const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);
const TAB: Key = Key::plain(Code::Tab);

fn t0() -> Timestamp {
    Timestamp::from_second(1_776_846_672).unwrap()
}

fn app() -> App {
    App::new(SignIn::default(), TimeZone::UTC)
}

impl App {
    fn key(&mut self, key: Key) -> Vec<Effect> {
        update(self, Msg::Key(key), t0())
    }

    fn type_text(&mut self, text: &str) -> Vec<Effect> {
        text.chars().flat_map(|character| self.key(Key::char(character))).collect()
    }

    fn answer(&mut self, id: RequestId, reply: Reply) -> Vec<Effect> {
        update(self, Msg::Reply(id, Ok(reply)), t0())
    }

    /// Types a name and a password and sends them off.
    fn sends_sign_in(&mut self) -> RequestId {
        self.type_text("max");
        self.key(TAB);
        self.type_text("Tea-at-7");
        the_query(&self.key(ENTER), |query| matches!(query, Query::SignIn { .. }))
    }

    fn signed_in(role: Role) -> (App, Vec<Effect>) {
        let mut app = app();
        let id = app.sends_sign_in();
        let effects = app.answer(id, Reply::SignedIn(Welcome::of("max".parse().unwrap(), role)));
        (app, effects)
    }

    /// Signed in, with the calendar and the stores known.
    fn at_dashboard(role: Role) -> (App, Vec<Effect>) {
        let (mut app, effects) = App::signed_in(role);
        let stores = the_query(&effects, |query| matches!(query, Query::Stores));
        app.answer(stores, Reply::Stores(vec![StoreName { id: StoreId(7), name: "Hill".to_owned() }]));
        let id = the_query(&effects, |query| matches!(query, Query::Calendar(_)));
        let calendar =
            Calendar { oldest: date(2025, 11, 3), newest: date(2026, 4, 20), today: date(2026, 4, 22) };
        let effects = app.answer(id, Reply::Calendar(Some(calendar)));
        (app, effects)
    }

    /// At the screen of users, with one of them, whom anything can be done to.
    fn shows_a_user(&mut self) {
        self.screen = Screen::Users;
        let effects = self.open_users();
        let id = the_query(&effects, |query| matches!(query, Query::Desk(_)));
        let user = crate::domain::user::User {
            id: crate::domain::UserId(2),
            username: "ann".parse().unwrap(),
            role: Role::Employee,
            active: true,
            second_factor: true,
            must_change_password: false,
            locked_until: None,
            last_sign_in_at: None,
            created_at: t0(),
            staff: None,
        };
        let rows = vec![(RowKey("\tann".to_owned()), user)];
        self.answer(id, Reply::Desk(desk::Answer::Users { rows, more: false }));
    }

    fn loading() -> (App, JobId) {
        let (mut app, _) = App::at_dashboard(Role::Manager);
        app.key(Key::plain(Code::F(3)));
        app.type_text("/srv/in");
        let effects = app.key(ENTER);
        let [Effect::Start(id, job)] = effects.as_slice() else { panic!("{effects:?}") };
        assert_eq!(*job, LoadJob { path: "/srv/in".to_owned(), dry_run: false });
        (app, *id)
    }
}

fn the_query(effects: &[Effect], wanted: impl Fn(&Query) -> bool) -> RequestId {
    effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Query(id, query) if wanted(query) => Some(*id),
            _ => None,
        })
        .unwrap_or_else(|| panic!("not asked for: {effects:?}"))
}

fn net(cents: i64) -> Reply {
    Reply::Figures(Figures { net: Money::rounded(Decimal::new(cents, 2)), ..Figures::default() })
}

fn is_figures(query: &Query) -> bool {
    matches!(query, Query::Figures(_))
}

fn receipt(status: Outcome) -> Receipt {
    Receipt {
        run_id: RunId(1),
        source: String::new(),
        mode: String::new(),
        status,
        tables: Vec::new(),
        preview: Vec::new(),
        rejects_file: None,
        seconds: 1.0,
        rows_per_second: 0,
    }
}
