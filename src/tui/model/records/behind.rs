//! The rows behind a figure of the dashboard, and the way back to it.

use super::{Records, Stop};

impl Records {
    /// What comes next is behind a figure.
    pub(super) fn begin_behind(&mut self) {
        self.awaits_behind = true;
    }

    /// Notes the stop that was just gone to, where it is behind a figure. What went back so far as to forget it is not any more.
    pub(super) fn mark_behind(&mut self) {
        if std::mem::take(&mut self.awaits_behind) {
            self.behind = Some((self.at, self.words()));
        } else if self.behind.as_ref().is_some_and(|(at, _)| *at >= self.at) {
            self.behind = None;
        }
    }

    /// Leaves the rows behind a figure, if it is these that are shown and they are narrowed as they were; this is then as before
    /// they were opened.
    pub(super) fn leave_behind(&mut self) -> bool {
        let is_here =
            self.behind.as_ref().is_some_and(|(at, words)| *at == self.at && *words == self.words());
        let is_typing = self.list().is_some_and(|list| list.rows.find().is_typing());
        if !is_here || is_typing {
            return false;
        }
        self.behind = None;
        self.trail.truncate(self.at);
        self.at = self.at.saturating_sub(1);
        true
    }

    fn words(&self) -> String {
        match self.current() {
            Some(Stop::List(list)) => list.rows.find().words().text().to_owned(),
            _ => String::new(),
        }
    }
}
