//! What the screens of records ask for, through the services.

use super::desk::{cut, is_up, key, limit};
use super::runner::{Context, failure};
use crate::db::Db;
use crate::db::records::{Order, RowPlace};
use crate::domain::Table;
use crate::domain::records::{Filter, field};
use crate::service::authorized::{Authorized, ViewData};
use crate::service::records::{self, Rows};
use crate::tui::model::message::Failure;
use crate::tui::model::records::ask::{Answer, Listed, Question};
use crate::tui::model::widgets::data_table::{Page, RowKey};
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

/// Answers a question, unless somebody stops it.
pub(super) async fn answer(
    context: &Context,
    question: Question,
    cancel: &CancellationToken,
) -> Result<Answer, Failure> {
    // Each letter typed asks anew. One question at a time, and one that nobody waits for any more is not asked: else those that
    // are being stopped would hold all connections, and wait for one more to stop by.
    let given_up = || Failure::new("Nobody waits for that any more.");
    let turn = tokio::select! {
        biased;
        () = cancel.cancelled() => return Err(given_up()),
        turn = context.looking.acquire() => turn.map_err(failure)?,
    };
    let by = context.session()?.require(ViewData).map_err(failure)?;
    let db = context.db()?;
    let answer = ask(&by, db, question, cancel).await;
    drop(turn);
    answer?.ok_or_else(given_up)
}

/// `None` where it was stopped.
async fn ask(
    by: &Authorized<ViewData>,
    db: &Db,
    question: Question,
    cancel: &CancellationToken,
) -> Result<Option<Answer>, Failure> {
    match question {
        Question::Search(typed) => {
            let found = records::search(by, db, &typed, cancel).await.map_err(failure)?;
            Ok(found.map(Answer::Found))
        }
        Question::Record(id) => {
            let found = records::record(by, db, id, Timestamp::now(), cancel).await.map_err(failure)?;
            Ok(Some(Answer::Record(found.map(Box::new))))
        }
        Question::Rows(table, filter, page) => rows(by, db, table, *filter, &page, cancel).await,
    }
}

async fn rows(
    by: &Authorized<ViewData>,
    db: &Db,
    table: Table,
    filter: Filter,
    page: &Page,
    cancel: &CancellationToken,
) -> Result<Option<Answer>, Failure> {
    let sort = page.sort.and_then(|sort| Some((field(table, sort.column)?, sort.descending)));
    let up = is_up(page);
    let asked = Rows {
        table,
        filter,
        order: sort.map(|(field, down)| Order { field, down }),
        after: key(page).and_then(|key| serde_json::from_str(&key.0).ok()).map(RowPlace),
        up,
        limit: limit(page),
    };
    let found = records::page(by, db, asked, Timestamp::now(), cancel).await.map_err(failure)?;
    let Some(found) = found else { return Ok(None) };
    let listed = |row: crate::db::records::Listed| {
        let key = RowKey(serde_json::to_string(&row.place.0).map_err(failure)?);
        Ok(Listed { key, row: row.row, record: row.record, cells: row.cells })
    };
    let mut rows = found.into_iter().map(listed).collect::<Result<Vec<_>, Failure>>()?;
    let more = cut(&mut rows, page);
    Ok(Some(Answer::Rows { rows, more }))
}
