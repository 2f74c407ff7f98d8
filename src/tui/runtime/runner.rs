//! Carries out the effects: each as a task of its own, whose answer comes back as a message.

use super::identity::Unfinished;
use super::server::Servers;
use super::{dashboard, desk, editing, export, load, loads, opener, records, report};
use crate::db::Db;
use crate::domain::Origin;
use crate::domain::session::Ended;
use crate::etl::source::api::Asking;
use crate::service::authorized::Session;
use crate::service::{Fence, Policy};
use crate::settings::{Report, Settings};
use crate::telemetry::CorrelationId;
use crate::tui::model::gallery::source;
use crate::tui::model::message::{
    Effect, Failure, JobEvent, JobId, Msg, Query, Reply, RequestId, Source, Task,
};
use crate::tui::model::reports::ask::ReportNews;
use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long the program waits at its end for a load to be undone: a terminal that hung up is left within 2 s, and the
/// database has to be left as well.
const LAST_WAIT: Duration = Duration::from_millis(800);
/// Answers that may wait for the loop.
const BACKLOG: usize = 64;

/// Starts tasks, and knows who is signed in.
pub(in crate::tui) struct Runner {
    pub(super) context: Context,
    pub(super) job: Option<Job>,
    pub(super) check: Option<Job>,
    pub(super) export: Option<Job>,
    pub(super) report: Option<Job>,
    pub(super) database: Option<Job>,
    /// The questions that can be given up, as long as they are answered.
    asked: HashMap<RequestId, CancellationToken>,
    /// Where the loop finds the progress of the job that runs.
    pub(super) progress: watch::Sender<Option<(JobId, load::Told)>>,
    /// The same of a check of the audit log.
    pub(super) checked: watch::Sender<desk::Told>,
    /// The same of an export.
    pub(super) exported: watch::Sender<export::Told>,
    /// The same of reports.
    pub(super) printed: watch::Sender<report::Told>,
}

/// What a task works with.
#[derive(Clone)]
pub(super) struct Context {
    /// The chain and the rules of signing in; the gallery has none.
    chain: Option<(Db, Policy)>,
    origin: Origin,
    pub(super) files: Files,
    session: Arc<Mutex<Option<Session>>>,
    pub(super) unfinished: Arc<Mutex<Unfinished>>,
    /// Other systems' servers.
    pub(super) servers: Servers,
    /// Where the loop finds how far the asking of one is.
    pub(super) asking: watch::Sender<Asked>,
    answers: mpsc::Sender<Msg>,
    /// Held by the one question about records that is asked now.
    pub(super) looking: Arc<Semaphore>,
}

/// How the screens meet the files of the machine.
#[derive(Debug, Clone, Default)]
pub(in crate::tui) struct Files {
    /// Whether a load may use `LOAD DATA LOCAL`.
    pub(in crate::tui) infile: bool,
    /// The folder for rows that a load rejects.
    pub(in crate::tui) rejects_dir: PathBuf,
    /// What is not to be read or written.
    pub(in crate::tui) fence: Fence,
    /// How reports look; the gallery has none.
    pub(in crate::tui) look: Option<Report>,
    /// What opens a file where the person is.
    pub(in crate::tui) opener: Option<PathBuf>,
}

/// How far the asking of a server is, for which question.
pub(super) type Asked = Option<(RequestId, Box<Asking>)>;

pub(super) struct Job {
    pub(super) id: JobId,
    pub(super) cancel: CancellationToken,
    pub(super) task: JoinHandle<()>,
}

/// What the tasks tell.
pub(in crate::tui) struct News {
    answers: mpsc::Receiver<Msg>,
    progress: watch::Receiver<Option<(JobId, load::Told)>>,
    checked: watch::Receiver<desk::Told>,
    exported: watch::Receiver<export::Told>,
    printed: watch::Receiver<report::Told>,
    asking: watch::Receiver<Asked>,
}

