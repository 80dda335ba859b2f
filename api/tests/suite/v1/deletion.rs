//! The end of one's own account.

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use shared::testing::TestBed;

use super::avatar;
use super::everywhere::{Everywhere, no_sweep};
use super::export::notes;
use super::password_reset::sign_in;
use super::support::{execute, ids, number, seen, sent, waiting_job};
use crate::world::{Answer, PASSWORD, Person, Socket, World};

pub(super) async fn delete(person: &Person, password: &str) -> Answer {
    person.call(Method::DELETE, "/api/v1/me", json!({"password": password})).await
}

/// That no job died, and that nothing speaks of an account any more.
pub(super) async fn assert_gone(world: &World, id: i64) {
    world.settle().await;
    assert_eq!(TestBed::dead_jobs(world.core()).await, []);
    for left in [
        format!("accounts WHERE id = {id}"),
        format!("notifications WHERE actor_id = {id} OR account_id = {id}"),
        format!("connection_requests WHERE from_id = {id} OR to_id = {id}"),
        format!("connections WHERE low_id = {id} OR high_id = {id}"),
        format!("blocks WHERE blocker_id = {id} OR blocked_id = {id}"),
        format!("sessions WHERE account_id = {id}"),
        format!("inboxes WHERE account_id = {id}"),
        format!("contact_messages WHERE account_id = {id}"),
        format!("cases WHERE account_id = {id}"),
        format!("case_messages WHERE author_id = {id}"),
        format!("reports WHERE reporter_id = {id} OR account_id = {id}"),
        format!("messages WHERE sender_id = {id} OR receiver_id = {id}"),
        format!("chat_members WHERE account_id = {id} OR other_id = {id}"),
        format!("chats WHERE low_id = {id} OR high_id = {id}"),
        format!("delivery_marks WHERE account_id = {id}"),
        format!("suggestion_dismissals WHERE account_id = {id} OR dismissed_id = {id}"),
        format!("listings WHERE account_id = {id}"),
        format!("reviews WHERE account_id = {id}"),
        format!("saved_listings WHERE account_id = {id}"),
    ] {
        assert_eq!(number(world, &format!("SELECT count(*) FROM {left}")).await, 0, "{left}");
    }
    // Every inbox counts right, and its versions are each one change's.
    let wrong = "SELECT count(*) FROM inboxes i WHERE i.unread_notifications <> (SELECT count(*) FROM notifications n
        WHERE n.account_id = i.account_id AND n.read_at IS NULL AND n.removed_at IS NULL)
        OR i.version < (SELECT COALESCE(MAX(version), 0) FROM notifications n WHERE n.account_id = i.account_id)";
    assert_eq!(number(world, wrong).await, 0);
    // And every listing is rated as its reviews say.
    let wrong = "SELECT count(*) FROM listings l
        WHERE l.rating_count <> (SELECT count(*) FROM reviews r WHERE r.listing_id = l.id)
        OR l.rating_sum <> (SELECT COALESCE(SUM(r.rating), 0) FROM reviews r WHERE r.listing_id = l.id)";
    assert_eq!(number(world, wrong).await, 0);
}

/// A socket that hears what comes from now on.
async fn live(person: &Person) -> Socket {
    let mut socket = person.socket().await;
    socket.expect("hello").await;
    socket.resume_part(0).await;
    socket
}

#[tokio::test]
async fn it_takes_the_password() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    bob.accept(ann.ask(&bob).await).await.expect(200);
    world.settle().await;
    let before = seen(&[&ann, &bob]).await;
    let problem = delete(&ann, "a guess of mine").await.expect_problem(422, "invalid");
    assert!(problem["errors"]["password"][0].is_string(), "{problem:#}");
    ann.delete("/api/v1/me").await.expect_problem(415, "not_json");
    world.settle().await;
    assert_eq!(seen(&[&ann, &bob]).await, before);
    world.finish().await;
}

