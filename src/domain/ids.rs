//! Identifiers, one type for each kind of record, so that one can not stand for another.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta] $name:ident($inner:ty)),+ $(,)?) => {$(
        #[$doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

id! {
    /// A store (`stores.store_id`).
    StoreId(u32),
    /// A customer (`customers.customer_id`).
    CustomerId(u32),
    /// An order (`orders.order_id`).
    OrderId(u32),
    /// A product (`products.product_id`).
    ProductId(u32),
    /// An account that signs in (`users.user_id`).
    UserId(u32),
    /// A member of staff (`staffs.staff_id`).
    StaffId(u32),
    /// A brand (`brands.brand_id`).
    BrandId(u32),
    /// A category (`categories.category_id`).
    CategoryId(u32),
    /// One time that somebody is signed in (`sessions.session_id`).
    SessionId(u64),
    /// One load (`import_runs.run_id`).
    RunId(u64),
}
