//! Settings as a person meets them: real files, real permissions.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod accounts;
mod layers;
mod refusals;
mod secrets;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use storekeeper::settings::{Home, Loaded, Request, load};
use tempfile::TempDir;

/// A user with a home of their own.
struct User {
    home: TempDir,
}

impl User {
    fn new() -> Self {
        let home = TempDir::new().unwrap();
        fs::create_dir_all(home.path().join("config/storekeeper")).unwrap();
        Self { home }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join("config/storekeeper").join(name)
    }

    fn file(&self, name: &str, text: &str, mode: u32) -> &Self {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        self
    }

    fn request(&self) -> Request {
        let home = Home { config: self.home.path().join("config"), data: self.home.path().join("data") };
        Request { home: Some(home), ..Request::default() }
    }

    fn with_environment(&self, variables: &[(&str, &str)]) -> Request {
        let mut request = self.request();
        request.environment =
            variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        request
    }

    fn loaded(&self) -> Loaded {
        load(&self.request()).unwrap()
    }

    fn refused(&self) -> String {
        load(&self.request()).unwrap_err().to_string()
    }
}

/// Value and origin of a setting, as `config show` has them.
fn shown(loaded: &Loaded, key: &str) -> (String, String) {
    let entry = loaded.entries.iter().find(|entry| entry.key == key).unwrap();
    (entry.shown.clone().unwrap_or_default(), entry.origin.to_string())
}
