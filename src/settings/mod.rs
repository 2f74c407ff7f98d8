//! Layered configuration: where each value came from, and which files may be trusted.
//!
//! The layers, lowest first: the values built in, the user's file, the profile, the env file beside the user's file
//! (never one in the working directory, which may be anybody's), the environment, the command line.

mod api;
mod credentials;
mod error;
mod key_file;
mod keys;
mod layer;
mod origin;
mod private_file;
mod report;
mod request;
mod show;
mod sources;
mod values;
mod write_source;

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as PlainError;

pub use api::{Api, ApiSource, ApiSources, ApiTable, secret_in};
pub use credentials::{Account, Credentials, CredentialsError, generate_password};
pub use error::SettingsError;
pub use key_file::{Key, KeyFile, KeyFileError, KeyId};
pub use origin::Origin;
pub use private_file::{Exposed, shell_word};
pub use report::{Paper, Report};
pub use request::{Home, Request};
pub use show::{Entry, table};
pub use values::{Database, Level, Load, Log, Profile, Screen, Security, Server, Settings, Tls, is_loopback};
pub use write_source::{NewSource, NotWritten, write_source};

use keys::KEYS;
use layer::Layer;

/// The settings, and where each came from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The values.
    pub settings: Settings,
    /// Each setting for `config show`, in a fixed order.
    pub entries: Vec<Entry>,
    /// The user's own keys, where there are any.
    pub keymap: Option<KeymapFile>,
}

/// The `keymap.toml` beside the user's file, as it stands there.
#[derive(Debug, Clone)]
pub struct KeymapFile {
    /// Its path.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// Reads every layer and lays each over the one below.
///
/// # Errors
/// [`SettingsError`], in words for the person: a file that cannot be read or trusted, a key nobody knows, a value
/// that is not allowed, settings that contradict each other. A value is checked even where a higher layer overrules it.
pub fn load(request: &Request) -> Result<Loaded, SettingsError> {
    let built_in = sources::built_in(request.home.as_ref())?;
    let (file, env_file, keymap, servers) = files(request)?;
    let environment = sources::environment(request)?;
    let flags = sources::flags(request)?;
    let profile = sources::profile(chosen_profile(&[&flags, &environment, &file, &built_in])?)?;
    let mut loaded = resolve(vec![built_in, file, profile, env_file, environment, flags])?;
    loaded.settings.sources = servers;
    let Places { config, env_file, keymap: keys, .. } = places(request)?;
    loaded.settings.own_files = [config.clone(), env_file, keys].into_iter().flatten().collect();
    loaded.settings.file = config;
    Ok(Loaded { keymap, ..loaded })
}

/// Where the user's own settings are kept, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The user's file; `None` where there is no home and none was named.
    pub config: Option<PathBuf>,
    /// The env file that goes with it.
    pub env_file: Option<PathBuf>,
    /// The keys that go with it.
    pub keymap: Option<PathBuf>,
    /// The folder with themes of the person's own.
    pub themes: Option<PathBuf>,
}

/// Where [`load`] looks for the user's own settings; they need not be there.
///
/// # Errors
/// [`SettingsError::Read`] where a relative path was named and the working directory is gone.
pub fn places(request: &Request) -> Result<Places, SettingsError> {
    let usual = || request.home.as_ref().map(|home| home.config.join("storekeeper").join("config.toml"));
    let config = full(request.config.as_deref())?.or_else(usual);
    let beside = |name: &str| config.as_deref().and_then(Path::parent).map(|folder| folder.join(name));
    let env_file = full(request.env_file.as_deref())?.or_else(|| beside(".env"));
    let keymap = beside("keymap.toml");
    let themes = beside("themes");
    Ok(Places { config, env_file, keymap, themes })
}

/// The user's file with the servers that it names, and the env file and the keys that go with it.
fn files(request: &Request) -> Result<(Layer, Layer, Option<KeymapFile>, ApiSources), SettingsError> {
    let Places { config, env_file, keymap, .. } = places(request)?;
    let (file, servers) = match &config {
        Some(path) => sources::file(path, request.config.is_some())?,
        None => Default::default(),
    };
    let env_file = match &env_file {
        Some(path) => sources::env_file(path, request.env_file.is_some())?,
        None => Layer::default(),
    };
    let keymap = keymap.map(sources::keymap).transpose()?.flatten();
    Ok((file, env_file, keymap, servers))
}

/// The path from the root, so that an origin means the same wherever it is read.
fn full(path: Option<&Path>) -> Result<Option<PathBuf>, SettingsError> {
    let Some(path) = path else { return Ok(None) };
    let full = std::path::absolute(path);
    full.map(Some).map_err(|source| SettingsError::Read { file: path.to_owned(), source })
}

/// The profile the highest of these layers names; they come highest first.
fn chosen_profile(layers: &[&Layer]) -> Result<Profile, SettingsError> {
    let given = layers.iter().find_map(|layer| layer.get("profile")).ok_or(SettingsError::Inconsistent)?;
    let word = given.value.to_string();
    Profile::deserialize(word.into_deserializer()).map_err(|_: PlainError| SettingsError::Inconsistent)
}

