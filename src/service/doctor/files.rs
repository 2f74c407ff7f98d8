//! The files: whose they are, who may read them, and how much room there is.

use super::finding::{Finding, Group};
use crate::settings::{Credentials, KeyFile, Places};
use std::fmt::Display;
use std::fs::Metadata;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

const GROUP: Group = Group::Files;
/// A disk that answers at all answers sooner; a network drive that is gone never does.
const LIMIT: Duration = Duration::from_secs(5);
/// Room that a private server needs to be made, in MiB.
const NEEDED_MIB: u64 = 256;
/// Room below which a load of any size may not fit, in MiB.
const SCARCE_MIB: u64 = 1024;

/// Looks at the files, each probe on a thread of its own. Without settings nobody knows the data folder and the key file.
pub(super) async fn examine(
    data_dir: Option<PathBuf>,
    key_file: Option<PathBuf>,
    places: Places,
) -> Vec<Finding> {
    let config = probe("config", places.config, config);
    let env_file = probe(".env", places.env_file, env_file);
    let data = probe("data folder", data_dir.clone(), data_folder);
    let credentials = probe("credentials", data_dir.clone(), credentials);
    let keys = probe("keys", key_file, keys);
    let logs = probe("logs", data_dir.clone(), logs);
    let room = probe("free space", data_dir, room);
    let found = tokio::join!(config, env_file, data, credentials, keys, logs, room);
    let (config, env_file, data, credentials, keys, logs, room) = found;
    [config, env_file, data, credentials, keys, logs, room].into_iter().flatten().collect()
}

async fn probe(check: &'static str, path: Option<PathBuf>, look: fn(&Path) -> Finding) -> Option<Finding> {
    let path = path?;
    let found = GROUP.within(check, LIMIT, async move {
        let looked = tokio::task::spawn_blocking(move || look(&path)).await;
        looked.unwrap_or_else(|cause| GROUP.error(check, cause))
    });
    Some(found.await)
}

/// A file as it is, or the finding that it is not there or not to be read.
fn metadata(check: &'static str, path: &Path, absent: &str) -> Result<Metadata, Box<Finding>> {
    path.metadata().map_err(|cause| {
        Box::new(match cause.kind() {
            ErrorKind::NotFound => GROUP.pass(check, format!("{}: {absent}", path.display())),
            _ => GROUP.fail(
                check,
                format!("{}: {cause}", path.display()),
                "Look at who owns the folders above it.",
            ),
        })
    })
}

fn config(path: &Path) -> Finding {
    const CHECK: &str = "config";
    let metadata = match metadata(CHECK, path, "none, the built-in settings hold") {
        Ok(metadata) => metadata,
        Err(found) => return *found,
    };
    // Who can change it can send the program, and its passwords, to another server.
    match others(&metadata, 0o022) {
        Some(who) => GROUP.fail(CHECK, described(path, &metadata, &who), &mend("chmod go-w", path)),
        None => GROUP.pass(CHECK, described(path, &metadata, "yours to change")),
    }
}

fn env_file(path: &Path) -> Finding {
    const CHECK: &str = ".env";
    let metadata = match metadata(CHECK, path, "none") {
        Ok(metadata) => metadata,
        Err(found) => return *found,
    };
    match others(&metadata, 0o077) {
        Some(who) => GROUP.fail(CHECK, described(path, &metadata, &who), &mend("chmod 600", path)),
        None => GROUP.pass(CHECK, described(path, &metadata, "yours alone")),
    }
}

fn data_folder(path: &Path) -> Finding {
    const CHECK: &str = "data folder";
    let metadata = match metadata(CHECK, path, "not there yet, it is made when it is needed") {
        Ok(metadata) => metadata,
        Err(found) => return *found,
    };
    if !metadata.is_dir() {
        return GROUP.fail(
            CHECK,
            format!("{} is no folder", path.display()),
            "Name another with --data-dir.",
        );
    }
    if let Some(who) = others(&metadata, 0o022) {
        return GROUP.fail(CHECK, described(path, &metadata, &who), &mend("chmod 700", path));
    }
    writable(CHECK, path)
        .unwrap_or_else(|| GROUP.pass(CHECK, described(path, &metadata, "only you may write in it")))
}

fn credentials(data_dir: &Path) -> Finding {
    let path = data_dir.join("credentials.toml");
    private("credentials", &path, "none, no account was made yet", || Credentials::load(data_dir))
}

fn keys(path: &Path) -> Finding {
    private("keys", path, "none, no second factor was set up yet", || KeyFile::load(path))
}

/// A file with secrets, which only its owner may read and which must be as it was written.
fn private<T, E: Display>(
    check: &'static str,
    path: &Path,
    none: &str,
    load: impl FnOnce() -> Result<T, E>,
) -> Finding {
    let metadata = match metadata(check, path, none) {
        Ok(metadata) => metadata,
        Err(found) => return *found,
    };
    if let Some(who) = others(&metadata, 0o077) {
        return GROUP.fail(check, described(path, &metadata, &who), &mend("chmod 600", path));
    }
    match load() {
        Ok(_) => GROUP.pass(check, described(path, &metadata, "yours alone")),
        // The words of these errors end with what to do.
        Err(error) => GROUP.error(check, error),
    }
}

fn logs(data_dir: &Path) -> Finding {
    const CHECK: &str = "logs";
    let path = data_dir.join("logs");
    let metadata = match metadata(CHECK, &path, "none yet") {
        Ok(metadata) => metadata,
        Err(found) => return *found,
    };
    if let Some(who) = others(&metadata, 0o077) {
        return GROUP.warn(CHECK, described(&path, &metadata, &who), &mend("chmod 700", &path));
    }
    writable(CHECK, &path).unwrap_or_else(|| GROUP.pass(CHECK, described(&path, &metadata, "yours alone")))
}

