//! What a socket has missed, it is told in order and once, whatever was lost.

use sea_orm::ConnectionTrait;
use serde_json::json;
use shared::Core;
use shared::config::Config;
use shared::events::{Change, Envelope, Event, InboxEvent, NotificationView, Unread};
use shared::jobs::payloads::RequestSent;
use shared::notifications::{AskedJob, InboxJob};
use shared::page::Span;

use super::{NOTIFICATIONS, SOCKET, ask, expect_quiet, fill, id, no_sweep, notification_path};
use crate::dialects::support::{by_shared_paths, socket};
use crate::world::{Person, Socket, World};

/// Ann, whose socket is open, and those who ask her.
struct Scene {
    world: World,
    ann: Person,
    others: Vec<Person>,
    socket: Socket,
    /// A process that commits and dies before it publishes: nobody carries its events away.
    silenced: Core,
}

async fn scene(others: usize, change: impl FnOnce(&mut Config)) -> Scene {
    let world = World::without_worker(change).await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut people = Vec::new();
    for number in 0..others {
        people.push(by_shared_paths(&world, &format!("other{number}")).await);
    }
    let mut socket = socket(&ann, SOCKET).await.expect("the socket opens");
    expect_quiet(&mut socket).await;
    let silenced = world.bed.core().await;
    Scene { world, ann, others: people, socket, silenced }
}

impl Scene {
    /// One of the others asks Ann, and `core` puts that into her inbox; answers the notification.
    async fn tell(&self, core: &Core, other: usize) -> i64 {
        let from = &self.others[other];
        let request_id = ask(from, &self.ann).await;
        let statement = core.database.engine().statement("SELECT id FROM outbox", []);
        let rows = core.database.writer().query_all_raw(statement).await.expect("the outbox");
        let [row] = rows.as_slice() else { panic!("one job waits, not {}", rows.len()) };
        let sent = RequestSent { request_id, from_id: from.id, to_id: self.ann.id };
        let job = AskedJob::from((row.try_get("", "id").expect("an id"), InboxJob::Sent(sent)));
        core.delivery.deliver(&[job]).await.expect("delivered");
        id(&self.ann.get(NOTIFICATIONS).await.expect(200)[0])
    }

    /// Tells nobody.
    async fn lose(&self, other: usize) -> i64 {
        self.tell(&self.silenced, other).await
    }

    /// Tells the sockets.
    async fn hear(&self, other: usize) -> i64 {
        self.tell(self.world.core(), other).await
    }

    /// That the next frames tell of these notifications, as GET shows them, and that no more come.
    async fn expect_told(&mut self, ids: &[i64]) {
        let mut told = Vec::new();
        let mut expected = Vec::new();
        for id in ids {
            told.push(self.socket.next().await);
            let row = self.ann.get(&notification_path(*id)).await.expect(200);
            expected.push(json!({"type": "notification", "data": row}));
        }
        assert_eq!(told, expected);
        expect_quiet(&mut self.socket).await;
    }

    fn finish(self) -> impl Future<Output = ()> {
        drop(self.socket);
        self.world.finish()
    }
}

#[tokio::test]
async fn what_was_lost_is_told_when_the_next_event_comes() {
    let mut scene = scene(4, no_sweep).await;
    let first = scene.hear(0).await;
    scene.expect_told(&[first]).await;
    let lost = [scene.lose(1).await, scene.lose(2).await];
    expect_quiet(&mut scene.socket).await;
    let last = scene.hear(3).await;
    scene.expect_told(&[lost[0], lost[1], last]).await;
    scene.finish().await;
}

#[tokio::test]
async fn what_was_lost_is_told_when_the_next_event_is_none_that_this_socket_tells() {
    let mut scene = scene(2, no_sweep).await;
    let (lost, gone) = (scene.lose(0).await, scene.lose(1).await);
    scene.silenced.notifications.remove(scene.ann.id, gone).await.expect("removed");
    expect_quiet(&mut scene.socket).await;
    scene.ann.act(&format!("{NOTIFICATIONS}mark-all-read/")).await.expect(200);
    scene.expect_told(&[lost]).await;
    scene.finish().await;
}