#[tokio::test]
async fn nothing_of_it_speaks_any_more() {
    let mut world = World::with(no_sweep).await;
    world.add_api().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    let (ann, bob) = (nobody.sign_in("ann").await, world.person("bob").await);
    let everywhere = Everywhere::sign_in(&world, &ann).await;
    assert_eq!(ids(&bob.get("/api/v1/users?q=ann").await.expect(200)), [ann.id]);
    delete(&ann, PASSWORD).await.expect(204);
    ann.get("/api/v1/me").await.expect_problem(401, "invalid_token");
    delete(&ann, PASSWORD).await.expect_problem(401, "invalid_token");
    bob.get(&format!("/api/v1/users/{}", ann.id)).await.expect_problem(404, "not_found");
    for q in ["ann", "deleted", ""] {
        assert_eq!(ids(&bob.get(&format!("/api/v1/users?q={q}")).await.expect(200)), [0_i64; 0], "{q}");
    }
    bob.post("/api/v1/connection-requests", json!({"to_user_id": ann.id})).await.expect_problem(404, "not_found");
    bob.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect_problem(404, "not_found");
    for login in ["ann", "ann@example.org", &format!("deleted-{}", ann.id)] {
        sign_in(&nobody, login, PASSWORD).await.expect_problem(401, "wrong_credentials");
        nobody.post("/api/v1/password-reset/mail", json!({"login": login})).await.expect(202);
    }
    everywhere.expect_ended().await;
    assert_eq!(sent(&world).await, 0);
    assert_gone(&world, ann.id).await;
    world.finish().await;
}

/// At once, and not when a worker gets to it.
#[tokio::test]
async fn its_names_are_free() {
    let mut world = World::without_worker(|_| {}).await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    execute(&world, "UPDATE accounts SET email_confirmed_at = created_at").await;
    let old = nobody.sign_in("ann").await;
    old.patch("/api/v1/me", json!({"full_name": "Ann Lee", "phone": "1234567"})).await.expect(200);
    delete(&old, PASSWORD).await.expect(204);
    let account = nobody.register("ann", "ann@example.org").await.expect(201);
    assert_ne!(account["id"], old.id);
    let new = nobody.sign_in("ann@example.org").await;
    world.add_worker().await;
    assert_gone(&world, old.id).await;
    assert_eq!(new.get("/api/v1/me").await.expect(200)["id"], account["id"]);
    let kept = "SELECT count(*) FROM accounts WHERE full_name = 'Ann Lee' OR phone = '1234567'";
    assert_eq!(number(&world, kept).await, 0);
    world.finish().await;
}

