//! A process that was started here, and ends with its guard.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::Failure;

/// How long a process may take to stop before it is killed.
const PATIENCE: Duration = Duration::from_secs(15);
/// How much of a log is shown when its process has failed, in bytes.
const LAST_WORDS: u64 = 2_000;

/// A process that runs until it is dropped.
#[derive(Debug)]
pub(crate) struct Process {
    name: &'static str,
    child: Child,
    stop_with: Signal,
    log: PathBuf,
}

impl Process {
    /// Starts `command`, whose output goes to a log in `folder`. `stop_with` asks it to end.
    pub(crate) fn start(
        name: &'static str,
        mut command: Command,
        stop_with: Signal,
        folder: &Path,
    ) -> Result<(Self, ChildStdout), Failure> {
        let log = folder.join(format!("{name}.log"));
        let file = File::create(&log)?;
        // In a group of its own, so that a Ctrl-C reaches only this program, which stops it in order.
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(file).process_group(0);
        let program = command.get_program().to_owned();
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let output = child.stdout.take().ok_or("a pipe that was asked for is missing")?;
        Ok((Self { name, child, stop_with, log }, output))
    }

    /// Its number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Fails, with the end of its log, when it has ended.
    pub(crate) fn alive(&mut self) -> Result<(), Failure> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => Err(format!("{} ended ({status}):\n{}", self.name, self.last_words()).into()),
        }
    }

    /// The end of its log.
    pub(crate) fn last_words(&self) -> String {
        let mut text = Vec::new();
        if let Ok(mut file) = File::open(&self.log) {
            let length = file.metadata().map_or(0, |data| data.len());
            // A log that can't be read is as good as none here.
            let _ = file.seek(SeekFrom::Start(length.saturating_sub(LAST_WORDS)));
            let _ = file.read_to_end(&mut text);
        }
        String::from_utf8_lossy(&text).into_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // Gone already: then the wait below returns at once.
            let _ = kill_process(pid, self.stop_with);
        }
        while Instant::now() < deadline {
            match self.child.try_wait() {
                Ok(None) => std::thread::sleep(Duration::from_millis(20)),
                Ok(Some(_)) | Err(_) => return,
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
