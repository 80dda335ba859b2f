//! Real processes of a test: Kith's binaries, and a Redis of its own that the test may hurt. Each
//! ends with the value that stands for it. The tests of the API share this module.

mod database;
mod redis;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub(crate) use database::EmptyDatabase;
pub(crate) use redis::Redis;

/// How long anything may take before a test says that it never came: longer than Redis takes to
/// give back what a dead worker had (15 s).
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);
/// How long a process may take to stop.
pub(crate) const STOPPING: Duration = Duration::from_secs(20);

/// The signing key of every process.
pub(crate) const SECRET: &str = "a key that is for tests and for nothing else";

/// A running binary of Kith.
pub(crate) struct Process {
    child: Child,
    stdout: Arc<Mutex<String>>,
    stderr: Arc<Mutex<String>>,
}

/// A process that has ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Process {
    /// Starts `program` in `folder` with `environment` and nothing of the test's own but `PATH`.
    pub(crate) fn start(program: &str, arguments: &[&str], folder: &Path, environment: &[(&str, String)]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("RUST_LOG", "warn");
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let stdout = read(child.stdout.take().expect("piped"));
        let stderr = read(child.stderr.take().expect("piped"));
        Self { child, stdout, stderr }
    }

    /// SIGKILL, and waits until the process is gone.
    pub(crate) fn kill(mut self) {
        end(&mut self.child);
    }

    /// SIGTERM.
    pub(crate) fn terminate(&self) {
        signal("TERM", self.child.id());
    }

    /// What it has written to its standard output so far.
    pub(crate) fn stdout(&self) -> String {
        self.stdout.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What it has written to its standard error so far.
    pub(crate) fn stderr(&self) -> String {
        self.stderr.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it still runs.
    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().expect("a child").is_none()
    }

    /// Waits until it ends by itself, at most `within`.
    pub(crate) async fn ended(mut self, within: Duration) -> Ended {
        let deadline = tokio::time::Instant::now() + within;
        while self.runs() {
            let late = tokio::time::Instant::now() >= deadline;
            assert!(!late, "the process did not end within {within:?}; it wrote {}{}", self.stdout(), self.stderr());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let status = self.child.wait().expect("a child");
        // What it wrote last may still be on its way through the pipes.
        let written = |text: &Arc<Mutex<String>>| Arc::strong_count(text) == 1;
        eventually("its pipes close", async || written(&self.stdout) && written(&self.stderr)).await;
        Ended { status, stdout: self.stdout(), stderr: self.stderr() }
    }

    /// SIGTERM, and checks that it stops in time and well.
    pub(crate) async fn stop(self) {
        self.terminate();
        let ended = self.ended(STOPPING).await;
        assert_eq!(ended.status.code(), Some(0), "{ended:#?}");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        end(&mut self.child);
        if std::thread::panicking() {
            println!("a process of the test wrote:\n{}{}", self.stdout(), self.stderr());
        }
    }
}

/// Ends a child of this test, whatever it does.
fn end(child: &mut Child) {
    // Refused when it has ended already.
    let _ = child.kill();
    let _ = child.wait();
}

/// Sends a signal to a child of this test.
fn signal(name: &str, pid: u32) {
    let sent = Command::new("kill").args([format!("-{name}"), pid.to_string()]).status().expect("kill runs");
    assert!(sent.success(), "SIG{name} reaches {pid}");
}

/// Collects what a pipe brings; the thread lets go of the text when the pipe closes.
fn read(pipe: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(String::new()));
    let collected = Arc::clone(&text);
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines() {
            let Ok(line) = line else { return };
            let mut collected = collected.lock().unwrap_or_else(PoisonError::into_inner);
            collected.push_str(&line);
            collected.push('\n');
        }
    });
    text
}

/// Waits until `condition` holds.
pub(crate) async fn eventually(what: &str, condition: impl AsyncFn() -> bool) {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    while !condition().await {
        assert!(tokio::time::Instant::now() < deadline, "it never came that {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Whether the tests run on PostgreSQL and Redis; says so when they do not.
pub(crate) fn production() -> bool {
    let production = shared::testing::production();
    if !production {
        eprintln!("passed over: needs KITH_TEST_DATABASE_URL and KITH_TEST_REDIS_URL");
    }
    production
}
