//! Which package has the server program, in the words of the system at hand.

use std::fs;

/// One sentence that tells how to get the server program here.
pub(super) fn advice() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    advice_for(&release, cfg!(target_os = "macos"))
}

/// `release` is the text of os-release(5).
fn advice_for(release: &str, macos: bool) -> String {
    if macos {
        return "Install it with: brew install mariadb".to_owned();
    }
    let ids = ["ID", "ID_LIKE"].map(|key| value(release, key));
    let command = ids.iter().flat_map(|ids| ids.split_whitespace()).find_map(command_for);
    match command {
        Some(command) => format!("Install it with: {command}"),
        None => "Install your system's package of the MariaDB server, or set server.program.".to_owned(),
    }
}

fn command_for(id: &str) -> Option<&'static str> {
    Some(match id {
        "debian" | "ubuntu" => {
            "sudo apt-get install --no-install-recommends mariadb-server-core mariadb-client-core"
        }
        "fedora" | "rhel" | "centos" => "sudo dnf install mariadb-server",
        "arch" => "sudo pacman -S mariadb",
        "opensuse" | "suse" | "sles" => "sudo zypper install mariadb",
        "alpine" => "sudo apk add mariadb mariadb-client",
        _ => return None,
    })
}

fn value<'a>(release: &'a str, key: &str) -> &'a str {
    release
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
        .unwrap_or_default()
        .trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_package_of_the_system_at_hand() {
        for (release, part) in [
            ("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n", "mariadb-server-core mariadb-client-core"),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "apt-get install"),
            ("ID=fedora\n", "dnf install mariadb-server"),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "dnf install"),
            ("ID=arch\n", "pacman -S mariadb"),
            ("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n", "zypper install mariadb"),
            ("ID=alpine\n", "apk add mariadb"),
            ("", "set server.program"),
        ] {
            let advice = advice_for(release, false);
            assert!(advice.contains(part), "{release:?} gives {advice:?}");
        }
        assert!(advice_for("", true).contains("brew install mariadb"));
    }
}
