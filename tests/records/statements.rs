//! Every statement of `sql/queries`, and how the server would carry it out at a million order lines.

use crate::large::{large, plan};
use mysql_async::Value;
use mysql_async::prelude::Queryable;
use std::fs;
use std::path::{Path, PathBuf};
use storekeeper::db::Engine;

/// Statements that read a table which grows from end to end, and why they may.
const READ_WHOLE: [(&str, &str); 10] = [
    ("audit/all.sql", "the whole log is checked, or exported"),
    ("check/dates.sql", "each order is checked"),
    ("check/orphans.sql", "each row is checked"),
    ("check/sums.sql", "each line is checked"),
    ("demo/strangers.sql", "each row of a demo is looked at before it is cleared"),
    ("export/customers.sql", "each row is exported, as it is read"),
    ("export/order_items.sql", "each row is exported, as it is read"),
    ("export/orders.sql", "each row is exported, as it is read"),
    ("export/stocks.sql", "each row is exported, as it is read"),
    ("reports/customer_count.sql", "an index is counted, once, before a letter is printed for each customer"),
];

/// Statements that do so only as long as nothing narrows them.
const READ_WHOLE_UNLESS_NARROWED: [(&str, &str); 7] = [
    ("demo/any_rows.sql", "the server ends at the first row"),
    ("figures/sold.sql", "figures of all days there are; the screens always ask for some"),
    ("figures/sold_products.sql", "the same"),
    ("records/customers.sql", "the code adds conditions and a limit, whose plans are asked for in plans.rs"),
    ("records/order_items.sql", "the same"),
    ("records/orders.sql", "the same"),
    ("records/stocks.sql", "the same"),
];

/// Statements that the server can not tell the plan of: they touch no table, or any whose name is put in, or are a part of
/// another (which plans.rs asks for).
const WITHOUT_A_PLAN: [&str; 6] = [
    "server/unlock.sql",
    "doctor/encryption.sql",
    "import/patience.sql",
    "chain/count.sql",
    "demo/clear_rows.sql",
    "records/sold_in_span.sql",
];

#[tokio::test]
async fn no_statement_reads_a_large_table_whole_unless_it_is_named_here() {
    let shop = large().await;
    let lines: Option<u64> =
        shop.db.conn().await.unwrap().query_first("SELECT COUNT(*) FROM order_items").await.unwrap();
    assert!(lines.unwrap() >= 1_000_000, "{lines:?}");

    let is_mysql = shop.db.engine() == Engine::MySql;
    let mut wrong = Vec::new();
    for file in statements() {
        let name = file.strip_prefix(folder()).unwrap().to_str().unwrap().to_owned();
        let sql = fs::read_to_string(&file).unwrap();
        if WITHOUT_A_PLAN.contains(&name.as_str()) {
            continue;
        }
        let named = |list: &[(&str, &str)]| list.iter().any(|(named, _)| *named == name);
        let can_be_narrowed = filled(&sql, true) != filled(&sql, false);
        let mut asked = vec![(false, named(&READ_WHOLE) || named(&READ_WHOLE_UNLESS_NARROWED))];
        if can_be_narrowed {
            asked.push((true, named(&READ_WHOLE)));
        }
        for (narrowed, may) in asked {
            let (sql, values) = filled(&sql, narrowed);
            let steps = plan(&shop, &sql, values).await;
            match (may, steps.iter().find(|step| step.reads_large_table_whole())) {
                (false, Some(step)) => wrong.push(format!("{name} reads {step:?}")),
                // Another engine may have found another way, which is no fault.
                (true, None) if !is_mysql => {
                    wrong.push(format!("{name} reads no large table whole, and is named as one that does"));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sql/queries")
}

fn statements() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .flat_map(|area| fs::read_dir(area.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    files
}

/// The statement with `?` for each parameter, and a value for each, in order. `narrowed` says whether those that may be NULL,
/// which narrow the rows no further then, have one as well.
fn filled(sql: &str, narrowed: bool) -> (String, Vec<Value>) {
    let mut text = String::new();
    let mut bound = Vec::new();
    for line in sql.lines().filter(|line| !line.trim_start().starts_with("--")) {
        let mut rest = line;
        while let Some((before, from)) = rest.find([':', '?']).map(|at| rest.split_at(at)) {
            let (mark, from) = from.split_at(1);
            let name = &from[..from
                .find(|letter: char| !matches!(letter, 'a'..='z' | '0'..='9' | '_'))
                .unwrap_or(from.len())];
            let is_left_out = !narrowed && sql.contains(&format!(":{name} IS NULL"));
            text.push_str(before);
            rest = if mark == "?" { from } else { &from[name.len()..] };
            match (mark, name) {
                (":", "") => text.push(':'),
                _ => {
                    text.push('?');
                    bound.push(if mark == ":" && is_left_out { Value::NULL } else { value(name) });
                }
            }
        }
        text.push_str(rest);
        text.push('\n');
    }
    (text, bound)
}

/// What stands for a parameter of a name: rows that are there, and few of many.
fn value(name: &str) -> Value {
    match name {
        "stores" => Value::from("17,18,19"),
        "from" | "month" => Value::from("2026-03-01"),
        "to" | "as_of" | "since" => Value::from("2026-03-31"),
        "measure" => Value::from("booked"),
        "role" => Value::from("employee"),
        "action" => Value::from("act.7"),
        "actor" | "username" => Value::from("user17"),
        "table" => Value::from("customers"),
        "subject" => Value::from("customer 17"),
        "after_name" => Value::from("user17"),
        "one" => Value::from("Last77%"),
        "other" => Value::from("First7%"),
        "email" => Value::from("17%"),
        "name" | "find" => Value::from("%77%"),
        "first" | "last" => Value::from("55577%"),
        "sort" => Value::from("name"),
        "people" => Value::from("17,18"),
        _ => Value::from("17"),
    }
}