#[tokio::test]
async fn others_are_left_without_a_trace_and_hear_of_it() {
    let mut world = World::with(no_sweep).await;
    world.add_api().await;
    let mut people = Vec::new();
    for name in ["ann", "bob", "cat", "dan", "eve", "fay"] {
        people.push(world.person(name).await);
    }
    let [ann, bob, cat, dan, eve, fay] = people.as_slice() else { panic!("six") };
    ann.accept(bob.ask(ann).await).await.expect(200);
    ann.ask(cat).await;
    dan.ask(ann).await;
    ann.decide(eve.ask(ann).await, "reject").await.expect(200);
    fay.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    let picture = avatar::set(ann, [200, 30, 30]).await;
    // Something of others' stays in each inbox, and one of the deleted account's is read.
    fay.ask(bob).await;
    fay.ask(cat).await;
    world.settle().await;
    let read = ids(&eve.get("/api/v1/notifications").await.expect(200))[0];
    eve.act(&format!("/api/v1/notifications/{read}/read")).await.expect(200);
    let version = async |person: &Person| {
        person.get("/api/v1/notifications").await.expect(200)["version"].as_i64().expect("a version")
    };
    let before = [version(bob).await, version(cat).await, version(eve).await];
    let mut sockets = [live(bob).await, live(&bob.at(world.apis[1].address)).await];
    let told = bob.get("/api/v1/notifications").await.expect(200);
    let of_ann = told["items"].as_array().expect("items").iter().find(|item| item["actor"]["username"] == "ann");
    let of_ann = of_ann.expect("one of hers")["id"].clone();

    delete(ann, PASSWORD).await.expect(204);
    for socket in &mut sockets {
        let frame = socket.expect("removed").await;
        assert_eq!(frame["notifications"], json!([of_ann]));
        let unread = json!({"notifications": 1, "messages": 0});
        assert_eq!((&frame["version"], &frame["unread"]), (&json!(before[0] + 1), &unread));
    }
    assert_gone(&world, ann.id).await;
    // Whoever was away hears of it too.
    for (person, (before, unread)) in [(cat, (before[1], 1)), (eve, (before[2], 0))] {
        let mut socket = person.socket().await;
        let frames = socket.resume(before).await;
        let [frame] = frames.as_slice() else { panic!("{frames:#?}") };
        assert_eq!((&frame["type"], &frame["version"]), (&json!("removed"), &json!(before + 1)));
        assert_eq!(frame["unread"]["notifications"], unread);
        let count = person.get("/api/v1/notifications/unread-count").await.expect(200);
        assert_eq!(count["notifications"], unread);
        assert_eq!(version(person).await, before + 1);
    }
    for person in [bob, cat, dan, eve, fay] {
        let lists: Value = seen(&[person]).await;
        assert!(!lists.to_string().contains("\"ann\"") && !lists.to_string().contains("deleted"), "{lists:#}");
    }
    assert_eq!((bob.inbox().await, cat.inbox().await), (vec!["requested".to_owned()], vec!["requested".to_owned()]));
    for socket in &mut sockets {
        socket.expect_nothing().await;
    }
    world.core().janitor.sweep().await.expect("a sweep");
    bob.get(&picture).await.expect(404);
    assert_eq!(number(&world, "SELECT count(*) FROM media").await, 0);
    drop(sockets);
    world.finish().await;
}

#[tokio::test]
async fn its_chats_go_and_whom_it_dismissed_or_was_dismissed_by() {
    let world = World::with(no_sweep).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let cat = world.person("cat").await;
    for (one, other) in [(&ann, &bob), (&cat, &ann), (&bob, &cat)] {
        let opened = one.post("/api/v1/chats", json!({"account_id": other.id})).await.expect(200);
        let path = format!("/api/v1/chats/{}/messages", opened["id"]);
        for (writer, text) in [(one, "Hello"), (other, "Hello to you"), (one, "Goodbye")] {
            writer.post(&path, json!({"text": text})).await.expect(201);
        }
    }
    ann.delete(&format!("/api/v1/suggestions/{}", bob.id)).await.expect(204);
    cat.delete(&format!("/api/v1/suggestions/{}", ann.id)).await.expect(204);
    cat.delete(&format!("/api/v1/suggestions/{}", bob.id)).await.expect(204);
    let marks = [(ann.id, 3), (bob.id, 3)].into();
    world.core().chats.mark_delivered("chat_app", &marks).await.expect("the marks");
    world.settle().await;
    delete(&ann, PASSWORD).await.expect(204);
    assert_gone(&world, ann.id).await;
    // What others have among themselves stays, and counts right.
    for (table, left) in [("chats", 1), ("chat_members", 2), ("messages", 3), ("delivery_marks", 1)] {
        assert_eq!(number(&world, &format!("SELECT count(*) FROM {table}")).await, left, "{table}");
    }
    assert_eq!(number(&world, "SELECT count(*) FROM suggestion_dismissals").await, 1);
    for (person, unread) in [(&bob, 1), (&cat, 2)] {
        let list = person.get("/api/v1/chats").await.expect(200);
        assert_eq!((ids(&list).len(), &list["items"][0]["unread"]), (1, &json!(unread)));
        let count = person.get("/api/v1/notifications/unread-count").await.expect(200);
        assert_eq!(count["messages"], unread, "{}", person.name);
    }
    world.finish().await;
}

