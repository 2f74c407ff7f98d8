//! What a command is. The one table of them is beside this: keys, hint bar, help and the check of permissions all read it.

use super::gallery::Plate;
use super::key::Key;
pub use super::place::Place;
pub use super::question::Risk;
pub use super::table::TABLE;
use crate::domain::Permission;

/// Something a person can ask the program to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table beside each says what it does")]
pub enum Command {
    Quit,
    Suspend,
    NextTheme,
    Help,
    Explain,
    Back,
    Accept,
    NextField,
    PreviousField,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Left,
    Right,
    OpenDashboard,
    OpenLoad,
    OpenSecurity,
    LockScreen,
    UseBackupCode,
    SaveCodes,
    GoOn,
    ShowSecret,
    SetUpSecondFactor,
    NewBackupCodes,
    SwitchOffSecondFactor,
    ChangePassword,
    EndSession,
    SignOut,
    PickStore,
    NextStore,
    PreviousStore,
    PreviousPeriod,
    NextPeriod,
    LongerPeriod,
    ShorterPeriod,
    ChooseDays,
    OpenTargets,
    NextMeasure,
    PreviousMeasure,
    MoreTiles,
    Refresh,
    Copy,
    Complete,
    Toggle,
    Mark,
    FolderUp,
    CancelLoad,
    FromServer,
    FromFiles,
    TestConnection,
    SetRowsAt,
    SetPaging,
    AddEndpoint,
    SaveSource,
    ReadAll,
    SetColumn,
    TakeNear,
    LeaveOutColumn,
    PickTable,
    PickEncoding,
    NextSeparator,
    NextQuote,
    NextHeader,
    NextDays,
    SaveMapping,
    OpenMapping,
    LeaveOutRejects,
    Mend,
    MakeParent,
    TryAgain,
    OpenRuns,
    UndoRun,
    CarryOutUndo,
    MendRun,
    OpenExport,
    StopExport,
    OpenRecords,
    Search,
    ExportRows,
    NewRecord,
    ModifyRecord,
    DeleteRecord,
    PickValue,
    GoBack,
    GoForward,
    ReplaceFile,
    OpenDatabase,
    CheckChain,
    Migrate,
    MakeDemo,
    ClearDemo,
    StopWork,
    Report,
    StopReport,
    CopyPath,
    OpenFile,
    Yes,
    No,
    Palette,
    Filter,
    Sort,
    ReverseSort,
    Columns,
    OpenPlate(Plate),
    TryYes,
    TryName,
    TryCode,
    OpenUsers,
    NewUser,
    ChangeRole,
    ResetPassword,
    Unlock,
    Deactivate,
    Activate,
    ResetSecondFactor,
    LinkStaff,
    EndSessions,
    RemoveUser,
    History,
    CarryOut,
    OpenAudit,
    CheckLog,
    StopCheck,
    ExportLog,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Which command.
    pub command: Command,
    /// What it does, for the hint bar.
    pub label: &'static str,
    /// The same where there is room for more words.
    pub words: &'static str,
    /// Its keys where `keymap.toml` names no others, the one to show first.
    pub keys: &'static [Key],
    /// Where it can be given.
    pub place: Place,
    /// What one must be allowed to do.
    pub permission: Option<Permission>,
    /// What is asked before.
    pub risk: Risk,
    /// Whether the hint bar shows it.
    pub hint: bool,
}

pub(super) const fn shown(
    command: Command,
    label: &'static str,
    keys: &'static [Key],
    place: Place,
) -> Entry {
    Entry { command, label, words: label, keys, place, permission: None, risk: Risk::None, hint: true }
}

pub(super) const fn quiet(
    command: Command,
    label: &'static str,
    keys: &'static [Key],
    place: Place,
) -> Entry {
    Entry { hint: false, ..shown(command, label, keys, place) }
}

impl Entry {
    pub(super) const fn in_full(self, words: &'static str) -> Entry {
        Entry { words, ..self }
    }

    /// What tells it from every other row.
    pub fn id(&self) -> (Place, Command) {
        (self.place, self.command)
    }

    /// Its name in `keymap.toml`, under the section of its place.
    pub fn name(&self) -> String {
        self.label.replace(' ', "-")
    }

    /// Whether the palette offers it: not a step within a list or a form, which is nothing to look for by its name.
    pub fn is_for_palette(&self) -> bool {
        use Command::*;
        !matches!(
            self.command,
            Up | Down
                | PageUp
                | PageDown
                | First
                | Last
                | Left
                | Right
                | NextField
                | PreviousField
                | Back
                | MoreTiles
                | Toggle
                | Yes
                | No
                | Palette
        )
    }
}

impl Command {
    /// Whether it leads to another screen.
    pub fn opens_a_screen(self) -> bool {
        matches!(
            self,
            Command::OpenDashboard
                | Command::OpenLoad
                | Command::OpenSecurity
                | Command::OpenUsers
                | Command::OpenAudit
                | Command::OpenRuns
                | Command::OpenExport
                | Command::OpenRecords
        )
    }
}

/// The rows that hold at these places, the most particular place first.
pub fn at(places: &[Place]) -> impl Iterator<Item = &'static Entry> {
    places.iter().flat_map(|place| TABLE.iter().filter(move |entry| entry.place == *place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::model::key::Code;

    #[test]
    fn within_a_place_a_key_means_one_thing() {
        for (position, entry) in TABLE.iter().enumerate() {
            for other in TABLE.iter().skip(position + 1).filter(|other| other.place == entry.place) {
                for key in entry.keys {
                    assert!(!other.keys.contains(key), "{key} at {:?} is clashing", entry.place);
                }
            }
        }
    }

    #[test]
    fn a_place_and_a_name_tell_one_command() {
        for (position, entry) in TABLE.iter().enumerate() {
            for other in TABLE.iter().skip(position + 1).filter(|other| other.place == entry.place) {
                assert_ne!(entry.command, other.command, "{:?}", entry.place);
                assert_ne!(entry.name(), other.name(), "{:?}", entry.place);
            }
        }
    }

    #[test]
    fn what_takes_a_chord_has_another_way_as_well() {
        let is_chord = |key: &Key| key.ctrl || key.alt;
        for entry in TABLE.iter().filter(|entry| entry.keys.iter().any(is_chord)) {
            let plain = entry.keys.iter().any(|key| !is_chord(key) && key.typed().is_none());
            assert!(plain || entry.is_for_palette(), "{:?} at {:?}", entry.command, entry.place);
        }
    }

    #[test]
    fn every_screen_has_a_function_key_and_a_digit() {
        for entry in TABLE.iter().filter(|entry| entry.command.opens_a_screen()) {
            assert!(entry.keys.iter().any(|key| matches!(key.code, Code::F(_))), "{:?}", entry.command);
            assert!(entry.keys.iter().any(|key| key.typed().is_some_and(|c| c.is_ascii_digit())));
        }
    }

    #[test]
    fn every_command_has_a_key_and_a_label() {
        for entry in TABLE {
            assert!(!entry.keys.is_empty() && !entry.label.is_empty(), "{:?}", entry.command);
        }
    }
}
