//! A look at the beginning of a source, before anything is loaded: what each column would be taken for and why, and the
//! first rows.

use super::align::{self, Use, Why};
use super::dates::{self, DateOrder, Evidence, Written};
use super::decimals::{self, DecimalMark};
use super::mapping::Mapping;
use super::names::names_of;
use super::source::csv::Dialect;
use super::source::{Source, SourceError};
use super::spec::{Column, Kind, Need, Spec, spec};
use crate::domain::{Table, clean};
use csv::StringRecord;
use std::fmt;

/// Rows that are looked at.
const ROWS: usize = 500;
/// Rows that are kept to be shown.
const SHOWN: usize = 5;

/// What a column of a source is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// It fills this column.
    Column(&'static str),
    /// It has the name of the row that this column points to.
    NameOf(&'static str),
    /// It says again, in words, what this column says.
    Says(&'static str),
    /// It is not loaded.
    Ignored,
}

impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Meaning::Column(column) => f.pad(column),
            Meaning::NameOf(column) => f.pad(&format!("{column} by name")),
            Meaning::Says(column) => f.pad(&format!("{column} in words")),
            Meaning::Ignored => f.pad("not loaded"),
        }
    }
}

/// How the days of a column are written, as far as the rows that were looked at say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Days {
    /// They can be read but one way.
    Clear,
    /// One value can be read but one way, and none contradicts it.
    Proved(DateOrder),
    /// Somebody said it.
    Said(DateOrder),
    /// This one can be read two ways, and no other says which.
    Unclear(String),
}

/// What a look tells of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnHead {
    /// Its name in the source, as it stands there.
    pub name: String,
    /// What it is for and why; `None` where nothing is known of it.
    pub meaning: Option<(Meaning, Why)>,
    /// The column whose name is nearest to one that is not known: to be asked, never to be assumed.
    pub near: Option<&'static str>,
    /// How its days are written, where it holds days.
    pub days: Option<Days>,
    /// What stands before its decimals, where it holds them: as said, or as the values show.
    pub decimal: Option<DecimalMark>,
    /// The first cells, cleaned.
    pub cells: Vec<String>,
}

/// What a look tells of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The table its rows go to.
    pub table: Table,
    /// How it is written, where it is a file.
    pub dialect: Option<Dialect>,
    /// Its columns; of a file of rejected rows, those of the rows alone.
    pub columns: Vec<ColumnHead>,
    /// Columns that the table has to have and the source has not.
    pub missing: Vec<&'static str>,
    /// Why it could not be loaded like this, in words.
    pub problems: Option<String>,
}

/// What one column of a table takes, for somebody who types it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Takes {
    /// Its name.
    pub name: &'static str,
    /// Whether it must not be empty.
    pub required: bool,
    /// What it holds, in a few words.
    pub words: &'static str,
}

/// What the columns of a table take, in its order.
pub fn takes(table: Table) -> Vec<Takes> {
    let one = |column: &Column| Takes {
        name: column.name,
        required: column.need == Need::Required,
        words: match column.kind {
            Kind::Id => "a number from 1",
            Kind::Integer { .. } => "a whole number",
            Kind::Decimal { .. } => "a number",
            Kind::Text(_) => "text",
            Kind::TimeZone(_) => "a time zone, as Europe/Zurich",
            Kind::Date => "a day, as 2018-04-30",
            Kind::Flag => "yes or no",
        },
    };
    spec(table).columns.iter().map(one).collect()
}

/// Everything a column of a source for this table can be for.
pub fn meanings(table: Table) -> Vec<Meaning> {
    let spec = spec(table);
    let columns = spec.columns.iter().map(|column| Meaning::Column(column.name));
    let is_known_by_name =
        |table| matches!(table, Table::Stores | Table::Staffs) || names_of(table).is_some();
    let named = spec.parents.iter().filter(|parent| is_known_by_name(parent.table));
    let named = named.map(|parent| Meaning::NameOf(parent.column));
    let says = (table == Table::Orders).then_some(Meaning::Says("order_status"));
    columns.chain(named).chain(says).chain([Meaning::Ignored]).collect()
}

/// Looks at a source, which stands at its first row again afterwards.
///
/// # Errors
/// [`SourceError`] where it can not be read.
pub fn look(
    source: &mut dyn Source,
    mapping: &Mapping,
    said: impl Fn(&str) -> DateOrder,
) -> Result<Head, SourceError> {
    let spec = spec(source.table());
    let header = source.header().clone();
    let found = align::columns(spec, &header, mapping);
    let mut rows = Vec::new();
    let mut row = StringRecord::new();
    while rows.len() < ROWS && source.read(&mut row)?.is_some() {
        rows.push(row.clone());
    }
    source.rewind()?;
    let skipped = header.len() - found.len();
    let columns = header.iter().skip(skipped).zip(&found).enumerate().map(|(at, (name, found))| {
        let cells = || rows.iter().map(move |row| row.get(skipped + at).unwrap_or_default());
        ColumnHead {
            name: name.to_owned(),
            meaning: found.map(|(used, why)| (meaning(spec, used), why)),
            near: if found.is_none() { align::nearest(spec, name) } else { None },
            days: found.and_then(|(used, _)| days_of(spec, used, cells(), &said)),
            decimal: found.and_then(|(used, _)| decimal_of(spec, used, cells(), mapping, source.dialect())),
            cells: cells().take(SHOWN).map(|cell| clean(cell).trim().to_owned()).collect(),
        }
    });
    let columns = columns.collect();
    let aligned = align::align(spec, source.name(), &header, mapping);
    let missing = align::missing(spec, &found);
    let problems = aligned.err().map(|error| error.problems);
    Ok(Head { table: spec.table, dialect: source.dialect(), columns, missing, problems })
}

