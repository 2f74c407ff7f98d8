//! Where commands can be given: a screen, a state of one, or what lies over it.

use crate::domain::Permission;

/// Where a command can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is a screen, a state of one, or what lies over it")]
pub enum Place {
    Everywhere,
    SignedIn,
    SignIn,
    Step,
    BackupCodes,
    Security,
    Lock,
    Dashboard,
    DashboardDays,
    LoadForm,
    LoadChoices,
    LoadServer,
    LoadServerChoices,
    LoadEndpoints,
    EndpointForm,
    SourceText,
    LoadColumns,
    MappingName,
    LoadRunning,
    LoadPreview,
    LoadDone,
    LoadRejects,
    RejectRow,
    RejectParent,
    Runs,
    RunDetails,
    RunUndo,
    Export,
    ExportPath,
    Exporting,
    Rows,
    Table,
    Columns,
    Find,
    Form,
    List,
    Log,
    Question,
    Proof,
    Text,
    Help,
    Gallery,
    Questions,
    Users,
    UserDetails,
    NewUser,
    TemporaryPassword,
    Audit,
    AuditChecking,
    AuditFilter,
    AuditExport,
    AuditEntry,
    Records,
    Record,
    EditForm,
    EditClash,
    RecordText,
    Search,
    Folder,
    Printed,
    Printing,
    Database,
    DatabaseWorking,
}

impl Place {
    /// All of them, in the order the help shows them.
    pub const EACH: [Place; 63] = [
        Place::SignIn,
        Place::Step,
        Place::BackupCodes,
        Place::Security,
        Place::Lock,
        Place::Dashboard,
        Place::DashboardDays,
        Place::LoadForm,
        Place::LoadChoices,
        Place::LoadServer,
        Place::LoadServerChoices,
        Place::LoadEndpoints,
        Place::EndpointForm,
        Place::SourceText,
        Place::LoadColumns,
        Place::MappingName,
        Place::LoadRunning,
        Place::LoadPreview,
        Place::LoadDone,
        Place::LoadRejects,
        Place::RejectRow,
        Place::RejectParent,
        Place::Runs,
        Place::RunDetails,
        Place::RunUndo,
        Place::Export,
        Place::ExportPath,
        Place::Exporting,
        Place::Users,
        Place::UserDetails,
        Place::NewUser,
        Place::TemporaryPassword,
        Place::Audit,
        Place::AuditChecking,
        Place::AuditFilter,
        Place::AuditExport,
        Place::AuditEntry,
        Place::Records,
        Place::Record,
        Place::EditForm,
        Place::EditClash,
        Place::RecordText,
        Place::Search,
        Place::Folder,
        Place::Printed,
        Place::Printing,
        Place::Database,
        Place::DatabaseWorking,
        Place::SignedIn,
        Place::Everywhere,
        Place::Rows,
        Place::Table,
        Place::Columns,
        Place::Find,
        Place::Form,
        Place::List,
        Place::Log,
        Place::Question,
        Place::Proof,
        Place::Text,
        Place::Help,
        Place::Gallery,
        Place::Questions,
    ];

