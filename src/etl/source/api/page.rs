//! One page read as it comes: its rows go to the spool one at a time, nested objects flattened by dots; what stands around
//! them is kept.

use super::client::{Client, Head};
use super::columns::Sample;
use super::envelope::Envelope;
use super::error::{ApiError, shown};
use super::inside::{Inside, text_at};
use super::pieces::{BEGIN, Failed, Pieces, SMALL, whole};
use super::says::Says;
use super::sketch::not_json;
use super::spool::{Stretch, Writer};
use crate::domain::guard::from_cell;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufReader, Read};

/// How deep objects in a row are looked into.
const DEPTH: usize = 6;
/// Rows at either end of a page by which it is compared with its neighbours.
const EDGE: usize = 1024;

/// What a page was.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) says: Says,
    pub(super) rest: Value,
    pub(super) stretch: Stretch,
    /// Rows of the server on it; where rows inside of these are kept, there may be more or fewer of them.
    pub(super) rows: u64,
    /// A hash of all its rows in their order.
    pub(super) hash: u64,
    /// Hashes of its first rows, and of its last.
    pub(super) begin: Vec<u64>,
    pub(super) end: VecDeque<u64>,
    /// The last row's field by which the next page is asked for.
    pub(super) last_key: Option<String>,
}

/// Where rows go, while a page is read.
struct Taking<'t> {
    writer: &'t mut Writer,
    columns: Option<&'t [String]>,
    inside: Option<&'t Inside>,
    key: Option<&'t str>,
    path: String,
    depth: usize,
    /// Rows of the server, and rows that were kept.
    rows: u64,
    kept: u64,
    hash: u64,
    begin: Vec<u64>,
    end: VecDeque<u64>,
    last_key: Option<String>,
    /// Bytes since the last row ended.
    piece: &'t Cell<u64>,
    /// Why the reading could not go on, where that is not the reply's fault.
    failed: Option<io::Error>,
}

/// Reads a page. `key` is the field by which the next page is asked for, where that is so.
pub(super) fn read(
    client: &Client,
    head: &Head,
    bytes: &mut dyn Read,
    envelope: &Envelope,
    key: Option<&str>,
    (file, writer): (usize, &mut Writer),
) -> Result<Page, ApiError> {
    let from = writer.position();
    writer.drop_row();
    let (piece, begin) = (Cell::new(0), RefCell::new(Vec::new()));
    let mut taking = Taking {
        writer,
        columns: envelope.columns.as_deref(),
        inside: envelope.inside.as_ref(),
        key,
        path: String::new(),
        depth: 0,
        rows: 0,
        kept: 0,
        hash: 0,
        begin: Vec::new(),
        end: VecDeque::new(),
        last_key: None,
        piece: &piece,
        failed: None,
    };
    let mut found = false;
    let walk = Walk { path: &envelope.path, taking: &mut taking, found: &mut found };
    let mut small = Vec::with_capacity(1 << 16);
    let read = match bytes.take(SMALL).read_to_end(&mut small) {
        Ok(_) if (small.len() as u64) < SMALL => {
            begin.replace(small.iter().take(BEGIN).copied().collect());
            whole(walk, &mut serde_json::Deserializer::from_slice(&small))
        }
        // What a reader says is handed on by the parser.
        ended => {
            let rest: &mut dyn Read = match &ended {
                Ok(_) => bytes,
                Err(_) => &mut io::empty(),
            };
            let inner = &mut small.as_slice().chain(rest).chain(Failed(ended.err()));
            let pieces = Pieces { inner, piece: &piece, begin: &begin };
            let from = BufReader::with_capacity(1 << 15, pieces);
            whole(walk, &mut serde_json::Deserializer::from_reader(from))
        }
    };
    if let Some(cause) = taking.failed.take() {
        return Err(ApiError::Keep(cause.to_string()));
    }
    let rest = read.map_err(|error| not_json(client, head, error, &begin.borrow()))?;
    if !found {
        let at = if envelope.path.is_empty() { "in it".to_owned() } else { format!("at {envelope}") };
        return Err(ApiError::NoRows { url: shown(&head.url), at });
    }
    let says = Says::of(head, &rest, envelope, taking.rows);
    let Taking { rows, kept, hash, begin, end, last_key, .. } = taking;
    Ok(Page { says, rest, stretch: writer.since(file, from, kept), rows, hash, begin, end, last_key })
}

