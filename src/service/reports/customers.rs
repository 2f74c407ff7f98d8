//! Letters to customers: read a few at a time, laid out on as many threads as there are processors.

use super::drafts::Drafted;
use super::{Printing, ReportError, Whom, name};
use crate::db;
use crate::db::records::RecordPage;
use crate::db::reports::Reader;
use crate::domain::records::{Filter, RecordId};
use crate::domain::report::{CustomerHistory, StoreContact};
use crate::domain::{CustomerId, Table};
use crate::report::pdf::{self, Stamp};
use crate::service::records;
use crate::settings::Report;
use jiff::Zoned;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::task::JoinSet;

/// Customers that are read at once: few enough to hold, and enough that questions cost little.
const AT_ONCE: u32 = 16;
/// Numbers of customers that are asked for at once.
const LISTED_AT_ONCE: u32 = 1000;

/// What all letters of a run have in common.
struct Common {
    stores: Vec<StoreContact>,
    look: Report,
    stamp: Stamp,
    now: Zoned,
    folder: PathBuf,
}

impl Common {
    fn drafted(&self, customer: &CustomerHistory) -> Result<Drafted, ReportError> {
        let pdf = pdf::customer(customer, &self.stores, &self.look, &self.stamp)?;
        let name = name::of_customer(customer, &self.now);
        Drafted::write(&self.folder, &name, Some(customer.id), &pdf)
    }
}

impl Printing<'_> {
    pub(super) async fn customers(
        &self,
        reader: &mut Reader,
        whom: &Whom,
    ) -> Result<Vec<Drafted>, ReportError> {
        let stores = self.unless_cancelled(reader.stores(self.cancel).await?)?;
        let common = Common {
            stores,
            look: self.request.look.clone(),
            stamp: self.stamp.clone(),
            now: self.request.now.clone(),
            folder: self.request.folder.clone(),
        };
        let mut letters =
            Letters { common: Arc::new(common), working: JoinSet::new(), drafted: Vec::new(), of: 0 };
        let written = match whom {
            Whom::These(numbers) => self.these(reader, numbers, &mut letters).await,
            Whom::All => self.all(reader, &mut letters).await,
            Whom::Narrowed(filter) => self.narrowed(reader, filter, &mut letters).await,
        };
        // Also when something went wrong: a thread still at work would leave its draft behind.
        let finished = letters.finish(self).await;
        written.and(finished)?;
        Ok(letters.drafted)
    }

    async fn these(
        &self,
        reader: &mut Reader,
        numbers: &[CustomerId],
        letters: &mut Letters,
    ) -> Result<(), ReportError> {
        let mut numbers = numbers.to_vec();
        numbers.sort_unstable();
        numbers.dedup();
        letters.of = numbers.len() as u64;
        let mut unknown = Vec::new();
        for number in numbers {
            match self.unless_cancelled(reader.customers(number..=number, self.cancel).await?)?.pop() {
                Some(customer) => letters.begin(customer, self).await?,
                None => unknown.push(number),
            }
        }
        if unknown.is_empty() { Ok(()) } else { Err(ReportError::UnknownCustomers(unknown)) }
    }

    /// Those that a table narrowed like this shows. Who is gone by the time they are read is left out.
    async fn narrowed(
        &self,
        reader: &mut Reader,
        filter: &Filter,
        letters: &mut Letters,
    ) -> Result<(), ReportError> {
        let as_of = records::today(self.db, self.request.now.timestamp()).await?;
        let mut page = RecordPage {
            table: Table::Customers,
            filter: filter.clone(),
            order: None,
            after: None,
            up: false,
            limit: LISTED_AT_ONCE,
            as_of,
        };
        let mut numbers = Vec::new();
        loop {
            let listed = self.unless_cancelled(db::records::page(self.db, &page, self.cancel).await?)?;
            let Some(last) = listed.last() else { break };
            page.after = Some(last.place.clone());
            numbers.extend(listed.iter().filter_map(|listed| match listed.record {
                RecordId::Customer(id) => Some(id),
                _ => None,
            }));
        }
        if numbers.is_empty() {
            return Err(ReportError::NobodyLeft);
        }
        letters.of = numbers.len() as u64;
        self.tell(0, letters.of);
        for number in numbers {
            let found = self.unless_cancelled(reader.customers(number..=number, self.cancel).await?)?;
            for customer in found {
                letters.begin(customer, self).await?;
            }
        }
        Ok(())
    }

    async fn all(&self, reader: &mut Reader, letters: &mut Letters) -> Result<(), ReportError> {
        letters.of = self.unless_cancelled(reader.customer_count(self.cancel).await?)?;
        self.tell(0, letters.of);
        let mut after = CustomerId(0);
        loop {
            let next = self.unless_cancelled(reader.customers_after(after, AT_ONCE, self.cancel).await?)?;
            let (Some(first), Some(last)) = (next.first(), next.last()) else { break };
            after = *last;
            for customer in self.unless_cancelled(reader.customers(*first..=*last, self.cancel).await?)? {
                letters.begin(customer, self).await?;
            }
        }
        if letters.of == 0 { Err(ReportError::NoCustomers) } else { Ok(()) }
    }
}

/// Letters, the ones being written and the written ones.
struct Letters {
    common: Arc<Common>,
    working: JoinSet<Result<Drafted, ReportError>>,
    drafted: Vec<Drafted>,
    of: u64,
}

impl Letters {
    /// Begins one as soon as a thread is free.
    async fn begin(&mut self, customer: CustomerHistory, printing: &Printing<'_>) -> Result<(), ReportError> {
        let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        while self.working.len() >= threads {
            self.take_one(printing).await?;
        }
        let common = Arc::clone(&self.common);
        self.working.spawn_blocking(move || common.drafted(&customer));
        Ok(())
    }

    async fn finish(&mut self, printing: &Printing<'_>) -> Result<(), ReportError> {
        let mut finished = Ok(());
        while !self.working.is_empty() {
            finished = finished.and(self.take_one(printing).await);
        }
        self.drafted.sort_by_key(|drafted| drafted.customer);
        finished
    }

    async fn take_one(&mut self, printing: &Printing<'_>) -> Result<(), ReportError> {
        if let Some(done) = self.working.join_next().await {
            self.drafted.push(done.map_err(|_| ReportError::Thread)??);
            printing.tell(self.drafted.len() as u64, self.of);
        }
        Ok(())
    }
}
