//! How much of the chain somebody may look at.

use super::{StaffId, StoreId};

/// How much of the chain somebody may look at: an administrator all of it; a manager the stores they run, which are their
/// own and those in which somebody works for them, directly or through others; an employee the store they work in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// All of it.
    Chain,
    /// A part of it.
    Part {
        /// These stores, by number.
        stores: Vec<StoreId>,
        /// The sales of these people: of a manager and who works for them, of an employee their own.
        people: Vec<StaffId>,
    },
    /// Nothing: the account is not linked to a member of the staff, and so to no store.
    Unlinked,
}

impl Sight {
    /// Whether a store is in sight.
    pub fn holds(&self, store: StoreId) -> bool {
        match self {
            Sight::Chain => true,
            Sight::Part { stores, .. } => stores.contains(&store),
            Sight::Unlinked => false,
        }
    }

    /// Whether what somebody of the staff sold is in sight.
    pub fn knows(&self, staff: StaffId) -> bool {
        match self {
            Sight::Chain => true,
            Sight::Part { people, .. } => people.contains(&staff),
            Sight::Unlinked => false,
        }
    }
}

/// What one sees of the stores, and how much that is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoresSeen {
    /// The stores in sight, by name.
    pub stores: Vec<super::morning::StoreName>,
    /// How much that is.
    pub extent: Extent,
}

/// How much of the chain is in sight, for words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// Every store there is.
    #[default]
    Chain,
    /// Some of them, or one.
    Some,
    /// None: the account is not linked to a member of the staff.
    Unlinked,
}
