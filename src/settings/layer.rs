//! One layer of settings: values from one place, each already checked against its rule.

use std::collections::BTreeMap;
use std::fmt;

use config::{Map, Source, Value, ValueKind};

use super::keys::{self, Key, Raw, Rule};
use super::{Origin, SettingsError};

/// The values one place gives.
#[derive(Clone, Default)]
pub(super) struct Layer {
    values: BTreeMap<&'static str, Given>,
}

/// A value and where it was given.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) value: ValueKind,
    pub(super) origin: Origin,
}

impl Layer {
    pub(super) fn get(&self, key: &str) -> Option<&Given> {
        self.values.get(key)
    }

    /// Adds a value, or says why it cannot be used.
    pub(super) fn set(&mut self, key: &'static Key, raw: &Raw, origin: Origin) -> Result<(), SettingsError> {
        let Some(value) = key.rule.read(raw) else {
            return Err(SettingsError::Invalid {
                key: key.name.to_owned(),
                shown: key.rule.shown(raw),
                origin,
                allowed: key.rule.allowed(),
            });
        };
        self.values.insert(key.name, Given { value, origin });
        Ok(())
    }

    /// Adds every value of a TOML document, or says which is not known or not allowed.
    pub(super) fn set_all(&mut self, table: &toml::Table, origin: &Origin) -> Result<(), SettingsError> {
        for (name, value) in flat(table) {
            let Some(key) = keys::find(&name) else {
                return Err(unknown(origin, name));
            };
            self.set(key, &Raw::Typed(value.clone()), origin.clone())?;
        }
        Ok(())
    }
}

/// Whether a document sets a secret, right or wrong.
pub(super) fn holds_secret(table: &toml::Table) -> bool {
    flat(table).iter().any(|(name, _)| keys::find(name).is_some_and(|key| key.rule == Rule::Secret))
}

fn unknown(origin: &Origin, name: String) -> SettingsError {
    if keys::is_section(&name) {
        return SettingsError::Invalid {
            shown: "a single value".to_owned(),
            allowed: format!("a section, headed [{name}]"),
            origin: origin.clone(),
            key: name,
        };
    }
    let nearest = keys::nearest(&name, keys::KEYS.iter().map(|key| key.name)).to_owned();
    SettingsError::Unknown { place: origin.to_string(), key: name, nearest }
}

/// Every value of a document under its dotted name. An empty section that is not ours counts as a value, so that
/// it is found to be unknown.
fn flat(table: &toml::Table) -> Vec<(String, &toml::Value)> {
    let mut found = Vec::new();
    for (name, value) in table {
        match value {
            toml::Value::Table(inner) if !inner.is_empty() => {
                found.extend(flat(inner).into_iter().map(|(rest, value)| (format!("{name}.{rest}"), value)));
            }
            toml::Value::Table(_) if keys::is_section(name) => {}
            _ => found.push((name.clone(), value)),
        }
    }
    found
}

// Names only: values may be secrets.
impl fmt::Debug for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, config::ConfigError> {
        let values = self.values.iter();
        Ok(values.map(|(name, given)| ((*name).to_owned(), Value::new(None, given.value.clone()))).collect())
    }
}
