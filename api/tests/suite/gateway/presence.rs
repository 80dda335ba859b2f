//! Presence: one's connections hear once that one comes and goes, whatever dies, and nobody else does.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::Core;
use shared::config::Config;
use shared::ports::clock::Clock;
use shared::ports::presence::Horizon;
use shared::presence::Turn;

use super::no_sweep;
use crate::dialects::support::socket;
use crate::world::{Person, Socket, World, eventually};

/// With leases that are looked at every second.
pub(super) fn often(config: &mut Config) {
    no_sweep(config);
    config.gateway.presence_refresh = 1;
}

/// Connects two people; nobody works, so that nobody is told of it.
pub(crate) async fn connect(one: &Person, other: &Person) {
    other.accept(one.ask(other).await).await.expect(200);
}

/// Opens a socket that hears what comes from now on.
pub(crate) async fn listening(person: &Person) -> Socket {
    let mut socket = person.socket().await;
    assert!(socket.resume(0).await.is_empty());
    socket
}

/// The next frame, which tells that an account came or went; when that was.
#[track_caller]
pub(crate) fn hears(socket: &mut Socket, account: i64, online: bool) -> impl Future<Output = DateTime<Utc>> {
    let caller = std::panic::Location::caller();
    async move {
        let frame = socket.next().await;
        let last_seen = &frame["last_seen"];
        let whole = json!({"type": "presence", "account_id": account, "online": online, "last_seen": last_seen});
        assert_eq!(frame, whole, "at {caller}");
        last_seen.as_str().expect("a time").parse().expect("RFC 3339")
    }
}

/// Who of one's connections is there.
pub(crate) async fn there(person: &Person) -> Vec<i64> {
    let list = person.get("/api/v1/presence").await.expect(200);
    let items = list["items"].as_array().expect("items");
    items.iter().map(|item| item["user"]["id"].as_i64().expect("an id")).collect()
}

/// Enters accounts as a process does that dies before it can take them away.
async fn enter_and_die(core: &Core, accounts: &[i64]) -> Vec<Turn> {
    let came = core.presence.enter("a process that died", accounts).await.expect("entered");
    core.presence.tell(&came).await.expect("told");
    came
}

/// Whether somebody has a socket, as the processes have told each other.
pub(super) async fn connected(core: &Core, person: &Person) -> bool {
    connected_since(core, person, core.writer.now() - TimeDelta::seconds(40)).await
}

/// Whether a process has said that somebody has a socket, not longer ago than that.
pub(crate) async fn connected_since(core: &Core, person: &Person, since: DateTime<Utc>) -> bool {
    let now = core.writer.now();
    let horizon = Horizon { now, sockets_since: since, requests_since: now };
    !core.ports.presence.seen(&[person.id], horizon).await.expect("seen").is_empty()
}

pub(super) async fn set_hidden(core: &Core, person: &Person, hidden: bool) {
    let statement = "UPDATE accounts SET presence_hidden = $1 WHERE id = $2";
    let statement = core.database.engine().statement(statement, [hidden.into(), person.id.into()]);
    core.database.writer().execute_raw(statement).await.expect("an update");
    if hidden { core.presence.hide(person.id).await } else { core.presence.show(person.id).await }
}

#[tokio::test]
async fn two_people_on_two_processes_hear_of_each_other_once() {
    let mut world = World::without_worker(no_sweep).await;
    let address = world.add_api().await.address;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    let (bob, cat) = (bob.at(address), cat.at(address));
    connect(&ann, &bob).await;
    connect(&ann, &cat).await;
    let mut of_ann = listening(&ann).await;
    eventually("ann is there", async || there(&bob).await == [ann.id]).await;
    let before = world.bed.clock.now();
    let mut of_bob = [listening(&bob).await, listening(&bob).await];
    let came = hears(&mut of_ann, bob.id, true).await;
    assert!(before <= came && came <= world.bed.clock.now());
    assert_eq!(there(&ann).await, [bob.id]);

    // One of two sockets closes: he is there.
    let [first, last] = &mut of_bob;
    first.try_send_raw(tokio_tungstenite::tungstenite::Message::Close(None)).await;
    first.close_code().await;
    let of_cat = listening(&cat).await;
    hears(&mut of_ann, cat.id, true).await;
    last.expect_nothing().await; // nobody told him of cat, nor of ann again
    drop(of_cat);
    hears(&mut of_ann, cat.id, false).await;
    drop(of_bob);
    assert!(hears(&mut of_ann, bob.id, false).await > came);
    of_ann.expect_nothing().await;
    assert_eq!(there(&ann).await, [0; 0]);
    drop(of_ann);
    world.finish().await;
}

