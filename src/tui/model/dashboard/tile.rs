//! The parts of the dashboard: what each shows, to whom, and on which page.

use crate::domain::figures::Figure;
use crate::domain::{Permission, Role};

/// A part of the dashboard that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs, reason = "named for what they show")]
pub enum Tile {
    #[default]
    Net,
    Orders,
    Average,
    Units,
    Discount,
    Open,
    Days,
    Top,
    Low,
    Stores,
    Staff,
    Manager,
    Categories,
    Brands,
    Value,
    Promised,
    Slow,
    Audit,
    Loads,
}

/// Tiles that are seen together where there is no room for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "named for what they show")]
pub enum Page {
    #[default]
    Sales,
    Shares,
    Back,
}

/// A question that is asked once for all tiles which show its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "named for what they ask")]
pub enum Slot {
    Sales,
    Comparison,
    Open,
    Products,
    Low,
    Manager,
    Value,
    Promised,
    Slow,
    Audit,
    Loads,
}

/// What makes the answer to a question another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depends {
    /// Another period, store or measure.
    Filter,
    /// Another store.
    Store,
    /// Nothing that is chosen.
    Nothing,
}

impl Slot {
    /// All of them, in the order they are asked: what is looked at first comes first.
    pub const EACH: [Slot; 11] = [
        Slot::Sales,
        Slot::Comparison,
        Slot::Open,
        Slot::Products,
        Slot::Low,
        Slot::Manager,
        Slot::Value,
        Slot::Promised,
        Slot::Slow,
        Slot::Audit,
        Slot::Loads,
    ];

    pub(super) fn depends(self) -> Depends {
        match self {
            Slot::Manager | Slot::Audit | Slot::Loads => Depends::Nothing,
            Slot::Low | Slot::Promised | Slot::Value => Depends::Store,
            _ => Depends::Filter,
        }
    }

    /// Whether somebody of that role may be told.
    pub fn is_for(self, role: Role) -> bool {
        match self {
            Slot::Manager => role == Role::Employee,
            Slot::Audit => role.allows(Permission::ViewLogs),
            Slot::Loads => role.allows(Permission::ImportData),
            _ => true,
        }
    }
}

impl Tile {
    /// All of them, in the order Tab walks them.
    pub const EACH: [Tile; 19] = [
        Tile::Net,
        Tile::Orders,
        Tile::Average,
        Tile::Units,
        Tile::Discount,
        Tile::Open,
        Tile::Days,
        Tile::Top,
        Tile::Low,
        Tile::Stores,
        Tile::Staff,
        Tile::Manager,
        Tile::Categories,
        Tile::Brands,
        Tile::Value,
        Tile::Promised,
        Tile::Slow,
        Tile::Audit,
        Tile::Loads,
    ];

    /// The figures it shows, the chief one first.
    pub fn figures(self) -> &'static [Figure] {
        match self {
            Tile::Net => &[Figure::Net, Figure::Target, Figure::LastYear],
            Tile::Orders => &[Figure::Orders],
            Tile::Average => &[Figure::AverageOrderValue, Figure::UnitsAnOrder],
            Tile::Units => &[Figure::Units],
            Tile::Discount => &[Figure::Discount, Figure::Gross],
            Tile::Open => &[Figure::Open, Figure::Late],
            Tile::Days => &[Figure::NetPerDay],
            Tile::Top => &[Figure::TopProducts],
            Tile::Low => &[Figure::LowStock],
            Tile::Stores => &[Figure::ByStore],
            Tile::Staff => &[Figure::ByStaff],
            Tile::Manager => &[Figure::Manager],
            Tile::Categories => &[Figure::ByCategory],
            Tile::Brands => &[Figure::ByBrand],
            Tile::Value => &[Figure::StockValue],
            Tile::Promised => &[Figure::Promised],
            Tile::Slow => &[Figure::SlowStock],
            Tile::Audit => &[Figure::LatestAudit],
            Tile::Loads => &[Figure::LatestLoads],
        }
    }

    /// Whether somebody of that role sees it. Who runs a store sees their people, who works in one their manager.
    pub fn is_for(self, role: Role) -> bool {
        match self {
            Tile::Stores | Tile::Staff => role >= Role::Manager,
            _ => self.slot().is_for(role),
        }
    }

    /// The question whose answer it shows.
    pub fn slot(self) -> Slot {
        match self {
            Tile::Net
            | Tile::Orders
            | Tile::Average
            | Tile::Units
            | Tile::Discount
            | Tile::Days
            | Tile::Stores
            | Tile::Staff => Slot::Sales,
            Tile::Open => Slot::Open,
            Tile::Top | Tile::Categories | Tile::Brands => Slot::Products,
            Tile::Low => Slot::Low,
            Tile::Manager => Slot::Manager,
            Tile::Value => Slot::Value,
            Tile::Promised => Slot::Promised,
            Tile::Slow => Slot::Slow,
            Tile::Audit => Slot::Audit,
            Tile::Loads => Slot::Loads,
        }
    }

    /// Where it is when not all tiles fit on the screen.
    pub fn page(self) -> Page {
        match self {
            Tile::Stores | Tile::Staff | Tile::Manager | Tile::Categories | Tile::Brands => Page::Shares,
            Tile::Value | Tile::Promised | Tile::Slow | Tile::Audit | Tile::Loads => Page::Back,
            _ => Page::Sales,
        }
    }

    /// The one that Tab goes to, or Shift-Tab, among those that somebody of this role sees.
    pub fn step(self, forward: bool, role: Role) -> Tile {
        let seen = Tile::EACH.into_iter().filter(|tile| tile.is_for(role)).collect::<Vec<_>>();
        let here = seen.iter().position(|tile| *tile == self).unwrap_or(0);
        let by = if forward { 1 } else { seen.len().saturating_sub(1) };
        seen.get((here + by) % seen.len().max(1)).copied().unwrap_or_default()
    }
}

impl Page {
    /// All of them, in order.
    pub const EACH: [Page; 3] = [Page::Sales, Page::Shares, Page::Back];

    /// Its number, from 1.
    pub fn number(self) -> usize {
        Page::EACH.iter().position(|page| *page == self).unwrap_or(0) + 1
    }

    /// The first tile of the page after it, and around.
    pub fn next_tile(self) -> Tile {
        match self {
            Page::Sales => Tile::Categories,
            Page::Shares => Tile::Value,
            Page::Back => Tile::Net,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tab_walks_every_tile_of_a_role_and_no_other() {
        for (role, tiles) in [(Role::Employee, 15), (Role::Manager, 18), (Role::Administrator, 18)] {
            let mut walked = vec![Tile::Net];
            loop {
                let tile = walked.last().unwrap().step(true, role);
                assert_eq!(tile.step(false, role), *walked.last().unwrap(), "{tile:?}");
                if tile == Tile::Net {
                    break;
                }
                walked.push(tile);
            }
            assert_eq!(walked.len(), tiles, "{role}: {walked:?}");
            assert_eq!(walked.contains(&Tile::Manager), role == Role::Employee);
        }
    }

    #[test]
    fn tab_turns_the_pages_in_their_order() {
        let pages: Vec<usize> = Tile::EACH.into_iter().map(|tile| tile.page().number()).collect();
        assert!(pages.is_sorted(), "{pages:?}");
        for page in Page::EACH {
            assert_ne!(page.next_tile().page(), page);
        }
    }
}
