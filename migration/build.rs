//! Names the schema: a digest of the steps' sources, so that tests which share a database of it see each change.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::{fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src");
    let mut sources: Vec<PathBuf> = fs::read_dir("src")?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    sources.sort_unstable();
    let mut digest = DefaultHasher::new();
    for source in sources {
        source.file_name().hash(&mut digest);
        fs::read(&source)?.hash(&mut digest);
    }
    println!("cargo::rustc-env=SCHEMA_DIGEST={:016x}", digest.finish());
    Ok(())
}
