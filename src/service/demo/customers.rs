//! The customers of a chain.

use super::chain::Chain;
use super::dice::{Dice, Subject};
use super::places::Town;
use super::words::{FIRST_NAMES, LAST_NAMES, MAIL_DOMAINS, STREET_KINDS, STREETS, WIDE_NAMES};

/// How many orders there are for each customer, over all.
const ORDERS_EACH: u64 = 3;

/// How many customers have placed that many orders.
pub(super) fn known_after(orders: u64) -> u64 {
    orders.div_ceil(ORDERS_EACH)
}

/// Who places order `number` (from 0): each third one brings a new customer, the others come from somebody known, rather
/// from those who came lately. Customers count from 0.
pub(super) fn who_orders(number: u64, dice: &mut Dice) -> u64 {
    let newest = number / ORDERS_EACH;
    if number.is_multiple_of(ORDERS_EACH) {
        return newest;
    }
    let known = u32::try_from(newest + 1).unwrap_or(u32::MAX);
    let (one, other) = (dice.below(known), dice.below(known));
    u64::from(one.max(other))
}

/// A customer, and the store nearest to home.
pub(super) struct Customer {
    dice: Dice,
    number: u64,
    /// The store, as a place in the list.
    pub(super) home: usize,
}

/// What is known of a customer beside the name.
pub(super) struct Details {
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
    pub(super) street: String,
    pub(super) town: Town,
    pub(super) state: &'static str,
}

impl Customer {
    /// Customer `number`, from 0.
    pub(super) fn new(chain: &Chain, number: u64) -> Customer {
        let mut dice = Dice::new(chain.seed, Subject::Customer, number);
        let home = chain.branches.any(&mut dice);
        Customer { dice, number, home }
    }

    /// The rest, which only the table of customers needs.
    pub(super) fn details(mut self, chain: &Chain) -> Option<Details> {
        let place = chain.branches.stores.get(self.home)?.place;
        let (first_name, last_name, mail) = self.name();
        let domain = self.dice.pick(&MAIL_DOMAINS);
        let email = (!self.dice.percent(5)).then(|| format!("{mail}.{}@{domain}", self.number + 1));
        let phone_number = self.dice.below(100);
        let has_phone = self.dice.percent(86);
        let phone = has_phone.then(|| format!("({}) 555-01{phone_number:02}", place.area_code));
        let street = self.street();
        let town = if self.dice.percent(55) { place.town } else { self.dice.pick(&place.around) };
        Some(Details { first_name, last_name, phone, email, street, town, state: place.state })
    }

    fn name(&mut self) -> (&'static str, &'static str, String) {
        if self.dice.below(120) == 0 {
            let (first, last, mail) = self.dice.pick(&WIDE_NAMES);
            return (first, last, mail.to_owned());
        }
        let (first, last) = (self.dice.pick(&FIRST_NAMES), self.dice.pick(&LAST_NAMES));
        (first.0, last.0, format!("{}.{}", first.1, last.1))
    }

    fn street(&mut self) -> String {
        let number = self.dice.between(1, 2_400);
        let (street, kind) = (self.dice.pick(&STREETS), self.dice.pick(&STREET_KINDS));
        if self.dice.percent(18) {
            format!("{number} {street} {kind}, Apt {}", self.dice.between(1, 60))
        } else {
            format!("{number} {street} {kind}")
        }
    }
}
