//! The form for days: from, to, and as of which.

use super::Dashboard;
use crate::domain::{Period, PeriodKind};
use crate::tui::model::widgets::form::{Form, Line};
use jiff::civil::Date;

/// It.
#[derive(Debug)]
pub struct Dates {
    /// From, to, as of.
    pub form: Form,
}

const FROM: usize = 0;
const TO: usize = 1;
const AS_OF: usize = 2;

impl Dates {
    /// The form, with what is looked at now.
    pub(in crate::tui::model) fn of(board: &Dashboard) -> Dates {
        let lines = vec![
            Line::text("From", |text, form| end(text, form.value(TO))),
            Line::text("To", |text, form| {
                end(text, form.value(FROM))?;
                match (date(form.value(FROM)), date(text)) {
                    (Ok(Some(from)), Ok(Some(to))) if from > to => Err("Before the first day.".to_owned()),
                    _ => Ok(()),
                }
            }),
            Line::text("As of", |text, _| date(text).map(drop)),
        ];
        let mut form = Form::new(lines);
        if let Some(period) = board.period().filter(|period| period.kind() == PeriodKind::Free) {
            form.fill(FROM, &period.first_day().to_string());
            form.fill(TO, &period.last_day().to_string());
        }
        if let Some(day) = board.as_of {
            form.fill(AS_OF, &day.to_string());
        }
        Dates { form }
    }

    /// What is typed: any days, and the day as of which; each may be left empty.
    pub(in crate::tui::model) fn typed(&self) -> (Option<Period>, Option<Date>) {
        let day = |line| date(self.form.value(line)).ok().flatten();
        (day(FROM).zip(day(TO)).map(|(from, to)| Period::free(from, to)), day(AS_OF))
    }
}

/// An end of days: none without the other.
fn end(text: &str, other: &str) -> Result<(), String> {
    match date(text)? {
        None if !other.trim().is_empty() => Err("Both days, or neither.".to_owned()),
        _ => Ok(()),
    }
}

fn date(text: &str) -> Result<Option<Date>, String> {
    match text.trim() {
        "" => Ok(None),
        text => {
            let date: Date = text.parse().map_err(|_| "A day, as in 2026-01-31.".to_owned())?;
            // The calendar of the database begins and ends there.
            if (1..=9999).contains(&date.year()) { Ok(Some(date)) } else { Err("A year to 9999.".to_owned()) }
        }
    }
}