#[tokio::test]
async fn strangers_the_blocked_and_sockets_of_dialects_hear_nothing() {
    let world = World::without_worker(no_sweep).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let (cat, eve) = (world.person("cat").await, world.person("eve").await);
    for other in [&ann, &cat] {
        connect(&bob, other).await;
    }
    bob.put(&format!("/api/v1/blocks/{}", cat.id)).await.expect(204);
    let mut deaf = [listening(&cat).await, listening(&eve).await];
    let mut dialect = socket(&ann, "/ws/notifications/").await.expect("it opens");
    let mut of_ann = listening(&ann).await;
    let of_bob = listening(&bob).await;
    hears(&mut of_ann, bob.id, true).await;
    assert_eq!(there(&ann).await, [bob.id]);
    drop(of_bob);
    hears(&mut of_ann, bob.id, false).await;
    for socket in &mut deaf {
        socket.expect_nothing().await;
    }
    dialect.send(json!({"type": "ping"})).await;
    assert_eq!(dialect.next().await, json!({"type": "pong"}));
    assert_eq!((there(&cat).await, there(&eve).await), (vec![], vec![]));
    drop((deaf, dialect, of_ann));
    world.finish().await;
}

#[tokio::test]
async fn a_client_that_has_not_resumed_hears_of_it_at_once() {
    let change = |config: &mut Config| config.gateway.hold = 600_000;
    let world = World::without_worker(change).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    connect(&ann, &bob).await;
    let mut of_ann = ann.socket().await;
    of_ann.expect("hello").await;
    eventually("ann is there", async || there(&bob).await == [ann.id]).await;
    let of_bob = listening(&bob).await;
    hears(&mut of_ann, bob.id, true).await;
    let (frames, _) = of_ann.resume_part(0).await;
    assert_eq!(frames, [] as [Value; 0]);
    drop((of_ann, of_bob));
    world.finish().await;
}

#[tokio::test]
async fn the_people_of_a_killed_process_are_gone_within_a_minute() {
    let world = World::without_worker(often).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    connect(&ann, &bob).await;
    let mut of_ann = listening(&ann).await;
    eventually("ann is there", async || there(&bob).await == [ann.id]).await;
    let came = enter_and_die(world.core(), &[bob.id]).await;
    assert_eq!(hears(&mut of_ann, bob.id, true).await, came[0].at);

    // Long enough for a process that only pauses.
    world.bed.clock.turn(TimeDelta::seconds(30));
    assert_eq!(there(&ann).await, [bob.id]);
    of_ann.expect_nothing().await;
    world.bed.clock.turn(TimeDelta::seconds(15));
    assert_eq!(there(&ann).await, [0; 0], "asked for, swept or not");
    let last_seen = hears(&mut of_ann, bob.id, false).await;
    assert_eq!(last_seen - came[0].at, TimeDelta::microseconds(1), "when he was last seen, after he came");
    // Ann's own process has said again that she is there.
    eventually("ann is there", async || there(&bob).await == [ann.id]).await;

    let _of_bob = listening(&bob).await;
    hears(&mut of_ann, bob.id, true).await;
    of_ann.expect_nothing().await;
    drop(of_ann);
    world.finish().await;
}

#[tokio::test]
async fn whoever_comes_back_elsewhere_before_the_lease_lapses_never_went() {
    let world = World::without_worker(often).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    connect(&ann, &bob).await;
    let mut of_ann = listening(&ann).await;
    eventually("ann is there", async || there(&bob).await == [ann.id]).await;
    enter_and_die(world.core(), &[bob.id]).await;
    hears(&mut of_ann, bob.id, true).await;
    world.bed.clock.turn(TimeDelta::seconds(30));
    let back = world.core().writer.now();
    let of_bob = listening(&bob).await;
    eventually("he is entered elsewhere", async || connected_since(world.core(), &bob, back).await).await;
    world.bed.clock.turn(TimeDelta::seconds(30));
    eventually("he is there again", async || there(&ann).await == [bob.id]).await;
    eventually("and so is ann", async || there(&bob).await == [ann.id]).await;
    // The dead one's lease is swept, and nobody went by it.
    assert_eq!(world.core().presence.sweep().await.expect("swept"), (Vec::new(), false));
    of_ann.expect_nothing().await;
    drop(of_bob);
    hears(&mut of_ann, bob.id, false).await;
    drop(of_ann);
    world.finish().await;
}

