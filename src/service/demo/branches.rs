//! The stores of a chain, who works in them, and what lies on their shelves.

use super::catalogue::Product;
use super::dice::{Dice, Subject, count, cumulate};
use super::places::{PLACES, Place};
use super::words::{FIRST_NAMES, LAST_NAMES, Name};

/// How much each store sells against the others, the first store most.
const SHARES: [u32; 6] = [100, 82, 66, 52, 42, 34];

/// The fewest stores a chain has.
const FEWEST: u32 = 4;

/// Somebody who works or worked in a store; the identifier is the place in the list, from 1.
#[derive(Debug)]
pub(super) struct Staff {
    pub(super) first_name: Name,
    pub(super) last_name: Name,
    pub(super) email: String,
    pub(super) phone: String,
    /// The store, as an identifier.
    pub(super) store: u32,
    /// The manager, as an identifier; nothing for the chief.
    pub(super) manager: Option<u32>,
    /// The day somebody left, counted from the first day of trade.
    pub(super) left: Option<usize>,
}

/// A store; its identifier is its place in the list, from 1.
#[derive(Debug)]
pub(super) struct Branch {
    pub(super) place: &'static Place,
    /// Who runs it, as an identifier.
    pub(super) manager: u32,
    /// Who sells there: identifier, and the day of leaving.
    pub(super) sellers: Vec<(u32, Option<usize>)>,
}

/// What was counted of one product in one store.
#[derive(Debug)]
pub(super) struct Stock {
    pub(super) store: u32,
    pub(super) product: u32,
    pub(super) quantity: u32,
}

/// The stores, their people and their stock.
pub(super) struct Branches {
    pub(super) stores: Vec<Branch>,
    pub(super) staff: Vec<Staff>,
    pub(super) stock: Vec<Stock>,
    shares: Vec<u32>,
}

impl Branches {
    /// The stores of a chain whose last day of trade is `last_day`, counted from the first.
    pub(super) fn new(seed: u64, last_day: usize, products: &[Product]) -> Branches {
        let mut dice = Dice::new(seed, Subject::Stores, 0);
        let mut places: Vec<&'static Place> = PLACES.iter().collect();
        dice.shuffle(&mut places);
        places.truncate(dice.between(FEWEST, count(&SHARES)) as usize);

        let mut team = Team::new(seed, last_day);
        let stores: Vec<Branch> = (1..).zip(places).map(|(store, place)| team.open(store, place)).collect();
        let stock = (1..=count(&stores)).flat_map(|store| count_store(seed, store, products)).collect();
        Branches { shares: cumulate(SHARES.into_iter().take(stores.len())), staff: team.staff, stock, stores }
    }

    /// A store, as a place in the list, the busier ones more often.
    pub(super) fn any(&self, dice: &mut Dice) -> usize {
        dice.weighted(&self.shares)
    }

    /// The staff who takes an order on a day: a seller who still works there, else the manager.
    pub(super) fn seller(&self, store: usize, day: usize, dice: &mut Dice) -> u32 {
        let Some(branch) = self.stores.get(store) else {
            return 1;
        };
        match dice.pick(&branch.sellers) {
            (_, Some(left)) if left <= day => branch.manager,
            _ if dice.percent(6) => branch.manager,
            (seller, _) => seller,
        }
    }
}

/// The people of a chain while they are being hired.
struct Team {
    dice: Dice,
    last_day: usize,
    staff: Vec<Staff>,
    first_names: Vec<Name>,
    last_names: Vec<Name>,
}

impl Team {
    fn new(seed: u64, last_day: usize) -> Team {
        let mut dice = Dice::new(seed, Subject::Staff, 0);
        let (mut first_names, mut last_names) = (FIRST_NAMES.to_vec(), LAST_NAMES.to_vec());
        dice.shuffle(&mut first_names);
        dice.shuffle(&mut last_names);
        Team { dice, last_day, staff: Vec::new(), first_names, last_names }
    }

    /// Hires a store's people, the chief of the chain before all others.
    fn open(&mut self, store: u32, place: &'static Place) -> Branch {
        if self.staff.is_empty() {
            self.hire(store, place, None, None);
        }
        let manager = self.hire(store, place, Some(1), None);
        let mut sellers = Vec::new();
        for number in 0..self.dice.between(3, 5) {
            // The first seller stays, so that no store is ever without one.
            let left = (number > 0 && self.dice.percent(18)).then(|| self.some_day());
            sellers.push((self.hire(store, place, Some(manager), left), left));
        }
        Branch { place, manager, sellers }
    }

    fn some_day(&mut self) -> usize {
        let last = u32::try_from(self.last_day).unwrap_or(u32::MAX);
        self.dice.between(last / 4, last) as usize
    }

    fn hire(&mut self, store: u32, place: &Place, manager: Option<u32>, left: Option<usize>) -> u32 {
        let id = count(&self.staff) + 1;
        // There are more names than a chain has staff (37 at most), so no e-mail address comes twice.
        let first_name = self.first_names.pop().unwrap_or_default();
        let last_name = self.last_names.pop().unwrap_or_default();
        self.staff.push(Staff {
            first_name,
            last_name,
            email: format!("{}.{}@larkspoke.example", first_name.1, last_name.1),
            phone: format!("({}) 555-01{:02}", place.area_code, (id + 10) % 100),
            store,
            manager,
            left,
        });
        id
    }
}

/// What one store has on its shelves: most products in plenty, some low, some sold out, some never counted.
fn count_store(seed: u64, store: u32, products: &[Product]) -> Vec<Stock> {
    let mut dice = Dice::new(seed, Subject::Stock, u64::from(store));
    let mut stock = Vec::new();
    for (product, which) in (1..).zip(products) {
        let quantity = match dice.below(100) {
            0..10 => continue,
            10..13 => 0,
            13..20 => dice.between(1, 4),
            _ if which.is_bicycle => dice.between(5, 18),
            _ => dice.between(12, 90),
        };
        stock.push(Stock { store, product, quantity });
    }
    stock
}
