//! What a server wants to see before it answers. Sent to its own server alone, and shown nowhere.

use base64::prelude::{BASE64_STANDARD, Engine};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use url::Url;

/// How a source signs in, as it is written in the configuration or typed: never the secret itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Auth {
    /// Not at all.
    #[default]
    None,
    /// A header of this name.
    Header(String),
    /// A parameter of this name in the address.
    Query(String),
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Basic`, as this user.
    Basic(String),
    /// OAuth 2 client credentials (RFC 6749, 4.4): this client asks for a token there.
    OAuth2 {
        /// The client's name.
        client: String,
        /// Where tokens are given out.
        token_url: String,
        /// What the token is to be good for, where the server wants to know.
        scope: Option<String>,
    },
}

impl Auth {
    /// Reads `none`, `bearer`, `header:NAME`, `query:NAME`, `basic:USER` or `oauth2:CLIENT@TOKEN-URL`.
    ///
    /// # Errors
    /// A word about what is wrong with it.
    pub fn from_words(text: &str) -> Result<Auth, String> {
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        let plain =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':');
        match (kind, rest) {
            ("none", "") => Ok(Auth::None),
            ("bearer", "") => Ok(Auth::Bearer),
            ("header", name) if plain(name) => Ok(Auth::Header(name.to_owned())),
            ("query", name) if plain(name) => Ok(Auth::Query(name.to_owned())),
            ("basic", user) if !user.is_empty() && !user.contains(':') => Ok(Auth::Basic(user.to_owned())),
            ("oauth2", rest) => match rest.split_once('@') {
                Some((client, url)) if !client.is_empty() && url.starts_with("http") => {
                    Ok(Auth::OAuth2 { client: client.to_owned(), token_url: url.to_owned(), scope: None })
                }
                _ => Err("after oauth2: comes CLIENT@TOKEN-URL".to_owned()),
            },
            _ => {
                Err("say none, bearer, header:NAME, query:NAME, basic:USER or oauth2:CLIENT@TOKEN-URL"
                    .to_owned())
            }
        }
    }

    /// Whether a secret goes with it.
    pub fn needs_secret(&self) -> bool {
        *self != Auth::None
    }
}

impl fmt::Display for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Auth::None => f.write_str("none"),
            Auth::Header(name) => write!(f, "header:{name}"),
            Auth::Query(name) => write!(f, "query:{name}"),
            Auth::Bearer => f.write_str("bearer"),
            Auth::Basic(user) => write!(f, "basic:{user}"),
            Auth::OAuth2 { client, token_url, .. } => write!(f, "oauth2:{client}@{token_url}"),
        }
    }
}

/// How a source signs in, with its secret.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    /// How.
    pub auth: Auth,
    /// Key, token, password or client secret; empty where none is needed.
    pub secret: SecretString,
}

impl Credentials {
    /// The parameter of the address that is a credential, which no message and no record may hold.
    pub(super) fn parameter(&self) -> Option<&str> {
        match &self.auth {
            Auth::Query(name) => Some(name),
            _ => None,
        }
    }

    /// The address as it is sent.
    pub(super) fn in_address(&self, url: &Url) -> Url {
        match &self.auth {
            Auth::Query(name) => {
                super::address::with(url, &[(name.clone(), self.secret.expose_secret().to_owned())])
            }
            _ => url.clone(),
        }
    }

    /// The header that goes along; `token` is what an OAuth 2 server gave.
    pub(super) fn header(&self, token: Option<&SecretString>) -> Option<(String, SecretString)> {
        let authorization = |value: String| Some(("Authorization".to_owned(), value.into()));
        let secret = self.secret.expose_secret();
        match &self.auth {
            Auth::None | Auth::Query(_) => None,
            Auth::Header(name) => Some((name.clone(), self.secret.clone())),
            Auth::Bearer => authorization(format!("Bearer {secret}")),
            Auth::Basic(user) => authorization(basic(user, secret)),
            Auth::OAuth2 { .. } => {
                token.and_then(|token| authorization(format!("Bearer {}", token.expose_secret())))
            }
        }
    }
}

/// `Basic` with user and password (RFC 7617).
pub(super) fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_read_and_none_shows_its_secret() {
        let url: Url = "https://shop.example/orders?page=2".parse().unwrap();
        for (words, header, address) in [
            ("none", None, "https://shop.example/orders?page=2"),
            ("bearer", Some(("Authorization", "Bearer c4nary")), "https://shop.example/orders?page=2"),
            ("header:X-Api-Key", Some(("X-Api-Key", "c4nary")), "https://shop.example/orders?page=2"),
            ("query:key", None, "https://shop.example/orders?page=2&key=c4nary"),
            // "till:c4nary"
            (
                "basic:till",
                Some(("Authorization", "Basic dGlsbDpjNG5hcnk=")),
                "https://shop.example/orders?page=2",
            ),
        ] {
            let auth = Auth::from_words(words).unwrap();
            let credentials = Credentials { auth, secret: "c4nary".into() };
            assert!(!format!("{credentials:?}").contains("c4nary"));
            assert_eq!(credentials.in_address(&url).as_str(), address);
            let sent = credentials.header(None);
            let sent = sent.as_ref().map(|(name, value)| (name.as_str(), value.expose_secret()));
            assert_eq!(sent, header);
        }
        for wrong in ["", "header:", "bearer:c4nary", "basic:", "oauth2:client", "digest"] {
            assert!(Auth::from_words(wrong).is_err(), "{wrong}");
        }
    }
}
