//! Paper, numbers, and the name at the head, as the settings have them; and what no database can hold.

use crate::files::settings;
use crate::readers;
use crate::shop::Shop;
use jiff::civil::date;
use rust_decimal::Decimal;
use storekeeper::domain::report::{CustomerHistory, CustomerOrder, OrderLine};
use storekeeper::domain::{CustomerId, Money, OrderId, OrderStatus, StoreId};
use storekeeper::report::pdf::{self, Stamp};

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_as_the_settings_have_it() {
    if !readers::are_there() {
        return;
    }
    let shop = Shop::small().await;
    let usual = shop.print("customer 1");
    assert_eq!(readers::pages(&usual).1, "595.28 x 841.89 pts (A4)");
    let settings = [
        ("STOREKEEPER__REPORT__PAPER", "letter"),
        ("STOREKEEPER__REPORT__MONEY", "1.234,50 kr"),
        ("STOREKEEPER__REPORT__BUSINESS", "Bergen Sykkel AS"),
    ];
    let file = shop.print_with("customer 1", &settings);
    assert_eq!(readers::pages(&file).1, "612 x 792 pts (letter)");
    let text = readers::sentences(&file);
    for expected in ["Your orders with Bergen Sykkel AS", "worth 5.248,05 kr after", "2.849,05", "Total (kr)"]
    {
        assert!(text.contains(expected), "{expected:?} is not in\n{text}");
    }
    let told = shop.run_with("report stock", None, &[("STOREKEEPER__REPORT__MONEY", "1,234")]);
    assert!(told.code == Some(2) && told.err.contains("as in $1,234.50 or 1.234,50 kr"), "{told:?}");
}

#[test]
fn a_name_longer_than_the_database_allows_is_wrapped_as_well() {
    if !readers::are_there() {
        return;
    }
    let name = "Łódź ".repeat(60);
    assert_eq!(name.chars().count(), 300);
    let line = OrderLine {
        product: name.clone(),
        quantity: 1,
        price: Money::rounded(Decimal::TEN),
        discount: Decimal::ZERO,
        gross: Money::rounded(Decimal::TEN),
        net: Money::rounded(Decimal::TEN),
    };
    let order = CustomerOrder {
        id: OrderId(1),
        status: OrderStatus::Processing,
        placed: date(2026, 1, 2),
        required: date(2026, 1, 3),
        shipped: None,
        store: StoreId(1),
        lines: vec![line; 200],
    };
    let customer = CustomerHistory {
        id: CustomerId(1),
        name: String::new(),
        address: Vec::new(),
        phone: None,
        email: None,
        orders: vec![order],
    };
    let stamp = Stamp { at: jiff::Zoned::now(), by: "ann".to_owned() };
    let pdf = pdf::customer(&customer, &[], &settings().report, &stamp).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("long.pdf");
    std::fs::write(&file, &pdf.bytes).unwrap();
    let text = readers::sentences(&file);
    assert_eq!(text.matches("Łódź").count(), 60 * 200);
    assert!(text.contains("Dear Customer 1,") && text.contains("Order 1 continued"), "{text}");
    assert_eq!(readers::pages(&file).0, pdf.pages);
}
