//! Resuming: a client that was away is told what it missed, all of it, once.

use chrono::TimeDelta;
use serde_json::json;

use super::client::Client;
use super::crowd::{ask, cancel, crowd, fill};
use super::{kinds, no_sweep, versions};
use crate::world::World;
use shared::page::Span;

#[tokio::test]
async fn what_was_missed_is_told_and_what_came_and_went_is_not() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 5, "Somebody").await;
    fill(world.core(), ann.id, people[0], 3).await;
    let mut socket = ann.socket().await;
    let frames = socket.resume(0).await;
    assert_eq!((kinds(&frames), versions(&frames)), (vec!["notification"; 3], vec![1, 2, 3]));
    let ids: Vec<i64> = frames.iter().map(|frame| frame["notification"]["id"].as_i64().expect("an id")).collect();
    drop(socket);

    ann.act(&format!("/api/v1/notifications/{}/read", ids[0])).await.expect(200); // 4
    ann.delete(&format!("/api/v1/notifications/{}", ids[1])).await.expect(204); // 5
    ask(world.core(), people[1], ann.id).await; // 6
    world.settle().await;
    let brief = ask(world.core(), people[2], ann.id).await; // 7
    world.settle().await;
    cancel(world.core(), people[2], brief).await; // 8
    world.settle().await;

    let mut socket = ann.socket().await;
    assert_eq!(socket.expect("hello").await["version"], 8);
    let (frames, resumed) = socket.resume_part(3).await;
    assert_eq!(versions(&frames), [4, 5, 6]);
    assert_eq!(kinds(&frames), ["changed", "removed", "notification"]);
    assert_eq!(frames[0]["notifications"], json!([ids[0]]));
    assert!(frames[0]["read_at"].is_string());
    assert_eq!(frames[1]["notifications"], json!([ids[1]]));
    assert_eq!(frames[2]["notification"]["actor"]["id"], people[1]);
    let unread = json!({"notifications": 2, "messages": 0});
    assert!(frames.iter().all(|frame| frame["unread"] == unread), "{frames:#?}");
    assert_eq!(resumed, json!({"type": "resumed", "count": 3, "more": false, "version": 8}));
    socket.expect_nothing().await;

    // The same for a client that knows nothing: what is gone is not told at all.
    let mut fresh = ann.socket().await;
    let frames = fresh.resume(0).await;
    assert_eq!((kinds(&frames), versions(&frames)), (vec!["notification"; 3], vec![3, 4, 6]));
    assert!(frames[1]["notification"]["read_at"].is_string());
    drop((socket, fresh));
    world.finish().await;
}

#[tokio::test]
async fn more_than_a_thousand_changes_come_in_parts_that_the_client_asks_for() {
    let change = |config: &mut shared::config::Config| {
        config.gateway.hold = 600_000;
        no_sweep(config);
    };
    let world = World::with(change).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 2, "Somebody").await;
    fill(world.core(), ann.id, people[0], 2_100).await;
    let (mut socket, mut other) = (ann.socket().await, ann.socket().await);
    assert_eq!(socket.expect("hello").await["version"], 2_100);
    assert!(other.resume(2_100).await.is_empty());
    let (mut told, mut after) = (Vec::new(), 0);
    for (count, more) in [(1_000, true), (1_000, true), (100, false)] {
        let (frames, resumed) = socket.resume_part(after).await;
        told.extend(versions(&frames));
        after += count;
        assert_eq!(resumed, json!({"type": "resumed", "count": count, "more": more, "version": after}));
        if more {
            // Answers come in the order of the questions: one of its own would be here before.
            assert!(other.resume_part(2_100).await.0.is_empty());
            socket.expect_nothing().await;
        }
    }
    assert_eq!(told, (1..=2_100).collect::<Vec<i64>>());
    ask(world.core(), people[1], ann.id).await;
    assert_eq!(socket.expect("notification").await["version"], 2_101);
    drop((socket, other));
    world.finish().await;
}

