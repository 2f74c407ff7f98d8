//! What the shell is offered: help, completions, the manual, the configuration, and words where no screen can be.

use crate::Shop;

#[test]
fn screens_need_a_terminal_and_no_server_is_started_for_nothing() {
    let shop = Shop::empty();
    let told = shop.run(&[]);
    assert!(told.code == 1 && told.err.contains("need a terminal"), "{told:?}");
    assert!(told.out.is_empty() && !shop.data_dir().join("server").exists());
}

#[test]
fn every_command_is_in_the_help_the_manual_and_the_completions() {
    let shop = Shop::empty();
    let (help, manual, bash) =
        (shop.run(&["--help"]), shop.run(&["man"]), shop.run(&["completions", "bash"]));
    for command in ["demo", "init", "import", "kpi", "db", "doctor", "config", "completions", "man"] {
        for told in [&help, &manual, &bash] {
            assert!(told.code == 0 && told.out.contains(command), "{command}: {told:?}");
        }
    }
    assert!(help.out.contains("Exit codes"));
    assert!(manual.out.contains(".TH") && manual.out.contains("dry\\-run"));
    for shell in ["fish", "zsh", "elvish", "powershell"] {
        assert!(shop.run(&["completions", shell]).out.contains("storekeeper"));
    }
    assert_eq!(shop.run(&["sell"]).code, 2);
}

#[test]
fn the_configuration_shows_where_each_value_came_from_and_no_secret() {
    let shop = Shop::empty();
    let output = shop
        .command(&["config", "show"])
        .env("STOREKEEPER__DATABASE__HOST", "db.example.com")
        .env("STOREKEEPER__DATABASE__USER", "till")
        .env("STOREKEEPER__DATABASE__PASSWORD", "c4nary-Secret")
        .output()
        .unwrap();
    let told = crate::Told::of(output);
    assert!(
        told.out.contains("db.example.com") && told.out.contains("environment STOREKEEPER__DATABASE__HOST"),
        "{told:?}"
    );
    assert!(told.out.contains("flag --data-dir") && told.out.contains("********"));
    assert!(!told.out.contains("c4nary") && !told.err.contains("c4nary"));
}

#[test]
fn an_unknown_setting_is_an_error_that_names_the_nearest() {
    let shop = Shop::empty();
    let output = shop.command(&["config", "show"]).env("STOREKEEPER__DATABASE__HOTS", "x").output().unwrap();
    let told = crate::Told::of(output);
    assert!(told.code == 2 && told.err.contains("\"STOREKEEPER__DATABASE__HOST\""), "{told:?}");
}

#[test]
fn a_wrong_key_is_told_with_its_line_before_anything_is_opened() {
    let shop = Shop::empty();
    let file = shop.write(".config/storekeeper/keymap.toml", "[dashboard]\nmeasure = [\"s\"]\n");
    for command in [&[][..], &["demo"][..]] {
        let told = shop.run(command);
        assert_eq!(told.code, 2, "{told:?}");
        assert!(told.err.contains(&format!("{file}, line 2: s is a key of \"store\"")), "{told:?}");
        assert!(!shop.data_dir().join("server").exists());
    }
    assert_eq!(shop.run(&["config", "show"]).code, 0, "only the screens read it");
}

#[test]
fn the_keys_are_printed_in_the_form_they_are_changed_in() {
    let shop = Shop::empty();
    let told = shop.run(&["config", "keymap"]);
    assert!(told.code == 0 && told.out.contains("store = [\"s\"]"), "{told:?}");
    shop.write(".config/storekeeper/keymap.toml", &told.out);
    let opened = shop.run(&[]);
    assert!(opened.code == 1 && opened.err.contains("need a terminal"), "{opened:?}");
}
