//! How many rows a page has: fewer, to see page two in what is known already; as many as may be, to ask seldom.

use super::find::{Seen, Table};
use super::params::{Kind, Style, sizes};
use crate::etl::source::api::error::ApiError;

/// Rows a page that are asked for where a server lets us choose.
const ASKED: u64 = 500;
/// And where it thinks that too many.
const FEWER: u64 = 100;

/// A parameter with so many rows a page, and the page that showed it.
type PageSize = (Option<(String, u64)>, Option<Seen>);

impl Table<'_> {
    /// The parameter that makes pages of this style smaller.
    pub(super) fn size_of(&self, first: &Seen, style: &Style) -> Result<Option<&'static str>, ApiError> {
        let few = (first.rows.len() as u64 / 2).max(1);
        let mut names = style.sizes.to_vec();
        if self.named.iter().any(|named| names.iter().any(|name| name == named)) {
            names.retain(|name| self.named.iter().any(|named| named == name));
        }
        // A page that has but one row can not be made smaller; more may be seen.
        let wanted = if first.rows.len() > 1 { few } else { return Ok(None) };
        let matters = |seen: Option<Seen>| seen.filter(|seen| seen.rows.len() as u64 == wanted).is_some();
        let all: Vec<(&str, String)> = names.iter().map(|name| (*name, wanted.to_string())).collect();
        let all = self.with_number(style, all);
        match self.ask(&all)? {
            Some(seen) if seen.rows.len() as u64 != wanted => return Ok(None),
            _ => {}
        }
        for name in names {
            let question = self.with_number(style, vec![(name, wanted.to_string())]);
            if matters(self.ask(&question)?) {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }

    /// Some servers hear of sizes only where a page is asked for.
    fn with_number<'n>(&self, style: &Style, mut question: Vec<(&'n str, String)>) -> Vec<(&'n str, String)> {
        let number = if style.kind == Kind::Page { "1" } else { "0" };
        question.push((style.parameter, number.to_owned()));
        question
    }

    /// How many rows a page may have at the most, up to what we ask for.
    pub(super) fn largest(&self, first: &Seen, size: &'static str) -> Result<PageSize, ApiError> {
        for rows in [ASKED, FEWER] {
            if let Some(page) = self.ask(&[(size, rows.to_string())])?
                && !page.rows.is_empty()
            {
                let has = page.rows.len() as u64;
                // Fewer than asked for: all there are, or all that it gives at once.
                let asked = if has < rows && has > first.rows.len() as u64 { has } else { rows };
                let asked = if has > rows { rows } else { asked };
                return Ok((Some((size.to_owned(), asked)), Some(page)));
            }
        }
        let rows = first.rows.len() as u64;
        Ok((Some((size.to_owned(), rows)), None))
    }

    /// A parameter by which pages become larger, where links or tokens lead on.
    pub(super) fn larger(&self, first: &Seen) -> Result<PageSize, ApiError> {
        let has = first.rows.len();
        if has as u64 >= ASKED {
            return Ok((None, None));
        }
        let mut names = sizes();
        let hinted: Vec<&'static str> =
            names.iter().copied().filter(|name| self.named.iter().any(|named| named == name)).collect();
        if !hinted.is_empty() {
            names = hinted;
        }
        let all: Vec<(&str, String)> = names.iter().map(|name| (*name, ASKED.to_string())).collect();
        let page = match self.ask(&all)? {
            Some(page) if page.rows.len() > has => page,
            Some(page) if page.rows.len() == has => return Ok((None, None)),
            // It takes what it does not know for a filter, or minds it: then one by one.
            _ => return self.larger_by_one(first, &names),
        };
        // Which one it was: half of them, and half of that.
        while names.len() > 1 {
            let (one, other) = names.split_at(names.len() / 2);
            let half: Vec<(&str, String)> = one.iter().map(|name| (*name, ASKED.to_string())).collect();
            let heard = self.ask(&half)?.is_some_and(|page| page.rows.len() > has);
            names = if heard { one.to_vec() } else { other.to_vec() };
        }
        Ok((names.first().map(|name| ((*name).to_owned(), ASKED)), Some(page)))
    }

    fn larger_by_one(&self, first: &Seen, names: &[&'static str]) -> Result<PageSize, ApiError> {
        const TRIED: usize = 8;
        for name in names.iter().take(TRIED) {
            for rows in [ASKED, FEWER] {
                let page = self.ask(&[(name, rows.to_string())])?;
                if let Some(page) = page.filter(|page| page.rows.len() > first.rows.len()) {
                    return Ok((Some(((*name).to_owned(), rows)), Some(page)));
                }
            }
        }
        Ok((None, None))
    }
}
