//! A form: lines with labels, each checked as it is typed.

use crate::tui::model::command::Command;
use crate::tui::model::field::Field;
use crate::tui::model::key::Key;
use std::borrow::Cow;
use std::fmt;

/// Says why a text is wrong, in words for the person; the form is there for checks that look at another line.
pub type Check = Box<dyn Fn(&str, &Form) -> Result<(), String> + Send + Sync>;

/// A line of a form.
pub struct Line {
    label: Cow<'static, str>,
    field: Field,
    is_secret: bool,
    check: Check,
    /// A text that was refused from outside, and why: it is wrong as long as it stands there.
    refused: Option<(String, String)>,
    /// Whether the person has been through with it: only then is what is wrong a reproach, and no hint.
    is_left: bool,
}

impl Line {
    /// A line to type into.
    pub fn text(
        label: impl Into<Cow<'static, str>>,
        check: impl Fn(&str, &Form) -> Result<(), String> + Send + Sync + 'static,
    ) -> Line {
        let (label, field, check) = (label.into(), Field::default(), Box::new(check));
        Line { label, field, is_secret: false, check, refused: None, is_left: false }
    }

    /// A line that hides what is typed.
    pub fn secret(
        label: impl Into<Cow<'static, str>>,
        check: impl Fn(&str, &Form) -> Result<(), String> + Send + Sync + 'static,
    ) -> Line {
        Line { is_secret: true, ..Line::text(label, check) }
    }

    fn judge(&self, form: &Form) -> Result<(), String> {
        match &self.refused {
            Some((text, why)) if text == self.field.text() => Err(why.clone()),
            _ => (self.check)(self.field.text(), form),
        }
    }

    /// What stands before it.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// What is typed.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// Whether it hides what is typed.
    pub fn is_secret(&self) -> bool {
        self.is_secret
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").field("label", &self.label).field("field", &self.field).finish_non_exhaustive()
    }
}

/// What a line says below itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// It is as it should be, or not begun.
    Nothing,
    /// What it still takes, while it is typed for the first time.
    Hint(String),
    /// What is wrong with it.
    Wrong(String),
}

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It means nothing here.
    Ignored,
    /// The form did it.
    Done,
    /// Every line is right, and the person wants it saved.
    Submit,
}

/// The form.
#[derive(Debug)]
pub struct Form {
    lines: Vec<Line>,
    focus: usize,
    is_changed: bool,
}

impl Form {
    /// A form with the focus on its first line.
    pub fn new(lines: Vec<Line>) -> Form {
        Form { lines, focus: 0, is_changed: false }
    }

