//! Marking notifications as read and unread: every count agrees, and v1's sockets hear of it.

use serde_json::{Value, json};

use super::{Answers, Login, NOTIFICATIONS, id, ids, login, note, notification_path};
use crate::dialects::support::by_shared_paths;
use crate::world::{Answer, Person, Socket, World};

/// Ann with three notes (oldest first), at two of her devices.
struct Inbox {
    world: World,
    ann: Login,
    notes: [i64; 3],
    v1: Socket,
}

async fn inbox() -> Inbox {
    let world = World::start().await;
    let person = by_shared_paths(&world, "ann").await;
    let ann = login(&person).await;
    let notes = [note(&person, "first").await, note(&person, "second").await, note(&person, "third").await];
    let mut v1 = ann.access.socket().await;
    assert_eq!(v1.resume(0).await.len(), 3);
    Inbox { world, ann, notes, v1 }
}

impl Inbox {
    fn person(&self) -> &Person {
        &self.ann.sliding
    }

    async fn mark_read(&self, note: i64) -> Answer {
        self.person().act(&format!("{}mark-read/", notification_path(note))).await
    }

    async fn mark(&self, note: i64, read: Value) -> Answer {
        self.person().patch(&notification_path(note), json!({"read": read})).await
    }

    async fn mark_all(&self) -> Answer {
        self.person().act(&format!("{NOTIFICATIONS}mark-all-read/")).await
    }

    /// That these alone are unread: here, one by one, and as v1 counts.
    #[track_caller]
    fn expect_unread(&self, unread: &[i64]) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            let list = self.person().get(NOTIFICATIONS).await.expect(200);
            let rows = list.as_array().expect("a list");
            let mut found: Vec<i64> = rows.iter().filter(|row| row["read"] == false).map(id).collect();
            found.reverse();
            assert_eq!(found, unread, "at {caller}");
            for row in rows {
                assert_eq!(&self.person().get(&notification_path(id(row))).await.expect(200), row, "at {caller}");
            }
            let count = self.ann.access.get("/api/v1/notifications/unread-count").await.expect(200);
            assert_eq!(count["notifications"], unread.len(), "at {caller}");
            let v1 = self.ann.access.get("/api/v1/notifications?unread=true").await.expect(200);
            let mut found = ids(&v1["items"]);
            found.reverse();
            assert_eq!(found, unread, "at {caller}");
        }
    }

    /// That v1's socket hears of a change of these, and how many are unread then.
    #[track_caller]
    fn expect_changed(&mut self, notes: &[i64], unread: usize) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            let frame = self.v1.expect("changed").await;
            assert_eq!(frame["notifications"], json!(notes), "at {caller}: {frame:#}");
            assert_eq!(frame["unread"]["notifications"], unread, "at {caller}: {frame:#}");
        }
    }

    fn finish(self) -> impl Future<Output = ()> {
        drop(self.v1);
        self.world.finish()
    }
}

#[tokio::test]
async fn one_is_marked_as_read_and_again_changes_nothing() {
    let mut inbox = inbox().await;
    let [first, second, third] = inbox.notes;
    inbox.expect_unread(&[first, second, third]).await;
    let mut answers = Answers::default();
    answers.add("marked", inbox.mark_read(second).await);
    inbox.expect_changed(&[second], 2).await;
    inbox.expect_unread(&[first, third]).await;
    answers.add("marked again", inbox.mark_read(second).await);
    inbox.expect_unread(&[first, third]).await;
    inbox.v1.expect_nothing().await;
    assert_kept!("marked_as_read", answers);
    inbox.finish().await;
}

#[tokio::test]
async fn one_is_changed_to_read_and_to_unread() {
    let mut inbox = inbox().await;
    let [first, second, third] = inbox.notes;
    let mut answers = Answers::default();
    answers.add("true", inbox.mark(first, json!(true)).await);
    inbox.expect_changed(&[first], 2).await;
    inbox.expect_unread(&[second, third]).await;
    answers.add("true again", inbox.mark(first, json!(true)).await);
    inbox.v1.expect_nothing().await;
    answers.add("false", inbox.mark(first, json!(false)).await);
    inbox.expect_changed(&[first], 3).await;
    inbox.expect_unread(&[first, second, third]).await;
    answers.add("false again", inbox.mark(first, json!(false)).await);
    inbox.v1.expect_nothing().await;
    inbox.expect_unread(&[first, second, third]).await;
    assert_kept!("changed", answers);
    inbox.finish().await;
}