/// Lays the layers over each other, lowest first.
fn resolve(layers: Vec<Layer>) -> Result<Loaded, SettingsError> {
    consistent(&layers)?;
    let entries = KEYS.iter().map(|key| match last(&layers, key.name) {
        Some(given) => Entry {
            key: key.name,
            shown: Some(show::shown(key.rule, &given.value)),
            origin: given.origin.clone(),
        },
        None => Entry { key: key.name, shown: None, origin: Origin::BuiltIn },
    });
    let entries = entries.collect();
    let builder =
        layers.into_iter().fold(config::Config::builder(), |builder, layer| builder.add_source(layer));
    // config's error quotes values, so it goes no further; our rules have already refused whatever a person can get wrong.
    let settings = builder.build().and_then(config::Config::try_deserialize);
    let settings = settings.map_err(|_| SettingsError::Inconsistent)?;
    Ok(Loaded { settings, entries, keymap: None })
}

fn last<'a>(layers: &'a [Layer], key: &str) -> Option<&'a layer::Given> {
    layers.iter().rev().find_map(|layer| layer.get(key))
}

/// Refuses settings that are right one by one but not together.
fn consistent(layers: &[Layer]) -> Result<(), SettingsError> {
    let origin = |key| last(layers, key).map(|given| given.origin.clone());
    if origin("data_dir").is_none() {
        return Err(SettingsError::NoHome);
    }
    let (host, socket) = (origin("database.host"), origin("database.socket"));
    let user = origin("database.user");
    match (host, socket) {
        (Some(host), Some(socket)) => Err(SettingsError::Clash {
            first: format!("database.host ({host})"),
            second: format!("database.socket ({socket})"),
        }),
        (Some(origin), None) => needs("database.host", origin, "database.user", user.is_some()),
        (None, Some(origin)) => needs("database.socket", origin, "database.user", user.is_some()),
        // Going on would quietly start a private server, where the person meant another.
        (None, None) => match (user, origin("database.password")) {
            (Some(origin), _) => needs("database.user", origin, "database.host", false),
            (None, Some(origin)) => needs("database.password", origin, "database.host", false),
            (None, None) => Ok(()),
        },
    }
}

fn needs(
    given: &'static str,
    origin: Origin,
    missing: &'static str,
    there: bool,
) -> Result<(), SettingsError> {
    if there { Ok(()) } else { Err(SettingsError::Missing { given, origin, missing }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use keys::Rule;

    /// Values that a rule has to accept, its limits included.
    fn samples(rule: Rule) -> Vec<String> {
        match rule {
            Rule::Text | Rule::Secret => vec!["some text".to_owned()],
            Rule::Host => vec!["db-1.example".to_owned(), "2001:db8::1".to_owned()],
            Rule::DatabaseName => vec!["a".to_owned(), "a_1".repeat(18)],
            Rule::Path => vec!["/some/where".to_owned()],
            Rule::Whole(least, most) => vec![least.to_string(), most.to_string()],
            Rule::Switch => vec!["true".to_owned(), "false".to_owned()],
            Rule::Sum => vec!["$1,234.50".to_owned(), "1.234,50 kr".to_owned()],
            Rule::OneOf(words) => words.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    #[test]
    fn whatever_a_rule_accepts_fits_its_setting() {
        for key in KEYS {
            for value in samples(key.rule) {
                let variable = format!("STOREKEEPER__{}", key.name.replace('.', "__").to_uppercase());
                // An account is only allowed together with a server.
                let host = if key.name == "database.socket" {
                    None
                } else {
                    Some(("STOREKEEPER__DATABASE__HOST".to_owned(), "h".to_owned()))
                };
                let user = ("STOREKEEPER__DATABASE__USER".to_owned(), "u".to_owned());
                // The last of two values for one name is kept: the sample.
                let environment = host.into_iter().chain([user, (variable, value.clone())]);
                let request = Request {
                    data_dir: (key.name != "data_dir").then(|| "/data".into()),
                    environment: environment.collect(),
                    ..Request::default()
                };
                let loaded = load(&request).unwrap_or_else(|error| panic!("{} = {value}: {error}", key.name));
                let entry = loaded.entries.iter().find(|entry| entry.key == key.name).unwrap();
                let expected = if key.rule == Rule::Secret { show::MASK } else { &value };
                assert_eq!(entry.shown.as_deref(), Some(expected), "{}", key.name);
            }
        }
    }

    #[test]
    fn what_has_no_built_in_value_is_listed_in_the_default_file() {
        let text = include_str!("../../config/default.toml");
        let built_in = sources::built_in(None).unwrap();
        for key in KEYS.iter().filter(|key| built_in.get(key.name).is_none()) {
            assert!(text.contains(&format!("#   {} ", key.name)), "{}", key.name);
        }
    }
}
