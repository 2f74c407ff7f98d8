//! The bytes of a file on their way to the parser: counted and hashed, unpacked, decoded, with plain ends of lines.

use super::dialect::{Dialect, Packing};
use encoding_rs::{CoderResult, Decoder, UTF_8};
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};

/// Anything that can be read on another thread.
pub(super) type Bytes = Box<dyn Read + Send + Sync>;

/// What was read of a file so far. The reading end and the one who asks share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally(Arc<Mutex<Counted>>);

#[derive(Debug, Clone, Default)]
struct Counted {
    bytes: u64,
    hash: Sha256,
    ended: bool,
}

impl Tally {
    fn with<T>(&self, work: impl FnOnce(&mut Counted) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Bytes read of the file as it lies there.
    pub(super) fn bytes(&self) -> u64 {
        self.with(|counted| counted.bytes)
    }

    /// The hash of the file as it lies there, once all of it was read.
    pub(super) fn sha256(&self) -> Option<[u8; 32]> {
        self.with(|counted| counted.ended.then(|| counted.hash.clone().finalize().into()))
    }
}

/// A file that is hashed as it is read.
pub(super) struct Hashed {
    file: File,
    tally: Tally,
}

impl Hashed {
    pub(super) fn new(file: File, tally: &Tally) -> Hashed {
        Hashed { file, tally: tally.clone() }
    }
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        let bytes = buffer.get(..count).unwrap_or_default();
        self.tally.with(|counted| {
            counted.hash.update(bytes);
            counted.bytes += count as u64;
            counted.ended |= count == 0 && !buffer.is_empty();
        });
        Ok(count)
    }
}

/// The largest window that a Zstandard file may ask memory for, as a power of two: 32 MB, which `zstd -19` needs a quarter of.
const WINDOW: u32 = 25;

/// The bytes unpacked.
pub(super) fn unpacked(bytes: impl Read + Send + Sync + 'static, packing: Packing) -> io::Result<Bytes> {
    const BUFFER: usize = 1 << 16;
    let buffered = |bytes| BufReader::with_capacity(BUFFER, bytes);
    Ok(match packing {
        Packing::Plain => Box::new(bytes),
        Packing::Gzip => Box::new(MultiGzDecoder::new(buffered(bytes))),
        Packing::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(buffered(bytes))?;
            decoder.window_log_max(WINDOW)?;
            Box::new(decoder)
        }
    })
}

/// The bytes as UTF-8. What is UTF-8 already goes through as it is, faults and all, without its mark.
pub(super) fn decoded(mut bytes: Bytes, dialect: Dialect) -> io::Result<Bytes> {
    if dialect.encoding != UTF_8 {
        return Ok(Box::new(Decoded::new(bytes, dialect.encoding.new_decoder())));
    }
    let mark = "\u{feff}".as_bytes();
    let mut start = Vec::new();
    bytes.by_ref().take(mark.len() as u64).read_to_end(&mut start)?;
    if start == mark {
        start.clear();
    }
    Ok(Box::new(io::Cursor::new(start).chain(bytes)))
}

struct Decoded {
    bytes: Bytes,
    decoder: Decoder,
    encoded: Vec<u8>,
    /// What is read of `bytes` and not yet decoded.
    waiting: std::ops::Range<usize>,
    ended: bool,
    done: bool,
}

impl Decoded {
    fn new(bytes: Bytes, decoder: Decoder) -> Decoded {
        let encoded = vec![0; 1 << 15];
        Decoded { bytes, decoder, encoded, waiting: 0..0, ended: false, done: false }
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.done {
            if self.waiting.is_empty() && !self.ended {
                let count = self.bytes.read(&mut self.encoded)?;
                (self.waiting, self.ended) = (0..count, count == 0);
            }
            let encoded = self.encoded.get(self.waiting.clone()).unwrap_or_default();
            let (result, read, written, _) = self.decoder.decode_to_utf8(encoded, buffer, self.ended);
            self.waiting.start += read;
            self.done = self.ended && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

/// A row that does not end.
#[derive(Debug, thiserror::Error)]
#[error(
    "the row that begins here is longer than {} kB. A quote that is opened and never closed does that; see --quote.",
    LONGEST_ROW >> 10
)]
pub(super) struct TooLong;

/// The longest row, in bytes: many times what any table takes, and little enough to be held in memory.
const LONGEST_ROW: usize = 1 << 20;

/// Text whose lines all end in `\n`, the last one too, for the parser counts those alone; and whose rows end at all.
pub(super) struct Lines {
    bytes: Bytes,
    /// The byte before was a `\r`, which has ended the line already.
    after_return: bool,
    /// Everything so far ends with the end of a line.
    at_line_start: bool,
    since_row: usize,
}

impl Lines {
    pub(super) fn new(bytes: Bytes) -> Lines {
        Lines { bytes, after_return: false, at_line_start: true, since_row: 0 }
    }

    /// To be told whenever a row was complete.
    pub(super) fn row_ended(&mut self) {
        self.since_row = 0;
    }

    /// Makes `\r\n` and `\r` one `\n`, in place; answers how many bytes are left.
    fn end_lines_plainly(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0;
        for at in 0..bytes.len() {
            let byte = bytes.get(at).copied().unwrap_or_default();
            let half_of_an_end = self.after_return && byte == b'\n';
            self.after_return = byte == b'\r';
            if half_of_an_end {
                continue;
            }
            if let Some(slot) = bytes.get_mut(kept) {
                *slot = if byte == b'\r' { b'\n' } else { byte };
            }
            kept += 1;
        }
        kept
    }
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_row > LONGEST_ROW {
            return Err(io::Error::new(io::ErrorKind::InvalidData, TooLong));
        }
        loop {
            let count = self.bytes.read(buffer)?;
            let Some(bytes) = buffer.get_mut(..count).filter(|bytes| !bytes.is_empty()) else {
                break;
            };
            let kept = if self.after_return || bytes.contains(&b'\r') {
                self.end_lines_plainly(bytes)
            } else {
                count
            };
            if let Some(last) = bytes.get(..kept).and_then(<[u8]>::last) {
                self.at_line_start = *last == b'\n';
                self.since_row += kept;
                return Ok(kept);
            }
        }
        let Some(first) = buffer.first_mut().filter(|_| !self.at_line_start) else {
            return Ok(0);
        };
        (*first, self.at_line_start) = (b'\n', true);
        Ok(1)
    }
}
