//! The PostgreSQL and the Redis of the measurements: those that were named, else some of our own on
//! free ports, stopped and removed at the end.

use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use tempfile::TempDir;
use url::Url;

use crate::Failure;
use crate::options::Options;
use crate::process::Process;

/// How long a server may take to answer for the first time.
const PATIENCE: Duration = Duration::from_mins(1);
/// Between two looks whether it does.
const PAUSE: Duration = Duration::from_millis(50);

/// PostgreSQL and Redis. Dropped, those that were started here stop.
#[derive(Debug)]
pub(crate) struct Servers {
    /// A database of the server that others can be made from.
    pub(crate) database_url: Url,
    /// The Redis server.
    pub(crate) redis_url: Url,
    postgres: Option<Process>,
    redis: Option<Process>,
    scratch: TempDir,
}

impl Servers {
    /// Starts what `options` name no server for, and waits until both answer.
    pub(crate) async fn start(options: &Options) -> Result<Self, Failure> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("kith-bench-");
        let scratch = match &options.scratch {
            Some(folder) => builder.tempdir_in(folder)?,
            None => builder.tempdir()?,
        };
        let (database_url, postgres) = match &options.database_url {
            Some(url) => (url.clone(), None),
            None => start_postgres(scratch.path()).map(|(url, process)| (url, Some(process)))?,
        };
        let (redis_url, redis) = match &options.redis_url {
            Some(url) => (url.clone(), None),
            None => start_redis(scratch.path()).map(|(url, process)| (url, Some(process)))?,
        };
        let mut servers = Self { database_url, redis_url, postgres, redis, scratch };
        servers.wait().await?;
        Ok(servers)
    }

    async fn wait(&mut self) -> Result<(), Failure> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let Err(refused) = tokio::try_join!(connect(&self.database_url), self.redis()) else { return Ok(()) };
            for process in [&mut self.postgres, &mut self.redis].into_iter().flatten() {
                process.alive()?;
            }
            if Instant::now() >= deadline {
                return Err(format!("a server does not answer: {refused}").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// A folder for logs and data, removed at the end.
    pub(crate) fn folder(&self) -> &Path {
        self.scratch.path()
    }

    /// The processes that were started here, by name.
    pub(crate) fn processes(&self) -> Vec<(&'static str, u32)> {
        let named = [("PostgreSQL", &self.postgres), ("Redis", &self.redis)];
        named.into_iter().filter_map(|(name, process)| Some((name, process.as_ref()?.id()))).collect()
    }

    /// A connection to Redis.
    pub(crate) async fn redis(&self) -> Result<redis::aio::MultiplexedConnection, Failure> {
        Ok(redis::Client::open(self.redis_url.as_str())?.get_multiplexed_async_connection().await?)
    }

    /// What the servers are, in a line.
    pub(crate) async fn versions(&self) -> Result<String, Failure> {
        let database = connect(&self.database_url).await?;
        let sql = "SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
                   current_setting('synchronous_commit') AS commits, current_setting('shared_buffers') AS buffers";
        let row = database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        let row = row.ok_or("PostgreSQL does not tell its version")?;
        let text = |name: &str| row.try_get::<String>("", name);
        let (version, fsync, commits) = (text("version")?, text("fsync")?, text("commits")?);
        let buffers = text("buffers")?;
        let info: String = redis::cmd("INFO").arg("server").query_async(&mut self.redis().await?).await?;
        let redis =
            info.lines().find_map(|line| line.strip_prefix("redis_version:")).unwrap_or("of an unknown version");
        Ok(format!(
            "PostgreSQL {version} (fsync {fsync}, synchronous_commit {commits}, shared_buffers {buffers}), Redis {redis}"
        ))
    }
}

/// A single connection to a database.
pub(crate) async fn connect(url: &Url) -> Result<DatabaseConnection, Failure> {
    let mut options = ConnectOptions::new(url.as_str());
    options.max_connections(1).connect_timeout(PATIENCE).acquire_timeout(PATIENCE).sqlx_logging(false);
    Ok(sea_orm::Database::connect(options).await?)
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn start_redis(folder: &Path) -> Result<(Url, Process), Failure> {
    let port = free_port()?;
    let mut command = Command::new("redis-server");
    command.current_dir(folder).args(["--bind", "127.0.0.1", "--port", &port.to_string()]).args([
        "--save",
        "",
        "--appendonly",
        "no",
        "--maxmemory-policy",
        "noeviction",
    ]);
    let (process, output) = Process::start("redis-server", command, Signal::TERM, folder)?;
    drain(output);
    Ok((Url::parse(&format!("redis://127.0.0.1:{port}/"))?, process))
}

/// A cluster with the durability of a fresh installation: fsync and synchronous commits.
fn start_postgres(folder: &Path) -> Result<(Url, Process), Failure> {
    let programs = newest_postgres()?;
    let owner = owner()?;
    if let Some((user, group)) = owner {
        chown(folder, Some(user), Some(group))?;
    }
    let data = folder.join("postgresql");
    let command = |name: &str| {
        let mut command = Command::new(programs.join(name));
        command.current_dir(folder).env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8");
        if let Some((user, group)) = owner {
            command.uid(user).gid(group);
        }
        command
    };
    let made = command("initdb")
        .args(["--username=kith", "--auth=trust", "--encoding=UTF8", "--no-instructions", "-D"])
        .arg(&data)
        .output()?;
    if !made.status.success() {
        return Err(format!("initdb failed:\n{}", String::from_utf8_lossy(&made.stderr)).into());
    }
    let port = free_port()?;
    let mut server = command("postgres");
    server.arg("-D").arg(&data).args(["-p", &port.to_string()]).arg("-k").arg(folder);
    server.args(["-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=1GB"]);
    // SIGINT is the fast shutdown: open connections are ended.
    let (process, output) = Process::start("postgres", server, Signal::INT, folder)?;
    drain(output);
    Ok((Url::parse(&format!("postgres://kith@127.0.0.1:{port}/postgres"))?, process))
}

/// The programs of the newest PostgreSQL in Debian's place.
fn newest_postgres() -> Result<PathBuf, Failure> {
    let entries = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let versions = entries.filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let programs = entry.path().join("bin");
        programs.join("initdb").exists().then_some((version, programs))
    });
    let newest = versions.max_by_key(|(version, _)| *version).map(|(_, programs)| programs);
    newest.ok_or_else(|| "no PostgreSQL in /usr/lib/postgresql; install it, or name one with --database-url".into())
}

/// The user and the group that own a server started by root, which PostgreSQL refuses to run as;
/// `None` for anybody else.
fn owner() -> Result<Option<(u32, u32)>, Failure> {
    if !rustix::process::geteuid().is_root() {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd")?;
    let ids = users.lines().find_map(|line| {
        let mut fields = line.strip_prefix("postgres:")?.split(':').skip(1);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    ids.map(Some).ok_or_else(|| "PostgreSQL does not run as root, and there is no user postgres".into())
}

/// Reads what nobody wants to see, so that its writer never waits.
fn drain(mut output: ChildStdout) {
    std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
}
