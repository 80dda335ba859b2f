//! A queue that can be away.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use shared::Core;
use shared::database::Database;
use shared::jobs::Queue;
use shared::ports::queue::{JobHandler, JobQueue, QueueError, QueuedJob};
use shared::testing::TestBed;
use tokio_util::sync::CancellationToken;

/// In front of a queue that works.
#[derive(Debug)]
pub(crate) struct FlakyQueue {
    queue: Arc<dyn JobQueue>,
    away: AtomicBool,
}

impl FlakyQueue {
    /// A core of `bed` whose queue can be taken away from it, and the queue.
    pub(crate) async fn core(bed: &TestBed, base: &Core) -> (Core, Arc<Self>) {
        let queue = Arc::new(Self { queue: Arc::clone(&base.ports.queue), away: AtomicBool::new(false) });
        let mut ports = base.ports.clone();
        ports.queue = Arc::clone(&queue) as Arc<dyn JobQueue>;
        let database = Database::connect(&bed.config.database, &bed.clock).await.expect("the database answers");
        (Box::pin(Core::new(bed.config.clone(), database, ports)).await.expect("a core"), queue)
    }

    /// Takes it away, or gives it back.
    pub(crate) fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    fn here(&self) -> Result<&dyn JobQueue, QueueError> {
        if self.away.load(Ordering::SeqCst) {
            Err(QueueError::Away("the test took it".to_owned()))
        } else {
            Ok(&*self.queue)
        }
    }
}

#[async_trait]
impl JobQueue for FlakyQueue {
    async fn push(&self, queue: Queue, jobs: &[QueuedJob]) -> Result<u64, QueueError> {
        self.here()?.push(queue, jobs).await
    }

    async fn depth(&self, queue: Queue) -> Result<u64, QueueError> {
        self.here()?.depth(queue).await
    }

    async fn consume(&self, queue: Queue, concurrency: usize, handler: Arc<dyn JobHandler>, stop: CancellationToken) {
        self.queue.consume(queue, concurrency, handler, stop).await;
    }

    fn leftovers(&self) -> Vec<QueuedJob> {
        self.queue.leftovers()
    }

    async fn check(&self) -> Result<(), QueueError> {
        self.here()?.check().await
    }
}
