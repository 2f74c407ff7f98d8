//! Letters to customers.

use crate::readers;
use crate::shop::Shop;
use crate::support;
use storekeeper::domain::{Money, NumberFormat};

async fn change(shop: &Shop, statement: &str) {
    shop.chain.run(statement).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_has_the_address_the_orders_in_words_and_their_totals() {
    if !readers::are_there() {
        return;
    }
    let shop = Shop::small().await;
    let file = shop.print("customer 1");
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("customer_report_1_Åse_O_Brien_20") && name.ends_with(".pdf"), "{name}");
    let text = readers::sentences(&file);
    for expected in [
        "Harbour Street Quay 1 · Bergen, NO 5003 · +47 55 00 · harbour@x.example",
        "Åse O'Brien Way 3, 2nd floor Bergen, NO 5003",
        "Dear Åse O'Brien,",
        "Since 2 January 2026 you have placed 1 order with us, worth $5,248.05 after discount.",
        "Order 1 placed 2 January 2026 at Harbour Street",
        "Completed, shipped 3 Jan 2026",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in\n{text}");
    }
    let rows = readers::text(&file).split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "Item Pieces Price ($) Discount Total ($) Lastesykkel 7 1 2,999.00 5% 2,849.05 Vind 2 1,199.50 2,399.00",
        "Total 3 $5,248.05",
        "by the operator Page 1 of 1",
    ] {
        assert!(rows.contains(expected), "{expected:?} is not in\n{rows}");
    }
    let text = readers::sentences(&shop.print("customer 2"));
    assert!(text.contains("Pending, promised for 7 Jan 2026") && text.contains("at Mill Lane"), "{text}");
    assert!(text.contains("Order 2") && !text.contains("Order 1 "), "only their own orders");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_any_script_are_shown_and_can_be_copied() {
    if !readers::are_there() {
        return;
    }
    let shop = Shop::small().await;
    let names = [
        ("Łucja", "Źdźbło-Gżegżółka"),
        ("Ευφροσύνη", "Παπαδοπούλου"),
        ("Святослав", "Щербаченко"),
        ("Zoë 🚲🎉", "O’Neill ❤\u{fe0f}"),
        ("自転車", "屋さん"),
    ];
    for (first, last) in names {
        change(
            &shop,
            &format!(
                "UPDATE customers SET first_name = '{first}', last_name = '{last}' WHERE customer_id = 1"
            ),
        )
        .await;
        let text = readers::sentences(&shop.print("customer 1"));
        let name = format!("{first} {last}").replace('\u{fe0f}', "");
        assert!(text.contains(&format!("Dear {name},")), "{name}: {text}");
    }
    // A placeholder is drawn for what no font has, and nothing of it is lost: it is one embedded glyph a character.
    assert_eq!(shop.names().len(), names.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_product_name_is_wrapped_and_not_cut() {
    if !readers::are_there() {
        return;
    }
    let shop = Shop::small().await;
    let name = "Überlandrad mit Anhänger und ".repeat(9).chars().take(255).collect::<String>();
    change(&shop, &format!("UPDATE products SET product_name = '{name}' WHERE product_id = 1")).await;
    let kept = |text: &str| text.split_whitespace().collect::<String>();
    let text = readers::sentences(&shop.print("customer 1"));
    assert!(kept(&text).contains(&kept(&name)), "{text}");
    let one_word = "ж".repeat(255);
    change(&shop, &format!("UPDATE products SET product_name = '{one_word}' WHERE product_id = 1")).await;
    let text = readers::sentences(&shop.print("customer 1"));
    assert_eq!(text.matches('ж').count(), 255, "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_without_orders_gets_a_letter_too() {
    if !readers::are_there() {
        return;
    }
    let shop = Shop::small().await;
    change(&shop, "INSERT INTO customers (customer_id, first_name, last_name) VALUES (7, 'Nora', 'New')")
        .await;
    let file = shop.print("customer 7");
    let text = readers::sentences(&file);
    assert!(text.contains("You have not placed an order with us yet."), "{text}");
    assert_eq!(readers::pages(&file).0, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_orders_are_all_there() {
    if !readers::are_there() {
        return;
    }
    let shop = Shop::small().await;
    // What both engines can count with.
    const COUNTED: &str = "WITH digits AS (SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4
                                       UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9),
                        counted AS (SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n AS seq
                                      FROM digits a, digits b, digits c, digits d)";
    change(
        &shop,
        &format!(
            "INSERT INTO orders (order_id, customer_id, order_status, order_date, required_date, store_id, staff_id)
             {COUNTED} SELECT 1000 + seq, 2, 1 + seq % 4, DATE('2020-01-01') + INTERVAL seq % 2000 DAY, '2027-01-01', 2, 2
               FROM counted WHERE seq BETWEEN 1 AND 4999"
        ),
    )
    .await;
    change(
        &shop,
        &format!(
            "INSERT INTO order_items (order_id, item_id, product_id, quantity, list_price, discount)
             {COUNTED} SELECT 1000 + seq, item, 1 + (seq + item) % 3, item, 10.00 + seq, 0.05 * (item - 1)
               FROM counted, (SELECT 1 AS item UNION SELECT 2 UNION SELECT 3) AS items WHERE seq BETWEEN 1 AND 4999"
        ),
    )
    .await;
    let file = shop.print("customer 2");
    let text = readers::text(&file);
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut orders: Vec<u32> = words
        .windows(3)
        .filter(|words| words[0] == "Order" && words[2] == "placed")
        .map(|words| words[1].parse().unwrap())
        .collect();
    orders.sort_unstable();
    assert_eq!(orders, [2].into_iter().chain(1001..=5999).collect::<Vec<u32>>());
    let net = shop.chain.one(
        "SELECT SUM(line_net) FROM orders JOIN order_items USING (order_id) WHERE customer_id = 2 AND order_status <> 3",
    );
    let net = NumberFormat::like("$1,234.50").unwrap().money(Money::rounded(net.await));
    assert!(text.contains(&net), "{net}");
    let (pages, _) = readers::pages(&file);
    assert!(text.contains(&format!("Page {pages} of {pages}")) && pages > 100, "{pages}");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_customers_of_the_sample_have_their_letter() {
    let Some(sample) = support::shared_data("bikestores") else { return };
    if !readers::are_there() {
        return;
    }
    let shop = Shop::with(&sample).await;
    let told = shop.run(&format!("report customer --all --json --out {}", shop.out().display()));
    let files = told.files();
    assert_eq!((files.len(), shop.names().len()), (1445, 1445));
    assert_eq!(told.json()["documents"], 1445);
    for file in files.iter().step_by(289) {
        let number = file.file_name().unwrap().to_str().unwrap().split('_').nth(2).unwrap();
        let (name, net): (String, rust_decimal::Decimal) = shop
            .chain
            .one(&format!(
                "SELECT CONCAT(first_name, ' ', last_name), COALESCE(SUM(line_net), 0)
                   FROM customers JOIN orders USING (customer_id) JOIN order_items USING (order_id)
                  WHERE customer_id = {number} AND order_status <> 3"
            ))
            .await;
        let text = readers::sentences(file);
        let net = NumberFormat::like("$1,234.50").unwrap().money(Money::rounded(net));
        assert!(
            text.contains(&format!("Dear {name},")) && text.contains(&net),
            "{number} {name} {net}: {text}"
        );
    }
    let several = shop.run(&format!("report customer 5 3 5 --json --out {}", shop.out().display()));
    assert_eq!(several.files().len(), 2);
}
