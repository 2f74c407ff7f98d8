//! Finding out how a table is paged: by what its first reply says, then by trying; and proving it by page two.

use super::params::{AFTER, Kind, STYLES, Style, for_token, sizes};
use super::{Paging, Way};
use crate::etl::source::api::address::with;
use crate::etl::source::api::client::{Client, Effort};
use crate::etl::source::api::envelope::Envelope;
use crate::etl::source::api::error::ApiError;
use crate::etl::source::api::says::Says;
use crate::etl::source::api::sketch::{Sketch, look};
use serde_json::Value;
use url::Url;

/// How a table is paged, and what shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::etl::source::api) struct Found {
    pub(in crate::etl::source::api) paging: Paging,
    /// What shows it, in words.
    pub(in crate::etl::source::api) why: String,
    /// Rows in all, where the server says so.
    pub(in crate::etl::source::api) total: Option<u64>,
}

/// A table whose pages are to be found out.
pub(in crate::etl::source::api) struct Table<'t> {
    pub(in crate::etl::source::api) client: &'t Client,
    pub(in crate::etl::source::api) url: &'t Url,
    pub(in crate::etl::source::api) envelope: &'t Envelope,
    /// The fields that are its key, as the server names them; one alone can be paged by.
    pub(in crate::etl::source::api) key: Option<&'t str>,
    /// Parameters that a document of the server names, and what worked for another of its tables.
    pub(in crate::etl::source::api) named: &'t [String],
    pub(in crate::etl::source::api) like: Option<&'t Paging>,
}

/// A page as far as it is compared.
pub(super) struct Seen {
    pub(super) rows: Vec<Value>,
    pub(super) says: Says,
}