impl Taking<'_> {
    fn end_row<E: serde::de::Error>(&mut self) -> Result<(), E> {
        if let Some(key) = self.key {
            self.last_key = self.writer.get(key).map(str::to_owned);
        }
        let hash = self.keep()?;
        self.note(hash);
        Ok(())
    }

    /// Keeps the row that was put together; answers a hash of it.
    fn keep<E: serde::de::Error>(&mut self) -> Result<u64, E> {
        match self.writer.end_row() {
            Ok(hash) => {
                self.kept += 1;
                Ok(hash)
            }
            Err(cause) => {
                self.failed = Some(cause);
                Err(E::custom("the row can not be kept"))
            }
        }
    }

    /// Keeps the rows inside of one of the server's.
    fn unfold<E: serde::de::Error>(&mut self, inside: &Inside, row: &Value) -> Result<(), E> {
        for (place, one) in inside.rows(row).iter().enumerate() {
            let flat = Sample::of(&[one], None);
            let cells = flat.rows.into_iter().next().unwrap_or_default();
            let own = flat.fields.into_iter().zip(cells);
            let given = inside.given(row, place).map(|(name, text)| (name.to_owned(), text));
            for (name, text) in own.chain(given) {
                self.path = name;
                self.set(text)?;
            }
            self.path.clear();
            self.keep()?;
        }
        if let Some(key) = self.key {
            self.last_key = Some(text_at(row, key)).filter(|text| !text.is_empty());
        }
        let mut hasher = DefaultHasher::new();
        row.to_string().hash(&mut hasher);
        self.note(hasher.finish());
        Ok(())
    }

    /// Notes a row of the server, by which pages are told apart.
    fn note(&mut self, hash: u64) {
        self.rows += 1;
        self.hash = self.hash.rotate_left(5).wrapping_mul(0x0100_0000_01b3) ^ hash;
        if self.begin.len() < EDGE {
            self.begin.push(hash);
        }
        if self.end.len() == EDGE {
            self.end.pop_front();
        }
        self.end.push_back(hash);
        self.piece.set(0);
    }

    fn set<E: serde::de::Error>(&mut self, text: String) -> Result<(), E> {
        // A text that looks as if our own apostrophe stood before it gets one, which the validator takes off.
        let text = if from_cell(&text).is_some() { format!("'{text}") } else { text };
        let name = if self.path.is_empty() { "value" } else { &self.path };
        if self.writer.set(name, text) { Ok(()) } else { Err(E::custom("a row has too many fields")) }
    }
}

/// On the way to the rows.
struct Walk<'w, 't> {
    path: &'w [String],
    taking: &'w mut Taking<'t>,
    found: &'w mut bool,
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        if self.path.is_empty() {
            *self.found = true;
            from.deserialize_any(Rows(self.taking)).map(|()| Value::Null)
        } else {
            from.deserialize_any(self)
        }
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut rest = serde_json::Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = match self.path.split_first() {
                Some((first, further)) if *first == name => {
                    map.next_value_seed(Walk { path: further, taking: self.taking, found: self.found })?
                }
                _ => map.next_value()?,
            };
            rest.insert(name, value);
        }
        Ok(Value::Object(rest))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Null)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        // An empty envelope: there are no rows.
        *self.found = true;
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_str<E>(self, _: &str) -> Result<Value, E> {
        Ok(Value::Null)
    }
}

/// The rows: a list, or objects under keys of their own.
struct Rows<'w, 't>(&'w mut Taking<'t>);

impl<'de> Visitor<'de> for Rows<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if let Some(inside) = self.0.inside {
            while let Some(row) = list.next_element::<Value>()? {
                self.0.unfold(inside, &row)?;
            }
            return Ok(());
        }
        while list.next_element_seed(Field(&mut *self.0))?.is_some() {
            self.0.end_row()?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_key::<IgnoredAny>()?.is_some() {
            match self.0.inside {
                Some(inside) => {
                    let row: Value = map.next_value()?;
                    self.0.unfold(inside, &row)?;
                }
                None => {
                    map.next_value_seed(Field(&mut *self.0))?;
                    self.0.end_row()?;
                }
            }
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// A row, or a field of one.
struct Field<'w, 't>(&'w mut Taking<'t>);

impl<'de> DeserializeSeed<'de> for Field<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Field<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let taking = self.0;
        let outside = taking.path.len();
        taking.depth += 1;
        while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            if taking.depth > DEPTH {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            if outside > 0 {
                taking.path.push('.');
            }
            taking.path.push_str(&name);
            map.next_value_seed(Field(&mut *taking))?;
            taking.path.truncate(outside);
        }
        taking.depth -= 1;
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let taking = self.0;
        if !taking.path.is_empty() || taking.depth > 0 {
            // A list inside a row is no value of it.
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        for place in 0_usize.. {
            let name = taking.columns.and_then(|columns| columns.get(place));
            taking.path = name.cloned().unwrap_or_else(|| (place + 1).to_string());
            taking.depth = 1;
            let there = list.next_element_seed(Field(&mut *taking))?.is_some();
            taking.path.clear();
            taking.depth = 0;
            if !there {
                break;
            }
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.0.set(value.to_string())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        self.0.set(value.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        self.0.set(value.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        // The shortest text that reads as the same number, without an exponent.
        self.0.set(value.to_string())
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<(), E> {
        self.0.set(value.to_owned())
    }

    fn visit_string<E: serde::de::Error>(self, value: String) -> Result<(), E> {
        self.0.set(value)
    }
}