#[tokio::test]
async fn a_stop_tells_at_once_and_the_next_process_tells_anew() {
    let mut world = World::without_worker(no_sweep).await;
    let going = world.apis.remove(0);
    let address = world.add_api().await.address;
    let (ann, bob) = (Person::join(address, "ann").await, Person::join(address, "bob").await);
    connect(&ann, &bob).await;
    let mut of_ann = listening(&ann).await;
    eventually("ann is there", async || there(&bob).await == [ann.id]).await;
    let mut of_bob = listening(&bob.at(going.address)).await;
    hears(&mut of_ann, bob.id, true).await;
    going.stop().await;
    assert_eq!(of_bob.close_code().await, Some(1012));
    hears(&mut of_ann, bob.id, false).await;
    assert_eq!(there(&ann).await, [0; 0]);
    let of_bob = listening(&bob).await;
    hears(&mut of_ann, bob.id, true).await;
    assert_eq!(there(&ann).await, [bob.id]);
    drop((of_ann, of_bob));
    world.finish().await;
}

#[tokio::test]
async fn whoever_hides_went_and_comes_when_they_hide_no_longer() {
    let mut world = World::without_worker(no_sweep).await;
    let address = world.add_api().await.address;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await.at(address));
    let cat = world.person("cat").await.at(address);
    connect(&ann, &bob).await;
    connect(&ann, &cat).await;
    let mut of_ann = listening(&ann).await;
    eventually("ann is there", async || there(&bob).await == [ann.id]).await;
    let mut of_bob = listening(&bob).await;
    hears(&mut of_ann, bob.id, true).await;
    assert!(world.core().presence.is_present(ann.id, bob.id).await.expect("an answer"));

    set_hidden(world.core(), &bob, true).await;
    hears(&mut of_ann, bob.id, false).await;
    assert_eq!(there(&ann).await, [0; 0]);
    assert!(!world.core().presence.is_present(ann.id, bob.id).await.expect("an answer"));
    assert_eq!(there(&bob).await, [ann.id], "he sees others all the same");
    // Neither his last socket's end nor a new one tells anything.
    drop(of_bob);
    eventually("he has no socket", async || !connected(world.core(), &bob).await).await;
    of_bob = listening(&bob).await;
    eventually("he has one", async || connected(world.core(), &bob).await).await;
    let of_cat = listening(&cat).await; // at the same process, so it would be told behind his
    hears(&mut of_ann, cat.id, true).await;
    drop(of_cat);
    hears(&mut of_ann, cat.id, false).await;
    drop(of_ann);
    hears(&mut of_bob, ann.id, false).await;
    of_ann = listening(&ann).await;
    hears(&mut of_bob, ann.id, true).await;
    of_ann.expect_nothing().await;

    set_hidden(world.core(), &bob, false).await;
    hears(&mut of_ann, bob.id, true).await;
    assert_eq!(there(&ann).await, [bob.id]);
    // Of whoever is not there, nothing is told either way.
    drop(of_bob);
    hears(&mut of_ann, bob.id, false).await;
    set_hidden(world.core(), &bob, true).await;
    set_hidden(world.core(), &bob, false).await;
    of_ann.expect_nothing().await;
    drop(of_ann);
    world.finish().await;
}

#[tokio::test]
async fn a_redis_that_forgets_is_told_again() {
    let Some(url) = shared::testing::redis_url() else {
        return; // the store of production
    };
    let world = World::without_worker(often).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    connect(&ann, &bob).await;
    let (of_ann, of_bob) = (listening(&ann).await, listening(&bob).await);
    eventually("bob is there", async || there(&ann).await == [bob.id]).await;
    set_hidden(world.core(), &ann, true).await;
    let eve = world.person("eve").await;
    let names = async || {
        let list = eve.get("/api/online-users/").await.expect(200);
        list.as_array().expect("rows").iter().map(|row| row["username"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["bob"]);

    let base = format!("{{{}:presence}}*", world.bed.config.redis.prefix);
    let forget = format!(
        r#"EVAL "for _, key in ipairs(redis.call('keys', ARGV[1])) do redis.call('del', key) end return 1" 0 "{base}""#
    );
    super::repair::redis_command(&url, &forget).await;
    eventually("bob is there again", async || there(&ann).await == [bob.id]).await;
    eventually("and listed", async || names().await == ["bob"]).await;
    assert_eq!(there(&bob).await, [0; 0], "whoever hides still hides");
    drop((of_ann, of_bob));
    world.finish().await;
}