#[tokio::test]
async fn what_was_lost_last_is_told_by_the_sweep() {
    let mut scene = scene(2, |config| config.gateway.sweep_every = 1).await;
    let lost = [scene.lose(0).await, scene.lose(1).await];
    // The first may be found a sweep before the second.
    scene.expect_told(&lost).await;
    scene.finish().await;
}

/// The events of arrivals in an inbox that nothing else has changed.
fn arrivals(account_id: i64, views: Vec<NotificationView>) -> Vec<Event> {
    let oldest_first = views.into_iter().rev();
    let event = |(version, view): (i64, NotificationView)| {
        let unread = Unread { notifications: version, messages: 0 };
        let change = Change::Notification(Box::new(view));
        Event::Inbox(InboxEvent { account_id, after: version - 1, version, unread, change, origin: None })
    };
    (1..).zip(oldest_first).map(event).collect()
}

#[tokio::test]
async fn what_comes_twice_or_out_of_order_is_told_once_and_in_order() {
    let change = |config: &mut Config| {
        no_sweep(config);
        config.gateway.gap = 600_000; // no catch-up helps
    };
    let mut scene = scene(4, change).await;
    let mut ids = Vec::new();
    for other in 0..4 {
        ids.push(scene.lose(other).await);
    }
    let page = scene.silenced.notifications.list(scene.ann.id, false, Span::newest(9)).await.expect("a page");
    let events = arrivals(scene.ann.id, page.items);
    for (places, told) in [(&[3, 2][..], &[][..]), (&[3, 1, 1], &ids[..3]), (&[2, 1, 3, 4, 4], &ids[3..])] {
        let events = places.iter().map(|place: &usize| events[place - 1].clone()).collect();
        scene.world.core().ports.bus.publish(&Envelope::new(events)).await.expect("published");
        scene.expect_told(told).await;
    }
    scene.finish().await;
}

#[tokio::test]
async fn what_was_read_since_is_told_as_it_stands_and_what_was_told_is_not_told_again() {
    let mut scene = scene(3, no_sweep).await;
    let known = scene.hear(0).await;
    scene.expect_told(&[known]).await;
    let lost = scene.lose(1).await;
    for id in [known, lost] {
        scene.silenced.notifications.read_one(scene.ann.id, id).await.expect("read");
        scene.silenced.notifications.edit(scene.ann.id, id, "Other words").await.expect("an edit");
    }
    let last = scene.hear(2).await;
    scene.expect_told(&[lost, last]).await;
    scene.finish().await;
}

#[tokio::test]
async fn what_was_lost_comes_in_the_order_of_its_arrival_also_when_the_first_was_read_since() {
    let mut scene = scene(3, no_sweep).await;
    let lost = [scene.lose(0).await, scene.lose(1).await];
    scene.silenced.notifications.read_one(scene.ann.id, lost[0]).await.expect("read");
    let last = scene.hear(2).await;
    scene.expect_told(&[lost[0], lost[1], last]).await;
    scene.finish().await;
}

#[tokio::test]
async fn of_more_than_one_answer_holds_nothing_is_left_out() {
    let mut scene = scene(2, no_sweep).await;
    fill(&scene.world, &scene.ann, &scene.others[0], 1_001).await;
    let list = scene.ann.get(&format!("{NOTIFICATIONS}?offset=1000")).await.expect(200);
    let oldest = id(&list[0]);
    // Its change moves it behind the part that is read first.
    scene.silenced.notifications.read_one(scene.ann.id, oldest).await.expect("read");
    let last = scene.hear(1).await;
    let mut told = Vec::new();
    while told.last() != Some(&last) {
        told.push(id(&scene.socket.next().await["data"]));
    }
    expect_quiet(&mut scene.socket).await;
    assert!(told.contains(&oldest), "the oldest was never told");
    let mut all = told.clone();
    all.sort_unstable();
    all.dedup();
    assert_eq!((told.len(), all.len()), (1_002, 1_002), "each once");
    scene.finish().await;
}
