//! The dashboard of somebody, with real answers, driven by keys.

use crate::support::people::{add_user, signed_in};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use mysql_async::prelude::Queryable;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use storekeeper::db::Db;
use storekeeper::db::records::Listed;
use storekeeper::domain::records::Filter;
use storekeeper::domain::{Role, Table};
use storekeeper::service::authorized::{ImportData, ModifyData, ViewDashboard, ViewData, ViewLogs};
use storekeeper::service::records::{self, Rows};
use storekeeper::service::{Session, audit, figures, history, targets};
use storekeeper::tui::model::dashboard::Tile;
use storekeeper::tui::model::dashboard::ask::{Answer, Question};
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::message::{Effect, Msg, Query, Reply};
use storekeeper::tui::model::records::ask::Question as OfRecords;
use storekeeper::tui::model::sign_in::SignIn;
use storekeeper::tui::model::{App, Screen, User, update};
use storekeeper::tui::view::draw;
use storekeeper::tui::view::theme::Theme;
use tokio_util::sync::CancellationToken;

/// Noon of the 20th of March 2026.
const NOW: &str = "2026-03-20T12:00:00Z";

pub struct Board {
    pub app: App,
    pub who: &'static str,
    session: Session,
    db: Db,
}

impl Board {
    /// Of somebody of that role who is that member of the staff.
    pub async fn of(db: &Db, who: &'static str, role: Role, staff: Option<u32>) -> Board {
        add_user(db, who, role).await;
        let link = "UPDATE users SET staff_id = ? WHERE username = ?";
        db.conn().await.unwrap().exec_drop(link, (staff, who)).await.unwrap();
        let session = signed_in(db, who).await;
        let mut app = App::new(SignIn::default(), TimeZone::UTC);
        app.user = Some(User { name: who.parse().unwrap(), role });
        (app.screen, app.dashboard.role) = (Screen::Dashboard, Some(role));
        let mut board = Board { app, who, session, db: db.clone() };
        board.press(Key::char('r')).await;
        board.draw();
        board
    }

    pub async fn types(&mut self, keys: &str) {
        for key in keys.chars() {
            let key = match key {
                '\n' => Key::plain(Code::Enter),
                '\t' => Key::plain(Code::Tab),
                other => Key::char(other),
            };
            self.press(key).await;
        }
        assert!(self.app.dashboard.dialog.is_none(), "{keys}: {:?}", self.app.dashboard.dialog);
        self.draw();
    }

    /// Presses a key, and answers what the dashboard asks then; what others ask comes back.
    pub async fn press(&mut self, key: Key) -> Vec<Query> {
        let now: Timestamp = NOW.parse().unwrap();
        let mut effects = update(&mut self.app, Msg::Key(key), now);
        let mut others = Vec::new();
        while let Some(effect) = effects.pop() {
            match effect {
                Effect::Query(id, Query::Board(question)) => {
                    let answer = Reply::Board(self.answer(question, now).await);
                    effects.extend(update(&mut self.app, Msg::Reply(id, Ok(answer)), now));
                }
                Effect::Query(_, other) => others.push(other),
                _ => {}
            }
        }
        others
    }

    /// What is drawn tells the keys where they can go. It is large enough for every row of every tile.
    fn draw(&mut self) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 200, 160));
        self.app.hits = draw(&self.app, &Theme::TERMINAL, buffer.area, &mut buffer).hits;
    }

    /// The focus on a tile, or on a part of it.
    pub async fn focus(&mut self, tile: Tile, part: Option<usize>) {
        self.press(Key::plain(Code::Esc)).await;
        self.app.dashboard.focus = tile;
        // The bars of the chart, and what net is held against, lie side by side.
        let way = if matches!(tile, Tile::Days | Tile::Net) { Code::Right } else { Code::Down };
        for _ in 0..part.map_or(0, |part| part + 1) {
            self.press(Key::plain(way)).await;
        }
        assert_eq!((self.app.dashboard.focus, self.app.dashboard.part()), (tile, part), "{}", self.who);
    }

    /// The rows that Enter opens, all of them, with the words that name them. Esc leads back to where one was.
    pub async fn rows_behind(&mut self, tile: Tile, part: Option<usize>) -> (Table, String, Vec<Listed>) {
        self.focus(tile, part).await;
        let asked = self.press(Key::plain(Code::Enter)).await;
        let [Query::Records(OfRecords::Rows(table, filter, page))] = asked.as_slice() else {
            panic!("{}: {tile:?} {part:?}: {asked:?} {:?}", self.who, self.app.told);
        };
        assert_eq!(self.app.screen, Screen::Records);
        let (table, words) = (*table, page.filter.clone());
        let rows = self.all(table, (**filter).clone()).await;
        self.press(Key::plain(Code::Esc)).await;
        let now = (self.app.screen, self.app.dashboard.focus, self.app.dashboard.part());
        assert_eq!(now, (Screen::Dashboard, tile, part));
        assert!(self.app.records.current().is_none(), "nothing of it is left there");
        (table, words, rows)
    }

    async fn all(&self, table: Table, filter: Filter) -> Vec<Listed> {
        let by = self.session.require(ViewData).unwrap();
        let asked = Rows { table, filter, order: None, after: None, up: false, limit: 100_000 };
        let cancel = CancellationToken::new();
        records::page(&by, &self.db, asked, NOW.parse().unwrap(), &cancel).await.unwrap().unwrap()
    }

    async fn answer(&self, question: Question, now: Timestamp) -> Answer {
        let (by, db) = (self.session.require(ViewDashboard).unwrap(), &self.db);
        match question {
            Question::Stores => Answer::Stores(figures::stores(&by, db).await.unwrap()),
            Question::Calendar(store) => {
                Answer::Calendar(figures::calendar(&by, db, store, now).await.unwrap())
            }
            Question::Sales(filter) => Answer::Sales(figures::sales(&by, db, &filter.scope()).await.unwrap()),
            Question::Comparison(filter, today) => {
                Answer::Comparison(figures::comparison(&by, db, &filter, today).await.unwrap())
            }
            Question::Open(filter, today) => {
                Answer::Open(figures::open_orders(&by, db, &filter, today).await.unwrap())
            }
            Question::Products(filter, most) => {
                Answer::Products(figures::products(&by, db, &filter.scope(), most).await.unwrap())
            }
            Question::Low(store, most) => {
                Answer::Low(figures::low_stock(&by, db, store, most).await.unwrap())
            }
            Question::Promised(store, most) => {
                Answer::Promised(figures::promised(&by, db, store, most).await.unwrap())
            }
            Question::Slow(filter, today, most) => {
                Answer::Slow(figures::slow_stock(&by, db, &filter, today, most).await.unwrap())
            }
            Question::Value(store) => Answer::Value(figures::stock_value(&by, db, store).await.unwrap()),
            Question::Manager => Answer::Manager(figures::my_manager(&by, db).await.unwrap()),
            Question::Audit(most) => {
                let by = self.session.require(ViewLogs).unwrap();
                let page = audit::page(&by, db, &storekeeper::db::audit::Filter::default(), None, most).await;
                Answer::Audit(page.unwrap())
            }
            Question::Loads(most) => {
                let by = self.session.require(ImportData).unwrap();
                Answer::Loads(history::runs(&by, db, most.into()).await.unwrap())
            }
            Question::Targets(store, month) => {
                let by = self.session.require(ModifyData).unwrap();
                Answer::Targets(targets::of_month(&by, db, store, month).await.unwrap())
            }
            Question::SetTargets(..) => panic!("nothing is set here"),
        }
    }
}
