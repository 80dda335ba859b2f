//! Where pictures are kept: a folder or a bucket, behind one handle.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::StreamExt;
use futures::stream::BoxStream;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig};
use secrecy::ExposeSecret;
use tokio::sync::OnceCell;

use super::key::MediaKey;
use crate::config::{ConfigError, MediaConfig, MediaPlace};

/// How long the store may take to do one thing; to begin an answer, when it is a picture.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a bucket's server may take to take a connection.
const CONNECT: Duration = Duration::from_secs(3);
/// For how long a request to a bucket's server is tried again.
const RETRY: Duration = Duration::from_secs(5);

/// The store did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It is away, or refuses.
    #[error("the media store refused: {0}")]
    Refused(#[from] object_store::Error),
    /// The folder can't be made or read.
    #[error("the media folder: {0}")]
    Folder(#[from] std::io::Error),
    /// It took too long.
    #[error("the media store did not answer in time")]
    Slow,
}

/// A picture that is being read.
pub struct StoredMedia {
    /// How long it is, in bytes.
    pub size: u64,
    /// What it is made of.
    pub body: BoxStream<'static, Result<Bytes, StoreError>>,
}

impl std::fmt::Debug for StoredMedia {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredMedia").field("size", &self.size).finish_non_exhaustive()
    }
}

/// The media store. Clones are one store.
#[derive(Clone)]
pub struct MediaStore(Arc<Place>);

enum Place {
    /// Opened when it is first there.
    Folder(PathBuf, OnceCell<LocalFileSystem>),
    Bucket(PrefixStore<object_store::aws::AmazonS3>),
}

impl std::fmt::Debug for MediaStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The client of a bucket would print its keys.
        let place = match self.0.as_ref() {
            Place::Folder(folder, _) => folder.display().to_string(),
            Place::Bucket(_) => "a bucket".to_owned(),
        };
        f.debug_tuple("MediaStore").field(&place).finish()
    }
}

impl MediaStore {
    /// The store that `config` names; `data` is the folder of the embedded mode. Asks nothing of it: one that
    /// is away is no error yet. [`crate::tls::choose_provider`] must have been called before.
    ///
    /// # Errors
    /// `MEDIA_URL`, or what the environment says of a bucket's server, can't be used.
    pub fn open(config: &MediaConfig, data: &Path) -> Result<Self, ConfigError> {
        let place = match config.place(data)? {
            MediaPlace::Folder(folder) => Place::Folder(folder, OnceCell::new()),
            MediaPlace::Bucket { bucket, prefix } => Place::Bucket(open_bucket(config, &bucket, prefix)?),
        };
        Ok(Self(Arc::new(place)))
    }

    /// Puts a picture under a new key: all of it or nothing.
    ///
    /// A folder's file is written beside its place, synced, renamed, and its folder synced; a bucket's server
    /// answers when it has it. So what this says is kept survives a power cut.
    ///
    /// # Errors
    /// The store is away or full. The picture may be there all the same.
    pub async fn put(&self, key: &MediaKey, bytes: Bytes) -> Result<(), StoreError> {
        let path = object_path(key.as_str());
        in_time(async {
            match self.0.as_ref() {
                Place::Folder(folder, opened) => {
                    let made = opened.get_or_try_init(|| make_folder(folder.clone())).await?;
                    made.put(&path, bytes.into()).await?;
                }
                Place::Bucket(bucket) => {
                    bucket.put(&path, bytes.into()).await?;
                }
            }
            Ok(())
        })
        .await
    }

    /// The picture under a key; `None` when nothing is there.
    ///
    /// # Errors
    /// The store is away.
    pub async fn get(&self, key: &MediaKey) -> Result<Option<StoredMedia>, StoreError> {
        let path = object_path(key.as_str());
        let got = in_time(async {
            match self.reader().await? {
                Some(store) => found(store.get(&path).await),
                None => Ok(None),
            }
        })
        .await?;
        Ok(got.map(|got| StoredMedia {
            size: got.meta.size,
            body: got.into_stream().map(|part| part.map_err(StoreError::from)).boxed(),
        }))
    }

