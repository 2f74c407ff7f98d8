//! A question before something is done; how much of an answer it takes follows from what could be lost.

use crate::tui::model::field::Field;
use crate::tui::model::key::{Code, Key};
use crate::tui::model::message::Failure;
use secrecy::SecretString;

/// The fewest letters and digits of a code: those of a time-based one (RFC 6238) as authenticators show it.
const CODE: usize = 6;

/// What makes the answer count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A yes: what is done can be done again.
    Yes,
    /// The name of what is lost, typed as it stands.
    Name(String),
    /// A code of the second factor.
    Code,
}

/// What a key came to.
#[derive(Debug)]
pub enum Pressed {
    /// It means nothing here.
    Ignored,
    /// The question took it.
    Taken,
    /// No.
    No,
    /// Yes, with what it takes.
    Yes,
    /// Yes, if this code is right; [`Confirm::refuse`] where it is not.
    YesWith(SecretString),
}

/// The question.
#[derive(Debug)]
pub struct Confirm {
    question: String,
    proof: Proof,
    typed: Field,
    word: Option<Failure>,
}

impl Confirm {
    /// A question that says what a yes will do.
    pub fn new(question: &str, proof: Proof) -> Confirm {
        Confirm { question: question.to_owned(), proof, typed: Field::default(), word: None }
    }

    /// Does what `key` means. Enter is a yes only where something had to be typed.
    pub fn press(&mut self, key: Key) -> Pressed {
        if key.code == Code::Esc {
            return Pressed::No;
        }
        if self.proof == Proof::Yes {
            return match key.code {
                Code::Char('y') => Pressed::Yes,
                Code::Char('n' | 'q') | Code::Enter => Pressed::No,
                _ => Pressed::Ignored,
            };
        }
        if key.code == Code::Enter {
            return self.answer();
        }
        if !self.typed.press(key) {
            return Pressed::Ignored;
        }
        self.word = None;
        Pressed::Taken
    }

    /// Pastes into what is typed.
    pub fn paste(&mut self, text: &str) {
        if self.proof != Proof::Yes {
            self.typed.insert(text.trim_end_matches(['\r', '\n']));
            self.word = None;
        }
    }

    fn answer(&mut self) -> Pressed {
        let words = match &self.proof {
            Proof::Name(name) if self.typed.text() == name => return Pressed::Yes,
            Proof::Name(_) => "That is another name. Type it as it stands above.",
            Proof::Code => {
                // People copy codes with the space or the dash they are shown with.
                let code: String = self.typed.text().chars().filter(char::is_ascii_alphanumeric).collect();
                if code.len() >= CODE {
                    return Pressed::YesWith(SecretString::from(code));
                }
                "A code has at least six digits."
            }
            Proof::Yes => return Pressed::Ignored,
        };
        self.word = Some(Failure::new(words));
        Pressed::Taken
    }

    /// The code was not right: another one can be typed.
    pub fn refuse(&mut self, why: Failure) {
        self.typed.clear();
        self.word = Some(why);
    }

    /// The question.
    pub fn question(&self) -> &str {
        &self.question
    }

    /// What makes the answer count.
    pub fn proof(&self) -> &Proof {
        &self.proof
    }

    /// What is typed so far.
    pub fn typed(&self) -> &Field {
        &self.typed
    }

    /// What was wrong with the last answer.
    pub fn word(&self) -> Option<&Failure> {
        self.word.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn answered(proof: Proof, text: &str, last: Key) -> (Pressed, Confirm) {
        let mut confirm = Confirm::new("Sure?", proof);
        confirm.paste(text);
        (confirm.press(last), confirm)
    }

    #[test]
    fn a_yes_takes_what_the_risk_asks_for() {
        let name = || Proof::Name("Belstow Bikes".to_owned());
        let (enter, esc) = (Key::plain(Code::Enter), Key::plain(Code::Esc));
        for (proof, text, key, expected) in [
            (Proof::Yes, "", Key::char('y'), "Yes"),
            (Proof::Yes, "", enter, "No"),
            (Proof::Yes, "y", Key::char('x'), "Ignored"),
            (name(), "Belstow Bikes\n", enter, "Yes"),
            (name(), "baldwin bikes", enter, "Taken"),
            (name(), "", Key::char('y'), "Taken"),
            (name(), "Belstow Bikes", esc, "No"),
            (Proof::Code, "123", enter, "Taken"),
            (Proof::Code, "", Key::char('y'), "Taken"),
        ] {
            let (pressed, _) = answered(proof.clone(), text, key);
            assert_eq!(format!("{pressed:?}"), expected, "{proof:?} {text:?} {key}");
        }
    }

    #[test]
    fn a_code_goes_out_bare_and_can_be_tried_again() {
        let (pressed, mut confirm) = answered(Proof::Code, "123 456", Key::plain(Code::Enter));
        let Pressed::YesWith(code) = pressed else { panic!("{pressed:?}") };
        assert_eq!(code.expose_secret(), "123456");
        confirm.refuse(Failure::new("That code is not right."));
        assert!(confirm.typed().is_empty() && confirm.word().is_some());
        confirm.press(Key::char('1'));
        assert_eq!(confirm.word(), None);
    }
}
