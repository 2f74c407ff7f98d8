//! The loading pipeline: source, align, validate, stage, check, merge, receipt.
//!
//! A row goes from a [`source::Source`] through the validator of its table to the server as canonical text, into a staging
//! table of the run or, where the chain is empty, straight into its table. Everything is checked before anything is
//! written, and everything is written in one transaction, its receipt in `import_runs` with it.

mod align;
mod cell;
mod check;
mod commit;
mod dates;
mod decimals;
pub mod edit;
mod emails;
mod encode;
mod error;
mod fault;
mod filter;
mod fold;
mod link;
mod lock;
mod look;
mod managers;
mod mapping;
mod mend;
mod merge;
mod names;
mod nothing;
mod numbers;
mod preview;
mod progress;
mod reader;
mod registry;
mod rejects;
mod replace;
mod road;
mod rules;
mod run;
mod settle;
mod sift;
pub mod source;
mod spec;
mod sql;
mod stage;
mod straight;
mod undo;
mod validate;

pub use align::{HeaderError, Why, understanding};
pub use dates::{DateOrder, Dates};
pub use decimals::DecimalMark;
pub use error::LoadError;
pub use fault::Code;
pub use filter::{Filter, FilterError, WORDS};
pub use lock::tidy;
pub use look::{ColumnHead, Days, Head, Meaning, Takes, look, meanings, takes};
pub use mapping::{Mapping, MappingError, mapping_of};
pub use mend::{
    Missing, Rejected, RejectedFile, RejectedRow, accepted, next_number, read_rejects, write_rejects,
};
pub use progress::{Mode, OnDuplicate, OnReject, Options, Phase, Progress};
pub use undo::{UndoError, undo};

use crate::db::Db;
use crate::domain::Receipt;
use crate::domain::receipt::Outcome;
use run::Run;
use source::Source;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Loads a set of sources into the chain: everything, or nothing.
///
/// What a person can expect to happen ends in a receipt: rows were rejected, nothing had to be done, somebody cancelled.
/// Dropping the future leaves the chain as it was, and what was staged to be cleared away by the next load; cancelling
/// clears it away at once.
///
/// # Errors
/// [`LoadError`] where the load could not be done. The history has the run with its message.
pub async fn load(
    db: &Db,
    source_name: &str,
    sources: Vec<Box<dyn Source>>,
    options: &Options,
    progress: &watch::Sender<Progress>,
    cancel: &CancellationToken,
) -> Result<Receipt, LoadError> {
    if sources.is_empty() && !cancel.is_cancelled() {
        return Err(LoadError::NoSource);
    }
    let mut run = Run::begin(db, source_name, options, progress, cancel).await?;
    // Somebody may have stopped it while the sources were being found; that is a run with a receipt too.
    let outcome =
        if cancel.is_cancelled() { Err(LoadError::Cancelled) } else { load_in(&mut run, sources).await };
    run.end(outcome).await
}

async fn load_in(run: &mut Run, sources: Vec<Box<dyn Source>>) -> Result<Outcome, LoadError> {
    run.take_in(sources)?;
    lock::wait_for_turn(&mut run.link).await?;
    run.filled = road::filled(run).await?;
    if let Some(outcome) = straight::load(run).await? {
        return Ok(outcome);
    }
    stage::fill(run).await?;
    check::all(run).await?;
    run.settle_rejects()?;
    // A row that is turned down would be taken for one that is to go.
    let takes_all = run.options.on_reject == OnReject::Abort || run.options.mode == Mode::Replace;
    if run.faulty() > 0 && takes_all {
        return Ok(Outcome::Rejected);
    }
    merge::all(run).await
}