    /// How long the picture under a key is, in bytes; `None` when nothing is there.
    ///
    /// # Errors
    /// The store is away.
    pub async fn size(&self, key: &MediaKey) -> Result<Option<u64>, StoreError> {
        let path = object_path(key.as_str());
        let meta = in_time(async {
            match self.reader().await? {
                Some(store) => found(store.head(&path).await),
                None => Ok(None),
            }
        })
        .await?;
        Ok(meta.map(|meta| meta.size))
    }

    /// Deletes what is under a key, and what a process left that died while it wrote there. Nothing there is
    /// fine.
    ///
    /// # Errors
    /// The store is away. What is there may be gone all the same.
    pub(super) async fn delete(&self, key: &str) -> Result<(), StoreError> {
        let path = object_path(key);
        in_time(async {
            match self.0.as_ref() {
                Place::Folder(folder, _) => {
                    let file = folder.join(key);
                    blocking(move || Ok(delete_file(&file)?)).await?;
                }
                // Nothing under the key is no error to S3; a bucket that is not there is.
                Place::Bucket(bucket) => bucket.delete(&path).await?,
            }
            Ok(())
        })
        .await
    }

    /// For reads; `None` as long as there is no folder.
    async fn reader(&self) -> Result<Option<&dyn ObjectStore>, StoreError> {
        match self.0.as_ref() {
            Place::Bucket(bucket) => Ok(Some(bucket)),
            Place::Folder(folder, opened) => {
                if !opened.initialized() {
                    let folder = folder.clone();
                    if !blocking(move || Ok(folder.try_exists()?)).await? {
                        return Ok(None);
                    }
                }
                Ok(Some(opened.get_or_try_init(|| make_folder(folder.clone())).await?))
            }
        }
    }
}

async fn in_time<T>(work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    tokio::time::timeout(PATIENCE, work).await.unwrap_or(Err(StoreError::Slow))
}

fn found<T>(answer: object_store::Result<T>) -> Result<Option<T>, StoreError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(object_store::Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn object_path(key: &str) -> object_store::path::Path {
    object_store::path::Path::from(key)
}

fn open_bucket(
    config: &MediaConfig,
    bucket: &str,
    prefix: String,
) -> Result<PrefixStore<object_store::aws::AmazonS3>, ConfigError> {
    let options = ClientOptions::new().with_connect_timeout(CONNECT);
    let retry = RetryConfig { retry_timeout: RETRY, max_retries: 3, ..RetryConfig::default() };
    // Each object is deleted by itself: some compatible stores know no other way, and so each has an answer.
    let builder = AmazonS3Builder::new()
        .with_client_options(options)
        .with_retry(retry)
        .with_config(AmazonS3ConfigKey::DisableBulkDelete, "true");
    let builder = config.aws().fold(builder, |builder, (name, value)| match name.parse() {
        Ok(key) => builder.with_config(key, value.expose_secret()),
        Err(_) => builder, // meant for other programs
    });
    let store = builder.with_bucket_name(bucket).build().map_err(|error| {
        let reason = format!("the bucket can't be used with what AWS_… says: {error}");
        ConfigError::invalid("MEDIA_URL", reason)
    })?;
    Ok(PrefixStore::new(store, prefix))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other)?
}

async fn make_folder(folder: PathBuf) -> Result<LocalFileSystem, StoreError> {
    blocking(move || {
        let folder = std::path::absolute(folder)?;
        let missing: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
        std::fs::create_dir_all(&folder)?;
        missing.into_iter().filter_map(Path::parent).try_for_each(sync_folder)?;
        Ok(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))
    })
    .await
}

/// Deletes a file, and the one that the store writes before it renames it; `#1`, since keys are written once.
/// The library knows neither of that one nor how to sync a deletion, without which a power cut could bring back
/// a file that no row speaks of any more.
fn delete_file(file: &Path) -> std::io::Result<()> {
    let mut staged = file.as_os_str().to_owned();
    staged.push("#1");
    let mut deleted = false;
    for file in [file, Path::new(&staged)] {
        match std::fs::remove_file(file) {
            Ok(()) => deleted = true,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    match file.parent() {
        Some(folder) if deleted => sync_folder(folder),
        _ => Ok(()),
    }
}

/// Makes what was added to a folder or taken from it survive a power cut.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    // Elsewhere a folder can't be opened as a file.
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}
