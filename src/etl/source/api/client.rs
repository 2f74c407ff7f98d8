//! One server, asked politely and safely. Everything that goes out goes through here.

use super::address::{Base, means_this_network, without};
use super::body::unpacked;
use super::credentials::{Auth, Credentials};
use super::discover::Endpoint;
use super::error::{ApiError, shown};
use super::guard::Guarded;
use super::manners::{Host, Manners, Why, asked_to_wait, backoff, told};
use super::progress::{Asking, Step, TableRead};
use crate::domain::Table;
use secrecy::{ExposeSecret, SecretString};
use std::io::{self, Read};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::{CancellationToken, DropGuard};
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

/// Redirects that are followed on the server itself.
const REDIRECTS: usize = 5;
const CONNECT_TIME: Duration = Duration::from_secs(10);
const NAME: &str = concat!("storekeeper/", env!("CARGO_PKG_VERSION"));

/// How hard a request is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// Whether there is anything at all: twice.
    Probe,
    /// It has to work: as often as the manners allow.
    Full,
}

/// What a reply was known by the last time, so that the server can say that it is still the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// What came before the body.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// The status: one of the 200s, or 304 where the reply is still the same.
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    /// What was asked for in the end, without credentials.
    pub(super) url: Url,
}

impl Head {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(super) fn validators(&self) -> Validators {
        let of = |name| self.header(name).map(str::to_owned);
        Validators { etag: of("etag"), modified: of("last-modified") }
    }
}

/// One server and how it is asked.
pub struct Client {
    pub(super) base: Base,
    pub(super) manners: Manners,
    pub(super) told: watch::Sender<Asking>,
    agent: Agent,
    pub(super) credentials: Credentials,
    token: Mutex<Option<SecretString>>,
    host: Mutex<Host>,
    cancel: CancellationToken,
    /// Ends the task below with the client.
    _end: DropGuard,
    runtime: Handle,
}

impl Client {
    /// A client for that server. Needs a tokio runtime around it, and is used on threads outside of it.
    ///
    /// `allow_private` is whether the host may be in this network though its name does not show it.
    pub fn new(
        base: Base,
        credentials: Credentials,
        allow_private: bool,
        manners: Manners,
        told: watch::Sender<Asking>,
        cancel: &CancellationToken,
    ) -> Client {
        let allowed = allow_private || means_this_network(base.url());
        let names = Guarded { names: DefaultResolver::default(), allowed: allowed.then(|| base.host()) };
        let agent = agent(&manners, names);
        let interrupted = agent.clone();
        let cancel = cancel.child_token();
        let stop = cancel.clone();
        // A read that waits for a slow server ends the moment somebody stops the load.
        tokio::spawn(async move {
            stop.cancelled().await;
            interrupted.shutdown();
        });
        let host = Mutex::new(Host::new(manners.rate, Instant::now()));
        Client {
            base,
            manners,
            told,
            agent,
            credentials,
            token: Mutex::new(None),
            host,
            _end: cancel.clone().drop_guard(),
            cancel,
            runtime: Handle::current(),
        }
    }

    /// Whether somebody stops it.
    pub(super) fn stopped(&self) -> bool {
        self.cancel.is_cancelled()
    }

    /// Begins with a table.
    pub fn begin(&self, step: Step, table: Table) {
        self.told.send_modify(|asking| {
            (asking.step, asking.table) = (step, Some(table));
            (asking.pages, asking.rows, asking.total) = (0, 0, None);
        });
    }

    /// Tells that a table is read.
    pub fn ended(&self, read: TableRead) {
        self.told.send_modify(|asking| asking.read.push(read));
    }

    /// Tells that a table is not read, because its rows lack what every row needs.
    pub fn note_left(&self, endpoint: &Endpoint) {
        let missing = endpoint.missing.join(", ");
        let (table, url) = (endpoint.table, shown(&endpoint.url));
        self.note(format!("{table} is left out: the rows at {url} have no {missing}. Say --map FIELD=COLUMN where they have it by another name."));
    }

