//! Loading from another system's server, through the services: what the screens ask, and the load itself.

use super::load::Told;
use super::runner::{Context, failure};
use crate::domain::{Receipt, clean};
use crate::etl::Mode;
use crate::etl::source::api::ApiError;
use crate::service::api::{self, ApiLoadError, ApiProgress, Rows, Target};
use crate::service::authorized::{Authorized, ImportData, SystemSettings};
use crate::service::import::Request;
use crate::settings::{NewSource, Settings};
use crate::tui::model::load::ask::Answer;
use crate::tui::model::load::job::ServerJob;
use crate::tui::model::message::{Failure, JobEvent, JobId, Msg, RequestId};
use crate::tui::model::progress::LoadProgress;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Rows, with the number of the reading that brought them.
type Numbered = (u64, Arc<Rows>);

/// What is known of servers while the screens are open.
#[derive(Clone, Default)]
pub(super) struct Servers {
    /// The settings, with the servers that were written since the start; the gallery has none.
    settings: Arc<Mutex<Option<Settings>>>,
    /// The rows that were read last, with the number of that reading: a preview and its load read them once.
    rows: Arc<Mutex<Option<Numbered>>>,
}

impl Servers {
    pub(super) fn new(settings: Option<Settings>) -> Servers {
        Servers { settings: Arc::new(Mutex::new(settings)), rows: Arc::default() }
    }

    pub(super) fn settings(&self) -> Result<Settings, Failure> {
        let settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner).clone();
        settings.ok_or_else(|| Failure::new("There are no settings behind this screen."))
    }

    fn add(&self, name: &str, source: crate::settings::ApiSource) {
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(settings) = settings.as_mut() {
            settings.sources.insert(name.to_owned(), source);
        }
    }

    fn kept(&self, reading: u64) -> Option<Arc<Rows>> {
        let rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        rows.as_ref().filter(|(number, _)| *number == reading).map(|(_, rows)| rows.clone())
    }

    fn keep(&self, rows: Option<Numbered>) {
        *self.rows.lock().unwrap_or_else(PoisonError::into_inner) = rows;
    }

    /// What was read is not needed any more.
    pub(super) fn forget(&self) {
        self.keep(None);
    }
}

/// The servers that have a name.
pub(super) fn named(context: &Context) -> Result<Answer, Failure> {
    Ok(Answer::Sources(api::named(&context.servers.settings()?)))
}

pub(super) async fn test(
    context: &Context,
    by: &Authorized<ImportData>,
    target: &Target,
    cancel: &CancellationToken,
) -> Result<Answer, Failure> {
    let settings = context.servers.settings()?;
    let tested = api::test(by, context.db()?, &settings, target, cancel).await.map_err(refused)?;
    let clean = |text: String| clean(&text);
    let (address, came, server) = (clean(tested.address), clean(tested.came), tested.server.map(clean));
    Ok(Answer::Tested(Box::new(api::Tested { address, came, server, ..tested })))
}

/// What a server has; how far that is, is told on the way.
pub(super) async fn discover(
    context: &Context,
    id: RequestId,
    by: &Authorized<ImportData>,
    target: &Target,
    cancel: &CancellationToken,
) -> Result<Answer, Failure> {
    let settings = context.servers.settings()?;
    let progress = watch::Sender::new(ApiProgress::default());
    let mut news = progress.subscribe();
    let telling = async {
        while news.changed().await.is_ok() {
            let asking = news.borrow_and_update().asking.clone();
            context.asking.send_replace(Some((id, Box::new(asking))));
        }
        std::future::pending::<()>().await;
    };
    let finding = api::discover(by, context.db()?, &settings, target, &progress, cancel);
    tokio::select! {
        found = finding => found.map(|found| Answer::Discovered(Box::new(found))).map_err(refused),
        () = telling => Err(failure("The asking ended without a word.")),
    }
}

/// Why a server gave nothing, in words for somebody at a screen: the error's own tell of a command's options.
fn refused(error: ApiLoadError) -> Failure {
    match error {
        ApiLoadError::Api(ApiError::Credentials { url, status, had }) => failure(format!(
            "{url} asks for credentials (status {status}){had}. Choose how to sign in there."
        )),
        ApiLoadError::Api(error) => failure(error),
        other => failure(other),
    }
}

