//! No statement of the tables reads a large table whole: what the server says of it, at a size where it matters.

use crate::large::{self, large, plan};
use crate::shop::{asked, by};
use jiff::civil::date;
use storekeeper::db::records::{RecordPage, statement};
use storekeeper::domain::Table;
use storekeeper::domain::records::fields;
use storekeeper::service::records::Rows;

#[tokio::test]
async fn no_page_of_any_table_reads_a_large_table_whole() {
    let shop = large().await;
    // What this looks for can be told.
    let whole = "SELECT * FROM orders o WHERE o.shipped_date = o.order_date";
    let steps = plan(&shop, whole, ()).await;
    assert!(steps.iter().any(|step| step.table == "orders" && step.way == "ALL"), "{steps:?}");
    let narrowed = [
        (Table::Customers, "city:City7"),
        (Table::Customers, "name:last1 first"),
        (Table::Customers, "phone:555100"),
        (Table::Customers, "last77"),
        (Table::Customers, "55512345"),
        (Table::Customers, "street:x"),
        (Table::Orders, "status:late"),
        (Table::Orders, "total:>500"),
        (Table::Orders, "customer:17"),
        (Table::Orders, "customer:last77"),
        (Table::Orders, "last77"),
        (Table::Orders, "ordered:2025-03"),
        (Table::Orders, "store:20"),
        (Table::Orders, "store:\"store 20\""),
        (Table::Orders, "staff:20 status:open"),
        (Table::OrderItems, "product:20"),
        (Table::OrderItems, "order:400"),
        (Table::OrderItems, "model"),
        (Table::Stocks, "product:20"),
        (Table::Stocks, "store:20"),
        (Table::Stocks, "quantity:<5"),
        (Table::Stocks, "model"),
        (Table::Orders, "ordered:2025-03 store:20,21 measure:booked"),
        (Table::Orders, "ordered:2025-03..2025-05 status:open required:<2025-06-01"),
        (Table::OrderItems, "ordered:2025-03 store:20 measure:shipped"),
        (Table::OrderItems, "ordered:2025-03 product:20,21"),
        (Table::OrderItems, "ordered:2025-03 category:1"),
        (Table::OrderItems, "short:yes status:open"),
        (Table::Stocks, "quantity:>0 unsold:2026-01..2026-03"),
        (Table::Stocks, "store:20 brand:1"),
    ];
    let sorted = Table::EACH.into_iter().flat_map(|table| {
        let orders = fields(table).iter().filter(|field| field.sorts).map(move |field| (table, field.name));
        orders.flat_map(|(table, name)| {
            [by(table, name, false), by(table, name, true)].map(|order| (table, "", order))
        })
    });
    let each = narrowed.into_iter().map(|(table, words)| (table, words, None)).chain(sorted);
    for (table, words, order) in each {
        let Rows { filter, .. } = asked(table, words);
        // The place of a row has only what orders it, whatever narrows the rows.
        let first = shop.page(Rows { order, limit: 129, ..asked(table, "") }).await;
        // The first page, and one that goes on behind a row.
        for after in [None, first.get(100).or(first.last()).map(|row| row.place.clone())] {
            let page = RecordPage {
                table,
                filter: filter.clone(),
                order,
                after: after.clone(),
                up: false,
                limit: 129,
                as_of: date(2026, 4, 22),
            };
            let statement = statement(&page);
            let sql = statement.sql.clone();
            for step in plan(&shop, &sql, statement.values).await {
                let is_large = large::TABLES.contains(&step.table.as_str());
                assert!(!(is_large && step.way == "ALL"), "{table} {words:?} {order:?}: {step:?}: {sql}");
            }
        }
    }
}
