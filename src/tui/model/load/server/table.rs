//! The commands of loading from a server: the rows of the one table that are theirs.

use crate::tui::model::command::{Command, Entry, Place, quiet, shown};
use crate::tui::model::key::{Code, Key};
use crate::tui::model::load::table::of_load;
use crate::tui::model::table::{BACK_TAB, DOWN, ENTER, ESC, PAGE_DOWN, PAGE_UP, TAB, UP};

const SWITCH: Key = Key::ctrl('r');
const F5: Key = Key::plain(Code::F(5));
const EVERYTHING: &[Key] = &[Key::char('f')];
const LEFT: Key = Key::plain(Code::Left);
const RIGHT: Key = Key::plain(Code::Right);

const fn from_server(keys: &'static [Key], place: Place) -> Entry {
    of_load(
        shown(Command::FromServer, "from a server", keys, place)
            .in_full("load from another system's server, not from files"),
    )
}

const fn from_files(keys: &'static [Key], place: Place) -> Entry {
    of_load(
        shown(Command::FromFiles, "from files", keys, place).in_full("load from files, not from a server"),
    )
}

const fn look(place: Place) -> Entry {
    of_load(shown(Command::Accept, "look", &[ENTER], place).in_full("look what the server has"))
}

const fn test(keys: &'static [Key], place: Place) -> Entry {
    of_load(
        shown(Command::TestConnection, "test", keys, place)
            .in_full("test the connection: is the server there, how fast, what does it speak"),
    )
}

const fn read_all(place: Place) -> Entry {
    of_load(
        shown(Command::ReadAll, "read everything", EVERYTHING, place)
            .in_full("read everything, and not only what is new"),
    )
}

/// They.
pub const OF_SERVERS: &[Entry] = &[
    from_server(&[SWITCH], Place::LoadForm),
    from_server(&[SWITCH, Key::char('s')], Place::LoadChoices),
    look(Place::LoadServer),
    test(&[F5, Key::ctrl('t')], Place::LoadServer),
    shown(Command::NextField, "next", &[TAB], Place::LoadServer).in_full("next field"),
    quiet(Command::PreviousField, "field before", &[BACK_TAB], Place::LoadServer),
    quiet(Command::Up, "up", &[UP], Place::LoadServer),
    quiet(Command::Down, "down", &[DOWN], Place::LoadServer),
    quiet(Command::PageUp, "page up", &[PAGE_UP], Place::LoadServer),
    quiet(Command::PageDown, "page down", &[PAGE_DOWN], Place::LoadServer),
    from_files(&[SWITCH], Place::LoadServer),
    look(Place::LoadServerChoices),
    test(&[F5, Key::char('t')], Place::LoadServerChoices),
    shown(Command::Toggle, "change", &[Key::char(' '), RIGHT, Key::char('l')], Place::LoadServerChoices)
        .in_full("choose the next"),
    quiet(Command::Left, "change back", &[LEFT, Key::char('h')], Place::LoadServerChoices)
        .in_full("choose the one before"),
    shown(Command::NextField, "next", &[TAB, DOWN, Key::char('j')], Place::LoadServerChoices)
        .in_full("next field"),
    quiet(Command::PreviousField, "field before", &[BACK_TAB, UP, Key::char('k')], Place::LoadServerChoices),
    from_files(&[SWITCH, Key::char('s')], Place::LoadServerChoices),
    of_load(
        shown(Command::Accept, "go on", &[ENTER], Place::LoadEndpoints)
            .in_full("go on with the tables that are taken"),
    ),
    shown(Command::Toggle, "take", &[Key::char(' '), Key::char('x')], Place::LoadEndpoints)
        .in_full("take the table, or leave it"),
    shown(Command::NextField, "first rows", &[TAB, Key::char('v')], Place::LoadEndpoints)
        .in_full("show the first rows, or the reasons"),
    shown(Command::PickTable, "table", &[Key::char('t')], Place::LoadEndpoints)
        .in_full("say which table the address holds"),
    shown(Command::SetRowsAt, "rows", &[Key::char('e')], Place::LoadEndpoints)
        .in_full("say where the rows are in a reply"),
    shown(Command::SetPaging, "pages", &[Key::char('p')], Place::LoadEndpoints)
        .in_full("say how one page leads to the next"),
    shown(Command::AddEndpoint, "add", &[Key::char('n')], Place::LoadEndpoints)
        .in_full("name an address that was not found"),
    of_load(
        shown(Command::SaveSource, "save", &[Key::char('w')], Place::LoadEndpoints)
            .in_full("save the server under a name in the configuration"),
    ),
    of_load(shown(Command::Accept, "keep", &[ENTER], Place::EndpointForm).in_full("keep what is typed")),
    shown(Command::Back, "close", &[ESC, ENTER, Key::char('q')], Place::SourceText),
    read_all(Place::LoadPreview),
    read_all(Place::LoadDone),
    of_load(
        quiet(Command::FromServer, "from a server", &[Key::char('7')], Place::SignedIn)
            .in_full("load from another system's server"),
    ),
];
