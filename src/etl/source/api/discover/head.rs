//! A look at what an address holds, before any of it is loaded: what each field would be taken for and why.

use super::Endpoint;
use crate::domain::clean;
use crate::etl::source::SourceError;
use crate::etl::source::api::columns::{Sample, choose};
use crate::etl::source::api::rows::{columns, day, nothing};
use crate::etl::source::rows::Rows;
use crate::etl::spec::spec;
use crate::etl::{self, ColumnHead, Dates, Head, Mapping, Meaning, Why};

/// Cells that are kept to be shown.
const SHOWN: usize = 5;

impl Endpoint {
    /// What its first rows tell, under what was said of its fields and of days. Fields that nothing fills come last.
    ///
    /// # Errors
    /// [`SourceError`] where rows can not be read, which those in memory always can.
    pub fn head(&self, mapping: &Mapping, dates: &Dates) -> Result<Head, SourceError> {
        let sample = Sample { fields: self.fields.clone(), rows: self.rows.clone(), ..Sample::default() };
        let choice = choose(self.table, &sample, mapping);
        let (header, from) =
            if sample.rows.is_empty() { nothing(self.table) } else { columns(self.table, &choice, mapping) };
        let cells = |row: &Vec<String>| -> Vec<String> {
            let cell = |(place, is_day): &(usize, bool)| {
                let text = row.get(*place).map(String::as_str).unwrap_or_default();
                if *is_day { day(text) } else { text }.to_owned()
            };
            from.iter().map(cell).collect()
        };
        let rows = sample.rows.iter().map(cells).collect();
        let names = header.iter().map(str::to_owned).collect();
        let mut source = Rows::new(self.table, self.url.as_str(), names, rows);
        let mut head = etl::look(&mut source, mapping, |column| dates.of(column))?;
        // What is said of a field is said by the server's name of it.
        for (column, (place, _)) in head.columns.iter_mut().zip(&from) {
            if let Some(field) = sample.fields.get(*place) {
                column.name.clone_from(field);
            }
        }
        head.columns.extend(choice.left.iter().map(|field| self.left_out(field, mapping)));
        Ok(head)
    }

    fn left_out(&self, field: &str, mapping: &Mapping) -> ColumnHead {
        let place = self.fields.iter().position(|name| name == field);
        let cell = |row: &Vec<String>| place.and_then(|place| row.get(place)).map(|cell| clean(cell));
        let is_said = mapping.said(spec(self.table), field).is_some();
        ColumnHead {
            name: field.to_owned(),
            meaning: Some((Meaning::Ignored, if is_said { Why::Said } else { Why::Unknown })),
            near: None,
            days: None,
            cells: self.rows.iter().take(SHOWN).filter_map(cell).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Table;
    use crate::etl::source::api::{Envelope, Paging, Sure};

    fn orders() -> Endpoint {
        let fields = ["id", "customer.id", "status", "created", "required_date", "store", "clerk", "till"];
        let row = ["7", "3", "4", "2018-04-30T14:05:00Z", "2018-05-02", "2", "Ida Holm", "9"];
        Endpoint {
            table: Table::Orders,
            url: "http://127.0.0.1/orders".parse().unwrap(),
            sure: Sure::Sure,
            rows_at: Envelope::default(),
            paging: Paging::default(),
            total: None,
            first_rows: 1,
            reasons: Vec::new(),
            columns: Vec::new(),
            left: Vec::new(),
            lists: Vec::new(),
            missing: Vec::new(),
            sample: Vec::new(),
            fields: fields.map(str::to_owned).to_vec(),
            rows: vec![row.map(str::to_owned).to_vec()],
        }
    }

    fn meaning(head: &Head, field: &str) -> Option<(Meaning, Why)> {
        head.columns.iter().find(|column| column.name == field).and_then(|column| column.meaning)
    }

    #[test]
    fn fields_are_told_by_the_servers_names_and_those_that_fill_nothing_come_last() {
        let head = orders().head(&Mapping::default(), &Dates::default()).unwrap();
        assert_eq!(head.columns.len(), 8);
        assert_eq!(meaning(&head, "customer.id").map(|(to, _)| to), Some(Meaning::Column("customer_id")));
        assert_eq!(meaning(&head, "till"), Some((Meaning::Ignored, Why::Unknown)));
        assert_eq!(head.columns.last().unwrap().name, "till");
    }

    #[test]
    fn what_is_said_of_a_field_goes_before_its_name() {
        let mut mapping = Mapping::default();
        mapping.mean(Table::Orders, "till", Meaning::Column("store_id"));
        mapping.mean(Table::Orders, "clerk", Meaning::Ignored);
        let head = orders().head(&mapping, &Dates::default()).unwrap();
        assert_eq!(meaning(&head, "till"), Some((Meaning::Column("store_id"), Why::Said)));
        assert_eq!(meaning(&head, "store"), Some((Meaning::Ignored, Why::Unknown)));
        assert_eq!(meaning(&head, "clerk"), Some((Meaning::Ignored, Why::Said)));
    }
}
