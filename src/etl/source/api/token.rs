//! OAuth 2 client credentials (RFC 6749, 4.4): the client's secret goes to where tokens are given out, the token to the server.

use super::address::{Base, means_this_network};
use super::client::{Client, agent};
use super::credentials::{Auth, basic};
use super::error::{ApiError, shown};
use super::guard::Guarded;
use secrecy::{ExposeSecret, SecretString};
use std::io::Read;
use ureq::Body;
use ureq::http::Response;
use ureq::unversioned::resolver::DefaultResolver;
use url::Url;

impl Client {
    /// The token of OAuth 2, asked for where there is none yet.
    pub(super) fn current_token(&self) -> Result<Option<SecretString>, ApiError> {
        let Auth::OAuth2 { client, token_url, scope } = &self.credentials.auth else {
            return Ok(None);
        };
        let mut kept = self.token();
        if kept.is_none() {
            let place = Base::typed(token_url)?;
            let secret = self.credentials.secret.expose_secret();
            let mut form = vec![("grant_type", "client_credentials")];
            form.extend(scope.as_deref().map(|scope| ("scope", scope)));
            // The token's server is another host: it has a guard of its own.
            let allowed = means_this_network(place.url()).then(|| place.host());
            let asked = agent(&self.manners, Guarded { names: DefaultResolver::default(), allowed })
                .post(place.url().as_str())
                .header("Authorization", basic(client, secret))
                .send_form(form);
            let reply = asked.map_err(|error| self.failure(place.url(), &error))?;
            *kept = Some(token_in(place.url(), reply)?);
        }
        Ok(kept.clone())
    }
}

fn token_in(url: &Url, reply: Response<Body>) -> Result<SecretString, ApiError> {
    const LONGEST: u64 = 1 << 16;
    let status = reply.status().as_u16();
    if status != 200 {
        return Err(ApiError::Credentials { url: shown(url), status, had: ", though some were sent" });
    }
    let read: Result<serde_json::Value, _> =
        serde_json::from_reader(reply.into_body().into_reader().take(LONGEST));
    let token = read.ok().and_then(|reply| Some(SecretString::from(reply.get("access_token")?.as_str()?)));
    token.ok_or(ApiError::NotJson { url: shown(url), what: "something without an access_token".to_owned() })
}
