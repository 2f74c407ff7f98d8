//! `init`, `db`, and databases that are not as they should be.

use crate::{ADMIN_PASSWORD, Shop, Told};
use serde_json::json;
use std::io::Write;
use std::net::TcpListener;

fn init(shop: &Shop, name: &str, password: &str) -> Told {
    shop.run_with_input(&["init", "--admin", name, "--password-stdin"], password)
}

#[test]
fn a_second_init_changes_nothing() {
    let shop = Shop::ready();
    let told = init(&shop, "other", ADMIN_PASSWORD);
    assert!(told.code == 0 && told.out.contains("nobody was added"), "{told:?}");
}

#[test]
fn the_first_administrator_is_linked_to_a_member_of_staff_where_that_is_asked() {
    let shop = Shop::empty();
    let stores = shop.write("in/stores.csv", "store_id,store_name\n1,Harbour\n");
    let header = "staff_id,first_name,last_name,email,active,store_id";
    let staffs = shop.write("in/staffs.csv", &format!("{header}\n1,An,Ode,an@x.org,1,1\n"));
    let loaded = shop.run(&["import", &stores, &staffs]);
    assert_eq!(loaded.code, 0, "{loaded:?}");
    let init = |name: &str, staff: &str| {
        shop.run_with_input(&["init", "--admin", name, "--staff", staff, "--password-stdin"], ADMIN_PASSWORD)
    };
    let told = init("an", "7");
    assert!(told.code == 1 && told.err.contains("can sign in, but is not linked"), "{told:?}");
    // Again, with the right number: what was left undone is done, and nothing else.
    let told = init("an", "1");
    assert!(told.code == 0 && told.out.contains("nobody was added"), "{told:?}");
    assert_eq!(shop.run(&["users", "show", "an", "--json"]).json()["staff"]["name"], "An Ode");

    let other = Shop::empty();
    assert_eq!(other.run(&["import", &stores, &staffs]).code, 0);
    let flags = ["init", "--admin", "an", "--staff", "1", "--password-stdin"];
    assert_eq!(other.run_with_input(&flags, ADMIN_PASSWORD).code, 0);
    assert_eq!(other.run(&["users", "show", "an", "--json"]).json()["staff"]["name"], "An Ode");
}

#[test]
fn a_weak_password_is_refused_with_the_rule_and_never_shown() {
    let shop = Shop::empty();
    for (password, rule) in [("Ab1!", "8 characters"), ("password-is-this", "upper-case")] {
        let told = init(&shop, "other", password);
        assert!(told.code == 2 && told.err.contains(rule), "{told:?}");
        assert!(!told.err.contains(password));
    }
    let told = shop.run(&["init", "--admin", "Boss!", "--password-stdin"]);
    assert!(told.code == 2 && told.err.contains("begins with a letter"), "{told:?}");
    assert_eq!(shop.run(&["init", "--admin", "boss"]).code, 2);
}

#[test]
fn the_schema_is_as_expected_and_the_server_is_gone_afterwards() {
    let shop = Shop::ready();
    let told = shop.run(&["db", "status", "--json"]);
    assert_eq!((told.code, &told.json()["differences"]), (0, &json!([])), "{told:?}");
    assert_eq!(told.json()["account"], json!("storekeeper_app"));
    assert_eq!(told.json()["staging"], json!("storekeeper_staging"));
    assert!(shop.run(&["db", "migrate"]).out.contains("newest"));
    assert_eq!(shop.run(&["db", "stop"]).out, "No private database was running.\n");
}

#[test]
fn two_first_starts_at_once_make_one_chain() {
    let shop = Shop::empty();
    let told: Vec<Told> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..3).map(|_| scope.spawn(|| shop.run(&["init"]))).collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    assert!(told.iter().all(|told| told.code == 0), "{told:?}");
    assert_eq!(shop.run(&["db", "status"]).code, 0);
}

#[test]
fn a_server_program_that_is_not_there_is_told() {
    let shop = Shop::empty();
    let output =
        shop.command(&["kpi"]).env("STOREKEEPER__SERVER__PROGRAM", "/nonexistent/mariadbd").output().unwrap();
    let told = Told::of(output);
    assert!(told.code == 5 && told.err.contains("server.program"), "{told:?}");
}

#[test]
fn something_else_at_the_port_is_told() {
    let shop = Shop::empty();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let other = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n").unwrap();
    });
    let output = shop
        .command(&["kpi"])
        .env("STOREKEEPER__DATABASE__HOST", "127.0.0.1")
        .env("STOREKEEPER__DATABASE__PORT", &port)
        .env("STOREKEEPER__DATABASE__USER", "till")
        .output()
        .unwrap();
    other.join().unwrap();
    let told = Told::of(output);
    assert!(told.code == 5 && told.err.contains("is not MySQL or MariaDB"), "{told:?}");
}

#[test]
fn a_configured_server_is_used_and_prepared_only_when_asked() {
    let shop = Shop::empty();
    let server = crate::support::server();
    let env_file = shop.write(
        "company/.env",
        &format!("DB_USER=root\nDB_PASSWORD={}\nDB_NAME=company\n", crate::support::PASSWORD),
    );
    std::fs::set_permissions(&env_file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let config =
        shop.write("company/config.toml", &format!("[database]\nsocket = \"{}\"\n", server.socket.display()));
    let run = |arguments: &[&str]| shop.run(&[&["--config", config.as_str()], arguments].concat());

    let missing = run(&["kpi"]);
    assert!(missing.code == 5 && missing.err.contains("storekeeper init"), "{missing:?}");
    let made = run(&["init"]);
    assert_eq!(made.code, 0, "{made:?}");
    let status = run(&["db", "status", "--json"]);
    assert_eq!((status.code, &status.json()["account"]), (0, &json!("company_app")), "{status:?}");
    assert_eq!(run(&["init"]).code, 0);
    assert_eq!(run(&["db", "stop"]).code, 2);

    std::fs::write(&env_file, "DB_USER=root\nDB_PASSWORD=wrong-one\nDB_NAME=elsewhere\n").unwrap();
    let refused = run(&["kpi"]);
    assert!(refused.code == 5 && refused.err.contains("refuses the account \"root\""), "{refused:?}");
    assert!(!refused.err.contains("wrong-one"));
}
