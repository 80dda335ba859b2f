//! Wherever a process dies, nothing is left for ever and nothing is lost that something refers to.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;

use super::samples::{jpeg, png, two_halves};
use crate::Core;
use crate::accounts::Registration;
use crate::media::bookkeeping::{MediaError, refer};
use crate::media::key::{Kind, MediaKey, Purpose};
use crate::media::{AvatarError, ImageError};
use crate::testing::TestBed;

struct World {
    bed: TestBed,
    core: Core,
}

impl World {
    async fn start() -> Self {
        let bed = Box::pin(TestBed::new(|_| {})).await;
        let core = Box::pin(bed.core()).await;
        Self { bed, core }
    }

    async fn account(&self, name: &str) -> i64 {
        let registration = Registration {
            username: Some(name.to_owned()),
            password: "correct horse battery".to_owned(),
            ..Registration::default()
        };
        self.core.registrations.register(registration, "127.0.0.1").await.expect("an account").id
    }

    fn folder(&self) -> PathBuf {
        self.bed.folder().join("media")
    }

    /// What is in the store.
    fn files(&self) -> BTreeSet<String> {
        let Ok(entries) = std::fs::read_dir(self.folder().join("avatars")) else { return BTreeSet::new() };
        entries.map(|entry| format!("avatars/{}", entry.expect("an entry").file_name().display())).collect()
    }

    /// What the table speaks of.
    async fn rows(&self) -> BTreeSet<String> {
        let statement = self.core.writer.engine().statement("SELECT key FROM media", []);
        let rows = self.core.database.reader().query_all_raw(statement).await.expect("rows");
        rows.iter().map(|row| row.try_get("", "key").expect("a key")).collect()
    }

    async fn sweep_after(&self, minutes: i64) {
        self.bed.clock.turn(TimeDelta::minutes(minutes));
        self.core.janitor.sweep().await.expect("a sweep");
    }

    /// That exactly this is kept.
    #[track_caller]
    fn expect(&self, keys: &[&str]) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        let expected: BTreeSet<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        async move {
            assert_eq!((self.files(), self.rows().await), (expected.clone(), expected), "at {caller}");
        }
    }
}

fn picture() -> bytes::Bytes {
    jpeg(&two_halves(24, 16)).into()
}

#[tokio::test]
async fn what_a_dead_process_had_begun_goes_after_an_hour() {
    let world = World::start().await;
    let media = &world.core.media;
    // It dies with the key written down; while it writes the picture; with the picture written.
    let (noted, halfway) = (MediaKey::new(Purpose::Avatar, Kind::Jpeg), MediaKey::new(Purpose::Avatar, Kind::Png));
    media.register(&noted).await.expect("noted");
    media.register(&halfway).await.expect("noted");
    let written = media.take_in(1, picture(), Purpose::Avatar).await.expect("taken in");
    let staged = format!("{}#1", halfway.as_str());
    std::fs::write(world.folder().join(&staged), b"half of it").expect("written");
    world.sweep_after(59).await;
    assert_eq!(world.files(), [staged, written.as_str().to_owned()].into());
    assert_eq!(world.rows().await.len(), 3);
    world.sweep_after(2).await;
    world.expect(&[]).await;
}

#[tokio::test]
async fn what_is_replaced_goes_and_what_replaces_it_stays() {
    let world = World::start().await;
    let (avatars, ann, bob) = (&world.core.avatars, world.account("ann").await, world.account("bob").await);
    let set = async |id| avatars.set(id, picture()).await.expect("set").avatar.expect("an avatar");
    let (first, of_bob) = (set(ann).await, set(bob).await);
    world.sweep_after(100 * 24 * 60).await;
    world.expect(&[&first, &of_bob]).await;
    let second = set(ann).await;
    assert_ne!(first, second);
    world.expect(&[&first, &second, &of_bob]).await; // it dies before any sweep
    world.sweep_after(0).await;
    world.expect(&[&second, &of_bob]).await;
    let own = world.core.profiles.own(ann).await.expect("an account");
    let seen = world.core.profiles.person(bob, ann).await.expect("a person");
    assert_eq!((own.avatar, seen.avatar), (Some(second.clone()), Some(second)));
    assert_eq!(avatars.remove(ann).await.expect("removed").avatar, None);
    assert_eq!(avatars.remove(ann).await.expect("removed twice").avatar, None);
    world.sweep_after(0).await;
    world.expect(&[&of_bob]).await;
}

