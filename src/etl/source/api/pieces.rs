//! A reply as it is read: no row of it, and nothing around the rows, may be larger than what is kept in memory.

use super::body::too_large;
use serde::de::DeserializeSeed;
use std::cell::{Cell, RefCell};
use std::io::{self, Read};

/// Bytes of one row, or of what stands around the rows, at the most.
const PIECE: u64 = 8 << 20;
/// Bytes of the reply that are kept to say what came instead of JSON.
pub(super) const BEGIN: usize = 16 << 10;

/// A reply with fewer bytes than this is read before it is parsed, which takes half the time of parsing it as it comes.
pub(super) const SMALL: u64 = 1 << 20;

/// Parses a reply to its end.
pub(super) fn whole<'de, S: DeserializeSeed<'de>, R: serde_json::de::Read<'de>>(
    seed: S,
    parser: &mut serde_json::Deserializer<R>,
) -> serde_json::Result<S::Value> {
    let value = seed.deserialize(&mut *parser)?;
    parser.end().map(|()| value)
}

/// Counts the bytes of each piece, and keeps the first.
pub(super) struct Pieces<'p, 'r> {
    pub(super) inner: &'r mut dyn Read,
    pub(super) piece: &'p Cell<u64>,
    pub(super) begin: &'p RefCell<Vec<u8>>,
}

impl Read for Pieces<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(into)?;
        self.piece.set(self.piece.get() + got as u64);
        if self.piece.get() > PIECE {
            return Err(too_large(format!(
                "has more than {} MiB in a single row, or around its rows",
                PIECE >> 20
            )));
        }
        let mut begin = self.begin.borrow_mut();
        let more = BEGIN.saturating_sub(begin.len()).min(got);
        begin.extend_from_slice(into.get(..more).unwrap_or_default());
        Ok(got)
    }
}

/// What a reader said at last, said again at the end of what it had read.
pub(super) struct Failed(pub(super) Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
