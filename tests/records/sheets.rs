//! One record with what belongs to it.

use crate::shop::{Shop, plain};
use storekeeper::db::records::figures;
use storekeeper::domain::records::{Fact, RecordId, Sheet};
use storekeeper::domain::{
    BrandId, CategoryId, CustomerId, Figures, Measure, Money, OrderId, ProductId, Scope, Sight, StaffId,
    StoreId,
};
use storekeeper::service::records;
use tokio_util::sync::CancellationToken;

async fn sheet(shop: &Shop, id: RecordId) -> Option<Sheet> {
    records::record(&shop.by, &shop.db, id, shop.now, &CancellationToken::new()).await.unwrap()
}

fn told(sheet: &Sheet) -> Vec<String> {
    let facts = sheet.facts.iter().map(|fact| format!("{}: {}", fact.name, fact.value.plain()));
    let sections = sheet.sections.iter().flat_map(|section| {
        let rows = section.rows.iter().map(|row| plain(&row.cells));
        std::iter::once(format!("[{}]", section.title)).chain(rows)
    });
    std::iter::once(sheet.title.clone()).chain(facts).chain(sections).collect()
}

fn leads(sheet: &Sheet, name: &str) -> Option<RecordId> {
    sheet.facts.iter().find(|fact| fact.name == name).and_then(|Fact { leads, .. }| *leads)
}

#[tokio::test]
async fn a_customer_has_contact_orders_value_and_the_last_order() {
    let shop = Shop::small().await;
    let found = sheet(&shop, RecordId::Customer(CustomerId(1))).await.unwrap();
    let expected = [
        "Cy Dent",
        "Phone: (972) 530-5555",
        "E-mail: cy.dent@x.example",
        "Street: ",
        "City: Rowlett",
        "State: ",
        "Postcode: ",
        "Orders: 3",
        "Units: 8",
        "Lifetime value: 1641.14",
        "Last order: 2026-04-29",
        "[Orders]",
        "3|2026-04-29|pending, late|1620.00|Harbour",
        "2|2026-04-02|rejected|1000.00|Harbour",
        "1|2026-04-01|completed|1.15|Harbour",
        "7|2025-04-10|completed|19.99|Harbour",
    ];
    assert_eq!(told(&found), expected);
    assert_eq!(leads(&found, "Last order"), Some(RecordId::Order(OrderId(3))));
    assert_eq!(found.sections[0].rows[1].leads, Some(RecordId::Order(OrderId(2))));
}

#[tokio::test]
async fn an_order_has_lines_totals_days_and_who() {
    let shop = Shop::small().await;
    let found = sheet(&shop, RecordId::Order(OrderId(3))).await.unwrap();
    let expected = [
        "3",
        "Status: pending, late",
        "Ordered: 2026-04-29",
        "Required: 2026-04-30",
        "Shipped: ",
        "Customer: Cy Dent",
        "Store: Harbour",
        "Staff: Ann Roe",
        "Units: 2",
        "Gross: 1800.00",
        "Net: 1620.00",
        "[Lines]",
        "Tourer|2|900.00|10.0%|1620.00",
    ];
    assert_eq!(told(&found), expected);
    assert_eq!(leads(&found, "Customer"), Some(RecordId::Customer(CustomerId(1))));
    assert_eq!(leads(&found, "Staff"), Some(RecordId::Staff(StaffId(1))));
    assert_eq!(found.sections[0].rows[0].leads, Some(RecordId::Product(ProductId(2))));
}

#[tokio::test]
async fn a_product_has_its_stock_by_store_and_its_sales() {
    let shop = Shop::small().await;
    let found = sheet(&shop, RecordId::Product(ProductId(2))).await.unwrap();
    let expected = [
        "Tourer",
        "Brand: Heron",
        "Category: Road",
        "Model year: 2025",
        "Price: 1000.00",
        "On hand: 11",
        "Orders: 2",
        "Units: 3",
        "Net sales: 2550.00",
        "[Stock]",
        "Harbour|4",
        "Hill|7",
        "[Sold]",
        "5|1|1000.00|930.00",
        "3|2|900.00|1620.00",
        "2|1|1000.00|1000.00",
    ];
    assert_eq!(told(&found), expected);
    assert_eq!(found.sections[0].rows[1].leads, Some(RecordId::Store(StoreId(2))));
}

