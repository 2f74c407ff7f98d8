//! A first look at a reply: its shape and its first rows, in little memory however long it is.
//!
//! The text is read up to a limit, and closed there as if the rest had not been: at that place every bracket that is open
//! is shut. So what is looked at is always whole JSON.

use super::body::too_large;
use super::client::{Client, Effort, Head, Validators};
use super::error::{ApiError, shown};
use crate::domain::clean;
use serde_json::Value;
use std::io::{self, BufReader, Read};
use url::Url;

/// Bytes of a reply that are looked at.
const LOOKED_AT: u64 = 8 << 20;

/// Bytes that may come after that until a bracket is shut.
const PIECE: u64 = 8 << 20;

/// What was seen of a reply.
#[derive(Debug, Clone)]
pub(super) struct Sketch {
    pub(super) head: Head,
    /// The reply, or as much of it as was read.
    pub(super) value: Value,
    /// Whether there is more of it.
    pub(super) cut: bool,
}

/// Asks for an address and looks at what comes.
pub(super) fn look(client: &Client, url: &Url, effort: Effort) -> Result<Sketch, ApiError> {
    client.get(url, effort, None::<&Validators>, |head, bytes| {
        let mut closing = Closing::new(bytes, LOOKED_AT);
        let read: Result<Value, serde_json::Error> =
            serde_json::from_reader(BufReader::with_capacity(1 << 14, &mut closing));
        let value = match read {
            Ok(value) => value,
            Err(error) => return Err(not_json(client, head, error, &closing.begin)),
        };
        let head = Head { status: head.status, headers: head.headers.clone(), url: head.url.clone() };
        Ok(Sketch { head, value, cut: closing.cut })
    })
}

/// What an error of the parser means; `begin` is how the reply begins.
pub(super) fn not_json(client: &Client, head: &Head, error: serde_json::Error, begin: &[u8]) -> ApiError {
    let url = shown(&head.url);
    if error.is_io() {
        // The parser hands on what the reader said.
        return client.broken_off(&head.url, &io::Error::from(error));
    }
    let text = String::from_utf8_lossy(begin);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.is_empty() {
        return ApiError::NotJson { url, what: "nothing".to_owned() };
    }
    if start.starts_with('<') {
        return ApiError::NotJson { url, what: page(&text).to_owned() };
    }
    if error.is_eof() {
        return ApiError::Cut { url, cause: "it ends in the middle of its JSON".to_owned() };
    }
    let kind = head.header("content-type").unwrap_or("an unknown kind");
    let what = if start.starts_with(['{', '[']) {
        format!("something that is almost JSON (line {}, column {})", error.line(), error.column())
    } else {
        format!("text of {}", clean(kind).chars().take(60).collect::<String>())
    };
    ApiError::NotJson { url, what }
}

/// What kind of page HTML is.
fn page(text: &str) -> &'static str {
    let text = text.to_lowercase();
    let asks = text.contains("type=\"password\"")
        || text.contains("type='password'")
        || text.contains("type=password")
        || text.contains("log in")
        || text.contains("login")
        || text.contains("sign in")
        || text.contains("signin");
    let is_html = text.contains("<html") || text.contains("<!doctype html") || text.contains("<body");
    match (asks, is_html) {
        (true, _) => "a login page (HTML)",
        (false, true) => "a web page (HTML)",
        (false, false) => "XML",
    }
}

/// Bytes that are kept to say what came instead of JSON.
const BEGIN: usize = 16 << 10;

/// Reads JSON up to a limit and closes it there.
struct Closing<R> {
    inner: R,
    left: u64,
    /// The brackets that are open, by what shuts them.
    open: Vec<u8>,
    in_text: bool,
    escaped: bool,
    cut: bool,
    begin: Vec<u8>,
    /// Bytes since the looking should have ended.
    beyond: u64,
}

impl<R: Read> Closing<R> {
    fn new(inner: R, left: u64) -> Closing<R> {
        let (open, begin) = (Vec::new(), Vec::new());
        Closing { inner, left, open, in_text: false, escaped: false, cut: false, begin, beyond: 0 }
    }

    /// Takes note of a byte; answers whether it ends a bracket.
    fn note(&mut self, byte: u8) -> bool {
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' => self.open.push(b'}'),
            b'[' => self.open.push(b']'),
            b'}' | b']' => {
                self.open.pop();
                return true;
            }
            _ => {}
        }
        false
    }
}

impl<R: Read> Read for Closing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.cut {
            let mut given = 0;
            for slot in into.iter_mut() {
                let Some(shut) = self.open.pop() else { break };
                *slot = shut;
                given += 1;
            }
            return Ok(given);
        }
        let got = self.inner.read(into)?;
        let more = BEGIN.saturating_sub(self.begin.len()).min(got);
        self.begin.extend_from_slice(into.get(..more).unwrap_or_default());
        self.left = self.left.saturating_sub(got as u64);
        if self.left == 0 {
            self.beyond += got as u64;
            if self.beyond > PIECE {
                return Err(too_large(format!("has more than {} MiB in a single piece", PIECE >> 20)));
            }
        }
        for (at, byte) in into.iter().take(got).enumerate() {
            if self.note(*byte) && self.left == 0 && !self.open.is_empty() {
                self.cut = true;
                return Ok(at + 1);
            }
        }
        Ok(got)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_reply_is_closed_where_the_looking_ends() {
        let text = r#"{"meta":{"a":"]}"},"rows":[{"id":1,"s":"x\"}"},{"id":2},{"id":3}],"total":3}"#;
        for limit in 0..text.len() as u64 + 9 {
            let mut closing = Closing::new(text.as_bytes(), limit);
            let mut whole = Vec::new();
            // Small pieces, as a network brings them.
            let mut piece = [0_u8; 3];
            loop {
                let got = closing.read(&mut piece).unwrap();
                if got == 0 {
                    break;
                }
                whole.extend_from_slice(&piece[..got]);
            }
            let value: Value =
                serde_json::from_slice(&whole).unwrap_or_else(|error| panic!("{limit}: {error}"));
            assert_eq!(value["meta"]["a"], "]}");
            assert_eq!(closing.cut, value.get("total").is_none(), "{limit}");
        }
    }

    #[test]
    fn a_page_is_called_what_it_is() {
        assert_eq!(page("<html><form><input type=\"password\">"), "a login page (HTML)");
        assert_eq!(page("<!doctype html><p>Welcome"), "a web page (HTML)");
        assert_eq!(page("<?xml version=\"1.0\"?><a/>"), "XML");
    }
}
