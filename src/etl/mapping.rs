//! Other names that files use for columns: the built-in table of them, and what a person says.

use super::decimals::DecimalMark;
use super::fold::folded;
use super::look::{Head, Meaning};
use super::nothing::Nothing;
use super::spec::{Spec, spec};
use crate::domain::history::PastFile;
use crate::domain::{Table, clean};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What a column of a file is for, as it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum Alias {
    /// The same column under another name.
    Column(String),
    /// The name of a row of another table, looked up to fill this column.
    Find {
        /// The column.
        find: String,
    },
    /// Says again, in words, what this column says.
    Check {
        /// The column.
        check: String,
    },
    /// Not loaded.
    Ignore {
        /// Why.
        ignore: String,
    },
}

/// By table, then by name.
type Aliases = HashMap<String, HashMap<String, Alias>>;

/// Which columns of files fill which columns of tables, where the names do not say it.
///
/// As a file it is TOML: a table for each of ours (`every` holds for all), in it `"column of the file" = "column"`.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    tables: Aliases,
    /// What was said on the command line, as it was typed, by folded name; it holds for every file.
    said: HashMap<String, (String, Alias)>,
    /// Words that stand for nothing.
    nothing: Nothing,
    /// What stands before decimals.
    decimal: DecimalMark,
}

/// A mapping as it is written down.
#[derive(Deserialize)]
struct Saved {
    #[serde(default)]
    decimal: DecimalMark,
    #[serde(default)]
    nothing: Nothing,
    #[serde(flatten)]
    tables: Aliases,
}

/// A mapping that can not be used.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// It is not `FILE-COLUMN=COLUMN`.
    #[error("--map {0}: say FILE-COLUMN=COLUMN, or FILE-COLUMN= for a column that is not to be loaded.")]
    Form(String),
    /// A word for nothing can not be used.
    #[error("{0}")]
    Nothing(String),
    /// It names a table that is none.
    #[error("The mapping has a part [{0}], but there is no table of that name.")]
    Table(String),
    /// It names a column that no table has.
    #[error("The mapping leads to a column {column}, which {of}.")]
    Column {
        /// The column.
        column: String,
        /// Which table does not have it, in words.
        of: String,
    },
    /// It is no TOML, or not of this form.
    #[error("The mapping can not be read: {0}")]
    Text(#[from] toml::de::Error),
}

static BUILT_IN: LazyLock<Aliases> = LazyLock::new(|| {
    // The file is part of the program and a test reads it; an error here can not reach a person.
    by_folded_name(toml::from_str(include_str!("../../config/aliases.toml")).unwrap_or_default())
});

fn by_folded_name(tables: Aliases) -> Aliases {
    let fold =
        |names: HashMap<String, Alias>| names.into_iter().map(|(name, to)| (folded(&name), to)).collect();
    tables.into_iter().map(|(table, names)| (table, fold(names))).collect()
}

impl Mapping {
    /// Reads a mapping that was saved, or written by hand.
    ///
    /// # Errors
    /// [`MappingError`] where it can not be used.
    pub fn read(text: &str) -> Result<Mapping, MappingError> {
        let Saved { decimal, nothing, tables } = toml::from_str(text)?;
        let unknown = |column| MappingError::Column { column, of: "no table has".to_owned() };
        nothing.check().map_err(unknown)?;
        for (table, names) in &tables {
            let of = match Table::from_name(table) {
                Some(table) => vec![table],
                None if table == "every" => Table::EACH.to_vec(),
                None => return Err(MappingError::Table(table.clone())),
            };
            for alias in names.values() {
                leads_somewhere(alias, &of, table)?;
            }
        }
        Ok(Mapping { tables: by_folded_name(tables), said: HashMap::new(), nothing, decimal })
    }

    /// What the columns of the files of a run were taken for, as the history keeps it.
    pub fn of_run(files: &[PastFile]) -> Mapping {
        let mut mapping = Mapping::default();
        for file in files {
            let kept = file.mapping.as_deref().and_then(|kept| serde_json::from_str(kept).ok());
            let names: HashMap<String, Alias> = kept.unwrap_or_default();
            let of = mapping.tables.entry(file.table().name().to_owned()).or_default();
            of.extend(names.into_iter().map(|(name, alias)| (folded(&name), alias)));
        }
        mapping
    }

    /// Takes `FILE-COLUMN=COLUMN` as it is typed; it goes before everything else.
    ///
    /// # Errors
    /// [`MappingError`] where it is not that, or leads nowhere.
    pub fn say(&mut self, typed: &str) -> Result<(), MappingError> {
        let (name, column) = typed.rsplit_once('=').ok_or_else(|| MappingError::Form(typed.to_owned()))?;
        let alias = if column.is_empty() {
            Alias::Ignore { ignore: "as was said".to_owned() }
        } else {
            Alias::Column(column.trim().to_owned())
        };
        leads_somewhere(&alias, &Table::EACH, "every")?;
        self.said.insert(folded(name), (name.to_owned(), alias));
        Ok(())
    }

    /// Says what a column of the files of one table is for; it goes before what was read.
    pub fn mean(&mut self, table: Table, column: &str, meaning: Meaning) {
        let names = self.tables.entry(table.name().to_owned()).or_default();
        names.insert(folded(column), Alias::from(meaning));
    }

    /// Takes `COLUMN=WORD,WORD`: words that stand for nothing in that column, or in every one where none is named.
    ///
    /// # Errors
    /// [`MappingError`] where it is not that, or there is no such column.
    pub fn say_nothing(&mut self, typed: &str) -> Result<(), MappingError> {
        self.nothing.say(typed).map_err(MappingError::Nothing)
    }

