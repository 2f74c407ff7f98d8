//! The command line: one file a subcommand, over the same services as the screens.

mod api;
mod as_whom;
mod ask;
mod audit;
mod check;
mod configuration;
mod database;
mod demo;
mod doctor;
mod export;
mod failure;
mod import;
mod init;
mod keys;
mod kpi;
mod loading;
mod open;
mod opening;
mod origin;
mod output;
mod person;
mod preview;
mod reading;
mod report;
mod runs;
mod shell;
mod undo;
mod users;
mod watching;

use crate::domain::Username;
use crate::settings::{self, Profile, Settings};
use crate::telemetry::{self, CorrelationId};
use crate::tui::model::keymap::Keymap;
use clap::{Args, Parser, Subcommand};
use failure::{Exit, Failure};
use open::Door;
use person::Person;
use std::path::PathBuf;
use std::process::ExitCode;
use tokio::runtime::{Builder, Runtime};

/// Runs a small retail chain from a terminal.
///
/// Without a command, opens the screens. With no database configured, Storekeeper runs a private one of its own.
#[derive(Debug, Parser)]
#[command(name = "storekeeper", version, max_term_width = 100, after_help = failure::EXIT_CODES)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    /// Open the screens as an administrator without signing in, where the settings allow it; everything is recorded
    #[arg(long)]
    direct: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Args)]
struct Global {
    /// The configuration file, instead of the user's own
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A file with DB_USER, DB_PASSWORD, DB_HOST, DB_PORT and DB_NAME, instead of the .env beside the configuration file
    #[arg(long, global = true, value_name = "FILE")]
    env_file: Option<PathBuf>,
    /// The folder that holds everything a private database keeps (or STOREKEEPER_DATA_DIR)
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// A set of values for one kind of use
    #[arg(long, global = true, value_name = "NAME")]
    profile: Option<Profile>,
    /// Run the command as this user, who signs in for it; otherwise it runs as whoever may read the configuration
    #[arg(long = "as", global = true, value_name = "USER")]
    as_user: Option<Username>,
    /// Read passwords and codes from standard input, one a line
    #[arg(long, global = true)]
    password_stdin: bool,
    /// Draw lines, bars and marks with ASCII alone
    #[arg(long, global = true)]
    ascii: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a plausible bicycle chain to try things on, and open it
    Demo(demo::Demo),
    /// Make the database, its accounts, the schema and the first administrator
    Init(init::Init),
    /// Load CSV files, or a folder of them, all or nothing
    Import(import::Import),
    /// Load from another system's REST API, or find out what it has
    #[command(subcommand)]
    Api(api::ApiCommand),
    /// Hand out tables as CSV or JSON
    Export(export::Export),
    /// Show what was loaded, when and by whom, and the receipt of any load
    Runs(runs::Runs),
    /// Take a load back: rows it brought go, rows it changed become what they were
    Undo(undo::Undo),
    /// Print the figures: gross, net, discount, orders, units, average order value
    Kpi(kpi::Kpi),
    /// Check that the chain agrees with itself: rows, sums, dates, managers, figures
    Check(check::CheckCommand),
    /// Print a report as PDF: customers, sales, stock, what to order
    #[command(subcommand)]
    Report(report::ReportCommand),
    /// Look after the keys that secrets in the database are encrypted with
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Look after the users: who may sign in, and as what
    #[command(subcommand)]
    Users(users::UsersCommand),
    /// Look at the audit log, check it, write it to a file
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Look after the database
    #[command(subcommand)]
    Db(database::DbCommand),
    /// Look at the terminal, the database and the files, and say what to do where one is not well
    Doctor(doctor::Doctor),
    /// Look at the configuration
    #[command(subcommand)]
    Config(configuration::ConfigCommand),
    /// Print the completions for a shell
    Completions(shell::Completions),
    /// Print the manual page
    Man,
    /// Show the pieces the screens are made of
    #[command(hide = true)]
    Gallery,
}

/// Does what was asked and answers the exit code; what went wrong is told on standard error.
pub fn run(cli: Cli) -> ExitCode {
    keep_memory_private();
    let id = CorrelationId::new();
    match carry_out(cli, id) {
        Ok(exit) => exit.into(),
        Err(failure) => failure.tell(id),
    }
}

/// Passwords pass through this process's memory: it leaves no core file, and other processes of the user may not read it
/// (getrlimit(2), RLIMIT_CORE; prctl(2), PR_SET_DUMPABLE). Where the system refuses, the program works all the same.
fn keep_memory_private() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let _ = setrlimit(Resource::Core, none);
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

