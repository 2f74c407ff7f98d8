//! The model: what the program is showing and why. Pure: no I/O, no clock, no terminal.

pub mod audit;
pub mod command;
mod copy;
pub mod dashboard;
pub mod database;
pub mod desk;
pub mod export;
pub mod field;
pub mod fresh;
pub mod fuzzy;
pub mod gallery;
pub mod help;
pub mod hits;
pub mod identity;
pub mod key;
pub mod keymap;
pub mod load;
mod load_around;
pub mod message;
mod mouse;
mod obey;
mod offer;
mod place;
mod places;
mod popup;
mod press;
pub mod progress;
pub mod question;
pub mod records;
pub mod reports;
pub mod runs;
mod scroll;
pub mod sign_in;
mod table;
#[cfg(test)]
mod tests;
pub mod themes;
mod typing;
pub mod users;
pub mod widgets;

use crate::domain::{Permission, Role, Username};
use audit::Audit;
use command::Command;
use dashboard::Dashboard;
use dashboard::ask::Answer;
use database::Database;
use database::ask::DatabaseNews;
use desk::CheckNews;
use export::{Export, ExportNews};
use hits::HitMap;
use identity::ask::Welcome;
use identity::clock::Clock;
use identity::lock::Lock;
use identity::security::Security;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use key::Key;
use keymap::Keymap;
use load::Load;
use message::{Effect, Failure, JobEvent, Msg, Reply, RequestId, Task};
pub use popup::Popup;
use records::Records;
use reports::Reports;
use reports::ask::ReportNews;
use runs::Runs;
use sign_in::SignIn;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use themes::Themes;
use users::Users;

/// How many keys are kept while what they are for is on its way.
const TYPE_AHEAD: usize = 64;

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "each name says it all")]
pub enum Screen {
    #[default]
    SignIn,
    Dashboard,
    Load,
    Security,
    Users,
    Audit,
    Runs,
    Export,
    Records,
    Database,
}

/// A command that can be given now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    /// Which.
    pub command: Command,
    /// The key to press.
    pub key: Key,
    /// What it does.
    pub label: &'static str,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their name.
    pub name: Username,
    /// Their role, as it was at sign-in; the services look again each time.
    pub role: Role,
}

/// The whole state of the program.
#[derive(Debug)]
pub struct App {
    /// The gallery, which then is all there is.
    pub gallery: Option<gallery::Gallery>,
    /// The screen shown.
    pub screen: Screen,
    /// What lies over it.
    pub popup: Option<Popup>,
    /// Who is signed in.
    pub user: Option<User>,
    /// The sign-in screen.
    pub sign_in: SignIn,
    /// The dashboard.
    pub dashboard: Dashboard,
    /// The screen that loads data.
    pub load: Load,
    /// The screen of one's own security.
    pub security: Security,
    /// The lock, while the screen is locked.
    pub lock: Option<Lock>,
    /// When the session ends.
    pub clock: Option<Clock>,
    /// What there was to tell at the sign-in.
    pub welcome: Option<Welcome>,
    /// Whether nobody signed in, and somebody administers directly.
    pub is_direct: bool,
    /// The users.
    pub users: Users,
    /// The audit log.
    pub audit: Audit,
    /// The loads of the past.
    pub runs: Runs,
    /// The screen that writes tables to files.
    pub export: Export,
    /// The tables and the records.
    pub records: Records,
    /// Reports as PDF.
    pub reports: Reports,
    /// The screen of the database.
    pub database: Database,
    /// A word to the person, until the next key.
    pub notice: Option<Failure>,
    /// What was done, until the next key.
    pub told: Option<String>,
    /// The sets of colours.
    pub themes: Themes,
    /// Where the last frame drew what can have the focus.
    pub hits: HitMap,
    /// The time zone in which times of day are shown.
    pub zone: TimeZone,
    /// The keys in force.
    pub keymap: Keymap,
    last_id: u64,
    /// The last number before the session: what asked with it belongs to another.
    entered: u64,
    typed_ahead: VecDeque<Key>,
}

/// Takes in one thing that happened; what is to be done about it comes back.
pub fn update(app: &mut App, msg: Msg, now: Timestamp) -> Vec<Effect> {
    if let Some(gallery) = app.gallery.as_mut().filter(|_| app.popup.is_none()) {
        gallery.resize(app.hits.rows);
    }
    app.resize_tables();
    let by_hand = matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Click(..) | Msg::Wheel(_));
    match app.mind_the_time(by_hand, now) {
        ControlFlow::Break(effects) => effects,
        ControlFlow::Continue(mut effects) => {
            effects.extend(app.take_in(msg, now));
            effects
        }
    }
}

fn died() -> Failure {
    Failure::new(
        "The program made a mistake and gave this up. Its log has the details; you can go on working.",
    )
}