fn meaning(spec: &'static Spec, used: Use) -> Meaning {
    match used {
        Use::Column(place) => {
            spec.columns.get(place).map_or(Meaning::Ignored, |column| Meaning::Column(column.name))
        }
        Use::StoreName => Meaning::NameOf("store_id"),
        Use::StaffName => Meaning::NameOf("staff_id"),
        Use::ParentName(nth) => {
            spec.parents.get(nth).map_or(Meaning::Ignored, |parent| Meaning::NameOf(parent.column))
        }
        Use::StatusWord => Meaning::Says("order_status"),
        Use::Ignored | Use::Unnamed => Meaning::Ignored,
    }
}

fn decimal_of<'a>(
    spec: &Spec,
    used: Use,
    cells: impl Iterator<Item = &'a str>,
    mapping: &Mapping,
    dialect: Option<Dialect>,
) -> Option<DecimalMark> {
    let Use::Column(place) = used else { return None };
    spec.columns.get(place).filter(|column| matches!(column.kind, Kind::Decimal { .. }))?;
    let said = mapping.decimal();
    if said != DecimalMark::Unknown || dialect.is_none_or(|dialect| dialect.delimiter == b',') {
        return Some(said);
    }
    let mut evidence = decimals::Evidence::default();
    cells.for_each(|cell| evidence.look(cell.trim()));
    Some(evidence.mark())
}

fn days_of<'a>(
    spec: &Spec,
    used: Use,
    cells: impl Iterator<Item = &'a str>,
    said: impl Fn(&str) -> DateOrder,
) -> Option<Days> {
    let Use::Column(place) = used else { return None };
    let column = spec.columns.get(place).filter(|column| column.kind == Kind::Date)?;
    let order = said(column.name);
    if order != DateOrder::Unknown {
        return Some(Days::Said(order));
    }
    let mut evidence = Evidence::default();
    let mut unclear = None;
    for cell in cells.map(str::trim) {
        evidence.look(cell);
        if let Some(Written::Numbers(one, other, _)) = dates::read(cell)
            && one != other
            && one <= 12
            && other <= 12
        {
            unclear.get_or_insert_with(|| clean(cell));
        }
    }
    Some(match (evidence.order(), unclear) {
        (DateOrder::Unknown, Some(cell)) => Days::Unclear(cell),
        (DateOrder::Unknown, None) => Days::Clear,
        (proved, _) => Days::Proved(proved),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::etl::source::rows::Rows;

    fn head(table: Table, header: &str, rows: &[&str], mapping: &Mapping) -> Head {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let mut rows = Rows::new(table, "f.csv", cells(header), rows.iter().map(|row| cells(row)).collect());
        look(&mut rows, mapping, |_| DateOrder::Unknown).unwrap()
    }

    #[test]
    fn each_column_says_what_it_is_taken_for_and_why() {
        let mut mapping = Mapping::default();
        mapping.mean(Table::Products, "Maker", Meaning::NameOf("brand_id"));
        let head = head(
            Table::Products,
            "product_id,Product Name,price,Maker,colour,model_yaer",
            &["1,Heron,10.00,Nimbus,red,2018"],
            &mapping,
        );
        let found: Vec<_> = head.columns.iter().map(|column| (column.meaning, column.near)).collect();
        assert_eq!(
            found,
            [
                (Some((Meaning::Column("product_id"), Why::Exact)), None),
                (Some((Meaning::Column("product_name"), Why::Spelling)), None),
                (Some((Meaning::Column("list_price"), Why::Alias)), None),
                (Some((Meaning::NameOf("brand_id"), Why::Said)), None),
                (None, None),
                (None, Some("model_year")),
            ]
        );
        assert_eq!(head.missing, ["category_id", "model_year"]);
        assert!(head.problems.unwrap().contains("\"colour\" is not known"));
        assert_eq!(head.columns[1].cells, ["Heron"]);
    }

    #[test]
    fn a_day_that_can_be_read_two_ways_is_told_unless_another_proves_the_order() {
        let columns = "order_id,order_date,required_date,shipped_date";
        let head = head(
            Table::Orders,
            columns,
            &["1,03/04/2018,2018-05-01,03/04/2018", "2,05/04/2018,2018-05-01,13/04/2018"],
            &Mapping::default(),
        );
        let days: Vec<_> = head.columns.iter().map(|column| column.days.clone()).collect();
        assert_eq!(
            days,
            [
                None,
                Some(Days::Unclear("03/04/2018".to_owned())),
                Some(Days::Clear),
                Some(Days::Proved(DateOrder::DayFirst)),
            ]
        );
    }

    #[test]
    fn whatever_a_column_can_be_for_can_be_said() {
        for table in Table::EACH {
            for meaning in meanings(table) {
                let mut mapping = Mapping::default();
                mapping.mean(table, "Odd One", meaning);
                let head = head(table, "Odd One", &["1"], &mapping);
                assert_eq!(head.columns[0].meaning, Some((meaning, Why::Said)), "{table}");
            }
        }
    }
}