impl News {
    /// The next message. Answers come all; of a job's progress only the newest.
    pub(super) async fn next(&mut self) -> Msg {
        loop {
            tokio::select! {
                biased;
                Some(msg) = self.answers.recv() => return msg,
                Ok(()) = self.progress.changed() => {
                    let told = self.progress.borrow_and_update().clone();
                    if let Some((id, told)) = told {
                        return Msg::Job(id, JobEvent::Progress(told));
                    }
                }
                Ok(()) = self.checked.changed() => {
                    let told = self.checked.borrow_and_update().clone();
                    if let Some((id, news)) = told {
                        return Msg::Check(id, news);
                    }
                }
                Ok(()) = self.asking.changed() => {
                    let told = self.asking.borrow_and_update().clone();
                    if let Some((id, asking)) = told {
                        return Msg::Asking(id, asking);
                    }
                }
                Ok(()) = self.exported.changed() => {
                    let told = self.exported.borrow_and_update().clone();
                    if let Some((id, news)) = told {
                        return Msg::Export(id, news);
                    }
                }
                Ok(()) = self.printed.changed() => {
                    let told = *self.printed.borrow_and_update();
                    if let Some((id, told)) = told {
                        return Msg::Report(id, ReportNews::Progress(told));
                    }
                }
                else => std::future::pending().await,
            }
        }
    }
}

impl Runner {
    /// A runner with whoever need not sign in, and what it will tell. The gallery has no database.
    pub(in crate::tui) fn new(
        chain: Option<(Db, Policy)>,
        origin: Origin,
        files: Files,
        settings: Option<Settings>,
        session: Option<Session>,
    ) -> (Runner, News) {
        let (sender, replies) = mpsc::channel(BACKLOG);
        let (tell, progress) = watch::channel(None);
        let (tell_check, checked) = watch::channel(None);
        let (tell_export, exported) = watch::channel(None);
        let (tell_report, printed) = watch::channel(None);
        let (asking, asked) = watch::channel(None);
        let session = Arc::new(Mutex::new(session));
        let unfinished = Arc::default();
        let servers = Servers::new(settings);
        let answers = sender;
        let looking = Arc::new(Semaphore::new(1));
        let context =
            Context { chain, origin, files, session, unfinished, servers, asking, answers, looking };
        let runner = Runner {
            context,
            job: None,
            check: None,
            export: None,
            report: None,
            database: None,
            asked: HashMap::new(),
            progress: tell,
            checked: tell_check,
            exported: tell_export,
            printed: tell_report,
        };
        (runner, News { answers: replies, progress, checked, exported, printed, asking: asked })
    }

    /// Starts what the effect asks for, and comes back at once.
    pub(in crate::tui) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Query(id, query) => self.ask(id, query),
            Effect::Start(id, job) => self.start(id, *job),
            Effect::GiveUp(id) => {
                if let Some(cancel) = self.asked.remove(&id) {
                    cancel.cancel();
                }
            }
            Effect::CheckLog(id) => self.check_log(id),
            Effect::Export(id, job) => self.start_export(id, job),
            Effect::Report(id, job) => self.start_report(id, *job),
            Effect::Database(id, job) => self.start_on_database(id, job),
            Effect::Open(place) => self.open(&place),
            Effect::Cancel(id) => {
                let jobs = self.job.iter().chain(&self.check).chain(&self.export);
                let jobs = jobs.chain(&self.report).chain(&self.database);
                jobs.filter(|job| job.id == id).for_each(|job| job.cancel.cancel());
            }
            Effect::SignOut(why) => {
                let context = self.context.clone();
                // What was read for them is nobody else's.
                context.servers.forget();
                // The session is taken at once: whoever signs in next must not be signed out by this.
                let leaving = context.leave(why);
                tokio::spawn(leaving);
            }
            Effect::Forget => self.context.forget(),
            // The loop itself does these.
            Effect::Suspend
            | Effect::Quit
            | Effect::RememberTheme(_)
            | Effect::RememberFolder(_)
            | Effect::Copy(_)
            | Effect::CopySecret(_) => {}
        }
    }

    /// Stops what runs, and gives it a moment to leave the database as it should be.
    pub(super) async fn end(self) {
        for only_reads in self.check.iter().chain(&self.export) {
            // Nothing has to be undone.
            only_reads.cancel.cancel();
        }
        let leaving = self.context.leave(Ended::SignedOut);
        let stopping = async {
            for job in self.job.into_iter().chain(self.report).chain(self.database) {
                job.cancel.cancel();
                let _ = job.task.await;
            }
        };
        if tokio::time::timeout(LAST_WAIT, async { tokio::join!(leaving, stopping) }).await.is_err() {
            tracing::warn!(
                "a load was still being undone, or a session ended; the server undoes and ends what is left of it"
            );
        }
    }

    fn ask(&mut self, id: RequestId, query: Query) {
        let (context, cancel) = (self.context.clone(), CancellationToken::new());
        if matches!(query, Query::Load(_) | Query::Records(_)) {
            self.asked.retain(|_, cancel| !cancel.is_cancelled());
            self.asked.insert(id, cancel.clone());
        }
        tokio::spawn(async move {
            let answering = tokio::spawn({
                let context = context.clone();
                let token = cancel.clone();
                CorrelationId::new().of("screens", async move { context.answer(id, query, &token).await })
            });
            let msg = match answering.await {
                Ok(answer) => Msg::Reply(id, answer),
                Err(_) => Msg::TaskDied(Task::Query(id)),
            };
            // What was answered needs no giving up any more.
            cancel.cancel();
            context.tell(msg).await;
        });
    }

    /// Opens a file or a folder. That it can not be is for the log: whoever sees no window has the path.
    fn open(&self, place: &Path) {
        let Some(program) = &self.context.files.opener else { return };
        if let Err(cause) = opener::open(program, place) {
            tracing::warn!(%cause, program = %program.display(), "what was printed could not be opened");
        }
    }
}

