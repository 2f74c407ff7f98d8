//! A whole row: every cell against its column, names looked up, dates in their order.

use super::align::{Alignment, Use};
use super::cell::{self, Value, shown};
use super::dates::DateOrder;
use super::decimals::{self, DecimalMark};
use super::fault::{Code, Fault};
use super::nothing::Nothing;
use super::numbers::{Numbers, is_email};
use super::registry::{Registry, Staff};
use super::rules;
use super::settle::Ways;
use super::spec::{Column, Kind, Need, Spec};
use crate::domain::{OrderStatus, Table};
use csv::StringRecord;

/// Checks the rows of one file.
#[derive(Debug)]
pub(crate) struct Validator<'a> {
    /// What the table takes.
    pub(crate) spec: &'static Spec,
    /// Which column fills which.
    pub(crate) alignment: &'a Alignment,
    /// The numbers of the file's rows, where the file has none.
    pub(crate) numbers: Option<&'a Numbers>,
    /// How each column of the table is written.
    pub(crate) ways: Ways,
    /// Words that stand for nothing in some columns.
    pub(crate) nothing: &'a Nothing,
}

/// A row while it is checked: a value for each column of the table, by its place.
struct Draft<'r> {
    spec: &'static Spec,
    values: Vec<Option<Value<'r>>>,
    faults: Vec<Fault>,
}

impl<'r> Draft<'r> {
    fn set(&mut self, place: usize, value: Result<Value<'r>, Fault>) {
        match value {
            Ok(value) => {
                if let Some(slot) = self.values.get_mut(place) {
                    *slot = Some(value);
                }
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    fn get(&self, column: &str) -> Option<&Value<'r>> {
        let (place, _) = self.spec.column(column)?;
        self.values.get(place)?.as_ref()
    }

    fn id(&self, column: &str) -> Option<u32> {
        match self.get(column) {
            Some(Value::Integer(number)) => u32::try_from(*number).ok(),
            _ => None,
        }
    }

    fn text(&self, column: &str) -> Option<&str> {
        match self.get(column) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn is_open(&self, column: &str) -> bool {
        self.get(column).is_none() && !self.faults.iter().any(|fault| fault.column == column)
    }
}

impl Validator<'_> {
    /// The values of the columns that the file gives, in the table's order.
    ///
    /// `ordinal` counts the rows of the file from 0. A store or member of staff that is accepted is noted in `registry`, so
    /// that rows of later files find them.
    ///
    /// # Errors
    /// Everything that is wrong with the row.
    pub(crate) fn row<'r>(
        &self,
        ordinal: usize,
        record: &'r StringRecord,
        registry: &mut Registry,
    ) -> Result<Vec<Value<'r>>, Vec<Fault>> {
        if record.len() != self.alignment.uses.len() {
            let (has, needs) = (record.len(), self.alignment.uses.len());
            return Err(vec![Fault::new(
                "",
                Code::Cells,
                format!("The row has {has} cells, the header {needs}."),
            )]);
        }
        let values = vec![None; self.spec.columns.len()];
        let mut draft = Draft { spec: self.spec, values, faults: Vec::new() };
        self.fill(&mut draft, record);
        self.refuse_unnamed(&mut draft, record);
        self.number(&mut draft, ordinal, record, registry);
        self.look_up(&mut draft, record, registry);
        self.compare(&mut draft, record);
        if !draft.faults.is_empty() {
            return Err(draft.faults);
        }
        note(self.spec.table, &draft, registry);
        Ok(self
            .alignment
            .given
            .iter()
            .map(|place| draft.values.get_mut(*place).and_then(Option::take).unwrap_or(Value::Null))
            .collect())
    }

