//! The order of the layers, and where each value came from.

use std::fs;
use std::path::Path;

use secrecy::ExposeSecret;
use storekeeper::settings::{Level, Profile, Request, SettingsError, Tls, load};
use tempfile::TempDir;

use super::{User, shown};

#[test]
fn each_layer_lies_over_the_one_below() {
    let user = User::new();
    let mut request = user.request();
    let level = |request: &Request| shown(&load(request).unwrap(), "log.level");
    assert_eq!(level(&request), ("info".into(), "built in".into()));

    user.file("config.toml", "[log]\nlevel = \"warn\"", 0o644);
    let file = user.path("config.toml");
    assert_eq!(level(&request), ("warn".into(), format!("file {}", file.display())));

    request.profile = Some(Profile::Development);
    assert_eq!(level(&request), ("debug".into(), "profile development".into()));

    request.environment.insert("STOREKEEPER__LOG__LEVEL".into(), "error".into());
    assert_eq!(level(&request), ("error".into(), "environment STOREKEEPER__LOG__LEVEL".into()));

    request.flags.push(("log.level".into(), "trace".into()));
    assert_eq!(level(&request), ("trace".into(), "flag --log-level".into()));
    assert_eq!(load(&request).unwrap().settings.log.level, Level::Trace);
}

#[test]
fn the_env_file_lies_between_the_file_and_the_environment() {
    let user = User::new();
    user.file("config.toml", "[database]\nhost = \"a.example\"\nuser = \"a\"\nport = 1111", 0o644);
    user.file(".env", "DB_HOST=b.example\nDB_PASSWORD='p#a $b'\nDB_NAME=chain\nDB_PORT=2222\n", 0o600);
    let loaded = load(&user.with_environment(&[("STOREKEEPER__DATABASE__PORT", "3333")])).unwrap();

    let file = format!("file {}", user.path("config.toml").display());
    let line = |name: &str| format!("env file {} ({name})", user.path(".env").display());
    assert_eq!(shown(&loaded, "database.user"), ("a".into(), file));
    assert_eq!(shown(&loaded, "database.host"), ("b.example".into(), line("DB_HOST")));
    assert_eq!(shown(&loaded, "database.name"), ("chain".into(), line("DB_NAME")));
    assert_eq!(
        shown(&loaded, "database.port"),
        ("3333".into(), "environment STOREKEEPER__DATABASE__PORT".into())
    );
    let database = loaded.settings.database;
    assert_eq!(database.password.unwrap().expose_secret(), "p#a $b");
    assert_eq!((database.host.as_deref(), database.port), (Some("b.example"), 3333));
}

#[test]
fn the_built_in_values_are_those_of_production_and_need_no_file() {
    let user = User::new();
    let settings = user.loaded().settings;

    assert_eq!(settings.profile, Profile::Production);
    assert_eq!(settings.data_dir, user.home.path().join("data/storekeeper"));
    assert!(!settings.database.is_configured() && settings.database.password.is_none());
    assert_eq!((settings.database.port, settings.database.name.as_str()), (3306, "storekeeper"));
    assert_eq!((settings.security.bcrypt_cost, settings.server.buffer_pool_mib), (12, 64));
}

#[test]
fn the_profile_is_the_one_the_highest_layer_names() {
    let user = User::new();
    let mut request = user.request();
    let cost = |request: &Request| load(request).unwrap().settings.security.bcrypt_cost;
    user.file("config.toml", "profile = \"testing\"", 0o644);
    assert_eq!(cost(&request), 10);
    request.environment.insert("STOREKEEPER_PROFILE".into(), "production".into());
    assert_eq!(cost(&request), 12);
    request.profile = Some(Profile::Development);
    let loaded = load(&request).unwrap();
    assert_eq!(shown(&loaded, "profile"), ("development".into(), "flag --profile".into()));
    assert_eq!(shown(&loaded, "security.bcrypt_cost"), ("10".into(), "profile development".into()));
}

