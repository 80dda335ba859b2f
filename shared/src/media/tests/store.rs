//! The store, in a folder and in a bucket.

use std::path::Path;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::TryStreamExt;

use super::bucket::Bucket;
use crate::config::MediaConfig;
use crate::media::key::{Kind, MediaKey, Purpose};
use crate::media::store::{MediaStore, StoreError};

async fn read(store: &MediaStore, key: &MediaKey) -> Option<Vec<u8>> {
    let stored = store.get(key).await.expect("the store answers")?;
    let parts: Vec<Bytes> = stored.body.try_collect().await.expect("all of it");
    let bytes = parts.concat();
    assert_eq!(u64::try_from(bytes.len()), Ok(stored.size));
    assert_eq!(store.size(key).await.expect("the store answers"), Some(stored.size));
    Some(bytes)
}

/// What both kinds of store do.
async fn keeps_and_drops(store: &MediaStore) {
    let (one, other) = (MediaKey::new(Purpose::Avatar, Kind::Jpeg), MediaKey::new(Purpose::Avatar, Kind::Png));
    assert_eq!((read(store, &one).await, store.size(&one).await.expect("answers")), (None, None));
    store.delete(one.as_str()).await.expect("nothing there is fine");
    let large: Vec<u8> = (0..700_000_u32).flat_map(u32::to_le_bytes).collect();
    store.put(&one, Bytes::from_static(b"one")).await.expect("kept");
    store.put(&other, large.clone().into()).await.expect("kept");
    assert_eq!(read(store, &one).await.as_deref(), Some(&b"one"[..]));
    assert!(read(store, &other).await == Some(large));
    store.delete(one.as_str()).await.expect("deleted");
    store.delete(one.as_str()).await.expect("deleted twice");
    assert_eq!(read(store, &one).await, None);
    assert!(read(store, &other).await.is_some());
}

fn in_folder(folder: &Path) -> MediaStore {
    MediaStore::open(&MediaConfig::default(), folder).expect("a store")
}

#[tokio::test]
async fn a_folder_is_made_by_the_first_write() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let data = scratch.path().join("not/yet/there");
    let store = in_folder(&data);
    assert_eq!(read(&store, &MediaKey::new(Purpose::Avatar, Kind::Png)).await, None);
    assert!(!data.exists(), "a read makes none");
    keeps_and_drops(&store).await;
    let files: Vec<_> = std::fs::read_dir(data.join("media/avatars")).expect("a folder").collect();
    assert_eq!(files.len(), 1, "nothing else is left: {files:?}");
    // A handle that was opened before finds what another process has put there.
    let (key, late) = (MediaKey::new(Purpose::Avatar, Kind::Png), in_folder(&data));
    store.put(&key, Bytes::from_static(b"new")).await.expect("kept");
    assert_eq!(read(&late, &key).await.as_deref(), Some(&b"new"[..]));
    // And one whose folder is taken away makes it again.
    std::fs::remove_dir_all(&data).expect("taken away");
    assert_eq!(read(&store, &key).await, None);
    store.put(&key, Bytes::from_static(b"again")).await.expect("kept");
    assert_eq!(read(&store, &key).await.as_deref(), Some(&b"again"[..]));
}

#[tokio::test]
async fn what_a_dead_process_was_writing_goes_with_its_key() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let (store, key) = (in_folder(scratch.path()), MediaKey::new(Purpose::Avatar, Kind::Png));
    let folder = scratch.path().join("media/avatars");
    std::fs::create_dir_all(&folder).expect("a folder");
    // As the library names what it has not renamed yet.
    let staged = scratch.path().join("media").join(format!("{}#1", key.as_str()));
    std::fs::write(&staged, b"half of it").expect("written");
    assert_eq!(read(&store, &key).await, None);
    store.delete(key.as_str()).await.expect("deleted");
    assert!(!staged.exists());
}

#[tokio::test]
async fn a_folder_that_is_none_is_an_error() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    std::fs::write(scratch.path().join("media"), b"a file").expect("written");
    let (store, key) = (in_folder(scratch.path()), MediaKey::new(Purpose::Avatar, Kind::Png));
    assert!(store.put(&key, Bytes::from_static(b"new")).await.is_err());
    assert!(store.get(&key).await.is_err());
    assert!(store.delete(key.as_str()).await.is_err());
}

#[tokio::test]
async fn a_bucket_keeps_and_drops() {
    let bucket = Bucket::start().await;
    for prefix in ["", "/pictures", "/pictures/of/people/"] {
        keeps_and_drops(&bucket.store(prefix)).await;
    }
    bucket.expect_keys(&["avatars/", "pictures/avatars/", "pictures/of/people/avatars/"]);
}

#[tokio::test]
async fn a_bucket_whose_server_is_away_is_an_error_soon() {
    let (began, key) = (Instant::now(), MediaKey::new(Purpose::Avatar, Kind::Png));
    let refused = Bucket::nowhere();
    assert!(matches!(refused.get(&key).await, Err(StoreError::Refused(_) | StoreError::Slow)));
    assert!(refused.put(&key, Bytes::from_static(b"new")).await.is_err());
    assert!(refused.delete(key.as_str()).await.is_err());
    assert!(began.elapsed() < Duration::from_secs(40), "{:?}", began.elapsed());
}

#[test]
fn a_bucket_that_can_not_be_used_is_named() {
    crate::tls::choose_provider();
    for aws in [
        &[("aws_access_key_id", "hunter2")][..],
        &[("aws_secret_access_key", "hunter2")],
        &[("aws_access_key_id", "a"), ("aws_secret_access_key", "hunter2"), ("aws_checksum_algorithm", "md4")],
    ] {
        let error = MediaStore::open(&MediaConfig::bucket("s3://kith", aws), Path::new("data")).expect_err("refused");
        let text = error.to_string();
        assert!(text.starts_with("MEDIA_URL: ") && !text.contains("hunter2"), "{text}");
    }
    let aws = [("aws_access_key_id", "hunter2"), ("aws_secret_access_key", "hunter2"), ("aws_profile", "other")];
    let store = MediaStore::open(&MediaConfig::bucket("s3://kith", &aws), Path::new("data")).expect("a store");
    assert!(!format!("{store:?}").contains("hunter2"));
}
