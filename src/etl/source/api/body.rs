//! The bytes of a reply: unpacked, counted, and never more than is allowed.

use flate2::read::MultiGzDecoder;
use std::fmt;
use std::io::{self, BufReader, Read};

/// A reply that is larger than it may be. Carried inside an [`io::Error`].
#[derive(Debug)]
pub(super) struct TooLarge(pub(super) String);

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TooLarge {}

pub(super) fn too_large(what: String) -> io::Error {
    io::Error::other(TooLarge(what))
}

/// Reads on as long as the whole is not too large.
pub(super) struct Counted<R> {
    inner: R,
    /// Bytes that may still come.
    left: u64,
    most: u64,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(inner: R, most: u64) -> Counted<R> {
        Counted { inner, left: most, most }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(into)?;
        self.left = self.left.checked_sub(got as u64).ok_or_else(|| {
            too_large(format!(
                "is longer than {}, which is the most a reply may be (api.reply_mib)",
                mebibytes(self.most)
            ))
        })?;
        Ok(got)
    }
}

fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes >> 20)
}

/// The reply's bytes as they were before they were packed for the way.
///
/// # Errors
/// The name of a packing that we do not know.
pub(super) fn unpacked<'r>(
    bytes: impl Read + 'r,
    packing: Option<&str>,
    most: u64,
) -> Result<Box<dyn Read + 'r>, String> {
    match packing.map(|packing| packing.trim().to_lowercase()).as_deref() {
        None | Some("" | "identity") => Ok(Box::new(Counted::new(bytes, most))),
        Some("gzip" | "x-gzip") => {
            let packed = BufReader::with_capacity(1 << 15, Counted::new(bytes, most));
            Ok(Box::new(Counted::new(MultiGzDecoder::new(packed), most)))
        }
        Some(other) => Err(format!("bytes packed as {}", crate::domain::clean(other))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    #[test]
    fn a_small_packet_that_becomes_large_is_stopped() {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        for _ in 0..64 {
            packer.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
        let bomb = packer.finish().unwrap();
        assert!(bomb.len() < 1 << 17);
        let mut reader = unpacked(bomb.as_slice(), Some("gzip"), 4 << 20).unwrap();
        let mut taken = Vec::new();
        let error = reader.read_to_end(&mut taken).unwrap_err();
        assert!(error.get_ref().is_some_and(|inner| inner.is::<TooLarge>()), "{error}");
        assert!(taken.len() <= 5 << 20);
        assert!(unpacked(&b""[..], Some("br"), 1).is_err());
    }
}
