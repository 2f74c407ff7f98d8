//! The products of a chain, and how much each month asks for each of them.

use super::dice::{Dice, Subject, count, cumulate};
use super::models::{BRANDS, KINDS, Kind};
use crate::domain::Month;

/// What the trims of a model cost, in percent of the plainest.
const TRIM_PRICES: [u32; 3] = [100, 128, 165];

/// How many model years a chain has bicycles of.
const MODEL_YEARS: i16 = 4;

/// A product; its identifier is its place in the catalogue, from 1.
#[derive(Debug)]
pub(super) struct Product {
    pub(super) name: String,
    pub(super) brand: u32,
    pub(super) category: u32,
    pub(super) model_year: i16,
    /// What it costs today, in cents.
    pub(super) price: u64,
    pub(super) is_bicycle: bool,
    /// Its place among the products of its kind, the best seller first.
    rank: u32,
}

/// Demand in one month, as running sums over the products.
struct Demand {
    year: i16,
    all: Vec<u32>,
    accessories: Vec<u32>,
}

/// Every product, and the demand for it month by month.
pub(super) struct Catalogue {
    products: Vec<Product>,
    months: Vec<Demand>,
}

impl Catalogue {
    /// The catalogue of a chain that trades in these months.
    pub(super) fn new(seed: u64, months: impl Iterator<Item = Month>) -> Catalogue {
        let months: Vec<Month> = months.collect();
        let this_year = months.last().map_or(0, |month| month.first_day().year());
        let mut products: Vec<Product> =
            (0_u32..).zip(&KINDS).flat_map(|(index, kind)| make_kind(seed, index, kind, this_year)).collect();
        products.sort_by_key(|product| product.model_year);
        Catalogue { months: months.iter().map(|&month| Demand::new(&products, month)).collect(), products }
    }

    pub(super) fn products(&self) -> &[Product] {
        &self.products
    }

    /// The product at a place, from 0.
    pub(super) fn product(&self, index: usize) -> Option<&Product> {
        self.products.get(index)
    }

    /// The place of a product somebody wants in a month, from 0.
    pub(super) fn wanted(&self, month: usize, dice: &mut Dice) -> usize {
        self.months.get(month).map_or(0, |demand| dice.weighted(&demand.all))
    }

    /// The same, to go with a bicycle.
    pub(super) fn accessory_wanted(&self, month: usize, dice: &mut Dice) -> usize {
        self.months.get(month).map_or(0, |demand| dice.weighted(&demand.accessories))
    }

    /// How many years a product has been out in a month; 0 for what has no model years.
    pub(super) fn age(&self, product: &Product, month: usize) -> u32 {
        let year = self.months.get(month).map_or(product.model_year, |demand| demand.year);
        let years = if product.is_bicycle { year - product.model_year } else { 0 };
        u32::try_from(years).unwrap_or_default()
    }

    /// What a product cost in a month, in cents: accessories were 3 % cheaper each year back, in steps of 5 cents.
    pub(super) fn price(&self, product: &Product, month: usize) -> u64 {
        let year = self.months.get(month).map(|demand| demand.year);
        let this_year = self.months.last().map(|demand| demand.year);
        let years = this_year.zip(year).map_or(0, |(this, then)| u64::from(this.abs_diff(then)));
        if product.is_bicycle || years == 0 {
            return product.price;
        }
        (product.price * 100_u64.saturating_sub(3 * years) / 500 * 5).max(5)
    }
}

impl Demand {
    fn new(products: &[Product], month: Month) -> Demand {
        let weigh = |product: &Product| weight(product, month);
        let accessory = |product: &Product| {
            if product.is_bicycle { 0 } else { weight(product, month) }
        };
        Demand {
            year: month.first_day().year(),
            all: cumulate(products.iter().map(weigh)),
            accessories: cumulate(products.iter().map(accessory)),
        }
    }
}

/// A few products sell much and many sell little (Zipf); bicycles come in the autumn before their model year and are cleared
/// out in the year after it.
fn weight(product: &Product, month: Month) -> u32 {
    let first = month.first_day();
    let Some(kind) = KINDS.get(product.category.saturating_sub(1) as usize) else {
        return 0;
    };
    let season =
        kind.season.get(usize::from(first.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or(100);
    let on_sale = match first.year() - product.model_year {
        _ if !product.is_bicycle => 100,
        -1 if first.month() >= 9 => 40,
        0 => 100,
        1 => 35,
        _ => 0,
    };
    kind.share * season * on_sale / (product.rank + 3)
}

fn make_kind(seed: u64, index: u32, kind: &Kind, this_year: i16) -> Vec<Product> {
    let mut dice = Dice::new(seed, Subject::Products, u64::from(index));
    let mut products = Vec::new();
    for (model, about) in kind.models {
        let brand = dice.pick(kind.brands);
        let plainest = about * dice.between(88, 112);
        let trims = dice.between(1, count(kind.trims)) as usize;
        for (trim, percent) in kind.trims.iter().zip(TRIM_PRICES).take(trims) {
            for (age, model_year) in (0..).zip((this_year - MODEL_YEARS + 1..=this_year).rev()) {
                if kind.is_bicycle && !dice.percent(62) || !kind.is_bicycle && age + 1 < MODEL_YEARS {
                    continue;
                }
                products.push(Product {
                    name: product_name(brand, model, trim, kind.is_bicycle.then_some(model_year)),
                    brand,
                    category: index + 1,
                    model_year,
                    price: price(plainest * percent / 10_000, kind.is_bicycle, &mut dice),
                    is_bicycle: kind.is_bicycle,
                    rank: 0,
                });
            }
        }
    }
    let mut ranks: Vec<u32> = (0..count(&products)).collect();
    dice.shuffle(&mut ranks);
    for (product, rank) in products.iter_mut().zip(ranks) {
        product.rank = rank;
    }
    products
}

fn product_name(brand: u32, model: &str, trim: &str, model_year: Option<i16>) -> String {
    let mut name = BRANDS.get(brand.saturating_sub(1) as usize).copied().unwrap_or_default().to_owned();
    for word in [model, trim].into_iter().filter(|word| !word.is_empty()) {
        name.push(' ');
        name.push_str(word);
    }
    if let Some(year) = model_year {
        name.push_str(&format!(" ({year})"));
    }
    name
}

/// A price in cents near some whole units. Endings of 10 and 50 cents give ties when a discount is taken off.
fn price(units: u32, is_bicycle: bool, dice: &mut Dice) -> u64 {
    let cents = if is_bicycle {
        units / 10 * 1_000 + dice.pick(&[900, 990, 950, 999, 490])
    } else {
        units * 100 + dice.pick(&[90, 95, 50, 99, 10])
    };
    u64::from(cents)
}
