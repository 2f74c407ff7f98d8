//! From where the program is run.

use crate::domain::Origin;
use std::env;

/// What the host tells: the SSH connection, the terminal, the account.
pub(super) fn origin() -> Origin {
    let ssh = env::var("SSH_CONNECTION").ok();
    let terminal = rustix::termios::ttyname(std::io::stdin(), Vec::new()).ok();
    let terminal = terminal.map(|name| name.to_string_lossy().trim_start_matches("/dev/").to_owned());
    let user = env::var("LOGNAME").or_else(|_| env::var("USER")).ok();
    Origin::new(ssh.as_deref(), terminal.as_deref(), user.as_deref())
}