/// A worker that dies after the first part, and two that have the same job.
#[tokio::test]
async fn the_work_may_begin_again_anywhere() {
    let mut world = World::without_worker(|_| {}).await;
    let ann = world.person("ann").await;
    let mut others = Vec::new();
    for number in 0..8 {
        let other = world.person(&format!("other{number}")).await;
        notes(&world, other.id, ann.id, 100 + number).await;
        notes(&world, other.id, others.last().map_or(ann.id, |last: &Person| last.id), 1).await;
        others.push(other);
    }
    // Of others' notifications there is one in each inbox but the first.
    let read =
        format!("UPDATE notifications SET read_at = created_at WHERE account_id = {} AND version <= 40", others[1].id);
    execute(&world, &read).await;
    let counted = format!(
        "UPDATE inboxes SET unread_notifications = unread_notifications - 40 WHERE account_id = {}",
        others[1].id
    );
    execute(&world, &counted).await;
    delete(&ann, PASSWORD).await.expect(204);
    let (job, _) = waiting_job(&world, "account_deleted").await;
    let core = world.core();
    assert!(core.delivery.retract(ann.id).await.expect("a part"), "there is more");
    let left = format!("SELECT count(*) FROM notifications WHERE actor_id = {} AND removed_at IS NULL", ann.id);
    let told = (100..108).sum::<i64>() + 1;
    assert_eq!(number(&world, &left).await, told - 500);
    for outcome in join_all((0..3).map(|_| core.deletions.finish(job, ann.id))).await {
        outcome.expect("it is done");
    }
    core.deletions.finish(job, ann.id).await.expect("nothing is left to do");
    world.add_worker().await;
    assert_gone(&world, ann.id).await;
    for (number, other) in others.iter().enumerate() {
        let list = other.get("/api/v1/notifications").await.expect(200);
        let expected = usize::from(number > 0);
        assert_eq!((ids(&list).len(), &list["unread"]["notifications"]), (expected, &json!(expected)), "{number}");
        // Each removal took a version of its own.
        let (mut socket, told) = (other.socket().await, 100 + i64::try_from(number).expect("small") + 1);
        let removed = told - i64::try_from(expected).expect("small");
        assert_eq!(list["version"], told + removed, "{number}");
        let frames = socket.resume(told).await;
        let gone: usize = frames.iter().map(|frame| frame["notifications"].as_array().map_or(0, Vec::len)).sum();
        assert_eq!(i64::try_from(gone).expect("small"), removed, "{number}");
    }
    world.finish().await;
}

/// What the account did just before, whose jobs come after: each order leaves the same nothing.
#[tokio::test]
async fn what_it_did_just_before_leaves_nothing_behind() {
    for first in [true, false] {
        let mut world = World::without_worker(|_| {}).await;
        let (ann, bob) = (world.person("ann").await, world.person("bob").await);
        let (cat, dan) = (world.person("cat").await, world.person("dan").await);
        let (of_bob, of_dan) = (bob.ask(&ann).await, dan.ask(&ann).await);
        ann.accept(of_bob).await.expect(200);
        ann.decide(of_dan, "reject").await.expect(200);
        ann.ask(&cat).await;
        delete(&ann, PASSWORD).await.expect(204);
        if first {
            let (job, _) = waiting_job(&world, "account_deleted").await;
            world.core().deletions.finish(job, ann.id).await.expect("it is done");
        }
        world.add_worker().await;
        assert_gone(&world, ann.id).await;
        for person in [&bob, &cat, &dan] {
            assert_eq!(person.inbox().await, [""; 0]);
            for path in ["connections", "connection-requests", "connection-requests?direction=outgoing"] {
                assert_eq!(person.get(&format!("/api/v1/{path}")).await.expect(200)["items"], json!([]), "{path}");
            }
        }
        world.finish().await;
    }
}
