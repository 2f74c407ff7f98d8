//! Loads that are stopped, cut off or crossed: the chain is as it was, or as it should be, and nothing is left.

use crate::chain::{Chain, SET_ROWS, counts, sources};
use csv::StringRecord;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use storekeeper::domain::Table;
use storekeeper::etl::source::{Source, SourceError};
use storekeeper::etl::{Options, Phase};
use tokio::time::{Duration, timeout};

/// Brands without end, of which each batch has to be let through.
pub struct Gated {
    header: StringRecord,
    next: u64,
    open: u64,
    gate: Mutex<Receiver<u64>>,
}

impl Gated {
    /// The source, and its gate: a number lets so many rows more through, and its end ends the rows.
    pub fn closed() -> (Box<dyn Source>, Sender<u64>) {
        let (opener, gate) = channel();
        let header = StringRecord::from(vec!["brand_id", "brand_name"]);
        (Box::new(Gated { header, next: 0, open: 0, gate: Mutex::new(gate) }), opener)
    }
}

impl Source for Gated {
    fn table(&self) -> Table {
        Table::Brands
    }
    fn name(&self) -> &str {
        "gated"
    }
    fn header(&self) -> &StringRecord {
        &self.header
    }
    fn read(&mut self, row: &mut StringRecord) -> Result<Option<u64>, SourceError> {
        if self.next == self.open {
            match self.gate.get_mut().unwrap().recv() {
                Ok(more) => self.open += more,
                Err(_) => return Ok(None),
            }
        }
        self.next += 1;
        *row = StringRecord::from(vec![self.next.to_string(), format!("Brand {}", self.next)]);
        Ok(Some(self.next + 1))
    }
    fn sha256(&self) -> Option<[u8; 32]> {
        None
    }
    fn position(&self) -> Option<(u64, u64)> {
        None
    }
    fn rewind(&mut self) -> Result<(), SourceError> {
        self.next = 0;
        Ok(())
    }
}

/// Enough rows that the server has some of them while more are to come.
pub const MANY: u64 = 200_000;

pub async fn until_read(chain: &Chain, rows: u64) {
    let mut progress = chain.progress.subscribe();
    progress.wait_for(|progress| progress.read >= rows).await.unwrap();
}

async fn cancelled_in_the_middle(chain: Chain, options: Options) {
    let before = chain.everything().await;
    let (source, gate) = Gated::closed();
    gate.send(MANY).unwrap();
    let stop = async {
        until_read(&chain, MANY - 1000).await;
        chain.cancel.cancel();
    };
    let (receipt, ()) = tokio::join!(chain.load_sources(vec![source], &options), stop);
    let receipt = receipt.unwrap();
    assert_eq!(receipt.status.word(), "cancelled");
    assert!(receipt.read() > 0);
    assert_eq!((receipt.changed(), receipt.rejected()), (0, 0));
    assert_eq!(chain.everything().await, before);
    assert_eq!(chain.history().await.last().unwrap().1, "cancelled");
    assert_eq!(chain.progress.borrow().phase, Phase::Done(storekeeper::domain::receipt::Outcome::Cancelled));
    drop(gate);
}

/// Rows with nothing in them are left out; a file may be full of them, and has to be left all the same.
/// Rows without a value, more than anybody waits for.
struct Blank {
    header: StringRecord,
    read: Arc<AtomicU64>,
}

impl Blank {
    const ROWS: u64 = 100_000_000;
}

impl Source for Blank {
    fn table(&self) -> Table {
        Table::Brands
    }
    fn name(&self) -> &str {
        "blank"
    }
    fn header(&self) -> &StringRecord {
        &self.header
    }
    fn read(&mut self, row: &mut StringRecord) -> Result<Option<u64>, SourceError> {
        row.clear();
        row.push_field("");
        row.push_field("");
        let read = self.read.fetch_add(1, Ordering::Relaxed) + 1;
        Ok((read < Blank::ROWS).then_some(read + 1))
    }
    fn sha256(&self) -> Option<[u8; 32]> {
        None
    }
    fn position(&self) -> Option<(u64, u64)> {
        Some((self.read.load(Ordering::Relaxed), Blank::ROWS))
    }
    fn rewind(&mut self) -> Result<(), SourceError> {
        Ok(())
    }
}

#[tokio::test]
async fn empty_rows_without_end_are_left_when_somebody_stops_it() {
    let chain = Chain::new().await;
    let read = Arc::new(AtomicU64::new(0));
    let header = StringRecord::from(vec!["brand_id", "brand_name"]);
    let source = Box::new(Blank { header, read: Arc::clone(&read) });
    let mut progress = chain.progress.subscribe();
    let stopping = async {
        progress.wait_for(|told| told.position.is_some_and(|(at, _)| at > 0)).await.unwrap();
        chain.cancel.cancel();
    };
    let options = chain.options();
    let (receipt, ()) = tokio::join!(chain.load_sources(vec![source], &options), stopping);
    assert_eq!(receipt.unwrap().status.word(), "cancelled");
    // The thread that reads ends after the load does.
    while Arc::strong_count(&read) > 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(read.load(Ordering::Relaxed) < Blank::ROWS, "it was read to its end");
}

#[tokio::test]
async fn a_cancelled_load_leaves_no_row_on_the_straight_road() {
    let chain = Chain::new().await;
    let options = chain.options();
    cancelled_in_the_middle(chain, options).await;
}