#[tokio::test]
async fn an_undone_change_leaves_what_was() {
    let world = World::start().await;
    let (avatars, ann) = (&world.core.avatars, world.account("ann").await);
    let first = avatars.set(ann, picture()).await.expect("set").avatar.expect("an avatar");
    let second = avatars.take_in(1, picture()).await.expect("taken in");
    let work = world.core.writer.begin().await.expect("begun");
    refer(&work, Some(&second), Some(&first)).await.expect("referred to");
    work.rollback().await;
    world.sweep_after(61).await;
    world.expect(&[&first]).await;
    assert!(matches!(avatars.set(ann + 1, picture()).await, Err(AvatarError::Ended)));
    assert!(matches!(avatars.remove(ann + 1).await, Err(AvatarError::Ended)));
    let refused = avatars.set(ann, bytes::Bytes::from_static(b"no picture")).await;
    assert!(matches!(refused, Err(AvatarError::Media(MediaError::Refused(ImageError::NotAPicture)))));
    world.sweep_after(61).await;
    world.expect(&[&first]).await;
}

#[tokio::test]
async fn nothing_refers_to_what_a_sweep_may_be_deleting() {
    let world = World::start().await;
    let avatars = &world.core.avatars;
    let (early, late) =
        (avatars.take_in(1, picture()).await.expect("in"), avatars.take_in(1, picture()).await.expect("in"));
    world.bed.clock.turn(TimeDelta::minutes(54));
    let work = world.core.writer.begin().await.expect("begun");
    refer(&work, Some(&early), None).await.expect("in time");
    work.commit().await.expect("committed");
    world.bed.clock.turn(TimeDelta::minutes(2));
    let work = world.core.writer.begin().await.expect("begun");
    assert!(matches!(refer(&work, Some(&late), None).await, Err(MediaError::TooLate)));
    work.rollback().await;
    world.sweep_after(5).await;
    world.expect(&[early.as_str()]).await;
}

#[tokio::test]
async fn of_changes_at_once_one_stays() {
    let world = World::start().await;
    let ann = world.account("ann").await;
    let sets = (0..6).map(|_| world.core.avatars.set(ann, png(&two_halves(24, 16)).into()));
    for set in futures::future::join_all(sets).await {
        set.expect("set");
    }
    let own = world.core.profiles.own(ann).await.expect("an account").avatar.expect("an avatar");
    world.sweep_after(61).await;
    world.expect(&[&own]).await;
}

#[tokio::test]
async fn a_store_that_is_away_hinders_nothing_and_is_asked_again() {
    let world = World::start().await;
    let (engine, database) = (world.core.writer.engine(), &world.core.database);
    let kept = world.core.avatars.set(world.account("ann").await, picture()).await.expect("set").avatar;
    let kept = kept.expect("an avatar");
    let keys: Vec<_> = (0..1_200).map(|_| MediaKey::new(Purpose::Avatar, Kind::Png)).collect();
    let rows: Vec<_> = keys.iter().map(|key| serde_json::json!({"key": key.as_str()})).collect();
    let sql = format!(
        "INSERT INTO media (key, created_at, drop_at) SELECT key, $2, $2 FROM {}",
        engine.rows("$1", &[("key", "text")])
    );
    let values = [serde_json::json!(rows).to_string().into(), world.core.writer.now().into()];
    database.writer().execute_raw(engine.statement(sql, values)).await.expect("written");
    for key in &keys[..40] {
        std::fs::write(world.folder().join(key.as_str()), b"a picture").expect("written");
    }
    // A file where the folder was: each deletion fails.
    let aside = world.bed.folder().join("aside");
    std::fs::rename(world.folder(), &aside).expect("taken away");
    std::fs::write(world.folder(), b"not a folder").expect("written");
    world.sweep_after(1).await;
    assert_eq!(world.rows().await.len(), keys.len() + 1);
    std::fs::remove_file(world.folder()).expect("taken away");
    std::fs::rename(&aside, world.folder()).expect("back again");
    // One can't be deleted: it hinders none of the others.
    let stuck = world.folder().join(keys[20].as_str());
    std::fs::remove_file(&stuck).expect("deleted");
    std::fs::create_dir(&stuck).expect("a folder in its place");
    world.sweep_after(1).await;
    world.expect(&[&kept, keys[20].as_str()]).await;
    std::fs::remove_dir(&stuck).expect("deleted");
    world.sweep_after(1).await;
    world.expect(&[&kept]).await;
}

#[tokio::test]
async fn too_many_pictures_at_once_are_told_so() {
    let bed = Box::pin(TestBed::new(|config| config.limits.pictures = 1)).await;
    let core = Box::pin(bed.core()).await;
    let (release, held) = std::sync::mpsc::channel::<()>();
    let first = tokio::spawn({
        let work = core.media.work().clone();
        async move { work.run(move || held.recv()).await }
    });
    // Until then it may be taken in before the other has begun.
    let busy = loop {
        match core.avatars.take_in(1, picture()).await {
            Ok(_) => tokio::task::yield_now().await,
            Err(error) => break error,
        }
    };
    assert!(matches!(busy, MediaError::Busy), "{busy:?}");
    drop(release);
    assert!(first.await.expect("it ends").is_ok());
    core.avatars.take_in(1, picture()).await.expect("taken in");
}
