//! A value that comes from outside, with how fresh it is.

use super::message::{Failure, RequestId};
use jiff::Timestamp;

/// The last good value, when it was true, and what is known since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh<T> {
    good: Option<(T, Timestamp)>,
    waiting: Option<RequestId>,
    failure: Option<Failure>,
}

impl<T> Default for Fresh<T> {
    fn default() -> Self {
        Fresh { good: None, waiting: None, failure: None }
    }
}

impl<T> Fresh<T> {
    /// The last good value.
    pub fn value(&self) -> Option<&T> {
        self.good.as_ref().map(|(value, _)| value)
    }

    /// When that value was true.
    pub fn as_of(&self) -> Option<Timestamp> {
        self.good.as_ref().map(|(_, at)| *at)
    }

    /// Whether an answer is on its way.
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Whether the answer to this question is awaited.
    pub fn awaits(&self, id: RequestId) -> bool {
        self.waiting == Some(id)
    }

    /// Whether an answer is on its way and there is none yet.
    pub fn is_first_on_its_way(&self) -> bool {
        self.good.is_none() && self.waiting.is_some()
    }

    /// Why the last question was not answered.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// A question went out; the value it had stays until the answer is here.
    pub fn ask(&mut self, id: RequestId) {
        self.waiting = Some(id);
    }

    /// The value answers another question than the one asked now: it goes, lest it be taken for the answer.
    pub fn forget(&mut self) {
        *self = Fresh::default();
    }

    /// Takes the answer, unless a later question made it stale. Tells whether it was taken.
    pub fn fill(&mut self, id: RequestId, value: T, now: Timestamp) -> bool {
        let expected = self.waiting == Some(id);
        if expected {
            *self = Fresh { good: Some((value, now)), waiting: None, failure: None };
        }
        expected
    }

    /// Notes that the question failed, unless it is stale. Tells whether it was noted.
    pub fn fail(&mut self, id: RequestId, failure: &Failure) -> bool {
        let expected = self.waiting == Some(id);
        if expected {
            self.give_up(failure);
        }
        expected
    }

    /// Notes that there can be no answer, whatever was asked; the last good value stays.
    pub fn give_up(&mut self, failure: &Failure) {
        self.waiting = None;
        self.failure = Some(failure.clone());
    }
}