    /// Tells that the next address of a table is tried.
    pub fn note_other(&self, table: Table, error: &ApiError, other: &Endpoint) {
        self.note(format!("{table}: {error} It is read from {} instead.", shown(&other.url)));
    }

    /// Tells something once.
    pub fn note(&self, note: String) {
        self.told.send_if_modified(|asking| {
            let new = !asking.notes.contains(&note);
            if new {
                asking.notes.push(note);
            }
            new
        });
    }

    /// Where a link in a reply leads, without a credential that the server may have echoed in it.
    pub(super) fn follow(&self, from: &Url, link: &str) -> Result<Url, ApiError> {
        let to = self.base.follow(from, link)?;
        Ok(self.credentials.parameter().map_or_else(|| to.clone(), |secret| without(&to, secret)))
    }

    /// Asks for an address and reads the reply with `take`, which is called anew for each try.
    pub(super) fn get<T>(
        &self,
        url: &Url,
        effort: Effort,
        last_time: Option<&Validators>,
        mut take: impl FnMut(&Head, &mut dyn Read) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let attempts = match effort {
            Effort::Probe => self.manners.attempts.min(2),
            Effort::Full => self.manners.attempts,
        };
        let mut failure = 0;
        let mut fresh_token = false;
        loop {
            let done = self.once(url, last_time, &mut take);
            if self.stopped() {
                return Err(ApiError::Cancelled);
            }
            let error = match done {
                Ok(taken) => {
                    self.host().worked();
                    return Ok(taken);
                }
                Err(error) => error,
            };
            if matches!(error, ApiError::Credentials { status: 401, .. }) && !fresh_token {
                // A token is good for a while only.
                fresh_token = self.forget_token();
                if fresh_token {
                    continue;
                }
            }
            if !error.may_pass() {
                return Err(error);
            }
            failure += 1;
            self.host().failed(Instant::now());
            if failure >= attempts {
                return Err(error);
            }
            tracing::debug!(%error, failure, "asking again");
            self.told.send_modify(|asking| asking.retries += 1);
            let asked = self.host().asked(Instant::now());
            if asked.is_none() {
                let wait = backoff(self.manners.first_wait, failure, rand::random());
                self.wait(wait, "the server failed", true)?;
            }
        }
    }

