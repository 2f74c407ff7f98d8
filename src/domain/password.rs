//! What a password must be.

/// The longest password, in bytes: bcrypt cuts at 72 with the closing NUL, and a password that is cut is a weaker one.
pub const LONGEST: usize = 71;

/// The shortest password, in characters.
pub const SHORTEST: usize = 8;

/// Why a text can not be a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRule {
    /// Too few characters.
    #[error("A password needs 8 characters or more.")]
    TooShort,
    /// More bytes than bcrypt takes in.
    #[error("A password may have 71 bytes at the most (letters outside ASCII count 2 to 4).")]
    TooLong,
    /// Holds a NUL, where bcrypt would stop reading.
    #[error("A password may not hold a NUL character.")]
    Nul,
    /// A kind of character is missing.
    #[error("A password needs an upper-case letter, a lower-case letter, a digit and one other character.")]
    TooPlain,
}

/// Holds a new password against the rules.
///
/// # Errors
/// The first [`PasswordRule`] it breaks.
pub fn check(password: &str) -> Result<(), PasswordRule> {
    let has = |kind: fn(char) -> bool| password.chars().any(kind);
    if password.contains('\0') {
        Err(PasswordRule::Nul)
    } else if password.len() > LONGEST {
        Err(PasswordRule::TooLong)
    } else if password.chars().count() < SHORTEST {
        Err(PasswordRule::TooShort)
    } else if has(char::is_uppercase)
        && has(char::is_lowercase)
        && has(|character| character.is_ascii_digit())
        && has(|character| !character.is_alphanumeric())
    {
        Ok(())
    } else {
        Err(PasswordRule::TooPlain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_told_by_name() {
        assert_eq!(check("Str0ng!Passw0rd-42"), Ok(()));
        assert_eq!(check("Ab1!"), Err(PasswordRule::TooShort));
        assert_eq!(check("Passw0rd!\0"), Err(PasswordRule::Nul));
        assert_eq!(check(&format!("Aa1!{}", "x".repeat(67))), Ok(()));
        assert_eq!(check(&format!("Aa1!{}", "x".repeat(68))), Err(PasswordRule::TooLong));
        assert_eq!(check(&format!("Aa1!{}", "😀".repeat(17))), Err(PasswordRule::TooLong));
        for plain in ["password1!", "PASSWORD1!", "Password!!", "Password11"] {
            assert_eq!(check(plain), Err(PasswordRule::TooPlain), "{plain}");
        }
    }
}
