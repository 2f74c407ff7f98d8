//! How reports look on paper.

use crate::domain::NumberFormat;
use serde::Deserialize;

/// How reports look on paper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The size of a sheet.
    pub paper: Paper,
    /// How sums are written.
    pub money: NumberFormat,
    /// The name at the head of a report; the store's where not given.
    pub business: Option<String>,
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl Paper {
    /// Width and height in points, of which an inch has 72.
    #[must_use]
    pub fn points(self) -> (f32, f32) {
        match self {
            Paper::A4 => (595.28, 841.89),
            Paper::Letter => (612.0, 792.0),
        }
    }
}
