//! The answer to a commit is lost on its way: what was done is told by the history, not by guessing.

use crate::chain::{Chain, target};
use crate::support::{self, wire::Wire};
use storekeeper::db::Db;
use storekeeper::domain::RunId;
use storekeeper::domain::receipt::Outcome;
use storekeeper::etl;

/// A chain with the set in it, and the same one by a wire that loses the answer to the next commit.
async fn losing() -> (Chain, Chain, Wire) {
    let database = support::database().await;
    let chain = Chain::at(&target(&database)).await;
    chain.load(&chain.set("set", &[])).await.unwrap();
    let wire = Wire::losing(&target(&database), "COMMIT").await;
    let by_wire = Chain::over(Db::connect(wire.target()).await.unwrap());
    (chain, by_wire, wire)
}

#[tokio::test]
async fn a_load_whose_commit_was_not_answered_is_told_as_it_ended() {
    let (chain, by_wire, _wire) = losing().await;
    let file = chain.file("brands.csv", "brand_id,brand_name\n2,Fjell\n");
    let receipt = by_wire.load(&file).await.unwrap();
    assert_eq!(receipt.status, Outcome::Committed);
    assert_eq!(chain.history().await[1].1, "committed");
}

#[tokio::test]
async fn an_undoing_whose_commit_was_not_answered_is_told_as_it_ended() {
    let (chain, by_wire, _wire) = losing().await;
    let undone = etl::undo(&by_wire.db, RunId(1), &chain.options().by, false, &chain.cancel).await.unwrap();
    assert_eq!(undone.receipt.status, Outcome::Committed);
    assert_eq!(chain.everything().await, [] as [String; 0]);
    assert_eq!(chain.history().await[1].1, "committed");
    chain.assert_nothing_is_left().await;
}
