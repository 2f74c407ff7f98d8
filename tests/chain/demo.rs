//! The demo chain: the same each time, whole in itself, and alive to look at.

use csv::StringRecord;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};
use storekeeper::domain::{Money, Month, StoreId, Table, Username, clean, password};
use storekeeper::etl::source::Source;
use storekeeper::service::demo::{Plan, sources, targets, users};

const TODAY: Date = date(2026, 11, 22);

/// A whole chain in memory: its tables, each row by column name.
struct Rows(HashMap<Table, Vec<HashMap<String, String>>>);

impl Rows {
    fn of(plan: &Plan) -> Rows {
        let tables = sources(plan).into_iter().map(|mut source| (source.table(), read_all(source.as_mut())));
        Rows(tables.collect())
    }

    fn table(&self, table: Table) -> &[HashMap<String, String>] {
        &self.0[&table]
    }

    fn keys(&self, table: Table, column: &str) -> HashSet<&str> {
        self.table(table).iter().map(|row| row[column].as_str()).collect()
    }

    fn by_key(&self, table: Table, column: &str) -> HashMap<&str, &HashMap<String, String>> {
        self.table(table).iter().map(|row| (row[column].as_str(), row)).collect()
    }

    /// How many orders there are for each answer of `of`.
    fn orders_by<K: Ord>(&self, of: impl Fn(Date) -> K) -> BTreeMap<K, usize> {
        let mut counts = BTreeMap::new();
        for order in self.table(Table::Orders) {
            *counts.entry(of(day(&order["order_date"]))).or_default() += 1;
        }
        counts
    }
}

fn read_all(source: &mut dyn Source) -> Vec<HashMap<String, String>> {
    let header = source.header().clone();
    let (mut rows, mut row) = (Vec::new(), StringRecord::new());
    while source.read(&mut row).unwrap().is_some() {
        assert_eq!(row.len(), header.len(), "{}: {row:?}", source.name());
        rows.push(header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect());
    }
    rows
}

fn fingerprint(source: &mut dyn Source) -> Vec<u8> {
    let (mut hash, mut row) = (Sha256::new(), StringRecord::new());
    while source.read(&mut row).unwrap().is_some() {
        hash.update(row.iter().collect::<Vec<_>>().join("\t"));
        hash.update("\n");
    }
    hash.finalize().to_vec()
}

fn fingerprints(plan: &Plan) -> Vec<Vec<u8>> {
    sources(plan).iter_mut().map(|source| fingerprint(source.as_mut())).collect()
}

