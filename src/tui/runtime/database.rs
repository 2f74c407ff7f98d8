//! Work on the database as a job behind the screens.

use super::runner::{Context, failure};
use crate::db::Db;
use crate::domain::Table;
use crate::domain::check::Check;
use crate::domain::receipt::Outcome;
use crate::etl::Progress;
use crate::service::authorized::{Authorized, ManageDatabase};
use crate::service::check::check;
use crate::service::demo::{self, Plan};
use crate::service::{database, second_factor};
use crate::tui::model::database::SAMPLE_ORDERS;
use crate::tui::model::database::ask::{DatabaseJob, DatabaseNews};
use crate::tui::model::message::{Failure, JobId, Msg};
use jiff::{Timestamp, Zoned};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Does it to the end, which it answers in words.
pub(super) async fn run(
    context: &Context,
    id: JobId,
    job: DatabaseJob,
    cancel: CancellationToken,
) -> Result<String, Failure> {
    let by = context.session()?.require(ManageDatabase).map_err(failure)?;
    let work = Work { context, id, by: &by, db: context.db()?, cancel: &cancel };
    match job {
        DatabaseJob::Look => work.look().await,
        DatabaseJob::Check => work.check().await,
        DatabaseJob::Migrate => work.migrate().await,
        DatabaseJob::MakeDemo => work.make_demo().await,
        DatabaseJob::ClearDemo => {
            let gone = demo::clear(&by, work.db, &cancel).await.map_err(failure)?;
            Ok(format!("The sample data is gone: {gone} rows."))
        }
    }
}

struct Work<'a> {
    context: &'a Context,
    id: JobId,
    by: &'a Authorized<ManageDatabase>,
    db: &'a Db,
    cancel: &'a CancellationToken,
}

impl Work<'_> {
    async fn tell(&self, news: DatabaseNews) {
        self.context.tell(Msg::Database(self.id, news)).await;
    }

    async fn look(&self) -> Result<String, Failure> {
        let asked = database::look(self.by, self.db, Timestamp::now);
        let look = tokio::select! {
            look = asked => look.map_err(failure)?,
            () = self.cancel.cancelled() => return Ok("Stopped.".to_owned()),
        };
        let has_second_factor = self.has_second_factor().await?;
        self.tell(DatabaseNews::Looked(Box::new(look), has_second_factor)).await;
        for table in Table::EACH {
            let rows = database::count(self.by, self.db, table, self.cancel).await.map_err(failure)?;
            let Some(rows) = rows else { return Ok("Stopped.".to_owned()) };
            self.tell(DatabaseNews::Counted(table, rows)).await;
        }
        Ok(String::new())
    }

    /// Of whoever is signed in; who administers directly has none.
    async fn has_second_factor(&self) -> Result<bool, Failure> {
        let (db, policy) = self.context.chain()?;
        let Ok(oneself) = self.context.session()?.oneself() else { return Ok(false) };
        Ok(second_factor::status(&oneself, db, policy).await.map_err(failure)?.on)
    }

    async fn check(&self) -> Result<String, Failure> {
        let mut amiss = 0;
        for one in Check::EACH {
            self.tell(DatabaseNews::Checking(one)).await;
            let checked = check(self.by, self.db, one, self.cancel).await.map_err(failure)?;
            if self.cancel.is_cancelled() {
                return Ok("Stopped. The checks change nothing.".to_owned());
            }
            amiss += usize::from(!checked.is_well());
            self.tell(DatabaseNews::Checked(checked)).await;
        }
        Ok(match amiss {
            0 => "All is well.".to_owned(),
            1 => "Something is amiss.".to_owned(),
            several => format!("{several} things are amiss."),
        })
    }

    async fn migrate(&self) -> Result<String, Failure> {
        let settings = self.context.servers.settings()?;
        let version = tokio::select! {
            version = database::migrate(self.by, self.db, &settings) => version.map_err(failure)?,
            // Each migration is whole in itself, and one that is begun goes on; the next time continues behind it.
            () = self.cancel.cancelled() => return Ok("Stopped.".to_owned()),
        };
        Ok(format!("The schema is at version {version}, the newest this program knows."))
    }

    async fn make_demo(&self) -> Result<String, Failure> {
        let (db, policy) = self.context.chain()?;
        let plan = Plan { orders: SAMPLE_ORDERS, seed: 1, until: Zoned::now().date() };
        let (progress, mut news) = watch::channel(Progress::default());
        let telling = async {
            while news.changed().await.is_ok() {
                let words = in_words(&news.borrow_and_update());
                self.tell(DatabaseNews::At(words)).await;
            }
        };
        let making = demo::make(self.by, db, &plan, policy.bcrypt_cost, &progress, self.cancel);
        let receipt = tokio::select! {
            receipt = making => receipt.map_err(failure)?,
            () = telling => return Err(failure("The making of sample data ended without a word.")),
        };
        match receipt.status {
            Outcome::Committed => Ok("The sample data is made.".to_owned()),
            Outcome::NothingToDo => Ok("The sample data is there already.".to_owned()),
            Outcome::Cancelled => Ok("Stopped; no sample data was made.".to_owned()),
            other => Err(Failure::new(&format!("The sample data was not made: {}.", other.word()))),
        }
    }
}

fn in_words(progress: &Progress) -> String {
    let table = progress.table.map(|table| format!("{table}, ")).unwrap_or_default();
    format!("{table}{} rows", progress.read)
}
