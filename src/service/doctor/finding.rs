//! What was found, and what to do about it.

use crate::domain::clean;
use serde::Serialize;
use std::fmt;
use std::time::Duration;

/// Which part was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// The terminal this runs in.
    Terminal,
    /// The database and its server.
    Database,
    /// The files of this chain.
    Files,
}

impl Group {
    /// Each of them, in the order they are told.
    pub const EACH: [Group; 3] = [Group::Terminal, Group::Database, Group::Files];
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Group::Terminal => "terminal",
            Group::Database => "database",
            Group::Files => "files",
        })
    }
}

/// How it is; the worse, the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// As it should be.
    Pass,
    /// The program works, with something less.
    Warn,
    /// Something does not work, or is not safe.
    Fail,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Status::Pass => "pass",
            Status::Warn => "warn",
            Status::Fail => "fail",
        })
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The part it belongs to.
    pub group: Group,
    /// What was looked at, in a word or two.
    pub check: &'static str,
    /// How it is.
    pub status: Status,
    /// What was found.
    pub found: String,
    /// What to do next; `None` where there is nothing to do.
    pub next: Option<String>,
}

impl Group {
    /// It is as it should be.
    pub(super) fn pass(self, check: &'static str, found: impl Into<String>) -> Finding {
        Finding { group: self, check, status: Status::Pass, found: clean(&found.into()), next: None }
    }

    /// It works, with something less.
    pub(super) fn warn(self, check: &'static str, found: impl Into<String>, next: &str) -> Finding {
        Finding { status: Status::Warn, next: Some(clean(next)), ..self.pass(check, found) }
    }

    /// It does not work, or is not safe.
    pub(super) fn fail(self, check: &'static str, found: impl Into<String>, next: &str) -> Finding {
        Finding { status: Status::Fail, ..self.warn(check, found, next) }
    }

    /// It does not work, in words of an error that say themselves what to do.
    pub(super) fn error(self, check: &'static str, error: impl fmt::Display) -> Finding {
        Finding { status: Status::Fail, ..self.pass(check, error.to_string()) }
    }

    /// What a probe finds, or that it found nothing in its time.
    pub(super) async fn within(
        self,
        check: &'static str,
        limit: Duration,
        probe: impl Future<Output = Finding>,
    ) -> Finding {
        tokio::time::timeout(limit, probe).await.unwrap_or_else(|_| {
            let found = format!("no answer within {} seconds", limit.as_secs());
            self.fail(check, found, "Look whether what is asked hangs, and run `storekeeper doctor` again.")
        })
    }
}

/// Everything that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Whether the database was reached.
    pub has_database: bool,
    /// One for each thing that was looked at.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The worst of what was found.
    #[must_use]
    pub fn worst(&self) -> Status {
        self.findings.iter().map(|finding| finding.status).max().unwrap_or(Status::Pass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_probe_that_never_ends_is_a_failure_of_its_own() {
        let found = Group::Files.within("free space", Duration::ZERO, std::future::pending()).await;
        assert_eq!((found.check, found.status), ("free space", Status::Fail));
        assert_eq!(found.found, "no answer within 0 seconds");
        let found = Group::Files.within("free space", Duration::MAX, async { Group::Files.pass("it", "1") });
        assert_eq!(found.await.status, Status::Pass);
    }

    #[test]
    fn what_a_server_or_a_path_says_can_not_act_on_the_terminal() {
        let found = Group::Database.warn("reachable", "a\u{1b}]52;c;aGk=\u{7}b", "c\u{202e}d");
        assert_eq!((found.found.as_str(), found.next.as_deref()), ("a]52;c;aGk=b", Some("cd")));
    }
}