    fn fill<'r>(&self, draft: &mut Draft<'r>, record: &'r StringRecord) {
        for (place, text) in self.cells(record) {
            if let Use::Column(place) = place
                && let Some(column) = self.spec.columns.get(place)
            {
                let text = if self.nothing.has(column.name, text.trim()) { "" } else { text };
                if self.numbers.is_some() && column.name == "manager_id" && is_email(text) {
                    continue;
                }
                let is_decimal = matches!(column.kind, Kind::Decimal { .. });
                let value = if is_decimal && self.ways.mark(place) == DecimalMark::Comma {
                    decimals::parse_with_comma(column, text)
                } else {
                    cell::parse(column, text, self.ways.order(place))
                };
                draft.set(place, value);
            }
        }
    }

    /// A value in a column without a name is lost, unless somebody says what it is.
    fn refuse_unnamed(&self, draft: &mut Draft<'_>, record: &StringRecord) {
        let mut cells = self.cells(record).enumerate();
        let lost = cells.find(|(_, (wanted, text))| *wanted == Use::Unnamed && !text.trim().is_empty());
        if let Some((at, (_, text))) = lost {
            let message = format!("column {} has no name, but holds {}.", at + 1, shown(text));
            draft.faults.push(Fault::new("", Code::Cells, message));
        }
    }

    /// Gives the row its number, and turns what names its manager into the manager's number.
    fn number(&self, draft: &mut Draft<'_>, ordinal: usize, record: &StringRecord, registry: &Registry) {
        let Some(numbers) = self.numbers else { return };
        for key in self.spec.key {
            if let (Some((place, _)), Some(number)) = (self.spec.column(key), numbers.number(ordinal)) {
                draft.set(place, Ok(Value::Integer(i64::from(number))));
            }
        }
        let Some((place, _)) = self.spec.column("manager_id") else { return };
        let named = self.cells(record).find(|(wanted, _)| *wanted == Use::Column(place));
        if let Some((_, text)) = named
            && (draft.id("manager_id").is_some() || is_email(text))
        {
            let manager = numbers.manager(text.trim(), self.alignment.guarded, registry);
            self.set_id(draft, "manager_id", manager);
        }
    }

    fn look_up(&self, draft: &mut Draft<'_>, record: &StringRecord, registry: &Registry) {
        for (wanted, text) in self.cells(record) {
            if wanted == Use::StoreName && draft.is_open("store_id") {
                let store = named(self.spec, "store_id", text).and_then(|name| registry.store(name));
                self.set_id(draft, "store_id", store);
            }
        }
        for (wanted, text) in self.cells(record) {
            if let Use::ParentName(nth) = wanted
                && let Some(parent) = self.spec.parents.get(nth)
                && draft.is_open(parent.column)
            {
                let named = named(self.spec, parent.column, text);
                self.set_id(draft, parent.column, named.and_then(|name| registry.named(parent, name)));
            }
        }
        for (wanted, text) in self.cells(record) {
            if wanted == Use::StaffName
                && draft.is_open("staff_id")
                && let Some(store) = draft.id("store_id")
            {
                let staff = named(self.spec, "staff_id", text).and_then(|name| registry.staff(store, name));
                self.set_id(draft, "staff_id", staff);
            }
        }
    }

    fn set_id(&self, draft: &mut Draft<'_>, column: &str, id: Result<u32, Fault>) {
        if let Some((place, _)) = self.spec.column(column) {
            draft.set(place, id.map(|id| Value::Integer(i64::from(id))));
        }
    }

    /// Rules between two cells of one row.
    fn compare(&self, draft: &mut Draft<'_>, record: &StringRecord) {
        if let (Some(Value::Date(placed)), Some(Value::Date(shipped))) =
            (draft.get("order_date"), draft.get("shipped_date"))
            && let Err(fault) = rules::in_sequence(("order_date", *placed), ("shipped_date", *shipped))
        {
            draft.faults.push(fault);
        }
        // A ring of one would pass the key that a row on its way is checked by: it names itself.
        if self.spec.table == Table::Staffs
            && let (Some(staff), Some(manager)) = (draft.id("staff_id"), draft.id("manager_id"))
            && staff == manager
        {
            let name =
                [draft.text("first_name"), draft.text("last_name")].map(Option::unwrap_or_default).join(" ");
            draft.faults.push(rules::ring(&[&name, &name]));
        }
        for (wanted, text) in self.cells(record) {
            let status = draft.id("order_status").and_then(|number| u8::try_from(number).ok());
            if wanted == Use::StatusWord
                && let Some(status) = status.and_then(OrderStatus::from_number)
                && !text.trim().is_empty()
                && !text.trim().eq_ignore_ascii_case(status.word())
            {
                let message = format!(
                    "order_status {} is {}, but the row says {}.",
                    status.number(),
                    status.word(),
                    shown(text)
                );
                draft.faults.push(Fault::new("order_status", Code::Mismatch, message));
            }
        }
    }

    fn cells<'r>(&self, record: &'r StringRecord) -> impl Iterator<Item = (Use, &'r str)> {
        self.alignment.uses.iter().copied().zip(record)
    }
}

/// The name in a cell that has to hold one.
fn named<'r>(spec: &Spec, column: &'static str, text: &'r str) -> Result<&'r str, Fault> {
    const NAME: Column = Column { name: "name", kind: Kind::Text(255), need: Need::Required };
    let word =
        spec.parents.iter().find(|parent| parent.column == column).map_or("store", |parent| parent.word);
    match cell::parse(&NAME, text, DateOrder::Unknown) {
        Ok(_) => Ok(text),
        Err(fault) => Err(Fault::new(column, fault.code, format!("The {word}'s {}", fault.message))),
    }
}

fn note(table: Table, draft: &Draft<'_>, registry: &mut Registry) {
    match table {
        Table::Stores => {
            if let (Some(id), Some(name)) = (draft.id("store_id"), draft.text("store_name")) {
                registry.add_store(id, name);
            }
        }
        Table::Staffs => {
            if let (Some(id), Some(first), Some(last), Some(email), Some(store)) = (
                draft.id("staff_id"),
                draft.text("first_name"),
                draft.text("last_name"),
                draft.text("email"),
                draft.id("store_id"),
            ) {
                let staff = Staff { first: first.into(), last: last.into(), email: email.into(), store };
                registry.add_staff(id, staff);
            }
        }
        Table::Categories | Table::Brands | Table::Products => {
            let columns = [
                ("category_id", "category_name"),
                ("brand_id", "brand_name"),
                ("product_id", "product_name"),
            ];
            let own = columns.into_iter().find_map(|(key, name)| Some((draft.id(key)?, draft.text(name)?)));
            if let Some((id, name)) = own {
                registry.add_named(table, id, name);
            }
        }
        Table::Customers => {
            if let (Some(id), Some(email)) = (draft.id("customer_id"), draft.text("email")) {
                registry.add_customer(id, email);
            }
        }
        Table::Stocks | Table::Orders | Table::OrderItems => {}
    }
}
