//! Sales, stock, and what to order: one document each.

use super::drafts::Drafted;
use super::{Printing, ReportError, name};
use crate::db;
use crate::db::reports::Reader;
use crate::domain::report::SalesReport;
use crate::domain::{Scope, StoreId, sales};
use crate::report::pdf::{self, Pdf, PrintError};
use crate::service::figures::{self, LOW_BELOW};

/// How many of the best products are listed.
const BEST: usize = 25;
/// Up to so many stores are called by their names.
const NAMED: usize = 3;

/// A document that only has to be laid out, and its file's name.
pub(super) struct Document {
    name: String,
    print: Box<dyn FnOnce() -> Result<Pdf, PrintError> + Send>,
}

impl Printing<'_> {
    /// Lays out one document on a thread of its own and writes it down.
    pub(super) async fn one(&self, document: Document) -> Result<Vec<Drafted>, ReportError> {
        self.tell(0, 1);
        let folder = self.request.folder.clone();
        let work = move || Drafted::write(&folder, &document.name, None, &(document.print)()?);
        let working = tokio::task::spawn_blocking(work);
        let drafted = tokio::select! {
            drafted = working => drafted.map_err(|_| ReportError::Thread)??,
            // What comes of it later is dropped, and so removed.
            () = self.cancel.cancelled() => return Err(ReportError::Cancelled),
        };
        self.tell(1, 1);
        Ok(vec![drafted])
    }

    /// The same figures as everywhere: `db::figures` has them in one place.
    pub(super) async fn sales(&self, reader: &mut Reader, scope: &Scope) -> Result<Document, ReportError> {
        let db = self.db;
        let seen = self.seen(reader, scope.store).await?;
        let scope = &Scope { store: seen.one, ..*scope };
        let sold = db::figures::sold(db, scope, &self.sight).await?;
        self.unless_cancelled(Some(()))?;
        let products = db::figures::sold_products(db, scope, &self.sight).await?;
        self.unless_cancelled(Some(()))?;
        let products = products.into_iter().take(BEST).map(|row| row.product).collect();
        let of_store = |(store, name): &(StoreId, String)| {
            (name.clone(), sales::added_up(sold.iter().filter(|row| row.store == *store)))
        };
        let stores = scope.store.map_or_else(|| seen.stores.iter().map(of_store).collect(), |_| Vec::new());
        let (figures, days) = (sales::added_up(&sold), sales::net_per_day(&sold));
        let name = name::named("sales_report", seen.called(), &self.request.now);
        let sales = SalesReport { scope: *scope, store: seen.name, figures, days, stores, products };
        let (look, stamp) = (self.request.look.clone(), self.stamp.clone());
        Ok(Document { name, print: Box::new(move || pdf::sales(&sales, &look, &stamp)) })
    }

    pub(super) async fn stock(
        &self,
        reader: &mut Reader,
        store: Option<StoreId>,
    ) -> Result<Document, ReportError> {
        let seen = self.seen(reader, store).await?;
        let stock = self.unless_cancelled(reader.stock(seen.one, &self.sight, self.cancel).await?)?;
        let (look, stamp) = (self.request.look.clone(), self.stamp.clone());
        let name = name::named("stock_list", seen.called(), &self.request.now);
        let print = move || pdf::stock(&stock, seen.name.as_deref(), &look, &stamp);
        Ok(Document { name, print: Box::new(print) })
    }

    pub(super) async fn low_stock(
        &self,
        reader: &mut Reader,
        store: Option<StoreId>,
    ) -> Result<Document, ReportError> {
        let seen = self.seen(reader, store).await?;
        let low = reader.low_stock(seen.one, &self.sight, LOW_BELOW, self.cancel).await?;
        let low = self.unless_cancelled(low)?;
        let (look, stamp) = (self.request.look.clone(), self.stamp.clone());
        let name = name::named("low_stock", seen.called(), &self.request.now);
        let print = move || pdf::low_stock(&low, seen.name.as_deref(), LOW_BELOW, &look, &stamp);
        Ok(Document { name, print: Box::new(print) })
    }

    /// The stores it is about: the one that is asked for, or all that whoever prints may look at. Refuses one that is not there, or
    /// not theirs, as the dashboard does.
    async fn seen(&self, reader: &mut Reader, asked: Option<StoreId>) -> Result<Seen, ReportError> {
        let stores = self.unless_cancelled(reader.stores(self.cancel).await?)?;
        let stores: Vec<(StoreId, String)> = stores.into_iter().map(|store| (store.id, store.name)).collect();
        figures::allows(&self.sight, asked, self.actor)?;
        if let Some(asked) = asked.filter(|asked| stores.iter().all(|(store, _)| store != asked)) {
            let known = stores.iter().map(|(store, name)| format!("{store} {name}")).collect();
            return Err(ReportError::UnknownStore { asked, known });
        }
        let all = stores.len();
        let is_meant = |store: StoreId| asked.is_none_or(|asked| asked == store) && self.sight.holds(store);
        let stores: Vec<_> = stores.into_iter().filter(|(store, _)| is_meant(*store)).collect();
        let one = asked.or(match stores.as_slice() {
            [(only, _)] if all > 1 => Some(*only),
            _ => None,
        });
        let names: Vec<&str> = stores.iter().map(|(_, name)| name.as_str()).collect();
        let name = match (stores.len(), one) {
            (count, None) if count == all => None,
            (0..=NAMED, _) => Some(names.join(", ")),
            (count, _) => Some(format!("{count} stores")),
        };
        Ok(Seen { stores, one, name })
    }
}

/// The stores that a document is about.
struct Seen {
    /// By number, with their names.
    stores: Vec<(StoreId, String)>,
    /// The only one of several.
    one: Option<StoreId>,
    /// What they are called; nothing for all there are.
    name: Option<String>,
}

impl Seen {
    /// The same in the name of a file.
    fn called(&self) -> &str {
        self.name.as_deref().unwrap_or("all_stores")
    }
}
