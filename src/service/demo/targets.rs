//! What each store was meant to sell in each month.

use super::chain::Chain;
use super::dice::{Dice, Subject};
use super::orders::{lines, order};
use crate::domain::{Money, Month, OrderStatus, StoreId};
use rust_decimal::Decimal;

/// A target for each store and month with sales, near what was sold: stores reach between 78 % and 118 % of it. That of the
/// month in which trade ends is for the whole month.
pub(super) fn of_chain(chain: &Chain) -> impl Iterator<Item = (StoreId, Month, Money)> + use<> {
    let months: Vec<Month> = chain.calendar.months().collect();
    let mut targets = Vec::new();
    for (store, sums) in (1..).zip(sold(chain, months.len())) {
        let mut dice = Dice::new(chain.seed, Subject::Targets, u64::from(store));
        for ((index, &month), cents) in (0..).zip(&months).zip(sums) {
            let whole_month = u128::from(cents) * 10_000 / u128::from(chain.calendar.part_traded(index));
            let target =
                round(u64::try_from(whole_month / u128::from(dice.between(78, 118))).unwrap_or(u64::MAX));
            if target > 0 {
                targets.push((StoreId(store), month, Money::rounded(Decimal::from(target))));
            }
        }
    }
    targets.into_iter()
}

/// What each store sold in each month, in cents; rejected orders do not count.
fn sold(chain: &Chain, months: usize) -> Vec<Vec<u64>> {
    let mut sums = vec![vec![0; months]; chain.branches.stores.len()];
    for number in 0..chain.orders {
        let order = order(chain, number);
        let sum = sums.get_mut(order.store).and_then(|months| months.get_mut(order.placed.month));
        if let Some(sum) = sum.filter(|_| order.status != OrderStatus::Rejected) {
            *sum += lines(chain, number).iter().map(|line| line.net()).sum::<u64>();
        }
    }
    sums
}

/// A number of whole units that somebody would have set.
fn round(units: u64) -> u64 {
    let step = match units {
        20_000.. => 500,
        2_000.. => 50,
        _ => 1,
    };
    (units + step / 2) / step * step
}
