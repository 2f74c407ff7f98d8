//! The places layers are read from, one function each.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::api::{self, ApiSources};
use super::keys::{self, ENV_FILE_NAMES, Key, Raw, Rule};
use super::layer::{self, Layer};
use super::private_file::Opened;
use super::{Home, KeymapFile, Origin, Profile, Request, SettingsError};

const DEFAULT: &str = include_str!("../../config/default.toml");
const DEVELOPMENT: &str = include_str!("../../config/profiles/development.toml");
const PRODUCTION: &str = include_str!("../../config/profiles/production.toml");
const TESTING: &str = include_str!("../../config/profiles/testing.toml");

/// What holds where nobody says otherwise.
pub(super) fn built_in(home: Option<&Home>) -> Result<Layer, SettingsError> {
    let mut layer = embedded(DEFAULT, &Origin::BuiltIn)?;
    if let Some(home) = home {
        set_path(&mut layer, &home.data.join("storekeeper"), Origin::BuiltIn)?;
    }
    Ok(layer)
}

/// The values of a profile.
pub(super) fn profile(profile: Profile) -> Result<Layer, SettingsError> {
    let text = match profile {
        Profile::Development => DEVELOPMENT,
        Profile::Production => PRODUCTION,
        Profile::Testing => TESTING,
    };
    embedded(text, &Origin::Profile(profile))
}

fn embedded(text: &str, origin: &Origin) -> Result<Layer, SettingsError> {
    let table = text.parse().map_err(|_| SettingsError::Inconsistent)?;
    let mut layer = Layer::default();
    layer.set_all(&table, origin)?;
    Ok(layer)
}

/// The user's file: a document of settings.
pub(super) fn file(path: &Path, named: bool) -> Result<(Layer, ApiSources), SettingsError> {
    let Some(opened) = open(path, named)? else {
        return Ok((Layer::default(), ApiSources::new()));
    };
    let mut table = parse(path, &opened.text)?;
    let servers = api::taken_out(&mut table, &opened, path)?;
    if layer::holds_secret(&table) {
        opened.require_private()?;
    }
    let mut layer = Layer::default();
    layer.set_all(&table, &Origin::File(path.to_owned()))?;
    Ok((layer, servers))
}

/// The user's keys, where there is such a file.
pub(super) fn keymap(path: PathBuf) -> Result<Option<KeymapFile>, SettingsError> {
    let opened = open(&path, false)?;
    Ok(opened.map(|opened| KeymapFile { path, text: opened.text }))
}

fn parse(path: &Path, text: &str) -> Result<toml::Table, SettingsError> {
    // The error's own Display quotes the line, which may be the one with the password.
    text.parse().map_err(|error: toml::de::Error| SettingsError::Syntax {
        file: path.to_owned(),
        line: line_at(text, error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    })
}

/// An env file: `DB_...` lines. Its values never enter the process's environment.
pub(super) fn env_file(path: &Path, named: bool) -> Result<Layer, SettingsError> {
    let Some(opened) = open(path, named)? else {
        return Ok(Layer::default());
    };
    refuse_variables(path, &opened.text)?;
    let mut layer = Layer::default();
    for pair in dotenvy::Iter::new(opened.text.trim_start_matches('\u{feff}').as_bytes()) {
        let (name, value) = pair.map_err(|error| not_an_assignment(path, &opened.text, &error))?;
        let origin = Origin::EnvFile { file: path.to_owned(), variable: name.clone() };
        let key = env_file_key(path, name)?;
        if key.rule == Rule::Secret {
            opened.require_private()?;
        }
        layer.set(key, &Raw::Text(value), origin)?;
    }
    Ok(layer)
}

/// Refuses `$` where dotenv's rules would put a variable of this process in its place, changing a password unseen.
fn refuse_variables(path: &Path, text: &str) -> Result<(), SettingsError> {
    let stands_for_variable = |line: &str| {
        let value = line.split_once('=').map_or(line, |(_, value)| value).trim_start();
        // Of the parts between single quotes every second one is quoted; within double quotes they quote nothing.
        let every = if value.starts_with('"') { 1 } else { 2 };
        let bare = |part: &str| part.replace(r"\\", "").replace(r"\$", "").contains('$');
        !line.trim_start().starts_with('#') && value.split('\'').step_by(every).any(bare)
    };
    match text.lines().position(stands_for_variable) {
        Some(index) => Err(SettingsError::EnvFileVariable { file: path.to_owned(), line: index + 1 }),
        None => Ok(()),
    }
}

/// dotenvy quotes the line in its error, which may be the one with the password; we tell its number.
fn not_an_assignment(path: &Path, text: &str, error: &dotenvy::Error) -> SettingsError {
    let at = match error {
        dotenvy::Error::LineParse(line, _) => text.find(line.trim_end()).unwrap_or(0),
        _ => 0,
    };
    SettingsError::EnvFileLine { file: path.to_owned(), line: line_at(text, at) }
}

fn env_file_key(path: &Path, name: String) -> Result<&'static Key, SettingsError> {
    let known = ENV_FILE_NAMES.iter().find(|(known, _)| *known == name);
    known.and_then(|(_, key)| keys::find(key)).ok_or_else(|| SettingsError::Unknown {
        place: format!("env file {}", path.display()),
        nearest: keys::nearest(&name, ENV_FILE_NAMES.iter().map(|(known, _)| *known)).to_owned(),
        key: name,
    })
}

