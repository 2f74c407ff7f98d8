//! A page with one thing to do on it: a step of a sign-in, or a task of the security screen.

use super::secret;
use crate::domain::password::Checklist;
use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::hits::HitMap;
use crate::tui::model::identity::backup_list::BackupList;
use crate::tui::model::identity::code_step::CodeStep;
use crate::tui::model::identity::enrolment::Enrolment;
use crate::tui::model::identity::new_password::NewPassword;
use crate::tui::model::identity::security::{Security, Task, Wanted};
use crate::tui::model::identity::step::Step;
use crate::tui::model::message::Failure;
use crate::tui::model::sign_in::SignIn;
use crate::tui::model::widgets::form::Form;
use crate::tui::view::Drawn;
use crate::tui::view::text::{fit_end, wrap};
use crate::tui::view::theme::Theme;
use crate::tui::view::widgets::form::form;
use crate::tui::view::widgets::{columns, gauge, hint_bar, put, rows, rule};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// The column a page stands in.
const WIDTH: u16 = 72;
/// The rows a page takes where there is room: more leave air above and below.
const HEIGHT: u16 = 22;

/// What is to do.
enum What<'a> {
    /// A code is typed.
    Code(&'a CodeStep),
    /// A secret is taken in by an app.
    Secret(&'a Enrolment),
    /// Backup codes are kept.
    Codes(&'a BackupList),
    /// A password is chosen.
    Password(&'a NewPassword),
    /// Password, or password and code, are typed.
    Prove(Wanted, &'a Form),
}

/// The page.
pub(in crate::tui::view) struct Page<'a> {
    what: What<'a>,
    /// What it is a part of.
    whole: &'static str,
    is_checking: bool,
    message: Option<&'a Failure>,
}

impl<'a> Page<'a> {
    /// The page of a step; none for the first, which has its own screen.
    pub(in crate::tui::view) fn of_sign_in(sign_in: &'a SignIn) -> Option<Page<'a>> {
        let what = match &sign_in.step {
            Step::Password => return None,
            Step::Code(step) => What::Code(step),
            Step::Enrol(enrolment) => What::Secret(enrolment),
            Step::Codes(list) => What::Codes(list),
            Step::NewPassword(step) => What::Password(step),
        };
        let is_checking = sign_in.checking.is_some();
        Some(Page { what, whole: "sign in", is_checking, message: sign_in.message.as_ref() })
    }

    /// The page of what is being done on the security screen.
    pub(in crate::tui::view) fn of_security(security: &'a Security) -> Option<Page<'a>> {
        let what = match security.task.as_ref()? {
            Task::Prove(wanted, form) => What::Prove(*wanted, form),
            Task::Secret(enrolment) => What::Secret(enrolment),
            Task::Codes(list) => What::Codes(list),
            Task::Password(password) => What::Password(password),
        };
        let is_checking = security.checking.is_some();
        Some(Page { what, whole: "security", is_checking, message: security.message.as_ref() })
    }

    /// Draws it over the whole of `area`.
    pub(in crate::tui::view) fn draw(
        &self,
        app: &App,
        theme: &Theme,
        area: Rect,
        buffer: &mut Buffer,
    ) -> Drawn {
        let mut hits = HitMap::default();
        let bottom = rows(area, area.height.saturating_sub(1), 1);
        hint_bar::hint_bar(app.hints(), bottom, buffer, theme, &mut hits);
        let area = rows(area, 0, area.height.saturating_sub(1));
        let cursor = match self.what {
            What::Secret(enrolment) => {
                let word = |area: Rect, buffer: &mut Buffer| self.word(app, theme, area, buffer);
                secret::draw(enrolment, theme, area, buffer, &mut hits, word)
            }
            _ => self.in_a_column(app, theme, area, buffer, &mut hits),
        };
        Drawn { hits, cursor: cursor.filter(|_| !self.is_checking) }
    }

    fn in_a_column(
        &self,
        app: &App,
        theme: &Theme,
        area: Rect,
        buffer: &mut Buffer,
        hits: &mut HitMap,
    ) -> Option<Position> {
        let area = columns(area, area.width.saturating_sub(WIDTH) / 2, WIDTH);
        let area = rows(area, area.height.saturating_sub(HEIGHT) / 3, HEIGHT.min(area.height));
        let title = [
            Span::styled("Storekeeper", theme.strong),
            Span::styled(format!("   {}", self.whole), theme.muted),
        ];
        put(Line::from(title.to_vec()), 0, area, buffer);
        rule::rule(rows(area, 1, 1), buffer, theme);
        let body = columns(rows(area, 3, area.height.saturating_sub(5)), 2, u16::MAX);
        let asked = wrap(self.words(), body.width);
        let below = u16::try_from(asked.len()).unwrap_or(0) + 1;
        for (row, line) in (0..).zip(asked) {
            put(Span::styled(line, theme.text), row, body, buffer);
        }
        let cursor = self.body(app, theme, rows(body, below, u16::MAX), buffer, hits);
        let word = columns(rows(area, area.height.saturating_sub(2), 2), 2, u16::MAX);
        self.word(app, theme, word, buffer);
        cursor
    }

    fn words(&self) -> &'static str {
        match &self.what {
            What::Code(step) if step.is_backup => "Type one of your backup codes. Each lets you in once.",
            What::Code(_) => "Type the six digits that your authenticator app shows for Storekeeper.",
            What::Secret(_) => "",
            What::Codes(_) => {
                "Each of these codes lets you in once, without the phone. They are not shown again: keep them where the phone is not."
            }
            What::Password(step) if step.takes_old() => "Choose another password.",
            What::Password(_) => "Your password has to be changed before you go on.",
            What::Prove(Wanted::ShowSecret, _) => {
                "The secret of your second factor is shown again, for another phone. Your password first."
            }
            What::Prove(Wanted::SetUp, _) => {
                "A second factor is set up: a code of an app beside the password. Your password first."
            }
            What::Prove(Wanted::NewBackupCodes, _) => {
                "Eight new backup codes are made; the old ones then work no more. Your password and a code of the app first."
            }
            What::Prove(Wanted::SwitchOff, _) => {
                "The second factor is switched off, and the backup codes go with it. Your password and a code of the app first."
            }
        }
    }

    fn body(
        &self,
        app: &App,
        theme: &Theme,
        area: Rect,
        buffer: &mut Buffer,
        hits: &mut HitMap,
    ) -> Option<Position> {
        match &self.what {
            What::Code(step) => form(&step.form, area, buffer, theme, hits),
            What::Prove(_, asked) => form(asked, area, buffer, theme, hits),
            What::Secret(_) => None,
            What::Codes(list) => codes(list, app, theme, area, buffer, hits),
            What::Password(password) => {
                let lines = u16::try_from(2 * password.form.lines().len()).unwrap_or(u16::MAX);
                let cursor = form(&password.form, rows(area, 0, lines), buffer, theme, hits);
                checklist(&password.checklist, theme, rows(area, lines, u16::MAX), buffer);
                cursor
            }
        }
    }

    /// One word at a time: what goes on, else what was done, else what went wrong.
    fn word(&self, app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
        let waiting = format!("Checking… {} stops waiting.", app.key_for(Command::Back));
        let (words, style) = if self.is_checking {
            (waiting.as_str(), theme.accent)
        } else if let Some(told) = &app.told {
            (told.as_str(), theme.accent)
        } else if let Some(message) = app.notice.as_ref().or(self.message) {
            (message.words(), theme.bad)
        } else {
            return;
        };
        for (row, line) in (0..).zip(wrap(words, area.width)) {
            put(Span::styled(line, style), row, area, buffer);
        }
    }
}

fn codes(
    list: &BackupList,
    app: &App,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> Option<Position> {
    let half = list.codes().len().div_ceil(2);
    for (number, code) in list.codes().enumerate() {
        let column = if number < half { 0 } else { 24 };
        let row = u16::try_from(number % half).unwrap_or(u16::MAX);
        put(Span::styled(code.to_owned(), theme.strong), row, columns(area, column, u16::MAX), buffer);
    }
    let below = rows(area, u16::try_from(half).unwrap_or(u16::MAX) + 1, u16::MAX);
    if let Some(file) = &list.file {
        return form(file, below, buffer, theme, hits);
    }
    let Some(file) = &list.saved else {
        let save = app.key_for(Command::SaveCodes);
        let words = format!("Not kept yet: write them down, or {save} saves them to a file.");
        put(Span::styled(words, theme.muted), 0, below, buffer);
        return None;
    };
    put(Span::styled("Saved, for your eyes only, in", theme.good), 0, below, buffer);
    put(Span::styled(fit_end(file, below.width), theme.text), 1, below, buffer);
    None
}

/// The rules with what is met, and how long the password would stand.
fn checklist(list: &Checklist, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    for (row, (rule, is_met)) in (0..).zip(&list.rules) {
        let (mark, style) = if *is_met { ("✓", theme.good) } else { ("·", theme.muted) };
        let line = vec![
            Span::styled(format!("{mark} "), style),
            Span::styled(rule.to_string(), if *is_met { theme.muted } else { theme.text }),
        ];
        put(Line::from(line), row, area, buffer);
    }
    let meter = rows(area, u16::try_from(list.rules.len()).unwrap_or(u16::MAX), 1);
    let (word, style) = match list.strength {
        0 => ("guessed at once", theme.bad),
        1 => ("guessed soon", theme.bad),
        2 => ("too weak", theme.bad),
        3 => ("strong", theme.good),
        _ => ("very strong", theme.good),
    };
    put(Span::styled("Strength", theme.text), 0, meter, buffer);
    gauge::gauge(f64::from(list.strength) / 4.0, style, columns(meter, 10, 20), buffer, theme);
    put(Span::styled(word, style), 0, columns(meter, 32, u16::MAX), buffer);
}
