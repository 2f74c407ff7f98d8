//! What a person may get wrong, and the words they get.

use storekeeper::settings::{Request, load};

use super::User;

#[test]
fn a_file_that_is_named_must_be_there() {
    let user = User::new();
    let missing = user.path("missing");
    for request in [
        Request { config: Some(missing.clone()), ..user.request() },
        Request { env_file: Some(missing.clone()), ..user.request() },
    ] {
        let error = load(&request).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{} cannot be read: No such file", missing.display())), "{error}");
    }
}

#[test]
fn an_unknown_key_is_refused_with_the_nearest_known_one() {
    for (text, key, nearest) in [
        ("[database]\nhots = \"a\"", "database.hots", "database.host"),
        ("[databse]\nname = \"a\"", "databse.name", "database.name"),
        ("[database.host]\nname = \"a\"", "database.host.name", "database.name"),
        ("datadir = \"/a\"", "datadir", "data_dir"),
        ("[secrity]", "secrity", "security.key_file"),
        ("[security]\n\"bcrypt\\u001b_cost\" = 11", "security.bcrypt\\u{1b}_cost", "security.bcrypt_cost"),
    ] {
        let user = User::new();
        let error = user.file("config.toml", text, 0o600).refused();
        let expected = format!(
            "file {}: unknown key \"{key}\". The nearest known one is \"{nearest}\"",
            user.path("config.toml").display()
        );
        assert!(error.starts_with(&expected), "{error}\n{expected}");
    }

    let user = User::new();
    let request = user.with_environment(&[("STOREKEEPER__DATABASE__HOSTS", "a")]);
    let error = load(&request).unwrap_err().to_string();
    assert!(error.contains("\"STOREKEEPER__DATABASE__HOST\""), "{error}");
    let error = user.file(".env", "DB_PASSWROD=x", 0o600).refused();
    assert!(error.contains("\"DB_PASSWROD\"") && error.contains("\"DB_PASSWORD\""), "{error}");
}

#[test]
fn a_value_that_is_not_allowed_is_refused_with_what_is() {
    for (text, expected) in [
        (
            "[security]\nbcrypt_cost = 9",
            "security.bcrypt_cost = 9 (FILE) cannot be used: it must be a whole number from 10 to 14.",
        ),
        ("[security]\nbcrypt_cost = 15", "from 10 to 14"),
        ("[security]\nbcrypt_cost = 12.5", "from 10 to 14"),
        ("[security]\nbcrypt_cost = \"12\"", "from 10 to 14"),
        ("[database]\nport = 0", "from 1 to 65535"),
        ("[database]\nport = 65536", "from 1 to 65535"),
        ("[database]\nname = \"a`b\"", "1 to 56 letters, digits or _"),
        ("[database]\nhost = \"db:3307\"", "without port, user or scheme"),
        ("[database]\nhost = \"\"", "without port, user or scheme"),
        ("[database]\nhost = [\"a\"]", "without port, user or scheme"),
        ("[database]\ntls = \"preferred\"", "one of auto, required, off"),
        ("[log]\nlevel = \"loud\"", "one of error, warn, info, debug, trace"),
        ("[load]\ninfile = \"yes\"", "true or false"),
        ("data_dir = \"shop\"", "a full path, beginning with /"),
        ("log = 3", "log = a single value (FILE) cannot be used: it must be a section, headed [log]."),
    ] {
        let user = User::new();
        let error = user.file("config.toml", text, 0o600).refused();
        let expected = expected.replace("FILE", &format!("file {}", user.path("config.toml").display()));
        assert!(error.contains(&expected), "{error}\n{expected}");
    }
    let user = User::new();
    let request = user.with_environment(&[("STOREKEEPER__LOAD__INFILE", "perhaps")]);
    let error = load(&request).unwrap_err().to_string();
    assert_eq!(
        error,
        "load.infile = \"perhaps\" (environment STOREKEEPER__LOAD__INFILE) cannot be used: it must be true or false."
    );
}

#[test]
fn a_value_is_checked_even_where_it_is_overruled() {
    let user = User::new();
    user.file("config.toml", "[log]\nkeep_days = -1", 0o600);
    let request = user.with_environment(&[("STOREKEEPER__LOG__KEEP_DAYS", "3")]);
    assert!(load(&request).unwrap_err().to_string().starts_with("log.keep_days = -1"));
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    for (text, expected) in [
        ("host = \"a\"\nsocket = \"/s\"\nuser = \"u\"", "cannot both be set"),
        ("host = \"a\"", "Set database.user too"),
        ("socket = \"/s\"", "Set database.user too"),
        ("user = \"u\"", "Set database.host too"),
        ("password = \"p\"", "Set database.host too"),
    ] {
        let user = User::new();
        let error = user.file("config.toml", &format!("[database]\n{text}"), 0o600).refused();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_line_that_cannot_be_read_is_told_by_its_number() {
    let user = User::new();
    let error = user.file("config.toml", "[log]\n\nlevel = loud\n", 0o600).refused();
    assert!(error.starts_with(&format!("{}, line 3: ", user.path("config.toml").display())), "{error}");

    for (text, line) in [
        ("DB_USER=a\n\nDB_NAME=two words\n", 3),
        ("# $5\nDB_PASSWORD=a$b\n", 2),
        ("DB_HOST='a'\nDB_PASSWORD=\"it's $b\"", 2),
        ("DB_PASSWORD='a'$b", 1),
    ] {
        let user = User::new();
        let error = user.file(".env", text, 0o600).refused();
        assert!(
            error.contains(&format!(".env, line {line}: ")) && error.contains("single quotes"),
            "{error}"
        );
    }
}
