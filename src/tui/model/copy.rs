//! What the focused figure is as text for a clipboard: a number as a spreadsheet reads it, a list as rows with tabs.

use super::App;
use super::dashboard::{Dashboard, Tile};
use super::message::Effect;
use crate::domain::clean;
use std::fmt::Display;

impl App {
    /// Copies what has the focus, and says so.
    pub(super) fn copy(&mut self) -> Vec<Effect> {
        let Some(text) = self.dashboard.as_text() else {
            self.told = Some("There is nothing to copy yet.".to_owned());
            return Vec::new();
        };
        self.told = Some(match text.lines().count() {
            0 | 1 => format!("Copied: {text}"),
            rows => format!("Copied: {rows} rows"),
        });
        vec![Effect::Copy(text)]
    }
}

impl Dashboard {
    /// The focused figure as text, once it is known.
    fn as_text(&self) -> Option<String> {
        let figures = self.figures.value();
        match self.focus {
            Tile::Net => Some(figures?.net.to_string()),
            Tile::Orders => Some(figures?.orders.to_string()),
            Tile::Average => Some(figures?.average_order_value?.to_string()),
            Tile::Units => Some(figures?.units.to_string()),
            Tile::Discount => Some(figures?.discount.to_string()),
            Tile::Open => Some(self.open.value()?.open.to_string()),
            Tile::Days => rows(self.days.value()?.iter().map(|day| row(&[&day.day, &day.net]))),
            Tile::Top => rows(self.top.value()?.iter().map(|product| {
                let on_hand = product.on_hand.map(|count| count.to_string()).unwrap_or_default();
                row(&[&cell(&product.name), &product.units, &product.net, &on_hand])
            })),
            Tile::Low => rows(
                self.low
                    .value()?
                    .worst
                    .iter()
                    .map(|low| row(&[&cell(&low.product), &cell(&low.store), &low.quantity])),
            ),
        }
    }
}

fn rows(rows: impl Iterator<Item = String>) -> Option<String> {
    let text = rows.collect::<Vec<_>>().join("\n");
    (!text.is_empty()).then_some(text)
}

fn row(cells: &[&dyn Display]) -> String {
    cells.iter().map(ToString::to_string).collect::<Vec<_>>().join("\t")
}

/// A name as a cell: cleaned, and with an apostrophe before what a spreadsheet would run as a formula (OWASP, CSV
/// Injection).
fn cell(name: &str) -> String {
    let name = clean(name);
    if name.trim_start().starts_with(['=', '+', '-', '@']) { format!("'{name}") } else { name }
}
