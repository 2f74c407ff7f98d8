//! The figures on paper are those of `kpi` and of the export.

use crate::readers;
use crate::shop::Shop;
use crate::support;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use storekeeper::domain::{Money, NumberFormat};

const FORMATS: [&str; 2] = ["$1,234.50", "1.234,50 kr"];

fn written(format: &str, figure: &Value) -> String {
    let sum: Decimal = figure.as_str().unwrap().parse().unwrap();
    NumberFormat::like(format).unwrap().money(Money::rounded(sum))
}

fn count(format: &str, figure: &Value) -> String {
    NumberFormat::like(format).unwrap().count(figure.as_u64().unwrap())
}

/// Every figure of `kpi` stands in the sales report of the same scope.
fn agree(shop: &Shop, scopes: &[&str]) {
    for (number, scope) in scopes.iter().enumerate() {
        let kpi = shop.run(&format!("kpi --json {scope}")).json();
        let format = FORMATS[number % 2];
        let settings = [("STOREKEEPER__REPORT__MONEY", format)];
        let text = readers::text(&shop.print_with(&format!("sales {scope}"), &settings));
        for figure in ["net", "gross", "discount", "average_order_value"] {
            let expected = written(format, &kpi[figure]);
            assert!(text.contains(&expected), "{scope}: {figure} {expected} is not in\n{text}");
        }
        for figure in ["orders", "units"] {
            assert!(text.contains(&count(format, &kpi[figure])), "{scope}: {figure}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_on_paper_are_those_of_kpi_and_of_the_export() {
    if !readers::are_there() {
        return;
    }
    let shop = Shop::small().await;
    agree(&shop, &["--measure all", "--measure shipped", "--store 2", "--from 2026-01-02 --to 2026-01-02"]);
    let all = shop.run("kpi --json --measure all").json();
    assert_eq!(exported_net(&shop), all["net"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_golden_figures_of_the_sample_are_the_same_on_paper_in_kpi_and_in_the_export() {
    let Some(sample) = support::shared_data("bikestores") else { return };
    if !readers::are_there() {
        return;
    }
    let shop = Shop::with(&sample).await;
    agree(
        &shop,
        &[
            "--measure all",
            "--measure booked",
            "--measure shipped",
            "--store 2 --from 2018-04-01 --to 2018-04-30",
            "--measure all --store 3",
            "--from 2017-01-01 --to 2017-12-31",
        ],
    );
    let all = shop.run("kpi --json --measure all").json();
    assert_eq!((&all["gross"], &all["net"]), (&"8578988.88".into(), &"7689109.71".into()));
    assert_eq!(exported_net(&shop), "7689109.71");
}

/// The lines of the export added up, each rounded.
fn exported_net(shop: &Shop) -> String {
    let lines = shop.run("export order_items");
    let mut rows = csv::Reader::from_reader(lines.out.as_bytes());
    let header = rows.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|other| other == name).unwrap();
    let columns = ["quantity", "list_price", "discount"].map(column);
    let mut sum = Decimal::ZERO;
    for row in rows.records() {
        let row = row.unwrap();
        let [quantity, price, discount] = columns.map(|column| row[column].parse::<Decimal>().unwrap());
        let net = quantity * price * (Decimal::ONE - discount);
        sum += net.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    }
    sum.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn stores_and_months_add_up_to_the_whole() {
    let Some(sample) = support::shared_data("bikestores") else { return };
    if !readers::are_there() {
        return;
    }
    let shop = Shop::with(&sample).await;
    let text = readers::text(&shop.print("sales --measure all"));
    for store in 1..=3 {
        let kpi = shop.run(&format!("kpi --json --measure all --store {store}")).json();
        let net = NumberFormat::like("$1,234.50")
            .unwrap()
            .amount(Money::rounded(kpi["net"].as_str().unwrap().parse().unwrap()));
        assert!(text.contains(&net), "store {store}: {net}");
    }
    let months: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.contains("Share"))
        .take_while(|line| !line.contains("By store"))
        .collect();
    let last = months.iter().rev().find(|line| line.trim_start().starts_with("Total")).unwrap();
    assert!(last.contains("7,689,109.71"), "{months:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_and_what_is_low_are_what_the_database_has() {
    let Some(sample) = support::shared_data("bikestores") else { return };
    if !readers::are_there() {
        return;
    }
    let shop = Shop::with(&sample).await;
    let (pieces, value): (u64, Decimal) = shop
        .chain
        .one("SELECT CAST(SUM(quantity) AS UNSIGNED), SUM(quantity * list_price) FROM stocks JOIN products USING (product_id)")
        .await;
    let format = NumberFormat::like("$1,234.50").unwrap();
    let text = readers::text(&shop.print("stock"));
    assert!(
        text.contains(&format.money(Money::rounded(value))) && text.contains(&format.count(pieces)),
        "{text}"
    );
    assert!(text.contains("8 products were never counted"), "the trap in the sample");
    let low: u64 = shop.chain.one("SELECT COUNT(*) FROM stocks WHERE quantity < 5").await;
    let text = readers::text(&shop.print("low-stock"));
    assert!(text.contains(&format.count(low)), "{low}: {text}");
    let (on_hand, promised): (i64, i64) = shop
        .chain
        .one(
            "SELECT CAST(quantity AS SIGNED), (SELECT CAST(SUM(i.quantity) AS SIGNED) FROM order_items i JOIN orders o USING (order_id)
               WHERE i.product_id = s.product_id AND o.store_id = s.store_id AND o.order_status IN (1, 2)) AS promised
               FROM stocks s WHERE quantity < 5 HAVING promised > 2 ORDER BY promised DESC, product_id LIMIT 1",
        )
        .await;
    let row = format!("{on_hand} {promised} {}", 5 + promised - on_hand);
    let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(squeezed.contains(&row), "{row}");
}
