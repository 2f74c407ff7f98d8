//! Whether the pages that came are all there are.

use super::error::ApiError;
use super::manners::Manners;
use super::page::Page;
use super::paging::{Paging, Way};
use serde::Serialize;
use std::collections::HashSet;
use std::collections::VecDeque;

/// Whether the rows that came are all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "complete", content = "why", rename_all = "snake_case")]
pub enum Whole {
    /// The server says so, in a way that could be compared.
    Proved(String),
    /// One reply, and whatever was tried gave no more.
    Probed(String),
    /// That can not be shown.
    NotShown(String),
}

impl Whole {
    /// Whether they can be taken for all.
    pub fn is_shown(&self) -> bool {
        !matches!(self, Whole::NotShown(_))
    }

    /// The same beside other tables of the server: a single reply of as many rows as servers like to give at once is only
    /// then taken for all where another reply had more.
    #[must_use]
    pub fn against(self, rows: u64, largest_reply: u64) -> Whole {
        match self {
            Whole::Probed(_) if looks_capped(rows) && largest_reply <= rows => Whole::NotShown(format!(
                "the one reply has {rows} rows, which is as many as servers like to give at once, and nothing shows that there are no more"
            )),
            other => other,
        }
    }

    /// Why, in words.
    pub fn why(&self) -> &str {
        match self {
            Whole::Proved(why) | Whole::Probed(why) | Whole::NotShown(why) => why,
        }
    }
}

/// What to do after a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// There may be more.
    More,
    /// That was the last.
    Enough,
    /// It was here already: it is not taken, and there is no use in going on.
    Repeated,
}

/// What the pages so far show.
#[derive(Debug)]
pub(super) struct Proof {
    step: Option<u64>,
    most_pages: u64,
    most_rows: u64,
    pages: u64,
    rows: u64,
    /// Rows that are kept: others, where they are inside of those.
    kept: u64,
    seen: HashSet<u64>,
    end: VecDeque<u64>,
    /// Who says how many there are, and how many.
    total: Option<(String, u64)>,
    /// It was another in another page.
    total_moved: Option<(u64, u64)>,
    overlap: bool,
    ended: Option<String>,
    repeated: Option<u64>,
    says_more: bool,
    short: bool,
}

impl Proof {
    pub(super) fn new(paging: &Paging, manners: &Manners) -> Proof {
        Proof {
            step: paging.step(),
            most_pages: manners.pages,
            most_rows: manners.rows,
            pages: 0,
            rows: 0,
            kept: 0,
            seen: HashSet::new(),
            end: VecDeque::new(),
            total: None,
            total_moved: None,
            overlap: false,
            ended: None,
            repeated: None,
            says_more: false,
            short: false,
        }
    }