/// `STOREKEEPER__SECTION__KEY`, and the two names with one underscore that stand for flags.
pub(super) fn environment(request: &Request) -> Result<Layer, SettingsError> {
    let mut layer = Layer::default();
    for (variable, value) in &request.environment {
        let name = match variable.as_str() {
            "STOREKEEPER_DATA_DIR" => "data_dir".to_owned(),
            "STOREKEEPER_PROFILE" => "profile".to_owned(),
            other => match other.strip_prefix("STOREKEEPER__") {
                Some(rest) => rest.to_lowercase().replace("__", "."),
                None => continue,
            },
        };
        let key = keys::find(&name).ok_or_else(|| unknown_variable(variable))?;
        let origin = Origin::Environment(variable.clone());
        if key.name == "data_dir" && !value.is_empty() {
            set_path(&mut layer, Path::new(value), origin)?;
        } else {
            layer.set(key, &Raw::Text(value.clone()), origin)?;
        }
    }
    Ok(layer)
}

fn unknown_variable(variable: &str) -> SettingsError {
    let known: Vec<String> = keys::KEYS
        .iter()
        .map(|key| format!("STOREKEEPER__{}", key.name.replace('.', "__").to_uppercase()))
        .collect();
    SettingsError::Unknown {
        place: "environment".to_owned(),
        key: variable.to_owned(),
        nearest: keys::nearest(variable, known.iter().map(String::as_str)).to_owned(),
    }
}

/// The command line.
pub(super) fn flags(request: &Request) -> Result<Layer, SettingsError> {
    let mut layer = Layer::default();
    for (name, value) in &request.flags {
        let flag = format!("--{}", name.replace(['.', '_'], "-"));
        let key = keys::find(name).ok_or_else(|| SettingsError::Unknown {
            place: "command line".to_owned(),
            key: name.clone(),
            nearest: keys::nearest(name, keys::KEYS.iter().map(|key| key.name)).to_owned(),
        })?;
        if key.rule == Rule::Secret {
            return Err(SettingsError::SecretInFlag { key: name.clone() });
        }
        layer.set(key, &Raw::Text(value.clone()), Origin::Flag(flag))?;
    }
    if let (Some(profile), Some(key)) = (request.profile, keys::find("profile")) {
        layer.set(key, &Raw::Text(profile.to_string()), Origin::Flag("--profile".to_owned()))?;
    }
    if let Some(dir) = &request.data_dir {
        set_path(&mut layer, dir, Origin::Flag("--data-dir".to_owned()))?;
    }
    Ok(layer)
}

/// Sets the data folder, made a full path: a person types it from where they stand.
fn set_path(layer: &mut Layer, dir: &Path, origin: Origin) -> Result<(), SettingsError> {
    let full =
        std::path::absolute(dir).map_err(|source| SettingsError::Read { file: dir.to_owned(), source })?;
    let text = full.into_os_string().into_string();
    let text = text.map_err(|_| SettingsError::NotUtf8 { what: format!("The data folder ({origin})") })?;
    let key = keys::find("data_dir").ok_or(SettingsError::Inconsistent)?;
    layer.set(key, &Raw::Text(text), origin)
}

/// Opens a file; one that nobody named may be absent.
fn open(path: &Path, named: bool) -> Result<Option<Opened>, SettingsError> {
    match Opened::read(path) {
        Ok(opened) => Ok(Some(opened)),
        Err(error) if error.kind() == ErrorKind::NotFound && !named => Ok(None),
        Err(source) => Err(SettingsError::Read { file: PathBuf::from(path), source }),
    }
}

/// The line, counted from 1, of a place in a text.
fn line_at(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}
