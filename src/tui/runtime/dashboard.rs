//! The figures of the dashboard, through the services.

use super::runner::failure;
use crate::db::Db;
use crate::domain::clean;
use crate::service::authorized::{Authorized, ViewDashboard};
use crate::service::figures;
use crate::tui::model::message::{Failure, LowStockList, Query, Reply};
use jiff::Timestamp;

/// Answers a question of the dashboard.
pub(super) async fn answer(by: &Authorized<ViewDashboard>, db: &Db, query: Query) -> Result<Reply, Failure> {
    let reply = match query {
        Query::Stores => figures::stores(by, db).await.map(|mut stores| {
            stores.iter_mut().for_each(|store| store.name = clean(&store.name));
            Reply::Stores(stores)
        }),
        Query::Calendar(store) => {
            figures::calendar(by, db, store, Timestamp::now()).await.map(Reply::Calendar)
        }
        Query::Figures(scope) => figures::figures(by, db, &scope).await.map(Reply::Figures),
        Query::Comparison(store, month, measure) => {
            figures::comparison(by, db, store, month, measure).await.map(Reply::Comparison)
        }
        Query::OpenOrders(store, month, today) => {
            figures::open_orders(by, db, store, month, today).await.map(Reply::OpenOrders)
        }
        Query::NetPerDay(store, month, measure) => {
            figures::net_per_day(by, db, store, month, measure).await.map(Reply::NetPerDay)
        }
        Query::TopProducts(store, month, measure, limit) => {
            figures::top_products(by, db, store, month, measure, limit).await.map(|mut products| {
                products.iter_mut().for_each(|product| product.name = clean(&product.name));
                Reply::TopProducts(products)
            })
        }
        Query::LowStock(store, limit) => {
            figures::low_stock(by, db, store, limit).await.map(|(total, mut worst)| {
                for low in &mut worst {
                    low.product = clean(&low.product);
                    low.store = clean(&low.store);
                }
                Reply::LowStock(LowStockList { total, worst })
            })
        }
        Query::SignIn { .. }
        | Query::SecondFactor(_)
        | Query::Identity(_)
        | Query::Rows(..)
        | Query::Desk(_)
        | Query::Records(_)
        | Query::Load(_) => {
            return Err(Failure::new("That is no question about the dashboard."));
        }
    };
    reply.map_err(failure)
}
