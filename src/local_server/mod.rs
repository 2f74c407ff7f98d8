//! Finds, starts, shares and stops the private database server.
//!
//! A data directory has at most one server, and the server lives as long as somebody uses it. Two `flock`s say who that
//! is: `gate.lock` is held alone, and briefly, by whoever comes or goes; `clients.lock` is shared by everyone who is in.
//! The kernel drops both when a process dies, however it dies, so no lock is ever left behind.
//!
//! - [`open`] starts the server, or joins the one that is up, and gives a [`Lease`].
//! - [`Lease::close`] gives it back; the last one out stops the server.
//! - A server left running by a client that was killed is adopted by the next [`open`]; a server that was itself killed
//!   is started again and recovers.
//!
//! Ours are only the folder (mode 0700) and a Unix socket in it; there is no TCP port.

mod error;
mod folder;
mod initialise;
mod lock;
mod package;
mod process;
mod program;
mod start;

use std::path::{Path, PathBuf};

use secrecy::SecretString;

pub use error::LocalServerError;
pub use program::{Flavour, Program, Version};

use folder::Folder;
use lock::Gate;
use process::Running;

/// What is needed to run the private server.
#[derive(Debug, Clone)]
pub struct Request {
    /// The folder that holds everything of this server; two different folders never meet.
    pub dir: PathBuf,
    /// The server program to run; where it is `None` the usual places are searched (see [`Program::find`]).
    pub program: Option<PathBuf>,
    /// Memory for InnoDB's pages, in MiB.
    pub buffer_pool_mib: u32,
    /// What `root@localhost` signs in with; set anew at each start.
    pub root_password: SecretString,
}

/// How far [`open`] has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Somebody else is starting or stopping the same server.
    Waiting,
    /// The data directory is made, which happens once.
    Initialising,
    /// The server starts.
    Starting,
    /// The server starts after a crash and repairs its files.
    Recovering,
    /// The server takes connections.
    Ready,
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Waiting => "waiting for another Storekeeper that starts or stops the database",
            Self::Initialising => "setting up the private database (first time, a few seconds)",
            Self::Starting => "starting the private database",
            Self::Recovering => "starting the private database, which repairs itself after a crash",
            Self::Ready => "the private database is ready",
        })
    }
}

/// What became of the server when a lease was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// This was the last client, and the server has ended.
    Stopped,
    /// Others still use the server.
    LeftRunning,
}

/// What is to be seen of a private server from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// The process that serves the folder, where there is one.
    pub pid: Option<u32>,
    /// How many clients are in.
    pub clients: usize,
}

/// A client's share in the running server.
///
/// [`close`](Self::close) is what stops the server behind the last client. A lease that is merely dropped gives up its
/// share, but leaves the server running until the next client adopts it.
#[derive(Debug)]
#[must_use = "the server is stopped by closing the lease"]
pub struct Lease {
    folder: Folder,
    socket: PathBuf,
    share: lock::Share,
}

impl Lease {
    /// The Unix socket the server listens on.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Gives the share back, and stops the server where nobody else is in; returns when it has ended.
    ///
    /// # Errors
    /// [`LocalServerError::StillRunning`] where the server does not end, [`LocalServerError::Io`] where a lock or a
    /// process can not be reached.
    pub async fn close(self) -> Result<Closed, LocalServerError> {
        let gate = Gate::enter(&self.folder, || ()).await?;
        if !self.share.give_back()? {
            return Ok(Closed::LeftRunning);
        }
        if let Some(running) = process::find(&self.folder.data())? {
            end(&self.folder, &running).await?;
        }
        drop(gate);
        Ok(Closed::Stopped)
    }
}

/// Joins the private server of a folder, and starts it first where it is not up.
///
/// Tells `progress` each stage as it begins. Dropping the future before it is ready is safe: a server it has started
/// is told to end, a half-made data directory is made anew the next time.
///
/// # Errors
/// See [`LocalServerError`]; nothing in a folder that is refused has been touched.
pub async fn open(
    request: &Request,
    progress: impl Fn(Stage) + Send + Sync,
) -> Result<Lease, LocalServerError> {
    let folder = Folder::claim(&request.dir)?;
    let gate = Gate::enter(&folder, || progress(Stage::Waiting)).await?;
    let share = lock::Share::take(&folder)?;
    let socket = match adopt(&folder, &progress).await? {
        Some(socket) => socket,
        None => start_fresh(request, &folder, &progress).await?,
    };
    drop(gate);
    progress(Stage::Ready);
    Ok(Lease { folder, socket, share })
}

/// Says whether a folder's server is up and how many clients are in. A folder that does not exist has neither.
///
/// # Errors
/// [`LocalServerError::Io`] where the folder can not be read.
pub async fn status(dir: &Path) -> Result<Status, LocalServerError> {
    let Some(folder) = Folder::claimed(dir)? else {
        return Ok(Status { pid: None, clients: 0 });
    };
    let running = process::find(&folder.data())?;
    Ok(Status { pid: running.map(|running| running.pid), clients: lock::clients(&folder)? })
}

/// Stops a folder's server, unless somebody is in. Tells whether there was one to stop.
///
/// # Errors
/// [`LocalServerError::InUse`] where clients are in; otherwise as [`Lease::close`].
pub async fn stop(dir: &Path) -> Result<bool, LocalServerError> {
    let Some(folder) = Folder::claimed(dir)? else {
        return Ok(false);
    };
    let _gate = Gate::enter(&folder, || ()).await?;
    if !lock::Share::take(&folder)?.give_back()? {
        return Err(LocalServerError::InUse { clients: lock::clients(&folder)? });
    }
    match process::find(&folder.data())? {
        Some(running) => end(&folder, &running).await.map(|()| true),
        None => Ok(false),
    }
}

/// The socket of a server that is already up. One on its way up is awaited, one on its way down is seen off.
async fn adopt(
    folder: &Folder,
    progress: &(impl Fn(Stage) + Sync),
) -> Result<Option<PathBuf>, LocalServerError> {
    let Some(running) = process::find(&folder.data())? else {
        return Ok(None);
    };
    if process::has_lost_its_folder(running.pid) {
        // Somebody removed the folder under it; nobody can reach it any more, and its rows are gone.
        process::kill(running.pid).await?;
        return Ok(None);
    }
    if process::answers(&running.socket).await {
        return Ok(Some(running.socket));
    }
    progress(Stage::Recovering);
    let ready = start::until_ready(folder, &running.socket, || Ok(!process::is_alive(running.pid))).await?;
    Ok(ready.then_some(running.socket))
}

async fn start_fresh(
    request: &Request,
    folder: &Folder,
    progress: &(impl Fn(Stage) + Sync),
) -> Result<PathBuf, LocalServerError> {
    // Before anything is searched or made, so that a folder which is not ours is refused untouched.
    let marker = folder.marker()?;
    let program = Program::find(request.program.as_deref())?;
    match marker {
        Some(marker) => marker.accept(&program, folder)?,
        None => {
            progress(Stage::Initialising);
            initialise::data(&program, folder).await?;
        }
    }
    progress(if folder.was_left_behind() { Stage::Recovering } else { Stage::Starting });
    start::server(request, &program, folder).await
}

async fn end(folder: &Folder, running: &Running) -> Result<(), LocalServerError> {
    process::terminate(running.pid).await?;
    folder.forget_socket(&running.socket);
    Ok(())
}
