//! `api create-admin`: the accounts of the staff.

use std::io::IsTerminal as _;
use std::sync::Arc;

use clap::Args;
use shared::accounts::{Account, AccountError, NewStaff};
use shared::config::{Config, admin_password};
use shared::database::Database;
use shared::ports::clock::{Clock, SystemClock};
use shared::{Core, Ports};

use super::{Failure, print, progress};

/// Whom to make staff.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The account's username.
    #[arg(long)]
    username: String,
    /// An email for a new account; it counts as confirmed.
    #[arg(long, conflicts_with = "promote")]
    email: Option<String>,
    /// Make an account that is there one of the staff, and nothing else.
    #[arg(long)]
    promote: bool,
}

/// The account is not made.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    /// Nobody to ask.
    #[error("KITH_ADMIN_PASSWORD is not set, and there is no terminal to ask for a password")]
    NoPassword,
    /// A slip of the fingers.
    #[error("the two passwords differ")]
    Differ,
    /// Input that does not fit, a line for each message.
    #[error("the account was not made\n{0}")]
    Fields(String),
    /// Nobody to promote.
    #[error("no account is called {0}")]
    Nobody(String),
}

/// Makes the account, or promotes one, straight in the database.
pub(super) async fn create_admin(config: Config, options: Options) -> Result<(), Failure> {
    config.check_complete()?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    if !config.database.postgres() {
        shared::private_folder::create(&config.server.data)?;
    }
    // Before anything is made, and before the database waits for somebody who types.
    let password = if options.promote { String::new() } else { tokio::task::spawn_blocking(password).await?? };
    let database = Database::connect(&config.database, clock.as_ref()).await?;
    migration::migrate(database.writer()).await?;
    // Nobody is told of anything, so Redis is not asked for.
    let core = Core::new(config, database, Ports::embedded(clock)).await?;
    let Options { username, email, promote } = options;
    let account = if promote {
        promoted(&core, &username).await?
    } else {
        let spinner = progress::spinner("hashing the password");
        let made = core.registrations.create_staff(NewStaff { username, email, password }).await;
        spinner.finish_and_clear();
        made.map_err(refusal)?
    };
    core.close().await;
    let note = if account.active { "" } else { ", but not active yet" };
    print(&format!("{} is staff{note}\n", account.username))
}

async fn promoted(core: &Core, name: &str) -> Result<Account, Failure> {
    core.registrations.promote(name).await.map_err(|error| match error {
        AccountError::NotFound => Refusal::Nobody(name.to_owned()).into(),
        error => error.into(),
    })
}

/// From the environment, else from whoever sits there.
fn password() -> Result<String, Failure> {
    if let Some(password) = admin_password() {
        return Ok(password);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Refusal::NoPassword.into());
    }
    let password = rpassword::prompt_password("Password: ")?;
    if rpassword::prompt_password("Once more: ")? == password { Ok(password) } else { Err(Refusal::Differ.into()) }
}

/// Each message behind its field.
fn refusal(error: AccountError) -> Failure {
    let (taken, errors) = match error {
        AccountError::Invalid(errors) => (Vec::new(), errors),
        AccountError::Taken { taken, errors } => (taken, errors),
        error => return error.into(),
    };
    let mut lines: Vec<String> = taken.iter().map(|one| format!("  {0}: this {0} is taken", one.field())).collect();
    for (field, messages) in errors.into_map() {
        lines.extend(messages.into_iter().map(|message| format!("  {field}: {message}")));
    }
    Refusal::Fields(lines.join("\n")).into()
}
