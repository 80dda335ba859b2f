//! The operator's commands. Bare `api` is `api serve`.

mod backup_file;
mod check_config;
mod create_admin;
mod db_backup;
mod db_restore;
mod docs;
mod generate_city;
mod postgres_tools;
mod progress;
mod serve;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use shared::config::{Config, ConfigError};
use shared::database::Database;
use shared::ports::clock::{Clock, SystemClock};

use self::check_config::RefusedMail;
use crate::embedded::EmbeddedError;

/// The exit code of a wrong configuration (`EX_CONFIG` of sysexits.h).
const EX_CONFIG: u8 = 78;

/// Whatever ends a command early.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Kith's API.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Configured(Configured),
    /// Print a document of the API. It needs no configuration and no database.
    Docs {
        /// Which.
        document: docs::Document,
    },
}

/// What begins with the configuration.
#[derive(Debug, Subcommand)]
enum Configured {
    /// Serve HTTP and sockets; without Redis, run the worker too. This is the default.
    Serve,
    /// Bring the database's schema up to date.
    Migrate,
    /// Print the configuration in force, secrets hidden, what it connects to and what is missing; start nothing. The
    /// exit code is 78 when `serve` or a worker would refuse it.
    CheckConfig,
    /// Make an account of the staff, or make an account one. The password is asked for, or read from the
    /// environment variable `KITH_ADMIN_PASSWORD`.
    CreateAdmin(create_admin::Options),
    /// Write the whole database into one file, while everything runs.
    DbBackup {
        /// Where to; else into the folder `backups` of `KITH_DATA`, by the time's name.
        file: Option<PathBuf>,
    },
    /// Put a backup in the place of the database, while nothing runs.
    DbRestore {
        /// From where; else from the newest in the folder `backups` of `KITH_DATA`.
        file: Option<PathBuf>,
        /// The accounts that are in the database may go.
        #[arg(long)]
        yes: bool,
    },
    /// Load the provinces and cities that ship with Kith; those that are there already are renewed.
    GenerateCity,
}

/// Runs the command that the process was given.
pub async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let command = match arguments.command.unwrap_or(Command::Configured(Configured::Serve)) {
        Command::Docs { document } => return ended(docs::print_document(document)),
        Command::Configured(command) => command,
    };
    shared::tls::choose_provider();
    let config = match Config::load() {
        Ok(config) => config,
        Err(error) => return refuse(&error, EX_CONFIG),
    };
    let _telemetry = match shared::telemetry::init(&config, "kith-api") {
        Ok(telemetry) => telemetry,
        Err(error) => return refuse(&error, EX_CONFIG),
    };
    ended(match command {
        Configured::Serve => Box::pin(serve::serve(config)).await,
        Configured::Migrate => migrate(&config).await,
        Configured::CheckConfig => check_config::check_config(&config),
        Configured::CreateAdmin(options) => Box::pin(create_admin::create_admin(config, options)).await,
        Configured::DbBackup { file } => db_backup::db_backup(&config, file).await,
        Configured::DbRestore { file, yes } => Box::pin(db_restore::db_restore(&config, file, yes)).await,
        Configured::GenerateCity => Box::pin(generate_city::generate_city(config)).await,
    })
}

/// The exit code of a command that ended.
fn ended(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let wrong = error.is::<ConfigError>() || error.is::<EmbeddedError>() || error.is::<RefusedMail>();
            refuse(&error, if wrong { EX_CONFIG } else { 1 })
        }
    }
}

fn refuse(error: &dyn std::fmt::Display, code: u8) -> ExitCode {
    // A closed standard error is nobody to tell.
    let _ = writeln!(std::io::stderr(), "api: {error}");
    ExitCode::from(code)
}

fn print(text: &str) -> Result<(), Failure> {
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

async fn migrate(config: &Config) -> Result<(), Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    if !config.database.postgres() {
        shared::private_folder::create(&config.server.data)?;
    }
    let database = Database::connect(&config.database, clock.as_ref()).await?;
    migration::migrate(database.writer()).await?;
    database.close().await;
    print("the schema is up to date\n")
}
