//! How a user looks as a row.

use crate::domain::user::User;
use crate::tui::model::widgets::data_table::Column;
use jiff::Timestamp;
use jiff::tz::TimeZone;

const fn text(id: &'static str, title: &'static str, width: u16) -> Column {
    Column { id, title, width, is_number: false, sorts: true }
}

/// The columns of the users.
pub const COLUMNS: &[Column] = &[
    text("name", "Username", 12),
    text("role", "Role", 13),
    text("active", "Active", 6),
    text("locked", "Locked", 14),
    text("factor", "2FA", 3),
    text("seen", "Last sign-in", 16),
    text("staff", "Staff", 26),
    Column { sorts: false, ..text("store", "Store", 20) },
];

/// A moment as tables show it: the day and the time of day where the reader is.
fn moment(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A cell for each column.
pub(super) fn cells(user: &User, zone: &TimeZone) -> Vec<String> {
    let locked = |until: Timestamp| format!("until {}", until.to_zoned(zone.clone()).strftime("%H:%M:%S"));
    let staff = user.staff.as_ref();
    vec![
        user.username.to_string(),
        user.role.to_string(),
        if user.active { "yes" } else { "no" }.to_owned(),
        user.locked_until.map(locked).unwrap_or_default(),
        if user.second_factor { "on" } else { "off" }.to_owned(),
        user.last_sign_in_at.map(|at| moment(at, zone)).unwrap_or_default(),
        staff.map(|staff| staff.name.clone()).unwrap_or_default(),
        staff.map(|staff| staff.store.clone()).unwrap_or_default(),
    ]
}