#[tokio::test]
async fn a_change_that_names_nothing_changes_nothing() {
    let mut inbox = inbox().await;
    let [first, second, third] = inbox.notes;
    inbox.mark_read(first).await.expect(200);
    inbox.expect_changed(&[first], 2).await;
    for note in [first, second] {
        let path = notification_path(note);
        let before = inbox.person().get(&path).await.expect(200);
        // What a notification says is not the reader's to change.
        let body = json!({"message": "Other", "verb": "accepted", "id": 999, "recipient_id": 999, "actor": null});
        assert_eq!(inbox.person().patch(&path, body).await.expect(200), before);
        assert_eq!(inbox.person().patch(&path, json!({})).await.expect(200), before);
        assert_eq!(inbox.person().get(&path).await.expect(200), before);
    }
    inbox.v1.expect_nothing().await;
    inbox.expect_unread(&[second, third]).await;
    inbox.finish().await;
}

#[tokio::test]
async fn yes_and_no_are_said_in_several_words() {
    let mut inbox = inbox().await;
    let note = inbox.notes[0];
    for (yes, no) in
        [("true", "false"), ("True", "False"), ("t", "f"), ("YES", "NO"), ("y", "n"), ("on", "off"), ("1", "0")]
    {
        assert_eq!(inbox.mark(note, json!(yes)).await.expect(200)["read"], true, "{yes}");
        inbox.expect_changed(&[note], 2).await;
        assert_eq!(inbox.mark(note, json!(no)).await.expect(200)["read"], false, "{no}");
        inbox.expect_changed(&[note], 3).await;
    }
    assert_eq!(inbox.mark(note, json!(1)).await.expect(200)["read"], true);
    inbox.expect_changed(&[note], 2).await;
    assert_eq!(inbox.mark(note, json!(0)).await.expect(200)["read"], false);
    inbox.expect_changed(&[note], 3).await;
    inbox.finish().await;
}

#[tokio::test]
async fn all_are_marked_as_read() {
    let mut inbox = inbox().await;
    let [first, second, third] = inbox.notes;
    inbox.mark_read(second).await.expect(200);
    inbox.expect_changed(&[second], 2).await;
    let mut answers = Answers::default();
    answers.add("two", inbox.mark_all().await);
    inbox.expect_changed(&[first, third], 0).await;
    inbox.expect_unread(&[]).await;
    answers.add("none", inbox.mark_all().await);
    inbox.v1.expect_nothing().await;
    let fourth = note(inbox.person(), "fourth").await;
    inbox.v1.expect("notification").await;
    inbox.expect_unread(&[fourth]).await;
    answers.add("one", inbox.mark_all().await);
    inbox.expect_changed(&[fourth], 0).await;
    assert_kept!("all_marked_as_read", answers);
    inbox.finish().await;
}

#[tokio::test]
async fn what_v1_marks_is_marked_here() {
    let mut inbox = inbox().await;
    let [first, second, third] = inbox.notes;
    inbox.ann.access.act(&format!("/api/v1/notifications/{second}/read")).await.expect(200);
    inbox.expect_changed(&[second], 2).await;
    inbox.expect_unread(&[first, third]).await;
    inbox.ann.access.post("/api/v1/notifications/read", json!({"through": 9})).await.expect(200);
    inbox.expect_changed(&[first, third], 0).await;
    inbox.expect_unread(&[]).await;
    inbox.mark(third, json!(false)).await.expect(200);
    inbox.expect_changed(&[third], 1).await;
    inbox.expect_unread(&[third]).await;
    inbox.finish().await;
}

#[tokio::test]
async fn counts_agree_after_everything_at_once() {
    let inbox = inbox().await;
    let [first, second, third] = inbox.notes;
    let answers = futures::future::join_all((0..5).flat_map(|_| {
        [
            futures::future::Either::Left(inbox.mark_read(first)),
            futures::future::Either::Right(inbox.mark(second, json!(true))),
        ]
    }));
    let third = notification_path(third);
    let (answers, removed) = tokio::join!(answers, inbox.person().delete(&third));
    for answer in answers {
        assert_eq!(answer.expect(200)["read"], true);
    }
    removed.expect(204);
    inbox.expect_unread(&[]).await;
    inbox.finish().await;
}