#[tokio::test]
async fn a_client_that_does_not_ask_for_the_rest_is_sent_it() {
    let change = |config: &mut shared::config::Config| {
        config.gateway.hold = 100;
        no_sweep(config);
    };
    let world = World::with(change).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 2, "Somebody").await;
    fill(world.core(), ann.id, people[0], 2_100).await;
    let mut socket = ann.socket().await;
    assert_eq!(versions(&socket.resume(0).await), (1..=1_000).collect::<Vec<i64>>());
    assert_eq!(versions(&socket.frames_through(2_100).await), (1_001..=2_100).collect::<Vec<i64>>());
    ask(world.core(), people[1], ann.id).await;
    assert_eq!(socket.expect("notification").await["version"], 2_101);
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_part_is_counted_in_changes_also_where_some_are_not_told() {
    let world = World::with(no_sweep).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 1, "Somebody").await;
    fill(world.core(), ann.id, people[0], 1_200).await;
    let core = world.core();
    let page = core.notifications.list(ann.id, false, Span::newest(100)).await.expect("a page");
    for item in &page.items {
        core.notifications.remove(ann.id, item.id).await.expect("it goes");
    }
    // 1..=1100 are there; 1101..=1200 came and went, as 1201..=1300.
    let mut socket = ann.socket().await;
    socket.expect("hello").await;
    let (first, resumed) = socket.resume_part(0).await;
    assert_eq!(versions(&first), (1..=1_000).collect::<Vec<i64>>());
    assert_eq!((&resumed["more"], &resumed["version"]), (&json!(true), &json!(1_000)));
    let (second, resumed) = socket.resume_part(1_000).await;
    assert_eq!(versions(&second), (1_001..=1_100).collect::<Vec<i64>>());
    assert_eq!((&resumed["more"], &resumed["version"]), (&json!(false), &json!(1_300)));
    socket.expect_nothing().await;
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_resume_is_answered_with_its_ref() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let mut socket = ann.socket().await;
    socket.expect("hello").await;
    socket.send(json!({"type": "resume", "after": 0, "ref": "a"})).await;
    let resumed = json!({"type": "resumed", "count": 0, "more": false, "version": 0, "ref": "a"});
    assert_eq!(socket.next().await, resumed);
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn of_two_resumes_in_a_row_the_last_counts() {
    let world = World::with(no_sweep).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 2, "Somebody").await;
    fill(world.core(), ann.id, people[0], 3).await;
    let mut socket = ann.socket().await;
    socket.expect("hello").await;
    let resume = |after: i64, reference: &str| json!({"type": "resume", "after": after, "ref": reference});
    socket.send_together([resume(0, "a"), resume(2, "b")]).await;
    let mut frames = Vec::new();
    loop {
        let frame = socket.next().await;
        match frame["ref"].as_str() {
            Some("a") => frames.clear(), // it may be answered, or not
            Some(reference) => break assert_eq!(reference, "b", "{frame:#}"),
            None => frames.push(frame),
        }
    }
    assert_eq!(versions(&frames), [3]);
    ask(world.core(), people[1], ann.id).await;
    assert_eq!(socket.expect("notification").await["version"], 4);
    socket.expect_nothing().await;
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_cut_off_within_what_it_missed_learns_of_what_had_changed_before() {
    let world = World::with(no_sweep).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 1, "Somebody").await;
    fill(world.core(), ann.id, people[0], 3).await;
    world.core().notifications.read_through(ann.id, 1).await.expect("read"); // the first is now 4
    let mut client = Client::default();
    let mut socket = ann.socket().await;
    let frames = socket.resume(0).await;
    assert_eq!(versions(&frames), [2, 3, 4]);
    client.hear_all(&frames[..2]);
    drop(socket);
    let mut socket = ann.socket().await;
    client.hear_all(&socket.resume(client.version).await);
    client.expect_inbox_of(&ann).await;
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn what_changes_between_its_birth_and_the_next_part_is_told_whole() {
    let world = World::with(no_sweep).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 1, "Somebody").await;
    fill(world.core(), ann.id, people[0], 1_100).await;
    world.core().notifications.read_through(ann.id, 50).await.expect("read"); // now 1101 to 1150
    let mut client = Client::default();
    let mut socket = ann.socket().await;
    socket.expect("hello").await;
    let mut more = json!(true);
    while more == true {
        let (frames, resumed) = socket.resume_part(client.version).await;
        client.hear_all(&frames);
        client.hear(&resumed);
        more = resumed["more"].clone();
    }
    client.expect_inbox_of(&ann).await;
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_client_may_resume_anew_on_a_live_socket() {
    let world = World::with(no_sweep).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 2, "Somebody").await;
    fill(world.core(), ann.id, people[0], 3).await;
    let mut socket = ann.socket().await;
    assert_eq!(versions(&socket.resume(0).await), [1, 2, 3]);
    assert_eq!(versions(&socket.resume_part(1).await.0), [2, 3]);
    ask(world.core(), people[1], ann.id).await;
    assert_eq!(socket.expect("notification").await["version"], 4);
    socket.expect_nothing().await;
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_version_that_the_inbox_never_had_is_answered_with_a_reset() {
    let world = World::with(no_sweep).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 2, "Somebody").await;
    fill(world.core(), ann.id, people[0], 2).await;
    let unread = json!({"notifications": 2, "messages": 0});
    for after in [3, i64::MAX, -1, i64::MIN] {
        let mut socket = ann.socket().await;
        socket.expect("hello").await;
        socket.send(json!({"type": "resume", "after": after, "ref": "r"})).await;
        let reset = json!({"type": "reset", "version": 2, "unread": unread, "ref": "r"});
        assert_eq!(socket.next().await, reset, "after {after}");
        socket.expect_nothing().await;
    }
    let mut socket = ann.socket().await;
    socket.expect("hello").await;
    socket.send(json!({"type": "resume", "after": 3})).await;
    socket.expect("reset").await;
    // Live from there on.
    ask(world.core(), people[1], ann.id).await;
    assert_eq!(socket.expect("notification").await["version"], 3);
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_version_below_what_was_swept_is_answered_with_a_reset() {
    let world = World::with(no_sweep).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 1, "Somebody").await;
    let core = world.core();
    fill(core, ann.id, people[0], 3).await;
    let page = core.notifications.list(ann.id, false, Span::newest(1)).await.expect("a page");
    core.notifications.remove(ann.id, page.items[0].id).await.expect("it goes"); // 4
    world.bed.clock.turn(TimeDelta::days(31));
    core.janitor.sweep().await.expect("a sweep");
    let ann = ann.sign_in("ann").await; // tokens have not lived that long
    let mut socket = ann.socket().await;
    socket.expect("hello").await;
    for after in [0, 3] {
        socket.send(json!({"type": "resume", "after": after})).await;
        assert_eq!(socket.expect("reset").await["version"], 4, "after {after}");
    }
    let (frames, resumed) = socket.resume_part(4).await;
    assert!(frames.is_empty());
    assert_eq!(resumed["version"], 4);
    drop(socket);
    world.finish().await;
}