impl Table<'_> {
    fn seen(&self, sketch: &Sketch) -> Option<Seen> {
        let rows: Vec<Value> = self.envelope.rows(&sketch.value)?.into_iter().cloned().collect();
        let says = Says::of(&sketch.head, &sketch.value, self.envelope, rows.len() as u64);
        Some(Seen { rows, says })
    }

    /// Asks with these parameters; `None` where the server does not take them.
    pub(super) fn ask(&self, parameters: &[(&str, String)]) -> Result<Option<Seen>, ApiError> {
        let parameters: Vec<(String, String)> =
            parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.ask_at(&with(self.url, &parameters))
    }

    fn ask_at(&self, url: &Url) -> Result<Option<Seen>, ApiError> {
        match look(self.client, url, Effort::Probe) {
            Ok(sketch) => Ok(self.seen(&sketch)),
            Err(error) if error.is_absence() => Ok(None),
            // A server that fails for a question it does not understand has answered it.
            Err(ApiError::Status { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Finds it out.
    pub(in crate::etl::source::api) fn find(&self, first: &Sketch) -> Result<Found, ApiError> {
        let Some(seen) = self.seen(first) else {
            return Ok(Found { paging: Paging::default(), why: "there are no rows".to_owned(), total: None });
        };
        let total = seen.says.total.as_ref().map(|(_, total)| *total);
        let done = |paging: Paging, why: String, total: Option<u64>| Ok(Found { paging, why, total });
        if let Some(found) = self.by_what_it_says(&seen)? {
            return Ok(found);
        }
        if first.cut {
            let why = "the reply is one long list; what it says after its rows is seen when it is read";
            return done(Paging::default(), why.to_owned(), total);
        }
        if let (Some((who, total)), rows) = (&seen.says.total, seen.rows.len() as u64)
            && *total == rows
        {
            return done(
                Paging::default(),
                format!("{who} says {total}, and all of them are here"),
                Some(*total),
            );
        }
        if let Some(like) = self.like.filter(|like| like.is_random())
            && let Some(found) = self.like_another(&seen, like)?
        {
            return Ok(found);
        }
        if let Some(found) = self.by_trying(&seen)? {
            return Ok(found);
        }
        if let Some(found) = self.by_key(&seen)? {
            return Ok(found);
        }
        let why = if seen.rows.is_empty() {
            "it is empty".to_owned()
        } else {
            "asked for more in every usual way, it gave the same rows again".to_owned()
        };
        done(Paging::default(), why, total)
    }

    /// A link or a token in the reply.
    fn by_what_it_says(&self, seen: &Seen) -> Result<Option<Found>, ApiError> {
        let link = seen.says.link.clone().map(|link| (Way::Header, link, "the Link header".to_owned()));
        let next = seen.says.next.clone().map(|(field, link)| {
            let told = format!("the field {field}");
            (Way::Link(field), link, told)
        });
        for (way, link, told) in link.into_iter().chain(next) {
            let two = self.client.follow(self.url, &link)?;
            let Some(page_two) = self.ask_at(&two)? else { continue };
            if self.goes_on(seen, &page_two) || page_two.rows.is_empty() {
                let (size, page) = self.larger(seen)?;
                let rows = page_two.rows.len();
                let why = format!("{told} leads to page two, which has {rows} other rows");
                let total = page.as_ref().unwrap_or(seen).says.total.as_ref().map(|total| total.1);
                return Ok(Some(Found { paging: Paging { way, size }, why, total }));
            }
        }
        let Some((field, token)) = &seen.says.cursor else {
            return Ok(None);
        };
        // A number that counts up is mostly the number of a page.
        if token.parse::<u64>().is_ok()
            && let Some(found) = self.by_trying(seen)?
        {
            return Ok(Some(found));
        }
        for parameter in for_token(field).into_iter().take(12) {
            let Some(page_two) = self.ask(&[(&parameter, token.clone())])? else { continue };
            if self.goes_on(seen, &page_two) {
                let (size, page) = self.larger(seen)?;
                let why = format!("the token in {field}, given as {parameter}, leads to other rows");
                let total = page.as_ref().unwrap_or(seen).says.total.as_ref().map(|total| total.1);
                let way = Way::Cursor { field: field.clone(), parameter };
                return Ok(Some(Found { paging: Paging { way, size }, why, total }));
            }
        }
        Ok(None)
    }

    /// Whether a page has rows, and none of the first's.
    fn goes_on(&self, first: &Seen, second: &Seen) -> bool {
        !second.rows.is_empty() && !second.rows.iter().any(|row| first.rows.contains(row))
    }

    /// What another table of this server does, proved here as well.
    fn like_another(&self, first: &Seen, like: &Paging) -> Result<Option<Found>, ApiError> {
        let Some(page) = self.page(like, 0)? else { return Ok(None) };
        if page.rows.iter().take(first.rows.len()).ne(first.rows.iter().take(page.rows.len())) {
            return Ok(None);
        }
        let Some(next) = self.page(like, 1)? else { return Ok(None) };
        let proved = next.rows.is_empty() || self.goes_on(&page, &next);
        let total = page.says.total.as_ref().map(|total| total.1);
        let why = "as another table of this server; page two has other rows, or none".to_owned();
        Ok(proved.then(|| Found { paging: like.clone(), why, total }))
    }

    fn page(&self, paging: &Paging, number: u64) -> Result<Option<Seen>, ApiError> {
        self.ask_at(&with(self.url, &paging.parameters(number)))
    }

    /// Page numbers and offsets, tried one after another; those first for which something speaks.
    fn by_trying(&self, first: &Seen) -> Result<Option<Found>, ApiError> {
        if first.rows.is_empty() {
            return Ok(None);
        }
        let styles = self.likely(first);
        // All at once first: a server that ignores every one of them answers as before, and is asked no further.
        if !self.hears_any(first, &styles)? {
            return Ok(None);
        }
        for style in styles {
            if let Some(found) = self.try_style(first, style)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The styles, in the order in which the server's own words speak for them.
    fn likely(&self, first: &Seen) -> Vec<Style> {
        let named = |name: &str| self.named.iter().any(|other| other == name);
        let told = |name: &str| {
            let bare = name.trim_start_matches(['_', '$']).replace(['[', ']', '_'], "").to_lowercase();
            first.says.names.contains(&bare)
        };
        let mut styles = STYLES.to_vec();
        if self.named.iter().any(|name| styles.iter().any(|style| style.parameter == name)) {
            styles.retain(|style| named(style.parameter));
        }
        styles.sort_by_key(|style| {
            let size = style.sizes.iter().any(|size| named(size) || told(size));
            (!named(style.parameter), !told(style.parameter), !size)
        });
        styles
    }

    /// Whether the server takes notice of any of the parameters.
    fn hears_any(&self, first: &Seen, styles: &[Style]) -> Result<bool, ApiError> {
        let few = if first.rows.len() > 2 { "2" } else { "1" };
        let small: Vec<(&str, String)> = sizes().into_iter().map(|name| (name, few.to_owned())).collect();
        let far: Vec<(&str, String)> =
            styles.iter().map(|style| (style.parameter, self.second(style, first).to_string())).collect();
        for question in [small, far] {
            match self.ask(&question)? {
                Some(seen) if seen.rows == first.rows => {}
                // It hears one of them, or minds them: that is found out one by one.
                _ => return Ok(true),
            }
        }
        Ok(false)
    }

    /// What asks for the second page, or for what is after the first rows.
    fn second(&self, style: &Style, first: &Seen) -> u64 {
        match style.kind {
            Kind::Page => 2,
            Kind::Offset => first.rows.len() as u64,
        }
    }

    fn try_style(&self, first: &Seen, style: Style) -> Result<Option<Found>, ApiError> {
        let has = first.rows.len() as u64;
        let size = self.size_of(first, &style)?;
        // With pages of half the rows, page two has to be the second half of what is known already.
        let half = (has / 2).max(1);
        let (rows, parameters) = match &size {
            Some(size) => (half, vec![(*size, half.to_string())]),
            None => (has, Vec::new()),
        };
        let at = |number: u64| {
            let mut all = parameters.clone();
            all.push((style.parameter, number.to_string()));
            self.ask(&all)
        };
        let step = |page: u64| if style.kind == Kind::Page { page } else { page * rows };
        let Some(second) = at(step(if style.kind == Kind::Page { 2 } else { 1 }))? else {
            return Ok(None);
        };
        let expected: Vec<&Value> = first.rows.iter().skip(rows as usize).take(rows as usize).collect();
        let is_known = !expected.is_empty() && second.rows.iter().collect::<Vec<_>>() == expected;
        let is_new = expected.is_empty() && second.rows != first.rows && !self.overlaps(first, &second);
        let numbers_from = match style.kind {
            Kind::Offset if is_known || is_new => 0,
            Kind::Page if is_known => 1,
            Kind::Page => {
                let Some(one) = at(1)? else { return Ok(None) };
                let same = one.rows.iter().eq(first.rows.iter().take(one.rows.len()));
                let zero_is_first = || {
                    Ok::<_, ApiError>(
                        at(0)?.is_some_and(|zero| zero.rows.iter().eq(first.rows.iter().take(rows as usize))),
                    )
                };
                match (same && !one.rows.is_empty(), is_new) {
                    (true, true) => 1,
                    (false, _) if one.rows != first.rows && zero_is_first()? => 0,
                    _ => return Ok(None),
                }
            }
            Kind::Offset => return Ok(None),
        };
        let (size, largest) = match size {
            Some(size) => self.largest(first, size)?,
            None => (None, None),
        };
        let step = largest.as_ref().map_or(has, |page| page.rows.len() as u64);
        let parameter = style.parameter.to_owned();
        let way = match style.kind {
            Kind::Page => Way::Page { parameter, first: numbers_from },
            Kind::Offset => Way::Offset { parameter, step: step.max(1) },
        };
        let seen = [Some(&second), largest.as_ref(), Some(first)];
        let total = seen.into_iter().flatten().find_map(|seen| seen.says.total.as_ref().map(|total| total.1));
        let why = match (is_known, second.rows.is_empty()) {
            (true, _) => {
                format!("asked for page two by {}, it gave the rows that come next", style.parameter)
            }
            (false, true) => format!("it hears {}: after the last row it gave none", style.parameter),
            (false, false) => format!("page two by {} has other rows", style.parameter),
        };
        Ok(Some(Found { paging: Paging { way, size }, why, total }))
    }

    fn overlaps(&self, one: &Seen, other: &Seen) -> bool {
        other.rows.iter().any(|row| one.rows.contains(row))
    }

    /// The key of the last row as the beginning of the next page.
    fn by_key(&self, first: &Seen) -> Result<Option<Found>, ApiError> {
        let Some(field) = self.key else { return Ok(None) };
        let keys: Option<Vec<u64>> = first.rows.iter().map(|row| key_of(row, field)).collect();
        let Some(keys) = keys.filter(|keys| keys.len() > 1 && keys.is_sorted()) else {
            return Ok(None);
        };
        let (Some(last), Some(middle)) = (keys.last(), keys.get(keys.len() / 2 - 1)) else {
            return Ok(None);
        };
        let own =
            [format!("{field}_gt"), format!("{field}[gt]"), format!("{field}__gt"), format!("after_{field}")];
        let mut names: Vec<&str> = AFTER.to_vec();
        names.extend(own.iter().map(String::as_str));
        let all: Vec<(&str, String)> = names.iter().map(|name| (*name, middle.to_string())).collect();
        if self.ask(&all)?.is_some_and(|seen| seen.rows == first.rows) {
            return Ok(None);
        }
        for parameter in names {
            let Some(seen) = self.ask(&[(parameter, middle.to_string())])? else { continue };
            let after = seen.rows.first().and_then(|row| key_of(row, field));
            if after.is_some_and(|after| after > *middle)
                && first.rows.get(keys.len() / 2) == seen.rows.first()
            {
                let next = self.ask(&[(parameter, last.to_string())])?;
                let proved = next.is_some_and(|next| !self.overlaps(first, &next));
                if proved {
                    let way = Way::Keyset { parameter: parameter.to_owned(), field: field.to_owned() };
                    let why = format!("rows after a key are given by {parameter}");
                    let total = first.says.total.as_ref().map(|total| total.1);
                    let (size, _) = self.larger(first)?;
                    return Ok(Some(Found { paging: Paging { way, size }, why, total }));
                }
            }
        }
        Ok(None)
    }
}

fn key_of(row: &Value, field: &str) -> Option<u64> {
    match field.split('.').try_fold(row, |value, name| value.get(name))? {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}
