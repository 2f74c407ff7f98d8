//! The figures of the dashboard, through the services.

use super::runner::{Context, failure};
use crate::db::Db;
use crate::db::audit::Filter;
use crate::domain::clean;
use crate::service::authorized::{Authorized, ImportData, ModifyData, ViewDashboard, ViewLogs};
use crate::service::figures::FigureError;
use crate::service::{audit, figures, history, targets};
use crate::tui::model::dashboard::ask::{Answer, Question};
use crate::tui::model::message::Failure;
use jiff::Timestamp;

/// Answers a question of the dashboard.
pub(super) async fn answer(context: &Context, question: Question) -> Result<Answer, Failure> {
    let (session, db) = (context.session()?, context.db()?);
    match question {
        Question::Audit(limit) => {
            let by = session.require(ViewLogs).map_err(failure)?;
            let mut page = audit::page(&by, db, &Filter::default(), None, limit).await.map_err(failure)?;
            for entry in &mut page {
                for text in [&mut entry.actor, &mut entry.action, &mut entry.subject, &mut entry.outcome] {
                    *text = clean(text);
                }
            }
            Ok(Answer::Audit(page))
        }
        Question::Loads(limit) => {
            let by = session.require(ImportData).map_err(failure)?;
            let mut runs = history::runs(&by, db, limit.into()).await.map_err(failure)?;
            for run in &mut runs {
                for text in [&mut run.actor, &mut run.source, &mut run.status] {
                    *text = clean(text);
                }
            }
            Ok(Answer::Loads(runs))
        }
        Question::Targets(store, month) => {
            let by = session.require(ModifyData).map_err(failure)?;
            Ok(Answer::Targets(targets::of_month(&by, db, store, month).await.map_err(failure)?))
        }
        Question::SetTargets(month, changes) => {
            let by = session.require(ModifyData).map_err(failure)?;
            Ok(Answer::TargetsSet(targets::set(&by, db, month, &changes).await.map_err(failure)?))
        }
        of_figures => {
            let by = session.require(ViewDashboard).map_err(failure)?;
            figure(&by, db, of_figures).await.map_err(failure)
        }
    }
}

/// Answers one that takes no more than to see the dashboard. Names are cleaned where they leave the database.
async fn figure(by: &Authorized<ViewDashboard>, db: &Db, question: Question) -> Result<Answer, FigureError> {
    Ok(match question {
        Question::Stores => Answer::Stores(figures::stores(by, db).await?),
        Question::Calendar(store) => {
            Answer::Calendar(figures::calendar(by, db, store, Timestamp::now()).await?)
        }
        Question::Sales(filter) => Answer::Sales(figures::sales(by, db, &filter.scope()).await?),
        Question::Comparison(filter, today) => {
            Answer::Comparison(figures::comparison(by, db, &filter, today).await?)
        }
        Question::Open(filter, today) => Answer::Open(figures::open_orders(by, db, &filter, today).await?),
        Question::Products(filter, limit) => {
            Answer::Products(figures::products(by, db, &filter.scope(), limit).await?)
        }
        Question::Low(store, limit) => Answer::Low(figures::low_stock(by, db, store, limit).await?),
        Question::Promised(store, limit) => Answer::Promised(figures::promised(by, db, store, limit).await?),
        Question::Slow(filter, today, limit) => {
            Answer::Slow(figures::slow_stock(by, db, &filter, today, limit).await?)
        }
        Question::Value(store) => Answer::Value(figures::stock_value(by, db, store).await?),
        Question::Manager => Answer::Manager(figures::my_manager(by, db).await?),
        // These take other rights, and are asked elsewhere.
        Question::Audit(_) => Answer::Audit(Vec::new()),
        Question::Loads(_) => Answer::Loads(Vec::new()),
        Question::Targets(..) => Answer::Targets(Vec::new()),
        Question::SetTargets(..) => Answer::TargetsSet(0),
    })
}
