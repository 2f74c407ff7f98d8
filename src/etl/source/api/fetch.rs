//! Reading every page of a table into a spool.
//!
//! Pages that can be asked for by themselves are asked for several at a time; the others one after another. Either way
//! they are judged in their order by [`Proof`], which knows when it is enough and whether it was all.

use super::address::with;
use super::client::{Client, Effort, Validators};
use super::envelope::Envelope;
use super::error::{ApiError, shown};
use super::page::{self, Page};
use super::paging::{Paging, Way};
use super::proof::{After, Proof, Whole};
use super::says;
use super::spool::{Spool, Writer};
use crate::domain::Table;
use std::collections::{BTreeMap, HashSet};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Condvar, Mutex, PoisonError};
use url::Url;

/// A table that is to be read, and how.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The table.
    pub table: Table,
    /// Its address.
    pub url: Url,
    /// Where the rows are in a reply.
    pub envelope: Envelope,
    /// How one page leads to the next.
    pub paging: Paging,
    /// What a reply that held the whole table was known by the last time.
    pub last_time: Option<Validators>,
}

/// What came of reading a table.
#[derive(Debug)]
pub struct Fetched {
    /// Its rows; `None` where the server says that nothing changed since the last time.
    pub spool: Option<Spool>,
    /// Pages read.
    pub pages: u64,
    /// Rows in all, where the server says so.
    pub total: Option<u64>,
    /// Whether these are all.
    pub whole: Whole,
    /// Whether rows moved from page to page while they were read, so that some may be here twice.
    pub moved: bool,
    /// What the reply is known by, where one reply held the whole table.
    pub validators: Validators,
}

/// How often a table is read whose rows move while they are read.
const READINGS: u32 = 3;

/// Reads a table.
///
/// # Errors
/// [`ApiError`] where a page can not be had. What came before it is forgotten.
pub fn fetch(client: &Client, reading: &Reading) -> Result<Fetched, ApiError> {
    for again in 1.. {
        let fetched = once(client, reading)?;
        if !fetched.moved || again == READINGS {
            return Ok(fetched);
        }
        client.note(format!("{}: rows moved while they were read, so they were read again.", reading.table));
    }
    Err(ApiError::Cancelled)
}

fn once(client: &Client, reading: &Reading) -> Result<Fetched, ApiError> {
    let keep = |cause: std::io::Error| ApiError::Keep(cause.to_string());
    let mut writer = Writer::new().map_err(keep)?;
    let mut proof = Proof::new(&reading.paging, &client.manners);
    let url = with(&reading.url, &reading.paging.parameters(0));
    let pages = Pages { client, reading };
    let Some((first, validators)) = pages.first(&url, &mut writer)? else {
        let whole = Whole::Proved("the server says that nothing changed since the last load".to_owned());
        let (validators, total) = (reading.last_time.clone().unwrap_or_default(), None);
        return Ok(Fetched { spool: None, pages: 0, total, whole, moved: false, validators });
    };
    let next = pages.next(&first, &url);
    let after = proof.judge(&first, 0)?;
    pages.tell(&proof);
    let mut stretches = vec![first.stretch];
    let mut writers = vec![writer];
    if reading.paging.is_random() {
        if after == After::More {
            pages.several(&mut proof, &mut writers, &mut stretches)?;
        }
    } else {
        pages.one_by_one(&mut proof, next, &url, &mut writers, &mut stretches)?;
    }
    let (read, total, moved) = (proof.pages(), proof.total(), proof.moved());
    let whole = proof.whole(&reading.paging);
    let spool = Spool::new(writers, stretches).map_err(keep)?;
    let validators = if read == 1 { validators } else { Validators::default() };
    Ok(Fetched { spool: Some(spool), pages: read, total, whole, moved, validators })
}

/// What a worker brings: the page of that number, or why there is none.
type Brought = (u64, Result<Page, ApiError>);

