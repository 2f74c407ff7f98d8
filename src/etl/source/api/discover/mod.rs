//! Finding out what a server has: which address holds which table, where the rows are, how they are paged.
//!
//! First the address itself, then what describes a server (OpenAPI, an index of links), and only where nothing does, names
//! that are likely. Every choice has its reasons.

mod documents;
mod found;
mod head;
mod inside;
mod links;
mod names;

pub use found::{Discovery, Endpoint, Known, Said, Sure};

use super::client::{Client, Effort};
use super::columns::{self, Sample, table_named};
use super::envelope::{self, Envelope};
use super::error::{ApiError, shown};
use super::paging::find::Table as Pages;
use super::paging::{Paging, Way};
use super::progress::Step;
use super::sketch::{Sketch, look};
use crate::domain::{Table, clean};
use crate::etl::spec::spec;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use url::Url;

/// Addresses that are looked at in one discovery, at the most.
const PROBES: u32 = 120;

/// Finds out what a server has.
///
/// # Errors
/// [`ApiError`] where it can not be asked, or where an address that a person named holds no rows.
pub fn discover(client: &Client, known: &Known) -> Result<Discovery, ApiError> {
    client.told.send_modify(|asking| asking.step = Step::Looking);
    let mut scout = Scout {
        client,
        known,
        seen: HashSet::new(),
        pages: HashSet::new(),
        found: Vec::new(),
        parameters: HashMap::new(),
        documents: Vec::new(),
        left: PROBES,
        refused: None,
    };
    scout.go()?;
    let mut found = std::mem::take(&mut scout.found);
    if found.is_empty()
        && let Some(refused) = scout.refused.take()
    {
        return Err(refused);
    }
    // The first found of equals: descriptions come before guesses.
    found.sort_by_key(|found| (found.endpoint.table, std::cmp::Reverse(found.endpoint.sure)));
    let mut discovery = Discovery {
        documents: std::mem::take(&mut scout.documents),
        looked_at: PROBES - scout.left,
        ..Discovery::default()
    };
    let there: HashSet<Table> = found.iter().filter_map(Found::table).collect();
    let mut like: Option<Paging> = None;
    client.told.send_modify(|asking| asking.step = Step::Trying);
    for mut found in found {
        if discovery.endpoints.iter().any(|best| best.table == found.endpoint.table) {
            discovery.others.push(found.endpoint);
            continue;
        }
        scout.find_pages(&mut found, like.as_ref())?;
        if matches!(found.endpoint.paging.way, Way::Page { .. } | Way::Offset { .. }) {
            like = Some(found.endpoint.paging.clone());
        }
        let inner = inside::offered(&scout, &mut found, &there);
        discovery.endpoints.push(found.endpoint);
        discovery.endpoints.extend(inner);
    }
    discovery.endpoints.sort_by_key(|endpoint| endpoint.table);
    Ok(discovery)
}

/// Finds out how an address that was kept as a fallback is paged.
///
/// # Errors
/// [`ApiError`] where it can not be asked.
pub fn look_again(client: &Client, known: &Known, endpoint: &Endpoint) -> Result<Option<Endpoint>, ApiError> {
    let tables = HashMap::from([(
        endpoint.table,
        Said { path: Some(endpoint.url.to_string()), rows_at: Some(endpoint.rows_at.clone()), paging: None },
    )]);
    let known = Known { mapping: known.mapping.clone(), tables, only: vec![endpoint.table] };
    Ok(discover(client, &known)?.endpoints.pop())
}

/// An address with what was seen of it.
struct Found {
    endpoint: Endpoint,
    sketch: Sketch,
}

impl Found {
    /// The table, where it is likely.
    fn table(&self) -> Option<Table> {
        (self.endpoint.sure > Sure::Doubtful).then_some(self.endpoint.table)
    }
}

struct Scout<'s> {
    client: &'s Client,
    known: &'s Known,
    seen: HashSet<Url>,
    /// Addresses where there is something, but no JSON.
    pages: HashSet<Url>,
    found: Vec<Found>,
    /// Parameters that a description names, by path.
    parameters: HashMap<String, Vec<String>>,
    documents: Vec<String>,
    left: u32,
    /// That credentials are wanted, where they are.
    refused: Option<ApiError>,
}