    /// Its name in `keymap.toml`.
    pub fn section(self) -> &'static str {
        match self {
            Place::Everywhere => "everywhere",
            Place::SignedIn => "signed-in",
            Place::SignIn => "sign-in",
            Place::Step => "sign-in-step",
            Place::BackupCodes => "backup-codes",
            Place::Security => "security",
            Place::Lock => "locked",
            Place::Dashboard => "dashboard",
            Place::DashboardDays => "dashboard-days",
            Place::LoadForm => "load-form",
            Place::LoadChoices => "load-choices",
            Place::LoadServer => "load-server",
            Place::LoadServerChoices => "load-server-choices",
            Place::LoadEndpoints => "load-tables",
            Place::EndpointForm => "load-table",
            Place::SourceText => "source-text",
            Place::LoadColumns => "load-columns",
            Place::MappingName => "mapping-name",
            Place::LoadRunning => "load-running",
            Place::LoadPreview => "load-preview",
            Place::LoadDone => "load-done",
            Place::LoadRejects => "load-rejects",
            Place::RejectRow => "rejected-row",
            Place::RejectParent => "missing-row",
            Place::Runs => "loads",
            Place::RunDetails => "one-load",
            Place::RunUndo => "undo-load",
            Place::Export => "export",
            Place::ExportPath => "export-path",
            Place::Exporting => "exporting",
            Place::Rows => "rows",
            Place::Table => "table",
            Place::Columns => "columns",
            Place::Find => "find",
            Place::Form => "form",
            Place::List => "list",
            Place::Log => "log",
            Place::Question => "question",
            Place::Proof => "proof",
            Place::Text => "text",
            Place::Help => "help",
            Place::Gallery => "gallery",
            Place::Questions => "gallery-questions",
            Place::Users => "users",
            Place::UserDetails => "user-details",
            Place::NewUser => "new-user",
            Place::TemporaryPassword => "temporary-password",
            Place::Audit => "audit-log",
            Place::AuditChecking => "audit-log-checking",
            Place::AuditFilter => "audit-log-filter",
            Place::AuditExport => "audit-log-export",
            Place::AuditEntry => "audit-log-entry",
            Place::Records => "records",
            Place::Record => "record",
            Place::EditForm => "record-form",
            Place::EditClash => "record-clash",
            Place::RecordText => "record-text",
            Place::Search => "search",
            Place::Folder => "report-folder",
            Place::Printed => "report-printed",
            Place::Printing => "report-printing",
            Place::Database => "database",
            Place::DatabaseWorking => "database-working",
        }
    }

    /// What one must be allowed to do to come there at all.
    pub fn permission(self) -> Option<Permission> {
        match self {
            Place::Dashboard | Place::DashboardDays | Place::Security | Place::SignedIn | Place::Text => {
                Some(Permission::ViewDashboard)
            }
            Place::LoadForm
            | Place::LoadChoices
            | Place::LoadServer
            | Place::LoadServerChoices
            | Place::LoadEndpoints
            | Place::EndpointForm
            | Place::SourceText
            | Place::LoadColumns
            | Place::MappingName
            | Place::LoadRunning
            | Place::LoadPreview
            | Place::LoadDone
            | Place::LoadRejects
            | Place::RejectRow
            | Place::RejectParent
            | Place::Runs
            | Place::RunDetails
            | Place::RunUndo => Some(Permission::ImportData),
            Place::Export | Place::ExportPath | Place::Exporting => Some(Permission::ExportData),
            Place::Users | Place::UserDetails => Some(Permission::ViewUsers),
            Place::NewUser => Some(Permission::CreateUsers),
            Place::TemporaryPassword => Some(Permission::ModifyUsers),
            Place::Audit | Place::AuditFilter | Place::AuditExport | Place::AuditEntry => {
                Some(Permission::ViewLogs)
            }
            Place::AuditChecking | Place::Database | Place::DatabaseWorking => {
                Some(Permission::ManageDatabase)
            }
            Place::Records | Place::Record | Place::Search => Some(Permission::ViewData),
            Place::EditForm | Place::EditClash => Some(Permission::ModifyData),
            Place::RecordText => Some(Permission::ViewLogs),
            Place::Folder | Place::Printed | Place::Printing => Some(Permission::ExportData),
            _ => None,
        }
    }

    /// Whether a key with a character is always text there.
    pub fn is_for_text(self) -> bool {
        matches!(
            self,
            Place::SignIn
                | Place::Step
                | Place::Lock
                | Place::Find
                | Place::Form
                | Place::DashboardDays
                | Place::List
                | Place::Proof
                | Place::NewUser
                | Place::LoadForm
                | Place::LoadServer
                | Place::EndpointForm
                | Place::ExportPath
                | Place::MappingName
                | Place::RejectRow
                | Place::RejectParent
                | Place::AuditFilter
                | Place::AuditExport
                | Place::EditForm
                | Place::Search
                | Place::Folder
        )
    }

    /// Whether it is a part of the hidden gallery.
    pub fn is_of_the_gallery(self) -> bool {
        matches!(self, Place::Gallery | Place::Questions)
    }

    /// Its name as a heading of the help.
    pub fn heading(self) -> &'static str {
        match self {
            Place::Everywhere => "Everywhere",
            Place::SignedIn => "On every screen",
            Place::SignIn => "Sign in",
            Place::Step => "Codes and passwords",
            Place::BackupCodes => "New backup codes",
            Place::Security => "Security",
            Place::Lock => "Locked screen",
            Place::Dashboard => "Dashboard",
            Place::DashboardDays => "Dashboard: which days",
            Place::LoadForm => "Load data: the files",
            Place::LoadChoices => "Load data: how",
            Place::LoadServer => "Load from a server: which",
            Place::LoadServerChoices => "Load from a server: how",
            Place::LoadEndpoints => "Load from a server: the tables",
            Place::EndpointForm => "One table of a server",
            Place::SourceText => "A server for the configuration",
            Place::LoadColumns => "Load data: the columns",
            Place::MappingName => "Name of a mapping",
            Place::LoadRunning => "While data is loaded",
            Place::LoadPreview => "Preview of a load",
            Place::LoadDone => "After a load",
            Place::LoadRejects => "Rejected rows",
            Place::RejectRow => "Cells of a rejected row",
            Place::RejectParent => "A row that is missing",
            Place::Runs => "Loads of the past",
            Place::RunDetails => "One load of the past",
            Place::RunUndo => "Undoing a load",
            Place::Export => "Export",
            Place::ExportPath => "Export: which rows, where to",
            Place::Exporting => "While tables are exported",
            Place::Rows => "Lists, tables and longer texts",
            Place::Table => "Table",
            Place::Columns => "Columns of a table",
            Place::Find => "While a word to find is typed",
            Place::Form => "Form",
            Place::List => "List to choose from",
            Place::Log => "Log",
            Place::Question => "Question",
            Place::Proof => "Question that takes more than a yes",
            Place::Text => "What a figure means",
            Place::Help => "Help",
            Place::Gallery => "Gallery",
            Place::Questions => "Questions of the gallery",
            Place::Users => "Users",
            Place::UserDetails => "One user",
            Place::NewUser => "New user",
            Place::TemporaryPassword => "Temporary password",
            Place::Audit => "Audit log",
            Place::AuditChecking => "While the audit log is checked",
            Place::AuditFilter => "Entries to show",
            Place::AuditExport => "Audit log to a file",
            Place::AuditEntry => "One entry of the audit log",
            Place::Records => "Tables of records",
            Place::Record => "One record",
            Place::EditForm => "A record that is changed, or made",
            Place::EditClash => "A record that two people changed",
            Place::RecordText => "What is told of a record",
            Place::Search => "Search",
            Place::Folder => "Folder for a report",
            Place::Printed => "After a report was printed",
            Place::Printing => "While reports are printed",
            Place::Database => "Database",
            Place::DatabaseWorking => "While something is done with the database",
        }
    }
}
