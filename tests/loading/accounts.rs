//! The account of every day is enough for loading.

use crate::chain::{Chain, SET, SET_ROWS, counts, target};
use crate::support;
use mysql_async::prelude::Queryable;
use secrecy::SecretString;
use storekeeper::db::accounts::{Accounts, Ownership, Provided, provide};
use storekeeper::db::{Db, migrations};
use storekeeper::settings::Account;

/// A chain as `app` sees it, and a connection as root.
async fn as_app(name: &str) -> (Chain, mysql_async::Conn) {
    let database = support::database().await;
    let admin = target(&database);
    let account = |kind: &str| Account {
        user: format!("{kind}_{name}"),
        password: SecretString::from("Str0ng!Passw0rd-42"),
    };
    let accounts = Accounts { migrate: account("migrate"), app: account("app") };
    let provided = provide(&admin, &accounts, Ownership::Ours).await.unwrap();
    assert_eq!(provided, Provided::Separate);
    let owner = Db::connect(&admin.with_account(accounts.migrate)).await.unwrap();
    migrations::migrate(&owner, Some(&accounts.app)).await.unwrap();
    let chain = Chain::over(Db::connect(&admin.with_account(accounts.app)).await.unwrap());
    (chain, database.connect().await)
}

#[tokio::test]
async fn it_loads_by_every_road() {
    let (chain, _root) = as_app("roads").await;
    let receipt = chain.load(&chain.set("set", &[])).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [SET_ROWS, SET_ROWS, 0, 0, 0]));
    let brands = chain.file("brands.csv", "brand_id,brand_name\n1,Sol\n2,Fjell\n");
    let receipt = chain.load(&brands).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [2, 1, 1, 0, 0]));
}

/// Without any right to make a table there is but one road left: straight into the tables.
#[tokio::test]
async fn an_empty_chain_is_loaded_straight() {
    let (chain, mut root) = as_app("straight").await;
    let staging = chain.db.staging().unwrap().to_owned();
    root.query_drop(format!(
        "REVOKE CREATE ON `{}`.* FROM 'app_straight'@'localhost'",
        staging.replace('_', "\\_")
    ))
    .await
    .unwrap();
    // Managers before those they manage, as a key that is checked row by row wants it.
    let staffs = "staff_id,first_name,last_name,email,active,store_id,manager_id\n\
                  1,Ida,Holm,ida@x.example,1,1,NULL\n2,Olav,Lund,olav@x.example,1,2,1\n";
    let set = chain.set("set", &[("staffs", staffs)]);
    let receipt = chain.load(&set).await.unwrap();
    let rows = SET_ROWS - 1;
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [rows, rows, 0, 0, 0]));
    // A row that is there with other values takes the general road, which has to make tables.
    let changed = chain.set("changed", &[("brands", "brand_id,brand_name\n1,Other\n")]);
    let general = chain.load(&changed).await.unwrap_err().to_string();
    assert!(general.contains("may not do that"), "{general}");
    assert_eq!(SET.len(), receipt.tables.len());
}
