//! What a password must be.

use std::fmt;

/// The longest password, in bytes: bcrypt cuts at 72 with the closing NUL, and a password that is cut is a weaker one.
pub const LONGEST: usize = 71;

/// The least strength that is taken, on the scale of [`strength`].
pub const STRONG_ENOUGH: u8 = 3;

/// Words that somebody who knows the program tries first.
const KNOWN_WORDS: [&str; 6] = ["storekeeper", "store", "shop", "bike", "bicycle", "chain"];

/// One thing a password must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordRule {
    /// Has so many characters or more.
    Long(usize),
    /// Fits what bcrypt takes in: [`LONGEST`] bytes, no NUL.
    Hashable,
    /// Has an upper-case letter.
    Upper,
    /// Has a lower-case letter.
    Lower,
    /// Has a digit.
    Digit,
    /// Has a character that is neither letter nor digit.
    Special,
    /// Does not hold the username.
    NotTheName,
    /// Is not one that is guessed early: a common password, a word, a name, a row of keys, a date.
    HardToGuess,
}

/// Rules that a password breaks, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenRules(Vec<PasswordRule>);

/// How a password stands, for a checklist that changes while it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    /// Each rule and whether it is met, in the order to show them.
    pub rules: Vec<(PasswordRule, bool)>,
    /// From 0 (guessed at once) to 4 (not to be guessed).
    pub strength: u8,
}

impl Checklist {
    /// Whether every rule is met.
    pub fn is_met(&self) -> bool {
        self.rules.iter().all(|(_, met)| *met)
    }
}

/// Holds a password against every rule. `shortest` is the setting's least length, in characters.
pub fn checklist(password: &str, username: &str, shortest: usize) -> Checklist {
    let has = |kind: fn(char) -> bool| password.chars().any(kind);
    let strength = strength(password, username);
    let rules = vec![
        (PasswordRule::Long(shortest), password.chars().count() >= shortest),
        (PasswordRule::Upper, has(char::is_uppercase)),
        (PasswordRule::Lower, has(char::is_lowercase)),
        (PasswordRule::Digit, has(|character| character.is_ascii_digit())),
        (PasswordRule::Special, has(|character| !character.is_alphanumeric() && character != '\0')),
        (PasswordRule::Hashable, password.len() <= LONGEST && !password.contains('\0')),
        (PasswordRule::NotTheName, !holds_name(password, username)),
        (PasswordRule::HardToGuess, strength >= STRONG_ENOUGH),
    ];
    Checklist { rules, strength }
}

/// Holds a new password against the rules.
///
/// # Errors
/// [`BrokenRules`], every one it breaks.
pub fn check(password: &str, username: &str, shortest: usize) -> Result<(), BrokenRules> {
    let rules = checklist(password, username, shortest).rules;
    let broken: Vec<PasswordRule> = rules.into_iter().filter(|(_, met)| !met).map(|(rule, _)| rule).collect();
    if broken.is_empty() { Ok(()) } else { Err(BrokenRules(broken)) }
}

/// How long a password would stand against guessing, from 0 to 4 (zxcvbn; 3 is 10^8 guesses or more). Its dictionaries
/// hold the common passwords, words and names; the username and words of this program count as known too.
pub fn strength(password: &str, username: &str) -> u8 {
    // What is longer than any password is not worth the time to weigh it.
    if password.len() > LONGEST {
        return 0;
    }
    let known: Vec<&str> = std::iter::once(username).chain(KNOWN_WORDS).collect();
    u8::from(zxcvbn::zxcvbn(password, &known).score())
}

/// A name of one or two letters is in nearly every password by chance.
fn holds_name(password: &str, username: &str) -> bool {
    let (password, name) = (password.to_lowercase(), username.to_lowercase());
    password == name || (name.len() > 2 && password.contains(&name))
}

impl BrokenRules {
    /// The rules.
    pub fn rules(&self) -> &[PasswordRule] {
        &self.0
    }
}

impl fmt::Display for PasswordRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PasswordRule::Long(shortest) => write!(f, "{shortest} characters or more"),
            PasswordRule::Hashable => write!(f, "at most {LONGEST} bytes (é counts 2), without NUL"),
            PasswordRule::Upper => f.write_str("an upper-case letter"),
            PasswordRule::Lower => f.write_str("a lower-case letter"),
            PasswordRule::Digit => f.write_str("a digit"),
            PasswordRule::Special => f.write_str("a character that is no letter and no digit"),
            PasswordRule::NotTheName => f.write_str("nothing of the username"),
            PasswordRule::HardToGuess => {
                f.write_str("nothing common: no known password, word, name, date or row of keys")
            }
        }
    }
}

impl fmt::Display for BrokenRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let broken: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        write!(f, "The password will not do. It needs {}.", broken.join("; "))
    }
}

impl std::error::Error for BrokenRules {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_broken_rule_is_told() {
        use PasswordRule::*;
        let long = format!("Aa1!{}", "tzqkv wrbxm".repeat(6));
        for (password, broken) in [
            ("Str0ng!Passw0rd-42", vec![]),
            ("korrekt-Horse7", vec![]),
            ("kW9!q", vec![Long(8), HardToGuess]),
            ("gYx7!vbQz\0m", vec![Hashable]),
            ("gyx7!vbqzm", vec![Upper]),
            ("GYX7!VBQZM", vec![Lower]),
            ("gYx!!vbQzm", vec![Digit]),
            ("gYx77vbQzm", vec![Special]),
            ("boss-gYx7!vbQzm", vec![NotTheName]),
            ("BOSS-gYx7!vbQzm", vec![NotTheName]),
            ("Password1!", vec![HardToGuess]),
            ("Qwerty123456!", vec![HardToGuess]),
            (&long, vec![]),
            (&format!("{long}xx"), vec![Hashable, HardToGuess]),
        ] {
            let told = check(password, "boss", 8).err().map(|broken| broken.0).unwrap_or_default();
            assert_eq!(told, broken, "{password:?} ({} bytes)", password.len());
        }
    }

    #[test]
    fn the_words_name_what_is_missing() {
        assert_eq!(
            check("gyx!!vbqzm", "boss", 12).unwrap_err().to_string(),
            "The password will not do. It needs 12 characters or more; an upper-case letter; a digit."
        );
    }

    #[test]
    fn the_username_makes_a_password_weaker() {
        assert!(strength("fabiola.jackson", "fabiola.jackson") < strength("fabiola.jackson", "x"));
        assert_eq!(strength(&"gYx7!vbQzm".repeat(1000), "boss"), 0);
    }
}
