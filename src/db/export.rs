//! Rows on their way out: whole tables as they were at one moment, read one row at a time.

use super::stoppable::stoppable;
use super::{Db, DbError};
use crate::domain::{Field, FieldKind, Table};
use mysql_async::consts::{ColumnFlags, ColumnType};
use mysql_async::prelude::Queryable;
use mysql_async::{Column, Conn, IsolationLevel, Row, TextProtocol, Transaction, TxOpts, Value};
use std::borrow::Cow;
use tokio_util::sync::CancellationToken;

/// How a column is compared with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// The same, as the column's collation has it.
    Is,
    /// Anything else; nothing is something else than any value.
    Differs,
    /// Greater, or later.
    MoreThan,
    /// Not less.
    AtLeast,
    /// Less, or earlier.
    LessThan,
    /// Not more.
    AtMost,
    /// Has these letters in it.
    Holds,
}

/// A condition on one column of a table.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The column: a name of ours, which stands in the statement as it is.
    pub column: &'static str,
    /// How it is compared.
    pub test: Test,
    /// With what; `None` is nothing.
    pub value: Option<Value>,
}

impl Condition {
    fn as_sql(&self) -> String {
        let column = self.column;
        let Some(value) = &self.value else {
            let not = if self.test == Test::Differs { "NOT " } else { "" };
            return format!("{column} IS {not}NULL");
        };
        // Backslashes escape: `NO_BACKSLASH_ESCAPES` is not in the sql_mode that every connection sets.
        let value = value.as_sql(false);
        match self.test {
            Test::Is => format!("{column} = {value}"),
            Test::Differs => format!("NOT ({column} <=> {value})"),
            Test::MoreThan => format!("{column} > {value}"),
            Test::AtLeast => format!("{column} >= {value}"),
            Test::LessThan => format!("{column} < {value}"),
            Test::AtMost => format!("{column} <= {value}"),
            Test::Holds => format!("LOCATE({value}, {column}) > 0"),
        }
    }
}

/// A connection that tables are read by.
#[derive(Debug)]
pub struct Reader {
    db: Db,
    conn: Conn,
}

/// The tables as they were when it was taken; what others write meanwhile is not seen.
#[derive(Debug)]
pub struct Snapshot<'a> {
    db: Db,
    id: u32,
    tx: Transaction<'a>,
}

/// The rows of one table, in the order of its key.
pub struct Rows<'a> {
    db: &'a Db,
    id: u32,
    fields: Vec<Field>,
    cells: Vec<Field>,
    result: mysql_async::QueryResult<'a, 'static, TextProtocol>,
}

/// One row, its cells as the server writes them.
#[derive(Debug)]
pub struct Cells(Row);

impl Cells {
    /// The cells in the order of the fields; `None` for a `NULL`.
    pub fn each(&self) -> impl Iterator<Item = Option<&[u8]>> {
        (0..self.0.len()).map(|place| match self.0.as_ref(place) {
            Some(Value::Bytes(bytes)) => Some(bytes.as_slice()),
            _ => None,
        })
    }
}

impl Reader {
    /// Connects, and makes the server as patient as a slow disk needs it.
    ///
    /// # Errors
    /// [`DbError`] where no connection can be had.
    pub async fn open(db: &Db) -> Result<Reader, DbError> {
        let mut conn = db.conn().await?;
        conn.query_drop(include_str!("../../sql/queries/import/patience.sql")).await?;
        Ok(Reader { db: db.clone(), conn })
    }

    /// Takes a picture of all tables. `REPEATABLE READ` holds it still; nothing is locked and nothing is written.
    ///
    /// # Errors
    /// [`DbError`] where the server can not do it.
    pub async fn snapshot(&mut self) -> Result<Snapshot<'_>, DbError> {
        let mut options = TxOpts::new();
        options
            .with_consistent_snapshot(true)
            .with_isolation_level(IsolationLevel::RepeatableRead)
            .with_readonly(true);
        let (db, id) = (self.db.clone(), self.conn.id());
        Ok(Snapshot { db, id, tx: self.conn.start_transaction(options).await? })
    }

    /// Ends the connection.
    pub async fn close(self) {
        if let Err(cause) = self.conn.disconnect().await {
            tracing::debug!(%cause, "the connection of an export did not end cleanly");
        }
    }
}

impl Snapshot<'_> {
    /// The rows of a table for which all conditions hold, and whose keys are among those given ([`super::records::keys`]);
    /// `None` when somebody cancels. Neighbouring cells that are no text come as one with this character between them, where
    /// one is given.
    ///
    /// # Errors
    /// [`DbError`] where they can not be read.
    pub async fn rows(
        &mut self,
        table: Table,
        only: &[Condition],
        keys: Option<&str>,
        glue: Option<char>,
        cancel: &CancellationToken,
    ) -> Result<Option<Rows<'_>>, DbError> {
        let statement = filtered(statement(table), only, keys);
        let nothing = format!("{statement} LIMIT 0");
        let asked = async {
            let result = self.tx.query_iter(nothing).await?;
            let columns: Vec<Column> = result.columns_ref().to_vec();
            result.drop_result().await.map(|()| columns)
        };
        let asked = stoppable(&self.db, self.id, cancel, asked).await?;
        let Some(columns) = asked else { return Ok(None) };
        let fields: Vec<Field> = columns.iter().map(field).collect();
        let (statement, cells) = match glue {
            Some(glue) => glued(&statement, &columns, glue),
            None => (statement.into_owned(), fields.clone()),
        };
        let asked = stoppable(&self.db, self.id, cancel, self.tx.query_iter(statement)).await?;
        Ok(asked.map(|result| Rows { db: &self.db, id: self.id, fields, cells, result }))
    }
}

