//! The first word with a server: is it there, and what does it speak?

use super::client::{Client, Effort};
use super::error::ApiError;
use crate::domain::clean;
use std::io::Read;

/// What the first word showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstWord {
    /// The status of the answer.
    pub status: u16,
    /// What came.
    pub came: String,
    /// What the server calls itself.
    pub server: Option<String>,
}

/// Asks for the address itself.
///
/// # Errors
/// [`ApiError`] where the server can not be reached or does not let us; a status such as 404 is an answer too.
pub fn first_word(client: &Client) -> Result<FirstWord, ApiError> {
    const LOOKED_AT: u64 = 1 << 16;
    let url = client.base.url().clone();
    let answer = client.get(&url, Effort::Probe, None, |head, bytes| {
        let mut begin = Vec::new();
        bytes
            .take(LOOKED_AT)
            .read_to_end(&mut begin)
            .map_err(|cause| client.broken_off(&head.url, &cause))?;
        let came = match begin.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{' | b'[') => "JSON".to_owned(),
            Some(b'<') => "a web page".to_owned(),
            None => "nothing".to_owned(),
            Some(_) => head.header("content-type").map_or_else(|| "text".to_owned(), clean),
        };
        let server = head.header("server").or_else(|| head.header("x-powered-by")).map(clean);
        Ok(FirstWord { status: head.status, came, server })
    });
    match answer {
        Err(ApiError::Status { status, .. }) => {
            Ok(FirstWord { status, came: "nothing at the address itself".to_owned(), server: None })
        }
        other => other,
    }
}
