//! Sales, stock, and what to order: one document each.

use super::drafts::Drafted;
use super::{Printing, ReportError, name};
use crate::db;
use crate::db::reports::Reader;
use crate::domain::report::Sales;
use crate::domain::{Scope, Sight, StoreId};
use crate::report::pdf::{self, Pdf, PrintError};
use crate::service::figures::LOW_BELOW;
use jiff::civil::Date;

/// How many of the best products are listed.
const BEST: u32 = 25;

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
        let drafted = tokio::task::spawn_blocking(work).await.map_err(|_| ReportError::Thread)??;
        self.tell(1, 1);
        Ok(vec![drafted])
    }

    /// The same figures as everywhere: `db::figures` has them in one place.
    pub(super) async fn sales(&self, reader: &mut Reader, scope: &Scope) -> Result<Document, ReportError> {
        let db = self.db;
        let stores = self.stores(reader, scope.store).await?;
        let figures = db::figures::over_scope(db, scope, &Sight::Chain).await?;
        // A chart and a list of the best have ends, where the figures need none.
        let ends = Scope {
            from: scope.from.or(Some(Date::constant(1000, 1, 1))),
            to: scope.to.or(Some(Date::constant(9999, 12, 31))),
            ..*scope
        };
        let days = db::figures::net_per_day(db, &ends, &Sight::Chain).await?;
        let products = db::figures::top_products(db, &ends, &Sight::Chain, BEST).await?;
        self.unless_cancelled(Some(()))?;
        let mut each = Vec::new();
        if scope.store.is_none() {
            for (store, name) in &stores {
                let of_store = Scope { store: Some(*store), ..*scope };
                each.push((name.clone(), db::figures::over_scope(db, &of_store, &Sight::Chain).await?));
                self.unless_cancelled(Some(()))?;
            }
        }
        let store = one_name(&stores, scope.store);
        let name = name::named("sales_report", store.as_deref().unwrap_or("all_stores"), &self.request.now);
        let sales = Sales { scope: *scope, store, figures, days, stores: each, products };
        let (look, stamp) = (self.request.look.clone(), self.stamp.clone());
        Ok(Document { name, print: Box::new(move || pdf::sales(&sales, &look, &stamp)) })
    }

    pub(super) async fn stock(
        &self,
        reader: &mut Reader,
        store: Option<StoreId>,
    ) -> Result<Document, ReportError> {
        let stores = self.stores(reader, store).await?;
        let stock = self.unless_cancelled(reader.stock(store, self.cancel).await?)?;
        let of = one_name(&stores, store).unwrap_or_else(|| "all_stores".to_owned());
        let (look, stamp) = (self.request.look.clone(), self.stamp.clone());
        let name = name::named("stock_list", &of, &self.request.now);
        Ok(Document { name, print: Box::new(move || pdf::stock(&stock, &look, &stamp)) })
    }

    pub(super) async fn low_stock(
        &self,
        reader: &mut Reader,
        store: Option<StoreId>,
    ) -> Result<Document, ReportError> {
        let stores = self.stores(reader, store).await?;
        let low = self.unless_cancelled(reader.low_stock(store, LOW_BELOW, self.cancel).await?)?;
        let store = one_name(&stores, store);
        let (look, stamp) = (self.request.look.clone(), self.stamp.clone());
        let name = name::named("low_stock", store.as_deref().unwrap_or("all_stores"), &self.request.now);
        let print = move || pdf::low_stock(&low, store.as_deref(), LOW_BELOW, &look, &stamp);
        Ok(Document { name, print: Box::new(print) })
    }

    /// Every store; refuses one that is asked for and not there.
    async fn stores(
        &self,
        reader: &mut Reader,
        asked: Option<StoreId>,
    ) -> Result<Vec<(StoreId, String)>, ReportError> {
        let stores = self.unless_cancelled(reader.stores(self.cancel).await?)?;
        let stores: Vec<(StoreId, String)> = stores.into_iter().map(|store| (store.id, store.name)).collect();
        match asked {
            Some(asked) if !stores.iter().any(|(store, _)| *store == asked) => {
                let known = stores.iter().map(|(store, name)| format!("{store} {name}")).collect();
                Err(ReportError::UnknownStore { asked, known })
            }
            _ => Ok(stores),
        }
    }
}

fn one_name(stores: &[(StoreId, String)], asked: Option<StoreId>) -> Option<String> {
    stores.iter().find(|(store, _)| Some(*store) == asked).map(|(_, name)| name.clone())
}