/// Room on the disk of the data folder, or of the nearest folder above it that is there.
fn room(data_dir: &Path) -> Finding {
    const CHECK: &str = "free space";
    let there = data_dir.ancestors().find(|folder| folder.exists()).unwrap_or(data_dir);
    match rustix::fs::statvfs(there) {
        Ok(disk) => {
            let mib = disk.f_bavail.saturating_mul(disk.f_frsize) >> 20;
            // A filesystem that counts no files (btrfs) says 0 of 0.
            let files = (disk.f_files > 0).then_some(disk.f_favail);
            enough(mib, files, there)
        }
        Err(cause) => GROUP.fail(
            CHECK,
            format!("{} can not be measured: {cause}", there.display()),
            "Look at its disk.",
        ),
    }
}

fn enough(mib: u64, files: Option<u64>, folder: &Path) -> Finding {
    const CHECK: &str = "free space";
    let found = format!("{mib} MiB for {}", folder.display());
    let next = "Make room, or move the data folder to another disk (--data-dir).";
    match (mib, files) {
        (_, Some(0)) => {
            GROUP.fail(CHECK, format!("no more files fit on the disk of {}", folder.display()), next)
        }
        (..NEEDED_MIB, _) => GROUP.fail(CHECK, found, next),
        (NEEDED_MIB..SCARCE_MIB, _) => GROUP.warn(CHECK, found, next),
        _ => GROUP.pass(CHECK, found),
    }
}

/// Who else has one of these rights, in words.
fn others(metadata: &Metadata, rights: u32) -> Option<String> {
    let owner = metadata.uid();
    if owner != 0 && owner != rustix::process::geteuid().as_raw() {
        return Some(format!("belongs to another user (uid {owner})"));
    }
    match metadata.mode() & rights {
        0 => None,
        open if open & 0o022 != 0 => Some("others may change it".to_owned()),
        _ => Some("others may read it".to_owned()),
    }
}

/// The finding that we may not write there.
fn writable(check: &'static str, path: &Path) -> Option<Finding> {
    let cause = rustix::fs::access(path, rustix::fs::Access::WRITE_OK).err()?;
    let found = format!("{} can not be written: {cause}", path.display());
    Some(GROUP.fail(check, found, "Run as its owner, or name another with --data-dir."))
}

fn described(path: &Path, metadata: &Metadata, what: &str) -> String {
    format!("{} ({:04o}): {what}", path.display(), metadata.mode() & 0o7777)
}

fn mend(command: &str, path: &Path) -> String {
    format!("Run: {command} {}", crate::settings::shell_word(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::doctor::finding::Status::{self, Fail, Pass, Warn};
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn room_is_told_by_how_much_there_is() {
        for (mib, files, status) in [
            (0, None, Fail),
            (255, Some(9), Fail),
            (256, Some(9), Warn),
            (1023, None, Warn),
            (1024, None, Pass),
            (900_000, Some(0), Fail),
        ] {
            assert_eq!(enough(mib, files, Path::new("/d")).status, status, "{mib} {files:?}");
        }
    }

    #[test]
    fn each_file_has_the_modes_it_may_have() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let look = |name: &str, path: &Path| match name {
            "config.toml" => config(path),
            ".env" => env_file(path),
            "logs" => logs(path.parent().unwrap()),
            _ => data_folder(path),
        };
        for (name, is_folder) in [("config.toml", false), (".env", false), ("logs", true), ("data", true)] {
            let path = data.join(name);
            assert_eq!(look(name, &path).status, Pass, "{name} is not there");
            if is_folder {
                fs::create_dir(&path).unwrap()
            } else {
                fs::write(&path, "").unwrap()
            }
            let modes: [(u32, Status); 3] = match name {
                "config.toml" => [(0o600, Pass), (0o644, Pass), (0o664, Fail)],
                ".env" => [(0o600, Pass), (0o640, Fail), (0o602, Fail)],
                "logs" => [(0o700, Pass), (0o750, Warn), (0o755, Warn)],
                _ => [(0o700, Pass), (0o755, Pass), (0o777, Fail)],
            };
            for (mode, status) in modes {
                fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
                let found = look(name, &path);
                assert_eq!(found.status, status, "{name} {mode:o}: {found:?}");
                assert_eq!(found.next.is_some(), status != Pass, "{found:?}");
            }
        }
    }

    #[test]
    fn keys_that_others_can_read_or_that_are_damaged_fail() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.toml");
        assert_eq!(keys(&path).status, Pass);
        KeyFile::load_or_make(&path, jiff::Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(keys(&path).status, Pass);
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        assert!(keys(&path).next.unwrap().contains("chmod 600"));
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, "secret = \"c4nary\"").unwrap();
        let found = keys(&path);
        assert!(found.status == Fail && found.found.contains("damaged"), "{found:?}");
    }

    #[test]
    fn accounts_that_others_can_read_or_that_are_damaged_fail() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(credentials(folder.path()).status, Pass);
        let path = folder.path().join("credentials.toml");
        fs::write(&path, "password = \"c4nary\"").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let found = credentials(folder.path());
        assert!(found.status == Fail && found.next.unwrap().contains("chmod 600"));
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        let found = credentials(folder.path());
        assert!(found.status == Fail && found.found.contains("damaged"), "{found:?}");
        assert!(!found.found.contains("c4nary"));
    }
}
