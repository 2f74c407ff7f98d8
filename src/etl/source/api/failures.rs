//! What the library's errors mean, in our words. Its own words may hold an address as it was sent, with a credential in it, and
//! are not handed on.

use super::body::TooLarge;
use super::client::Client;
use super::error::{ApiError, shown};
use super::guard::LeadsInside;
use std::io;
use url::Url;

impl Client {
    /// What an error of the library means here.
    pub(super) fn failure(&self, url: &Url, error: &ureq::Error) -> ApiError {
        match error {
            ureq::Error::Io(cause) => self.broken_off(url, cause),
            ureq::Error::Timeout(_) => ApiError::Slow { url: shown(url), after: self.manners.reply_time },
            ureq::Error::HostNotFound => {
                ApiError::Unreachable { url: shown(url), cause: "no such host is known".to_owned() }
            }
            ureq::Error::Protocol(cause) => {
                ApiError::Cut { url: shown(url), cause: format!("it is no HTTP ({cause})") }
            }
            ureq::Error::Rustls(cause) => self.not_secured(url, cause),
            ureq::Error::Tls(_) => self.not_trusted(),
            ureq::Error::BodyExceedsLimit(_) | ureq::Error::LargeResponseHeader(..) => {
                ApiError::TooMuch(format!("{} answered with too much before the reply.", shown(url)))
            }
            _ => ApiError::Unreachable { url: shown(url), cause: "the request failed".to_owned() },
        }
    }

    /// What an error of the connection's encryption means here.
    fn not_secured(&self, url: &Url, error: &rustls::Error) -> ApiError {
        match error {
            rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented => {
                self.not_trusted()
            }
            _ => ApiError::Unreachable {
                url: shown(url),
                cause: "it speaks no TLS, or not as it should; say http:// where that is meant".to_owned(),
            },
        }
    }

    fn not_trusted(&self) -> ApiError {
        let host = self.base.host();
        ApiError::Address(format!("{host} can not be trusted: its certificate does not stand the check."))
    }

    /// What an error while reading means here.
    pub(super) fn broken_off(&self, url: &Url, cause: &io::Error) -> ApiError {
        let inner = cause.get_ref();
        if let Some(inside) = inner.and_then(|inner| inner.downcast_ref::<LeadsInside>()) {
            return ApiError::Private { host: inside.host.clone(), address: inside.address.to_string() };
        }
        if let Some(large) = inner.and_then(|inner| inner.downcast_ref::<TooLarge>()) {
            return ApiError::TooMuch(format!("{} {large}.", shown(url)));
        }
        if let Some(error) = inner.and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
            return self.failure(url, error);
        }
        // The handshake comes with the first byte that is sent.
        if let Some(error) = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            return self.not_secured(url, error);
        }
        match cause.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => {
                ApiError::Cut { url: shown(url), cause: "the connection ended too early".to_owned() }
            }
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
                ApiError::Cut { url: shown(url), cause: "what came can not be unpacked".to_owned() }
            }
            io::ErrorKind::TimedOut => ApiError::Slow { url: shown(url), after: self.manners.reply_time },
            _ => ApiError::Unreachable { url: shown(url), cause: cause.kind().to_string() },
        }
    }
}