#[tokio::test]
async fn staff_have_a_manager_and_a_tree() {
    let shop = Shop::small().await;
    let ann = told(&sheet(&shop, RecordId::Staff(StaffId(1))).await.unwrap());
    let tree: Vec<&str> =
        ann.iter().skip_while(|line| *line != "[Reports]").take(4).map(String::as_str).collect();
    assert_eq!(tree, ["[Reports]", "Bo Lund|Hill|yes", "  Cy Moe|Hill|yes", "Di Holm|Harbour|yes"]);
    assert!(ann.contains(&"Net sales: 1661.13".to_owned()), "{ann:?}");
    let bo = sheet(&shop, RecordId::Staff(StaffId(2))).await.unwrap();
    assert_eq!(leads(&bo, "Manager"), Some(RecordId::Staff(StaffId(1))));
    // A ring does not go on for ever.
    shop.run("UPDATE staffs SET manager_id = 3 WHERE staff_id = 1").await;
    assert!(sheet(&shop, RecordId::Staff(StaffId(1))).await.is_some());
}

#[tokio::test]
async fn stores_brands_and_categories_have_what_belongs_to_them() {
    let shop = Shop::small().await;
    let hill = told(&sheet(&shop, RecordId::Store(StoreId(2))).await.unwrap());
    for line in ["Hill", "City: Voss", "[Staff]", "Bo Lund|Ann Roe|", "[Orders]", "[Stock]", "Lamp|1"] {
        assert!(hill.contains(&line.to_owned()), "{line}: {hill:?}");
    }
    let heron = told(&sheet(&shop, RecordId::Brand(BrandId(1))).await.unwrap());
    assert_eq!(heron, ["Heron", "Products: 2", "[Products]", "1|Bell|2026|0.30", "2|Tourer|2025|1000.00"]);
    let cargo = told(&sheet(&shop, RecordId::Category(CategoryId(2))).await.unwrap());
    assert_eq!(cargo, ["Cargo", "Products: 1", "[Products]", "4|100% Wool|2026|5.00"]);
    assert_eq!(sheet(&shop, RecordId::Brand(BrandId(404))).await, None);
}

#[tokio::test]
async fn where_there_are_more_the_rest_is_a_table_away() {
    let shop = Shop::small().await;
    shop.run(
        "INSERT INTO orders (order_id, customer_id, order_status, order_date, required_date, store_id, staff_id)
         SELECT order_id + 10, 1, 1, order_date, required_date, store_id, staff_id FROM orders
         UNION ALL SELECT order_id + 20, 1, 1, order_date, required_date, store_id, staff_id FROM orders",
    )
    .await;
    let found = sheet(&shop, RecordId::Customer(CustomerId(1))).await.unwrap();
    let orders = &found.sections[0];
    assert_eq!((orders.rows.len(), orders.all.as_ref().unwrap().1.as_str()), (12, "customer:1"));
}

/// Sums of figures can be taken over the parts: that makes them the figures of the whole.
#[tokio::test]
async fn the_parts_figures_add_up_to_the_chains() {
    let shop = Shop::small().await;
    for measure in Measure::EACH {
        let scope = Scope { measure, ..Scope::default() };
        let whole = storekeeper::db::figures::over_scope(&shop.db, &scope, &Sight::Chain).await.unwrap();
        let customers = (1..=5).map(|id| RecordId::Customer(CustomerId(id))).collect();
        let staff = (1..=4).map(|id| RecordId::Staff(StaffId(id))).collect();
        let products: Vec<RecordId> = (1..=4).map(|id| RecordId::Product(ProductId(id))).collect();
        for (parts, has_orders) in [(customers, true), (staff, true), (products, false)] {
            let parts: Vec<RecordId> = parts;
            let mut sum = Figures::default();
            for part in parts {
                let of = figures(&shop.db, part, measure).await.unwrap().unwrap();
                assert_eq!(of.average_order_value, of.net.per(of.orders));
                sum.net = sum.net + of.net;
                sum.gross = sum.gross + of.gross;
                sum.units += of.units;
                sum.orders += of.orders;
            }
            assert_eq!((sum.net, sum.gross, sum.units), (whole.net, whole.gross, whole.units), "{measure}");
            assert!(!has_orders || sum.orders == whole.orders, "{measure}");
            assert!(sum.net > Money::ZERO);
        }
    }
}
