//! The accounts Storekeeper makes for itself.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use secrecy::ExposeSecret;
use storekeeper::settings::{Account, Credentials, CredentialsError, generate_password};
use tempfile::TempDir;

fn accounts() -> Credentials {
    let account = |user: &str| Account { user: user.into(), password: generate_password() };
    Credentials {
        server: "private".into(),
        root: Some(account("root")),
        migrate: account("migrate"),
        app: account("app"),
    }
}

#[test]
fn accounts_are_kept_for_their_owner_alone_and_replaced_whole() {
    let root = TempDir::new().unwrap();
    let dir = root.path().join("a/b");
    assert!(Credentials::load(&dir).unwrap().is_none());
    accounts().store(&dir).unwrap();
    let kept = accounts();
    kept.store(&dir).unwrap();

    let read = Credentials::load(&dir).unwrap().unwrap();
    assert_eq!(read.app.password.expose_secret(), kept.app.password.expose_secret());
    assert_eq!(read.root.unwrap().password.expose_secret(), kept.root.unwrap().password.expose_secret());
    let names: Vec<_> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["credentials.toml"]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&dir), mode(&dir.join("credentials.toml"))), (0o700, 0o600));
}

#[test]
fn accounts_that_others_can_reach_are_refused() {
    let dir = TempDir::new().unwrap();
    accounts().store(dir.path()).unwrap();
    let file = dir.path().join("credentials.toml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let error = Credentials::load(dir.path()).unwrap_err().to_string();
    assert!(error.ends_with(&format!("chmod 600 {}", file.display())), "{error}");

    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o770)).unwrap();
    let error = accounts().store(dir.path()).unwrap_err().to_string();
    assert!(error.ends_with(&format!("chmod 700 {}", dir.path().display())), "{error}");
}

#[test]
fn accounts_are_never_shown() {
    let kept = accounts();
    let secrets = [&kept.app, &kept.migrate, kept.root.as_ref().unwrap()]
        .map(|account| account.password.expose_secret().to_owned());
    let dir = TempDir::new().unwrap();
    kept.store(dir.path()).unwrap();
    let file = dir.path().join("credentials.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("\"\n", "\n")).unwrap();
    let damaged = Credentials::load(dir.path()).unwrap_err();

    assert!(matches!(damaged, CredentialsError::Damaged { .. }), "{damaged}");
    let said = format!("{kept:?} {damaged} {damaged:?}");
    assert!(secrets.iter().all(|secret| !said.contains(secret)), "{said}");
}

#[test]
fn a_generated_password_satisfies_servers_that_ask_for_every_kind_of_character() {
    for _ in 0..500 {
        let password = generate_password();
        let text = password.expose_secret();
        assert_eq!(text.len(), 32);
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{text}");
        for kind in
            [u8::is_ascii_uppercase, u8::is_ascii_lowercase, u8::is_ascii_digit, u8::is_ascii_punctuation]
        {
            assert!(text.as_bytes().iter().any(kind), "{text}");
        }
    }
}
