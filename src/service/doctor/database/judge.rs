//! What the facts about a database mean.

use super::GROUP;
use crate::db::doctor::Server;
use crate::db::{Address, Db, Engine};
use crate::local_server::Version;
use crate::service::doctor::finding::Finding;
use crate::settings::is_loopback;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// How far apart the two clocks may be, in milliseconds: the server's stamps stand beside the program's own.
const SKEW: i128 = 5_000;
/// What nobody who only works with the rows may do with the audit log.
const TOO_MUCH: [&str; 4] = ["UPDATE", "DELETE", "DROP", "ALTER"];
/// What everybody who works with the rows has to do with it.
const NEEDED: [&str; 2] = ["SELECT", "INSERT"];

pub(super) fn version(engine: Engine, told: &str) -> Finding {
    let (name, oldest) = match engine {
        Engine::MariaDb => ("MariaDB", "10.11.0"),
        Engine::MySql => ("MySQL", "8.0.0"),
    };
    // MariaDB's version has its name in it.
    let found = if told.contains(name) { told.to_owned() } else { format!("{name} {told}") };
    if Version::parse(told) >= Version::parse(oldest) {
        GROUP.pass("version", found)
    } else {
        GROUP.fail(
            "version",
            found,
            "Update the server: MariaDB 10.11 or MySQL 8.0 is the oldest that is supported.",
        )
    }
}

pub(super) fn account(name: &str, single: bool) -> Finding {
    if !single {
        return GROUP
            .pass("account", format!("{name} works with the rows; the schema has an owner of its own"));
    }
    GROUP.warn(
        "account",
        format!(
            "{name} does everything: the audit log is not protected from the program itself, and a fault of daily work can change the schema"
        ),
        "Run `storekeeper init` with an account that may create accounts.",
    )
}

pub(super) fn grants(rights: &BTreeSet<String>, account: &str, database: &str, single: bool) -> Finding {
    let has = |right: &&str| rights.contains(*right);
    let missing: Vec<&str> = NEEDED.into_iter().filter(|right| !has(right)).collect();
    let too_much: Vec<&str> = TOO_MUCH.into_iter().filter(has).collect();
    if !missing.is_empty() {
        let found = format!("{account} lacks {} on {database}.audit_log", missing.join(" and "));
        return GROUP.fail("grants", found, "`storekeeper db migrate` grants each table again.");
    }
    if too_much.is_empty() {
        return GROUP
            .pass("grants", format!("{account} may add to the audit log and read it, not change it"));
    }
    let rights = too_much.join(", ");
    let found = format!("{account} may {rights} the audit log, so what was done could be hidden");
    if single {
        GROUP.warn("grants", found, "Two accounts mend this; see the account above.")
    } else {
        let next = format!(
            "As an administrator of the server: REVOKE {rights} from {account}, where it was granted."
        );
        GROUP.fail("grants", found, &next)
    }
}

/// `told` is the server's clock, read between `before` and `after`.
pub(super) fn clock(before: Timestamp, told: Timestamp, after: Timestamp) -> Finding {
    let off = if told < before {
        before.duration_since(told)
    } else if told > after {
        told.duration_since(after)
    } else {
        jiff::SignedDuration::ZERO
    };
    let side = if told < before { "behind" } else { "ahead of" };
    if off.as_millis() <= SKEW {
        return GROUP.pass("clock", format!("{} ms apart from this machine's", off.as_millis()));
    }
    GROUP.warn(
        "clock",
        format!("the server is {} s {side} this machine", off.as_secs()),
        "Set both by the network (chrony, systemd-timesyncd): times of changes would not fit together.",
    )
}

pub(super) fn connection(address: &Address, cipher: Option<&str>) -> Finding {
    match (address, cipher) {
        (Address::Socket(_), _) => GROUP.pass("connection", "a Unix socket: nothing leaves this machine"),
        (Address::Tcp { .. }, Some(cipher)) => GROUP.pass("connection", format!("encrypted: {cipher}")),
        (Address::Tcp { host, .. }, None) if is_loopback(host) => {
            GROUP.pass("connection", "not encrypted, and does not leave this machine")
        }
        (Address::Tcp { host, .. }, None) => GROUP.fail(
            "connection",
            format!("not encrypted: passwords and customers pass between here and {host} in the clear"),
            "Set database.tls = \"required\", and give the server a certificate.",
        ),
    }
}

pub(super) fn sql_mode(server: &Server) -> Finding {
    if server.session_mode.contains("STRICT_ALL_TABLES") {
        let own = if server.own_mode.contains("STRICT_") {
            "strict too"
        } else {
            "not strict, which does not matter"
        };
        return GROUP.pass("sql_mode", format!("strict in this session; the server's own is {own}"));
    }
    GROUP.fail(
        "sql_mode",
        format!(
            "the session is \"{}\", not strict as was asked: values could be cut in silence",
            server.session_mode
        ),
        "Something between, a proxy perhaps, does not pass on SET. Connect to the server itself.",
    )
}

