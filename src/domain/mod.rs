//! Pure types and rules of the business. No I/O and no clock.

pub mod actor;
pub mod field;
pub mod figures;
pub mod guard;
pub mod ids;
pub mod measure;
pub mod money;
pub mod month;
pub mod morning;
pub mod order_status;
pub mod password;
pub mod receipt;
pub mod role;
pub mod table;
pub mod text;
pub mod username;

pub use actor::Actor;
pub use field::{Field, FieldKind};
pub use figures::{Figures, Scope};
pub use ids::{ProductId, RunId, StoreId, UserId};
pub use measure::Measure;
pub use money::Money;
pub use month::Month;
pub use order_status::OrderStatus;
pub use receipt::Receipt;
pub use role::{Permission, Role};
pub use table::Table;
pub use text::clean;
pub use username::Username;
