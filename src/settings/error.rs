//! What can be wrong with settings, in words for the person who has to mend it.

use std::io;
use std::path::PathBuf;

use super::Origin;
use super::private_file::Exposed;

/// Why the settings could not be loaded. No variant ever carries a secret.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A file that was named, or is there, cannot be read.
    #[error("{} cannot be read: {source}. Check the path and who may read it.", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not TOML.
    #[error("{}, line {line}: {message}. Correct the line; the form is: name = \"value\" under a [section].", file.display())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
        /// The parser's word, which never quotes the line.
        message: String,
    },
    /// A line of an env file that is not an assignment.
    #[error("{}, line {line}: not of the form NAME='value'. Write the value in single quotes as it is, or in double quotes with \\ before each \\, \" and $.", file.display())]
    EnvFileLine {
        /// The file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// A `$` that would be replaced by a variable's value.
    #[error("{}, line {line}: a $ outside single quotes stands for a variable. Put the value in single quotes, or write \\$.", file.display())]
    EnvFileVariable {
        /// The file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// A key no setting has.
    #[error(
        "{place}: unknown key {key:?}. The nearest known one is {nearest:?}; `storekeeper config show` lists all."
    )]
    Unknown {
        /// The layer, named as in [`Origin`].
        place: String,
        /// The key as written there.
        key: String,
        /// The known key most like it, written the way that layer writes keys.
        nearest: String,
    },
    /// A value outside what its setting allows.
    #[error("{key} = {shown} ({origin}) cannot be used: it must be {allowed}.")]
    Invalid {
        /// The setting.
        key: String,
        /// The value, masked where it is a secret.
        shown: String,
        /// Where it was set.
        origin: Origin,
        /// What would be accepted.
        allowed: String,
    },
    /// A server of `[sources]` that is not written as it has to be.
    #[error("{}, under [sources]: {message}. `docs/OPERATIONS.md` shows the form.", file.display())]
    Sources {
        /// The file.
        file: PathBuf,
        /// The parser's word, which never quotes a value.
        message: String,
    },
    /// A file with a secret that is not its owner's alone.
    #[error(transparent)]
    Exposed(#[from] Exposed),
    /// A secret on the command line, where every user of the machine can see it.
    #[error(
        "{key} cannot be given as a flag: others on this machine would see it. Put it in a file with mode 600."
    )]
    SecretInFlag {
        /// The setting.
        key: String,
    },
    /// Two settings that exclude each other, each with where it was set.
    #[error("{first} and {second} cannot both be set. Take one of them out.")]
    Clash {
        /// One setting.
        first: String,
        /// The other.
        second: String,
    },
    /// A setting that makes no sense without another.
    #[error("{given} is set ({origin}), but {missing} is not. Set {missing} too, or take {given} out.")]
    Missing {
        /// The setting that is there.
        given: &'static str,
        /// Where it was set.
        origin: Origin,
        /// What it needs.
        missing: &'static str,
    },
    /// No home folder to keep data in.
    #[error("This user has no home folder to keep data in. Name a folder with --data-dir.")]
    NoHome,
    /// A path or variable that is not UTF-8.
    #[error("{what} is not UTF-8 text. Give it in UTF-8.")]
    NotUtf8 {
        /// The path's or variable's name.
        what: String,
    },
    /// The program's own tables of settings disagree.
    #[error(
        "The settings do not fit this program's own table of them. This is a fault of the program: please report it."
    )]
    Inconsistent,
}
