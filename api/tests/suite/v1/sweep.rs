//! What sweeps over all operations share: what each takes, and what was answered otherwise than it
//! should be.

use reqwest::Method;
use serde_json::{Value, json};
use shared::config::RateLimits;

use super::support::{load_places, staff};
use crate::world::{Answer, PASSWORD, Person, World};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Text that is looked at, required or not.
    Text { required: bool },
    /// Text that is only compared: any is well-formed, and wrong.
    Secret,
    /// The name of an account: whether any bears it is not told.
    Name,
    /// An id, as a number or as text.
    Id,
    /// An id that may be left out.
    OptionalId,
    /// A number.
    Number,
    /// The same, not required.
    OptionalNumber,
    /// A list; not required.
    List,
    /// Yes or no; not required.
    Flag,
}

/// An operation with a JSON body.
pub(super) struct Taking {
    pub(super) method: Method,
    pub(super) path: &'static str,
    /// Its fields as they are declared, each with a value that fits.
    pub(super) fields: Vec<(&'static str, Holds, Value)>,
}

impl Taking {
    /// Where it is sent: the id in its path is that of something of the caller's.
    pub(super) fn address(&self) -> String {
        self.path.replace("{id}", "1").replace("{message_id}", "1")
    }

    /// The body with `field` as the JSON text `value`.
    pub(super) fn with(&self, field: &str, value: &str) -> String {
        let fields = self.fields.iter().map(|(name, _, fits)| {
            let value = if *name == field { value.to_owned() } else { fits.to_string() };
            format!("{name:?}: {value}")
        });
        format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
    }