/// Writes a server into the configuration; where that can not be, tells what to write.
pub(super) async fn save(context: &Context, source: NewSource) -> Result<Answer, Failure> {
    let settings = context.servers.settings()?;
    let shown = |file: &Path| clean(&file.display().to_string());
    let place = settings.file.as_deref().map_or_else(|| "the configuration file".to_owned(), shown);
    let by = match context.session()?.require(SystemSettings) {
        Ok(by) => by,
        Err(refused) => return Ok(by_hand(&source, place, &refused.to_string())),
    };
    match api::keep(&by, context.db()?, &settings, &source).await {
        Ok(written) => {
            context.servers.add(&source.name, written);
            Ok(Answer::SourceSaved { name: source.name, place })
        }
        Err(api::KeepError::File(why)) => Ok(by_hand(&source, place, &why.to_string())),
        Err(error) => Err(failure(error)),
    }
}

fn by_hand(source: &NewSource, place: String, why: &str) -> Answer {
    // Each line by itself: cleaning takes line ends out.
    let text: Vec<String> = source.text().lines().map(clean).collect();
    Answer::SourceText { text: text.join("\n"), place, why: clean(why) }
}

/// Reads a server's tables, unless they are here already, and loads them.
pub(super) async fn load(
    context: &Context,
    id: JobId,
    by: &Authorized<ImportData>,
    (server, request): (&ServerJob, &Request),
    tell: &watch::Sender<Option<(JobId, Told)>>,
    cancel: &CancellationToken,
) -> Result<Receipt, Failure> {
    let progress = watch::Sender::new(ApiProgress::default());
    let mut news = progress.subscribe();
    let telling = async {
        while news.changed().await.is_ok() {
            let told = told(&news.borrow_and_update());
            tell.send_replace(Some((id, told)));
        }
        std::future::pending::<()>().await;
    };
    let loading = async {
        let rows = rows(context, by, (server, request.mode), &progress, cancel).await?;
        context.tell(Msg::Job(id, JobEvent::Read(rows.told(), rows.notes().to_vec()))).await;
        let db = context.db()?;
        let loaded = api::load_rows(by, db, &rows, &server.left_out, request, &progress, cancel).await;
        let loaded = loaded.map_err(failure)?;
        if !request.dry_run && loaded.receipt.rejects_file.is_none() {
            context.servers.forget();
        }
        Ok(loaded.receipt)
    };
    tokio::select! {
        receipt = loading => receipt,
        () = telling => Err(failure("The load ended without a word.")),
    }
}

async fn rows(
    context: &Context,
    by: &Authorized<ImportData>,
    (server, mode): (&ServerJob, Mode),
    progress: &watch::Sender<ApiProgress>,
    cancel: &CancellationToken,
) -> Result<Arc<Rows>, Failure> {
    if let Some(rows) = context.servers.kept(server.reading) {
        return Ok(rows);
    }
    context.servers.forget();
    // What would be removed because it did not come has to have been asked for.
    let full = server.full || mode == Mode::Replace;
    let (settings, chosen) = (context.servers.settings()?, server.chosen.clone());
    let reading =
        api::read(by, context.db()?, &settings, (&server.target, full), chosen, progress, cancel).await;
    let rows = Arc::new(reading.map_err(refused)?);
    if !cancel.is_cancelled() {
        context.servers.keep(Some((server.reading, rows.clone())));
    }
    Ok(rows)
}

fn told(progress: &ApiProgress) -> LoadProgress {
    match &progress.loading {
        // A load that waits for another says so; else its first news come when it has a table.
        Some(loading) => LoadProgress { is_in_bytes: false, ..super::load::told(loading) },
        None => LoadProgress {
            phase: "reading from the server".to_owned(),
            table: progress.asking.table,
            read: progress.asking.all_rows,
            asking: Some(Box::new(progress.asking.clone())),
            ..LoadProgress::default()
        },
    }
}
