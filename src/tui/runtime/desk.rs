//! What the screens of users and of the audit log ask for, through the services.

use super::folder;
use super::runner::{Context, failure};
use crate::db::Db;
use crate::db::audit::{Broken, Filter};
use crate::db::user_list::{Order, Place, UserPage};
use crate::domain::Username;
use crate::domain::audit::Logged;
use crate::domain::user::User;
use crate::service::audit::{self, Format};
use crate::service::authorized::{CreateUsers, DeleteUsers, ModifyUsers, Session, ViewLogs, ViewUsers};
use crate::service::users::{self, TEMPORARY_HOURS, Temporary};
use crate::service::{Policy, user_list};
use crate::tui::model::desk::{Answer, Change, CheckNews, LogFilter, Question, TemporaryPassword, Verdict};
use crate::tui::model::message::{Failure, JobId};
use crate::tui::model::widgets::data_table::{From, Page, RowKey};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What the loop is told of a check under way.
pub(super) type Told = Option<(JobId, CheckNews)>;

/// Answers a question.
pub(super) async fn answer(context: &Context, question: Question) -> Result<Answer, Failure> {
    let session = context.session()?;
    let (db, policy) = context.chain()?;
    match question {
        Question::Users(page) => users_page(&session, db, &page).await,
        Question::Staff => {
            let by = session.require(ModifyUsers).map_err(failure)?;
            user_list::staff(&by, db).await.map(Answer::Staff).map_err(failure)
        }
        Question::Create(new) => {
            let by = session.require(CreateUsers).map_err(failure)?;
            let made = users::create(&by, db, &new.username, new.role, new.staff, policy.bcrypt_cost).await;
            Ok(temporary(new.username, made.map_err(failure)?))
        }
        Question::Change(who, change) => changed(&session, db, policy, who, change).await,
        Question::Log(filter, page) => log_page(&session, db, &filter, &page).await,
        Question::Entry(id) => {
            let by = session.require(ViewLogs).map_err(failure)?;
            let found = audit::entry(&by, db, id).await.map_err(failure)?;
            let found = found.ok_or_else(|| failure(format!("There is no entry {id} any more.")))?;
            Ok(Answer::Entry(Box::new(found)))
        }
        Question::Export(filter, path) => {
            let by = session.require(ViewLogs).map_err(failure)?;
            let format = if path.ends_with(".json") { Format::Json } else { Format::Csv };
            let place = folder::to_write(context, &path)?;
            let count = audit::export(&by, db, &of_log(&filter), format, &place).await;
            Ok(Answer::Exported(count.map_err(failure)?, path))
        }
    }
}

fn temporary(username: Username, made: Temporary) -> Answer {
    Answer::Temporary(TemporaryPassword { username, password: made.password, hours: TEMPORARY_HOURS })
}

async fn changed(
    session: &Session,
    db: &Db,
    policy: &Policy,
    who: Username,
    change: Change,
) -> Result<Answer, Failure> {
    let by = session.require(ModifyUsers).map_err(failure)?;
    let done = match change {
        Change::Role(role) => users::change_role(&by, db, &who, role).await,
        Change::Activate => users::set_active(&by, db, &who, true).await,
        Change::Deactivate => users::set_active(&by, db, &who, false).await,
        Change::Unlock => users::unlock(&by, db, &who).await,
        Change::ResetSecondFactor => users::reset_second_factor(&by, db, &who).await,
        Change::Link(staff) => users::link_staff(&by, db, &who, staff).await,
        Change::EndSessions => users::end_sessions(&by, db, &who).await,
        Change::Remove => {
            let by = session.require(DeleteUsers).map_err(failure)?;
            users::remove(&by, db, &who).await
        }
        Change::ResetPassword => {
            let made = users::reset_password(&by, db, &who, policy.bcrypt_cost).await;
            return Ok(temporary(who, made.map_err(failure)?));
        }
    };
    let is_new = done.map_err(failure)?;
    Ok(Answer::Done(if is_new { words(&who, change) } else { format!("{who} is so already.") }))
}

