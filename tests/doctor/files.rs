//! The files: what others may read or change.

use crate::Place;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn write(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn settings_that_can_not_be_trusted_are_told_with_their_command_and_without_their_secret() {
    let place = Place::empty();
    write(&place.config().join("config.toml"), "[database]\nhost = \"db.example.com\"\n", 0o664);
    write(&place.config().join(".env"), "DB_USER=till\nDB_PASSWORD=c4nary-Secret\n", 0o644);
    let told = place.examine();
    // There may be a database: nobody looked.
    assert_eq!(told.code, 1, "{told:?}");
    told.assert("reachable", "fail", "chmod 600");
    told.assert("config", "fail", "(0664): others may change it");
    told.assert(".env", "fail", "(0644): others may read it");
    assert!(!told.json.to_string().contains("c4nary"), "{told:?}");
    assert!(!place.data_dir().exists());
}

#[test]
fn a_setting_that_nobody_knows_does_not_keep_the_doctor_out() {
    let place = Place::empty().with("HOTS", "db.example.com");
    let told = place.examine();
    assert_eq!(told.code, 1, "{told:?}");
    told.assert("reachable", "fail", "STOREKEEPER__DATABASE__HOST");
    told.assert("config", "pass", "none");
}

#[test]
fn accounts_that_others_can_read_fail_and_are_not_used() {
    let place = Place::empty();
    place.init();
    let credentials = place.data_dir().join("credentials.toml");
    fs::set_permissions(&credentials, Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(place.data_dir().join("logs"), Permissions::from_mode(0o755)).unwrap();
    let told = place.examine();
    assert_eq!(told.code, 5, "{told:?}");
    told.assert("credentials", "fail", "(0644): others may read it");
    told.assert("logs", "warn", "(0755): others may read it");
    told.assert("reachable", "fail", "chmod 600");
    told.assert_helpful();
}