    pub(super) fn pages(&self) -> u64 {
        self.pages
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    pub(super) fn total(&self) -> Option<u64> {
        self.total.as_ref().map(|(_, total)| *total)
    }

    /// Whether rows moved from page to page while they were read.
    pub(super) fn moved(&self) -> bool {
        self.overlap || self.total_moved.is_some()
    }

    /// Up to which page it makes sense to ask, when the page of that number is the next to be judged.
    pub(super) fn end(&self, number: u64, window: u64) -> u64 {
        let open = number + window;
        match (self.total(), self.step.filter(|step| *step > 0)) {
            (Some(total), Some(step)) => open.min(total.div_ceil(step).max(number + 1)),
            _ => open,
        }
    }

    /// Judges the page of that number, counted from 0.
    pub(super) fn judge(&mut self, page: &Page, number: u64) -> Result<After, ApiError> {
        let rows = page.rows;
        self.kept += page.stretch.rows;
        self.listen(page);
        if rows > 0 {
            if !self.seen.insert(page.hash) {
                self.repeated = Some(number + 1);
                return Ok(After::Repeated);
            }
            self.overlap |= page.begin.iter().any(|hash| self.end.contains(hash));
            self.end.clone_from(&page.end);
        }
        (self.pages, self.rows) = (self.pages + 1, self.rows + rows);
        if self.pages > self.most_pages {
            return Err(too_many("pages", self.most_pages, "api.pages"));
        }
        if self.rows.max(self.kept) > self.most_rows {
            return Err(too_many("rows", self.most_rows, "api.rows"));
        }
        // The first page shows how large pages are where nothing else does.
        let step = *self.step.get_or_insert(rows);
        self.short = rows < step;
        self.says_more = page.says.more == Some(true);
        if rows == 0 {
            self.ended = Some("the page after the last is empty".to_owned());
            return Ok(After::Enough);
        }
        if page.says.more == Some(false) {
            self.ended = Some("the server says that there is no more".to_owned());
            return Ok(After::Enough);
        }
        // A total that is reached with a full page may be wrong: the next page tells.
        let reached = self.total().is_some_and(|total| self.rows >= total);
        if reached && self.short {
            return Ok(After::Enough);
        }
        Ok(After::More)
    }

    fn listen(&mut self, page: &Page) {
        let Some((who, total)) = &page.says.total else { return };
        match &self.total {
            Some((_, before)) if before != total && self.total_moved.is_none() => {
                self.total_moved = Some((*before, *total));
            }
            _ => {}
        }
        self.total = Some((who.clone(), *total));
    }

    /// The last page leads nowhere.
    pub(super) fn no_next(&mut self) {
        self.ended.get_or_insert_with(|| "the last page leads to no other".to_owned());
    }

    /// The next page is one that was read.
    pub(super) fn circle(&mut self) {
        self.repeated = Some(self.pages + 1);
    }

    /// The server has no page after the last.
    pub(super) fn absent(&mut self, status: u16) {
        self.ended = Some(format!("there is no page after the last (status {status})"));
    }

    /// What they show in the end.
    pub(super) fn whole(self, paging: &Paging) -> Whole {
        let rows = self.rows;
        if let Some((before, after)) = self.total_moved {
            return Whole::NotShown(format!(
                "while they were read, the server's count went from {before} to {after}"
            ));
        }
        if self.overlap {
            return Whole::NotShown("rows moved from page to page while they were read".to_owned());
        }
        if let Some((who, total)) = &self.total {
            return if *total == rows {
                Whole::Proved(format!("{who} says {total}, and as many came"))
            } else {
                Whole::NotShown(format!("the server says that there are {total} ({who}), but {rows} came"))
            };
        }
        match (self.repeated, self.ended) {
            // Some servers give the last page again for every number after it.
            (Some(_), _) if self.short && paging.is_random() => {
                Whole::Proved("the last page is not full, and what comes after is that page again".to_owned())
            }
            (Some(page), _) => {
                Whole::NotShown(format!("page {page} is one that had come before: the pages go in a circle"))
            }
            (None, _) if paging.way == Way::Single && self.says_more => {
                Whole::NotShown("the server says that there is more, but not how to ask for it".to_owned())
            }
            (None, Some(_)) if paging.way == Way::Single && self.pages == 1 => {
                Whole::Probed("everything came in one reply, and no way to ask for more gave more".to_owned())
            }
            (None, Some(why)) => Whole::Proved(why),
            (None, None) => Whole::NotShown("nothing tells whether there is more".to_owned()),
        }
    }
}

fn too_many(what: &str, most: u64, setting: &str) -> ApiError {
    ApiError::TooMuch(format!(
        "There are more than {most} {what}, which is the most that is read ({setting}). The server may be leading on without an end"
    ))
}

/// How many rows servers like to give at once.
const USUAL_CAPS: [u64; 18] =
    [10, 15, 20, 24, 25, 30, 40, 50, 60, 75, 100, 120, 128, 150, 200, 250, 256, 300];

/// Whether a number of rows looks like the most that a server gives at once.
fn looks_capped(rows: u64) -> bool {
    USUAL_CAPS.contains(&rows) || (rows >= 400 && (rows.is_multiple_of(100) || rows.is_power_of_two()))
}
