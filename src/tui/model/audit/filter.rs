//! Which entries are shown: a form of four lines, each of which may stay empty.

use crate::domain::Username;
use crate::domain::audit::Action;
use crate::tui::model::desk::LogFilter;
use crate::tui::model::widgets::form::{Form, Line};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The actions named while one is typed: more would not fit a line.
const NAMED: usize = 3;

/// The form with what is shown now.
pub(super) fn form(filter: &LogFilter, zone: &TimeZone) -> Form {
    let mut form = Form::new(vec![
        Line::text("Person", person),
        Line::text("Action", action),
        Line::text("Since", day_or_moment),
        Line::text("Until", until),
    ]);
    let moment = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    form.fill(0, filter.person.as_deref().unwrap_or_default());
    form.fill(1, &filter.action.map(in_words).unwrap_or_default());
    form.fill(2, &filter.from.map(moment).unwrap_or_default());
    form.fill(3, &filter.to.map(moment).unwrap_or_default());
    form
}

/// What a form that was found right asks for.
pub(super) fn filter(form: &Form, zone: &TimeZone) -> LogFilter {
    let moment = |at: DateTime| at.to_zoned(zone.clone()).ok().map(|at| at.timestamp());
    let person = form.value(0).trim();
    LogFilter {
        person: (!person.is_empty()).then(|| person.to_owned()),
        action: known_action(form.value(1)),
        from: read(form.value(2)).map(Read::begin).and_then(moment),
        to: read(form.value(3)).map(Read::end).and_then(moment),
    }
}

/// An action as people read it.
pub fn in_words(action: Action) -> String {
    action.word().replace('_', " ")
}

fn known_action(text: &str) -> Option<Action> {
    Action::from_word(&text.trim().to_lowercase().replace([' ', '-'], "_"))
}

fn person(text: &str, _: &Form) -> Result<(), String> {
    let text = text.trim();
    // Those in parentheses are no users: (operator), (nobody).
    if text.is_empty() || text.starts_with('(') || text.parse::<Username>().is_ok() {
        return Ok(());
    }
    Err("A username, as it stands in the column Person.".to_owned())
}

fn action(text: &str, _: &Form) -> Result<(), String> {
    let text = text.trim().to_lowercase();
    if text.is_empty() || known_action(&text).is_some() {
        return Ok(());
    }
    let near = Action::EACH.iter().copied().map(in_words).filter(|word| word.contains(&text));
    let mut near: Vec<String> = near.take(NAMED + 1).collect();
    if near.is_empty() {
        return Err("No action has these letters. Some are sign in, role changed, import.".to_owned());
    }
    if near.len() > NAMED {
        near.truncate(NAMED);
        near.push("…".to_owned());
    }
    Err(format!("One of: {}", near.join(", ")))
}

fn day_or_moment(text: &str, _: &Form) -> Result<(), String> {
    match read(text) {
        None if !text.trim().is_empty() => Err("A day, or a day and a time: 2026-04-22 08:30".to_owned()),
        _ => Ok(()),
    }
}

fn until(text: &str, form: &Form) -> Result<(), String> {
    day_or_moment(text, form)?;
    match (read(form.value(2)).map(Read::begin), read(text).map(Read::end)) {
        (Some(since), Some(until)) if until <= since => Err("That is before Since.".to_owned()),
        _ => Ok(()),
    }
}

/// What was typed as a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    Day(Date),
    Moment(DateTime),
}

impl Read {
    fn begin(self) -> DateTime {
        match self {
            Read::Day(day) => day.to_datetime(Time::midnight()),
            Read::Moment(moment) => moment,
        }
    }

    /// The first moment after it: a day is meant with all its hours.
    fn end(self) -> DateTime {
        match self {
            Read::Day(day) => day.checked_add(1.day()).unwrap_or(day).to_datetime(Time::midnight()),
            Read::Moment(moment) => moment,
        }
    }
}

fn read(text: &str) -> Option<Read> {
    let text = text.trim();
    if let Ok(day) = Date::strptime("%Y-%m-%d", text) {
        return Some(Read::Day(day));
    }
    let moment = |format| DateTime::strptime(format, text).ok();
    moment("%Y-%m-%d %H:%M").or_else(|| moment("%Y-%m-%d %H:%M:%S")).map(Read::Moment)
}

/// What is shown, in words.
pub fn sentence(filter: &LogFilter, zone: &TimeZone) -> String {
    let moment = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    let parts = [
        filter.person.as_ref().map(|person| format!("by or about {person}")),
        filter.action.map(in_words),
        filter.from.map(|from| format!("since {}", moment(from))),
        filter.to.map(|to| format!("before {}", moment(to))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "All entries".to_owned() } else { format!("Only {}", parts.join(" · ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(values: [&str; 4]) -> Form {
        let mut form = form(&LogFilter::default(), &TimeZone::UTC);
        (0..).zip(values).for_each(|(line, value)| form.fill(line, value));
        form
    }

    fn is_right(values: [&str; 4]) -> bool {
        let mut form = filled(values);
        let accept = crate::tui::model::command::Command::Accept;
        form.command(accept) == crate::tui::model::widgets::form::Outcome::Submit
    }

    #[test]
    fn each_line_may_be_empty_and_none_may_be_nonsense() {
        for right in [
            ["", "", "", ""],
            ["max", "role changed", "2026-04-22", "2026-04-22"],
            ["(operator)", "Role_Changed", "2026-04-22 08:30", "2026-04-22 08:31"],
        ] {
            assert!(is_right(right), "{right:?}");
        }
        for wrong in [
            ["Max Power", "", "", ""],
            ["", "role", "", ""],
            ["", "", "22.4.2026", ""],
            ["", "", "2026-04-22", "2026-04-21"],
            ["", "", "2026-04-22 08:30", "2026-04-22 08:30"],
            ["", "", "", "2026-02-30"],
        ] {
            assert!(!is_right(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn a_day_has_all_its_hours_where_the_reader_is() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let found = filter(&filled([" max ", "sign in", "2026-04-22", "2026-04-22"]), &zone);
        let expected = LogFilter {
            person: Some("max".to_owned()),
            action: Some(Action::SignIn),
            from: Some("2026-04-21T22:00:00Z".parse().unwrap()),
            to: Some("2026-04-22T22:00:00Z".parse().unwrap()),
        };
        assert_eq!(found, expected);
        assert_eq!(
            sentence(&expected, &zone),
            "Only by or about max · sign in · since 2026-04-22 00:00 · before 2026-04-23 00:00"
        );
        assert_eq!(filter(&form(&expected, &zone), &zone), expected, "it comes back from its own form");
    }

    #[test]
    fn while_an_action_is_typed_those_with_its_letters_are_named() {
        assert_eq!(
            action("factor", &filled([""; 4])).unwrap_err(),
            "One of: second factor enrolled, second factor shown, second factor reset, …"
        );
        assert!(action("nonsense", &filled([""; 4])).unwrap_err().starts_with("No action"));
    }
}
