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
        let figures = self.answers.figures();
        match self.focus {
            Tile::Net => Some(figures?.net.to_string()),
            Tile::Orders => Some(figures?.orders.to_string()),
            Tile::Average => Some(figures?.average_order_value?.to_string()),
            Tile::Units => Some(figures?.units.to_string()),
            Tile::Discount => Some(figures?.discount.to_string()),
            Tile::Open => Some(self.answers.open()?.open.to_string()),
            Tile::Days => rows(self.answers.days()?.0.iter().map(|day| row(&[&day.day, &day.net]))),
            Tile::Top => rows(self.answers.top()?.iter().map(|product| {
                let on_hand = product.on_hand.map(|count| count.to_string()).unwrap_or_default();
                row(&[&cell(&product.name), &product.units, &product.net, &on_hand])
            })),
            Tile::Low => rows(
                self.answers
                    .low()?
                    .low
                    .rows
                    .iter()
                    .map(|low| row(&[&cell(&low.product), &cell(&low.store), &low.quantity])),
            ),
            Tile::Stores | Tile::Staff | Tile::Categories | Tile::Brands => rows(
                self.answers
                    .parts(self.focus)?
                    .iter()
                    .map(|part| row(&[&cell(&part.name), &part.units, &part.net])),
            ),
            Tile::Manager => {
                let manager = self.answers.manager()?.as_ref()?;
                let phone = manager.phone.as_deref().unwrap_or_default();
                Some(row(&[&cell(&manager.name), &cell(&manager.store), &cell(&manager.email), &cell(phone)]))
            }
            Tile::Value => Some(self.answers.value()?.value.to_string()),
            Tile::Promised => rows(self.answers.promised()?.rows.iter().map(|one| {
                let on_hand = one.on_hand.map(|count| count.to_string()).unwrap_or_default();
                row(&[&cell(&one.product), &cell(&one.store), &one.promised, &on_hand])
            })),
            Tile::Slow => rows(
                self.answers
                    .slow()?
                    .slow
                    .rows
                    .iter()
                    .map(|one| row(&[&cell(&one.product), &cell(&one.store), &one.quantity, &one.value])),
            ),
            Tile::Audit => rows(self.answers.audit()?.iter().map(|entry| {
                row(&[&entry.at, &cell(&entry.actor), &entry.action, &cell(&entry.subject), &entry.outcome])
            })),
            Tile::Loads => rows(self.answers.loads()?.iter().map(|run| {
                row(&[&run.started_at, &cell(&run.actor), &cell(&run.source), &run.status, &run.rows.read])
            })),
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
