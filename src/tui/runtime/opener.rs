//! What opens a file for the person: their desktop, where there is one.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The programs that hand a file to whatever the desktop has for it.
const PROGRAMS: [&str; 2] = if cfg!(target_os = "macos") { ["open", "open"] } else { ["xdg-open", "gio"] };

/// What is asked of the surroundings.
struct Surroundings {
    /// Whether there is a display to show something on.
    has_display: bool,
    /// Whether the person is at another machine.
    is_remote: bool,
    path: Option<OsString>,
}

/// The program that opens files where the person is, if there is one. In a session over SSH without a display there is none:
/// what it opened would be seen by nobody, or by somebody else.
pub(in crate::tui) fn found() -> Option<PathBuf> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    found_in(&Surroundings {
        has_display: is_set("DISPLAY") || is_set("WAYLAND_DISPLAY"),
        is_remote: is_set("SSH_CONNECTION") || is_set("SSH_TTY"),
        path: std::env::var_os("PATH"),
    })
}

fn found_in(around: &Surroundings) -> Option<PathBuf> {
    let shows = around.has_display || (cfg!(target_os = "macos") && !around.is_remote);
    let path = around.path.as_ref().filter(|_| shows)?;
    let places = || std::env::split_paths(path).filter(|folder| folder.is_absolute());
    PROGRAMS
        .iter()
        .find_map(|name| places().map(|folder| folder.join(name)).find(|program| can_be_run(program)))
}

fn can_be_run(program: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(program).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

/// Opens a file, or a folder, and waits for nothing. What the program says is not for the screen.
pub(super) fn open(program: &Path, place: &Path) -> io::Result<()> {
    let mut command = Command::new(program);
    if program.file_name().is_some_and(|name| name == "gio") {
        command.arg("open");
    }
    let mut child =
        command.arg(place).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // Waited for, so that it does not stay behind as a dead process.
    std::thread::spawn(move || {
        let _ = child.wait();
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_program_is_found_where_there_is_a_display_and_never_without_one() {
        let folder = tempfile::tempdir().unwrap();
        let around = |has_display, is_remote| Surroundings {
            has_display,
            is_remote,
            path: Some(folder.path().as_os_str().to_owned()),
        };
        assert_eq!(found_in(&around(true, false)), None, "nothing is assumed to be there");
        let program = folder.path().join(PROGRAMS[0]);
        std::fs::write(&program, "#!/bin/sh\n").unwrap();
        assert_eq!(found_in(&around(true, false)), None, "it can not be run");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(found_in(&around(true, true)), Some(program.clone()));
        assert_eq!(found_in(&around(true, false)), Some(program));
        assert_eq!(found_in(&around(false, true)), None);
    }

    #[test]
    fn what_is_opened_is_handed_over_as_it_is_called() {
        let folder = tempfile::tempdir().unwrap();
        let mkdir = Path::new("mkdir");
        let place = folder.path().join("a $(touch x) 'b'.pdf");
        open(mkdir, &place).unwrap();
        while !place.is_dir() {
            std::thread::yield_now();
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(open(&folder.path().join("not there"), &place).is_err());
    }
}