    fn host(&self) -> MutexGuard<'_, Host> {
        self.host.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn token(&self) -> MutexGuard<'_, Option<SecretString>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn forget_token(&self) -> bool {
        self.token().take().is_some()
    }

    /// Waits for our turn; what is waited because of the server is counted.
    fn await_turn(&self, url: &Url) -> Result<(), ApiError> {
        let now = Instant::now();
        let (broken, turn) = {
            let mut host = self.host();
            (host.broken(now), host.turn(now))
        };
        if let Some(failures) = broken {
            let (host, last) = (self.base.host(), shown(url));
            let last = format!("{last} was not asked any more.");
            return Err(ApiError::Broken { host, failures, last });
        }
        match turn {
            None => Ok(()),
            Some((wait, Why::Rate)) => {
                self.wait(wait, &format!("{} requests a second are enough", self.manners.rate), false)
            }
            Some((wait, Why::Asked)) if wait > self.manners.patience => {
                Err(ApiError::Later { url: shown(url), wait, most: self.manners.patience })
            }
            Some((wait, Why::Asked)) => self.wait(wait, "the server asked for it", true),
        }
    }

    fn wait(&self, wait: Duration, why: &str, counted: bool) -> Result<(), ApiError> {
        const TOLD: Duration = Duration::from_millis(300);
        if wait >= TOLD {
            self.told.send_modify(|asking| asking.waiting = Some(told(wait, why)));
        }
        if counted {
            self.told.send_modify(|asking| asking.waited += wait);
        }
        let stopped = self.runtime.block_on(async {
            tokio::select! {
                () = self.cancel.cancelled() => true,
                () = tokio::time::sleep(wait) => false,
            }
        });
        if wait >= TOLD {
            self.told.send_modify(|asking| asking.waiting = None);
        }
        if stopped { Err(ApiError::Cancelled) } else { Ok(()) }
    }

    fn once<T>(
        &self,
        url: &Url,
        last_time: Option<&Validators>,
        take: &mut impl FnMut(&Head, &mut dyn Read) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut url = url.clone();
        for _ in 0..=REDIRECTS {
            self.await_turn(&url)?;
            let reply = self.send(&url, last_time)?;
            let status = reply.status().as_u16();
            if matches!(status, 301 | 302 | 303 | 307 | 308) {
                let place = reply.headers().get("location").and_then(|place| place.to_str().ok());
                let place = place.ok_or(ApiError::Status { url: shown(&url), status })?;
                url = self.follow(&url, place)?;
                continue;
            }
            return self.judged(&url, reply, last_time.is_some(), take);
        }
        Err(ApiError::Circle(shown(&url)))
    }

    fn send(&self, url: &Url, last_time: Option<&Validators>) -> Result<Response<Body>, ApiError> {
        let token = self.current_token()?;
        let mut request = self.agent.get(self.credentials.in_address(url).as_str());
        if let Some((name, value)) = self.credentials.header(token.as_ref()) {
            request = request.header(name, value.expose_secret());
        }
        if let Some(known) = last_time {
            if let Some(etag) = &known.etag {
                request = request.header("If-None-Match", etag);
            }
            if let Some(modified) = &known.modified {
                request = request.header("If-Modified-Since", modified);
            }
        }
        self.told.send_modify(|asking| {
            asking.requests += 1;
            asking.address = shown(url);
        });
        tracing::debug!(url = %shown(url), "asking");
        request.call().map_err(|error| self.failure(url, &error))
    }

    fn judged<T>(
        &self,
        url: &Url,
        reply: Response<Body>,
        conditional: bool,
        take: &mut impl FnMut(&Head, &mut dyn Read) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let (parts, body) = reply.into_parts();
        let head = Head { status: parts.status.as_u16(), headers: parts.headers, url: url.clone() };
        if let Some(wait) = asked_to_wait(|name| head.header(name), jiff::Timestamp::now()) {
            self.host().ask_later(wait, Instant::now());
        }
        match head.status {
            200..=299 => {}
            304 if conditional => {}
            401 | 403 | 407 => {
                let had = match self.credentials.auth {
                    Auth::None => "",
                    _ => ", though some were sent",
                };
                return Err(ApiError::Credentials { url: shown(url), status: head.status, had });
            }
            status => {
                // What little there is of it is read, so that the connection can be used again.
                const A_WORD: u64 = 1 << 14;
                let _ = io::copy(&mut body.into_reader().take(A_WORD), &mut io::sink());
                return Err(ApiError::Status { url: shown(url), status });
            }
        }
        let packing = head.header("content-encoding").map(str::to_owned);
        let bytes = unpacked(body.into_reader(), packing.as_deref(), self.manners.reply_bytes);
        let mut bytes = bytes.map_err(|what| ApiError::NotJson { url: shown(url), what })?;
        take(&head, &mut bytes)
    }
}

/// What asks, for a server's own address or for that where its tokens are given out.
pub(super) fn agent(manners: &Manners, names: Guarded<DefaultResolver>) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // A proxy of the environment would be connected to in place of the address that was judged.
        .proxy(None)
        .user_agent(NAME)
        .accept("application/json, */*;q=0.5")
        .accept_encoding("gzip")
        .max_idle_connections_per_host(manners.concurrency as usize)
        .max_response_header_size(64 << 10)
        .timeout_connect(Some(CONNECT_TIME))
        .timeout_global(Some(manners.reply_time))
        .build();
    Agent::with_parts(config, DefaultConnector::default(), names)
}
