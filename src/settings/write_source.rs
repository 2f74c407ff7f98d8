//! Writing a server with its name into the user's file: everything else in the file stays as it is, letter by letter.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use toml_edit::{DocumentMut, Item, Table, TableLike, value};

use super::private_file::{Exposed, NotPlaced, Opened, place};
use super::{ApiSource, ApiTable};

/// A server to be written down. It has no field for a secret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewSource {
    /// Its name: letters, digits, `-` and `_`.
    pub name: String,
    /// Its address.
    pub url: String,
    /// How to sign in, as [`ApiSource::auth`] has it.
    pub auth: Option<String>,
    /// What an OAuth 2 token is to be good for.
    pub scope: Option<String>,
    /// The variable of the environment that has the secret.
    pub secret_env: Option<String>,
    /// Whether its name may lead into this machine's network.
    pub allow_private: bool,
    /// Its tables by name.
    pub tables: Vec<(String, ApiTable)>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The name can not be one.
    #[error("{0:?} can not be the name of a source: letters, digits, - and _ are taken.")]
    Name(String),
    /// Another server has the name.
    #[error("There is a source {name} already, for {url}. Take another name.")]
    Taken {
        /// The name.
        name: String,
        /// The server that has it.
        url: String,
    },
    /// There is no place for a file.
    #[error("This user has no home folder for a configuration file.")]
    NoPlace,
    /// The file is somebody else's.
    #[error("{} belongs to another user (uid {owner}).", file.display())]
    Foreign {
        /// The file.
        file: PathBuf,
        /// The owner's number.
        owner: u32,
    },
    /// Others could have put the folder's files there.
    #[error(transparent)]
    Exposed(Exposed),
    /// The file is no TOML, or `sources` in it is no table.
    #[error("{} is not written as it has to be{}.", file.display(), line.map(|line| format!(" (line {line})")).unwrap_or_default())]
    Form {
        /// The file.
        file: PathBuf,
        /// Counted from 1, where it is known.
        line: Option<usize>,
    },
    /// The system said no.
    #[error("{} can not be written: {cause}.", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What it said.
        cause: io::Error,
    },
}

impl NewSource {
    /// What would stand in the file, for somebody who writes it by hand.
    pub fn text(&self) -> String {
        let mut document = DocumentMut::new();
        match self.put(&mut document) {
            Some(()) => document.to_string(),
            None => String::new(),
        }
    }

    /// Puts it into a document; what is known of the same server and is not said anew stays. `None` where `sources` is no
    /// table.
    fn put(&self, document: &mut DocumentMut) -> Option<()> {
        let sources = document.entry("sources").or_insert_with(|| Item::Table(implicit()));
        let source =
            sources.as_table_like_mut()?.entry(&self.name).or_insert_with(|| Item::Table(Table::new()));
        let source = source.as_table_like_mut()?;
        set(source, "url", Some(&self.url));
        set(source, "auth", self.auth.as_deref());
        set(source, "scope", self.scope.as_deref());
        set(source, "secret_env", self.secret_env.as_deref());
        if self.allow_private {
            source.insert("allow_private", value(true));
        }
        if !self.tables.is_empty() {
            let mut tables = implicit();
            for (name, table) in &self.tables {
                let mut written = Table::new();
                set(&mut written, "path", Some(&table.path));
                set(&mut written, "rows", table.rows.as_deref());
                set(&mut written, "paging", table.paging.as_deref());
                tables.insert(name, Item::Table(written));
            }
            source.insert("tables", Item::Table(tables));
        }
        Some(())
    }
}

/// A table without a line of its own: its parts name it.
fn implicit() -> Table {
    let mut table = Table::new();
    table.set_implicit(true);
    table
}

/// Sets a value where it is said. One that says the same already keeps the remark beside it.
fn set(table: &mut dyn TableLike, key: &str, to: Option<&str>) {
    if let Some(to) = to
        && table.get(key).and_then(Item::as_str) != Some(to)
    {
        table.insert(key, value(to));
    }
}

/// Writes a server into the user's file, which is made where it is not there. One of the same name and address is brought
/// up to date; its secret stays. Answers the server as a later start reads it.
///
/// # Errors
/// [`NotWritten`]; the file is as it was then.
pub fn write_source(file: Option<&Path>, source: &NewSource) -> Result<ApiSource, NotWritten> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if source.name.is_empty() || !source.name.chars().all(plain) {
        return Err(NotWritten::Name(source.name.clone()));
    }
    let named = file.ok_or(NotWritten::NoPlace)?;
    // Where it is a link, what it leads to is written, not the link.
    let file = &fs::canonicalize(named).unwrap_or_else(|_| named.to_owned());
    let failed = |cause| NotWritten::Io { file: file.clone(), cause };
    let folder = file.parent().ok_or(NotWritten::NoPlace)?;
    fs::create_dir_all(folder).map_err(failed)?;
    // Whoever writes at the same time waits: two that had both read the old file would lose one of the changes.
    let lock = File::open(folder).map_err(failed)?;
    flock(&lock, FlockOperation::LockExclusive).map_err(|errno| failed(errno.into()))?;
    let (text, mode) = match Opened::read(file) {
        Ok(opened) => match opened.foreign_owner() {
            Some(owner) => return Err(NotWritten::Foreign { file: file.clone(), owner }),
            None => (opened.text.clone(), opened.mode()),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => (String::new(), 0o600),
        Err(cause) => return Err(failed(cause)),
    };
    let (text, written) = with_source(&text, source, file)?;
    place(file, &text, |draft, file| {
        fs::set_permissions(draft, Permissions::from_mode(mode))?;
        fs::rename(draft, file)
    })
    .map_err(|error| match error {
        NotPlaced::Exposed(exposed) => NotWritten::Exposed(exposed),
        NotPlaced::Io(cause) => failed(cause),
    })?;
    Ok(written)
}

