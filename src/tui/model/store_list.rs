//! The list a store is picked from.

use crate::domain::StoreId;
use crate::domain::morning::StoreName;

/// The stores, the whole chain first, and the one the cursor is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreList {
    rows: Vec<(Option<StoreId>, String)>,
    cursor: usize,
}

impl StoreList {
    /// The list, with the cursor on `here`.
    pub fn new(stores: &[StoreName], here: Option<StoreId>) -> StoreList {
        let each = stores.iter().map(|store| (Some(store.id), store.name.clone()));
        let rows: Vec<_> = std::iter::once((None, "Whole chain".to_owned())).chain(each).collect();
        let cursor = rows.iter().position(|(id, _)| *id == here).unwrap_or(0);
        StoreList { rows, cursor }
    }

    /// The names, from the top.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.rows.iter().map(|(_, name)| name.as_str())
    }

    /// Which row the cursor is on.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// One up.
    pub fn up(&mut self) {
        self.cursor = self.cursor.saturating_sub(1);
    }

    /// One down.
    pub fn down(&mut self) {
        self.cursor = (self.cursor + 1).min(self.rows.len().saturating_sub(1));
    }

    /// To that row, if there is one.
    pub fn go_to(&mut self, row: usize) {
        if row < self.rows.len() {
            self.cursor = row;
        }
    }

    /// The store the cursor is on; nothing for the whole chain.
    pub fn chosen(&self) -> Option<StoreId> {
        self.rows.get(self.cursor).and_then(|(id, _)| *id)
    }
}
