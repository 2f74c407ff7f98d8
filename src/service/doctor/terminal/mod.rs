//! The terminal: what it can do, by its own word, and how far away it is.

mod answers;
mod ask;

use super::finding::{Finding, Group};
use answers::Answer;
use ask::{NotAsked, PATIENCE, Told, ask};
use std::time::Duration;

const GROUP: Group = Group::Terminal;
/// Below this the screens say but one sentence.
const LEAST: (u16, u16) = (60, 16);
/// At this size the screens show everything.
const ENOUGH: (u16, u16) = (80, 24);
/// A round trip that is felt at each key.
const SLOW: Duration = Duration::from_millis(150);
/// The question takes twice [`PATIENCE`] and starts on a thread of its own; this is for a system that hangs.
const LIMIT: Duration = Duration::from_secs(5);

/// Terminfo's `RGB` (24 bits of colour) and `Ms` (copies by OSC 52), in hexadecimal.
const RGB: &str = "524742";
const MS: &str = "4D73";
/// DA1's number for "copies by OSC 52" (xterm, "Control Sequences").
const CLIPBOARD: u16 = 52;

/// What the environment says about the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// `TERM`.
    pub term: String,
    /// `COLORTERM`.
    pub colorterm: String,
    /// Whether `NO_COLOR` asks for no colours.
    pub no_color: bool,
    /// Whether it is within tmux.
    pub tmux: bool,
}

/// Looks at the terminal.
pub(super) async fn examine(environment: &Environment) -> Vec<Finding> {
    const CHECK: &str = "terminal";
    let dumb = matches!(environment.term.as_str(), "" | "dumb");
    let asked = tokio::time::timeout(LIMIT, tokio::task::spawn_blocking(move || ask(!dumb))).await;
    let next = "Run it in the terminal that the screens are used in.";
    match asked {
        Ok(Ok(Ok(told))) => judge(&told, environment, dumb),
        Ok(Ok(Err(why @ NotAsked::Failed(_)))) => vec![GROUP.fail(CHECK, why.to_string(), next)],
        Ok(Ok(Err(why))) => vec![GROUP.warn(CHECK, format!("not asked: {why}"), next)],
        Ok(Err(cause)) => vec![GROUP.error(CHECK, cause)],
        Err(_) => vec![GROUP.fail(CHECK, "the system does not let it be asked in time", next)],
    }
}

fn judge(told: &Told, environment: &Environment, dumb: bool) -> Vec<Finding> {
    let mut findings = vec![size(told.size), colours(told, environment)];
    if dumb {
        let found = format!("not asked for more: TERM is \"{}\"", environment.term);
        findings.push(GROUP.warn(
            "answers",
            found,
            "Set TERM to what the terminal is; most set it themselves.",
        ));
        return findings;
    }
    findings.extend([
        mode(told, 2026, "synchronized output", "a frame may be seen half drawn"),
        mode(told, 2004, "bracketed paste", "a pasted line end may act as Enter"),
        clipboard(told, environment),
        latency(told),
    ]);
    findings
}

fn size(size: Option<(u16, u16)>) -> Finding {
    const CHECK: &str = "size";
    let Some((columns, rows)) = size else {
        return GROUP.warn(CHECK, "the terminal does not say", "Set it: stty cols 80 rows 24");
    };
    let found = format!("{columns} x {rows}");
    let fits = |(wide, high): (u16, u16)| columns >= wide && rows >= high;
    if fits(ENOUGH) {
        GROUP.pass(CHECK, found)
    } else if fits(LEAST) {
        GROUP.warn(CHECK, found, "From 80 x 24 the screens show everything.")
    } else {
        GROUP.fail(CHECK, found, "The screens need 60 x 16. Enlarge the window or choose a smaller font.")
    }
}

fn colours(told: &Told, environment: &Environment) -> Finding {
    const CHECK: &str = "colours";
    let named = |word: &str| environment.term.contains(word) || environment.colorterm.contains(word);
    if environment.no_color {
        return GROUP.pass(CHECK, "none, as NO_COLOR asks");
    }
    if told.answers.iter().any(|answer| match answer {
        Answer::Capability(name) => name == RGB,
        Answer::Rendition(rendition) => is_what_was_asked(rendition),
        _ => false,
    }) {
        return GROUP.pass(CHECK, "24 bits, by the terminal's own word");
    }
    if named("truecolor") || named("24bit") || named("direct") {
        GROUP.pass(CHECK, "24 bits, as COLORTERM or TERM says; the terminal itself does not")
    } else if named("256") {
        GROUP.pass(CHECK, format!("256, as TERM says ({})", environment.term))
    } else if matches!(environment.term.as_str(), "" | "dumb") || environment.term.starts_with("vt") {
        let found = format!("none, as TERM says (\"{}\")", environment.term);
        GROUP.warn(
            CHECK,
            found,
            "Nothing is told by colour alone. For colours, set TERM to what the terminal is.",
        )
    } else {
        GROUP.pass(CHECK, format!("16, as TERM says ({})", environment.term))
    }
}

/// Whether the background that the terminal says is on is the one that was set: it did not round it to its palette.
fn is_what_was_asked(rendition: &str) -> bool {
    let numbers: Vec<&str> = rendition.split([';', ':']).filter(|number| !number.is_empty()).collect();
    numbers.windows(5).any(|window| window == ["48", "2", "1", "2", "3"])
}

fn mode(told: &Told, number: u16, check: &'static str, lost: &str) -> Finding {
    let state = told.answers.iter().find_map(|answer| match answer {
        Answer::Mode { mode, state } if *mode == number => Some(*state),
        _ => None,
    });
    match state {
        Some(1..=3) => GROUP.pass(check, "yes, by the terminal's own word"),
        Some(_) => GROUP.warn(check, format!("no: {lost}"), "A newer terminal, or a newer tmux, has it."),
        None => GROUP.warn(
            check,
            format!("the terminal does not say; without it {lost}"),
            "Nothing needs doing if the screens look right.",
        ),
    }
}

