//! A load under way.

use super::job::LoadJob;
use super::server::reading::ReadLines;
use crate::service::api::TableLoad;
use crate::tui::model::message::JobId;
use crate::tui::model::progress::{FileLines, LoadProgress};
use jiff::{SignedDuration, Timestamp};

/// How long what is shown of a load stands still where motion is reduced.
pub(super) const STILL: SignedDuration = SignedDuration::from_secs(1);

/// A load under way.
#[derive(Debug)]
pub struct Running {
    /// Which job it is.
    pub id: JobId,
    /// What was asked for.
    pub job: LoadJob,
    /// When it began.
    pub since: Timestamp,
    /// When it last told of itself.
    pub at: Timestamp,
    /// What it last told.
    pub progress: LoadProgress,
    /// How far each file is.
    pub files: FileLines,
    /// How far each table of a server is, while they are read.
    pub reading: ReadLines,
    /// What was read of a server, once that is over.
    pub read: Vec<TableLoad>,
    /// What there was to say of the reading.
    pub said: Vec<String>,
    /// Whether it was told to stop.
    pub stopping: bool,
    counted: FileLines,
    counted_reading: ReadLines,
    /// News that came too soon after the last to be shown.
    held: Option<LoadProgress>,
}

impl Running {
    /// A load that begins.
    pub(super) fn new(id: JobId, job: LoadJob, now: Timestamp) -> Running {
        Running {
            id,
            job,
            since: now,
            at: now,
            progress: LoadProgress { phase: "starting".to_owned(), ..LoadProgress::default() },
            files: FileLines::default(),
            reading: ReadLines::default(),
            read: Vec::new(),
            said: Vec::new(),
            stopping: false,
            counted: FileLines::default(),
            counted_reading: ReadLines::default(),
            held: None,
        }
    }

    /// Takes news; with `still` what is shown changes once a second at the most.
    pub(super) fn note(&mut self, progress: LoadProgress, now: Timestamp, still: bool) {
        self.counted.note(&progress, now);
        if let Some(asking) = &progress.asking {
            self.counted_reading.note(asking, now);
        }
        if still && self.at != self.since && now.duration_since(self.at) < STILL {
            self.held = Some(progress);
            return;
        }
        self.files = self.counted.clone();
        self.reading = self.counted_reading.clone();
        self.progress = progress;
        self.held = None;
        self.at = now;
    }

    /// What it said last, shown or not.
    pub(super) fn last_said(&mut self) -> LoadProgress {
        let shown = std::mem::take(&mut self.progress);
        self.held.take().unwrap_or(shown)
    }
}
