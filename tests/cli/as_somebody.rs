//! Commands in the session of somebody who signed in for them.

use crate::Shop;
use crate::support::people::{PASSWORD, add_user};
use crate::support::{self, PASSWORD as ROOT};
use mysql_async::prelude::Queryable;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::process::{Pid, Signal, kill_process};
use std::io::Write;
use std::process::Stdio;
use std::time::Duration;
use storekeeper::domain::Role;

/// A command waits for rows longer than a session lasts without a key. The shortest a session may last is a minute, so it has
/// to be kept awake some time before that; it is waited for that moment, however long it takes.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_lasts_as_long_as_its_command_works() {
    let shop = Shop::empty();
    let db = support::chain().await;
    add_user(&db, "mia", Role::Manager).await;
    let pipe = shop.path().join("brands.csv");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let pipe = pipe.to_str().unwrap();
    let mut command = shop.command(&["--as", "mia", "--password-stdin", "import", pipe]);
    command
        .env("STOREKEEPER__SECURITY__IDLE_MINUTES", "1")
        .env("STOREKEEPER__DATABASE__SOCKET", db.target().address.to_string())
        .env("STOREKEEPER__DATABASE__NAME", db.name())
        .env("STOREKEEPER__DATABASE__USER", "root")
        .env("STOREKEEPER__DATABASE__PASSWORD", ROOT);
    let mut program =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    writeln!(program.stdin.take().unwrap(), "{PASSWORD}").unwrap();

    let mut conn = db.conn().await.unwrap();
    let standing = "SELECT last_seen_at > opened_at + INTERVAL 5 SECOND, last_seen_at > UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE \
                    FROM sessions WHERE ended_at IS NULL";
    while let standing = conn.query_first::<(bool, bool), _>(standing).await.unwrap()
        && !standing.is_some_and(|(was_kept_awake, _)| was_kept_awake)
    {
        assert!(standing.is_none_or(|(_, is_good)| is_good), "the session has idled out");
        assert!(program.try_wait().unwrap().is_none(), "the command ended by itself");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    kill_process(Pid::from_child(&program), Signal::INT).unwrap();
    program.wait().unwrap();
    let ended: Option<String> = conn.query_first("SELECT ended_why FROM sessions").await.unwrap();
    assert_eq!(ended.as_deref(), Some("signed_out"));
}
