//! PostgreSQL's own programs: `pg_dump`, `pg_restore`, `psql`. The password reaches them in their
//! environment, never on the command line, which every user of the machine can read.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;

use shared::config::DatabaseConfig;
use url::Url;

/// How many lines of what a program said are kept.
const KEPT: usize = 20;

/// The parameters of an address that these programs know, each by Kith's name for it and by theirs. They
/// refuse what they do not know.
const PARAMETERS: [(&str, &str); 16] = [
    ("sslmode", "sslmode"),
    ("ssl-mode", "sslmode"),
    ("sslrootcert", "sslrootcert"),
    ("ssl-root-cert", "sslrootcert"),
    ("ssl-ca", "sslrootcert"),
    ("sslcert", "sslcert"),
    ("ssl-cert", "sslcert"),
    ("sslkey", "sslkey"),
    ("ssl-key", "sslkey"),
    ("host", "host"),
    ("hostaddr", "hostaddr"),
    ("port", "port"),
    ("dbname", "dbname"),
    ("user", "user"),
    ("options", "options"),
    ("passfile", "passfile"),
];

/// A program of PostgreSQL did not do it.
#[derive(Debug, thiserror::Error)]
pub(super) enum ToolError {
    /// It is not there.
    #[error("{0} is not in PATH; on Debian the package postgresql-client has it")]
    Missing(&'static str),
    /// It ended badly.
    #[error("{program}: {status}\n{said}")]
    Failed {
        /// Which one.
        program: &'static str,
        /// How it ended.
        status: ExitStatus,
        /// What it said last.
        said: String,
    },
    /// The address can't be given to it.
    #[error("DATABASE_URL: not an address: {0}")]
    Address(#[from] url::ParseError),
    /// What the system said.
    #[error("{program}: {source}")]
    System {
        /// Which one.
        program: &'static str,
        /// Why.
        source: std::io::Error,
    },
}

/// How the programs reach a database.
pub(super) struct Tools {
    address: String,
    password: Option<String>,
}

impl Tools {
    /// For the database that `config` names.
    pub(super) fn new(config: &DatabaseConfig) -> Result<Self, ToolError> {
        let mut url = Url::parse(&config.url)?;
        let mut password = url.password().map(percent_decoded);
        let parameters: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        if let Some((_, given)) = parameters.iter().rfind(|(name, _)| name == "password") {
            password = Some(given.clone());
        }
        // As they were written: these programs do not read a `+` as a space.
        let raw: Vec<String> = url.query().unwrap_or_default().split('&').filter_map(parameter).collect();
        url.set_query((!raw.is_empty()).then(|| raw.join("&")).as_deref());
        url.set_fragment(None);
        if url.password().is_some() {
            // Refused only where there is no host, and so no password.
            let _ = url.set_password(None);
        }
        Ok(Self { address: url.into(), password })
    }

    /// `program` with the database's address and password.
    pub(super) fn connected(&self, program: &'static str) -> Command {
        let mut command = local(program);
        command.arg(format!("--dbname={}", self.address));
        command.arg("--no-password");
        if let Some(password) = &self.password {
            command.env("PGPASSWORD", password);
        }
        command
    }
}

/// `program` without a database.
pub(super) fn local(program: &'static str) -> Command {
    let mut command = Command::new(program);
    // What they say is read here, so it is asked for in English.
    command.env("LC_ALL", "C").stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// A parameter of an address as these programs call it.
fn parameter(raw: &str) -> Option<String> {
    let (name, value) = raw.split_once('=')?;
    let (_, theirs) = PARAMETERS.iter().find(|(ours, _)| *ours == name)?;
    Some(format!("{theirs}={}", value.replace('+', "%20")))
}

fn percent_decoded(text: &str) -> String {
    // A form's value is read the same way, but for these two.
    let form = format!("={}", text.replace('+', "%2B").replace('&', "%26"));
    url::form_urlencoded::parse(form.as_bytes()).map(|(_, value)| value.into_owned()).next().unwrap_or_default()
}

/// A program that runs.
pub(super) struct Running {
    program: &'static str,
    child: Child,
    said: JoinHandle<Vec<String>>,
}

impl Running {
    /// Starts it. `progress` is shown each line that it writes to its standard error, and answers whether
    /// the line was of progress alone.
    pub(super) fn start(
        program: &'static str,
        command: &mut Command,
        progress: impl Fn(&str) -> bool + Send + 'static,
    ) -> Result<Self, ToolError> {
        let mut child = command.stderr(Stdio::piped()).spawn().map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => ToolError::Missing(program),
            _ => ToolError::System { program, source },
        })?;
        let stderr = child.stderr.take();
        let said = std::thread::spawn(move || {
            let mut kept = Vec::new();
            let Some(stderr) = stderr else { return kept };
            for line in BufReader::new(stderr).split(b'\n') {
                let Ok(line) = line else { break };
                let line = String::from_utf8_lossy(&line).trim_end().to_owned();
                if !progress(&line) {
                    kept.push(line);
                    if kept.len() > KEPT {
                        kept.remove(0);
                    }
                }
            }
            kept
        });
        Ok(Self { program, child, said })
    }

    /// Its standard output, if that was piped and not taken yet.
    pub(super) fn output(&mut self) -> Option<impl Read + use<>> {
        self.child.stdout.take()
    }

    /// Its standard input, if that was piped and not taken yet.
    pub(super) fn input(&mut self) -> Option<impl Write + use<>> {
        self.child.stdin.take()
    }

    /// Waits until it has ended well.
    pub(super) fn wait(mut self) -> Result<(), ToolError> {
        drop(self.child.stdin.take());
        let program = self.program;
        let status = self.child.wait().map_err(|source| ToolError::System { program, source })?;
        let said = self.said.join().unwrap_or_default();
        if status.success() { Ok(()) } else { Err(ToolError::Failed { program, status, said: said.join("\n") }) }
    }
}

/// Runs a program that asks no database, and gives what it wrote.
pub(super) fn written(program: &'static str, command: &mut Command) -> Result<String, ToolError> {
    let mut running = Running::start(program, command.stdout(Stdio::piped()), |_| false)?;
    let mut text = Vec::new();
    if let Some(mut output) = running.output() {
        output.read_to_end(&mut text).map_err(|source| ToolError::System { program, source })?;
    }
    running.wait()?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tools(url: &str) -> (String, Option<String>) {
        let config = DatabaseConfig { url: url.to_owned(), ..DatabaseConfig::default() };
        let Tools { address, password } = Tools::new(&config).expect("an address");
        (address, password)
    }

    #[test]
    fn the_password_leaves_the_address() {
        let given = "postgres://kith:h%2Bn+%26r%C3%A92@localhost:5432/kith?ssl-mode=require&statement-cache-capacity=1";
        let (address, password) = tools(given);
        assert_eq!(address, "postgres://kith@localhost:5432/kith?sslmode=require");
        assert_eq!(password.as_deref(), Some("h+n+&ré2"));

        let (address, password) = tools("postgres:///kith?host=/run/postgresql&user=kith&password=hunter2");
        assert_eq!(address, "postgres:///kith?host=/run/postgresql&user=kith");
        assert_eq!(password.as_deref(), Some("hunter2"));

        let (address, password) = tools("postgres://kith@localhost/kith");
        assert_eq!((address.as_str(), password), ("postgres://kith@localhost/kith", None));
    }
}
