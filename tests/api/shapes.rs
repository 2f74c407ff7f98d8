//! Shapes that nobody told of: each server has its own, and the program is given nothing but its address.

use crate::server::{Asked, Reply, Server, json, nothing, text};
use crate::world::World;
use serde_json::{Value, json};

/// Customers from one number up to before another.
fn customers(from: usize, to: usize) -> Vec<Value> {
    (from..to)
        .map(|id| json!({"customer_id": id, "first_name": format!("Ann {id}"), "last_name": "Holm"}))
        .collect()
}

const ALL: usize = 57;

/// The customers after so many others, at most so many.
fn after(others: usize, most: usize) -> Vec<Value> {
    customers(others + 1, (others + most).min(ALL) + 1)
}

/// Loads from a server that is told nothing of but its address, and has all customers afterwards.
async fn loads_all(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> (World, Value) {
    let (world, server) = (World::new().await, Server::start(answer));
    let ran = world.load(&server.url, &[]);
    let rows = world.count("customers").await;
    assert_eq!((ran.code, rows), (0, ALL as u64), "{ran:?}");
    let table = ran.table("customers");
    assert_eq!(table["rows"], ALL);
    let again = world.load(&server.url, &["--full"]);
    assert_eq!((again.code, again.json()["status"].as_str()), (0, Some("nothing_to_do")), "{again:?}");
    (world, table)
}

fn at(asked: &Asked, path: &str, reply: impl FnOnce(&Asked) -> Reply) -> Reply {
    if asked.path == path { reply(asked) } else { nothing() }
}

#[tokio::test]
async fn an_envelope_three_deep_with_cursors() {
    let (_, table) = loads_all(|asked| {
        at(asked, "/api/v1/customers", |asked| {
            let from = asked.query.get("cursor").map_or(0, |token| token[1..].parse().unwrap());
            let next = (from + 20 < ALL).then(|| format!("t{}", from + 20));
            json(&json!({"meta": {"next_cursor": next}, "result": {"customers": after(from, 20)}}))
        })
    })
    .await;
    assert_eq!(table["complete"], "proved");
    assert_eq!(table["pages"], 3);
}

#[tokio::test]
async fn a_bare_list_with_a_link_header() {
    loads_all(|asked| {
        at(asked, "/customers", |asked| {
            let page = asked.number("page").unwrap_or(1);
            let reply = json(&json!(after((page - 1) * 10, 10)));
            if page * 10 >= ALL {
                return reply;
            }
            reply.with(
                "Link",
                &format!("</customers?page={}>; rel=\"next\", </customers?page=6>; rel=\"last\"", page + 1),
            )
        })
    })
    .await;
}

#[tokio::test]
async fn page_numbers_from_nought_with_a_count_of_pages() {
    let (_, table) = loads_all(|asked| {
        at(asked, "/api/customers", |asked| {
            let (page, size) =
                (asked.number("page").unwrap_or(0), asked.number("size").unwrap_or(10).min(25));
            json(&json!({
                "content": after(page * size, size),
                "page": {"number": page, "size": size, "totalElements": ALL, "totalPages": ALL.div_ceil(size)}
            }))
        })
    })
    .await;
    assert_eq!((table["complete"].as_str(), table["total"].as_u64()), (Some("proved"), Some(ALL as u64)));
}

#[tokio::test]
async fn page_numbers_in_a_bare_list_that_says_nothing() {
    let (_, table) = loads_all(|asked| {
        at(asked, "/customers", |asked| {
            let page = asked.number("page").unwrap_or(1);
            json(&json!(after((page - 1) * 10, 10)))
        })
    })
    .await;
    assert_eq!(table["complete"], "proved");
    assert!(table["why"].as_str().unwrap().contains("is empty"), "{table}");
}

#[tokio::test]
async fn an_offset_and_a_limit_of_their_own_names() {
    loads_all(|asked| {
        at(asked, "/v1/customers", |asked| {
            let (skip, take) =
                (asked.number("$skip").unwrap_or(0), asked.number("$top").unwrap_or(15).min(20));
            json(&json!({"value": after(skip, take), "@odata.count": ALL}))
        })
    })
    .await;
}

#[tokio::test]
async fn rows_after_the_last_number() {
    let (_, table) = loads_all(|asked| {
        at(asked, "/customers", |asked| {
            let from = asked.number("starting_after").unwrap_or(0);
            let has_more = from + 10 < ALL;
            json(&json!({"object": "list", "has_more": has_more, "data": after(from, 10)}))
        })
    })
    .await;
    assert_eq!(table["complete"], "proved");
}

#[tokio::test]
async fn links_of_a_json_api() {
    loads_all(|asked| match asked.path.as_str() {
        "/" => json(&json!({"links": {"customers": "/people/customers", "self": "/"}})),
        "/people/customers" => {
            let from = asked.number("page[offset]").unwrap_or(0);
            let rows: Vec<Value> = after(from, 20)
                .into_iter()
                .map(|row| {
                    json!({"type": "customers", "id": row["customer_id"].to_string(), "attributes": {
                        "first_name": row["first_name"], "lastName": row["last_name"],
                        "address": {"city": "Bergen"}
                    }})
                })
                .collect();
            let next = (from + 20 < ALL).then(|| format!("/people/customers?page[offset]={}", from + 20));
            json(&json!({"data": rows, "links": {"next": next}, "meta": {"total": ALL}}))
        }
        _ => nothing(),
    })
    .await;
}

#[tokio::test]
async fn links_of_hal_and_a_web_page_that_lists_them() {
    loads_all(|asked| match asked.path.as_str() {
        "/" => text(200, "text/html", "<html><a href='/about'>About</a> <a href=\"/hal/customers\">Customers</a></html>"),
        "/hal/customers" => {
            let page = asked.number("page").unwrap_or(1);
            let next = (page * 20 < ALL).then(|| json!({"href": format!("/hal/customers?page={}", page + 1)}));
            let mut reply = json!({"_embedded": {"customers": after((page - 1) * 20, 20)}, "_links": {"self": {"href": "/"}}});
            if let Some(next) = next {
                reply["_links"]["next"] = next;
            }
            json(&reply)
        }
        _ => nothing(),
    })
    .await;
}

#[tokio::test]
async fn a_description_with_parameters_of_its_own() {
    let (_, table) = loads_all(|asked| match asked.path.as_str() {
        "/swagger.json" => json(&json!({
            "swagger": "2.0", "basePath": "/crm",
            "paths": {
                "/clients": {"get": {"parameters": [
                    {"name": "pageNo", "in": "query"}, {"name": "pageSize", "in": "query"}
                ]}},
                "/clients/{id}": {"get": {}}
            }
        })),
        "/crm/clients" => {
            let (page, size) = (asked.number("pageNo").unwrap_or(1), asked.number("pageSize").unwrap_or(10));
            if size > 50 || asked.query.keys().any(|name| !["pageNo", "pageSize"].contains(&name.as_str())) {
                return text(400, "application/json", "{\"error\":\"bad parameter\"}");
            }
            json(&json!({"records": after((page - 1) * size, size), "recordCount": ALL}))
        }
        _ => nothing(),
    })
    .await;
    assert_eq!(table["complete"], "proved");
}

#[tokio::test]
async fn rows_that_are_lists_and_a_next_address() {
    loads_all(|asked| {
        at(asked, "/customers", |asked| {
            let from = asked.number("from_row").unwrap_or(0);
            let rows: Vec<Value> = after(from, 20)
                .iter()
                .map(|row| json!([row["last_name"], row["customer_id"], row["first_name"]]))
                .collect();
            let next = (from + 20 < ALL).then(|| format!("/customers?from_row={}", from + 20));
            json(&json!({"columns": ["last_name", "customer_id", "first_name"], "rows": rows, "next_url": next}))
        })
    })
    .await;
}

#[tokio::test]
async fn every_table_in_one_reply_with_dirty_values() {
    let world = World::new().await;
    let server = Server::start(|asked| {
        if asked.path != "/" {
            return nothing();
        }
        json(&json!({
            "categories": [{"id": "1", "name": "Cargo"}],
            "brands": [{"brandId": 1, "brandName": "Nordlys"}],
            "products": [{"id": 1, "name": "Vind", "brand": {"id": 1}, "category": {"id": "1", "name": "Cargo"},
                          "modelYear": "2025", "listPrice": "1199.50"}],
            "stores": [{"store_id": 1, "store_name": "Quay", "phone": "NULL", "url": "/stores/1"}],
            "employees": [{"staff_id": 1, "first_name": "Ida", "last_name": "Holm", "email": "ida@x.example",
                           "active": true, "store": {"id": 1}, "manager": null}],
            "inventory": [{"store": 1, "product": 1, "quantity": 4}],
            "customers": [{"customer_id": 1, "first_name": "'+Åse", "last_name": "O'Brien", "phone": "NULL"}],
            "orders": [{"order_id": 1, "customer": {"id": 1}, "order_status": 4, "order_date": "03/02/2026",
                        "required_date": "17/02/2026", "shipped_date": "2026-02-04T10:15:00+01:00", "store_id": 1,
                        "staff_id": 1},
                       {"order_id": 2, "customer": {"id": 1}, "order_status": 1, "order_date": "28/02/2026",
                        "required_date": "01/03/2026", "shipped_date": null, "store_id": 1, "staff_id": 1}],
            "order_items": [{"order_id": 1, "item_id": 1, "product_id": 1, "quantity": "2", "list_price": 599.99,
                             "discount": 0.07, "tags": ["a", "b"]}]
        }))
    });
    let ran = world.load(&server.url, &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.table("order_items")["lists"], json!(["tags"]), "what no row has room for is named");
    assert!(ran.err.contains("order_items: tags is a list in each row, and is not loaded."), "{ran:?}");
    let days: (String, String) = world
        .one("SELECT CAST(order_date AS CHAR), CAST(shipped_date AS CHAR) FROM orders WHERE order_id = 1")
        .await;
    assert_eq!(days, ("2026-02-03".to_owned(), "2026-02-04".to_owned()));
    let line: (String, String) =
        world.one("SELECT CAST(list_price AS CHAR), CAST(discount AS CHAR) FROM order_items").await;
    assert_eq!(line, ("599.99".to_owned(), "0.0700".to_owned()));
    let customer: (String, Option<String>) = world.one("SELECT first_name, phone FROM customers").await;
    assert_eq!(customer, ("'+Åse".to_owned(), None));
    let run: u64 = world.one("SELECT MAX(run_id) FROM import_runs").await;
    assert_eq!(world.run(&["undo", &run.to_string()]).code, 0);
    for table in ["orders", "customers", "stocks"] {
        assert_eq!(world.count(table).await, 0, "{table}: an API's load is undone as a file's");
    }
}

#[tokio::test]
async fn a_bad_row_rejects_the_load_and_its_file_is_loaded_after_correction() {
    let world = World::new().await;
    let server = Server::start(|asked| {
        at(asked, "/customers", |_| {
            let mut rows = customers(1, 4);
            rows[1]["first_name"] = Value::Null;
            json(&json!({"total": 3, "data": rows}))
        })
    });
    let ran = world.load(&server.url, &["--rejects", "."]);
    assert_eq!((ran.code, world.count("customers").await), (3, 0), "{ran:?}");
    let file = ran.json()["rejects_file"].as_str().unwrap().to_owned();
    let good = world.load(&server.url, &["--rejects", ".", "--on-reject", "skip"]);
    assert_eq!((good.code, world.count("customers").await), (3, 2), "{good:?}");
    let place = world.folder.path().join(file);
    let text = std::fs::read_to_string(&place).unwrap();
    std::fs::write(&place, text.replace("2,,Holm", "2,Ann,Holm")).unwrap();
    let fixed = world.run(&["import", place.to_str().unwrap()]);
    assert_eq!((fixed.code, world.count("customers").await), (0, 3), "{fixed:?} {text}");
}

#[tokio::test]
async fn saved_as_csv_it_is_not_loaded_and_loads_as_files() {
    let world = World::new().await;
    let server = Server::start(|asked| {
        at(asked, "/customers", |_| json(&json!({"total": 3, "data": customers(1, 4)})))
    });
    let ran = world.run(&["api", "load", &server.url, "--to-csv", "out"]);
    assert_eq!((ran.code, world.count("customers").await), (0, 0), "{ran:?}");
    let saved = std::fs::read_to_string(world.folder.path().join("out/customers.csv")).unwrap();
    assert_eq!(saved.lines().count(), 4, "{saved}");
    assert_eq!((world.run(&["import", "out"]).code, world.count("customers").await), (0, 3));
}

#[tokio::test]
async fn discovery_gives_its_reasons_and_can_be_kept_as_a_source() {
    let world = World::new().await;
    let server = Server::start(|asked| {
        at(asked, "/api/customers", |asked| {
            let page = asked.number("page").unwrap_or(1);
            json(&json!({"total": ALL, "data": after((page - 1) * 20, 20)}))
        })
    });
    let found = world.run(&["api", "discover", &server.url, "--json"]);
    assert_eq!(found.code, 0, "{found:?}");
    let endpoint = found.json()["endpoints"][0].clone();
    assert_eq!((endpoint["table"].as_str(), endpoint["sure"].as_str()), (Some("customers"), Some("sure")));
    assert_eq!(
        (endpoint["rows_at"].as_str(), endpoint["paging"].as_str()),
        (Some("data"), Some("page:page=1"))
    );
    let reasons = endpoint["reasons"].to_string();
    assert!(
        reasons.contains("its name says so") && reasons.contains("asked for page two")
            || reasons.contains("page two"),
        "{reasons}"
    );
    assert_eq!(world.count("customers").await, 0);
    let written = world.run(&["api", "discover", &server.url, "--as-source", "shop"]);
    assert!(written.code == 0 && written.out.contains("storekeeper api load shop"), "{written:?}");
    let (subject, outcome): (String, String) =
        world.one("SELECT subject, outcome FROM audit_log WHERE action = 'settings_changed'").await;
    assert_eq!((subject.as_str(), outcome.as_str()), ("source shop", "done"));
    let file = world.folder.path().join(".config/storekeeper/config.toml");
    let config = std::fs::read_to_string(&file).unwrap();
    server.forget();
    let ran = world.load("shop", &[]);
    assert_eq!((ran.code, world.count("customers").await), (0, ALL as u64), "{ran:?} {config}");
    assert!(
        server.asked().iter().all(|asked| asked.path == "/api/customers"),
        "nothing is looked for any more"
    );
    assert_eq!(world.load("shopp", &[]).code, 2);

    // What can not be written is printed, and nothing is lost.
    let other = world.run(&["api", "discover", "localhost:9", "--as-source", "shop"]);
    assert_eq!(other.code, 1, "{other:?}");
    let named = server.url.replace("127.0.0.1", "localhost");
    let taken = world.run(&["api", "discover", &named, "--as-source", "shop"]);
    assert!(taken.code == 1 && taken.err.contains("There is a source shop already"), "{taken:?}");
    assert!(taken.out.contains("[sources.shop.tables.customers]"), "{taken:?}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), config);
}

/// Orders with their lines in them, so many a page; parents of theirs are in one reply each.
fn orders_with_lines(asked: &Asked) -> Reply {
    let one = |row: Value| json(&json!({"total": 1, "data": [row]}));
    match asked.path.as_str() {
        "/" => json(&json!({"orders": "/orders", "products": "/products", "customers": "/customers",
            "stores": "/stores", "staffs": "/staffs", "brands": "/brands", "categories": "/categories"})),
        "/orders" => {
            let page = asked.number("page").unwrap_or(1);
            let order = |id: usize| {
                let line =
                    |place: usize| json!({"product": {"id": 1}, "quantity": place, "list_price": "9.50"});
                json!({"items": (1..=id % 3).map(line).collect::<Vec<_>>(), "id": id, "customer_id": 1, "order_status": 4,
                    "order_date": "2026-01-01", "required_date": "2026-01-03", "store_id": 1, "staff_id": 1})
            };
            let some: Vec<Value> = ((page - 1) * 4 + 1..=(page * 4).min(10)).map(order).collect();
            json(&json!({"total": 10, "data": some}))
        }
        "/brands" => one(json!({"brand_id": 1, "brand_name": "Nordlys"})),
        "/categories" => one(json!({"category_id": 1, "category_name": "Cargo"})),
        "/products" => one(json!({"product_id": 1, "product_name": "Vind", "brand_id": 1, "category_id": 1,
            "model_year": 2025, "list_price": 9.5})),
        "/stores" => one(json!({"store_id": 1, "store_name": "Quay"})),
        "/staffs" => {
            one(json!({"staff_id": 1, "first_name": "Ida", "last_name": "Holm", "email": "ida@x.example",
            "active": 1, "store_id": 1}))
        }
        "/customers" => one(json!({"customer_id": 1, "first_name": "Ann", "last_name": "Holm"})),
        _ => nothing(),
    }
}

#[tokio::test]
async fn lines_inside_of_orders_are_a_table_and_their_place_is_their_number() {
    let (world, server) = (World::new().await, Server::start(orders_with_lines));
    let found = world.run(&["api", "discover", &server.url, "--json"]);
    let endpoints = found.json()["endpoints"].clone();
    let lines =
        endpoints.as_array().unwrap().iter().find(|one| one["table"] == "order_items").unwrap().clone();
    assert_eq!((lines["rows_at"].as_str(), lines["sure"].as_str()), (Some("data[].items"), Some("likely")));
    assert!(lines["reasons"].to_string().contains("order_id is id of the row around"), "{lines}");

    let ran = world.load(&server.url, &[]);
    assert_eq!((ran.code, ran.json()["complete"].as_bool()), (0, Some(true)), "{ran:?}");
    // One line in orders 1, 4, 7 and 10, two in 2, 5 and 8, none in the others.
    assert_eq!((world.count("orders").await, world.count("order_items").await), (10, 10));
    assert_eq!(ran.table("order_items")["rows"], 10);
    assert!(ran.table("orders")["lists"].is_null(), "what is a table is not left out");
    let line: (u32, u32, u32) = world
        .one("SELECT order_id, item_id, quantity FROM order_items WHERE order_id = 5 AND item_id = 2")
        .await;
    assert_eq!(line, (5, 2, 2));
    let again = world.load(&server.url, &["--full"]);
    assert_eq!((again.code, again.json()["status"].as_str()), (0, Some("nothing_to_do")), "{again:?}");

    // Written down, it is read from there without being looked for.
    let written = world.run(&["api", "discover", &server.url, "--as-source", "shop"]);
    assert_eq!(written.code, 0, "{written:?}");
    let named = world.load("shop", &["--full"]);
    assert_eq!((named.code, named.table("order_items")["rows"].as_u64()), (0, Some(10)), "{named:?}");
}

#[tokio::test]
async fn a_test_of_the_connection_tells_what_is_there() {
    let world = World::new().await;
    let server = Server::start(|_| nothing().with("Server", "till/1"));
    let tested = world.run(&["api", "test", &server.url, "--json"]);
    assert_eq!((tested.code, tested.json()["status"].as_u64()), (0, Some(404)), "{tested:?}");
    let gone = world.run(&["api", "test", "http://127.0.0.1:9/"]);
    assert!(gone.code == 1 && gone.err.contains("can not be reached"), "{gone:?}");
    assert_eq!(world.run(&["api", "test", "ftp://127.0.0.1/"]).code, 2);
    let nothing = world.load(&server.url, &[]);
    assert!(nothing.code == 1 && nothing.err.contains("has no table that Storekeeper knows"), "{nothing:?}");
}
