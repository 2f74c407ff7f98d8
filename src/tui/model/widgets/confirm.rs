//! A question before something is done; how much of an answer it takes follows from what could be lost.

use crate::tui::model::field::Field;
use crate::tui::model::key::Key;
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

/// What a yes comes to.
#[derive(Debug)]
pub enum Answer {
    /// It takes more, or something else than what is typed.
    NotYet,
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

    /// Does what `key` means in what is typed.
    pub fn type_key(&mut self, key: Key) {
        if self.proof != Proof::Yes && self.typed.press(key) {
            self.word = None;
        }
    }

    /// Pastes into what is typed.
    pub fn paste(&mut self, text: &str) {
        if self.proof != Proof::Yes {
            self.typed.insert(text);
            self.word = None;
        }
    }

    /// The person says yes: it counts where it takes no more, or what is typed is right.
    pub fn answer(&mut self) -> Answer {
        let words = match &self.proof {
            Proof::Yes => return Answer::Yes,
            Proof::Name(name) if self.typed.text() == name => return Answer::Yes,
            Proof::Name(_) => "That is another name. Type it as it stands above.",
            Proof::Code => {
                // People copy codes with the space or the dash they are shown with.
                let code: String = self.typed.text().chars().filter(char::is_ascii_alphanumeric).collect();
                if code.len() >= CODE {
                    return Answer::YesWith(SecretString::from(code));
                }
                "A code has at least six digits."
            }
        };
        self.word = Some(Failure::new(words));
        Answer::NotYet
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

    fn answered(proof: Proof, text: &str) -> (Answer, Confirm) {
        let mut confirm = Confirm::new("Sure?", proof);
        confirm.paste(text);
        (confirm.answer(), confirm)
    }

    #[test]
    fn a_yes_takes_what_the_risk_asks_for() {
        let name = || Proof::Name("Belstow Bikes".to_owned());
        for (proof, text, expected) in [
            (Proof::Yes, "", "Yes"),
            (name(), "Belstow Bikes", "Yes"),
            (name(), "belstow bikes", "NotYet"),
            (name(), "", "NotYet"),
            (name(), "y", "NotYet"),
            (Proof::Code, "123", "NotYet"),
            (Proof::Code, "", "NotYet"),
        ] {
            let (answer, confirm) = answered(proof.clone(), text);
            assert_eq!(format!("{answer:?}"), expected, "{proof:?} {text:?}");
            assert_eq!(confirm.word().is_some(), expected == "NotYet", "it says what is missing");
        }
    }

    #[test]
    fn a_code_goes_out_bare_and_can_be_tried_again() {
        let (answer, mut confirm) = answered(Proof::Code, "123 456");
        let Answer::YesWith(code) = answer else { panic!("{answer:?}") };
        assert_eq!(code.expose_secret(), "123456");
        confirm.refuse(Failure::new("That code is not right."));
        assert!(confirm.typed().is_empty() && confirm.word().is_some());
        confirm.type_key(Key::char('1'));
        assert_eq!(confirm.word(), None);
    }
}
