//! What is for staff alone: everybody else is refused, and each change is written down whole.

use reqwest::Method;
use serde_json::json;

use super::support::{audited, entry, execute, number, operations, staff};
use super::sweep::body_of;
use crate::world::{Person, Socket, World};

const LOG: &str = "/api/v1/admin/audit-log";

/// Tries each operation of staff, as one who has an id in every table.
async fn refused(person: &Person) {
    let admin = operations().into_iter().filter(|operation| operation.path.starts_with("/api/v1/admin/"));
    let mut tried = 0;
    for operation in admin {
        let method = Method::from_bytes(operation.method.as_bytes()).expect("a method");
        let request = person.request(method.clone(), &operation.path.replace("{id}", "1"));
        let body = body_of(&method, &operation.path);
        let answer = person.send(body.into_iter().fold(request, |request, body| request.json(&body))).await;
        assert_eq!(answer.status, 403, "{} {:#}", operation.name(), answer.body);
        answer.expect_problem(403, "not_staff");
        tried += 1;
    }
    assert_eq!(tried, 35);
}

#[tokio::test]
async fn nobody_else_may_do_anything() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let bob = world.person("bob").await;
    ann.post("/api/v1/cases", json!({"kind_id": 1, "title": "Help"})).await.expect(201);
    let report = json!({"subject": "account", "subject_id": bob.id, "message": "Rude"});
    ann.post("/api/v1/reports", report).await.expect(201);
    let everything = "SELECT (SELECT count(*) FROM audit_log) * 1000000 + (SELECT count(*) FROM case_messages) * 100000
        + (SELECT count(*) FROM reports WHERE claimed_by IS NULL AND resolved_at IS NULL) * 10000
        + (SELECT count(*) FROM cases WHERE closed_at IS NULL) * 1000
        + (SELECT count(*) FROM accounts WHERE suspended_at IS NOT NULL) * 100 + (SELECT count(*) FROM categories)
        + (SELECT count(*) FROM subcategories) + (SELECT count(*) FROM skills) + (SELECT count(*) FROM case_kinds)";
    let before = number(&world, everything).await;
    refused(&ann).await;
    assert_eq!(number(&world, everything).await, before);
    world.finish().await;
}

/// A session may be told for another 30 s that its owner is staff; what is written down is asked again.
#[tokio::test]
async fn who_is_staff_no_more_changes_nothing_even_before_their_session_knows() {
    let world = World::start().await;
    let sue = staff(&world, "sue").await;
    sue.get(LOG).await.expect(200);
    execute(&world, "UPDATE accounts SET staff = FALSE").await;
    for (path, body) in [
        ("categories", json!({"title": "Opera"})),
        ("case-kinds", json!({"title": "Opera"})),
        ("subcategories", json!({"category_id": 1, "title": "Opera"})),
    ] {
        sue.post(&format!("/api/v1/admin/{path}"), body).await.expect_problem(403, "not_staff");
    }
    let made = "SELECT (SELECT count(*) FROM categories WHERE title = 'Opera') + (SELECT count(*) FROM audit_log)
        + (SELECT count(*) FROM case_kinds WHERE title = 'Opera') + (SELECT count(*) FROM subcategories WHERE title = 'Opera')";
    assert_eq!(number(&world, made).await, 0);
    world.finish().await;
}

#[tokio::test]
async fn the_audit_log_is_narrowed_and_goes_on_where_it_stopped() {
    let world = World::start().await;
    let (sue, tom) = (staff(&world, "sue").await, staff(&world, "tom").await);
    let mut made = Vec::new();
    for (who, path, title) in [(&sue, "skills", "Singing"), (&tom, "skills", "Dancing"), (&sue, "categories", "Music")]
    {
        let one = who.post(&format!("/api/v1/admin/{path}"), json!({"title": title})).await.expect(201);
        made.push(one["id"].as_i64().expect("an id"));
    }
    let singing = entry(&sue, "skill.create", made[0], json!({"title": "Singing"}));
    let dancing = entry(&tom, "skill.create", made[1], json!({"title": "Dancing"}));
    let music = entry(&sue, "category.create", made[2], json!({"title": "Music"}));
    let all = [music.clone(), dancing.clone(), singing.clone()];
    assert_eq!(audited(&tom, "").await, all);
    assert_eq!(audited(&tom, "&subject=skill").await, all[1..]);
    assert_eq!(audited(&tom, &format!("&subject=skill&subject_id={}", made[0])).await, all[2..]);
    assert_eq!(audited(&tom, &format!("&staff_id={}", sue.id)).await, [music, singing]);
    assert_eq!(audited(&tom, &format!("&staff_id={}&subject=skill", tom.id)).await, [dancing]);
    assert_eq!(audited(&tom, "&subject=report").await, [0; 0]);
    let first = sue.get(&format!("{LOG}?limit=2")).await.expect(200);
    let next = first["next"].as_str().expect("more");
    let rest = sue.get(&format!("{LOG}?limit=2&cursor={next}")).await.expect(200);
    assert_eq!((rest["items"].as_array().expect("items").len(), &rest["next"]), (1, &json!(null)));
    assert_eq!(rest["items"][0]["subject_id"], made[0]);
    // It outlives whoever it is about.
    execute(&world, &format!("DELETE FROM accounts WHERE id = {}", tom.id)).await;
    assert_eq!(audited(&sue, "").await, all);
    world.finish().await;
}

#[tokio::test]
async fn staff_read_what_people_wrote_to_whoever_runs_this_kith() {
    let world = World::start().await;
    let (ann, sue) = (world.person("ann").await, staff(&world, "sue").await);
    execute(
        &world,
        &format!(
            "INSERT INTO contact_messages (account_id, room, message, created_at)
             SELECT id, 'help', 'Hello', created_at FROM accounts WHERE id = {}",
            ann.id
        ),
    )
    .await;
    let handshake = Socket::handshake(world.apis[0].address, "/connection/help/cat/cat@example.org/");
    let mut nobody = Socket::connect(handshake).await.expect("it opens");
    nobody.send(json!({"message": "Hi"})).await;
    nobody.next().await;
    let list = sue.get("/api/v1/admin/contact-messages").await.expect(200);
    let (first, second) = (&list["items"][1], &list["items"][0]);
    let expected = json!({"items": [
        {"id": 2, "name": "cat", "email": "cat@example.org", "verified": false, "room": "help", "message": "Hi",
            "created_at": second["created_at"]},
        {"id": 1, "name": "ann", "email": null, "verified": true, "room": "help", "message": "Hello",
            "created_at": first["created_at"]},
    ], "next": null});
    assert_eq!(list, expected);
    let newest = sue.get("/api/v1/admin/contact-messages?limit=1").await.expect(200);
    assert_eq!((newest["items"][0]["id"].clone(), newest["next"].is_string()), (json!(2), true));
    drop(nobody);
    world.finish().await;
}