#[tokio::test]
async fn a_cancelled_load_leaves_no_row_on_the_general_road() {
    let chain = Chain::stocked().await;
    let options = chain.options();
    cancelled_in_the_middle(chain, options).await;
}

#[tokio::test]
async fn a_cancelled_load_leaves_no_row_on_the_road_without_local() {
    let chain = Chain::new().await;
    let options = Options { infile: false, ..chain.options() };
    cancelled_in_the_middle(chain, options).await;
}

#[tokio::test]
async fn a_load_cancelled_beforehand_or_while_its_source_hangs_ends_at_once() {
    let chain = Chain::new().await;
    let (source, _gate) = Gated::closed();
    let hung = async {
        let mut progress = chain.progress.subscribe();
        progress.wait_for(|progress| progress.phase == Phase::Reading).await.unwrap();
        chain.cancel.cancel();
    };
    let options = chain.options();
    let (receipt, ()) = timeout(Duration::from_secs(20), async {
        tokio::join!(chain.load_sources(vec![source], &options), hung)
    })
    .await
    .expect("prompt");
    assert_eq!(receipt.unwrap().status.word(), "cancelled");
    let receipt = chain.load(&chain.set("set", &[])).await.unwrap();
    assert_eq!(receipt.status.word(), "cancelled");
}

#[tokio::test]
async fn a_lost_connection_fails_the_load_and_leaves_nothing() {
    for straight in [true, false] {
        let chain = if straight { Chain::new().await } else { Chain::stocked().await };
        let before = chain.everything().await;
        let (source, gate) = Gated::closed();
        gate.send(MANY).unwrap();
        let cut = async {
            until_read(&chain, MANY - 1000).await;
            let load: Vec<_> = chain
                .at_work()
                .await
                .into_iter()
                .filter(|one| one.statement.starts_with("LOAD DATA"))
                .collect();
            assert_eq!(load.len(), 1);
            for connection in load {
                chain.run(&format!("KILL CONNECTION {}", connection.id)).await;
            }
            gate.send(MANY).unwrap();
            drop(gate);
        };
        let options = chain.options();
        let (loaded, ()) = tokio::join!(chain.load_sources(vec![source], &options), cut);
        let message = loaded.unwrap_err().to_string();
        assert!(message.contains("connection to the database was lost"), "{message}");
        assert_eq!(chain.everything().await, before);
        assert_eq!(chain.history().await.last().unwrap().1, "failed");
    }
}

#[tokio::test]
async fn a_load_that_is_dropped_is_cleared_away_by_the_next() {
    let chain = Chain::stocked().await;
    let (source, gate) = Gated::closed();
    gate.send(MANY).unwrap();
    {
        let options = chain.options();
        let load = chain.load_sources(vec![source], &options);
        tokio::select! {
            _ = load => panic!("it can not end"),
            () = until_read(&chain, MANY - 1000) => {}
        }
    }
    drop(gate);
    // The server lets go of the dead connection when it notices; until then the dead run keeps its turn.
    let receipt = chain.load(&chain.set("again", &[])).await.unwrap();
    assert_eq!(receipt.status.word(), "nothing_to_do");
    assert_eq!(chain.history().await[1].1, "failed");
}

#[tokio::test]
async fn two_loads_at_once_take_turns() {
    let chain = Chain::new().await;
    let (one, other) = (chain.set("one", &[]), chain.set("other", &[]));
    let options = chain.options();
    let load = |path| {
        storekeeper::etl::load(&chain.db, "test", sources(path), &options, &chain.progress, &chain.cancel)
    };
    let (first, second) = tokio::join!(load(&one), load(&other));
    let mut ends = [first.unwrap(), second.unwrap()].map(|receipt| (receipt.status.word(), counts(&receipt)));
    ends.sort_unstable();
    assert_eq!(
        ends,
        [("committed", [SET_ROWS, SET_ROWS, 0, 0, 0]), ("nothing_to_do", [SET_ROWS, 0, 0, SET_ROWS, 0])]
    );
    chain.assert_nothing_is_left().await;
}

#[tokio::test]
async fn a_source_that_breaks_off_takes_nothing_with_it() {
    struct Broken(Box<dyn Source>);
    impl Source for Broken {
        fn table(&self) -> Table {
            self.0.table()
        }
        fn name(&self) -> &str {
            self.0.name()
        }
        fn header(&self) -> &StringRecord {
            self.0.header()
        }
        fn read(&mut self, row: &mut StringRecord) -> Result<Option<u64>, SourceError> {
            match self.0.read(row)? {
                Some(line) if line > 5000 => Err(SourceError::Malformed {
                    name: "broken".to_owned(),
                    line,
                    message: "the rest is missing.".to_owned(),
                }),
                line => Ok(line),
            }
        }
        fn sha256(&self) -> Option<[u8; 32]> {
            None
        }
        fn position(&self) -> Option<(u64, u64)> {
            None
        }
        fn rewind(&mut self) -> Result<(), SourceError> {
            self.0.rewind()
        }
    }
    for infile in [true, false] {
        let chain = Chain::new().await;
        let (source, gate) = Gated::closed();
        gate.send(MANY).unwrap();
        let options = Options { infile, ..chain.options() };
        let message =
            chain.load_sources(vec![Box::new(Broken(source))], &options).await.unwrap_err().to_string();
        assert_eq!(message, "broken, line 5001: the rest is missing. Nothing was loaded.");
        assert_eq!(chain.everything().await, [] as [String; 0]);
        drop(gate);
    }
}
