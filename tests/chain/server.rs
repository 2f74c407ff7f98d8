//! The ground that every other test stands on.

use crate::support;
use mysql_async::Row;
use mysql_async::prelude::Queryable;

#[tokio::test]
async fn each_test_has_a_database_of_its_own() {
    let (one, other) = (support::database().await, support::database().await);
    let mut conn = one.connect().await;
    conn.query_drop("CREATE TABLE t (a INT)").await.unwrap();
    conn.query_drop(format!("CREATE TABLE {}_staging.t (a INT)", one.name)).await.unwrap();
    let mut conn = other.connect().await;
    let tables: Vec<Row> = conn.query("SHOW TABLES").await.unwrap();
    assert!(tables.is_empty());
}
