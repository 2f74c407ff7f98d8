//! Sums over time as bars.

use super::flow::{Flow, Set};
use super::page::{Area, Ink};
use crate::domain::{Money, NumberFormat};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// How high the bars may be.
const HEIGHT: f32 = 130.0;

/// A bar: its name below it, and its sum.
pub(super) type Bar = (String, Money);

/// Draws the bars over the whole width of the page, with lines at round sums.
pub(super) fn bars(flow: &mut Flow, bars: &[Bar], numbers: &NumberFormat) {
    let most = bars.iter().map(|(_, sum)| *sum).max().unwrap_or_default();
    let steps = steps(most);
    let labels: Vec<String> = steps.iter().map(|step| numbers.round(*step)).collect();
    let margin = labels.iter().map(|label| Set::SMALL.width(label)).fold(0.0, f32::max) + 8.0;
    flow.need(HEIGHT + 30.0);
    let top = flow.y() + 6.0;
    let (left, width) = (flow.left() + margin, flow.width() - margin);
    let highest = steps.last().copied().unwrap_or_default();
    for (step, label) in steps.iter().zip(&labels) {
        let y = top + HEIGHT * (1.0 - part(*step, highest));
        flow.area(Area { left, top: y - 0.25, width, height: 0.5, ink: Ink::Faint });
        flow.text_to(left - 8.0, y + 2.8, Set::SMALL, label);
    }
    let place = width / bars.len().max(1) as f32;
    let widest = bars.iter().map(|(name, _)| Set::SMALL.width(name)).fold(0.0, f32::max) + 6.0;
    let every = (widest / place).ceil().max(1.0) as usize;
    for (number, (name, sum)) in bars.iter().enumerate() {
        let middle = left + place * (number as f32 + 0.5);
        let height = HEIGHT * part(*sum, highest);
        let bar = (place * 0.7).clamp(1.0, 34.0);
        flow.area(Area {
            left: middle - bar / 2.0,
            top: top + HEIGHT - height,
            width: bar,
            height,
            ink: Ink::Blue,
        });
        if number % every == 0 {
            let wide = Set::SMALL.width(name);
            let begin = (middle - wide / 2.0).min(left + width - wide);
            flow.text(begin, top + HEIGHT + 12.0, Set::SMALL, name);
        }
    }
    flow.area(Area { left, top: top + HEIGHT, width, height: 0.6, ink: Ink::Grey });
    flow.go_to(top + HEIGHT + 22.0);
}

/// Nothing, and round sums up to one that is not less than this: three to five of them.
fn steps(most: Money) -> Vec<Money> {
    let least = Decimal::ONE;
    let wanted = (most.amount() / Decimal::from(4)).max(least);
    let mut power = Decimal::ONE;
    while power * Decimal::TEN <= wanted {
        power *= Decimal::TEN;
    }
    let mut rounds =
        [10, 20, 25, 50, 100].map(|tenths| power * Decimal::from(tenths) / Decimal::TEN).to_vec();
    rounds.retain(Decimal::is_integer);
    let step = rounds.into_iter().find(|step| *step >= wanted).unwrap_or(power);
    let mut steps = vec![Money::ZERO];
    let mut sum = Decimal::ZERO;
    while sum < most.amount().max(least) {
        sum += step;
        steps.push(Money::rounded(sum));
    }
    steps
}

fn part(sum: Money, whole: Money) -> f32 {
    sum.ratio_of(whole).and_then(|ratio| ratio.to_f32()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_are_at_round_sums_and_the_last_is_above_the_bars() {
        for (most, expected) in [
            ("817921.75", "0.00 250000.00 500000.00 750000.00 1000000.00"),
            ("1999.99", "0.00 500.00 1000.00 1500.00 2000.00"),
            ("2000", "0.00 500.00 1000.00 1500.00 2000.00"),
            ("41", "0.00 20.00 40.00 60.00"),
            ("0", "0.00 1.00"),
        ] {
            let most = Money::rounded(most.parse().unwrap());
            let shown: Vec<String> = steps(most).iter().map(ToString::to_string).collect();
            assert_eq!(shown.join(" "), expected);
        }
    }
}
