//! What the gallery shows in its pieces.

use super::super::widgets::form::{Form, Line};
use super::super::widgets::log_view::LogView;
use super::super::widgets::pick_list::PickList;
use super::super::widgets::toast::Mood;

pub(super) fn form() -> Form {
    Form::new(vec![
        Line::text("First name", present),
        Line::text("Email", email),
        Line::text("ZIP code", zip),
        Line::secret("New password", long),
        Line::secret("The same again", same),
    ])
}

fn present(text: &str, _: &Form) -> Result<(), String> {
    if text.trim().is_empty() { Err("Needed.".to_owned()) } else { Ok(()) }
}

fn email(text: &str, _: &Form) -> Result<(), String> {
    let parts = text.split_once('@');
    let is_right = parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if is_right { Ok(()) } else { Err("A name, an @ and a domain.".to_owned()) }
}

fn zip(text: &str, _: &Form) -> Result<(), String> {
    let is_right = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_right { Ok(()) } else { Err("Five digits.".to_owned()) }
}

fn long(text: &str, _: &Form) -> Result<(), String> {
    let missing = 12usize.saturating_sub(text.chars().count());
    if missing == 0 { Ok(()) } else { Err(format!("{missing} characters more.")) }
}

fn same(text: &str, form: &Form) -> Result<(), String> {
    if text == form.value(3) { Ok(()) } else { Err("Not the password above.".to_owned()) }
}

pub(super) fn list() -> PickList<&'static str> {
    let words = [
        "South Crag Bikes",
        "Belstow Bikes",
        "Redmoor Bikes",
        "Zürich 自転車",
        "Net sales per day",
        "Orders that are late",
        "Products running out",
        "Customers by their last order",
        "Load data from files",
        "Sign out",
    ];
    PickList::new(words.map(|word| (word, word.to_owned())).into())
}

pub(super) fn log() -> LogView {
    let mut log = LogView::default();
    for number in 0..200 {
        let time = format!("08:{:02}:{:02}", 20 + number / 60, number % 60);
        match number {
            _ if number % 17 == 0 => log.push(&time, Mood::Bad, "a server did not answer; asked again"),
            _ if number % 5 == 0 => log.push(&time, Mood::Good, "1,204 rows stored in orders"),
            _ => log.push(&time, Mood::Plain, &format!("orders.csv read up to line {}", number * 50)),
        }
    }
    log
}

pub(super) fn uri() -> String {
    format!("otpauth://totp/Storekeeper:miriam?secret={}&issuer=Storekeeper", super::SECRET)
}