fn carry_out(cli: Cli, id: CorrelationId) -> Result<Exit, Failure> {
    if let Some(why) =
        as_whom::nobody_signs_in_for(cli.command.as_ref()).filter(|_| cli.global.as_user.is_some())
    {
        return Err(Failure::usage(why));
    }
    let command = match cli.command {
        Some(Command::Completions(completions)) => return completions.print(),
        Some(Command::Man) => return shell::manual(),
        other => other,
    };
    if cli.direct && command.is_some() {
        return Err(Failure::usage("--direct opens the screens; it goes with no command."));
    }
    let door = if cli.direct { Door::Direct } else { Door::SignIn };
    let ascii = cli.global.ascii;
    let person = Person::of(cli.global.as_user.clone(), cli.global.password_stdin);
    let from_input = cli.global.password_stdin;
    let request = request(cli.global, matches!(command, Some(Command::Demo(_))))?;
    if let Some(Command::Doctor(doctor)) = command {
        return examine(doctor, &request);
    }
    let mut loaded = settings::load(&request).map_err(Failure::usage)?;
    loaded.settings.screen.themes_dir = settings::places(&request).map_err(Failure::usage)?.themes;
    loaded.settings.screen.ascii |= ascii;
    if let Some(Command::Config(config)) = command {
        return config.print(&loaded);
    }
    // Before anything is opened: who mistyped a key learns it at once.
    let keymap = match command {
        None | Some(Command::Demo(_)) => open::keymap(loaded.keymap.as_ref())?,
        _ => Keymap::default(),
    };
    let _log = log(&loaded.settings)?;
    let runtime = threads()?;
    let done = runtime.block_on(id.of("command", async {
        let settings = &mut loaded.settings;
        match command {
            None => open::screens(settings, keymap, door).await,
            Some(Command::Demo(demo)) => demo.run(settings, keymap).await,
            Some(Command::Export(export)) => export.run(settings, &person).await,
            Some(Command::Keys(keys)) => keys.run(settings, &person).await,
            Some(Command::Init(init)) => init.run(settings, from_input).await,
            Some(Command::Import(import)) => import.run(settings, &person).await,
            Some(Command::Api(api)) => api.run(settings, &person).await,
            Some(Command::Kpi(kpi)) => kpi.run(settings, &person).await,
            Some(Command::Check(check)) => check.run(settings, &person).await,
            Some(Command::Report(report)) => report.run(settings, &person).await,
            Some(Command::Users(users)) => users.run(settings, &person, from_input).await,
            Some(Command::Audit(audit)) => audit.run(settings, &person).await,
            Some(Command::Runs(runs)) => runs.run(settings, &person).await,
            Some(Command::Undo(undo)) => undo.run(settings, &person).await,
            Some(Command::Db(db)) => db.run(settings, &person).await,
            Some(Command::Gallery) => open::gallery(settings).await,
            Some(Command::Doctor(_) | Command::Config(_) | Command::Completions(_) | Command::Man) => {
                Ok(Exit::Done)
            }
        }
    }));
    // A thread that still hashes a password, or reads the terminal, must not keep the program from ending.
    runtime.shutdown_background();
    done
}

/// The doctor works where other commands do not: without settings, without a log, without a folder for either.
fn examine(doctor: doctor::Doctor, request: &settings::Request) -> Result<Exit, Failure> {
    let loaded = settings::load(request);
    let settings = loaded.as_ref().map(|loaded| &loaded.settings).map_err(ToString::to_string);
    let _log =
        settings.as_ref().ok().filter(|settings| settings.data_dir.is_dir()).map(|settings| log(settings));
    let places = settings::places(request).map_err(Failure::usage)?;
    let runtime = threads()?;
    let done = runtime.block_on(doctor.run(settings, places));
    runtime.shutdown_background();
    done
}

fn log(settings: &Settings) -> Result<telemetry::Guard, Failure> {
    let log = &settings.log;
    telemetry::start(&settings.data_dir, log.level.into(), log.keep_days).map_err(Failure::of)
}

fn threads() -> Result<Runtime, Failure> {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(|cause| {
        Failure::new(Exit::Failed, format!("The program can not start its threads: {cause}."))
    })
}

fn request(global: Global, demo: bool) -> Result<settings::Request, Failure> {
    let mut request = settings::Request::from_process().map_err(Failure::usage)?;
    request.config = global.config;
    request.env_file = global.env_file;
    request.profile = global.profile;
    request.data_dir = global.data_dir;
    if demo && request.data_dir.is_none() && !request.environment.contains_key("STOREKEEPER_DATA_DIR") {
        // The demo never meets a real chain: it has a folder of its own unless one is named.
        request.data_dir = request.home.as_ref().map(|home| home.data.join("storekeeper-demo"));
    }
    Ok(request)
}
