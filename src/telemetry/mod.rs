//! Structured logs: JSON lines with correlation ids, rotated by day.
//!
//! Nothing is ever written to the terminal, which belongs to the screens.

mod correlation;
mod daily_file;

use std::io;
use std::path::{Path, PathBuf};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::{NonBlocking, WorkerGuard};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

pub use correlation::{CorrelationId, Traced};
use daily_file::DailyFile;

/// Keeps the log's writer alive; what is still waiting is written when it is dropped.
#[must_use = "dropped at once, it ends the log"]
#[derive(Debug)]
pub struct Guard {
    _worker: WorkerGuard,
}

/// Why there can be no log.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The folder or today's file cannot be written.
    #[error("The log in {} cannot be written: {source}. Check that the folder is yours and the disk has room.", folder.display())]
    Write {
        /// The folder of the logs.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// This process has a log already.
    #[error("The log was started twice. This is a fault of the program: please report it.")]
    Started,
}

/// Starts the log of this process in `<data_dir>/logs/`: one file a day (UTC), kept `keep_days` days.
///
/// Writing happens on a thread of its own; where it cannot keep up, lines are lost rather than the screens held up.
///
/// # Errors
/// [`TelemetryError`] where the folder cannot be written, or the log is running already.
pub fn start(data_dir: &Path, level: LevelFilter, keep_days: u16) -> Result<Guard, TelemetryError> {
    let folder = data_dir.join("logs");
    let file = DailyFile::open(&folder, keep_days, today)
        .map_err(|source| TelemetryError::Write { folder, source })?;
    let (writer, worker) = NonBlocking::new(file);
    subscriber(level, writer).try_init().map_err(|_| TelemetryError::Started)?;
    Ok(Guard { _worker: worker })
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

fn subscriber<W>(level: LevelFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    // Libraries never speak below a warning: at "debug" a database driver writes out statements with their values.
    let targets = Targets::new()
        .with_target(env!("CARGO_CRATE_NAME"), level)
        .with_default(level.min(LevelFilter::WARN));
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        // It would go to stderr, across the screens.
        .log_internal_errors(false)
        .with_writer(writer);
    tracing_subscriber::registry().with(targets).with(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The text that reaches the file when `work` is done at this level.
    fn logged(level: LevelFilter, work: impl FnOnce()) -> String {
        let page = Page::default();
        let writer = page.clone();
        tracing::subscriber::with_default(subscriber(level, move || writer.clone()), work);
        let bytes = page.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    proptest! {
        #[test]
        fn any_text_stays_one_line_that_no_terminal_obeys(text in ".*", control in any::<[char; 4]>()) {
            let text = format!("{text}\u{1b}[2J\n\u{7}{}", control.iter().collect::<String>());
            let page = logged(LevelFilter::INFO, || tracing::info!(typed = text, "{text}"));

            prop_assert_eq!(page.matches('\n').count(), 1);
            prop_assert!(!page.trim_end_matches('\n').bytes().any(|byte| byte < 0x20), "{:?}", page);
            let line: serde_json::Value = serde_json::from_str(&page).unwrap();
            prop_assert_eq!(line["typed"].as_str(), Some(text.as_str()));
        }
    }

    #[test]
    fn a_line_carries_the_id_of_its_span_at_every_level() {
        let id = CorrelationId::new();
        let page = logged(LevelFilter::ERROR, || id.span("load").in_scope(|| tracing::error!("it failed")));

        let line: serde_json::Value = serde_json::from_str(&page).unwrap();
        assert_eq!(line["span"]["id"], id.to_string());
        assert_eq!(line["span"]["doing"], "load");
        assert_eq!(line["level"], "ERROR");
    }

    #[test]
    fn libraries_do_not_speak_below_a_warning() {
        let page = logged(LevelFilter::TRACE, || {
            tracing::debug!(target: "mysql_async", "SELECT 'a password'");
            tracing::trace!("ours");
        });
        assert!(!page.contains("a password") && page.contains("ours"), "{page}");

        let page = logged(LevelFilter::ERROR, || tracing::warn!(target: "mysql_async", "slow"));
        assert_eq!(page, "");
    }
}