#[test]
fn the_default_profile_never_overrules_the_users_file() {
    let user = User::new();
    let default = include_str!("../../config/default.toml");
    user.file("config.toml", default, 0o644);
    for entry in user.loaded().entries.iter().filter(|entry| entry.shown.is_some()) {
        assert_ne!(entry.origin.to_string(), "profile production", "{}", entry.key);
    }
}

#[test]
fn the_working_directory_is_never_looked_into() {
    let user = User::new();
    let elsewhere = TempDir::new().unwrap();
    for name in [".env", "config.toml"] {
        fs::write(elsewhere.path().join(name), "DB_HOST=trap.example\n").unwrap();
    }
    // The other tests of this file use full paths only.
    std::env::set_current_dir(elsewhere.path()).unwrap();

    assert_eq!(user.loaded().settings.database.host, None);

    let homeless = Request { data_dir: Some("shop".into()), ..Request::default() };
    let loaded = load(&homeless).unwrap();
    assert_eq!(loaded.settings.data_dir, std::env::current_dir().unwrap().join("shop"));
    assert_eq!(shown(&loaded, "data_dir").1, "flag --data-dir");
    let no_home = load(&Request::default()).unwrap_err();
    assert!(matches!(no_home, SettingsError::NoHome), "{no_home}");
}

#[test]
fn the_data_folder_of_the_flag_outranks_that_of_the_environment() {
    let user = User::new();
    let mut request = user.with_environment(&[("STOREKEEPER_DATA_DIR", "/srv/a")]);
    assert_eq!(
        shown(&load(&request).unwrap(), "data_dir"),
        ("/srv/a".into(), "environment STOREKEEPER_DATA_DIR".into())
    );
    request.data_dir = Some("/srv/b".into());
    assert_eq!(load(&request).unwrap().settings.data_dir, Path::new("/srv/b"));
}

#[test]
fn an_env_file_that_is_named_takes_the_place_of_the_one_beside() {
    let user = User::new();
    user.file(".env", "DB_HOST=beside.example\nDB_USER=a\n", 0o600);
    user.file("shop.env", "export DB_HOST=named.example\nDB_USER=\"b\"\n# nothing\n\n", 0o600);
    let mut request = user.request();
    request.env_file = Some(user.path("shop.env"));
    assert_eq!(load(&request).unwrap().settings.database.host.unwrap(), "named.example");

    user.file("other.toml", "[log]\nkeep_days = 5", 0o644);
    request.config = Some(user.path("other.toml"));
    request.env_file = None;
    assert_eq!(load(&request).unwrap().settings.database.host.unwrap(), "beside.example");
}

#[test]
fn encryption_is_required_to_anything_but_this_machine() {
    for (host, tls, required) in [
        ("db.example", "auto", true),
        ("10.0.0.5", "auto", true),
        ("localhost.example", "auto", true),
        ("localhost", "auto", false),
        ("127.0.0.1", "auto", false),
        ("::1", "auto", false),
        ("localhost", "required", true),
        ("db.example", "off", false),
    ] {
        let user = User::new();
        let text = format!("[database]\nuser = \"u\"\nhost = \"{host}\"\ntls = \"{tls}\"");
        let database = user.file("config.toml", &text, 0o600).loaded().settings.database;
        assert_eq!(database.requires_tls(), required, "{host} {tls} {:?}", database.tls);
    }
    let user = User::new();
    let database = user
        .file("config.toml", "[database]\nuser = \"u\"\nsocket = \"/s\"", 0o600)
        .loaded()
        .settings
        .database;
    assert_eq!((database.tls, database.requires_tls()), (Tls::Auto, false));
}

#[test]
fn the_keys_lie_beside_the_users_file() {
    let user = User::new();
    assert!(user.loaded().keymap.is_none());
    user.file("keymap.toml", "[dashboard]\nstore = [\"F6\"]\n", 0o644);
    let keymap = user.loaded().keymap.unwrap();
    assert_eq!((keymap.path, keymap.text.lines().count()), (user.path("keymap.toml"), 2));

    let other = TempDir::new().unwrap();
    let config = other.path().join("config.toml");
    fs::write(&config, "").unwrap();
    let request = Request { config: Some(config), ..user.request() };
    assert!(load(&request).unwrap().keymap.is_none(), "another file has other keys beside it");
}
