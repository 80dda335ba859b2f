//! What Prometheus reads of the API and of workers.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

mod requests;
mod scrape;
mod work;

use shared::Core;

use crate::world::World;
use scrape::Window;

/// A worker more, whose core is answered with what it shows.
async fn worker(world: &mut World) -> (Core, Window) {
    let core = world.bed.core().await;
    let mailer = worker::mail::mailer(&core.config).expect("a mailer");
    world.add_worker_of(core.clone(), mailer);
    let window = Window::of_worker(&core).await;
    (core, window)
}