/// The text with the server in it, and the server as it is read from there.
fn with_source(text: &str, source: &NewSource, file: &Path) -> Result<(String, ApiSource), NotWritten> {
    let form = |line| NotWritten::Form { file: file.to_owned(), line };
    let line = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let mut document: DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| form(error.span().map(|span| line(span.start))))?;
    let there = document.get("sources").and_then(|sources| sources.get(&source.name));
    if let Some(url) = there.and_then(|there| there.get("url")).and_then(Item::as_str)
        && url.trim_end_matches('/') != source.url.trim_end_matches('/')
    {
        return Err(NotWritten::Taken { name: source.name.clone(), url: crate::domain::clean(url) });
    }
    source.put(&mut document).ok_or_else(|| form(None))?;
    let text = document.to_string();
    // What is written is what the next start has to understand.
    let read: toml::Table = text.parse().map_err(|_| form(None))?;
    let read = read.get("sources").and_then(|sources| sources.get(&source.name)).cloned();
    let read = read.and_then(|read| read.try_into().ok()).ok_or_else(|| form(None))?;
    Ok((text, read))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> NewSource {
        let table = ApiTable {
            path: "/v2/sales".to_owned(),
            rows: Some("result.orders".to_owned()),
            paging: Some("page:page=1;size:per_page=500".to_owned()),
        };
        NewSource {
            name: "shop".to_owned(),
            url: "https://shop.example/api/".to_owned(),
            auth: Some("bearer".to_owned()),
            secret_env: Some("SHOP_KEY".to_owned()),
            tables: vec![("orders".to_owned(), table)],
            ..NewSource::default()
        }
    }

    fn mode(file: &Path) -> u32 {
        fs::metadata(file).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn everything_else_in_the_file_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        let before =
            "# mine\n[log]\nlevel = 'debug'   # for now\n\n[sources.till]\nurl = \"https://till.example\"\n";
        fs::write(&file, before).unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        let written = write_source(Some(&file), &shop()).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with(before), "{text}");
        assert_eq!(text.strip_prefix(before).unwrap(), format!("\n{}", shop().text()).as_str());
        assert_eq!((written.secret_env.as_deref(), mode(&file)), (Some("SHOP_KEY"), 0o640));
        assert_eq!(written.tables.get("orders").unwrap().rows.as_deref(), Some("result.orders"));
    }

    #[test]
    fn a_file_that_is_not_there_is_made_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("own/config.toml");
        write_source(Some(&file), &shop()).unwrap();
        assert_eq!(mode(&file), 0o600);
        assert_eq!(fs::read_to_string(&file).unwrap(), shop().text());
    }

    #[test]
    fn the_same_server_is_brought_up_to_date_and_keeps_its_secret_and_another_keeps_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        let before = "[sources.shop]\nurl = \"https://shop.example/api\"\nsecret = \"c4nary\"   # of May\ndates = \"dmy\"\n\n[sources.shop.tables.stores]\npath = \"/old\"\n";
        fs::write(&file, before).unwrap();
        let written = write_source(Some(&file), &shop()).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("secret = \"c4nary\"   # of May") && !text.contains("/old"), "{text}");
        assert_eq!(written.dates.as_deref(), Some("dmy"));
        let other = NewSource { url: "https://other.example".to_owned(), ..shop() };
        let refused = write_source(Some(&file), &other).unwrap_err();
        assert!(matches!(&refused, NotWritten::Taken { .. }) && !refused.to_string().contains("c4nary"));
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }

    #[test]
    fn what_can_not_be_written_safely_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        fs::write(&file, "[log\nlevel = 1").unwrap();
        assert!(matches!(write_source(Some(&file), &shop()), Err(NotWritten::Form { line: Some(1), .. })));
        fs::write(&file, "sources = 7\n").unwrap();
        assert!(matches!(write_source(Some(&file), &shop()), Err(NotWritten::Form { .. })));
        assert_eq!(fs::read_to_string(&file).unwrap(), "sources = 7\n");
        fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).unwrap();
        fs::write(&file, "").unwrap();
        assert!(matches!(write_source(Some(&file), &shop()), Err(NotWritten::Exposed(_))));
        let named = NewSource { name: "a.b".to_owned(), ..shop() };
        assert!(matches!(write_source(Some(&file), &named), Err(NotWritten::Name(_))));
        assert!(matches!(write_source(None, &shop()), Err(NotWritten::NoPlace)));
    }

    #[test]
    fn two_that_write_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        std::thread::scope(|scope| {
            for number in 0..8 {
                let file = &file;
                scope.spawn(move || {
                    let source = NewSource { name: format!("shop{number}"), ..shop() };
                    write_source(Some(file), &source).unwrap();
                });
            }
        });
        let read: toml::Table = fs::read_to_string(&file).unwrap().parse().unwrap();
        assert_eq!(read.get("sources").unwrap().as_table().unwrap().len(), 8);
    }
}
