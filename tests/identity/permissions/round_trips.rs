//! What a right costs: no round trip, neither when something is changed nor when something is read.

use crate::support::wire::Wire;
use crate::support::{self, people::add_user, people::signed_in};
use futures_util::FutureExt;
use mysql_async::prelude::Queryable;
use std::time::Duration;
use storekeeper::db::{Db, DbError, Recorded};
use storekeeper::domain::Role;
use storekeeper::domain::audit::{Action, Entry};
use storekeeper::service::authorized::{ModifyData, ViewDashboard};
use storekeeper::service::{Authorized, Session, figures};

async fn add_a_brand(db: &Db, by: &Authorized<ModifyData>) {
    let done: Result<(), DbError> = db
        .write(by, |tx| {
            async move {
                tx.query_drop("INSERT INTO brands (brand_name) VALUES (UUID())").await?;
                Ok(Recorded::with((), Entry::done(Action::RecordCreated, "brand")))
            }
            .boxed()
        })
        .await;
    done.unwrap();
}

/// What was asked from the beginning of the newest transaction to its commit.
fn transaction(heard: &[(usize, String)]) -> Vec<&str> {
    let begun = heard.iter().rposition(|(_, asked)| asked.starts_with("START TRANSACTION")).unwrap();
    let (connection, _) = heard[begun];
    let own =
        heard[begun..].iter().filter(|(other, _)| *other == connection).map(|(_, asked)| asked.as_str());
    let mut until_commit = Vec::new();
    for asked in own {
        until_commit.push(asked);
        if asked.trim_end().ends_with("COMMIT") {
            break;
        }
    }
    until_commit
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_with_its_right_and_its_entry_takes_the_trips_of_one_without() {
    let db = support::chain().await;
    add_user(&db, "ann", Role::Manager).await;
    let ann = signed_in(&db, "ann").await.require(ModifyData).unwrap();
    let operator = Session::operator().require(ModifyData).unwrap();
    let wire = Wire::to(db.target()).await;
    for (by, asks) in [(&operator, false), (&ann, true)] {
        let db = Db::connect(wire.target()).await.unwrap();
        add_a_brand(&db, by).await;
        let heard = wire.heard();
        let [begin, work, end] = transaction(&heard)[..] else { panic!("{:?}", transaction(&heard)) };
        assert_eq!(begin.contains("FROM users u"), asks, "{begin}");
        assert!(work.starts_with("INSERT INTO brands"), "{work}");
        assert!(end.contains("INSERT INTO audit_log"), "{end}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_is_asked_for_while_the_right_is() {
    let db = support::chain().await;
    add_user(&db, "ann", Role::Employee).await;
    let ann = signed_in(&db, "ann").await.require(ViewDashboard).unwrap();
    // Neither question gets through before both are asked: one after the other would wait for ever.
    let wire = Wire::holding(db.target(), ["FROM users u", "FROM stores"]).await;
    let db = Db::connect(wire.target()).await.unwrap();
    let read = tokio::time::timeout(Duration::from_secs(60), figures::stores(&ann, &db)).await;
    assert!(read.expect("both were asked").unwrap().stores.is_empty());
}
