//! What a person waits for: the first counts of a preview, and the end of a load that was stopped.

use crate::chain::{Chain, operator, sources};
use crate::files::Files;
use std::time::{Duration, Instant};
use storekeeper::etl::{self, Options};

pub async fn measure(files: &Files) {
    let chain = Chain::new().await;
    chain.load(&files.parents).await.unwrap();
    chain.load(&files.lines).await.unwrap();
    println!("\nfirst counts of a preview, same rows         {:>6} ms", first_counts(&chain, files).await);
    chain.run("DELETE FROM order_items WHERE order_id <= 1000").await;
    for share in [20, 60, 95] {
        println!(
            "stopped at {share} % of a load                    {:>6} ms",
            stop(&chain, files, share).await
        );
    }
}

async fn first_counts(chain: &Chain, files: &Files) -> u128 {
    let options = Options { dry_run: true, ..Options::by(operator()) };
    let mut progress = chain.progress.subscribe();
    let begun = Instant::now();
    let load = etl::load(&chain.db, "bench", sources(&files.lines), &options, &chain.progress, &chain.cancel);
    let seen = async {
        progress.wait_for(|progress| progress.compared.same > 0).await.unwrap();
        begun.elapsed()
    };
    let (receipt, seen): (_, Duration) = tokio::join!(load, seen);
    assert_eq!(receipt.unwrap().status.word(), "dry_run");
    seen.as_millis()
}

/// From asking to the receipt, with every row changed, when so many hundredths of the file are read.
async fn stop(chain: &Chain, files: &Files, share: u64) -> u128 {
    let (cancel, options) = (tokio_util::sync::CancellationToken::new(), Options::by(operator()));
    let mut progress = chain.progress.subscribe();
    let load = etl::load(&chain.db, "bench", sources(&files.changed), &options, &chain.progress, &cancel);
    let stop = async {
        let is_there = |at: u64, end: u64| at * 100 >= end * share;
        progress.wait_for(|now| now.position.is_some_and(|(at, end)| is_there(at, end))).await.unwrap();
        cancel.cancel();
        Instant::now()
    };
    let (receipt, asked) = tokio::join!(load, stop);
    assert_eq!(receipt.unwrap().status.word(), "cancelled");
    asked.elapsed().as_millis()
}
