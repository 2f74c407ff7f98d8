//! Why a record was not changed.

use super::a;
use crate::db::DbError;
use crate::db::write::Transient;
use crate::domain::records::edit::{Held, Reference, Wrong, in_words, instead};
use crate::domain::records::{RowId, title};
use crate::domain::{Actor, StaffId, StoreId, Table, capitalised};

/// Why a record was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Such records are not made, changed or deleted by hand.
    #[error("{} are not made or deleted by hand: they come with loads.", title(*.0))]
    NotByHand(Table),
    /// Values break rules.
    #[error("{}", .0.iter().map(|wrong| wrong.words.as_str()).collect::<Vec<_>>().join(" "))]
    Wrong(Vec<Wrong>),
    /// Somebody changed it since it was seen.
    #[error("Somebody changed {row} meanwhile. Nothing was saved; look at it and try again.")]
    Clash {
        /// Which.
        row: RowId,
        /// As it is now.
        now: Box<Held>,
    },
    /// It is not there any more.
    #[error("{} is not there any more: somebody deleted it, or undid the load that brought it.", capitalised(&.0.to_string()))]
    Gone(RowId),
    /// Other records name it.
    #[error("{name} can not be deleted: {} belong to it. {}", in_words(.references), instead(.row.table))]
    Named {
        /// Which.
        row: RowId,
        /// What it is called, cleaned.
        name: String,
        /// What names it.
        references: Vec<Reference>,
    },
    /// It belongs to somebody else's store.
    #[error("{actor} may not change what belongs to store {store}: it is none of theirs. {}", known(.sight))]
    OutOfSight {
        /// Who asked.
        actor: Actor,
        /// Whose it is.
        store: StoreId,
        /// What is theirs.
        sight: Vec<StoreId>,
    },
    /// A member of the staff who works for somebody else.
    #[error(
        "{actor} may not change staff {staff}, who does not work for them. Their manager can, or an administrator."
    )]
    NotTheirStaff {
        /// Who asked.
        actor: Actor,
        /// Whom they would change.
        staff: StaffId,
    },
    /// Staff would leave, or enter, the part of the chain that somebody looks after.
    #[error("{actor} may not do that: {why}. An administrator can.")]
    BeyondReach {
        /// Who asked.
        actor: Actor,
        /// What it is about.
        why: &'static str,
    },
    /// The account belongs to no store.
    #[error(
        "{actor} may not change {}: the account is not linked to a member of the staff, and so to no store. An administrator \
         links it, with key t on the screen of users.", a(*.table)
    )]
    Unlinked {
        /// Who asked.
        actor: Actor,
        /// A record of what.
        table: Table,
    },
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DbError),
}

fn known(stores: &[StoreId]) -> String {
    let stores: Vec<String> = stores.iter().map(|store| format!("store {store}")).collect();
    format!("In sight: {}.", stores.join(", "))
}

impl EditError {
    /// That one value is wrong.
    pub(super) fn wrong(wrong: Wrong) -> EditError {
        EditError::Wrong(vec![wrong])
    }
}

impl Transient for EditError {
    fn is_transient(&self) -> bool {
        matches!(self, EditError::Database(error) if error.is_transient())
    }
}
