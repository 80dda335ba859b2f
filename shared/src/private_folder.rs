//! Folders that hold what only their owner may read: password hashes, mails with links.

use std::fs::DirBuilder;
use std::io;
use std::path::Path;

/// Makes a folder, and those above it that are missing, for the process's user alone. One that is there
/// stays as it is.
///
/// # Errors
/// What the system says.
pub fn create(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
