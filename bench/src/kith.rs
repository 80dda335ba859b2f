//! Kith itself: a database made for one measurement, and the `api` and `worker` that run on it.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command};
use std::time::Duration;

use rustix::process::Signal;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use secrecy::SecretString;
use shared::accounts::{Grant, TokenKind, TokenSigner};
use shared::ports::clock::{Clock as _, SystemClock};
use tokio::sync::oneshot;
use url::Url;

use crate::Failure;
use crate::options::Options;
use crate::process::Process;
use crate::servers::{Servers, connect};

/// How long the API may take to migrate its database and to listen.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long the tokens of a measurement live, in seconds: longer than any takes.
const TOKEN_SECONDS: i64 = 24 * 3600;

/// A database and a Redis prefix for one measurement.
#[derive(Debug)]
pub(crate) struct Scratch {
    name: String,
    url: Url,
}

impl Scratch {
    /// Makes them on `servers`.
    pub(crate) async fn create(servers: &Servers) -> Result<Self, Failure> {
        let name = format!("kith_bench_{:016x}", rand::random::<u64>());
        let mut url = servers.database_url.clone();
        url.set_path(&name);
        let server = connect(&servers.database_url).await?;
        server.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
        server.close().await?;
        Ok(Self { name, url })
    }

    /// Removes the database and the keys. Nothing may be running on them any more.
    pub(crate) async fn remove(self, servers: &Servers) -> Result<(), Failure> {
        let server = connect(&servers.database_url).await?;
        server.execute_unprepared(&format!("DROP DATABASE {} WITH (FORCE)", self.name)).await?;
        server.close().await?;
        let mut redis = servers.redis().await?;
        let mut cursor = 0_u64;
        loop {
            let mut scan = redis::cmd("SCAN");
            scan.arg(cursor).arg("MATCH").arg(format!("{}*", self.name)).arg("COUNT").arg(1_000);
            let (next, keys): (u64, Vec<String>) = scan.query_async(&mut redis).await?;
            if !keys.is_empty() {
                let _: u64 = redis::cmd("UNLINK").arg(keys).query_async(&mut redis).await?;
            }
            cursor = next;
            if cursor == 0 {
                return Ok(());
            }
        }
    }
}

/// API processes and one worker. Dropped, all stop.
#[derive(Debug)]
pub(crate) struct Kith {
    /// Where the API listens.
    pub(crate) address: SocketAddr,
    /// A connection to its database.
    pub(crate) database: DatabaseConnection,
    /// What its keys in Redis begin with.
    pub(crate) prefix: String,
    /// Where other API processes listen.
    pub(crate) others: Vec<SocketAddr>,
    signer: TokenSigner,
    /// The first is at `address`.
    apis: Vec<Process>,
    worker: Process,
}

impl Kith {
    /// Starts them from the folder that holds this program, the API as often as asked for.
    pub(crate) async fn start(
        servers: &Servers,
        scratch: &Scratch,
        options: &Options,
        apis: usize,
    ) -> Result<Self, Failure> {
        let secret = format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>());
        let folder = servers.folder();
        let command = |name: &str| -> Result<Command, Failure> {
            let mut command = Command::new(program(name)?);
            // The folder holds no kith.toml: nothing but these settings is in force.
            command.current_dir(folder).env_clear().envs([
                ("KITH_BIND", "127.0.0.1:0"),
                ("KITH_METRICS_BIND", "127.0.0.1:0"),
                ("KITH_WORKER_BIND", "127.0.0.1:0"),
                ("KITH_DATA", "data"),
                ("DATABASE_URL", scratch.url.as_str()),
                ("REDIS_URL", servers.redis_url.as_str()),
                ("REDIS_PREFIX", &scratch.name),
                ("KITH_SECRET", &secret),
                ("KITH_RATE_LIMITS", "off"),
                ("KITH_DATABASE_CONNECTIONS", &options.database_connections.to_string()),
            ]);
            Ok(command)
        };
        let (mut processes, mut addresses) = (Vec::new(), Vec::new());
        for _ in 0..apis.max(1) {
            let (process, address) = start_api(command("api")?, folder).await?;
            processes.push(process);
            addresses.push(address);
        }
        let address = addresses.remove(0);
        let (worker, _) = Process::start("worker", command("worker")?, Signal::TERM, folder)?;
        let signer = TokenSigner::new(&[SecretString::from(secret)]);
        let (database, prefix) = (connect(&scratch.url).await?, scratch.name.clone());
        Ok(Self { address, database, prefix, others: addresses, signer, apis: processes, worker })
    }

    /// An access token of an account, whose session bears the same number (see `people`).
    pub(crate) fn token(&self, account: i64) -> Result<String, Failure> {
        let now = SystemClock.now();
        Ok(self.signer.sign(Grant::new(TokenKind::Access, account, account), now, TOKEN_SECONDS)?)
    }

    /// The process of the first API.
    pub(crate) fn api_id(&self) -> u32 {
        self.apis[0].id()
    }

    /// All processes, by name.
    pub(crate) fn processes(&self) -> Vec<(&'static str, u32)> {
        let apis = self.apis.iter().map(|api| ("API", api.id()));
        apis.chain([("worker", self.worker.id())]).collect()
    }

    /// What both logged last, for whoever looks for a reason.
    pub(crate) fn last_words(&self) -> String {
        format!("The API's last words:\n{}\nThe worker's:\n{}", self.apis[0].last_words(), self.worker.last_words())
    }
}

/// Starts one API; answers it, and where it listens.
async fn start_api(command: Command, folder: &Path) -> Result<(Process, SocketAddr), Failure> {
    let (mut api, output) = Process::start("api", command, Signal::TERM, folder)?;
    match tokio::time::timeout(PATIENCE, greeting(output)).await {
        Ok(Ok(address)) => Ok((api, address)),
        Ok(Err(error)) => {
            api.alive()?;
            Err(format!("the API did not say where it listens ({error}):\n{}", api.last_words()).into())
        }
        Err(_) => Err(format!("the API did not start in time:\n{}", api.last_words()).into()),
    }
}

/// A program of the same build.
fn program(name: &str) -> Result<PathBuf, Failure> {
    let own = std::env::current_exe()?;
    let path = own.parent().unwrap_or(Path::new(".")).join(name);
    if path.exists() {
        return Ok(path);
    }
    let missing = path.display();
    Err(format!("{missing} is not there; build it: cargo build --release -p api -p worker -p bench").into())
}

/// Waits for the API's start message, and answers the address that it names.
async fn greeting(output: ChildStdout) -> Result<SocketAddr, Failure> {
    let (found, address) = oneshot::channel();
    std::thread::spawn(move || {
        let mut found = Some(found);
        // Read to its end, so that the API never waits for a reader.
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let url = line.trim().strip_prefix("page").map(str::trim).and_then(|url| Url::parse(url).ok());
            if let Some(address) = url.and_then(|url| url.socket_addrs(|| None).ok()?.into_iter().next())
                && let Some(found) = found.take()
            {
                // Refused only when the start was given up.
                let _ = found.send(address);
            }
        }
    });
    Ok(address.await?)
}
