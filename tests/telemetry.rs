//! The log of a whole process: one file, its owner's alone, complete once the guard is gone.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use storekeeper::telemetry::{self, CorrelationId, TelemetryError};
use tracing::level_filters::LevelFilter;

#[test]
fn what_is_told_before_the_guard_goes_is_in_the_file() {
    let data = tempfile::tempdir().unwrap();
    let guard = telemetry::start(data.path(), LevelFilter::INFO, 7).unwrap();
    let id = CorrelationId::new();
    id.span("import").in_scope(|| tracing::info!(target: "storekeeper", rows = 9, "loaded"));
    tracing::debug!(target: "storekeeper", "too small to tell");
    let twice = telemetry::start(data.path(), LevelFilter::INFO, 7);
    assert!(matches!(twice, Err(TelemetryError::Started)), "{twice:?}");
    drop(guard);

    let files: Vec<_> =
        fs::read_dir(data.path().join("logs")).unwrap().map(|file| file.unwrap().path()).collect();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(file).unwrap();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1, "{text}");
    assert_eq!((&lines[0]["message"], &lines[0]["rows"]), (&"loaded".into(), &9.into()));
    assert_eq!(lines[0]["span"]["id"], id.to_string());
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let data = tempfile::tempdir().unwrap();
    fs::write(data.path().join("logs"), "a file where a folder should be").unwrap();
    let error = telemetry::start(data.path(), LevelFilter::INFO, 7).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("The log in {}/logs cannot be written: ", data.path().display())),
        "{error}"
    );
}