/// How far pages may be asked for.
struct Window {
    next: u64,
    end: u64,
    over: bool,
}

struct Pages<'p> {
    client: &'p Client,
    reading: &'p Reading,
}

impl Pages<'_> {
    fn first(&self, url: &Url, writer: &mut Writer) -> Result<Option<(Page, Validators)>, ApiError> {
        let last_time = self.reading.last_time.as_ref();
        self.client.get(url, Effort::Full, last_time, |head, bytes| {
            if head.status == 304 {
                return Ok(None);
            }
            let page = page::read(self.client, head, bytes, &self.reading.envelope, self.key(), (0, writer))?;
            Ok(Some((page, head.validators())))
        })
    }

    fn page(&self, url: &Url, place: (usize, &mut Writer)) -> Result<Page, ApiError> {
        let (file, writer) = place;
        self.client.get(url, Effort::Full, None, |head, bytes| {
            page::read(self.client, head, bytes, &self.reading.envelope, self.key(), (file, &mut *writer))
        })
    }

    /// The field by which the next page is asked for.
    fn key(&self) -> Option<&str> {
        match &self.reading.paging.way {
            Way::Keyset { field, .. } => Some(field),
            _ => None,
        }
    }

    fn tell(&self, proof: &Proof) {
        let (pages, rows, total) = (proof.pages(), proof.rows(), proof.total());
        self.client.told.send_modify(|asking| {
            asking.all_rows += rows.saturating_sub(asking.rows);
            (asking.pages, asking.rows, asking.total) = (pages, rows, total);
        });
    }

    /// The address of the page after this one, where there is one.
    fn next(&self, page: &Page, url: &Url) -> Result<Option<Url>, ApiError> {
        if page.says.more == Some(false) {
            return Ok(None);
        }
        let set = |parameter: &str, value: String| Ok(Some(with(url, &[(parameter.to_owned(), value)])));
        let link = |link: Option<String>| match link {
            Some(link) => self.client.follow(url, &link).map(Some),
            None => Ok(None),
        };
        let said = || page.says.next.as_ref().map(|(_, link)| link.clone());
        match &self.reading.paging.way {
            Way::Header => link(page.says.link.clone()),
            Way::Link(field) => link(says::at(&page.rest, field).or_else(said)),
            // A reply that says where the next page is has one, whatever was found out before.
            Way::Single => link(page.says.link.clone().or_else(said)),
            Way::Cursor { field, parameter } => {
                let found = page.says.cursor.as_ref().filter(|(place, _)| place == field);
                let token = says::at(&page.rest, field).or_else(|| found.map(|(_, token)| token.clone()));
                token.map_or(Ok(None), |token| set(parameter, token))
            }
            Way::Keyset { parameter, .. } => {
                let key = page.last_key.clone();
                key.map_or(Ok(None), |key| set(parameter, key))
            }
            Way::Page { .. } | Way::Offset { .. } => Ok(None),
        }
    }

    fn one_by_one(
        &self,
        proof: &mut Proof,
        mut next: Result<Option<Url>, ApiError>,
        first: &Url,
        writers: &mut [Writer],
        stretches: &mut Vec<super::spool::Stretch>,
    ) -> Result<(), ApiError> {
        let mut seen = HashSet::from([first.clone()]);
        for number in 1.. {
            let Some(url) = next? else {
                proof.no_next();
                return Ok(());
            };
            if !seen.insert(url.clone()) {
                proof.circle();
                return Ok(());
            }
            let Some(writer) = writers.first_mut() else { return Ok(()) };
            let page = self.page(&url, (0, writer))?;
            let is_empty = page.rows == 0;
            let after = proof.judge(&page, number)?;
            if after != After::Repeated {
                stretches.push(page.stretch);
            }
            self.tell(proof);
            next = self.next(&page, &url);
            let ended = is_empty && matches!(self.reading.paging.way, Way::Keyset { .. });
            if after == After::Repeated || ended {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Several pages at a time, judged in their order.
    fn several(
        &self,
        proof: &mut Proof,
        writers: &mut Vec<Writer>,
        stretches: &mut Vec<super::spool::Stretch>,
    ) -> Result<(), ApiError> {
        let threads = self.client.manners.concurrency.max(1) as usize;
        let (window, turned) = (Mutex::new(Window { next: 1, end: 1, over: false }), Condvar::new());
        let (bring, brought) = mpsc::channel();
        let made: Result<Vec<Writer>, _> = (0..threads).map(|_| Writer::new()).collect();
        let made = made.map_err(|cause| ApiError::Keep(cause.to_string()))?;
        std::thread::scope(|scope| {
            let mut workers = Vec::new();
            for (place, writer) in made.into_iter().enumerate() {
                let (bring, window, turned) = (bring.clone(), &window, &turned);
                workers.push(scope.spawn(move || self.work(place + 1, writer, window, turned, &bring)));
            }
            drop(bring);
            let done = self.collect(proof, stretches, &window, &turned, &brought);
            let mut open = window.lock().unwrap_or_else(PoisonError::into_inner);
            open.over = true;
            drop(open);
            turned.notify_all();
            for worker in workers {
                match worker.join() {
                    Ok(writer) => writers.push(writer),
                    Err(_) => return Err(ApiError::Keep("the reading broke off".to_owned())),
                }
            }
            done
        })
    }

    fn work(
        &self,
        file: usize,
        mut writer: Writer,
        window: &Mutex<Window>,
        turned: &Condvar,
        bring: &Sender<Brought>,
    ) -> Writer {
        loop {
            let number = {
                let open = window.lock().unwrap_or_else(PoisonError::into_inner);
                let mut open = turned
                    .wait_while(open, |open| !open.over && open.next >= open.end)
                    .unwrap_or_else(PoisonError::into_inner);
                if open.over {
                    return writer;
                }
                open.next += 1;
                open.next - 1
            };
            let url = with(&self.reading.url, &self.reading.paging.parameters(number));
            let page = self.page(&url, (file, &mut writer));
            if bring.send((number, page)).is_err() {
                return writer;
            }
        }
    }

    fn collect(
        &self,
        proof: &mut Proof,
        stretches: &mut Vec<super::spool::Stretch>,
        window: &Mutex<Window>,
        turned: &Condvar,
        brought: &Receiver<Brought>,
    ) -> Result<(), ApiError> {
        let mut early: BTreeMap<u64, Result<Page, ApiError>> = BTreeMap::new();
        for number in 1.. {
            {
                let mut open = window.lock().unwrap_or_else(PoisonError::into_inner);
                open.end = proof.end(number, u64::from(self.client.manners.concurrency.max(1)));
            }
            turned.notify_all();
            let page = loop {
                match early.remove(&number) {
                    Some(page) => break page,
                    None => match brought.recv() {
                        Ok((number, page)) => drop(early.insert(number, page)),
                        Err(_) => return Err(ApiError::Keep("the reading broke off".to_owned())),
                    },
                }
            };
            let page = match page {
                Ok(page) => page,
                // There is nothing after the last page, and some servers say so with a status.
                Err(ApiError::Status { status, .. }) if matches!(status, 400 | 404 | 410 | 416 | 422) => {
                    proof.absent(status);
                    return Ok(());
                }
                Err(error) => return Err(error),
            };
            match proof.judge(&page, number)? {
                After::More => stretches.push(page.stretch),
                After::Enough => {
                    stretches.push(page.stretch);
                    self.tell(proof);
                    return Ok(());
                }
                After::Repeated => return Ok(()),
            }
            self.tell(proof);
        }
        Ok(())
    }
}

impl Reading {
    /// The address as receipts have it.
    pub fn name(&self) -> String {
        shown(&self.url)
    }
}
