//! Pure types and rules of the business. No I/O and no clock.

pub mod actor;
pub mod audit;
pub mod backup_code;
pub mod check;
mod field;
pub mod figures;
pub mod guard;
pub mod history;
pub mod ids;
pub mod measure;
pub mod money;
pub mod month;
pub mod morning;
pub mod number_format;
pub mod order_status;
pub mod origin;
pub mod password;
pub mod period;
pub mod receipt;
pub mod records;
pub mod report;
pub mod role;
pub mod sales;
pub mod session;
pub mod sight;
pub mod stock;
pub mod table;
pub mod target;
pub mod text;
pub mod totp;
pub mod user;
pub mod username;

pub use actor::{Actor, Doer};
pub use backup_code::BackupCode;
pub use field::{Field, FieldKind};
pub use figures::{Figures, Filter, Scope};
pub use ids::{
    BrandId, CategoryId, CustomerId, OrderId, ProductId, RunId, SessionId, StaffId, StoreId, UserId,
};
pub use measure::Measure;
pub use money::Money;
pub use month::Month;
pub use number_format::NumberFormat;
pub use order_status::OrderStatus;
pub use origin::Origin;
pub use period::{Period, PeriodKind};
pub use receipt::Receipt;
pub use role::{Permission, Role};
pub use sight::Sight;
pub use table::Table;
pub use text::{capitalised, clean};
pub use totp::TotpSecret;
pub use username::Username;