fn clipboard(told: &Told, environment: &Environment) -> Finding {
    const CHECK: &str = "clipboard (OSC 52)";
    let says_so = told.answers.iter().any(|answer| match answer {
        Answer::Attributes(abilities) => abilities.contains(&CLIPBOARD),
        Answer::Capability(name) => name == MS,
        _ => false,
    });
    if says_so {
        return GROUP.pass(CHECK, "yes, by the terminal's own word");
    }
    let next = if environment.tmux {
        "In tmux: set -s set-clipboard on; and allow it in the terminal outside."
    } else {
        "Try a copy. Some terminals have a setting that allows programs to use the clipboard."
    };
    GROUP.warn(CHECK, "the terminal does not say; copying may reach nothing", next)
}

fn latency(told: &Told) -> Finding {
    const CHECK: &str = "latency";
    if let Some(took) = told.round_trip {
        let found = format!("{:.1} ms a round trip", took.as_secs_f64() * 1000.0);
        if took < SLOW {
            return GROUP.pass(CHECK, found);
        }
        return GROUP.warn(
            CHECK,
            found,
            "Each key waits that long. Look at the way between here and the terminal.",
        );
    }
    let answered = told.answers.iter().any(|answer| matches!(answer, Answer::Attributes(_)));
    let found = match (answered, told.anything) {
        (true, _) => "the terminal says what it is, but not whether it is there".to_owned(),
        (false, true) => "what the terminal sends back is no answer".to_owned(),
        (false, false) => format!("the terminal answered nothing within {} ms", PATIENCE.as_millis()),
    };
    GROUP.warn(
        CHECK,
        found,
        "If the way is slow, try again. Something between, screen or script, may keep answers back.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::doctor::finding::Status::{self, Fail, Pass, Warn};

    fn environment(term: &str, colorterm: &str) -> Environment {
        Environment { term: term.to_owned(), colorterm: colorterm.to_owned(), ..Environment::default() }
    }

    fn told(answers: Vec<Answer>) -> Told {
        Told { answers, ..Told::default() }
    }

    #[test]
    fn sizes_are_those_of_the_screens() {
        for (given, status) in [
            (Some((80, 24)), Pass),
            (Some((200, 60)), Pass),
            (Some((79, 24)), Warn),
            (Some((60, 16)), Warn),
            (Some((200, 15)), Fail),
            (Some((59, 60)), Fail),
            (None, Warn),
        ] {
            assert_eq!(size(given).status, status, "{given:?}");
        }
    }

    #[test]
    fn the_terminals_own_word_on_colours_comes_first() {
        let exact = Answer::Rendition("0;48:2::1:2:3".to_owned());
        let semicolons = Answer::Rendition("48;2;1;2;3".to_owned());
        let rounded = Answer::Rendition("0;48:5:16".to_owned());
        let rgb = Answer::Capability(RGB.to_owned());
        for (answer, term, colorterm, said) in [
            (Some(exact), "xterm", "", "24 bits, by the terminal"),
            (Some(semicolons), "xterm", "", "24 bits, by the terminal"),
            (Some(rgb), "xterm", "", "24 bits, by the terminal"),
            (Some(rounded), "xterm-256color", "", "256, as TERM says (xterm-256color)"),
            (None, "xterm-256color", "truecolor", "24 bits, as COLORTERM"),
            (None, "xterm-direct", "", "24 bits, as COLORTERM"),
            (None, "linux", "", "16, as TERM says (linux)"),
            (None, "vt100", "", "none"),
            (None, "dumb", "", "none"),
        ] {
            let found = colours(&told(answer.into_iter().collect()), &environment(term, colorterm));
            assert!(found.found.starts_with(said), "{term}: {found:?}");
        }
        let asked = Environment { no_color: true, ..environment("xterm-256color", "truecolor") };
        assert_eq!(colours(&told(vec![]), &asked).found, "none, as NO_COLOR asks");
    }

    #[test]
    fn abilities_are_believed_when_they_are_told() {
        let state = |state: Option<u16>| -> Status {
            let answers = state.map(|state| Answer::Mode { mode: 2026, state });
            mode(&told(answers.into_iter().collect()), 2026, "synchronized output", "it tears").status
        };
        assert_eq!(
            [Some(0), Some(1), Some(2), Some(3), Some(4), None].map(state),
            [Warn, Pass, Pass, Pass, Warn, Warn]
        );
        let plain = environment("xterm", "");
        for (answer, status) in [
            (Answer::Attributes(vec![62, 22, 52]), Pass),
            (Answer::Attributes(vec![62, 22]), Warn),
            (Answer::Capability(MS.to_owned()), Pass),
            (Answer::Capability(RGB.to_owned()), Warn),
        ] {
            assert_eq!(clipboard(&told(vec![answer.clone()]), &plain).status, status, "{answer:?}");
        }
    }

    #[test]
    fn a_slow_way_is_told_from_one_that_leads_nowhere() {
        let trip = |ms| Told { round_trip: Some(Duration::from_millis(ms)), ..Told::default() };
        assert_eq!((latency(&trip(149)).status, latency(&trip(150)).status), (Pass, Warn));
        let garbage = Told { anything: true, ..Told::default() };
        for (told, said) in [(garbage, "no answer"), (Told::default(), "answered nothing within 1000 ms")] {
            let found = latency(&told);
            assert!(found.status == Warn && found.found.contains(said), "{found:?}");
        }
    }
}