pub(super) fn local(server: &Server, wanted: bool) -> Finding {
    const CHECK: &str = "load data local";
    match (wanted, server.takes_local) {
        (true, true) => GROUP.pass(CHECK, "allowed: files load the fast way"),
        (false, _) => GROUP.pass(CHECK, "not used, as load.infile says"),
        (true, false) => GROUP.warn(
            CHECK,
            "not allowed: files load by INSERT, which takes longer",
            "Set local_infile=1 in the server's configuration.",
        ),
    }
}

pub(super) fn staging(db: &Db) -> Finding {
    match db.staging() {
        Some(name) => GROUP.pass("staging", name),
        None => GROUP.warn(
            "staging",
            format!(
                "{} is not there for this account: loading works with temporary tables",
                db.target().staging()
            ),
            "Run `storekeeper init` with an account that may create databases.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::doctor::finding::Status::{Fail, Pass, Warn};

    #[test]
    fn releases_older_than_the_oldest_tested_fail() {
        for (engine, told, status) in [
            (Engine::MariaDb, "10.11.14-MariaDB-0+deb12u2", Pass),
            (Engine::MariaDb, "10.11.0-MariaDB", Pass),
            (Engine::MariaDb, "10.6.18-MariaDB-log", Fail),
            (Engine::MariaDb, "11.4.2-MariaDB", Pass),
            (Engine::MySql, "8.0.36", Pass),
            (Engine::MySql, "9.1.0", Pass),
            (Engine::MySql, "5.7.44-log", Fail),
            (Engine::MySql, "who knows", Fail),
        ] {
            assert_eq!(version(engine, told).status, status, "{told}");
        }
    }

    #[test]
    fn the_audit_log_is_to_be_added_to_and_read_and_no_more() {
        let rights = |words: &str| words.split(' ').map(str::to_owned).collect();
        for (words, single, status, said) in [
            ("SELECT INSERT USAGE", false, Pass, "not change it"),
            ("SELECT INSERT UPDATE", false, Fail, "may UPDATE the"),
            ("SELECT INSERT UPDATE DELETE DROP", true, Warn, "UPDATE, DELETE, DROP"),
            ("SELECT", false, Fail, "lacks INSERT on"),
            ("USAGE", true, Fail, "lacks SELECT and INSERT on"),
        ] {
            let found = grants(&rights(words), "shop_app@%", "shop", single);
            assert!(found.status == status && found.found.contains(said), "{words}: {found:?}");
        }
    }

    #[test]
    fn clocks_may_be_five_seconds_apart_beside_the_time_of_the_question() {
        let at = |ms: i64| Timestamp::from_millisecond(1_700_000_000_000 + ms).unwrap();
        for (before, told, after, status, said) in [
            (0, 500, 1_000, Pass, "0 ms"),
            (0, 6_000, 1_000, Pass, "5000 ms"),
            (0, 7_001, 1_000, Warn, "6 s ahead"),
            (0, -5_000, 9_000, Pass, "5000 ms"),
            (0, -60_000, 0, Warn, "60 s behind"),
        ] {
            let found = clock(at(before), at(told), at(after));
            assert!(found.status == status && found.found.contains(said), "{told}: {found:?}");
        }
    }

    #[test]
    fn only_what_leaves_this_machine_has_to_be_encrypted() {
        let tcp = |host: &str| Address::Tcp { host: host.to_owned(), port: 3306, tls: false };
        for (address, cipher, status) in [
            (Address::Socket("/s".into()), None, Pass),
            (tcp("127.0.0.1"), None, Pass),
            (tcp("localhost"), None, Pass),
            (tcp("db.example.com"), Some("TLSv1.3, X"), Pass),
            (tcp("db.example.com"), None, Fail),
        ] {
            assert_eq!(connection(&address, cipher).status, status, "{address}");
        }
    }

    #[test]
    fn a_session_that_is_not_strict_fails_and_a_server_without_local_warns() {
        let server = |session: &str, takes_local| Server {
            session_mode: session.to_owned(),
            takes_local,
            ..Server::default()
        };
        assert_eq!(sql_mode(&server("STRICT_ALL_TABLES,NO_ZERO_DATE", true)).status, Pass);
        assert_eq!(sql_mode(&server("", true)).status, Fail);
        assert_eq!(local(&server("", true), true).status, Pass);
        assert_eq!(local(&server("", false), true).status, Warn);
        assert_eq!(local(&server("", false), false).status, Pass);
    }
}