impl Context {
    /// The chain.
    pub(super) fn db(&self) -> Result<&Db, Failure> {
        self.chain().map(|(db, _)| db)
    }

    pub(super) fn chain(&self) -> Result<&(Db, Policy), Failure> {
        self.chain.as_ref().ok_or_else(|| Failure::new("There is no database behind this screen."))
    }

    /// The folder of saved mappings: beside that of rejected rows.
    pub(super) fn mappings_dir(&self) -> PathBuf {
        self.files.rejects_dir.with_file_name("mappings")
    }

    /// Who is signed in.
    pub(super) fn session(&self) -> Result<Session, Failure> {
        let kept = self.session.lock().unwrap_or_else(PoisonError::into_inner).clone();
        kept.ok_or_else(|| Failure::new("Nobody is signed in any more. Sign in again."))
    }

    pub(super) fn keep(&self, session: Option<Session>) {
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = session;
    }

    pub(super) fn take_session(&self) -> Option<Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    pub(super) async fn tell(&self, msg: Msg) {
        // The loop is gone only when the program ends.
        let _ = self.answers.send(msg).await;
    }

    async fn answer(
        &self,
        id: RequestId,
        query: Query,
        cancel: &CancellationToken,
    ) -> Result<Reply, Failure> {
        super::mishap::may_happen(super::mishap::Place::Task);
        match query {
            Query::SignIn { username, password } => self.sign_in(&username, password).await,
            Query::SecondFactor(code) => self.check_code(&code).await,
            Query::Identity(ask) => self.identity(ask).await,
            Query::Rows(Source::Gallery, page) => Ok(Reply::Rows(
                tokio::task::spawn_blocking(move || source::rows(&page)).await.map_err(failure)?,
            )),
            Query::Desk(question) => desk::answer(self, question).await.map(Reply::Desk),
            Query::Records(question) => records::answer(self, question, cancel).await.map(Reply::Records),
            Query::Editing(question) => editing::answer(self, question).await.map(Reply::Editing),
            Query::Load(question) => loads::answer(self, id, question, cancel).await.map(Reply::Load),
            Query::Board(question) => dashboard::answer(self, question).await.map(Reply::Board),
        }
    }
}

/// The words of an error, for the screen; the log has it too.
pub(super) fn failure(error: impl Into<Box<dyn Error + Send + Sync>>) -> Failure {
    let error = error.into();
    let words = error.to_string();
    tracing::warn!(error = %words, "told on the screen");
    Failure::new(&words).because_of(ended(error.as_ref()))
}

/// Why the session has ended, where an error comes from that.
fn ended(error: &(dyn Error + 'static)) -> Option<Ended> {
    let here = error.downcast_ref::<Ended>().copied();
    here.or_else(|| error.source().and_then(ended))
}
