//! The small forms of pictures: each made once, whatever dies or is in the way.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, TransactionTrait};
use shared::jobs::Queue;
use shared::listings::Picture;
use shared::ports::queue::{JobHandler, QueuedJob};
use shared::testing::TestBed;
use tokio_util::sync::CancellationToken;
use worker::Plan;
use worker::jobs::PictureRunner;

use crate::children::{eventually, production};
use crate::world::{ACTOR, Job, TestMailer, World};

/// 24 x 16 pixels.
pub(crate) const PICTURE: &[u8] = include_bytes!("../../../shared/src/media/tests/samples/progressive.jpg");

/// A listing with pictures, whose jobs wait.
pub(crate) async fn listing(world: &World, pictures: usize) -> i64 {
    let listing = TestBed::listing(&world.core, ACTOR).await;
    for _ in 0..pictures {
        let upload = bytes::Bytes::from_static(PICTURE);
        world.core.listing_pictures.add(ACTOR, listing, upload).await.expect("a picture");
    }
    leave(world).await;
    listing
}

/// As if the process that has the jobs had died long ago: sweepers may take them.
async fn leave(world: &World) {
    world.run("UPDATE outbox SET lease_until = created_at", []).await;
}

pub(crate) async fn pictures(world: &World, listing: i64) -> Vec<Picture> {
    world.core.listings.find(None, listing).await.expect("a listing").pictures
}

/// That each picture has a thumbnail, and that nothing else is left an hour later.
pub(crate) async fn check_made(world: &World, listing: i64, expected: usize) {
    assert_eq!(world.core.outbox.depth().await.expect("an answer"), 0);
    world.bed.clock.turn(TimeDelta::minutes(61));
    world.core.janitor.sweep().await.expect("a sweep");
    let pictures = pictures(world, listing).await;
    assert_eq!(pictures.len(), expected);
    let kept: BTreeSet<String> =
        pictures.into_iter().flat_map(|picture| [picture.key, picture.thumbnail.expect("a thumbnail")]).collect();
    assert_eq!(world.bed.pictures(), kept);
    let rows = world.number("SELECT count(*) FROM media WHERE drop_at IS NULL", []).await;
    assert_eq!(rows, i64::try_from(kept.len()).expect("a count"));
    assert_eq!(world.number("SELECT count(*) FROM media", []).await, rows);
    assert_eq!(TestBed::dead_jobs(&world.core).await, []);
}

/// The same jobs under other task ids, as pushes that crossed leave them.
fn again(jobs: &[QueuedJob], pushes: u32) -> Vec<QueuedJob> {
    let other = |job: &QueuedJob| {
        let (stem, _) = job.task_id.rsplit_once('-').expect("a task id");
        QueuedJob { task_id: format!("{stem}-{pushes}"), body: job.body.clone() }
    };
    jobs.iter().map(other).collect()
}

#[tokio::test]
async fn a_job_that_comes_three_times_makes_one_thumbnail() {
    let world = World::new(1).await;
    let listing = listing(&world, 3).await;
    let jobs = world.claim(Queue::Media).await;
    assert_eq!(jobs.len(), 3);
    let (one, other) = (world.bed.core().await, world.bed.core().await);
    let runners = [PictureRunner::new(one), PictureRunner::new(other)];
    // Each runner has each job, at once.
    let (first, second) = (again(&jobs, 2), again(&jobs, 3));
    let all = jobs.iter().chain(&first).chain(&second).enumerate();
    let handling = all.map(|(at, job)| runners[at % 2].handle(job.clone()));
    futures::future::join_all(handling).await;
    // Of those that the bound puts back, too.
    let worker = World::work(world.bed.core().await);
    world.bed.clock.turn(TimeDelta::seconds(31));
    world.settle().await;
    // And once more, long after it was done.
    let before = pictures(&world, listing).await;
    runners[0].handle(jobs[0].clone()).await;
    assert_eq!(pictures(&world, listing).await, before);
    worker.stop().await;
    check_made(&world, listing, 3).await;
}

#[tokio::test]
async fn two_workers_share_what_is_to_be_made() {
    let world = World::new(1).await;
    let (one, other) = (world.bed.core().await, world.bed.core().await);
    let listing = listing(&world, 20).await;
    let workers = [World::work(one), World::work(other)];
    world.settle().await;
    for worker in workers {
        worker.stop().await;
    }
    check_made(&world, listing, 20).await;
}

