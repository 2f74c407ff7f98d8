//! Credentials go to their own server, and nowhere else: not into what is told, logged or kept.

use crate::server::{Asked, Server, json, text};
use crate::world::{Ran, World};
use serde_json::json;

const SECRET: &str = "c4nary-K3y";

/// A server that answers only where this is so, and echoes what it was sent in its next link, as some do.
fn server(is_good: impl Fn(&Asked) -> bool + Send + Sync + 'static) -> Server {
    Server::start(move |asked| {
        if !is_good(asked) {
            return text(401, "application/json", "{}");
        }
        let rows = |from: usize| -> Vec<_> {
            (from..from + 3).map(|id| json!({"brand_id": id, "brand_name": format!("Brand {id}")})).collect()
        };
        let key = asked.query.get("key").cloned().unwrap_or_default();
        match asked.number("at") {
            Some(4) => json(&json!({"data": rows(4), "next": null})),
            _ => json(&json!({"data": rows(1), "next": format!("/brands?at=4&key={key}")})),
        }
    })
}

async fn nowhere(world: &World, ran: &Ran) {
    assert!(!ran.out.contains(SECRET) && !ran.err.contains(SECRET), "{ran:?}");
    for entry in std::fs::read_dir(world.folder.path().join("data/logs")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!text.contains(SECRET), "{text}");
    }
    for (table, column) in
        [("import_runs", "source"), ("import_run_files", "file_name"), ("api_marks", "address")]
    {
        let kept: u64 =
            world.one(&format!("SELECT COUNT(*) FROM {table} WHERE {column} LIKE '%{SECRET}%'")).await;
        assert_eq!(kept, 0, "{table}");
    }
}

#[tokio::test]
async fn each_kind_is_sent_and_shown_nowhere() {
    let header =
        |name: &'static str, value: String| move |asked: &Asked| asked.headers.get(name) == Some(&value);
    // "till:c4nary-K3y"
    let basic = "Basic dGlsbDpjNG5hcnktSzN5".to_owned();
    let servers = [
        ("bearer", server(header("authorization", format!("Bearer {SECRET}")))),
        ("header:X-Api-Key", server(header("x-api-key", SECRET.to_owned()))),
        ("basic:till", server(header("authorization", basic))),
        ("query:key", server(|asked| asked.query.get("key").map(String::as_str) == Some(SECRET))),
    ];
    for (auth, server) in servers {
        let world = World::new().await.env("SHOP_KEY", SECRET).set("LOG__LEVEL", "trace");
        let words = ["--auth", auth, "--secret-env", "SHOP_KEY", "--table", "brands=brands"];
        let ran = world.load(&server.url, &words);
        assert_eq!((ran.code, world.count("brands").await), (0, 6), "{auth}: {ran:?}");
        nowhere(&world, &ran).await;
        let without = world.load(&server.url, &["--table", "brands=brands"]);
        assert!(without.code == 1 && without.err.contains("asks for credentials"), "{without:?}");
        let wrong = World::new().await.env("SHOP_KEY", "wrong").load(&server.url, &words);
        assert!(wrong.code == 1 && wrong.err.contains("though some were sent"), "{wrong:?}");
        let unset = World::new().await.load(&server.url, &words);
        assert!(unset.code == 1 && unset.err.contains("SHOP_KEY is not set"), "{unset:?}");
    }
}

#[tokio::test]
async fn oauth_asks_for_a_token_and_for_another_where_it_is_no_longer_good() {
    let tokens = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let given = tokens.clone();
    let office = Server::start(move |asked| {
        let good = asked.method == "POST"
            && asked.headers["authorization"] == "Basic c2hvcDpjNG5hcnktSzN5"
            && asked.body == "grant_type=client_credentials";
        assert!(good, "{asked:?}");
        let token = given.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
        json(&json!({"access_token": format!("t{token}"), "token_type": "bearer"}))
    });
    let shop = server(|asked| {
        // The first token is good for the first question alone.
        let first = asked.headers.get("authorization").map(String::as_str) == Some("Bearer t1");
        let second = asked.headers.get("authorization").map(String::as_str) == Some("Bearer t2");
        (first && asked.number("at").is_none()) || second
    });
    let world = World::new().await.env("SHOP_KEY", SECRET).set("LOG__LEVEL", "trace");
    let auth = format!("oauth2:shop@{}/token", office.url);
    let words = ["--auth", &auth, "--secret-env", "SHOP_KEY", "--table", "brands=brands"];
    let ran = world.load(&shop.url, &words);
    assert_eq!((ran.code, world.count("brands").await), (0, 6), "{ran:?}");
    assert_eq!(tokens.load(std::sync::atomic::Ordering::SeqCst), 2);
    assert!(
        shop.asked().iter().all(|asked| !format!("{asked:?}").contains(SECRET)),
        "the secret is the office's alone"
    );
    nowhere(&world, &ran).await;
}

#[tokio::test]
async fn a_source_of_the_configuration_has_its_secret_in_a_file_of_its_owner() {
    use std::os::unix::fs::PermissionsExt;
    let server = server(|asked| asked.headers.get("x-key").map(String::as_str) == Some(SECRET));
    let world = World::new().await;
    let folder = world.folder.path().join(".config/storekeeper");
    std::fs::create_dir_all(&folder).unwrap();
    let (config, secret) = (folder.join("config.toml"), folder.join("shop.key"));
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap()
    };
    std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
    let source = |how: &str| {
        format!(
            "[sources.shop]\nurl = \"{}\"\nauth = \"header:X-Key\"\n{how}\n[sources.shop.tables.brands]\npath = \"brands\"\n",
            server.url
        )
    };
    std::fs::write(&config, source(&format!("secret_file = {:?}", secret.to_str().unwrap()))).unwrap();
    mode(&config, 0o644);
    mode(&secret, 0o644);
    let open = world.load("shop", &[]);
    assert!(open.code == 1 && open.err.contains("chmod 600"), "{open:?}");
    mode(&secret, 0o600);
    let ran = world.load("shop", &[]);
    assert_eq!((ran.code, world.count("brands").await), (0, 6), "{ran:?}");
    nowhere(&world, &ran).await;
    // In the configuration itself, which then is its owner's alone too.
    std::fs::write(&config, source(&format!("secret = \"{SECRET}\""))).unwrap();
    let open = world.load("shop", &[]);
    assert!(open.code == 2 && open.err.contains("chmod 600") && !open.err.contains(SECRET), "{open:?}");
    mode(&config, 0o600);
    assert_eq!(world.load("shop", &[]).code, 0);
    std::fs::write(&config, source("secrets = 5")).unwrap();
    let wrong = world.load("shop", &[]);
    assert!(wrong.code == 2 && wrong.err.contains("unknown field `secrets`"), "{wrong:?}");
}
