//! Whose records somebody may change: of their own stores and people, as they see them (`domain::Sight`). What belongs to
//! the whole chain, such as customers and products, is for everybody who may change records at all.
//!
//! How much a manager sees follows from who works for them. So they change only those who do, and let them work for nobody
//! else: else they could bring another's stores into their own sight.

use super::error::EditError;
use crate::domain::records::RowId;
use crate::domain::records::edit::{EditField, Held, Takes, Values};
use crate::domain::{Actor, Sight, StaffId, StoreId, Table};
use crate::etl::edit::number_of;

/// What somebody may change.
pub(super) struct Reach {
    pub(super) sight: Sight,
    pub(super) actor: Actor,
}

/// A part of the chain.
struct Part<'a> {
    stores: &'a [StoreId],
    people: &'a [StaffId],
}

impl Reach {
    /// The stores and the people of who sees a part of the chain; nothing for who sees all of it.
    fn part(&self, table: Table) -> Result<Option<Part<'_>>, EditError> {
        match &self.sight {
            Sight::Chain => Ok(None),
            Sight::Part { stores, people } => Ok(Some(Part { stores, people })),
            Sight::Unlinked => Err(EditError::Unlinked { actor: self.actor.clone(), table }),
        }
    }

    fn holds(&self, table: Table, store: Option<StoreId>) -> Result<(), EditError> {
        let Some(store) = store else { return Ok(()) };
        match self.part(table)? {
            Some(Part { stores, .. }) if !stores.contains(&store) => {
                Err(EditError::OutOfSight { actor: self.actor.clone(), store, sight: stores.to_vec() })
            }
            _ => Ok(()),
        }
    }

    fn beyond(&self, why: &'static str) -> EditError {
        EditError::BeyondReach { actor: self.actor.clone(), why }
    }

    /// Whether a row may be changed, or deleted, as it is.
    pub(super) fn may_change(&self, row: RowId, held: &Held) -> Result<(), EditError> {
        self.holds(row.table, held.store)?;
        if row.table == Table::Staffs
            && let Some(Part { people, .. }) = self.part(row.table)?
            && !people.contains(&StaffId(row.key[0]))
        {
            return Err(EditError::NotTheirStaff { actor: self.actor.clone(), staff: StaffId(row.key[0]) });
        }
        Ok(())
    }

    /// Whether a row of the table may be made, whatever is in it.
    pub(super) fn may_make(&self, table: Table) -> Result<(), EditError> {
        if table == Table::Stores && self.sight != Sight::Chain {
            return Err(self.beyond("a new store is in nobody's sight yet"));
        }
        if matches!(table, Table::Staffs | Table::Stocks) {
            self.part(table)?;
        }
        Ok(())
    }

    /// Whether a row may become this; `before` is what it was, of a new one nothing.
    pub(super) fn may_become(
        &self,
        table: Table,
        before: Option<&Held>,
        values: &Values,
    ) -> Result<(), EditError> {
        self.holds(table, number_of(table, values, "store_id").map(StoreId))?;
        if table != Table::Staffs {
            return Ok(());
        }
        let Some(Part { people, .. }) = self.part(table)? else { return Ok(()) };
        let manager = number_of(table, values, "manager_id");
        let is_as_before = before.is_some_and(|held| number_of(table, &held.values, "manager_id") == manager);
        if is_as_before || manager.is_some_and(|manager| people.contains(&StaffId(manager))) {
            return Ok(());
        }
        Err(self.beyond("the manager has to be one's own staff entry, or somebody who works for one"))
    }

    /// Whether a field may name that row.
    pub(super) fn may_name(&self, field: &EditField, number: u32) -> bool {
        match (&self.sight, field.takes) {
            (Sight::Part { stores, .. }, Takes::Named(Table::Stores)) => stores.contains(&StoreId(number)),
            (Sight::Part { people, .. }, Takes::Named(Table::Staffs)) => people.contains(&StaffId(number)),
            _ => true,
        }
    }
}
