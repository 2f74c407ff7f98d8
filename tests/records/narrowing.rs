//! What narrows a table, in the words of a person.

use crate::shop::Shop;
use storekeeper::domain::Table;

#[tokio::test]
async fn words_and_columns_leave_the_rows_they_name() {
    let shop = Shop::small().await;
    let table = [
        (Table::Customers, "city:Rowlett", "1 4"),
        (Table::Customers, "city:row", "1 4"),
        (Table::Customers, "city:=ro", ""),
        (Table::Customers, "city:~owl", "1 4"),
        (Table::Customers, "city:!Rowlett", "2 3 5"),
        (Table::Customers, "city:\"\"", "3"),
        (Table::Customers, "phone:!\"\"", "1 2 4 5"),
        (Table::Customers, "phone:(972)530", "1 4"),
        (Table::Customers, "972-530-5", "1"),
        (Table::Customers, "4", "2 4"),
        (Table::Customers, "cy", "1 5"),
        (Table::Customers, "cy dent", "1"),
        (Table::Customers, "dent cy", "1"),
        (Table::Customers, "ase", "2"),
        (Table::Customers, "Ase@x", "2"),
        (Table::Customers, "EVA_1@X", "4"),
        (Table::Customers, "eva_1", "4"),
        (Table::Customers, "email:eva%", ""),
        (Table::Customers, "name:o'b", "4"),
        (Table::Customers, "ro city:rowlett", "1 4"),
        (Table::Orders, "status:late", "4 3"),
        (Table::Orders, "status:open", "6 4 3"),
        (Table::Orders, "status:!open", "8 7 5 2 1"),
        (Table::Orders, "status:rejected", "8 2"),
        (Table::Orders, "total:>500", "5 3 2"),
        (Table::Orders, "total:1620", "3"),
        (Table::Orders, "total:<=1.15", "8 6 1"),
        (Table::Orders, "customer:1", "7 3 2 1"),
        (Table::Orders, "customer:dent", "7 6 3 2 1"),
        (Table::Orders, "customer:!dent", "8 5 4"),
        (Table::Orders, "dent total:>500", "3 2"),
        (Table::Orders, "store:hill", "6 5"),
        (Table::Orders, "staff:\"bo l\"", "6 5"),
        (Table::Orders, "staff:lund", "6 5"),
        (Table::Orders, "staff:=\"bo lund\"", "6 5"),
        (Table::Orders, "staff:und", ""),
        (Table::Orders, "5", "5"),
        (Table::Orders, "ordered:2026-04", "6 5 4 3 2 1"),
        (Table::Orders, "ordered:>2026-04", "8"),
        (Table::Orders, "ordered:!2026", "7"),
        (Table::Orders, "shipped:\"\" status:open", "6 4 3"),
        (Table::Orders, "ordered:2026-04-02..2026-04-29", "3 2"),
        (Table::Orders, "ordered:!2026-04..2026-06", "7"),
        (Table::Orders, "measure:booked", "7 6 5 4 3 1"),
        (Table::Orders, "measure:shipped", "7 5 1"),
        (Table::Orders, "measure:all store:2,9", "6 5"),
        (Table::Orders, "staff:!1,7", "6 5"),
        (Table::OrderItems, "ordered:2026-04 measure:shipped", "5 1 1"),
        (Table::OrderItems, "store:hill", "5"),
        (Table::OrderItems, "staff:ann status:late", "4 3"),
        (Table::OrderItems, "brand:otter", "7 4"),
        (Table::OrderItems, "category:!1", ""),
        (Table::OrderItems, "short:yes", ""),
        (Table::OrderItems, "short:no status:open", "4 3"),
        (Table::Stocks, "brand:heron quantity:>0", "Harbour Hill"),
        (Table::Stocks, "unsold:2026-04 quantity:>0", "Hill"),
        (Table::Stocks, "unsold:!2026-04", "Harbour Harbour Harbour Hill"),
        (Table::Stocks, "value:>4000", "Hill"),
        (Table::Stocks, "price:<1", "Harbour"),
        (Table::OrderItems, "product:lamp", "7 4"),
        (Table::OrderItems, "lamp discount:50%", "7"),
        (Table::OrderItems, "1", "1 1"),
        (Table::Products, "otter", "3 4"),
        (Table::Products, "100%", "4"),
        (Table::Products, "brand:heron year:2026", "1"),
        (Table::Products, "price:>=19.99 category:road", "2 3"),
        (Table::Stocks, "lamp", "Harbour Hill"),
        (Table::Stocks, "store:hill quantity:<5", "Hill"),
        (Table::Stores, "voss", "2"),
        (Table::Staffs, "lund", "2"),
        (Table::Staffs, "manager:ann", "2 4"),
        (Table::Staffs, "manager:\"\"", "1"),
        (Table::Staffs, "phone:5551", "1"),
        (Table::Brands, "ott", "2"),
        (Table::Categories, "name:r", "1"),
    ];
    for (which, words, expected) in table {
        assert_eq!(shop.firsts(which, words).await.join(" "), expected, "{which}: {words}");
    }
}

#[tokio::test]
async fn what_is_typed_is_never_a_statement() {
    let shop = Shop::small().await;
    for words in
        ["' OR 1=1 --", "\\", "%", "_", "!", "\") OR (1=1", ":as_of", ":v0", "?", "city:'; DROP TABLE brands"]
    {
        for table in Table::EACH {
            let Ok(filter) = storekeeper::domain::records::Filter::read(table, words) else { continue };
            let rows = storekeeper::service::records::Rows { filter, ..crate::shop::asked(table, "") };
            let found = shop.page(rows).await;
            let is_in_a_name =
                matches!((table, words), (Table::Products | Table::Stocks | Table::OrderItems, "%"));
            assert!(
                found.is_empty() || is_in_a_name || words.starts_with('\''),
                "{table}: {words}: {found:?}"
            );
        }
    }
    assert_eq!(shop.firsts(Table::Brands, "").await.len(), 2);
}

#[tokio::test]
async fn late_is_what_the_figures_call_late() {
    use jiff::civil::date;
    use storekeeper::domain::Measure;
    use storekeeper::domain::figures::Filter;
    use storekeeper::domain::period::{Period, PeriodKind};
    use storekeeper::service::authorized::ViewDashboard;
    use storekeeper::service::{Session, figures};
    let shop = Shop::small().await;
    let by = Session::operator().require(ViewDashboard).unwrap();
    let period = Period::holding(PeriodKind::Month, date(2026, 4, 1));
    let filter = Filter { period, as_of: None, store: None, measure: Measure::Booked };
    let figure = figures::open_orders(&by, &shop.db, &filter, date(2026, 5, 1)).await.unwrap();
    let shop = Shop { now: "2026-05-01T12:00:00Z".parse().unwrap(), ..shop };
    assert_eq!(shop.firsts(Table::Orders, "status:late").await.len() as u64, figure.late);
    assert_eq!(shop.firsts(Table::Orders, "status:open").await.len() as u64, figure.open);
}