/// Its steps are not undone one by one: at any moment it may end.
#[tokio::test]
async fn one_that_dies_anywhere_leaves_the_thumbnail_to_the_next() {
    let world = World::new(1).await;
    let listing = listing(&world, 1).await;
    for delay in (0..24).map(|step| Duration::from_micros(500 * step)) {
        let Some(job) = world.claim(Queue::Media).await.pop() else { break };
        std::thread::scope(|scope| scope.spawn(|| begin(&world, job, delay)).join()).expect("it ends");
        leave(&world).await;
    }
    let worker = World::work(world.bed.core().await);
    world.settle().await;
    worker.stop().await;
    check_made(&world, listing, 1).await;
}

/// Handles a job on a runtime that ends after `delay` with all that was begun: a dead process writes no file later.
fn begin(world: &World, job: QueuedJob, delay: Duration) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let runner = PictureRunner::new(world.bed.core().await);
        // Not a wait: the moment of death.
        let _ = tokio::time::timeout(delay, runner.handle(job)).await;
    });
}

#[tokio::test]
async fn a_picture_that_is_gone_ends_its_job_quietly() {
    let world = World::new(1).await;
    let listing = listing(&world, 2).await;
    let [first, _] = pictures(&world, listing).await.try_into().expect("two pictures");
    world.core.listing_pictures.remove(ACTOR, listing, first.id).await.expect("removed");
    let worker = World::work(world.bed.core().await);
    world.settle().await;
    worker.stop().await;
    check_made(&world, listing, 1).await;
}

/// SQLite's writers wait for one another from the beginning, so there a removal is before the thumbnail or after it.
#[tokio::test]
async fn a_picture_that_goes_while_its_thumbnail_is_made_takes_it_with_it() {
    if !production() {
        return;
    }
    let world = World::new(1).await;
    let listing = listing(&world, 1).await;
    let job = world.claim(Queue::Media).await.remove(0);
    let removing = world.core.database.writer().begin().await.expect("a transaction");
    removing.execute_unprepared("DELETE FROM listing_pictures").await.expect("the picture is removed");
    let drop = "UPDATE media SET drop_at = created_at";
    removing.execute_unprepared(drop).await.expect("and is to be dropped");
    let runner = PictureRunner::new(world.bed.core().await);
    let making = tokio::spawn(async move { runner.handle(job).await });
    let blocked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                   AND wait_event_type = 'Lock' AND query LIKE '%listing_pictures%'";
    eventually("the thumbnail is stored", async || world.number(blocked, []).await == 1).await;
    removing.commit().await.expect("a commit");
    making.await.expect("it ends");
    world.core.janitor.sweep().await.expect("a sweep");
    assert!(world.bed.pictures().is_empty(), "at once, not after an hour");
    check_made(&world, listing, 0).await;
}

#[tokio::test]
async fn one_that_can_not_be_read_dies_and_can_be_brought_back() {
    let world = World::new(1).await;
    let listing = listing(&world, 3).await;
    let [damaged, odd, _] = pictures(&world, listing).await.try_into().expect("three pictures");
    let file = world.bed.folder().join("media").join(&damaged.key);
    let whole = std::fs::read(&file).expect("a file");
    std::fs::write(&file, &whole[..whole.len() / 2]).expect("written");
    let no_key = "UPDATE listing_pictures SET key = '../kith.db' WHERE id = $1";
    world.run(no_key, [odd.id.into()]).await;
    let worker = World::work(world.bed.core().await);
    world.settle().await;
    let dead = TestBed::dead_jobs(&world.core).await;
    assert_eq!(dead.len(), 2, "{dead:#?}");
    for dead in &dead {
        assert_eq!((dead.queue.as_str(), dead.name.as_str(), dead.attempts), ("media", "picture_thumbnail", 1));
        assert!(dead.error.starts_with("Upload a valid image."), "{}", dead.error);
    }
    std::fs::write(&file, whole).expect("written");
    world.run("UPDATE listing_pictures SET key = $2 WHERE id = $1", [odd.id.into(), odd.key.into()]).await;
    for dead in dead {
        assert!(TestBed::retry_dead(&world.core, dead.id).await);
    }
    world.settle().await;
    worker.stop().await;
    check_made(&world, listing, 3).await;
}