impl Rows<'_> {
    /// The columns.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// What comes in each row: the columns, or several of them as one.
    pub fn cells(&self) -> &[Field] {
        &self.cells
    }

    /// The next row; `None` after the last one, or when somebody cancels.
    ///
    /// # Errors
    /// [`DbError`] where the rows can not be read on.
    pub async fn next(&mut self, cancel: &CancellationToken) -> Result<Option<Cells>, DbError> {
        match stoppable(self.db, self.id, cancel, self.result.next()).await? {
            Some(row) => Ok(row.map(Cells)),
            None => {
                self.drain().await;
                Ok(None)
            }
        }
    }

    /// Wants no more rows: the server would otherwise go on sending what nobody reads.
    ///
    /// # Errors
    /// [`DbError`] where the server can not be told.
    pub async fn stop(&mut self) -> Result<(), DbError> {
        self.db.kill_query(self.id).await?;
        self.drain().await;
        Ok(())
    }

    async fn drain(&mut self) {
        while let Ok(Some(_)) = self.result.next().await {}
    }
}

fn field(column: &Column) -> Field {
    Field { name: column.name_str().into_owned(), kind: kind(column.column_type()) }
}

/// Lets the server join neighbouring cells that are no text and need no quotes. That is half the work for the server too,
/// and a row of numbers is one piece of memory here instead of one a cell (`docs/PERFORMANCE.md`).
fn glued(statement: &str, columns: &[Column], glue: char) -> (String, Vec<Field>) {
    let (mut select, mut cells) = (Vec::new(), Vec::new());
    let is_text = |column: &Column| kind(column.column_type()) == FieldKind::Text;
    for run in columns.chunk_by(|one, other| !is_text(one) && !is_text(other)) {
        match run {
            [one] => {
                select.push(one.name_str().into_owned());
                cells.push(field(one));
            }
            several => {
                let names = several.iter().map(|column| match column.name_str() {
                    name if column.flags().contains(ColumnFlags::NOT_NULL_FLAG) => name.into_owned(),
                    name => format!("COALESCE({name}, '')"),
                });
                select.push(format!("CONCAT_WS('{glue}', {})", names.collect::<Vec<_>>().join(", ")));
                // Written as it is, as numbers are.
                cells.push(Field { name: String::new(), kind: FieldKind::Integer });
            }
        }
    }
    let from = statement.find("\n  FROM").and_then(|at| statement.get(at..)).unwrap_or_default();
    (format!("SELECT {}{from}", select.join(", ")), cells)
}

fn kind(column: ColumnType) -> FieldKind {
    match column {
        ColumnType::MYSQL_TYPE_NEWDECIMAL => FieldKind::Decimal,
        ColumnType::MYSQL_TYPE_DATE => FieldKind::Day,
        numeric if numeric.is_numeric_type() => FieldKind::Integer,
        _ => FieldKind::Text,
    }
}

/// The statement with the conditions in it. Its rows come by the text protocol, which has no parameters.
fn filtered(statement: &'static str, only: &[Condition], keys: Option<&str>) -> Cow<'static, str> {
    const ORDER: &str = " ORDER BY ";
    match statement.split_once(ORDER) {
        Some((rows, order)) if !only.is_empty() || keys.is_some() => {
            let keys = keys.map(str::to_owned);
            let conditions: Vec<String> = only.iter().map(Condition::as_sql).chain(keys).collect();
            format!("{rows} WHERE {}{ORDER}{order}", conditions.join(" AND ")).into()
        }
        _ => statement.into(),
    }
}

fn statement(table: Table) -> &'static str {
    match table {
        Table::Categories => include_str!("../../sql/queries/export/categories.sql"),
        Table::Brands => include_str!("../../sql/queries/export/brands.sql"),
        Table::Products => include_str!("../../sql/queries/export/products.sql"),
        Table::Stores => include_str!("../../sql/queries/export/stores.sql"),
        Table::Staffs => include_str!("../../sql/queries/export/staffs.sql"),
        Table::Stocks => include_str!("../../sql/queries/export/stocks.sql"),
        Table::Customers => include_str!("../../sql/queries/export/customers.sql"),
        Table::Orders => include_str!("../../sql/queries/export/orders.sql"),
        Table::OrderItems => include_str!("../../sql/queries/export/order_items.sql"),
    }
}
