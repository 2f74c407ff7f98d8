//! Every command there is, one row each.

use super::command::{Command, Entry, quiet, shown};
use super::database::table::OF_DATABASE;
use super::gallery::{self, Plate};
use super::key::{Code, Key};
use super::load::server::table::OF_SERVERS;
use super::load::table::OF_LOADS;
use super::place::Place;
use super::question::Risk;
use super::records::table::OF_RECORDS;
use super::reports::table::OF_REPORTS;
use super::users;
use crate::domain::Permission;

pub(super) const ENTER: Key = Key::plain(Code::Enter);
pub(super) const ESC: Key = Key::plain(Code::Esc);
pub(super) const TAB: Key = Key::plain(Code::Tab);
pub(super) const BACK_TAB: Key = Key::plain(Code::BackTab);
pub(super) const UP: Key = Key::plain(Code::Up);
pub(super) const DOWN: Key = Key::plain(Code::Down);
pub(super) const PAGE_UP: Key = Key::plain(Code::PageUp);
pub(super) const PAGE_DOWN: Key = Key::plain(Code::PageDown);
const SIGN_OUT: &str = "A load is running. Stop it and sign out?";
const QUIT: &str = "A load is running. Stop it and leave?";

/// A page of the gallery.
const fn plate(plate: Plate, label: &'static str, keys: &'static [Key]) -> Entry {
    shown(Command::OpenPlate(plate), label, keys, Place::Gallery)
}

/// Every command there is. Where two fit a key, the one whose place is the more particular wins.
pub const TABLE: &[Entry] = &joined::<{ GENERAL.len() + OTHERS.len() }>(GENERAL, OTHERS);

const OTHERS: &[Entry] = &joined::<{ LOADING.len() + LOOKING.len() }>(LOADING, LOOKING);

const LOOKING: &[Entry] = &joined::<{ OF_RECORDS.len() + MORE.len() }>(OF_RECORDS, MORE);

const MORE: &[Entry] = &joined::<{ OF_REPORTS.len() + OF_DATABASE.len() }>(OF_REPORTS, OF_DATABASE);

const LOADING: &[Entry] = &joined::<{ OF_LOADS.len() + OF_SERVERS.len() }>(OF_LOADS, OF_SERVERS);

/// One table of two. It is made while the program is compiled: a place that is not there would be an error then.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn joined<const COUNT: usize>(one: &[Entry], other: &[Entry]) -> [Entry; COUNT] {
    let mut all = [one[0]; COUNT];
    let mut at = 0;
    while at < COUNT {
        all[at] = if at < one.len() { one[at] } else { other[at - one.len()] };
        at += 1;
    }
    all
}

