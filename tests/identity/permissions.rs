//! Who may do what: every role, every service function that takes a permission, every command.

mod as_whom;
mod oneself;
mod round_trips;

use crate::support;
use crate::support::people::{COST, PASSWORD, add_user, policy, signed_in};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use jiff::civil::date;
use jiff::{Timestamp, Zoned};
use mysql_async::prelude::Queryable;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use storekeeper::db::Db;
use storekeeper::db::audit::Filter as LogFilter;
use storekeeper::db::user_list::UserPage;
use storekeeper::domain::check::Check;
use storekeeper::domain::records::RowId;
use storekeeper::domain::records::edit::Doomed;
use storekeeper::domain::{
    Filter, Measure, Month, Period, PeriodKind, Permission, Role, RunId, Scope, Table, Username,
};
use storekeeper::report::Format;
use storekeeper::service::administration::first_administrator;
use storekeeper::service::authorized::*;
use storekeeper::service::demo::{self, Plan};
use storekeeper::service::export::{self, Destination};
use storekeeper::service::{
    Policy, Session, api, audit, check, database, editing, figures, history, import, look, mend, records,
    reports, targets, user_list, users, vault,
};
use storekeeper::settings::{self, Settings};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// The table of permissions, as the design has it.
const TABLE: [(Permission, [bool; 3]); 13] = {
    use Permission::*;
    let (everybody, managers, administrators) =
        ([true, true, true], [false, true, true], [false, false, true]);
    [
        (ViewDashboard, everybody),
        (ViewData, everybody),
        (ExportData, everybody),
        (ImportData, managers),
        (ModifyData, managers),
        (ViewUsers, managers),
        (ViewLogs, managers),
        (DeleteData, administrators),
        (ManageDatabase, administrators),
        (CreateUsers, administrators),
        (ModifyUsers, administrators),
        (DeleteUsers, administrators),
        (SystemSettings, administrators),
    ]
};

fn may(role: Role, permission: Permission) -> bool {
    let row = TABLE.iter().find(|(known, _)| *known == permission).unwrap();
    row.1[Role::EACH.iter().position(|known| *known == role).unwrap()]
}

#[test]
fn the_roles_have_the_thirteen_permissions_of_the_design() {
    for (permission, expected) in TABLE {
        let found = Role::EACH.map(|role| role.allows(permission));
        assert_eq!(found, expected, "{permission:?}");
    }
}

/// What the functions are called with.
#[derive(Clone)]
struct Scene {
    db: Db,
    session: Session,
    policy: Policy,
    folder: PathBuf,
}