    /// Carries out a command of a form.
    pub fn command(&mut self, command: Command) -> Outcome {
        match command {
            Command::NextField => self.go(1),
            Command::PreviousField => self.go(-1),
            Command::Accept => return self.submit(),
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    /// Does what `key` means in the line in focus.
    pub fn type_key(&mut self, key: Key) {
        if let Some(line) = self.lines.get_mut(self.focus) {
            let before = line.field.text().len();
            self.is_changed |= line.field.press(key) && before != line.field.text().len();
        }
    }

    /// Takes the focus to a line; stays where there is no such line.
    pub fn go_to(&mut self, line: usize) {
        if line < self.lines.len() {
            self.leave_line();
            self.focus = line;
        }
    }

    /// Pastes into the line in focus.
    pub fn paste(&mut self, text: &str) {
        if let Some(line) = self.lines.get_mut(self.focus) {
            line.field.insert(text);
            self.is_changed |= !text.is_empty();
        }
    }

    /// Puts a text into a line, as what the form begins with.
    pub fn fill(&mut self, line: usize, text: &str) {
        if let Some(line) = self.lines.get_mut(line) {
            line.field.set(text);
        }
    }

    /// Puts a text into a line for the person, who chose it.
    pub fn choose(&mut self, line: usize, text: &str) {
        self.fill(line, text);
        self.is_changed = true;
    }

    /// What stands in a line was refused: it is wrong until it is another.
    pub fn refuse(&mut self, line: usize, why: String) {
        if let Some(line) = self.lines.get_mut(line) {
            line.refused = Some((line.field.text().to_owned(), why));
            line.is_left = true;
        }
    }

    /// What was typed was refused: every line is empty again, and none of them wrong.
    pub fn begin_again(&mut self) {
        for line in &mut self.lines {
            line.field.clear();
            line.is_left = false;
        }
        self.focus = 0;
    }

    fn go(&mut self, by: isize) {
        self.leave_line();
        let count = self.lines.len().max(1);
        self.focus = (self.focus + count).saturating_add_signed(by) % count;
    }

    fn leave_line(&mut self) {
        if let Some(line) = self.lines.get_mut(self.focus) {
            // Going past a line that was never begun is no mistake yet.
            line.is_left |= !line.field.is_empty();
        }
    }

    fn submit(&mut self) -> Outcome {
        self.lines.iter_mut().for_each(|line| line.is_left = true);
        match self.first_wrong() {
            None => Outcome::Submit,
            Some(wrong) => {
                self.focus = wrong;
                Outcome::Done
            }
        }
    }

    fn first_wrong(&self) -> Option<usize> {
        self.lines.iter().position(|line| line.judge(self).is_err())
    }

    /// What the line says below itself.
    pub fn word(&self, line: usize) -> Word {
        let Some(line) = self.lines.get(line) else { return Word::Nothing };
        match line.judge(self) {
            Err(why) if line.is_left => Word::Wrong(why),
            Err(why) if !line.field.is_empty() => Word::Hint(why),
            _ => Word::Nothing,
        }
    }

    /// The lines from the top.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Which line has the focus.
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// What is typed in a line.
    pub fn value(&self, line: usize) -> &str {
        self.lines.get(line).map_or("", |line| line.field.text())
    }

    /// Whether anything was typed, so that leaving would lose it.
    pub fn is_changed(&self) -> bool {
        self.is_changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn four_digits(text: &str, _: &Form) -> Result<(), String> {
        let is_right = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_right { Ok(()) } else { Err("Four digits.".to_owned()) }
    }

    fn like_the_first(text: &str, form: &Form) -> Result<(), String> {
        if text == form.value(0) { Ok(()) } else { Err("Not the same.".to_owned()) }
    }

    fn form() -> Form {
        Form::new(vec![Line::text("Code", four_digits), Line::secret("Again", like_the_first)])
    }

    fn type_in(form: &mut Form, text: &str) {
        text.chars().for_each(|letter| form.type_key(Key::char(letter)));
    }

    #[test]
    fn what_is_missing_is_a_hint_while_typing_and_wrong_once_left() {
        let mut form = form();
        assert_eq!(form.word(0), Word::Nothing);
        type_in(&mut form, "12");
        assert_eq!(form.word(0), Word::Hint("Four digits.".to_owned()));
        form.command(Command::NextField);
        assert_eq!(form.word(0), Word::Wrong("Four digits.".to_owned()));
        form.command(Command::PreviousField);
        type_in(&mut form, "34");
        assert_eq!(form.word(0), Word::Nothing);
    }

    #[test]
    fn enter_leads_to_the_first_wrong_line_until_all_are_right() {
        let enter = Command::Accept;
        let mut form = form();
        form.command(Command::NextField);
        assert_eq!((form.command(enter), form.focus()), (Outcome::Done, 0));
        form.paste("1234");
        assert_eq!((form.command(enter), form.focus()), (Outcome::Done, 1));
        assert_eq!(form.word(1), Word::Wrong("Not the same.".to_owned()));
        type_in(&mut form, "1234");
        assert_eq!(form.command(enter), Outcome::Submit);
    }

    #[test]
    fn what_was_refused_is_wrong_until_it_is_another() {
        let mut form = Form::new(vec![Line::text("Name", |_, _| Ok(()))]);
        form.choose(0, "Vind");
        form.refuse(0, "Taken.".to_owned());
        assert_eq!(form.word(0), Word::Wrong("Taken.".to_owned()));
        assert_eq!(form.command(Command::Accept), Outcome::Done);
        type_in(&mut form, "!");
        assert_eq!((form.word(0), form.command(Command::Accept)), (Word::Nothing, Outcome::Submit));
        assert!(form.is_changed());
    }

    #[test]
    fn the_focus_goes_round() {
        let mut form = form();
        for (command, focus) in
            [(Command::PreviousField, 1), (Command::NextField, 0), (Command::NextField, 1)]
        {
            form.command(command);
            assert_eq!(form.focus(), focus, "{command:?}");
        }
        assert!(!form.is_changed());
    }

    #[test]
    fn an_empty_form_takes_everything() {
        let mut form = Form::new(Vec::new());
        assert_eq!(form.command(Command::NextField), Outcome::Done);
        form.type_key(Key::char('x'));
        assert_eq!(form.command(Command::Accept), Outcome::Submit);
        assert!(!form.is_changed());
    }
}
