//! One record shown whole: what there is to it, and what belongs to it.

use crate::db::records::{self, Order, RecordPage};
use crate::db::{self, Db, DbError};
use crate::domain::records::{Cell, Fact, Field, Filter, RecordId, Row, Section, Sheet, field};
use crate::domain::{
    BrandId, CategoryId, CustomerId, Figures, Measure, Month, OrderId, ProductId, Scope, Sight, StaffId,
    StoreId, Table,
};
use jiff::civil::Date;
use tokio_util::sync::CancellationToken;

/// Rows of a section: what fits a screen. All of them are a table of their own.
const SHOWN: u32 = 12;
/// Lines of an order, stores of a product, people of a staff: mostly all there are.
const MANY: u32 = 200;

/// What a record is put together with.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) db: &'a Db,
    pub(super) today: Date,
    /// Of which stores there are figures for who asks, as on the dashboard.
    pub(super) sight: &'a Sight,
    pub(super) cancel: &'a CancellationToken,
}

impl Desk<'_> {
    /// The record; `None` where it is not there.
    pub(super) async fn sheet(self, id: RecordId) -> Result<Option<Sheet>, DbError> {
        let Some(cells) = records::one(self.db, id, self.today).await? else { return Ok(None) };
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Nothing);
        let (title, facts, sections) = match id {
            RecordId::Customer(number) => {
                let title = next().plain();
                let contact = ["Phone", "E-mail", "Street", "City", "State", "Postcode"];
                let mut facts: Vec<Fact> = contact.map(|name| fact(name, next())).into();
                let (orders, figures) =
                    tokio::try_join!(self.orders("Orders", "customer", number.0), self.figures(id))?;
                facts.extend(sold(figures, "Lifetime value"));
                facts.extend(last_order(&orders));
                (title, facts, vec![orders])
            }
            RecordId::Order(number) => {
                let mut facts: Vec<Fact> =
                    ["Status", "Ordered", "Required", "Shipped"].map(|name| fact(name, next())).into();
                facts.push(leading("Customer", next(), next(), |id| RecordId::Customer(CustomerId(id))));
                facts.push(leading("Store", next(), next(), |id| RecordId::Store(StoreId(id))));
                facts.push(leading("Staff", next(), next(), |id| RecordId::Staff(StaffId(id))));
                facts.extend(["Units", "Gross", "Net"].map(|name| fact(name, next())));
                (number.to_string(), facts, vec![self.lines(number).await?])
            }
            RecordId::Product(number) => {
                let title = next().plain();
                let mut facts = vec![
                    leading("Brand", next(), next(), |id| RecordId::Brand(BrandId(id))),
                    leading("Category", next(), next(), |id| RecordId::Category(CategoryId(id))),
                ];
                facts.extend(["Model year", "Price", "On hand"].map(|name| fact(name, next())));
                let (stock, sales, figures) = tokio::try_join!(
                    self.stock(number),
                    self.rows(
                        Table::OrderItems,
                        "Sold",
                        &["order", "quantity", "price", "net"],
                        "product",
                        number.0
                    ),
                    self.figures(id)
                )?;
                facts.extend(sold(figures, "Net sales"));
                (title, facts, vec![stock, sales])
            }
            RecordId::Staff(number) => {
                let title = next().plain();
                let mut facts: Vec<Fact> =
                    ["E-mail", "Phone", "Active"].map(|name| fact(name, next())).into();
                facts.push(leading("Store", next(), next(), |id| RecordId::Store(StoreId(id))));
                facts.push(leading("Manager", next(), next(), |id| RecordId::Staff(StaffId(id))));
                let (reports, orders, figures) = tokio::try_join!(
                    self.reports(number),
                    self.orders("Orders taken", "staff", number.0),
                    self.figures(id)
                )?;
                facts.extend(sold(figures, "Net sales"));
                (title, facts, vec![reports, orders])
            }
            RecordId::Store(number) => {
                let title = next().plain();
                let told = ["Phone", "E-mail", "Street", "City", "State", "Postcode", "Time zone"];
                let mut facts: Vec<Fact> = told.map(|name| fact(name, next())).into();
                let month = Month::of(self.today);
                let scope = Scope {
                    store: Some(number),
                    from: Some(month.first_day()),
                    to: Some(month.last_day()),
                    ..Scope::default()
                };
                let (staff, orders, stock, figures) = tokio::try_join!(
                    self.rows(Table::Staffs, "Staff", &["name", "manager", "phone"], "store", number.0),
                    self.orders("Orders", "store", number.0),
                    self.rows(Table::Stocks, "Stock", &["product", "quantity"], "store", number.0),
                    self.in_sight(&scope)
                )?;
                facts.extend(sold(figures, "Net this month"));
                (title, facts, vec![staff, orders, stock])
            }
            RecordId::Brand(number) => {
                let products = self.products("brand", number.0).await?;
                (next().plain(), vec![fact("Products", next())], vec![products])
            }
            RecordId::Category(number) => {
                let products = self.products("category", number.0).await?;
                (next().plain(), vec![fact("Products", next())], vec![products])
            }
        };
        let sections = sections.into_iter().filter(|section: &Section| !section.rows.is_empty()).collect();
        Ok(Some(Sheet { id, title, facts, sections }))
    }

    /// The figures over what belongs to the record, of the orders that are booked.
    async fn figures(self, of: RecordId) -> Result<Option<Figures>, DbError> {
        records::figures(self.db, of, Measure::Booked).await
    }

    /// What a store sold, where that is for who asks to know.
    async fn in_sight(self, scope: &Scope) -> Result<Option<Figures>, DbError> {
        if scope.store.is_some_and(|store| self.sight.holds(store)) {
            db::figures::over_scope(self.db, scope, self.sight).await.map(Some)
        } else {
            Ok(None)
        }
    }

    async fn orders(self, title: &'static str, by: &str, number: u32) -> Result<Section, DbError> {
        let columns: &[&str] = match by {
            "customer" => &["number", "ordered", "status", "total", "store"],
            _ => &["number", "ordered", "status", "total", "customer"],
        };
        self.rows(Table::Orders, title, columns, by, number).await
    }

    async fn products(self, by: &str, number: u32) -> Result<Section, DbError> {
        self.rows(Table::Products, "Products", &["number", "name", "year", "price"], by, number).await
    }

    /// The first rows of a table that name this record.
    async fn rows(
        self,
        table: Table,
        title: &'static str,
        columns: &[&str],
        by: &str,
        number: u32,
    ) -> Result<Section, DbError> {
        self.section(table, title, columns, format!("{by}:{number}"), SHOWN).await
    }

    async fn section(
        self,
        table: Table,
        title: &'static str,
        columns: &[&str],
        words: String,
        most: u32,
    ) -> Result<Section, DbError> {
        let fields: Vec<&'static Field> = columns.iter().filter_map(|name| field(table, name)).collect();
        // What one reads of orders is the newest.
        let order = field(table, "ordered").map(|field| Order { field, down: true });
        let filter = Filter::read(table, &words).unwrap_or_default();
        let page =
            RecordPage { table, filter, order, after: None, up: false, limit: most + 1, as_of: self.today };
        let mut found = records::page(self.db, &page, self.cancel).await?.unwrap_or_default();
        let is_all = found.len() <= most as usize;
        found.truncate(most as usize);
        let all = crate::domain::records::fields(table);
        let shown = |cells: Vec<Cell>| {
            let place = |field: &&Field| all.iter().position(|one| one == *field);
            fields.iter().filter_map(|field| cells.get(place(field)?).cloned()).collect()
        };
        let rows =
            found.into_iter().map(|row| Row { leads: Some(row.record), cells: shown(row.cells) }).collect();
        Ok(Section { title, fields: fields.clone(), rows, all: (!is_all).then_some((table, words)) })
    }

    /// What each store has of a product; each row leads to the store.
    async fn stock(self, product: ProductId) -> Result<Section, DbError> {
        let words = format!("product:{product}");
        let mut section = self.section(Table::Stocks, "Stock", &["store", "quantity"], words, MANY).await?;
        let stores = db::stores::names(self.db).await?;
        for row in &mut section.rows {
            let name = row.cells.first().map(Cell::plain).unwrap_or_default();
            let store = stores.iter().find(|store| store.name == name);
            row.leads = store.map(|store| RecordId::Store(store.id));
        }
        Ok(section)
    }

    /// The lines of an order; each leads to its product.
    async fn lines(self, order: OrderId) -> Result<Section, DbError> {
        let mut found = records::lines(self.db, order, MANY + 1).await?;
        let is_all = found.len() <= MANY as usize;
        found.truncate(MANY as usize);
        let names = ["product", "quantity", "price", "discount", "net"];
        Ok(Section {
            title: "Lines",
            fields: names.iter().filter_map(|name| field(Table::OrderItems, name)).collect(),
            rows: found.into_iter().map(|cells| row(cells, |id| RecordId::Product(ProductId(id)))).collect(),
            all: (!is_all).then(|| (Table::OrderItems, format!("order:{order}"))),
        })
    }

    /// The tree of those who report to a member of the staff.
    async fn reports(self, staff: StaffId) -> Result<Section, DbError> {
        let found = records::reports(self.db, staff, MANY).await?;
        let rows = found.into_iter().map(|mut cells| {
            if let (Some(Cell::Number(depth)), Some(Cell::Text(name))) =
                (cells.get(3).cloned(), cells.first_mut())
            {
                name.insert_str(0, &"  ".repeat(usize::try_from(depth).unwrap_or_default()));
            }
            if cells.len() > 3 {
                cells.remove(3);
            }
            row(cells, |id| RecordId::Staff(StaffId(id)))
        });
        Ok(Section {
            title: "Reports",
            fields: ["name", "store", "active"]
                .iter()
                .filter_map(|name| field(Table::Staffs, name))
                .collect(),
            rows: rows.collect(),
            all: None,
        })
    }
}