    /// Says what stands before decimals.
    pub fn say_decimal(&mut self, mark: DecimalMark) {
        self.decimal = mark;
    }

    /// What stands before decimals.
    pub fn decimal(&self) -> DecimalMark {
        self.decimal
    }

    /// That as the beginning of a mapping's file.
    pub(crate) fn decimal_written(&self) -> String {
        let line = |word| format!("# What stands before decimals.\ndecimal = \"{word}\"\n\n");
        self.decimal.word().map(line).unwrap_or_default()
    }

    /// Words that stand for nothing.
    pub(crate) fn nothing(&self) -> &Nothing {
        &self.nothing
    }

    /// These words as the end of a mapping's file.
    pub(crate) fn nothing_written(&self) -> String {
        let whole = BTreeMap::from([("nothing", &self.nothing)]);
        if self.nothing.is_empty() {
            return String::new();
        }
        format!("\n# Words that stand for nothing.\n{}", toml::to_string(&whole).unwrap_or_default())
    }

    /// Whether no column was said to be for anything.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.said.is_empty()
    }

    /// Names that were said on the command line and that none of these headers has.
    pub(crate) fn unmet<'a>(&self, names: impl Iterator<Item = &'a str>) -> Vec<String> {
        let names: Vec<String> = names.map(folded).collect();
        let unmet = self.said.iter().filter(|(name, _)| !names.contains(name));
        let mut unmet: Vec<String> = unmet.map(|(_, (typed, _))| typed.clone()).collect();
        unmet.sort();
        unmet
    }

    /// What a person said of a column.
    pub(crate) fn said(&self, spec: &Spec, name: &str) -> Option<&Alias> {
        let wanted = folded(name);
        let said = self.said.get(&wanted).map(|(_, alias)| alias);
        // A column that another table has says nothing about this one.
        let is_here = |to: &str| spec.column(to).is_some() || built_in(spec, to).is_some();
        let said = said.filter(|alias| !matches!(alias, Alias::Column(to) if !is_here(to)));
        said.or_else(|| in_tables(&self.tables, spec, &wanted))
    }
}

impl From<Meaning> for Alias {
    fn from(meaning: Meaning) -> Alias {
        match meaning {
            Meaning::Column(column) => Alias::Column(column.to_owned()),
            Meaning::NameOf(column) => Alias::Find { find: column.to_owned() },
            Meaning::Says(column) => Alias::Check { check: column.to_owned() },
            Meaning::Ignored => Alias::Ignore { ignore: "not loaded".to_owned() },
        }
    }
}

/// How the columns of these sources are understood, as the text of a mapping's file.
pub fn mapping_of(heads: &[&Head]) -> String {
    let mut tables: BTreeMap<String, BTreeMap<String, Alias>> = BTreeMap::new();
    for head in heads {
        let known = head.columns.iter().filter_map(|column| {
            let (meaning, _) = column.meaning?;
            Some((clean(&column.name).trim().to_owned(), Alias::from(meaning)))
        });
        tables.entry(head.table.name().to_owned()).or_default().extend(known);
    }
    written(&tables)
}

/// What is known of a column that has another name.
pub(crate) fn built_in(spec: &Spec, name: &str) -> Option<&'static Alias> {
    in_tables(&BUILT_IN, spec, &folded(name))
}

fn in_tables<'a>(tables: &'a Aliases, spec: &Spec, wanted: &str) -> Option<&'a Alias> {
    [spec.table.name(), "every"].iter().find_map(|table| tables.get(*table)?.get(wanted))
}

fn leads_somewhere(alias: &Alias, tables: &[Table], of: &str) -> Result<(), MappingError> {
    let (Alias::Column(column) | Alias::Find { find: column } | Alias::Check { check: column }) = alias
    else {
        return Ok(());
    };
    let known =
        |table: &Table| spec(*table).column(column).is_some() || built_in(spec(*table), column).is_some();
    if tables.iter().any(known) {
        return Ok(());
    }
    let of = if of == "every" { "no table has".to_owned() } else { format!("{of} does not have") };
    Err(MappingError::Column { column: column.clone(), of })
}

/// A mapping as the text of its file.
pub(crate) fn written(tables: &BTreeMap<String, BTreeMap<String, Alias>>) -> String {
    // Names and words are all there is in it; that can always be written.
    let text = toml::to_string(tables).unwrap_or_default();
    format!(
        "# Which columns of the files fill which columns of the tables. For: storekeeper import --mapping THIS-FILE\n\n{text}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alias_leads_somewhere() {
        assert_eq!(BUILT_IN.len(), Table::EACH.len() + 1);
        for (table, names) in BUILT_IN.iter().filter(|(table, _)| *table != "every") {
            for alias in names.values() {
                leads_somewhere(alias, &[Table::from_name(table).unwrap()], table).unwrap();
            }
        }
    }

    #[test]
    fn a_mapping_that_leads_nowhere_is_refused_by_name() {
        let read = |text: &str| Mapping::read(text).unwrap_err().to_string();
        assert!(read("[prices]\na = \"b\"").contains("[prices]"));
        assert!(read("[brands]\na = \"colour\"").contains("a column colour, which brands does not have"));
        assert!(read("brands").starts_with("The mapping can not be read"));
        let say = |typed: &str| Mapping::default().say(typed).unwrap_err().to_string();
        assert!(say("Order No").contains("FILE-COLUMN=COLUMN"));
        assert!(say("Order No=number").contains("a column number, which no table has"));
    }
}
