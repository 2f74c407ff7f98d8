//! Addresses: what a person may type, and where a server may lead us.

use super::error::{ApiError, shown};
use std::net::IpAddr;
use url::{Host, Url};

/// The address that a person gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(Url);

/// Names of parameters that look like a credential.
const SECRETS: [&str; 9] =
    ["api_key", "apikey", "api-key", "key", "token", "access_token", "auth", "password", "secret"];

impl Base {
    /// Reads an address as it is typed; without a scheme it is `https`, or `http` on this machine.
    ///
    /// # Errors
    /// [`ApiError::Address`] where it is none, or holds a credential, which others could see on the command line.
    pub fn typed(text: &str) -> Result<Base, ApiError> {
        let text = text.trim();
        let wrong = |why: &str| ApiError::Address(format!("This is no address to load from: {why}."));
        let whole = if text.contains("://") {
            text.to_owned()
        } else {
            let host = text.split(['/', ':', '?']).next().unwrap_or_default();
            let here = host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok();
            format!("{}://{text}", if here { "http" } else { "https" })
        };
        let mut url: Url = whole.parse().map_err(|cause: url::ParseError| wrong(&cause.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(wrong("it must begin with https:// or http://"));
        }
        if url.host().is_none() {
            return Err(wrong("it names no host"));
        }
        let secret = url.query_pairs().any(|(name, _)| SECRETS.contains(&name.to_lowercase().as_str()));
        if !url.username().is_empty() || url.password().is_some() || secret {
            return Err(wrong(
                "it holds a credential, which others can see there. Leave it out and say --auth and --secret-env",
            ));
        }
        url.set_fragment(None);
        Ok(Base(url))
    }

    /// The address itself.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// The host, as messages show it.
    pub fn host(&self) -> String {
        self.0.host_str().unwrap_or_default().to_owned()
    }

    /// The address of a path below this one; a path with a `/` before it is from the host's root.
    pub(super) fn below(&self, path: &str) -> Option<Url> {
        self.folder().join(path).ok().filter(|url| self.is_own(url))
    }

    /// This address as a folder, so that what is joined comes below it.
    pub(super) fn folder(&self) -> Url {
        let mut folder = self.0.clone();
        folder.set_query(None);
        if !folder.path().ends_with('/') {
            folder.set_path(&format!("{}/", self.0.path()));
        }
        folder
    }

    /// Whether an address is on the same server: scheme, host and port.
    pub(super) fn is_own(&self, url: &Url) -> bool {
        self.0.origin() == url.origin()
    }

    /// Where a link in a reply of `from` leads, if it stays on this server.
    ///
    /// # Errors
    /// [`ApiError::Elsewhere`] where it does not.
    pub(super) fn follow(&self, from: &Url, link: &str) -> Result<Url, ApiError> {
        // HAL's links may be templates: `orders{?page,size}` (RFC 6570).
        let link = link.split('{').next().unwrap_or_default();
        let mut to = from.join(link).map_err(|_| ApiError::Elsewhere {
            from: shown(from),
            to: "something that is no address".to_owned(),
        })?;
        to.set_fragment(None);
        if self.is_own(&to) && to.username().is_empty() && to.password().is_none() {
            return Ok(to);
        }
        let origin = to.origin().ascii_serialization();
        let to = if origin == "null" { format!("{}:", to.scheme()) } else { origin };
        Err(ApiError::Elsewhere { from: shown(from), to })
    }
}

/// Whether a host as it is typed means this machine or its network: an address, or a name that no public DNS has.
pub(super) fn means_this_network(url: &Url) -> bool {
    const ENDINGS: [&str; 7] =
        [".localhost", ".local", ".lan", ".internal", ".intranet", ".home.arpa", ".test"];
    match url.host() {
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_lowercase();
            !name.contains('.') || ENDINGS.iter().any(|ending| name.ends_with(ending))
        }
        None => false,
    }
}

/// The address with these parameters set, in place of those of the same name.
pub(super) fn with(url: &Url, parameters: &[(String, String)]) -> Url {
    let mut changed = url.clone();
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !parameters.iter().any(|(other, _)| other == name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    changed.set_query(None);
    if kept.is_empty() && parameters.is_empty() {
        return changed;
    }
    changed.query_pairs_mut().extend_pairs(kept.iter().chain(parameters));
    changed
}

/// The address without a parameter.
pub(super) fn without(url: &Url, parameter: &str) -> Url {
    if !url.query_pairs().any(|(name, _)| name == parameter) {
        return url.clone();
    }
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| name != parameter)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let mut bare = url.clone();
    bare.set_query(None);
    if kept.is_empty() { bare } else { with(&bare, &kept) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_people_type_it_and_a_credential_in_it_is_refused() {
        let typed = |text: &str| Base::typed(text).map(|base| base.url().to_string());
        assert_eq!(typed("localhost:3000").unwrap(), "http://localhost:3000/");
        assert_eq!(typed("127.0.0.1:3000/api").unwrap(), "http://127.0.0.1:3000/api");
        assert_eq!(typed("shop.example/api/v2").unwrap(), "https://shop.example/api/v2");
        for wrong in ["", "ftp://shop.example", "file:///etc/passwd", "https://", "http://a:b@shop.example/"]
        {
            assert!(matches!(typed(wrong), Err(ApiError::Address(_))), "{wrong}");
        }
        let told = typed("https://shop.example/?api_key=c4nary").unwrap_err().to_string();
        assert!(told.contains("credential") && !told.contains("c4nary"), "{told}");
    }

    #[test]
    fn a_link_is_followed_only_on_the_server_itself() {
        let base = Base::typed("https://shop.example/api").unwrap();
        let from: Url = "https://shop.example/api/orders?page=1".parse().unwrap();
        let follow = |link: &str| base.follow(&from, link).map(|url| url.to_string());
        assert_eq!(follow("?page=2").unwrap(), "https://shop.example/api/orders?page=2");
        assert_eq!(follow("/api/orders{?page}").unwrap(), "https://shop.example/api/orders");
        for other in [
            "http://shop.example/api/orders",
            "https://shop.example:444/",
            "//evil.example/",
            "https://u:p@shop.example/",
            "javascript:alert(1)",
        ] {
            assert!(matches!(follow(other), Err(ApiError::Elsewhere { .. })), "{other}");
        }
    }

    #[test]
    fn a_parameter_is_set_once_and_can_be_taken_out() {
        let url: Url = "http://h/x?a=1&page=2".parse().unwrap();
        let more = with(&url, &[("page".to_owned(), "3".to_owned()), ("s".to_owned(), "a b".to_owned())]);
        assert_eq!(more.as_str(), "http://h/x?a=1&page=3&s=a+b");
        assert_eq!(without(&url, "page").as_str(), "http://h/x?a=1");
    }
}
