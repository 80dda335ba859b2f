//! Presence over a store that fails: what it leaves open is told when it can be, and holds nobody up.

use chrono::TimeDelta;
use shared::config::Config;

use super::no_sweep;
use super::presence::{connect, connected, hears, listening, often, set_hidden, there};
use crate::world::{Fault, Person, Socket, Wayward, World, eventually};

/// With leases that are entered once.
fn once(config: &mut Config) {
    no_sweep(config);
    config.gateway.presence_refresh = 3_600;
}

/// Two who are connected; ann hears what comes from now on, and nothing of herself is still to be told.
async fn ann_listens(world: &World, store: &Wayward) -> (Person, Person, Socket) {
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    connect(&ann, &bob).await;
    let of_ann = listening(&ann).await;
    eventually("ann is there", async || store.asked("show") > 0 && there(&bob).await == [ann.id]).await;
    (ann, bob, of_ann)
}

#[tokio::test]
async fn who_came_and_went_by_a_lost_answer_is_told() {
    let (world, store) = World::wayward(once).await;
    let (ann, bob, mut of_ann) = ann_listens(&world, &store).await;
    store.fail("enter", Fault::LosesAnswer);
    store.fail("leave", Fault::LosesAnswer);
    let of_bob = listening(&bob).await;
    hears(&mut of_ann, bob.id, true).await;
    assert_eq!(there(&ann).await, [bob.id]);
    drop(of_bob);
    hears(&mut of_ann, bob.id, false).await;
    // Of what was never done, nothing is told.
    store.fail("enter", Fault::Refuses);
    let before = store.asked("seen");
    let of_bob = listening(&bob).await;
    eventually("it was to be told", async || store.asked("seen") > before).await;
    store.mend();
    drop(of_bob);
    of_ann.expect_nothing().await;
    drop(of_ann);
    world.finish().await;
}

#[tokio::test]
async fn leases_are_renewed_while_telling_hangs() {
    let (world, store) = World::wayward(often).await;
    let (ann, bob, mut of_ann) = ann_listens(&world, &store).await;
    let before = store.asked("show");
    store.fail("show", Fault::Hangs);
    let of_bob = listening(&bob).await;
    eventually("telling hangs", async || store.asked("show") > before).await;
    world.bed.clock.turn(TimeDelta::seconds(45));
    for person in [&ann, &bob] {
        eventually("the lease is renewed", async || connected(world.core(), person).await).await;
    }
    store.mend();
    hears(&mut of_ann, bob.id, true).await;
    drop(of_bob);
    hears(&mut of_ann, bob.id, false).await;
    drop(of_ann);
    world.finish().await;
}

#[tokio::test]
async fn that_somebody_hides_is_told_when_the_store_takes_it() {
    let (world, store) = World::wayward(once).await;
    let (ann, bob, mut of_ann) = ann_listens(&world, &store).await;
    let of_bob = listening(&bob).await;
    hears(&mut of_ann, bob.id, true).await;
    store.fail("hide", Fault::Refuses);
    set_hidden(world.core(), &bob, true).await;
    eventually("it is told again", async || store.asked("hide") > 1).await;
    of_ann.expect_nothing().await;
    assert_eq!(there(&ann).await, [0; 0], "nobody is shown whom the database hides");
    store.mend();
    hears(&mut of_ann, bob.id, false).await;
    store.fail("show", Fault::Refuses);
    let before = store.asked("show");
    set_hidden(world.core(), &bob, false).await;
    eventually("it is told again", async || store.asked("show") > before + 1).await;
    of_ann.expect_nothing().await;
    store.mend();
    hears(&mut of_ann, bob.id, true).await;
    drop(of_bob);
    hears(&mut of_ann, bob.id, false).await;
    drop(of_ann);
    world.finish().await;
}

#[tokio::test]
async fn whoever_hides_while_it_is_to_be_told_that_they_came_does_not_come() {
    let (world, store) = World::wayward(once).await;
    let (ann, bob, mut of_ann) = ann_listens(&world, &store).await;
    let cat = world.person("cat").await;
    connect(&ann, &cat).await;
    let before = store.asked("show");
    store.fail("show", Fault::Hangs);
    let of_bob = listening(&bob).await;
    eventually("it is being told", async || store.asked("show") > before).await;
    set_hidden(world.core(), &bob, true).await;
    hears(&mut of_ann, bob.id, false).await;
    store.mend();
    let of_cat = listening(&cat).await; // told behind bob
    hears(&mut of_ann, cat.id, true).await;
    drop((of_ann, of_bob, of_cat));
    world.finish().await;
}

#[tokio::test]
async fn of_many_requests_few_wait_for_a_store_that_hangs() {
    let (world, store) = World::wayward(once).await;
    let people = [world.person("ann").await, world.person("bob").await, world.person("cat").await];
    world.bed.clock.turn(TimeDelta::seconds(6)); // that they signed in was noted
    let before = store.asked("saw");
    store.fail("saw", Fault::Hangs);
    for person in &people {
        person.get("/api/v1/me").await.expect(200);
    }
    assert_eq!(store.asked("saw") - before, 1);
    store.mend();
    world.finish().await;
}