#[tokio::test]
async fn a_store_that_has_nothing_is_asked_again_later_and_at_last_no_more() {
    let world = World::with(1, |config| config.worker.attempts = 3).await;
    let listing = listing(&world, 1).await;
    let (media, aside) = (world.bed.folder().join("media"), world.bed.folder().join("aside"));
    std::fs::rename(&media, &aside).expect("taken away");
    let worker = World::work(world.bed.core().await);
    for (attempt, wait) in [(1, 5), (2, 10)] {
        let failed = async || world.rows(&format!("attempts = {attempt}")).await.len() == 1;
        eventually("it failed", failed).await;
        let row = world.rows("TRUE").await.remove(0);
        let error = row.last_error.expect("an error");
        assert!(error.starts_with("the media store has nothing under listings/"), "{error}");
        let (now, wait) = (world.core.writer.now(), TimeDelta::seconds(wait));
        assert!(row.lease_until > now && row.lease_until <= now + wait, "after {attempt}");
        world.bed.clock.turn(wait);
    }
    world.settle().await;
    let dead = TestBed::dead_jobs(&world.core).await;
    assert_eq!((dead.len(), dead[0].attempts), (1, 3));
    std::fs::rename(&aside, &media).expect("back again");
    assert!(TestBed::retry_dead(&world.core, dead[0].id).await);
    world.settle().await;
    worker.stop().await;
    check_made(&world, listing, 1).await;
}

#[tokio::test]
async fn a_process_that_draws_too_much_already_counts_no_attempt() {
    let mut world = World::new(1).await;
    let listing = listing(&world, 1).await;
    // One whose every turn is taken.
    world.bed.config.limits.pictures = 0;
    let full = PictureRunner::new(world.bed.core().await);
    world.bed.config.limits.pictures = 2;
    let job = world.claim(Queue::Media).await.remove(0);
    full.handle(job).await;
    let row = world.rows("TRUE").await.remove(0);
    assert_eq!((row.attempts, row.last_error), (0, None));
    assert!(row.lease_until <= world.core.writer.now() + TimeDelta::seconds(1), "it is put back");
    let worker = World::work(world.bed.core().await);
    world.bed.clock.turn(TimeDelta::seconds(1));
    world.settle().await;
    worker.stop().await;
    check_made(&world, listing, 1).await;
}

#[tokio::test]
async fn a_payload_that_does_not_read_dies_and_a_newer_one_waits() {
    let world = World::new(1).await;
    let job = |version, payload: &str| Job {
        queue: Queue::Media,
        name: "picture_thumbnail",
        version,
        payload: payload.to_owned(),
    };
    world.write(&job(1, r#"{"picture_id":"one"}"#)).await;
    let newer = world.write(&job(2, r#"{"picture":{"id":1}}"#)).await;
    let unknown = world.write(&Job { name: "picture_painted", ..job(1, "{}") }).await;
    let worker = World::work(world.bed.core().await);
    eventually("the first dies", async || !TestBed::dead_jobs(&world.core).await.is_empty()).await;
    for id in [newer, unknown] {
        let put_back = async || world.row(id).await.is_some_and(|row| row.pushes >= 1 && row.holder.is_none());
        eventually("the others are put back", put_back).await;
    }
    worker.stop().await;
    let dead = TestBed::dead_jobs(&world.core).await;
    assert_eq!(dead.len(), 1, "{dead:#?}");
    assert!(dead[0].error.starts_with("the payload does not read: "), "{}", dead[0].error);
    assert_eq!(world.rows("attempts = 0").await.len(), 2);
}

/// A worker of a version that knew no such queue, in a rolling restart.
#[tokio::test]
async fn a_worker_that_does_not_serve_the_queue_leaves_it_to_one_that_does() {
    let world = World::new(2).await;
    let (older, core) = (world.bed.core().await, world.bed.core().await);
    let listing = listing(&world, 1).await;
    let stop = CancellationToken::new();
    let plan = Plan { queues: vec![Queue::Notifications, Queue::Email], concurrency: 4, mail_concurrency: 4 };
    let work = tokio::spawn({
        let stop = stop.clone();
        async move { worker::run(&older, TestMailer::new([]), &plan, stop).await }
    });
    world.write(&Job::decided(1, 2)).await;
    eventually("it works", async || world.notifications().await == 1).await;
    let row = world.rows("queue = 'media'").await.remove(0);
    assert_eq!((row.pushes, row.attempts), (0, 0));
    stop.cancel();
    work.await.expect("it ends");
    let worker = World::work(core);
    world.settle().await;
    worker.stop().await;
    check_made(&world, listing, 1).await;
}
