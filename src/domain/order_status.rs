//! Where an order stands.

use std::fmt;

/// The state of an order, with the number it has in `orders.order_status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum OrderStatus {
    /// Taken, nothing done yet.
    Pending = 1,
    /// Being put together.
    Processing = 2,
    /// Turned down; counts in no sales figure but those over all orders.
    Rejected = 3,
    /// Handed over.
    Completed = 4,
}

impl OrderStatus {
    /// All of them, by number.
    pub const EACH: [OrderStatus; 4] =
        [OrderStatus::Pending, OrderStatus::Processing, OrderStatus::Rejected, OrderStatus::Completed];

    /// The number in the database and in files.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The word on screens and in reports.
    pub fn word(self) -> &'static str {
        match self {
            OrderStatus::Pending => "pending",
            OrderStatus::Processing => "processing",
            OrderStatus::Rejected => "rejected",
            OrderStatus::Completed => "completed",
        }
    }

    /// The status a number stands for.
    pub fn from_number(number: u8) -> Option<OrderStatus> {
        OrderStatus::EACH.into_iter().find(|status| status.number() == number)
    }
}

impl fmt::Display for OrderStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
