//! What processes of different versions read of one another.

use super::*;

fn person(id: i64, name: &str) -> Person {
    Person {
        id,
        username: name.to_owned(),
        full_name: None,
        email: None,
        phone: None,
        company_name: None,
        industry: None,
        avatar: None,
    }
}

#[test]
fn the_previous_version_still_reads() {
    let old = r#"{"v":1,"events":[{"type":"inbox","account_id":7,"version":3,
        "unread":{"notifications":1,"messages":0},"change":{"what":"removed","notifications":[9]}}]}"#;
    let envelope = Envelope::decode(old).expect("version 1 reads");
    let Event::Inbox(event) = &envelope.events[0] else { panic!("an inbox event") };
    assert_eq!((event.after, event.version), (2, 3));
}

#[test]
fn a_notification_of_nobody_is_left_to_the_database() {
    let old = r#"{"v":2,"events":[{"type":"inbox","account_id":7,"after":2,"version":3,
        "unread":{"notifications":1,"messages":0},"change":{"what":"notification","id":9,"version":3,
        "kind":"accepted","actor":{"id":3,"username":"ann","full_name":null},"request_id":4,
        "created_at":"2026-01-01T00:00:00Z"}}]}"#;
    let envelope = Envelope::decode(old).expect("the older form reads");
    let Event::Inbox(event) = &envelope.events[0] else { panic!("an inbox event") };
    assert_eq!((event.version, &event.change), (3, &Change::Unknown));
}

#[test]
fn what_is_encoded_reads() {
    let view = NotificationView {
        id: 1,
        recipient: Some(person(7, "bob")),
        version: 2,
        kind: Kind::Accepted,
        actor: Some(person(3, "ann")),
        request_id: Some(4),
        subject_id: None,
        body: None,
        created_at: chrono::Utc::now(),
        read_at: None,
    };
    let (unread, change) = (Unread::default(), Change::Notification(Box::new(view)));
    let event = Event::Inbox(InboxEvent { account_id: 7, after: 1, version: 2, unread, change, origin: None });
    let envelope = Envelope::new(vec![event, Event::SessionsEnded { account_id: 7, sessions: vec![1] }]);
    assert_eq!(Envelope::decode(&envelope.encode()).expect("reads"), envelope);
}

#[test]
fn what_a_newer_version_adds_is_passed_over() {
    let newer = r#"{"v":2,"events":[{"type":"comet","tail":1}]}"#;
    assert_eq!(Envelope::decode(newer).expect("reads").events, [Event::Unknown]);
    assert!(matches!(Envelope::decode(r#"{"v":3,"shape":"other"}"#), Err(EventError::Newer(3))));
}

/// Events as the version before chats and presence knows them.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum OlderEvent {
    Inbox {
        account_id: i64,
        after: i64,
        version: i64,
        change: OlderChange,
    },
    #[serde(other)]
    Unknown,
}

/// Changes as it knows them: none of those below.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
enum OlderChange {
    Removed {
        notifications: Vec<i64>,
    },
    #[serde(other)]
    Unknown,
}

#[test]
fn what_chats_and_presence_tell_reads_and_an_older_version_passes_it_over() {
    #[derive(Deserialize)]
    struct OlderEnvelope {
        v: u16,
        events: Vec<OlderEvent>,
    }
    let at: Timestamp = chrono::Utc::now();
    let message = MessageView {
        id: 5,
        chat_id: 6,
        sender: person(3, "ann"),
        receiver: person(7, "bob"),
        text: "Hello".to_owned(),
        client_id: Some("c-1".to_owned()),
        created_at: at,
        edited_at: Some(at),
    };
    let changes = [
        Change::Message(Box::new(message.clone())),
        Change::MessageEdited(Box::new(message)),
        Change::MessagesRemoved { chat_id: 6, messages: vec![5] },
        Change::ReadThrough(ReadMark { chat_id: 6, account_id: 3, through: 5, read_at: Some(at) }),
        Change::ChatsRemoved { chats: vec![6] },
    ];
    let unread = Unread { notifications: 1, messages: 2 };
    let told = (2..).zip(changes);
    let mut events: Vec<Event> = told
        .map(|(version, change)| {
            Event::Inbox(InboxEvent { account_id: 7, after: version - 1, version, unread, change, origin: None })
        })
        .collect();
    events.push(Event::Typing { to_id: 7, from_id: 3, chat_id: 6 });
    events.push(Event::Presence { account_id: 3, online: true, at, to: vec![7] });
    let envelope = Envelope::new(events);
    let text = envelope.encode();
    assert_eq!(Envelope::decode(&text).expect("reads"), envelope);

    // It knows that the inbox changed, and reads from the database how.
    let OlderEnvelope { v, events } = serde_json::from_str(&text).expect("the older version reads it");
    let older =
        |version| OlderEvent::Inbox { account_id: 7, after: version - 1, version, change: OlderChange::Unknown };
    let mut expected: Vec<OlderEvent> = (2..=6).map(older).collect();
    expected.extend([OlderEvent::Unknown, OlderEvent::Unknown]);
    assert_eq!((v, events), (2, expected));
}

#[test]
fn a_change_that_a_newer_version_adds_is_left_to_the_database() {
    let newer = r#"{"v":2,"events":[{"type":"inbox","account_id":7,"after":2,"version":3,
        "unread":{"notifications":1,"messages":0},"change":{"what":"comet","tail":{"long":[1]}}}]}"#;
    let unread = Unread { notifications: 1, messages: 0 };
    let event = InboxEvent { account_id: 7, after: 2, version: 3, unread, change: Change::Unknown, origin: None };
    assert_eq!(Envelope::decode(newer).expect("reads").events, [Event::Inbox(event)]);
}
