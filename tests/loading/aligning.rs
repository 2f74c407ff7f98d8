//! Columns under other names, rows named in words, days in either order, keys that stand twice.

use crate::chain::{Chain, counts, said};
use storekeeper::etl::{Dates, Mapping, OnDuplicate, Options};

const ORDERS: &str =
    "order_id,customer_id,order_status,order_date,required_date,shipped_date,store_id,staff_id\n";

#[tokio::test]
async fn a_mapping_is_said_saved_and_used_again() {
    let chain = Chain::new().await;
    let file = chain.file("brands.csv", "No.,Maker,Remark\n1,Nordlys,good\n");
    let refused = chain.load(&file).await.unwrap_err().to_string();
    assert!(refused.contains("no column of its first line is known"), "{refused}");

    let mut mapping = Mapping::default();
    for typed in ["No.=brand_id", "maker=brand_name", "Remark="] {
        mapping.say(typed).unwrap();
    }
    let saved = chain.folder.path().join("brands.toml");
    let options = Options { mapping: mapping.clone(), save_mapping: Some(saved.clone()), ..chain.options() };
    let receipt = chain.load_with(&file, &options).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [1, 1, 0, 0, 0]));

    let mapping = Mapping::read(&std::fs::read_to_string(saved).unwrap()).unwrap();
    let receipt =
        chain.load_with(&file, &Options { mapping: mapping.clone(), ..chain.options() }).await.unwrap();
    assert_eq!(receipt.status.word(), "nothing_to_do");

    let mut astray = mapping;
    astray.say("Colour=").unwrap();
    let refused = chain.load_with(&file, &Options { mapping: astray, ..chain.options() }).await.unwrap_err();
    assert_eq!(refused.to_string(), "--map speaks of Colour, which no file has. Nothing was loaded.");
}

#[tokio::test]
async fn products_brands_and_categories_are_found_by_name() {
    let chain = Chain::stocked().await;
    let set = chain.folder.path().join("named");
    std::fs::create_dir(&set).unwrap();
    let write = |name: &str, text: &str| std::fs::write(set.join(name), text).unwrap();
    write(
        "products.csv",
        "product_id,product_name,brand,category,model_year,list_price\n4,Regn,nordlys,ROAD,2026,10\n5,Vind,Nordlys,Road,2027,11\n",
    );
    write(
        "stocks.csv",
        "store,product,quantity\nMill Lane,regn,5\nMill Lane,Vind,1\nMill Lane,Lastesykel 7,1\n",
    );
    let receipt = chain.load_with(&set, &chain.skipping()).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [5, 3, 0, 0, 2]));
    let told = said(receipt.rejects_file.as_deref().unwrap());
    assert_eq!(
        told[0][1..],
        ["product_id", "ambiguous", "product \"Vind\" is more than one: product_id 2, 5. Give the number."]
    );
    assert_eq!(told[1][3], "product \"Lastesykel 7\" is not known. Near are \"lastesykkel 7\".");
    let stock: (u32, u32) = chain.one("SELECT store_id, product_id FROM stocks WHERE quantity = 5").await;
    assert_eq!(stock, (2, 4));
}

#[tokio::test]
async fn a_day_that_can_be_read_two_ways_is_never_guessed() {
    let chain = Chain::stocked().await;
    let row = |id: u32, placed: &str, shipped: &str| format!("{id},1,4,{placed},2026-12-31,{shipped},1,1\n");
    let doubtful = format!("{ORDERS}{}{}", row(11, "03/04/2026", "NULL"), row(12, "2026-05-01", ""));
    let told = chain.refused("orders", &doubtful).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0][..3], ["2", "order_date", "date"]);
    assert_eq!(
        told[0][3],
        "order_date \"03/04/2026\" is 2026-04-03 or 2026-03-04, and the column does not tell which. Say --dates dmy or --dates mdy."
    );

    let dates = |rule: &str| {
        let mut dates = Dates::default();
        dates.add(rule).unwrap();
        Options { dates, ..chain.options() }
    };
    let placed = async |options: &Options, text: &str| {
        chain.run("DELETE FROM orders WHERE order_id > 10").await;
        let receipt = chain.load_with(&chain.file("orders.csv", text), options).await.unwrap();
        assert_eq!(receipt.status.word(), "committed");
        let days: Vec<String> = chain
            .rows("SELECT CONCAT(order_date, ' ', COALESCE(shipped_date, '-')) FROM orders WHERE order_id > 10 ORDER BY order_id")
            .await;
        days.join("; ")
    };
    assert_eq!(placed(&dates("dmy"), &doubtful).await, "2026-04-03 -; 2026-05-01 -");
    assert_eq!(placed(&dates("order_date=mdy"), &doubtful).await, "2026-03-04 -; 2026-05-01 -");

    // The last row proves the order of its own column, and of that alone.
    let proved =
        format!("{ORDERS}{}{}", row(11, "03/04/2026", "4 April 2026"), row(12, "13/04/2026", "05/05/2026"));
    assert_eq!(placed(&chain.options(), &proved).await, "2026-04-03 2026-04-04; 2026-04-13 2026-05-05");
    let notes = chain.progress.borrow().notes.join(" ");
    assert!(notes.contains("order_date is read day first") && !notes.contains("shipped_date"), "{notes}");

    let mixed = format!("{ORDERS}{}{}", row(21, "13/04/2026", ""), row(22, "04/13/2026", ""));
    let told = chain.refused("orders", &mixed).await;
    assert_eq!(told.len(), 2);
    assert!(told[0][3].contains("days before months and months before days"), "{told:?}");
}

#[tokio::test]
async fn which_of_two_rows_with_one_key_wins_is_a_choice() {
    let text = "brand_id,brand_name\n1,First\n2,Only\n1,Last\n";
    for (choice, status, kept) in [
        (OnDuplicate::Reject, "rejected", None),
        (OnDuplicate::First, "committed", Some("First")),
        (OnDuplicate::Last, "committed", Some("Last")),
    ] {
        let chain = Chain::new().await;
        let options = Options { on_duplicate: choice, ..chain.options() };
        let receipt = chain.load_with(&chain.file("brands.csv", text), &options).await.unwrap();
        assert_eq!((receipt.status.word(), receipt.rejected()), (status, 1), "{choice:?}");
        let told = said(receipt.rejects_file.as_deref().unwrap());
        assert_eq!(told[0][0], if choice == OnDuplicate::Last { "2" } else { "4" });
        let name: Vec<String> = chain.rows("SELECT brand_name FROM brands WHERE brand_id = 1").await;
        assert_eq!(name.first().map(String::as_str), kept);
    }
    // A choice between doubles excuses no other fault.
    let chain = Chain::new().await;
    let options = Options { on_duplicate: OnDuplicate::Last, ..chain.options() };
    let receipt =
        chain.load_with(&chain.file("brands.csv", &format!("{text}x,Fault\n")), &options).await.unwrap();
    assert_eq!((receipt.status.word(), receipt.rejected()), ("rejected", 2));
}
