//! The keys of secrets, from the shell.

use crate::Shop;
use std::os::unix::fs::PermissionsExt;

#[test]
fn keys_are_made_listed_and_never_printed() {
    let shop = Shop::ready();
    let told = shop.run(&["keys", "show"]);
    assert_eq!(
        (told.code, told.out.as_str()),
        (0, "There is no key yet. The first second factor makes one.\n")
    );

    let rotated = shop.run(&["keys", "rotate", "--json"]).json();
    assert_eq!((&rotated["made_now"], &rotated["secrets"]), (&true.into(), &0.into()));
    let file = shop.data_dir().join("keys.toml");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o600);

    let shown = shop.run(&["keys", "show", "--json"]);
    assert_eq!(shown.json()[0]["id"], rotated["key"]);
    let text = std::fs::read_to_string(&file).unwrap();
    let keys: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("secret = ")).collect();
    assert_eq!(keys.len(), 1);
    assert!(keys.iter().all(|key| !shown.out.contains(key.trim_matches('"'))));

    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let exposed = shop.run(&["keys", "show"]);
    assert!(exposed.code == 1 && exposed.err.contains("chmod 600"), "{exposed:?}");
}
