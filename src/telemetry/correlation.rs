//! Short ids that tie what a person was told to the lines in the log.

use std::error::Error;
use std::fmt;

use rand::RngExt;
use tracing::{Instrument, Span, error_span};

tokio::task_local! {
    /// The id of the work that the task is at.
    static CURRENT: CorrelationId;
}

/// An id a person can read over the telephone: six hexadecimal digits, `7f3a-91`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CorrelationId(u32);

impl CorrelationId {
    /// A random id: one of 16,777,216, enough to tell the failures of one log apart.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "a default would be a fixed value; each id is another")]
    pub fn new() -> Self {
        Self(rand::rng().random_range(0..1 << 24))
    }

    /// The id of the work at hand; a new one where nobody has given it one.
    #[must_use]
    pub fn current() -> Self {
        CURRENT.try_with(|id| *id).unwrap_or_else(|_| Self::new())
    }

    /// Does some work under this id: its lines in the log carry it, and [`CorrelationId::current`] answers it there. A task
    /// that the work spawns is outside.
    pub async fn of<T>(self, doing: &'static str, work: impl Future<Output = T>) -> T {
        CURRENT.scope(self, work.instrument(self.span(doing))).await
    }

    /// A span whose lines carry this id. It is of the highest level, for a log that keeps errors alone needs the id most.
    #[must_use]
    pub fn span(self, doing: &'static str) -> Span {
        error_span!("work", id = %self, doing)
    }

    /// The error with this id at its end, as people see it.
    pub fn attach<E>(self, error: E) -> Traced<E> {
        Traced { error, id: self }
    }
}

impl fmt::Display for CorrelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04x}-{:02x}", self.0 >> 8, self.0 & 0xff)
    }
}

/// An error with the id that finds its details in the log.
#[derive(Debug)]
pub struct Traced<E> {
    /// What happened.
    pub error: E,
    /// The id.
    pub id: CorrelationId,
}

impl<E: fmt::Display> fmt::Display for Traced<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.error, self.id)
    }
}

impl<E: Error> Error for Traced<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        // The error itself is in our own text already.
        self.error.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn an_id_is_six_digits_with_a_dash() {
        for (number, text) in [(0, "0000-00"), (0x7f_3a_91, "7f3a-91"), (0xff_ff_ff, "ffff-ff")] {
            assert_eq!(CorrelationId(number).to_string(), text);
        }
        assert_eq!(CorrelationId::new().to_string().len(), 7);
    }

    #[tokio::test]
    async fn work_knows_its_id() {
        let id = CorrelationId(0x7f_3a_91);
        assert_eq!(id.of("load", async { CorrelationId::current() }).await, id);
    }

    #[test]
    fn an_error_ends_with_its_id() {
        let failure = CorrelationId(0x7f_3a_91).attach(io::Error::other("Nothing was loaded."));
        assert_eq!(failure.to_string(), "Nothing was loaded. [7f3a-91]");
    }
}