type Called = BoxFuture<'static, Result<(), String>>;
type Function = (&'static str, Permission, fn(Scene) -> Called);

fn told<T, E: Display>(done: Result<T, E>) -> Result<(), String> {
    done.map(drop).map_err(|error| error.to_string())
}

/// One row of the table below: calls a function with proof from a session that was an administrator's when it began.
macro_rules! function {
    ($name:literal, $grant:ident, |$scene:ident, $by:ident| $call:expr) => {
        ($name, Permission::$grant, |$scene: Scene| {
            async move {
                let $by = &$scene.session.require($grant).unwrap();
                told($call.await)
            }
            .boxed()
        })
    };
}

fn nobody() -> Username {
    "nobody.here".parse().unwrap()
}

/// A server that is not there.
fn nowhere() -> api::Target {
    api::Target { address: "http://127.0.0.1:9".to_owned(), ..api::Target::default() }
}

fn settings(folder: &Path) -> Settings {
    let environment = [("STOREKEEPER__API__ATTEMPTS".to_owned(), "1".to_owned())].into();
    let request =
        settings::Request { data_dir: Some(folder.to_owned()), environment, ..settings::Request::default() };
    settings::load(&request).unwrap().settings
}

const MONTH: fn() -> Filter = || Filter {
    period: Period::holding(PeriodKind::Month, date(2026, 5, 1)),
    as_of: None,
    store: None,
    measure: Measure::Booked,
};

/// A record that is not there.
const BRAND: RowId = RowId { table: Table::Brands, key: [404, 0] };

fn functions() -> Vec<Function> {
    vec![
        function!("figures::stores", ViewDashboard, |s, by| figures::stores(by, &s.db)),
        function!("figures::calendar", ViewDashboard, |s, by| figures::calendar(
            by,
            &s.db,
            None,
            Timestamp::now()
        )),
        function!("sales::figures", ViewDashboard, |s, by| figures::figures(by, &s.db, &Scope::default())),
        function!("figures::my_manager", ViewDashboard, |s, by| figures::my_manager(by, &s.db)),
        function!("sales::comparison", ViewDashboard, |s, by| async move {
            figures::comparison(by, &s.db, &MONTH(), date(2026, 5, 2)).await
        }),
        function!("sales::open_orders", ViewDashboard, |s, by| async move {
            figures::open_orders(by, &s.db, &MONTH(), date(2026, 5, 2)).await
        }),
        function!("sales::sales", ViewDashboard, |s, by| figures::sales(by, &s.db, &Scope::default())),
        function!("sales::products", ViewDashboard, |s, by| figures::products(
            by,
            &s.db,
            &Scope::default(),
            3
        )),
        function!("stock::low_stock", ViewDashboard, |s, by| figures::low_stock(by, &s.db, None, 3)),
        function!("stock::promised", ViewDashboard, |s, by| figures::promised(by, &s.db, None, 3)),
        function!("stock::slow_stock", ViewDashboard, |s, by| async move {
            figures::slow_stock(by, &s.db, &MONTH(), date(2026, 5, 2), 3).await
        }),
        function!("stock::stock_value", ViewDashboard, |s, by| figures::stock_value(by, &s.db, None)),
        function!("targets::of_month", ModifyData, |s, by| async move {
            targets::of_month(by, &s.db, None, Month::of(date(2026, 5, 1))).await
        }),
        function!("targets::set", ModifyData, |s, by| async move {
            targets::set(by, &s.db, Month::of(date(2026, 5, 1)), &[]).await
        }),
        function!("records::page", ViewData, |s, by| async move {
            let rows = records::Rows {
                table: Table::Brands,
                filter: storekeeper::domain::records::Filter::default(),
                order: None,
                after: None,
                up: false,
                limit: 5,
            };
            records::page(by, &s.db, rows, Timestamp::now(), &CancellationToken::new()).await
        }),
        function!("records::record", ViewData, |s, by| async move {
            let id = storekeeper::domain::records::RecordId::Store(storekeeper::domain::StoreId(404));
            records::record(by, &s.db, id, Timestamp::now(), &CancellationToken::new()).await
        }),
        function!("records::search", ViewData, |s, by| async move {
            records::search(by, &s.db, "nobody", &CancellationToken::new()).await
        }),
        function!("editing::form", ModifyData, |s, by| editing::form(by, &s.db, Table::Brands, None)),
        function!("save::create", ModifyData, |s, by| async move {
            editing::create(by, &s.db, Table::Brands, &vec![Some("Vind".to_owned())]).await
        }),
        function!("save::change", ModifyData, |s, by| async move {
            editing::change(by, &s.db, BRAND, 1, &vec![Some("Regn".to_owned())]).await
        }),
        function!("delete::doomed", DeleteData, |s, by| editing::doomed(by, &s.db, BRAND)),
        function!("delete::delete", DeleteData, |s, by| async move {
            let doomed =
                Doomed { row: BRAND, version: 1, name: "nothing".to_owned(), references: Vec::new() };
            editing::delete(by, &s.db, &doomed).await
        }),
        function!("history::history", ViewLogs, |s, by| editing::history(by, &s.db, BRAND)),
        function!("export::export", ExportData, |s, by| {
            let request = export::Request {
                tables: vec![Table::Brands],
                format: Format::Csv,
                exact: false,
                only: storekeeper::etl::Filter::default(),
                to: Destination::File(s.folder.join("out.csv")),
            };
            async move {
                let (progress, cancel) = (watch::Sender::default(), CancellationToken::new());
                export::export(by, &s.db, &request, Timestamp::now(), &progress, &cancel).await
            }
        }),
        function!("reports::print", ExportData, |s, by| {
            let request = reports::Request {
                what: reports::What::LowStock(None),
                folder: s.folder.join("reports"),
                look: settings(&s.folder).report,
                now: Zoned::now(),
            };
            async move {
                reports::print(by, &s.db, &request, &watch::Sender::default(), &CancellationToken::new())
                    .await
            }
        }),
        function!("server::test", ImportData, |s, by| async move {
            let settings = settings(&s.folder);
            api::test(by, &s.db, &settings, &nowhere(), &CancellationToken::new()).await
        }),
        function!("server::discover", ImportData, |s, by| async move {
            let settings = settings(&s.folder);
            let progress = watch::Sender::default();
            api::discover(by, &s.db, &settings, &nowhere(), &progress, &CancellationToken::new()).await
        }),
        function!("saved::save", ImportData, |s, by| async move {
            let (settings, cancel) = (settings(&s.folder), CancellationToken::new());
            api::save(by, &s.db, &settings, &nowhere(), &s.folder, &watch::Sender::default(), &cancel).await
        }),
        function!("read::read", ImportData, |s, by| async move {
            let (settings, cancel) = (settings(&s.folder), CancellationToken::new());
            let (chosen, progress) = (api::Chosen::default(), watch::Sender::default());
            api::read(by, &s.db, &settings, (&nowhere(), false), chosen, &progress, &cancel).await
        }),
        function!("load::load_rows", ImportData, |s, by| async move {
            let (rows, request, progress) =
                (api::Rows::default(), import::Request::default(), watch::Sender::default());
            let (left_out, cancel) = (api::LeftOut::new(), CancellationToken::new());
            api::load_rows(by, &s.db, &rows, &left_out, &request, &progress, &cancel).await
        }),
        function!("named::keep", SystemSettings, |s, by| async move {
            let source = settings::NewSource { name: "walker".to_owned(), ..Default::default() };
            api::keep(by, &s.db, &settings(&s.folder), &source).await
        }),
        function!("load::load", ImportData, |s, by| async move {
            let (settings, cancel) = (settings(&s.folder), CancellationToken::new());
            let (request, progress) = (import::Request::default(), watch::Sender::default());
            api::load(by, &s.db, &settings, (&nowhere(), false), &request, &progress, &cancel).await
        }),
        function!("import::load", ImportData, |s, by| {
            let request = import::Request { paths: vec![s.folder.join("brands.csv")], ..Default::default() };
            async move {
                import::load(by, &s.db, &request, &watch::Sender::default(), &CancellationToken::new()).await
            }
        }),
        function!("look::look", ImportData, |s, by| {
            let place =
                look::Place { path: s.folder.join("brands.csv"), table: None, reading: Default::default() };
            async move {
                let (mapping, dates) = (Default::default(), Default::default());
                look::look(by, &s.db, vec![place], mapping, dates, &CancellationToken::new()).await
            }
        }),
        function!("mend::rejects", ImportData, |s, by| {
            let place = s.folder.join("rejects-0.csv");
            async move { mend::rejects(by, &s.db, place, Default::default()).await }
        }),
        function!("mend::next_number", ImportData, |s, by| mend::next_number(by, &s.db, Table::Brands)),
        function!("mend::add_row", ImportData, |s, by| {
            let cells = vec![("brand_name".to_owned(), "Walker".to_owned())];
            async move { mend::add_row(by, &s.db, Table::Brands, cells, true, &CancellationToken::new()).await }
        }),
        function!("users::list", ViewUsers, |s, by| users::list(by, &s.db)),
        function!("users::find", ViewUsers, |s, by| async move { users::find(by, &s.db, &nobody()).await }),
        function!("users::history", ViewLogs, |s, by| async move {
            users::history(by, &s.db, &nobody(), 5).await
        }),
        function!("temporary::create", CreateUsers, |s, by| async move {
            users::create(by, &s.db, &"walker".parse().unwrap(), Role::Employee, None, COST).await
        }),
        function!("change::change_role", ModifyUsers, |s, by| async move {
            users::change_role(by, &s.db, &nobody(), Role::Manager).await
        }),
        function!("change::set_active", ModifyUsers, |s, by| async move {
            users::set_active(by, &s.db, &nobody(), false).await
        }),
        function!(
            "change::unlock",
            ModifyUsers,
            |s, by| async move { users::unlock(by, &s.db, &nobody()).await }
        ),
        function!("change::reset_second_factor", ModifyUsers, |s, by| async move {
            users::reset_second_factor(by, &s.db, &nobody()).await
        }),
        function!("change::link_staff", ModifyUsers, |s, by| async move {
            users::link_staff(by, &s.db, &nobody(), None).await
        }),
        function!("change::end_sessions", ModifyUsers, |s, by| async move {
            users::end_sessions(by, &s.db, &nobody()).await
        }),
        function!("temporary::reset_password", ModifyUsers, |s, by| async move {
            users::reset_password(by, &s.db, &nobody(), COST).await
        }),
        function!(
            "change::remove",
            DeleteUsers,
            |s, by| async move { users::remove(by, &s.db, &nobody()).await }
        ),
        function!("audit::page", ViewLogs, |s, by| async move {
            audit::page(by, &s.db, &LogFilter::default(), None, 5).await
        }),
        function!("audit::page_up", ViewLogs, |s, by| async move {
            audit::page_up(by, &s.db, &LogFilter::default(), None, 5).await
        }),
        function!("audit::entry", ViewLogs, |s, by| audit::entry(by, &s.db, 1)),
        function!("audit::verify", ViewLogs, |s, by| audit::verify(by, &s.db, None)),
        function!("audit::verify_telling", ViewLogs, |s, by| audit::verify_telling(by, &s.db, |_, _| true)),
        function!("user_list::page", ViewUsers, |s, by| async move {
            user_list::page(by, &s.db, &UserPage::default()).await
        }),
        function!("user_list::staff", ModifyUsers, |s, by| user_list::staff(by, &s.db)),
        function!("history::runs", ImportData, |s, by| history::runs(by, &s.db, 5)),
        function!("history::run", ImportData, |s, by| history::run(by, &s.db, RunId(1))),
        function!("history::undo", ImportData, |s, by| async move {
            history::undo(by, &s.db, RunId(404), true, &CancellationToken::new()).await
        }),
        function!("audit::export", ViewLogs, |s, by| async move {
            audit::export(by, &s.db, &LogFilter::default(), audit::Format::Csv, &s.folder.join("log.csv"))
                .await
        }),
        function!("administration::first_administrator", CreateUsers, |s, by| async move {
            first_administrator(by, &s.db, &nobody(), PASSWORD.into(), &s.policy).await
        }),
        function!("make::make", ManageDatabase, |s, by| async move {
            let plan = Plan { orders: 10, seed: 1, until: date(2026, 3, 14) };
            demo::make(by, &s.db, &plan, COST, &watch::Sender::default(), &CancellationToken::new()).await
        }),
        function!("clear::clear", ManageDatabase, |s, by| async move {
            demo::clear(by, &s.db, &CancellationToken::new()).await
        }),
        function!("database::look", ManageDatabase, |s, by| database::look(by, &s.db, Timestamp::now)),
        function!("database::count", ManageDatabase, |s, by| async move {
            database::count(by, &s.db, Table::Orders, &CancellationToken::new()).await
        }),
        function!("database::migrate", ManageDatabase, |s, by| async move {
            // No server is to be started or found by this.
            let mut settings = settings(&s.folder);
            settings.database.socket = Some(s.folder.join("no.sock"));
            database::migrate(by, &s.db, &settings).await
        }),
        function!("check::check", ManageDatabase, |s, by| async move {
            check::check(by, &s.db, Check::Figures, &CancellationToken::new()).await
        }),
        function!("rotation::keys", SystemSettings, |s, by| vault::keys(by, &s.db, &s.policy)),
        function!("rotation::rotate", SystemSettings, |s, by| vault::rotate(
            by,
            &s.db,
            &s.policy,
            Timestamp::now()
        )),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_service_function_asks_the_database_what_the_role_is_now() {
    let folder = TempDir::new().unwrap();
    let db = support::chain().await;
    add_user(&db, "walker", Role::Administrator).await;
    let session = signed_in(&db, "walker").await;
    for role in Role::EACH {
        let changed = format!("UPDATE users SET role = '{role}' WHERE username = 'walker'");
        db.conn().await.unwrap().query_drop(changed).await.unwrap();
        for (name, permission, call) in functions() {
            for file in ["out.csv", "log.csv"] {
                let _ = std::fs::remove_file(folder.path().join(file));
            }
            std::fs::write(folder.path().join("brands.csv"), "brand_id,brand_name\n1,Heron\n").unwrap();
            let scene = Scene {
                db: db.clone(),
                session: session.clone(),
                policy: policy(folder.path()),
                folder: folder.path().to_owned(),
            };
            let done = call(scene).await;
            let refused = done.as_ref().is_err_and(|error| error.contains("may not"));
            assert_eq!(refused, !may(role, permission), "{role} {name}: {done:?}");
        }
    }
}

#[test]
fn no_service_function_with_a_permission_is_forgotten_above() {
    let known: Vec<&str> = functions().into_iter().map(|(name, ..)| name).collect();
    let mut found = Vec::new();
    collect(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/service")), &mut found);
    let forgotten: Vec<&String> = found.iter().filter(|name| !known.contains(&name.as_str())).collect();
    assert!(forgotten.is_empty(), "not walked: {forgotten:?}");
    assert!(found.len() >= known.len(), "{found:?}");
}

/// The names of public functions that take proof of a permission.
fn collect(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for part in text.split("pub async fn ").skip(1) {
            let signature = part.split("->").next().unwrap();
            if signature.contains("&Authorized<") || signature.contains("by: &May") {
                let name = signature.split(['(', '<']).next().unwrap();
                let stem = path.file_stem().unwrap();
                let module = if stem == "mod" { folder.file_name().unwrap() } else { stem };
                found.push(format!("{}::{name}", module.to_string_lossy()));
            }
        }
    }
}

/// Commands that ask for a permission, and which.
fn commands(folder: &Path) -> Vec<(Vec<String>, Permission)> {
    let [brands, log] = ["brands.csv", "log.csv"].map(|name| folder.join(name).display().to_string());
    let row = |line: &str, permission| {
        let words =
            line.split(' ').map(|word| word.replace("BRANDS", &brands).replace("LOG", &log)).collect();
        (words, permission)
    };
    vec![
        row("kpi", Permission::ViewDashboard),
        row("export brands", Permission::ExportData),
        row("report customer 404", Permission::ExportData),
        row("report sales", Permission::ExportData),
        row("report stock", Permission::ExportData),
        row("report low-stock", Permission::ExportData),
        row("import BRANDS --dry-run", Permission::ImportData),
        row("api test http://127.0.0.1:9", Permission::ImportData),
        row("api discover http://127.0.0.1:9", Permission::ImportData),
        row("api load http://127.0.0.1:9", Permission::ImportData),
        row("users list", Permission::ViewUsers),
        row("users show nobody.here", Permission::ViewUsers),
        row("users history nobody.here", Permission::ViewLogs),
        row("users create employee --role manager", Permission::CreateUsers),
        row("users role nobody.here manager", Permission::ModifyUsers),
        row("users activate nobody.here", Permission::ModifyUsers),
        row("users deactivate nobody.here", Permission::ModifyUsers),
        row("users unlock nobody.here", Permission::ModifyUsers),
        row("users reset-password nobody.here", Permission::ModifyUsers),
        row("users reset-2fa nobody.here", Permission::ModifyUsers),
        row("users link nobody.here --none", Permission::ModifyUsers),
        row("users end-sessions nobody.here", Permission::ModifyUsers),
        row("users remove nobody.here --yes", Permission::DeleteUsers),
        row("audit list", Permission::ViewLogs),
        row("audit verify", Permission::ViewLogs),
        row("audit export LOG", Permission::ViewLogs),
        row("keys show", Permission::SystemSettings),
        row("keys rotate", Permission::SystemSettings),
        row("runs", Permission::ImportData),
        row("runs show 404", Permission::ImportData),
        row("undo 404", Permission::ImportData),
        row("check", Permission::ManageDatabase),
        row("db status", Permission::ManageDatabase),
        row("db migrate", Permission::ManageDatabase),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_run_as_somebody_who_may_not_ends_with_exit_code_4() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("brands.csv"), "brand_id,brand_name\n1,Heron\n").unwrap();
    let db = support::chain().await;
    for role in [Role::Employee, Role::Manager] {
        add_user(&db, role.word(), role).await;
        for (words, permission) in commands(folder.path()) {
            let told = typed(&db, folder.path(), Some(role.word()), &words, PASSWORD);
            assert_eq!(told.0 == Some(4), !may(role, permission), "{role} {words:?}: {told:?}");
        }
    }
    for (words, _) in commands(folder.path()) {
        let told = typed(&db, folder.path(), None, &words, "");
        assert_ne!(told.0, Some(4), "operator {words:?}: {told:?}");
    }
    let wrong = typed(&db, folder.path(), Some("manager"), &["kpi".to_owned()], "Wr0ng!Wr0ng!");
    assert!(wrong.0 == Some(4) && wrong.1.contains("do not go together"), "{wrong:?}");
    let open: Option<u64> = db
        .conn()
        .await
        .unwrap()
        .query_first("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL")
        .await
        .unwrap();
    assert_eq!(open, Some(0), "a command's session ends with it");
}

/// Runs a command on the test's chain; answers the exit code and what went wrong.
pub(crate) fn typed(
    db: &Db,
    folder: &Path,
    person: Option<&str>,
    words: &[String],
    password: &str,
) -> (Option<i32>, String) {
    let socket = db.target().address.to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_storekeeper"));
    command
        .env_clear()
        .env("HOME", folder)
        .env("STOREKEEPER__DATABASE__SOCKET", socket)
        .env("STOREKEEPER__DATABASE__NAME", db.name())
        .env("STOREKEEPER__DATABASE__USER", "root")
        .env("STOREKEEPER__DATABASE__PASSWORD", support::PASSWORD)
        .env("STOREKEEPER__SECURITY__BCRYPT_COST", COST.to_string())
        .env("STOREKEEPER__API__ATTEMPTS", "1")
        .current_dir(folder)
        .arg("--data-dir")
        .arg(folder.join("data"));
    if let Some(person) = person {
        command.args(["--as", person, "--password-stdin"]);
    }
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    // A command that does not ask leaves its input unread.
    let _ = std::io::Write::write_all(&mut running.stdin.take().unwrap(), format!("{password}\n").as_bytes());
    let output = running.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}
