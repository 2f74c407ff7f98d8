//! Files with secrets, and that no secret is ever shown.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use proptest::prelude::*;
use secrecy::ExposeSecret;
use storekeeper::settings::{Loaded, Request, SettingsError, load, table};

use super::User;

#[test]
fn a_file_with_a_secret_that_others_can_read_is_refused_with_the_command_that_mends_it() {
    let secret = "[database]\nhost = \"db.example\"\nuser = \"a\"\npassword = \"secret\"";
    for (name, text) in [("config.toml", secret), (".env", "DB_HOST=h\nDB_USER=a\nDB_PASSWORD=secret")] {
        for mode in [0o640, 0o604, 0o610, 0o602, 0o644, 0o666] {
            let user = User::new();
            let path = user.file(name, text, mode).path(name);
            let error = user.refused();
            assert!(
                error.ends_with(&format!("(mode {mode:04o}). Run: chmod 600 {}", path.display())),
                "{error}"
            );

            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            assert_eq!(user.loaded().settings.database.password.unwrap().expose_secret(), "secret");
        }
    }
    let user = User::new();
    user.file("config.toml", "[database]\nhost = \"db.example\"\nuser = \"a\"", 0o644);
    assert!(user.loaded().settings.database.is_configured());
}

#[test]
fn a_file_of_somebody_else_is_not_trusted_with_a_secret() {
    let user = User::new();
    user.file(".env", "DB_HOST=h\nDB_USER=u\nDB_PASSWORD=p\n", 0o600);
    // Only root can give a file away; elsewhere the system itself forbids what is tested here.
    if std::os::unix::fs::chown(user.path(".env"), Some(65_534), None).is_ok() {
        let error = user.refused();
        assert!(error.contains("belongs to another user (uid 65534)"), "{error}");
    }
}

#[test]
fn what_is_shown_is_aligned_and_masked() {
    let user = User::new();
    user.file(".env", "DB_HOST=db.example\nDB_USER=a\nDB_PASSWORD=x\n", 0o600);
    let loaded = user.loaded();
    let text = table(&loaded.entries);

    let starts: Vec<_> =
        text.lines().map(|line| line.find("built in").or_else(|| line.find("env file")).unwrap()).collect();
    assert!(starts.windows(2).all(|pair| pair[0] == pair[1]), "{text}");
    let password = text.lines().find(|line| line.starts_with("database.password")).unwrap();
    assert!(password.contains("  ********  ") && password.ends_with("(DB_PASSWORD)"), "{password}");
    assert!(text.lines().any(|line| line.split_whitespace().take(2).eq(["server.program", "-"])), "{text}");

    let json = serde_json::to_value(&loaded.entries).unwrap();
    assert_eq!(json[0], serde_json::json!({"key": "profile", "value": "production", "origin": "built in"}));
}

/// Every way we know to put a password where it might be repeated.
fn misplaced(canary: &str) -> Vec<(&'static str, String)> {
    let quoted = toml::Value::String(canary.to_owned());
    let server = "[database]\nhost = \"h\"\nuser = \"u\"\n";
    vec![
        ("config.toml", format!("{server}password = {quoted}")),
        ("config.toml", format!("{server}password = {quoted}\npassword = {quoted}")),
        ("config.toml", format!("{server}password = {quoted}\nsocket = \"/s\"")),
        ("config.toml", format!("{server}password = {quoted}\nport = 0")),
        ("config.toml", format!("{server}password = {canary}")),
        ("config.toml", format!("{server}password = \"{canary}")),
        ("config.toml", format!("{server}password = [{quoted}]")),
        ("config.toml", format!("{server}pasword = {quoted}")),
        (
            "config.toml",
            format!("[database]\nhost = {}", toml::Value::String(format!("mysql://u:{canary}@h"))),
        ),
        (".env", format!("DB_HOST=h\nDB_USER=u\nDB_PASSWORD='{}'", canary.replace('\'', ""))),
        (".env", format!("DB_HOST=h\nDB_USER=u\nDB_PASSWORD={canary}")),
        (".env", format!("DB_HOST=h\nDB_USER=u\nDB_PASSWORD=\"{canary}")),
        (".env", format!("DB_PASSWROD={canary}")),
        (".env", format!("DB_PASSWORD {canary}")),
    ]
}

/// All that a person or a log could get to see of an attempt to load.
fn everything_said(outcome: &Result<Loaded, SettingsError>) -> String {
    match outcome {
        Ok(loaded) => {
            let json = serde_json::to_string(&loaded.entries).unwrap();
            format!("{loaded:?}\n{loaded:#?}\n{}\n{json}", table(&loaded.entries))
        }
        Err(error) => format!("{error}\n{error:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_password_is_never_repeated(
        core in "Canary[a-z0-9]{8}",
        before in "[ -~]{0,4}",
        after in "[ -~]{0,4}",
        mode in prop::sample::select(vec![0o600u32, 0o644]),
    ) {
        let canary = format!("{before}{core}{after}");
        for (name, text) in misplaced(&canary) {
            let user = User::new();
            user.file(name, &text, mode);
            let said = everything_said(&load(&user.request()));
            prop_assert!(!said.contains(&core), "{}\n{}", text, said);
        }
        let user = User::new();
        let server = [("STOREKEEPER__DATABASE__HOST", "h"), ("STOREKEEPER__DATABASE__USER", "u")];
        for secret in [("STOREKEEPER__DATABASE__PASSWORD", canary.as_str()), ("STOREKEEPER__DATABASE__PASWORD", &canary)] {
            let said = everything_said(&load(&user.with_environment(&[server[0], server[1], secret])));
            prop_assert!(!said.contains(&core), "{}", said);
        }
        let request = Request { flags: vec![("database.password".into(), canary.clone())], ..user.request() };
        let said = everything_said(&load(&request));
        prop_assert!(said.contains("cannot be given as a flag") && !said.contains(&core), "{}", said);
    }

    #[test]
    fn a_password_arrives_as_it_was_written(password in "[ -~é€]{0,40}") {
        let escaped = password.replace('\\', r"\\").replace('"', "\\\"").replace('$', r"\$");
        let mut lines = vec![format!("\"{escaped}\"")];
        // To dotenv a backslash before the closing single quote escapes it.
        if !password.contains('\'') && !password.ends_with('\\') {
            lines.push(format!("'{password}'"));
        }
        for line in lines {
            let user = User::new();
            user.file(".env", &format!("DB_PASSWORD={line}\nDB_HOST=h\nDB_USER=u\n"), 0o600);
            let read = user.loaded().settings.database.password.unwrap();
            prop_assert_eq!(read.expose_secret(), &password);
        }
        let user = User::new();
        let quoted = toml::Value::String(password.clone());
        let text = format!("[database]\nhost = \"h\"\nuser = \"u\"\npassword = {quoted}");
        let read = user.file("config.toml", &text, 0o600).loaded().settings.database.password.unwrap();
        prop_assert_eq!(read.expose_secret(), &password);
    }
}