/// All but those of loads and records.
const GENERAL: &[Entry] = &[
    shown(Command::Accept, "sign in", &[ENTER], Place::SignIn),
    shown(Command::NextField, "next field", &[TAB, DOWN], Place::SignIn),
    quiet(Command::PreviousField, "field before", &[BACK_TAB, UP], Place::SignIn),
    shown(Command::Accept, "go on", &[ENTER], Place::Step),
    shown(Command::NextField, "next field", &[TAB, DOWN], Place::Step),
    quiet(Command::PreviousField, "field before", &[BACK_TAB, UP], Place::Step),
    shown(Command::UseBackupCode, "backup code", &[Key::plain(Code::F(4))], Place::Step)
        .in_full("give a backup code instead of the app's"),
    shown(Command::Back, "back", &[ESC], Place::Step),
    Entry {
        risk: Risk::Confirm("Are the codes kept? They are not shown again."),
        ..shown(Command::GoOn, "go on", &[ENTER], Place::BackupCodes)
    },
    shown(Command::SaveCodes, "save to a file", &[Key::char('s')], Place::BackupCodes),
    Entry {
        risk: Risk::Confirm(
            "The clipboard is no place for a secret: other programs read it, and some keep what was on it. Copy the codes all the same?",
        ),
        ..shown(Command::Copy, "copy", &[Key::char('y')], Place::BackupCodes)
    },
    shown(Command::ChangePassword, "password", &[Key::char('p')], Place::Security)
        .in_full("change the password"),
    shown(Command::SetUpSecondFactor, "set up", &[Key::char('t')], Place::Security)
        .in_full("set up a second factor"),
    shown(Command::ShowSecret, "show", &[Key::char('v')], Place::Security)
        .in_full("show the second factor for another phone"),
    shown(Command::NewBackupCodes, "new codes", &[Key::char('n')], Place::Security)
        .in_full("make new backup codes"),
    shown(Command::SwitchOffSecondFactor, "switch off", &[Key::char('o')], Place::Security)
        .in_full("switch the second factor off"),
    Entry {
        risk: Risk::Confirm("End that session? Whoever works there has to sign in again."),
        ..shown(
            Command::EndSession,
            "end session",
            &[Key::char('e'), Key::plain(Code::Delete)],
            Place::Security,
        )
        .in_full("end the session under the cursor")
    },
    quiet(Command::Refresh, "ask again", &[Key::char('r'), Key::plain(Code::F(5))], Place::Security),
    shown(Command::Accept, "unlock", &[ENTER], Place::Lock),
    Entry {
        risk: Risk::Leaving(SIGN_OUT),
        ..shown(Command::SignOut, "sign out", &[Key::ctrl('o')], Place::Lock)
    },
    Entry {
        permission: Some(Permission::ViewDashboard),
        ..shown(Command::PickStore, "store", &[Key::char('s')], Place::Dashboard).in_full("pick a store")
    },
    quiet(Command::NextStore, "next store", &[Key::char('S'), Key::char('>')], Place::Dashboard),
    quiet(Command::PreviousStore, "store before", &[Key::char('<')], Place::Dashboard),
    shown(Command::LongerPeriod, "period", &[Key::char('p')], Place::Dashboard)
        .in_full("longer period: day, week, month, quarter, year"),
    quiet(Command::ShorterPeriod, "shorter", &[Key::char('P')], Place::Dashboard).in_full("shorter period"),
    quiet(Command::PreviousPeriod, "earlier", &[Key::char('['), Key::plain(Code::PageUp)], Place::Dashboard)
        .in_full("the period before"),
    quiet(Command::NextPeriod, "later", &[Key::char(']'), Key::plain(Code::PageDown)], Place::Dashboard)
        .in_full("the period after"),
    quiet(Command::ChooseDays, "days", &[Key::char('d')], Place::Dashboard)
        .in_full("any days, or as of a day"),
    Entry {
        permission: Some(Permission::ModifyData),
        ..quiet(Command::OpenTargets, "targets", &[Key::char('t')], Place::Dashboard)
            .in_full("set the targets of stores")
    },
    quiet(Command::NextMeasure, "measure", &[Key::char('b')], Place::Dashboard)
        .in_full("next measure: which orders count"),
    quiet(Command::PreviousMeasure, "measure before", &[Key::char('B')], Place::Dashboard),
    shown(Command::MoreTiles, "more", &[Key::char('m'), Key::char(' ')], Place::Dashboard)
        .in_full("more figures"),
    shown(Command::Accept, "show", &[ENTER], Place::DashboardDays),
    quiet(Command::Refresh, "refresh", &[Key::char('r'), Key::plain(Code::F(5))], Place::Dashboard)
        .in_full("refresh all figures"),
    Entry {
        permission: Some(Permission::ViewData),
        ..shown(Command::Accept, "rows", &[ENTER], Place::Dashboard)
            .in_full("open the rows behind the figure")
    },
    quiet(Command::Copy, "copy", &[Key::char('y')], Place::Dashboard).in_full("copy the figure in focus"),
    shown(Command::Explain, "explain", &[Key::char('?')], Place::Dashboard)
        .in_full("explain the figure in focus"),
    quiet(Command::NextField, "next figure", &[TAB], Place::Dashboard),
    quiet(Command::PreviousField, "figure before", &[BACK_TAB], Place::Dashboard),
    quiet(Command::Up, "figure above", &[UP, Key::char('k')], Place::Dashboard),
    quiet(Command::Down, "figure below", &[DOWN, Key::char('j')], Place::Dashboard),
    quiet(Command::Left, "figure to the left", &[Key::plain(Code::Left), Key::char('h')], Place::Dashboard),
    quiet(
        Command::Right,
        "figure to the right",
        &[Key::plain(Code::Right), Key::char('l')],
        Place::Dashboard,
    ),
    quiet(Command::Up, "up", &[UP, Key::char('k')], Place::Rows),
    quiet(Command::Down, "down", &[DOWN, Key::char('j')], Place::Rows),
    quiet(Command::PageUp, "page up", &[PAGE_UP], Place::Rows),
    quiet(Command::PageDown, "page down", &[PAGE_DOWN], Place::Rows),
    quiet(Command::First, "to the first", &[Key::plain(Code::Home), Key::char('g')], Place::Rows),
    quiet(Command::Last, "to the last", &[Key::plain(Code::End), Key::char('G')], Place::Rows),
    Entry {
        permission: Some(Permission::CreateUsers),
        ..shown(Command::NewUser, "new", &[Key::char('n')], Place::Users).in_full("make a new user")
    },
    Entry {
        permission: Some(Permission::ModifyUsers),
        ..shown(Command::ChangeRole, "role", &[Key::char('o')], Place::Users)
            .in_full("give the user another role")
    },
    Entry {
        permission: Some(Permission::ModifyUsers),
        risk: Risk::About(users::resetting_the_password),
        ..shown(Command::ResetPassword, "password", &[Key::char('p')], Place::Users)
            .in_full("give the user a temporary password")
    },
    Entry {
        permission: Some(Permission::ModifyUsers),
        ..shown(Command::Unlock, "unlock", &[Key::char('u')], Place::Users)
            .in_full("let a locked-out user in again")
    },
    Entry {
        permission: Some(Permission::ModifyUsers),
        risk: Risk::About(users::deactivating),
        ..quiet(Command::Deactivate, "deactivate", &[Key::char('d')], Place::Users)
            .in_full("keep the user from signing in")
    },
    Entry {
        permission: Some(Permission::ModifyUsers),
        ..quiet(Command::Activate, "activate", &[Key::char('a')], Place::Users)
            .in_full("let the user sign in again")
    },
    Entry {
        permission: Some(Permission::ModifyUsers),
        risk: Risk::About(users::resetting_the_second_factor),
        ..quiet(Command::ResetSecondFactor, "second factor", &[Key::char('f')], Place::Users)
            .in_full("take the user's second factor away")
    },
    Entry {
        permission: Some(Permission::ModifyUsers),
        ..quiet(Command::LinkStaff, "staff", &[Key::char('t')], Place::Users)
            .in_full("link the user to a member of staff")
    },
    Entry {
        permission: Some(Permission::ModifyUsers),
        risk: Risk::About(users::ending_sessions),
        ..quiet(Command::EndSessions, "end sessions", &[Key::char('e')], Place::Users)
            .in_full("end the user's sessions")
    },
    Entry {
        permission: Some(Permission::ViewLogs),
        ..quiet(Command::History, "history", &[Key::char('v')], Place::Users)
            .in_full("show what the user did, and what was done to them")
    },
    Entry {
        permission: Some(Permission::DeleteUsers),
        risk: Risk::Retype(users::removing),
        ..quiet(Command::RemoveUser, "remove", &[Key::char('x'), Key::plain(Code::Delete)], Place::Users)
            .in_full("remove the user")
    },
    shown(Command::Back, "close", &[ESC, ENTER], Place::UserDetails),
    shown(Command::Accept, "next", &[ENTER], Place::NewUser),
    shown(Command::Back, "it is noted", &[ESC], Place::TemporaryPassword),
    shown(Command::Filter, "narrow", &[Key::char('/')], Place::Audit)
        .in_full("show the entries of a person, an action, a time"),
    Entry {
        permission: Some(Permission::ManageDatabase),
        ..shown(Command::CheckLog, "check", &[Key::char('v')], Place::Audit)
            .in_full("check that no entry was changed or taken away")
    },
    Entry {
        permission: Some(Permission::ViewLogs),
        ..shown(Command::ExportLog, "export", &[Key::char('e')], Place::Audit)
            .in_full("write the entries shown to a file")
    },
    Entry {
        permission: Some(Permission::ManageDatabase),
        ..shown(Command::StopCheck, "stop the check", &[Key::char('x')], Place::AuditChecking)
    },
    shown(Command::Accept, "show", &[ENTER], Place::AuditFilter),
    shown(Command::Accept, "write", &[ENTER], Place::AuditExport),
    shown(Command::Back, "close", &[ESC, ENTER], Place::AuditEntry),
    shown(Command::Accept, "open", &[ENTER], Place::Table).in_full("open the row"),
    shown(Command::Filter, "find", &[Key::char('/')], Place::Table).in_full("find rows that have a word"),
    shown(Command::Sort, "sort", &[Key::char('s')], Place::Table).in_full("sort by the next column"),
    quiet(Command::ReverseSort, "turn the order", &[Key::char('S')], Place::Table)
        .in_full("sort the other way round"),
    shown(Command::Toggle, "mark", &[Key::char(' ')], Place::Table)
        .in_full("mark the row, or take the mark away"),
    shown(Command::Columns, "columns", &[Key::char('c')], Place::Table).in_full("choose the columns"),
    quiet(Command::Refresh, "ask again", &[Key::char('r'), Key::plain(Code::F(5))], Place::Table)
        .in_full("ask for the rows again"),
    quiet(Command::Left, "columns to the left", &[Key::plain(Code::Left), Key::char('h')], Place::Table),
    quiet(Command::Right, "columns to the right", &[Key::plain(Code::Right), Key::char('l')], Place::Table),
    shown(Command::Toggle, "show or hide", &[Key::char(' ')], Place::Columns),
    shown(Command::Back, "close", &[ESC, ENTER, Key::char('c'), Key::char('q')], Place::Columns),
    shown(Command::Accept, "keep", &[ENTER, DOWN], Place::Find).in_full("go to what was found"),
    shown(Command::Accept, "save", &[ENTER], Place::Form),
    shown(Command::NextField, "next field", &[TAB, DOWN], Place::Form),
    quiet(Command::PreviousField, "field before", &[BACK_TAB, UP], Place::Form),
    Entry {
        risk: Risk::Unsaved,
        ..shown(Command::Back, "leave", &[ESC], Place::Form).in_full("leave the form")
    },
    shown(Command::Accept, "choose", &[ENTER], Place::List),
    shown(Command::Back, "close", &[ESC], Place::List),
    quiet(Command::Up, "up", &[UP, Key::ctrl('p'), BACK_TAB], Place::List),
    quiet(Command::Down, "down", &[DOWN, Key::ctrl('n'), TAB], Place::List),
    quiet(Command::PageUp, "page up", &[PAGE_UP], Place::List),
    quiet(Command::PageDown, "page down", &[PAGE_DOWN], Place::List),
    shown(Command::Filter, "find", &[Key::char('/')], Place::Log).in_full("find lines that have a word"),
    shown(Command::Yes, "yes", &[Key::char('y')], Place::Question),
    shown(Command::No, "no", &[Key::char('n'), ENTER, ESC, Key::char('q')], Place::Question),
    shown(Command::Yes, "yes", &[ENTER], Place::Proof).in_full("yes, with what is typed"),
    shown(Command::No, "no", &[ESC], Place::Proof),
    shown(Command::Back, "close", &[ESC, ENTER, Key::char('q')], Place::Text),
    shown(Command::Filter, "find", &[Key::char('/')], Place::Help).in_full("find a key or a command"),
    shown(Command::Back, "close", &[ESC, ENTER, Key::char('q')], Place::Help),
    plate(Plate::Table, "table", &[Key::plain(Code::F(2))]),
    plate(Plate::List, "list", &[Key::plain(Code::F(3))]),
    plate(Plate::Questions, "questions", &[Key::plain(Code::F(4))]),
    plate(Plate::Form, "form", &[Key::plain(Code::F(6))]),
    plate(Plate::Charts, "charts", &[Key::plain(Code::F(9))]),
    plate(Plate::Log, "log", &[Key::plain(Code::F(10))]),
    plate(Plate::Code, "code", &[Key::plain(Code::F(12))]),
    Entry {
        risk: Risk::Confirm("Stop the load? Nothing of it will be written."),
        ..shown(Command::TryYes, "a yes is enough", &[Key::char('1')], Place::Questions)
    },
    Entry {
        risk: Risk::Retype(gallery::stake),
        ..shown(Command::TryName, "the name again", &[Key::char('2')], Place::Questions)
    },
    Entry {
        risk: Risk::SecondFactor("Make miriam an administrator? She may then do everything."),
        ..shown(Command::TryCode, "a code", &[Key::char('3')], Place::Questions)
    },
    Entry {
        permission: Some(Permission::ViewDashboard),
        ..shown(
            Command::OpenDashboard,
            "dashboard",
            &[Key::plain(Code::F(2)), Key::char('1')],
            Place::SignedIn,
        )
        .in_full("go to the dashboard")
    },
    Entry {
        permission: Some(Permission::ImportData),
        ..shown(Command::OpenLoad, "load data", &[Key::plain(Code::F(3)), Key::char('2')], Place::SignedIn)
    },
    Entry {
        permission: Some(Permission::ViewUsers),
        ..shown(Command::OpenUsers, "users", &[Key::plain(Code::F(4)), Key::char('3')], Place::SignedIn)
    },
    Entry {
        permission: Some(Permission::ViewLogs),
        ..shown(Command::OpenAudit, "audit log", &[Key::plain(Code::F(10)), Key::char('4')], Place::SignedIn)
    },
    Entry {
        permission: Some(Permission::ImportData),
        ..shown(Command::OpenRuns, "loads", &[Key::plain(Code::F(11)), Key::char('5')], Place::SignedIn)
            .in_full("loads of the past")
    },
    Entry {
        permission: Some(Permission::ExportData),
        ..shown(Command::OpenExport, "export", &[Key::plain(Code::F(5)), Key::char('6')], Place::SignedIn)
            .in_full("write tables to files")
    },
    Entry {
        permission: Some(Permission::ViewData),
        ..shown(Command::OpenRecords, "records", &[Key::plain(Code::F(9)), Key::char('8')], Place::SignedIn)
            .in_full("look at customers, orders, products and all other records")
    },
    Entry {
        risk: Risk::Leaving(SIGN_OUT),
        ..quiet(Command::SignOut, "sign out", &[Key::ctrl('o')], Place::SignedIn)
    },
    quiet(Command::OpenSecurity, "security", &[Key::plain(Code::F(6)), Key::char('9')], Place::SignedIn)
        .in_full("security: password, second factor, sessions"),
    quiet(Command::Back, "go back", &[ESC], Place::Everywhere),
    shown(
        Command::Palette,
        "commands",
        &[Key::char(':'), Key::ctrl('p'), Key::plain(Code::F(7))],
        Place::Everywhere,
    )
    .in_full("find a command by its name"),
    shown(Command::Help, "help", &[Key::plain(Code::F(1)), Key::char('?')], Place::Everywhere)
        .in_full("all keys"),
    Entry {
        risk: Risk::Leaving(QUIT),
        ..shown(Command::Quit, "quit", &[Key::char('q'), Key::ctrl('c')], Place::Everywhere)
    },
    quiet(Command::LockScreen, "lock", &[Key::ctrl('l'), Key::plain(Code::F(12))], Place::Everywhere)
        .in_full("lock the screen"),
    quiet(Command::NextTheme, "next theme", &[Key::plain(Code::F(8))], Place::Everywhere),
    quiet(Command::Suspend, "suspend", &[Key::ctrl('z')], Place::Everywhere)
        .in_full("back to the shell; fg returns"),
];