impl Scout<'_> {
    fn go(&mut self) -> Result<(), ApiError> {
        self.said()?;
        if self.has_all() || self.wanted().into_iter().all(|table| self.is_said(table)) {
            return Ok(());
        }
        self.base()?;
        if !self.has_all() {
            documents::look_for(self)?;
        }
        if self.found.iter().all(|found| self.is_said(found.endpoint.table)) {
            names::try_likely(self)?;
        }
        Ok(())
    }

    /// Tables that are wanted.
    fn wanted(&self) -> Vec<Table> {
        if self.known.only.is_empty() { Table::EACH.to_vec() } else { self.known.only.clone() }
    }

    fn has(&self, table: Table) -> bool {
        self.found.iter().any(|found| found.endpoint.table == table && found.endpoint.sure > Sure::Doubtful)
    }

    /// Whether another address of a table is worth a look: one to read and one to fall back on are enough.
    fn may_have_more(&self, table: Table) -> bool {
        self.found.iter().filter(|found| found.endpoint.table == table).count() < 2
    }

    fn has_all(&self) -> bool {
        self.wanted().into_iter().all(|table| self.has(table))
    }

    fn is_said(&self, table: Table) -> bool {
        self.known.tables.get(&table).is_some_and(|said| said.path.is_some())
    }

    /// What a person named is looked at, whatever it is called, and has to hold rows.
    fn said(&mut self) -> Result<(), ApiError> {
        for table in self.wanted() {
            let Some(path) = self.known.tables.get(&table).and_then(|said| said.path.as_deref()) else {
                continue;
            };
            let url = self.client.base.below(path).ok_or_else(|| ApiError::Elsewhere {
                from: self.client.base.url().to_string(),
                to: clean(path),
            })?;
            let sketch = look(self.client, &url, Effort::Full)?;
            self.left = self.left.saturating_sub(1);
            let before = self.found.len();
            self.consider(sketch, "it was named", Some(table));
            if self.found.len() == before {
                return Err(ApiError::NoRows { url: shown(&url), at: "in it".to_owned() });
            }
        }
        Ok(())
    }

    /// The address itself: rows, a description, or links.
    fn base(&mut self) -> Result<(), ApiError> {
        let url = self.client.base.url().clone();
        self.seen.insert(url.clone());
        self.left -= 1;
        match look(self.client, &url, Effort::Full) {
            Ok(sketch) => {
                if documents::is_description(&sketch.value) {
                    return documents::take(self, &sketch);
                }
                let links = links::in_json(self.client, &sketch.head.url, &sketch.value);
                let name = names::of(&url);
                let table = table_named(&name);
                self.consider(sketch, "it is the address itself", table);
                if self.found.iter().any(|found| found.endpoint.url == url) {
                    Ok(())
                } else {
                    links::follow(self, links)
                }
            }
            Err(ApiError::NotJson { .. }) => {
                let links = links::in_page(self.client, &url)?;
                links::follow(self, links)
            }
            Err(error @ ApiError::Credentials { .. }) => {
                self.refused = Some(error);
                Ok(())
            }
            // Many servers have nothing at their root.
            Err(ApiError::Status { .. } | ApiError::Elsewhere { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Looks at an address; answers what is there, where it is JSON.
    fn look(&mut self, url: &Url) -> Result<Option<Sketch>, ApiError> {
        if self.left == 0 || !self.seen.insert(url.clone()) {
            return Ok(None);
        }
        self.left -= 1;
        match look(self.client, url, Effort::Probe) {
            Ok(sketch) => Ok(Some(sketch)),
            Err(error @ ApiError::Credentials { .. }) => {
                self.refused = Some(error);
                Ok(None)
            }
            Err(ApiError::NotJson { .. }) => {
                self.pages.insert(url.clone());
                Ok(None)
            }
            Err(error) if error.is_absence() => Ok(None),
            Err(error @ (ApiError::Status { .. } | ApiError::Slow { .. } | ApiError::Cut { .. })) => {
                self.client.note(format!("{error} Another address was tried."));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Looks at an address that may be a table; answers whether it is one.
    fn visit(&mut self, url: &Url, why: &str, table: Option<Table>) -> Result<bool, ApiError> {
        let before = self.found.len();
        if let Some(sketch) = self.look(url)? {
            self.consider(sketch, why, table);
        }
        Ok(self.found.len() > before)
    }

    /// Takes what was seen for a table, where it looks like one.
    fn consider(&mut self, sketch: Sketch, why: &str, named: Option<Table>) {
        let url = sketch.head.url.clone();
        let said = named.and_then(|table| self.known.tables.get(&table)).cloned().unwrap_or_default();
        let inside = if named.is_none() { tables_inside(&sketch.value) } else { Vec::new() };
        if !inside.is_empty() {
            for (table, envelope) in inside {
                let told = format!("the reply has {table} at {envelope}");
                let sketch = sketch.clone();
                self.take(sketch, &url, vec![why.to_owned(), told], Some(table), envelope);
            }
            return;
        }
        let said = said.rows_at.map(|envelope| envelope.named_by(&sketch.value));
        if let Some(envelope) = said.or_else(|| self.best_place(&sketch.value, named)) {
            self.take(sketch, &url, vec![why.to_owned()], named, envelope);
        }
    }

    /// The place in a reply whose rows fit the table best; the likeliest place where they fit alike.
    fn best_place(&self, reply: &Value, named: Option<Table>) -> Option<Envelope> {
        let places = envelope::find(reply);
        let Some(table) = named else { return places.into_iter().next() };
        places.into_iter().min_by_key(|place| {
            let rows = place.rows(reply).unwrap_or_default();
            let sample = Sample::of(&rows, place.columns.as_deref());
            columns::choose(table, &sample, &self.known.mapping).missing.len()
        })
    }

    fn take(
        &mut self,
        sketch: Sketch,
        url: &Url,
        mut reasons: Vec<String>,
        named: Option<Table>,
        rows_at: Envelope,
    ) {
        let Some(rows) = rows_at.rows(&sketch.value) else { return };
        let mapping = &self.known.mapping;
        let Some((rows_at, sample)) = inside::meant(rows_at, &rows, named, mapping) else { return };
        if sample.is_index() {
            return;
        }
        let Some(judged) = self.judge(named, &sample, &mut reasons) else { return };
        if !self.wanted().contains(&judged.0) {
            return;
        }
        if !rows_at.path.is_empty() {
            reasons.push(format!("its rows are at {rows_at}"));
        }
        let first_rows = rows.len() as u64;
        let endpoint = Endpoint::of(judged, (url.clone(), rows_at), sample, reasons, mapping);
        self.found.push(Found { endpoint: Endpoint { first_rows, ..endpoint }, sketch });
    }

    /// Which table rows are of, by name and by their fields.
    fn judge(
        &self,
        named: Option<Table>,
        sample: &Sample,
        reasons: &mut Vec<String>,
    ) -> Option<(Table, Sure)> {
        let fits = |table: Table| columns::choose(table, sample, &self.known.mapping);
        if let Some(table) = named {
            if sample.rows.is_empty() {
                reasons.push("its name says so; it has no rows that would show it".to_owned());
                return Some((table, Sure::Likely));
            }
            let choice = fits(table);
            if choice.missing.is_empty() {
                reasons.push(format!("its name says so, and {} of its fields fit", choice.taken.len()));
                return Some((table, Sure::Sure));
            }
            reasons.push(format!("its name says so, but its rows have no {}", choice.missing.join(", ")));
            return Some((table, Sure::Doubtful));
        }
        let best = Table::EACH.into_iter().filter_map(|table| {
            let choice = fits(table);
            // Names that many tables have, as `id` and `name`, say nothing: the columns' own names have to be there.
            let needed = spec(table).columns.len().div_ceil(2).max(2);
            (choice.missing.is_empty() && choice.exact >= needed).then_some((choice.exact, table))
        });
        let (exact, table) = best.max_by_key(|(exact, _)| *exact)?;
        reasons.push(format!("{exact} of its fields are named as the columns of {table}"));
        Some((table, Sure::Likely))
    }

    fn find_pages(&self, found: &mut Found, like: Option<&Paging>) -> Result<(), ApiError> {
        let endpoint = &mut found.endpoint;
        self.client.told.send_modify(|asking| asking.table = Some(endpoint.table));
        let said = self.known.tables.get(&endpoint.table).and_then(|said| said.paging.clone());
        if let Some(paging) = said {
            endpoint.reasons.push(format!("it was said how it is paged: {}", paging.in_words()));
            endpoint.paging = paging;
            return Ok(());
        }
        let key = match spec(endpoint.table).key {
            [only] => endpoint.columns.iter().find(|(_, column)| {
                column == only
                    || column == "id"
                    || crate::etl::fold::folded(column) == crate::etl::fold::folded(only)
            }),
            _ => None,
        };
        let none = Vec::new();
        let pages = Pages {
            client: self.client,
            url: &endpoint.url,
            envelope: &endpoint.rows_at,
            key: key.map(|(field, _)| field.as_str()),
            named: self.parameters.get(endpoint.url.path()).unwrap_or(&none),
            like,
        };
        let pages = pages.find(&found.sketch)?;
        endpoint.reasons.push(format!("pages: {}, for {}", pages.paging.in_words(), pages.why));
        (endpoint.paging, endpoint.total) = (pages.paging, pages.total);
        Ok(())
    }
}

/// Tables that one reply holds under their names.
fn tables_inside(value: &Value) -> Vec<(Table, Envelope)> {
    let lists = value.as_object().into_iter().flatten().filter(|(_, list)| list.is_array());
    lists
        .filter_map(|(name, _)| {
            let envelope = Envelope { path: vec![name.clone()], ..Envelope::default() };
            Some((table_named(name)?, envelope.named_by(value)))
        })
        .collect()
}
