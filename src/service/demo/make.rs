//! Making the demo chain in a database: rows through the loading pipeline, then targets and users.

use super::{DemoUser, Plan, source_name, sources, targets, users};
use crate::db::chain::Demo;
use crate::db::write::{Recorded, Transient};
use crate::db::{self, Db, DbError, Proof};
use crate::domain::audit::{Action, Entry};
use crate::domain::receipt::Outcome;
use crate::domain::{Money, Month, Receipt, RunId, StoreId};
use crate::etl::{self, LoadError, Mode, Options, Progress};
use crate::service::authorized::{Authorized, ManageDatabase};
use crate::service::passwords::{self, HashError};
use futures_util::FutureExt;
use secrecy::SecretString;
use serde_json::json;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// More orders than can be numbered.
    #[error("A demo can have {most} orders at the most.", most = Plan::MOST_ORDERS)]
    TooMany,
    /// The chain is somebody's.
    #[error(
        "This chain has data of its own, so no demo was made in it. Give the demo another folder: storekeeper --data-dir DIR demo."
    )]
    NotEmpty,
    /// The chain is another demo.
    #[error(
        "This chain is a demo of {orders} orders with seed {seed} already. For another, give it another folder: storekeeper --data-dir DIR demo."
    )]
    Another {
        /// How many orders that one has.
        orders: u64,
        /// Its seed.
        seed: u64,
    },
    /// The rows could not be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The password of a user could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The targets could not be worked out.
    #[error("The program is ending; run `storekeeper demo` again to finish the demo.")]
    Ending,
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl Transient for DemoError {
    fn is_transient(&self) -> bool {
        matches!(self, DemoError::Database(error) if error.is_transient())
    }
}

/// Makes the demo chain of a plan, with its targets and its three users.
///
/// Each of its steps is whole in itself, and one that is done is not done again: after an interruption, the same call
/// completes the chain. A chain that is the same demo already stays as it is, also on a later day.
///
/// # Errors
/// [`DemoError`]: the chain is not free for this demo, or a step failed.
pub async fn make(
    by: &Authorized<ManageDatabase>,
    db: &Db,
    plan: &Plan,
    bcrypt_cost: u32,
    progress: &watch::Sender<Progress>,
    cancel: &CancellationToken,
) -> Result<Receipt, DemoError> {
    let source = source_name(Demo { seed: plan.seed, orders: plan.orders });
    let claim = claim(by, db, plan, &source).await?;
    let mut receipt = match claim.loaded_by {
        Some(run) => nothing_to_do(run, source),
        None => {
            let options = Options::by(by.warrant().clone());
            etl::load(db, &source, sources(plan), &options, progress, cancel).await?
        }
    };
    if matches!(receipt.status, Outcome::Committed | Outcome::NothingToDo)
        && complete(by, db, plan, claim.has_targets, bcrypt_cost).await?
    {
        receipt.status = Outcome::Committed;
    }
    Ok(receipt)
}

/// What is there of a demo already.
struct Claim {
    loaded_by: Option<RunId>,
    has_targets: bool,
}

/// Marks the chain as this demo, where it is that already or is empty.
async fn claim(
    by: &Authorized<ManageDatabase>,
    db: &Db,
    plan: &Plan,
    source: &str,
) -> Result<Claim, DemoError> {
    if plan.orders > Plan::MOST_ORDERS {
        return Err(DemoError::TooMany);
    }
    let wanted = Demo { seed: plan.seed, orders: plan.orders };
    db.write(by, |tx| {
        let source = source.to_owned();
        async move {
            let state = db::demo::state(tx).await?;
            match state.demo {
                Some(demo) if demo == wanted => {}
                Some(Demo { seed, orders }) if state.has_rows => {
                    return Err(DemoError::Another { orders, seed });
                }
                None if state.has_rows => return Err(DemoError::NotEmpty),
                _ => db::demo::mark(tx, wanted).await?,
            }
            // What was loaded and cleared away since is to be loaded again.
            let loaded_by = if state.has_rows { db::demo::loaded_by(tx, &source).await? } else { None };
            let claim = Claim { loaded_by, has_targets: state.has_targets };
            Ok(match state.demo {
                Some(demo) if demo == wanted => Recorded::nothing(claim),
                _ => Recorded::with(claim, Entry::done(Action::DemoMade, "chain").detail(source)),
            })
        }
        .boxed()
    })
    .await
}

fn nothing_to_do(run_id: RunId, source: String) -> Receipt {
    Receipt {
        run_id,
        source,
        mode: Mode::default().word().to_owned(),
        status: Outcome::NothingToDo,
        tables: Vec::new(),
        preview: Vec::new(),
        chunks: 0,
        rejects_file: None,
        seconds: 0.0,
        rows_per_second: 0,
    }
}

/// Adds targets and users where they are missing; `false` where none was.
async fn complete(
    by: &Authorized<ManageDatabase>,
    db: &Db,
    plan: &Plan,
    has_targets: bool,
    bcrypt_cost: u32,
) -> Result<bool, DemoError> {
    let targets = if has_targets { Vec::new() } else { all_targets(*plan).await? };
    let users = missing_users(db, bcrypt_cost).await?;
    if targets.is_empty() && users.is_empty() {
        return Ok(false);
    }
    db.write(by, |tx| {
        let (targets, users) = (targets.clone(), users.clone());
        async move {
            db::demo::set_targets(tx, &targets).await?;
            let mut entries = Vec::new();
            if !targets.is_empty() {
                let all = format!("{} months of stores", targets.len());
                entries.push(Entry::done(Action::TargetsSet, all).detail("demo"));
            }
            for (user, hash) in users {
                // One of that name who came in between is as good.
                if db::users::create(tx, user.username, &hash, user.role).await? {
                    if let Some(staff) = user.staff {
                        db::demo::link_user(tx, user.username, staff).await?;
                    }
                    let made = Entry::done(Action::UserCreated, format!("user {}", user.username));
                    let record = json!({ "role": user.role, "staff_id": user.staff });
                    entries.push(made.after(&record).detail("demo"));
                }
            }
            Ok(Recorded::with_all(true, entries))
        }
        .boxed()
    })
    .await
}

/// The targets, worked out away from the threads that keep the screens alive: it goes over all orders.
async fn all_targets(plan: Plan) -> Result<Vec<(StoreId, Month, Money)>, DemoError> {
    tokio::task::spawn_blocking(move || targets(&plan).collect()).await.map_err(|_| DemoError::Ending)
}

/// The users that are not there yet, each with the hash of the password.
async fn missing_users(db: &Db, bcrypt_cost: u32) -> Result<Vec<(DemoUser, String)>, DemoError> {
    let mut missing = Vec::new();
    for user in users() {
        if db::users::credentials(db, user.username).await?.is_none() {
            let hash = passwords::hash(SecretString::from(user.password), bcrypt_cost).await?;
            missing.push((user, hash));
        }
    }
    Ok(missing)
}