fn plan(orders: u64, seed: u64) -> Plan {
    Plan { orders, seed, until: TODAY }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn net(line: &HashMap<String, String>) -> Decimal {
    let full = number(&line["quantity"]) * number(&line["list_price"]);
    (full * (Decimal::ONE - number(&line["discount"])))
        .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

#[test]
fn one_plan_makes_one_chain_and_another_seed_another() {
    let first = fingerprints(&plan(700, 1));
    assert_eq!(first, fingerprints(&plan(700, 1)));
    let other = fingerprints(&plan(700, 2));
    for (table, (one, two)) in Table::EACH.into_iter().zip(first.iter().zip(&other)).skip(2) {
        assert_ne!(one, two, "{table} is the same for another seed");
    }
}

#[test]
fn a_source_that_is_rewound_reads_the_same_rows_again() {
    for mut source in sources(&plan(300, 1)) {
        let whole = fingerprint(source.as_mut());
        source.rewind().unwrap();
        source.read(&mut StringRecord::new()).unwrap();
        source.rewind().unwrap();
        assert_eq!(fingerprint(source.as_mut()), whole, "{}", source.name());
    }
}

#[test]
fn rows_come_one_by_one_with_their_lines_and_say_how_far_they_are() {
    for (mut source, table) in sources(&plan(100_000, 3)).into_iter().zip(Table::EACH) {
        assert_eq!(source.table(), table);
        let (mut rows, mut row) = (0, StringRecord::new());
        while let Some(line) = source.read(&mut row).unwrap() {
            rows += 1;
            assert_eq!(line, rows + 1);
        }
        let (done, all) = source.position().unwrap();
        assert_eq!(done, all, "{table}");
        match table {
            Table::Orders => assert_eq!(rows, 100_000),
            Table::Customers => assert_eq!(rows, 33_334),
            Table::OrderItems => assert!((180_000..260_000).contains(&rows), "{rows} order lines"),
            _ => assert!(rows > 0, "{table}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_chain_is_whole_in_itself(
        seed in any::<u64>(), orders in 0_u64..400, days in 0_i32..2_000,
    ) {
        let until = date(2022, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let rows = Rows::of(&Plan { orders, seed, until });
        check_keys(&rows)?;
        check_orders(&rows, until)?;
        check_lines(&rows)?;
        prop_assert!((180..=320).contains(&rows.table(Table::Products).len()));
        prop_assert!((4..=6).contains(&rows.table(Table::Stores).len()));
    }
}

/// Every key is there once, and every reference leads somewhere.
fn check_keys(rows: &Rows) -> Result<(), TestCaseError> {
    let keys: [(Table, &[&str]); 9] = [
        (Table::Categories, &["category_id"]),
        (Table::Brands, &["brand_id"]),
        (Table::Products, &["product_id"]),
        (Table::Stores, &["store_id"]),
        (Table::Staffs, &["staff_id"]),
        (Table::Stocks, &["store_id", "product_id"]),
        (Table::Customers, &["customer_id"]),
        (Table::Orders, &["order_id"]),
        (Table::OrderItems, &["order_id", "item_id"]),
    ];
    for (table, key) in keys.into_iter().chain([
        (Table::Stores, &["store_name"][..]),
        (Table::Staffs, &["email"]),
        (Table::Products, &["product_name"]),
    ]) {
        let seen: HashSet<Vec<&String>> =
            rows.table(table).iter().map(|row| key.iter().map(|&column| &row[column]).collect()).collect();
        prop_assert_eq!(seen.len(), rows.table(table).len(), "{} has a key twice", table);
    }
    for (table, column, parent, key) in [
        (Table::Products, "brand_id", Table::Brands, "brand_id"),
        (Table::Products, "category_id", Table::Categories, "category_id"),
        (Table::Staffs, "store_id", Table::Stores, "store_id"),
        (Table::Staffs, "manager_id", Table::Staffs, "staff_id"),
        (Table::Stocks, "store_id", Table::Stores, "store_id"),
        (Table::Stocks, "product_id", Table::Products, "product_id"),
        (Table::Orders, "customer_id", Table::Customers, "customer_id"),
        (Table::Orders, "store_id", Table::Stores, "store_id"),
        (Table::Orders, "staff_id", Table::Staffs, "staff_id"),
        (Table::OrderItems, "order_id", Table::Orders, "order_id"),
        (Table::OrderItems, "product_id", Table::Products, "product_id"),
    ] {
        let known = rows.keys(parent, key);
        for row in rows.table(table) {
            let chief = column == "manager_id" && row["staff_id"] == "1";
            prop_assert!(chief || known.contains(row[column].as_str()), "{} {:?}", table, row);
        }
    }
    Ok(())
}

/// Dates follow each other, none that has happened lies ahead, and what is shipped is completed.
fn check_orders(rows: &Rows, until: Date) -> Result<(), TestCaseError> {
    let staff = rows.by_key(Table::Staffs, "staff_id");
    let mut last = Date::MIN;
    for order in rows.table(Table::Orders) {
        let placed = day(&order["order_date"]);
        prop_assert!(
            last <= placed && placed <= until && placed < day(&order["required_date"]),
            "{:?}",
            order
        );
        last = placed;
        prop_assert_eq!(order["order_status"] == "4", !order["shipped_date"].is_empty(), "{:?}", order);
        if !order["shipped_date"].is_empty() {
            let shipped = day(&order["shipped_date"]);
            prop_assert!(placed <= shipped && shipped <= until, "{:?}", order);
        }
        prop_assert_eq!(&staff[order["staff_id"].as_str()]["store_id"], &order["store_id"]);
    }
    Ok(())
}

/// Every order has one to five lines of different products, at today's price or an older and lower one.
fn check_lines(rows: &Rows) -> Result<(), TestCaseError> {
    let products = rows.by_key(Table::Products, "product_id");
    let mut sold: HashMap<&str, HashSet<&str>> = HashMap::new();
    for line in rows.table(Table::OrderItems) {
        let product = products[line["product_id"].as_str()];
        let (price, today) = (number(&line["list_price"]), number(&product["list_price"]));
        prop_assert!(price <= today && price * Decimal::TEN >= today * Decimal::from(8), "{:?}", line);
        prop_assert!((Decimal::ZERO..=Decimal::new(3, 1)).contains(&number(&line["discount"])), "{:?}", line);
        prop_assert!((Decimal::ONE..=Decimal::from(4)).contains(&number(&line["quantity"])), "{:?}", line);
        prop_assert!(sold.entry(&line["order_id"]).or_default().insert(&line["product_id"]), "{:?}", line);
        prop_assert_eq!(&line["item_id"], &sold[line["order_id"].as_str()].len().to_string());
    }
    prop_assert_eq!(sold.len(), rows.table(Table::Orders).len());
    prop_assert!(sold.values().all(|products| products.len() <= 5));
    Ok(())
}

#[test]
fn trade_follows_the_year_the_week_and_the_presents() {
    let rows = Rows::of(&plan(5_000, 1));
    let months = rows.orders_by(Month::of);
    for (month, &orders) in months.iter().rev().take(13) {
        assert!(orders > 60, "{orders} orders in {month}");
    }
    let of_year = rows.orders_by(|day| day.month());
    assert!(of_year[&5] + of_year[&6] > 2 * (of_year[&1] + of_year[&2]), "{of_year:?}");
    let of_week = rows.orders_by(|day| day.weekday().to_monday_zero_offset());
    let [monday, saturday] =
        [Weekday::Monday, Weekday::Saturday].map(|day| of_week[&day.to_monday_zero_offset()]);
    assert!(saturday > 2 * monday, "{of_week:?}");
    let year = |year: i16| months.iter().filter(move |(month, _)| month.first_day().year() == year);
    assert!(year(2025).map(|(_, orders)| orders).sum::<usize>() > year(2024).map(|(_, orders)| orders).sum());

    let categories = rows.by_key(Table::Categories, "category_id");
    let products = rows.by_key(Table::Products, "product_id");
    let orders = rows.by_key(Table::Orders, "order_id");
    let mut kids = BTreeMap::<i8, usize>::new();
    for line in rows.table(Table::OrderItems) {
        let category = &products[line["product_id"].as_str()]["category_id"];
        if categories[category.as_str()]["category_name"].starts_with("Kids") {
            *kids.entry(day(&orders[line["order_id"].as_str()]["order_date"]).month()).or_default() += 1;
        }
    }
    assert_eq!(kids.iter().max_by_key(|(_, lines)| **lines).unwrap().0, &12, "{kids:?}");
}

#[test]
fn there_is_something_to_look_after_this_morning() {
    let rows = Rows::of(&plan(5_000, 1));
    let orders = rows.table(Table::Orders);
    let share =
        |holds: &dyn Fn(&HashMap<String, String>) -> bool| orders.iter().filter(|row| holds(row)).count();
    let is_open = |row: &HashMap<String, String>| ["1", "2"].contains(&row["order_status"].as_str());
    let open = share(&is_open);
    assert!((12..60).contains(&open), "{open} open orders");
    let late = share(&|row| is_open(row) && day(&row["required_date"]) < TODAY);
    assert!((2..open / 2).contains(&late), "{late} of {open} open orders are late");
    let shipped_late =
        share(&|row| !row["shipped_date"].is_empty() && row["shipped_date"] > row["required_date"]);
    assert!((150..800).contains(&shipped_late), "{shipped_late} orders were shipped late");
    let rejected = share(&|row| row["order_status"] == "3");
    assert!((100..220).contains(&rejected), "{rejected} orders were rejected");

    let stocks = rows.table(Table::Stocks);
    let at_most =
        |most: u32| stocks.iter().filter(|row| row["quantity"].parse::<u32>().unwrap() <= most).count();
    assert!(at_most(0) > 5 && at_most(4) > 3 * at_most(0), "{} sold out, {} low", at_most(0), at_most(4));
    let pairs = rows.table(Table::Stores).len() * rows.table(Table::Products).len();
    assert!(stocks.len() < pairs * 95 / 100, "every product was counted in every store");
    assert!(
        rows.table(Table::OrderItems).iter().any(|line| {
            let exact = number(&line["quantity"])
                * number(&line["list_price"])
                * (Decimal::ONE - number(&line["discount"]));
            (exact - net(line)).abs() == Decimal::new(5, 3)
        }),
        "no line ends in half a cent"
    );
}

#[test]
fn targets_lie_near_what_was_sold() {
    let plan = plan(5_000, 1);
    let rows = Rows::of(&plan);
    let orders = rows.by_key(Table::Orders, "order_id");
    let mut sold = HashMap::<(String, Month), Decimal>::new();
    for line in rows.table(Table::OrderItems) {
        let order = orders[line["order_id"].as_str()];
        if order["order_status"] != "3" {
            *sold.entry((order["store_id"].clone(), Month::of(day(&order["order_date"])))).or_default() +=
                net(line);
        }
    }
    let targets: HashMap<(StoreId, Month), Money> =
        targets(&plan).map(|(store, month, target)| ((store, month), target)).collect();
    assert_eq!(targets.len(), sold.len());
    for ((store, month), target) in targets {
        let reached = sold[&(store.to_string(), month)] / target.amount();
        let expected = if month == Month::of(TODAY) { 50..=100 } else { 70..=120 };
        let percent = (reached * Decimal::ONE_HUNDRED).trunc();
        assert!(expected.contains(&u32::try_from(percent).unwrap()), "{store} {month}: {percent} %");
    }
}

#[test]
fn nobody_real_can_be_reached_and_no_text_acts_on_a_terminal() {
    for mut source in sources(&plan(3_000, 9)) {
        for row in read_all(source.as_mut()) {
            for (column, text) in row {
                assert_eq!(clean(&text), text, "{column}");
                let text = text.as_str();
                match column.as_str() {
                    "email" => assert!(text.is_empty() || is_reserved(text), "{text}"),
                    "phone" => assert!(text.is_empty() || text.contains(" 555-01"), "{text}"),
                    "time_zone" => assert!(jiff::tz::TimeZone::get(text).is_ok(), "{text}"),
                    "product_name" => assert!(text.chars().count() <= 48, "{text}"),
                    _ => {}
                }
            }
        }
    }
}

/// RFC 2606, 2 and 3.
fn is_reserved(email: &str) -> bool {
    email.is_ascii()
        && [".example", "@example.com", "@example.net", "@example.org"]
            .iter()
            .any(|domain| email.ends_with(domain))
}

#[test]
fn the_users_could_have_been_made_by_hand_one_a_role() {
    let mut roles = HashSet::new();
    for user in users() {
        assert!(user.username.parse::<Username>().is_ok(), "{}", user.username);
        assert_eq!(password::check(user.password, user.username, 8), Ok(()), "{}", user.username);
        roles.insert(user.role);
    }
    assert_eq!(roles.len(), 3);
}

#[test]
fn a_chain_on_the_first_day_of_a_month_has_a_target_for_it() {
    let plan = Plan { orders: 20_000, seed: 4, until: date(2025, 6, 1) };
    let this_month = Month::of(plan.until);
    let (mut last_year, mut now) = (Decimal::ZERO, Decimal::ZERO);
    for (_, month, target) in targets(&plan) {
        if month == this_month {
            now += target.amount();
        } else if month == this_month.a_year_before() {
            last_year += target.amount();
        }
    }
    assert!(now > last_year / Decimal::TWO && now < last_year * Decimal::from(3), "{now} after {last_year}");
}
