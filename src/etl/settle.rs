//! How the columns of a file write their days and decimals, where nobody said it: told by all of their values.

use super::align::Use;
use super::dates::{self, DateOrder};
use super::decimals::{self, DecimalMark};
use super::error::LoadError;
use super::fault::{Code, Fault};
use super::reader::{Desk, Part};
use super::spec::{Kind, Spec};
use csv::StringRecord;

/// How each column of a table is written, by its place.
#[derive(Debug, Clone)]
pub(crate) struct Ways {
    orders: Vec<DateOrder>,
    marks: Vec<DecimalMark>,
}

impl Ways {
    /// As a person said it.
    pub(crate) fn said(spec: &Spec, desk: &Desk) -> Ways {
        let orders = spec.columns.iter().map(|column| desk.dates.of(column.name)).collect();
        Ways { orders, marks: vec![desk.decimal; spec.columns.len()] }
    }

    /// In which order the column at this place writes its days.
    pub(crate) fn order(&self, place: usize) -> DateOrder {
        self.orders.get(place).copied().unwrap_or_default()
    }

    /// What the column at this place writes before decimals.
    pub(crate) fn mark(&self, place: usize) -> DecimalMark {
        self.marks.get(place).copied().unwrap_or_default()
    }
}

/// Whether a row may be at fault only because it is not known how its columns are written.
pub(crate) fn may_help(faults: &[Fault]) -> bool {
    faults.iter().any(|fault| matches!(fault.code, Code::Date | Code::Number))
}

/// Finds out from all values of a file what nobody said; then goes back to before the last of the rows that were drawn, to
/// read it again, so many being before it. Answers whether there was anything to find out. Files that are written in one
/// clear way, which is most, never come here.
pub(crate) fn settle(part: &mut Part, desk: &Desk, ways: &mut Ways, drawn: u64) -> Result<bool, LoadError> {
    let mut days: Vec<(usize, usize, dates::Evidence)> = Vec::new();
    let mut decimals: Vec<(usize, usize, decimals::Evidence)> = Vec::new();
    // Between cells that a comma parts, one within a cell is too likely to be another thing.
    let may_be_comma = part.source.dialect().is_some_and(|dialect| dialect.delimiter != b',');
    for (at, wanted) in part.alignment.uses.iter().enumerate() {
        let Use::Column(place) = wanted else { continue };
        match part.spec.columns.get(*place).map(|column| column.kind) {
            Some(Kind::Date) if ways.order(*place) == DateOrder::Unknown => {
                days.push((at, *place, dates::Evidence::default()));
            }
            Some(Kind::Decimal { .. }) if may_be_comma && ways.mark(*place) == DecimalMark::Unknown => {
                decimals.push((at, *place, decimals::Evidence::default()));
            }
            _ => {}
        }
    }
    if days.is_empty() && decimals.is_empty() {
        return Ok(false);
    }
    let mut row = StringRecord::new();
    part.source.rewind()?;
    while part.source.read(&mut row)?.is_some() {
        if desk.cancel.is_cancelled() {
            return Err(LoadError::Cancelled);
        }
        let cell = |at: usize| row.get(at).unwrap_or_default().trim();
        days.iter_mut().for_each(|(at, _, evidence)| evidence.look(cell(*at)));
        decimals.iter_mut().for_each(|(at, _, evidence)| evidence.look(cell(*at)));
    }
    for (_, place, evidence) in days {
        if let Some(order) = ways.orders.get_mut(place) {
            *order = evidence.order();
            match *order {
                DateOrder::DayFirst => tell(part, desk, place, "day first"),
                DateOrder::MonthFirst => tell(part, desk, place, "month first"),
                DateOrder::Unknown | DateOrder::YearFirst => {}
            }
        }
    }
    for (_, place, evidence) in decimals {
        if let Some(mark) = ways.marks.get_mut(place) {
            *mark = evidence.mark();
            if *mark == DecimalMark::Comma {
                tell(part, desk, place, "with a comma before decimals");
            }
        }
    }
    part.source.rewind()?;
    for _ in 0..drawn {
        part.source.read(&mut row)?;
    }
    Ok(true)
}

fn tell(part: &Part, desk: &Desk, place: usize, how: &str) {
    let column = part.spec.columns.get(place).map_or("", |column| column.name);
    let file = part.source.name();
    let note =
        format!("{file}: {column} is read {how}, because some of its values can be read no other way.");
    desk.progress.send_modify(|progress| progress.note(note));
}