fn words(who: &Username, change: Change) -> String {
    match change {
        Change::Role(role) => format!("{who} has the role {role} now."),
        Change::Activate => format!("{who} may sign in again."),
        Change::Deactivate => format!("{who} is deactivated and signed out."),
        Change::Unlock => format!("{who} is unlocked."),
        Change::ResetPassword => format!("{who} has a new password."),
        Change::ResetSecondFactor => format!("{who} has no second factor any more."),
        Change::Link(Some(_)) => format!("{who} is linked to the staff."),
        Change::Link(None) => format!("{who} is linked to nobody of the staff."),
        Change::EndSessions => format!("The sessions of {who} are ended."),
        Change::Remove => format!("{who} is removed."),
    }
}

async fn users_page(session: &Session, db: &Db, page: &Page) -> Result<Answer, Failure> {
    let by = session.require(ViewUsers).map_err(failure)?;
    let asked = of_users(page);
    let mut rows: Vec<(RowKey, User)> = user_list::page(&by, db, &asked)
        .await
        .map_err(failure)?
        .into_iter()
        .map(|(place, user)| (RowKey(format!("{}\t{}", place.key, place.username)), user))
        .collect();
    let more = cut(&mut rows, page);
    Ok(Answer::Users { rows, more })
}

fn of_users(page: &Page) -> UserPage {
    let order = match page.sort.map(|sort| sort.column) {
        Some("role") => Order::Role,
        Some("staff") => Order::Staff,
        Some("active") => Order::Active,
        Some("locked") => Order::Locked,
        Some("factor") => Order::SecondFactor,
        Some("seen") => Order::LastSignIn,
        _ => Order::Name,
    };
    let after = key(page).and_then(|key| {
        let (key, username) = key.0.rsplit_once('\t')?;
        Some(Place { key: key.to_owned(), username: username.parse().ok()? })
    });
    UserPage {
        order,
        down: page.sort.is_some_and(|sort| sort.descending) != is_up(page),
        after,
        find: page.filter.clone(),
        limit: limit(page),
    }
}

async fn log_page(session: &Session, db: &Db, filter: &LogFilter, page: &Page) -> Result<Answer, Failure> {
    let by = session.require(ViewLogs).map_err(failure)?;
    let mark = key(page).and_then(|key| key.0.parse().ok());
    let filter = of_log(filter);
    let found = match is_up(page) {
        true => audit::page_up(&by, db, &filter, mark, limit(page)).await,
        false => audit::page(&by, db, &filter, mark, limit(page)).await,
    };
    let mut rows: Vec<Logged> = found.map_err(failure)?;
    let more = cut(&mut rows, page);
    Ok(Answer::Log { rows, more })
}

fn of_log(filter: &LogFilter) -> Filter {
    Filter {
        subject: filter.person.as_ref().map(|person| format!("user {person}")),
        actor: filter.person.clone(),
        action: filter.action,
        from: filter.from,
        to: filter.to,
    }
}

pub(super) fn key(page: &Page) -> Option<&RowKey> {
    match &page.from {
        From::After(key) | From::Before(key) => Some(key),
        From::Start | From::End => None,
    }
}

/// Whether the rows are asked for from below.
pub(super) fn is_up(page: &Page) -> bool {
    matches!(page.from, From::Before(_) | From::End)
}

/// One row more than asked for tells whether there are more.
pub(super) fn limit(page: &Page) -> u32 {
    u32::try_from(page.limit + 1).unwrap_or(u32::MAX)
}

/// Takes that row away again, and turns the rows so that the first is on top; tells whether there are more.
pub(super) fn cut<T>(rows: &mut Vec<T>, page: &Page) -> bool {
    let more = rows.len() > page.limit;
    rows.truncate(page.limit);
    if is_up(page) {
        rows.reverse();
    }
    more
}

/// Checks the log to its end, or until it is told to stop.
pub(super) async fn check(
    context: &Context,
    id: JobId,
    tell: &watch::Sender<Told>,
    cancel: CancellationToken,
) -> Result<Verdict, Failure> {
    let by = context.session()?.require(ViewLogs).map_err(failure)?;
    let found = audit::verify_telling(&by, context.db()?, |done, of| {
        tell.send_replace(Some((id, CheckNews::Checked(done, of))));
        !cancel.is_cancelled()
    });
    Ok(match found.await.map_err(failure)? {
        None => Verdict::Stopped,
        Some(Ok(whole)) => Verdict::Whole(whole.head.id),
        Some(Err(broken)) => Verdict::Broken(in_words(&broken)),
    })
}

fn in_words(broken: &Broken) -> String {
    let words = broken.to_string();
    tracing::error!(%words, "the audit log is broken");
    words
}
