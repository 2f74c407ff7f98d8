//! Tables page by page: every order of every table, either way, from either end, shows each row once.

use crate::shop::{Shop, asked, by, plain};
use storekeeper::db::records::Listed;
use storekeeper::domain::Table;
use storekeeper::domain::records::{RecordId, fields};
use storekeeper::domain::{OrderId, ProductId};
use storekeeper::service::records::Rows;

#[tokio::test]
async fn each_table_shows_its_rows_as_people_read_them() {
    let shop = Shop::small().await;
    let table = [
        (Table::Customers, "1|Cy Dent|(972) 530-5555|Rowlett|cy.dent@x.example|||"),
        (Table::Orders, "8|2026-06-01|rejected|Eva O'Brien|0.00|Harbour|Ann Roe|2026-06-02|"),
        (Table::OrderItems, "7|1|Lamp|2|19.99|50.0%|19.99"),
        (Table::Products, "1|Bell|Heron|Road|2026|0.30"),
        (Table::Stocks, "Harbour|Bell|0|0.30|0.00"),
        (Table::Stores, "1|Harbour||Bergen|||||UTC"),
        (Table::Staffs, "1|Ann Roe|Harbour||yes|(555) 1|ann@x.example"),
        (Table::Brands, "1|Heron"),
        (Table::Categories, "1|Road"),
    ];
    for (which, first) in table {
        let rows = shop.rows(which, "").await;
        assert_eq!(plain(&rows[0].cells), first, "{which}");
    }
    let orders = shop.rows(Table::Orders, "").await;
    assert_eq!(
        plain(&orders[5].cells),
        "3|2026-04-29|pending, late|Cy Dent|1620.00|Harbour|Ann Roe|2026-04-30|"
    );
    assert_eq!(orders[5].record, RecordId::Order(OrderId(3)));
    assert_eq!(shop.rows(Table::Stocks, "").await[4].record, RecordId::Product(ProductId(3)));
    assert_eq!(shop.rows(Table::OrderItems, "").await[0].record, RecordId::Order(OrderId(7)));
}

/// Every row, page by page.
async fn all(shop: &Shop, mut rows: Rows) -> Vec<Listed> {
    let mut all = Vec::new();
    rows.limit = 2;
    loop {
        let page = shop.page(rows.clone()).await;
        let Some(last) = page.last() else { return all };
        assert!(all.len() < 1000, "pages without end: {:?}", last.place);
        rows.after = Some(last.place.clone());
        all.extend(page);
    }
}

#[tokio::test]
async fn pages_in_any_order_either_way_have_each_row_once() {
    let shop = Shop::small().await;
    for table in Table::EACH {
        let mut expected = all(&shop, asked(table, "")).await;
        let orders = fields(table).iter().filter(|field| field.sorts);
        for (field, down) in orders.flat_map(|field| [(field, false), (field, true)]) {
            let rows = Rows { order: by(table, field.name, down), ..asked(table, "") };
            let mut found = all(&shop, rows.clone()).await;
            let mut from_the_end = all(&shop, Rows { up: true, ..rows }).await;
            from_the_end.reverse();
            assert_eq!(found, from_the_end, "{table} by {} {down}", field.name);
            let key = |row: &Listed| row.cells.iter().map(|cell| cell.plain()).collect::<Vec<_>>();
            found.sort_by_key(key);
            expected.sort_by_key(key);
            let cells = |rows: &[Listed]| rows.iter().map(|row| plain(&row.cells)).collect::<Vec<_>>();
            assert_eq!(cells(&found), cells(&expected), "{table} by {} {down}", field.name);
        }
    }
}

#[tokio::test]
async fn rows_stand_in_the_order_asked_for() {
    let shop = Shop::small().await;
    let names = async |table, column, down| {
        let rows = shop.page(Rows { order: by(table, column, down), ..asked(table, "") }).await;
        rows.iter().map(|row| row.cells[0].plain()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(Table::Customers, "name", false).await, "2 1 3 5 4");
    assert_eq!(
        names(Table::Customers, "city", true).await,
        "4 1 5 2 3",
        "nothing is last where all is turned"
    );
    assert_eq!(names(Table::Orders, "ordered", false).await, "7 1 2 3 6 4 5 8");
    assert_eq!(names(Table::Products, "brand", false).await, "1 2 3 4");
    assert_eq!(names(Table::Products, "price", true).await, "2 3 4 1");
    assert_eq!(names(Table::Orders, "number", false).await, "1 2 3 4 5 6 7 8");
}
