//! What the forms of records ask for, through the services.

use super::runner::{Context, failure};
use crate::domain::records::RowId;
use crate::service::authorized::{DeleteData, ModifyData, ViewLogs};
use crate::service::editing::{self, EditError};
use crate::tui::model::message::Failure;
use crate::tui::model::records::edit::ask::{Answer, Question};

/// Answers a question, or does what it asks for.
pub(super) async fn answer(context: &Context, question: Question) -> Result<Answer, Failure> {
    let (session, db) = (context.session()?, context.db()?);
    match question {
        Question::Form(table, row) => {
            let by = session.require(ModifyData).map_err(failure)?;
            let opened = editing::form(&by, db, table, row).await.map_err(failure)?;
            Ok(Answer::Form(Box::new(opened)))
        }
        Question::Make(table, values) => {
            let by = session.require(ModifyData).map_err(failure)?;
            stored(editing::create(&by, db, table, &values).await)
        }
        Question::Change(row, version, values) => {
            let by = session.require(ModifyData).map_err(failure)?;
            stored(editing::change(&by, db, row, version, &values).await.map(|_| row))
        }
        Question::Doomed(row) => {
            let by = session.require(DeleteData).map_err(failure)?;
            let doomed = editing::doomed(&by, db, row).await.map_err(failure)?;
            Ok(Answer::Doomed(Box::new(doomed)))
        }
        Question::Delete(doomed) => {
            let by = session.require(DeleteData).map_err(failure)?;
            editing::delete(&by, db, &doomed).await.map_err(failure)?;
            Ok(Answer::Deleted(doomed))
        }
        Question::History(row) => {
            let by = session.require(ViewLogs).map_err(failure)?;
            let history = editing::history(&by, db, row).await.map_err(failure)?;
            Ok(Answer::History(Box::new(history)))
        }
    }
}

/// What came of storing a record. That somebody was faster is an answer: the form goes on with it.
fn stored(done: Result<RowId, EditError>) -> Result<Answer, Failure> {
    match done {
        Ok(row) => Ok(Answer::Stored(row)),
        Err(EditError::Wrong(wrong)) => Ok(Answer::Wrong(wrong)),
        Err(EditError::Clash { now, .. }) => Ok(Answer::Clash(now)),
        Err(gone @ EditError::Gone(_)) => Ok(Answer::Gone(gone.to_string())),
        Err(other) => Err(failure(other)),
    }
}
