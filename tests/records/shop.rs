//! A small chain whose rows can be told by hand.

use crate::support;
use jiff::Timestamp;
use mysql_async::prelude::Queryable;
use storekeeper::db::records::{Listed, Order};
use storekeeper::db::{Db, Engine};
use storekeeper::domain::Table;
use storekeeper::domain::records::{Cell, Filter, field};
use storekeeper::service::authorized::ViewData;
use storekeeper::service::records::{self, Rows};
use storekeeper::service::{Authorized, Session};
use tokio_util::sync::CancellationToken;

/// Two stores, four staff of whom one leads the others, five customers, eight orders.
const CHAIN: &str = "
    INSERT INTO categories (category_id, category_name) VALUES (1, 'Road'), (2, 'Cargo');
    INSERT INTO brands (brand_id, brand_name) VALUES (1, 'Heron'), (2, 'Otter');
    INSERT INTO products (product_id, product_name, brand_id, category_id, model_year, list_price) VALUES
      (1, 'Bell', 1, 1, 2026, 0.30), (2, 'Tourer', 1, 1, 2025, 1000.00), (3, 'Lamp', 2, 1, 2026, 19.99), (4, '100% Wool', 2, 2, 2026, 5.00);
    INSERT INTO stores (store_id, store_name, city, time_zone) VALUES (1, 'Harbour', 'Bergen', 'UTC'), (2, 'Hill', 'Voss', 'UTC');
    INSERT INTO staffs (staff_id, first_name, last_name, email, phone, store_id, manager_id) VALUES
      (1, 'Ann', 'Roe', 'ann@x.example', '(555) 1', 1, NULL), (2, 'Bo', 'Lund', 'bo@x.example', NULL, 2, 1),
      (3, 'Cy', 'Moe', 'cy@x.example', NULL, 2, 2), (4, 'Di', 'Holm', 'di@x.example', NULL, 1, 1);
    INSERT INTO customers (customer_id, first_name, last_name, phone, email, city) VALUES
      (1, 'Cy', 'Dent', '(972) 530-5555', 'cy.dent@x.example', 'Rowlett'), (2, 'Åse', 'Dahl', '+47 55 00 11', 'Ase@x.example', 'Bergen'),
      (3, 'Dag', 'Dent', NULL, NULL, NULL), (4, 'Eva', 'O''Brien', '972.530.1', 'eva_1@x.example', 'Rowlett'),
      (5, 'Cyd', 'Moe', '5555', 'cyd@x.example', 'Rome');
    INSERT INTO orders (order_id, customer_id, order_status, order_date, required_date, shipped_date, store_id, staff_id) VALUES
      (1, 1, 4, '2026-04-01', '2026-04-03', '2026-04-02', 1, 1), (2, 1, 3, '2026-04-02', '2026-04-05', NULL, 1, 1),
      (3, 1, 1, '2026-04-29', '2026-04-30', NULL, 1, 1), (4, 2, 2, '2026-04-30', '2026-05-01', NULL, 1, 1),
      (5, 2, 4, '2026-04-30', '2026-05-02', '2026-05-04', 2, 2), (6, 3, 1, '2026-04-30', '2026-05-09', NULL, 2, 2),
      (7, 1, 4, '2025-04-10', '2025-04-12', '2025-04-11', 1, 1), (8, 4, 3, '2026-06-01', '2026-06-02', NULL, 1, 1);
    INSERT INTO order_items (order_id, item_id, product_id, quantity, list_price, discount) VALUES
      (1, 1, 1, 1, 0.30, 0.05), (1, 2, 1, 3, 0.30, 0.05), (2, 1, 2, 1, 1000.00, 0), (3, 1, 2, 2, 900.00, 0.10),
      (4, 1, 3, 1, 19.99, 0), (5, 1, 2, 1, 1000.00, 0.07), (7, 1, 3, 2, 19.99, 0.5);
    INSERT INTO stocks (store_id, product_id, quantity) VALUES (1, 1, 0), (1, 2, 4), (1, 3, 5), (2, 2, 7), (2, 3, 1)";

/// A chain, and somebody who may look at it.
pub struct Shop {
    pub db: Db,
    pub by: Authorized<ViewData>,
    pub now: Timestamp,
}

impl Shop {
    /// The small chain, on the fifth of May 2026.
    pub async fn small() -> Shop {
        let shop = Shop::of(support::chain().await);
        shop.fill().await;
        shop
    }

    /// What is in a chain, on that day.
    pub fn of(db: Db) -> Shop {
        let by = Session::operator().require(ViewData).unwrap();
        Shop { db, by, now: "2026-05-05T12:00:00Z".parse().unwrap() }
    }

    /// Puts the small chain into an empty one.
    pub async fn fill(&self) {
        self.run(CHAIN).await;
    }

    pub async fn run(&self, sql: &str) {
        self.db.conn().await.unwrap().query_drop(sql).await.unwrap();
    }

    /// How a server of either kind is asked for its plan as rows.
    pub fn explain(&self) -> &'static str {
        match self.db.engine() {
            Engine::MariaDb => "EXPLAIN",
            Engine::MySql => "EXPLAIN FORMAT=TRADITIONAL",
        }
    }

    /// Rows that these words leave, from the first on.
    pub async fn rows(&self, table: Table, words: &str) -> Vec<Listed> {
        self.page(asked(table, words)).await
    }

    pub async fn page(&self, rows: Rows) -> Vec<Listed> {
        let cancel = CancellationToken::new();
        records::page(&self.by, &self.db, rows, self.now, &cancel).await.unwrap().unwrap()
    }

    /// The first cells of the rows that these words leave.
    pub async fn firsts(&self, table: Table, words: &str) -> Vec<String> {
        let rows = self.rows(table, words).await;
        rows.iter().map(|row| row.cells[0].plain()).collect()
    }
}

pub fn asked(table: Table, words: &str) -> Rows {
    let filter = Filter::read(table, words).unwrap();
    Rows { table, filter, order: None, after: None, up: false, limit: 50 }
}

pub fn by(table: Table, column: &str, down: bool) -> Option<Order> {
    Some(Order { field: field(table, column).unwrap(), down })
}

pub fn plain(cells: &[Cell]) -> String {
    cells.iter().map(Cell::plain).collect::<Vec<_>>().join("|")
}
