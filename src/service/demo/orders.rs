//! The orders of a chain and their lines, each made from its number alone.

use super::calendar::Day;
use super::chain::Chain;
use super::customers::{Customer, who_orders};
use super::dice::{Dice, Subject};
use crate::domain::OrderStatus;

/// The most lines an order has.
const MOST_LINES: usize = 5;

/// After how many days nobody waits for an order any more that was forgotten.
const FORGOTTEN_FOR: usize = 120;

/// An order's head.
#[derive(Debug, Clone, Copy)]
pub(super) struct Order {
    /// Who ordered, from 0.
    pub(super) customer: u64,
    pub(super) status: OrderStatus,
    pub(super) placed: Day,
    /// The day it was promised for, counted from the first day of trade.
    pub(super) required: usize,
    /// The day it was handed over, counted likewise.
    pub(super) shipped: Option<usize>,
    /// The store, as a place in the list.
    pub(super) store: usize,
    /// Who took it, as an identifier.
    pub(super) staff: u32,
}

/// A line of an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The product, as a place in the catalogue.
    pub(super) product: usize,
    pub(super) quantity: u32,
    /// The price of one, in cents.
    pub(super) price: u64,
    /// In ten-thousandths.
    pub(super) discount: u32,
}

impl Line {
    /// What it costs after discount, in cents, rounded half away from zero.
    pub(super) fn net(&self) -> u64 {
        let kept = u64::from(10_000_u32.saturating_sub(self.discount));
        (u64::from(self.quantity) * self.price * kept + 5_000) / 10_000
    }
}

/// The lines of one order.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lines {
    lines: [Line; MOST_LINES],
    count: usize,
}

impl Lines {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().take(self.count)
    }

    /// The line at a place, from 0.
    pub(super) fn get(&self, index: usize) -> Option<&Line> {
        self.iter().nth(index)
    }

    fn push(&mut self, line: Line) {
        if let Some(slot) = self.lines.get_mut(self.count) {
            *slot = line;
            self.count += 1;
        }
    }
}

/// The head of order `number`, from 0.
pub(super) fn order(chain: &Chain, number: u64) -> Order {
    let mut dice = Dice::new(chain.seed, Subject::Order, number);
    let placed = chain.calendar.day_of(number, chain.orders);
    let customer = who_orders(number, &mut dice);
    let home = Customer::new(chain, customer).home;
    let store = if dice.percent(93) { home } else { chain.branches.any(&mut dice) };
    let staff = chain.branches.seller(store, placed.index, &mut dice);
    let promised = dice.between(4, 16);
    let (status, shipped) = fate(placed.index, promised, chain.calendar.last(), &mut dice);
    Order { customer, status, placed, required: placed.index + promised as usize, shipped, store, staff }
}

/// What became of an order by the last day of trade: most go out at once or within the days promised, some late, a few are
/// turned down and a very few forgotten. What would go out after the last day is still open.
fn fate(placed: usize, promised: u32, last: usize, dice: &mut Dice) -> (OrderStatus, Option<usize>) {
    let days = match dice.below(100) {
        0..25 => 0,
        25..60 => dice.between(1, 3),
        60..91 => dice.between(4, promised),
        _ => promised + dice.between(1, 18),
    };
    let leaves = placed + days as usize;
    let is_rejected = dice.percent(3);
    let is_forgotten = dice.below(250) == 0 && placed + FORGOTTEN_FOR > last;
    if is_rejected {
        (OrderStatus::Rejected, None)
    } else if leaves <= last && !is_forgotten {
        (OrderStatus::Completed, Some(leaves))
    } else if placed + 2 > last {
        (OrderStatus::Pending, None)
    } else {
        (OrderStatus::Processing, None)
    }
}

/// The lines of order `number`, from 0: often one bicycle and something to go with it, no product twice.
pub(super) fn lines(chain: &Chain, number: u64) -> Lines {
    let mut dice = Dice::new(chain.seed, Subject::Lines, number);
    let month = chain.calendar.day_of(number, chain.orders).month;
    let planned = dice.pick(&[1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5]);
    let mut lines = Lines::default();
    for position in 0..planned {
        let product = if position > 0 && dice.percent(65) {
            chain.catalogue.accessory_wanted(month, &mut dice)
        } else {
            chain.catalogue.wanted(month, &mut dice)
        };
        if lines.iter().all(|line| line.product != product) {
            lines.push(line(chain, product, month, &mut dice));
        }
    }
    lines
}

fn line(chain: &Chain, index: usize, month: usize, dice: &mut Dice) -> Line {
    let Some(product) = chain.catalogue.product(index) else {
        return Line::default();
    };
    let quantity = match dice.below(100) {
        0..95 if product.is_bicycle => 1,
        0..60 => 1,
        60..85 => 2,
        85..95 => 3,
        _ if product.is_bicycle => 2,
        _ => 4,
    };
    let discount = if chain.catalogue.age(product, month) > 0 {
        dice.pick(&[0, 500, 1_000, 1_500, 2_000, 2_500, 3_000])
    } else {
        dice.pick(&[0, 0, 0, 0, 0, 0, 0, 0, 500, 500, 500, 750, 1_000, 1_000, 1_250, 1_500, 2_000])
    };
    Line { product: index, quantity, price: chain.catalogue.price(product, month), discount }
}
