//! Pure types and rules of the business. No I/O and no clock.

pub mod actor;
pub mod audit;
pub mod export;
pub mod figures;
pub mod guard;
pub mod history;
pub mod ids;
pub mod measure;
pub mod money;
pub mod month;
pub mod morning;
pub mod order_status;
pub mod origin;
pub mod password;
pub mod receipt;
pub mod role;
pub mod session;
pub mod table;
pub mod text;
pub mod username;

pub use actor::{Actor, Doer};
pub use figures::{Figures, Scope};
pub use ids::{ProductId, RunId, SessionId, StaffId, StoreId, UserId};
pub use measure::Measure;
pub use money::Money;
pub use month::Month;
pub use order_status::OrderStatus;
pub use origin::Origin;
pub use receipt::Receipt;
pub use role::{Permission, Role};
pub use table::Table;
pub use text::clean;
pub use username::Username;
