//! The numbers of the morning. Each is defined in `docs/FIGURES.md`; what somebody may look at, in [`Sight`].

mod sales;
mod stock;

pub use sales::{comparison, figures, open_orders, products, sales};
pub use stock::{LOW_BELOW, SLOW_DAYS, low_stock, promised, slow_stock, stock_value};

use super::authorized::{Authorized, ViewDashboard};
use crate::db::{self, Db, DbError, Proof};
use crate::domain::figures::Figure;
use crate::domain::morning::{Calendar, Colleague};
use crate::domain::sight::{Extent, StoresSeen};
use crate::domain::{Actor, Sight, StoreId};
use jiff::Timestamp;
use jiff::tz::TimeZone;

type May = Authorized<ViewDashboard>;

/// Why a figure is not told.
#[derive(Debug, thiserror::Error)]
pub enum FigureError {
    /// The store is somebody else's.
    #[error("{actor} may not look at store {store}: it is none of theirs. In sight: {}.", known(.sight))]
    OutOfSight {
        /// Who asked.
        actor: Actor,
        /// For which.
        store: StoreId,
        /// What is theirs.
        sight: Vec<StoreId>,
    },
    /// The account belongs to no store.
    #[error(
        "{0} is not linked to a member of the staff, and so to no store. An administrator links the account: key t on the screen of users, or `storekeeper users link`."
    )]
    Unlinked(Actor),
    /// The database did not tell.
    #[error(transparent)]
    Database(#[from] DbError),
}

fn known(stores: &[StoreId]) -> String {
    stores.iter().map(|store| format!("store {store}")).collect::<Vec<_>>().join(", ")
}

/// The statement that reads a figure, to be shown to who wants to know exactly.
pub fn statement(figure: Figure) -> &'static str {
    db::figures::statement(figure)
}

/// What the doer may look at, as they are now.
pub(super) async fn sight(by: &dyn Proof, db: &Db) -> Result<Sight, DbError> {
    db::sight::of(&mut db.conn().await?, &by.warrant().doer.actor).await
}

/// The same; refuses a store that is not in it, and who sees none.
async fn sight_of(by: &May, db: &Db, store: Option<StoreId>) -> Result<Sight, FigureError> {
    let sight = sight(by, db).await?;
    allows(&sight, store, &by.warrant().doer.actor)?;
    Ok(sight)
}

/// Refuses a store that is not in sight, and who sees none.
pub(super) fn allows(sight: &Sight, store: Option<StoreId>, actor: &Actor) -> Result<(), FigureError> {
    match (sight, store) {
        (Sight::Unlinked, _) => Err(FigureError::Unlinked(actor.clone())),
        (Sight::Part { stores, .. }, Some(store)) if !sight.holds(store) => {
            Err(FigureError::OutOfSight { actor: actor.clone(), store, sight: stores.clone() })
        }
        _ => Ok(()),
    }
}

/// The stores in sight, by name. Who sees none is told so, and it is no failure.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn stores(by: &May, db: &Db) -> Result<StoresSeen, DbError> {
    let both = async { tokio::try_join!(sight(by, db), db::stores::names(db)) };
    let (sight, mut stores) = db.read(by, both).await?;
    let all = stores.len();
    stores.retain(|store| sight.holds(store.id));
    let extent = match sight {
        Sight::Unlinked => Extent::Unlinked,
        Sight::Part { .. } if stores.len() < all => Extent::Some,
        Sight::Part { .. } | Sight::Chain => Extent::Chain,
    };
    Ok(StoresSeen { stores, extent })
}

/// The days that have orders, and today where the store is; `None` where there is no order yet.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn calendar(
    by: &May,
    db: &Db,
    store: Option<StoreId>,
    now: Timestamp,
) -> Result<Option<Calendar>, FigureError> {
    let sight = sight_of(by, db, store).await?;
    let days = db.read(by, db::morning::order_days(db, store, &sight)).await?;
    Ok(days.map(|days| Calendar {
        oldest: days.oldest,
        newest: days.newest,
        today: now.to_zoned(zone(&days.time_zone)).date(),
        time_zone: days.time_zone,
    }))
}

pub(super) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or_else(|cause| {
        tracing::warn!(name, %cause, "a store's time zone is not known; its day is taken to be UTC's");
        TimeZone::UTC
    })
}

/// Whom the doer works for; `None` for who works for nobody, or has no account.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn my_manager(by: &May, db: &Db) -> Result<Option<Colleague>, DbError> {
    let user = by.warrant().doer.actor.user_id();
    let asked = async {
        match user {
            Some(user) => db::sight::manager(db, user).await,
            None => Ok(None),
        }
    };
    db.read(by, asked).await
}