impl App {
    fn take_in(&mut self, msg: Msg, now: Timestamp) -> Vec<Effect> {
        match msg {
            Msg::Tick => Vec::new(),
            Msg::Key(key) => self.press(key, now),
            Msg::Paste(text) => self.paste(&text),
            Msg::Click(column, row) => self.click(column, row, now),
            Msg::Wheel(way) => self.turn_wheel(way, now),
            Msg::Reply(id, Ok(reply)) => self.reply(id, reply, now),
            Msg::Reply(id, Err(failure)) => self.fail(id, failure, now),
            Msg::Job(id, JobEvent::Finished(Err(failure))) if self.is_out(id.0, &failure) => {
                self.fail(RequestId(id.0), failure, now)
            }
            Msg::Export(id, ExportNews::Ended(Err(failure))) if self.is_out(id.0, &failure) => {
                self.fail(RequestId(id.0), failure, now)
            }
            Msg::Export(id, news) => {
                self.export_told(id, news);
                Vec::new()
            }
            Msg::Check(id, CheckNews::Ended(Err(failure))) if self.is_out(id.0, &failure) => {
                self.fail(RequestId(id.0), failure, now)
            }
            Msg::Check(id, news) => {
                self.audit_check(id, news, now);
                Vec::new()
            }
            Msg::Report(id, ReportNews::Ended(Err(failure))) if self.is_out(id.0, &failure) => {
                self.fail(RequestId(id.0), failure, now)
            }
            Msg::Database(id, DatabaseNews::Ended(Err(failure))) if self.is_out(id.0, &failure) => {
                self.fail(RequestId(id.0), failure, now)
            }
            Msg::Database(id, news) => self.database_told(id, news, now),
            Msg::Report(id, news) => {
                self.report_told(id, news, now);
                Vec::new()
            }
            Msg::Job(id, event) => self.load_told(id, event, now),
            Msg::Asking(id, asking) => {
                self.load.asking(id, asking, now);
                Vec::new()
            }
            Msg::TaskDied(Task::Query(id)) => self.fail(id, died(), now),
            Msg::TaskDied(Task::Job(id)) => {
                self.load_told(id, JobEvent::Finished(Err(died())), now);
                self.audit_check(id, CheckNews::Ended(Err(died())), now);
                self.export_told(id, ExportNews::Ended(Err(died())));
                self.report_told(id, ReportNews::Ended(Err(died())), now);
                self.database_told(id, DatabaseNews::Ended(Err(died())), now)
            }
            Msg::NoShell => {
                self.notice = Some(Failure::new(
                    "There is no shell to go back to: the program was started without one.",
                ));
                Vec::new()
            }
        }
    }

    /// The program at its start: the sign-in screen.
    pub fn new(sign_in: SignIn, zone: TimeZone) -> App {
        App {
            gallery: None,
            screen: Screen::SignIn,
            popup: None,
            user: None,
            sign_in,
            dashboard: Dashboard::default(),
            load: Load::default(),
            security: Security::default(),
            lock: None,
            clock: None,
            welcome: None,
            is_direct: false,
            users: Users::default(),
            audit: Audit::default(),
            runs: Runs::default(),
            export: Export::default(),
            records: Records::default(),
            reports: Reports::default(),
            database: Database::default(),
            notice: None,
            told: None,
            themes: Themes::default(),
            hits: HitMap::default(),
            zone,
            keymap: Keymap::default(),
            last_id: 0,
            entered: 0,
            typed_ahead: VecDeque::new(),
        }
    }

    /// Whether the person signed in may do that.
    pub fn may(&self, permission: Permission) -> bool {
        self.user.as_ref().is_some_and(|user| user.role.allows(permission))
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Splits off the maker of ids, for the parts that ask questions.
    fn dashboard_and_ids(&mut self) -> (&mut Dashboard, impl FnMut() -> RequestId) {
        let last = &mut self.last_id;
        let next = move || {
            *last += 1;
            RequestId(*last)
        };
        (&mut self.dashboard, next)
    }

    fn refresh_dashboard(&mut self) -> Vec<Effect> {
        self.dashboard.role = self.user.as_ref().map(|user| user.role);
        let (dashboard, ids) = self.dashboard_and_ids();
        dashboard.refresh(ids)
    }

    fn reply(&mut self, id: RequestId, reply: Reply, now: Timestamp) -> Vec<Effect> {
        match reply {
            Reply::SignedIn(welcome) if self.sign_in.checking == Some(id) => self.enter(welcome, now),
            Reply::Identity(told) => self.identity_told(id, told, now),
            Reply::Load(answer) => self.load_reply(id, answer, now),
            Reply::Records(answer) => self.records_reply(id, answer, now),
            Reply::Editing(answer) => self.editing_reply(id, answer, now),
            Reply::Desk(answer) => self.desk_reply(id, answer, now),
            Reply::SecondFactorIsRight => self.code_was_right(id, now),
            Reply::Rows(rows) => {
                self.gallery.as_mut().map_or_else(Vec::new, |gallery| gallery.take_rows(id, rows))
            }
            Reply::Board(Answer::Targets(seen)) => {
                self.targets_told(id, seen);
                self.replay(now)
            }
            Reply::Board(Answer::TargetsSet(count)) => {
                let mut effects = self.targets_set(id, count);
                effects.extend(self.replay(now));
                effects
            }
            Reply::Board(answer) => {
                let (dashboard, ids) = self.dashboard_and_ids();
                let mut effects = dashboard.reply(id, answer, now, ids);
                effects.extend(self.replay(now));
                effects
            }
            Reply::SignedIn(_) => Vec::new(),
        }
    }

    /// Whether the failure of what has that number tells that this very session is over.
    fn is_out(&self, number: u64, failure: &Failure) -> bool {
        failure.ended().is_some() && number > self.entered && self.user.is_some()
    }

    fn fail(&mut self, id: RequestId, failure: Failure, now: Timestamp) -> Vec<Effect> {
        if let Some(ended) = failure.ended().filter(|_| self.is_out(id.0, &failure)) {
            return self.end_session(ended);
        }
        if self.sign_in.checking == Some(id) {
            self.sign_in.refused(failure);
            return self.replay(now);
        }
        self.dashboard.fail(id, &failure);
        self.targets_failed(id, &failure);
        self.load.fail(id, &failure);
        self.runs_fail(id, &failure);
        self.records_fail(id, &failure);
        self.editing_failed(id, &failure);
        self.code_was_refused(id, &failure);
        self.identity_failed(id, &failure);
        let mut effects = self.desk_fail(id, &failure);
        if let Some(gallery) = &mut self.gallery {
            gallery.fail(id, failure);
        }
        effects.extend(self.replay(now));
        effects
    }
}
