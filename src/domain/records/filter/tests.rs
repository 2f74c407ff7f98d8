use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn one(table: Table, typed: &str) -> (&'static str, Test, Value) {
    let filter = Filter::read(table, typed).unwrap();
    let [condition] = filter.conditions.as_slice() else { panic!("{typed}: {filter:?}") };
    (condition.field.name, condition.test, condition.value.clone())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn the_example_of_the_screen_is_understood() {
    let filter = Filter::read(Table::Orders, "status:late total:>500 Rowlett \"van der\"").unwrap();
    let said: Vec<_> = filter.conditions.iter().map(|one| (one.field.name, one.test)).collect();
    assert_eq!(said, [("status", Test::Is), ("total", Test::MoreThan)]);
    assert_eq!(filter.conditions[0].value, Value::Late);
    assert_eq!(filter.words, ["Rowlett", "van der"]);
}

#[test]
fn a_column_takes_values_of_its_kind() {
    let days = |first: Date, last: Date| Value::Days(first, last);
    let table = [
        (Table::Customers, "city:Rowlett", ("city", Test::Is, text("Rowlett"))),
        (Table::Customers, "CITY:\"San Antonio\"", ("city", Test::Is, text("San Antonio"))),
        (Table::Customers, "city:=Rowlett", ("city", Test::Exactly, text("Rowlett"))),
        (Table::Customers, "city:~lett", ("city", Test::Holds, text("lett"))),
        (Table::Customers, "phone:(972)-530", ("phone", Test::Is, text("972530"))),
        (Table::Customers, "phone:\"\"", ("phone", Test::Is, Value::Nothing)),
        (Table::Customers, "phone:!\"\"", ("phone", Test::Not, Value::Nothing)),
        (Table::Orders, "total:<=1,299.50", ("total", Test::AtMost, Value::Amount(Decimal::new(129_950, 2)))),
        (Table::Orders, "customer:17", ("customer", Test::Is, Value::Amount(17.into()))),
        (Table::Orders, "customer:O'Brien", ("customer", Test::Is, text("O'Brien"))),
        (
            Table::Orders,
            "ordered:2026-04-22",
            ("ordered", Test::Is, days(date(2026, 4, 22), date(2026, 4, 22))),
        ),
        (Table::Orders, "ordered:2024-02", ("ordered", Test::Is, days(date(2024, 2, 1), date(2024, 2, 29)))),
        (
            Table::Orders,
            "ordered:>2025",
            ("ordered", Test::MoreThan, days(date(2025, 1, 1), date(2025, 12, 31))),
        ),
        (
            Table::Orders,
            "ordered:2026-04-01..2026-05",
            ("ordered", Test::Is, days(date(2026, 4, 1), date(2026, 5, 31))),
        ),
        (Table::Orders, "measure:Shipped", ("measure", Test::Is, Value::Measure(Measure::Shipped))),
        (Table::Orders, "store:1,3", ("store", Test::Is, Value::Numbers(vec![1, 3]))),
        (Table::Orders, "store:!1,3", ("store", Test::Not, Value::Numbers(vec![1, 3]))),
        (Table::Orders, "staff:Roe,A", ("staff", Test::Is, text("Roe,A"))),
        (
            Table::Stocks,
            "unsold:2026-02..2026-04",
            ("unsold", Test::Is, Value::Span(date(2026, 2, 1), date(2026, 4, 30))),
        ),
        (Table::OrderItems, "short:yes", ("short", Test::Is, Value::Yes(true))),
        (Table::Orders, "status:4", ("status", Test::Is, Value::Status(OrderStatus::Completed))),
        (Table::OrderItems, "discount:10%", ("discount", Test::Is, Value::Amount(Decimal::new(10, 2)))),
        (Table::Staffs, "active:no", ("active", Test::Is, Value::Yes(false))),
    ];
    for (which, typed, expected) in table {
        assert_eq!(one(which, typed), expected, "{typed}");
    }
}

#[test]
fn what_is_not_understood_is_told_with_what_there_is() {
    let told = |table, typed| Filter::read(table, typed).unwrap_err().to_string();
    assert_eq!(told(Table::Brands, "town:Bergen"), "No column \"town\" in brands: there are number, name.");
    assert_eq!(
        told(Table::Orders, "status:gone"),
        "\"gone\" is nothing for status: it takes pending, processing, rejected, completed, open or late."
    );
    assert!(told(Table::Orders, "ordered:22.4.2026").contains("as in 2026-04-22"));
    assert!(told(Table::Orders, "ordered:2026-05..2026-04").contains("as in 2026-04-22"));
    assert!(told(Table::Orders, "town:x").ends_with("required, shipped, measure."));
    assert_eq!(told(Table::Stocks, "unsold:>2026"), "unsold can not be compared with >.");
    assert_eq!(told(Table::Orders, "store:>1,2"), "store can not be compared with >.");
    assert_eq!(told(Table::Customers, "city:>Rowlett"), "city can not be compared with >.");
}

#[test]
fn what_is_still_being_typed_is_no_mistake() {
    for typed in ["city:", "total:>", "  ", "\"", ":", "city:~"] {
        let table = if typed.starts_with("total") { Table::Orders } else { Table::Customers };
        let filter = Filter::read(table, typed).unwrap();
        assert!(filter.conditions.is_empty(), "{typed}: {filter:?}");
    }
    assert_eq!(one(Table::Customers, "city:\"San A").2, text("San A"));
    assert_eq!(Filter::read(Table::Customers, "\"a:b\"").unwrap().words, ["a:b"]);
}

#[test]
fn every_column_of_every_table_can_be_asked_for_nothing_and_has_a_name_of_its_own() {
    for table in Table::EACH {
        let all = || fields(table).iter().chain(asked(table));
        for field in all() {
            assert_eq!(one(table, &format!("{}:\"\"", field.name)).2, Value::Nothing);
            assert_eq!(all().filter(|other| other.name == field.name).count(), 1);
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_is_understood_or_told(typed in "[a-z:\"<>=~! 0-9-]{0,40}") {
        for table in Table::EACH {
            let _ = Filter::read(table, &typed);
        }
    }
}
