//! Reports on paper: what is told in, the bytes of a PDF out.
//!
//! A document is laid out (`customer`, `sales`, `stock`, `low_stock`) with `flow` and `table` into pages of texts and areas
//! (`page`); `print` makes bytes of them with genpdf, in fonts that `cut` and `embed` cut to what is used.

mod chart;
mod customer;
mod cut;
mod embed;
mod face;
mod flow;
mod letterhead;
mod low_stock;
mod page;
mod print;
mod sales;
mod stock;
mod table;
mod unhinted;

pub use letterhead::Stamp;
pub use print::PrintError;

use crate::domain::report::{CustomerHistory, LowProduct, SalesReport, Stock, StoreContact};
use crate::settings::Report;
use page::Laid;

/// A document as a file has it.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

impl Pdf {
    fn of(laid: &Laid) -> Result<Pdf, PrintError> {
        Ok(Pdf { bytes: print::bytes(laid)?, pages: laid.pages.len() })
    }
}

/// A letter to a customer with all their orders. The store of the newest order writes it, or the first of these.
///
/// # Errors
/// [`PrintError`]: a fault of the program.
pub fn customer(
    customer: &CustomerHistory,
    stores: &[StoreContact],
    look: &Report,
    stamp: &Stamp,
) -> Result<Pdf, PrintError> {
    Pdf::of(&customer::laid_out(customer, stores, look, stamp))
}

/// Sales with their figures, a chart, stores and products.
///
/// # Errors
/// [`PrintError`]: a fault of the program.
pub fn sales(sales: &SalesReport, look: &Report, stamp: &Stamp) -> Result<Pdf, PrintError> {
    Pdf::of(&sales::laid_out(sales, look, stamp))
}

/// What is on hand, by category, with its value.
///
/// # Errors
/// [`PrintError`]: a fault of the program.
pub fn stock(stock: &Stock, whose: Option<&str>, look: &Report, stamp: &Stamp) -> Result<Pdf, PrintError> {
    Pdf::of(&stock::laid_out(stock, whose, look, stamp))
}

/// What to order: products of which a store has fewer than `enough` pieces. `store` names the one store it is about.
///
/// # Errors
/// [`PrintError`]: a fault of the program.
pub fn low_stock(
    low: &[LowProduct],
    store: Option<&str>,
    enough: u32,
    look: &Report,
    stamp: &Stamp,
) -> Result<Pdf, PrintError> {
    Pdf::of(&low_stock::laid_out(low, store, enough, look, stamp))
}