    /// The body without one field.
    pub(super) fn without(&self, field: &str) -> Value {
        self.fields
            .iter()
            .filter(|(name, ..)| *name != field)
            .map(|(name, _, v)| ((*name).to_owned(), v.clone()))
            .collect()
    }
}

#[expect(clippy::too_many_lines, reason = "a table, a row an operation")]
pub(super) fn taking() -> Vec<Taking> {
    let text = Holds::Text { required: false };
    let required = Holds::Text { required: true };
    vec![
        Taking {
            method: Method::POST,
            path: "/api/v1/accounts",
            fields: vec![
                ("username", text, json!("somebody")),
                ("email", text, json!("somebody@example.org")),
                ("password", required, json!("correct horse")),
                ("full_name", text, json!("Some Body")),
            ],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/activation",
            fields: vec![("token", Holds::Secret, json!("0".repeat(64)))],
        },
        Taking {
            method: Method::PATCH,
            path: "/api/v1/me",
            fields: vec![
                ("username", text, json!("ann")),
                ("full_name", text, json!("Ann Lee")),
                ("phone", text, json!("1234567")),
                ("company_name", text, json!("Kith")),
                ("industry", text, json!("Networks")),
                ("address", text, json!("1 Main Street")),
            ],
        },
        Taking {
            method: Method::PATCH,
            path: "/api/v1/me/preferences",
            fields: vec![
                ("show_presence", Holds::Flag, json!(true)),
                ("suggestable", Holds::Flag, json!(true)),
                ("unread_mails", Holds::Flag, json!(false)),
            ],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/sessions",
            fields: vec![("login", Holds::Secret, json!("nobody")), ("password", Holds::Secret, json!("a guess"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/sessions/refresh",
            fields: vec![("refresh_token", Holds::Secret, json!("nonsense"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/connection-requests",
            fields: vec![("to_user_id", Holds::Id, json!(999)), ("message", text, json!("hello"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/notifications/read",
            fields: vec![("through", Holds::Number, json!(0))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/activation/mail",
            fields: vec![("login", Holds::Name, json!("nobody"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/password-reset/mail",
            fields: vec![("login", Holds::Name, json!("nobody"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/password-reset",
            // Without a live token, nothing is said of the password.
            fields: vec![
                ("token", Holds::Secret, json!("0".repeat(64))),
                ("password", Holds::Secret, json!("correct horse")),
            ],
        },
        Taking { method: Method::POST, path: "/api/v1/me/addresses", fields: vec![("city_id", Holds::Id, json!(1))] },
        Taking {
            method: Method::PUT,
            path: "/api/v1/me/addresses/{id}",
            fields: vec![("city_id", Holds::Id, json!(1))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/me/email",
            fields: vec![("email", required, json!("other@example.org")), ("password", Holds::Secret, json!(PASSWORD))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/me/password",
            fields: vec![
                ("current_password", Holds::Secret, json!(PASSWORD)),
                ("password", required, json!("another horse")),
            ],
        },
        Taking { method: Method::POST, path: "/api/v1/chats", fields: vec![("account_id", Holds::Id, json!(999))] },
        Taking {
            method: Method::POST,
            path: "/api/v1/chats/{id}/messages",
            fields: vec![("text", required, json!("hello")), ("client_id", text, json!("one"))],
        },
        Taking {
            method: Method::PATCH,
            path: "/api/v1/chats/{id}/messages/{message_id}",
            fields: vec![("text", required, json!("hello"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/chats/{id}/read",
            fields: vec![("through", Holds::Id, json!(0))],
        },
        Taking { method: Method::POST, path: "/api/v1/listings", fields: listing(required, Holds::Id) },
        Taking {
            method: Method::PATCH,
            path: "/api/v1/listings/{id}",
            fields: [listing(text, Holds::OptionalId), vec![("main_picture_id", Holds::OptionalId, json!(null))]]
                .concat(),
        },
        Taking { method: Method::POST, path: "/api/v1/listings/{id}/reviews", fields: review(required, Holds::Number) },
        Taking { method: Method::PATCH, path: "/api/v1/reviews/{id}", fields: review(text, Holds::OptionalNumber) },
        Taking {
            method: Method::PUT,
            path: "/api/v1/reviews/{id}/reply",
            fields: vec![("text", required, json!("Thank you"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/cases",
            fields: vec![("kind_id", Holds::Id, json!(1)), ("title", required, json!("Help"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/cases/{id}/messages",
            fields: vec![("text", required, json!("hello"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/reports",
            fields: vec![
                ("subject", required, json!("account")),
                ("subject_id", Holds::Id, json!(999)),
                ("message", required, json!("rude")),
            ],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/admin/cases/{id}/messages",
            fields: vec![("text", required, json!("hello"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/admin/case-kinds",
            fields: vec![("title", required, json!("Questions"))],
        },
        Taking {
            method: Method::PATCH,
            path: "/api/v1/admin/case-kinds/{id}",
            fields: vec![("title", required, json!("Accounts"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/admin/categories",
            fields: vec![("title", required, json!("Music"))],
        },
        Taking {
            method: Method::PATCH,
            path: "/api/v1/admin/categories/{id}",
            fields: vec![("title", required, json!("Homes"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/admin/skills",
            fields: vec![("title", required, json!("Singing"))],
        },
        Taking {
            method: Method::PATCH,
            path: "/api/v1/admin/skills/{id}",
            fields: vec![("title", required, json!("Sweeping"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/admin/subcategories",
            fields: vec![("category_id", Holds::Id, json!(1)), ("title", required, json!("Windows"))],
        },
        Taking {
            method: Method::PATCH,
            path: "/api/v1/admin/subcategories/{id}",
            fields: vec![("category_id", Holds::OptionalId, json!(1)), ("title", text, json!("Sweeping"))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/admin/reports/{id}/resolve",
            fields: vec![("outcome", required, json!("dismissed")), ("note", text, json!("No."))],
        },
        Taking {
            method: Method::POST,
            path: "/api/v1/admin/accounts/{id}/suspend",
            fields: vec![("reason", required, json!("rude"))],
        },
        Taking { method: Method::POST, path: "/api/v1/admin/jobs/try", fields: jobs() },
        Taking { method: Method::POST, path: "/api/v1/admin/dead-jobs/retry", fields: jobs() },
        Taking { method: Method::POST, path: "/api/v1/admin/dead-jobs/drop", fields: jobs() },
        Taking {
            method: Method::DELETE,
            path: "/api/v1/me",
            fields: vec![("password", Holds::Secret, json!("a guess"))],
        },
    ]
}

/// The fields of a listing.
fn listing(title: Holds, id: Holds) -> Vec<(&'static str, Holds, Value)> {
    let text = Holds::Text { required: false };
    vec![
        ("title", title, json!("A garden")),
        ("subcategory_id", id, json!(1)),
        ("city_id", id, json!(1)),
        ("description", text, json!("Roses")),
        ("experiences", text, json!("Ten years")),
        ("hourly_price", text, json!("20")),
        ("initial_cost", text, json!("5")),
        ("skills", Holds::List, json!(["Gardening"])),
        ("timetable", Holds::List, json!([{"day": "friday", "slots": [{"starts": "09:00", "ends": "12:00"}]}])),
    ]
}

/// The fields that name jobs.
fn jobs() -> Vec<(&'static str, Holds, Value)> {
    let text = Holds::Text { required: false };
    vec![
        ("queue", text, json!("email")),
        ("name", text, json!("account_activation")),
        ("cursor", text, json!("AAAAAAAAAAAAAAAAAAAAAA")),
    ]
}

/// The fields of a review.
fn review(text: Holds, number: Holds) -> Vec<(&'static str, Holds, Value)> {
    vec![("title", text, json!("Good")), ("text", text, json!("Very good")), ("rating", number, json!(5))]
}

/// A body that an operation takes, if it takes one.
pub(super) fn body_of(method: &Method, path: &str) -> Option<Value> {
    taking().iter().find(|one| one.method == method && one.path == path).map(|one| one.without(""))
}

/// A world in which nobody is slowed down, and somebody in it, one of the staff, who keeps an address, has a chat and
/// a case, offers something and has reviewed something else.
pub(super) async fn world() -> (World, Person) {
    let world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    let ann = staff(&world, "ann").await;
    load_places(&world).await;
    assert_eq!(ann.lives_in(1).await.expect(201)["id"], 1);
    let bob = world.person("bob").await;
    assert_eq!(ann.post("/api/v1/chats", json!({"account_id": bob.id})).await.expect(200)["id"], 1);
    for (person, id) in [(&ann, 1), (&bob, 2)] {
        let offer = json!({"title": "A garden", "subcategory_id": 1, "city_id": 1});
        assert_eq!(person.post("/api/v1/listings", offer).await.expect(201)["id"], id);
    }
    let review = json!({"title": "Good", "text": "Very good", "rating": 5});
    assert_eq!(ann.post("/api/v1/listings/2/reviews", review).await.expect(201)["id"], 1);
    world.settle().await;
    let case = ann.post("/api/v1/cases", json!({"kind_id": 1, "title": "Help"})).await.expect(201);
    assert_eq!(case["id"], 1);
    (world, ann)
}

/// What was answered otherwise than it should be: a sweep tells all of it at once.
#[derive(Default)]
pub(super) struct Complaints(Vec<String>);

impl Complaints {
    fn unless(&mut self, right: bool, answer: &Answer, about: &str) {
        if !right {
            let about: String = about.chars().take(200).collect();
            self.0.push(format!("{about}\n    {} {}", answer.status, answer.body));
        }
    }

    /// It is a problem of the client's, in full, under one of `statuses`.
    pub(super) fn problem(&mut self, answer: &Answer, statuses: &[u16], about: &str) {
        let status = answer.status.as_u16();
        let text = |field| answer.body[field].as_str().is_some_and(|text| !text.is_empty());
        let right = statuses.contains(&status)
            && answer.headers.get("content-type").is_some_and(|kind| kind == "application/problem+json")
            && answer.body["status"] == status
            && ["type", "title", "code", "detail"].into_iter().all(text);
        self.unless(right, answer, about);
    }

    /// It is input that does not fit, and `field` is named.
    pub(super) fn names(&mut self, answer: &Answer, field: &str, about: &str) {
        let errors = answer.body["errors"].as_object();
        // Of a list, the item may be named.
        let named = |name: &str| name == field || name.strip_prefix(field).is_some_and(|rest| rest.starts_with('['));
        let told = errors.and_then(|errors| errors.iter().find(|(name, _)| named(name)));
        let right = answer.body["code"] == "invalid" && told.is_some_and(|(_, messages)| messages[0].is_string());
        if right { self.problem(answer, &[422], about) } else { self.unless(false, answer, about) }
    }

    /// Passes when there is none.
    #[track_caller]
    pub(super) fn assert_none(self) {
        assert!(self.0.is_empty(), "{} answers are wrong:\n{}", self.0.len(), self.0.join("\n"));
    }
}

/// Sends a body as `kind`.
pub(super) async fn send(
    person: &Person,
    operation: &Taking,
    kind: Option<&str>,
    body: impl Into<reqwest::Body>,
) -> Answer {
    let mut request = person.request(operation.method.clone(), &operation.address());
    if let Some(kind) = kind {
        request = request.header("content-type", kind);
    }
    person.send(request.body(body)).await
}

/// The type of a body.
pub(super) const JSON: Option<&str> = Some("application/json");
