//! Makes the data directory, once.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;

use super::LocalServerError;
use super::folder::{Folder, Marker};
use super::program::{Flavour, Program};
use super::{process, start};

/// A fresh data directory takes about 150 MiB; the rest is room to work in.
const NEEDED_MIB: u64 = 256;

/// Makes the data directory under another name and renames it when it is whole: a start cut short, by whatever, leaves
/// nothing that a later one could take for data.
pub(super) async fn data(program: &Program, folder: &Folder) -> Result<(), LocalServerError> {
    let partial = folder.partial();
    discard(&partial).await?;
    folder.require_free(NEEDED_MIB)?;
    run(program, folder, &partial).await?;
    Marker::of(program).write(&partial)?;
    let data = folder.data();
    fs::rename(&partial, &data).map_err(LocalServerError::io("can not rename to", &data))
}

/// Removes what a start cut short has left, the programs of it that may still be writing first.
async fn discard(partial: &Path) -> Result<(), LocalServerError> {
    for pid in process::using(partial)? {
        process::kill(pid).await?;
    }
    match fs::remove_dir_all(partial) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(LocalServerError::io("can not remove", partial)(error))
        }
        _ => Ok(()),
    }
}

async fn run(program: &Program, folder: &Folder, partial: &Path) -> Result<(), LocalServerError> {
    let log = folder.initialise_log();
    let output = start::log_file(&log)?;
    let errors = output.try_clone().map_err(LocalServerError::io("can not write", &log))?;
    let mut command = command(program, partial)?;
    command
        // Not as an option: mariadb-install-db hands those on unquoted, and a path may have spaces.
        .env("TMPDIR", folder.temporary()?)
        .current_dir(folder.path())
        .process_group(0)
        .kill_on_drop(true);
    command.stdin(Stdio::null()).stdout(output).stderr(errors);
    let status = command.status().await.map_err(LocalServerError::io("can not run", program.path()))?;
    if status.success() {
        return Ok(());
    }
    let reason = start::last_error(&log).unwrap_or_else(|| format!("the server program ended with {status}"));
    Err(LocalServerError::Initialise { reason, log })
}

fn command(program: &Program, partial: &Path) -> Result<Command, LocalServerError> {
    let datadir = start::option("--datadir=", partial);
    Ok(match program.flavour() {
        Flavour::MariaDb => {
            let mut command = Command::new(program.installer()?);
            command
                .arg("--no-defaults")
                .arg(datadir)
                // Without --user, which has it hand the folder and the PAM plugin's program to that user.
                .args(["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"])
                // Nothing here is worth a disk's flush: a directory that is not whole is made anew.
                .args(["--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=0"]);
            command
        }
        Flavour::MySql => {
            let mut command = Command::new(program.path());
            command.arg("--no-defaults").arg(datadir).args(start::user()).args([
                "--initialize-insecure",
                "--innodb-redo-log-capacity=8M",
                "--skip-log-bin",
                "--secure-file-priv=NULL",
            ]);
            command
        }
    })
}