fn fact(name: &'static str, value: Cell) -> Fact {
    Fact { name, value, leads: None }
}

/// A fact that names another record.
fn leading(name: &'static str, number: Cell, value: Cell, of: impl Fn(u32) -> RecordId) -> Fact {
    Fact { name, value, leads: id(&number).map(of) }
}

/// A row whose last cell is the number of a record.
fn row(mut cells: Vec<Cell>, of: impl Fn(u32) -> RecordId) -> Row {
    let number = cells.pop();
    Row { cells, leads: number.as_ref().and_then(id).map(of) }
}

fn id(cell: &Cell) -> Option<u32> {
    match cell {
        Cell::Number(number) => u32::try_from(*number).ok(),
        _ => None,
    }
}

/// What was booked.
fn sold(figures: Option<Figures>, net: &'static str) -> Vec<Fact> {
    let count = |count: u64| Cell::Count(i64::try_from(count).unwrap_or(i64::MAX));
    let facts = figures.map(|figures| {
        [
            fact("Orders", count(figures.orders)),
            fact("Units", count(figures.units)),
            fact(net, Cell::Money(figures.net)),
        ]
    });
    facts.into_iter().flatten().collect()
}

/// The day of the newest order, which leads to it.
fn last_order(orders: &Section) -> Option<Fact> {
    let newest = orders.rows.first()?;
    let day = newest.cells.get(1)?.clone();
    Some(Fact { name: "Last order", value: day, leads: newest.leads })
}
