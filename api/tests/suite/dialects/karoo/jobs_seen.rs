//! Who sees a job, and what of it.

use serde_json::{Value, json};

use super::addresses::world;
use super::jobs::{JOBS, LIST, make, own, shown};
use super::jobs_list::found;
use super::{later, stranger};
use crate::dialects::support::{by_karoo, execute, whole, with_token};
use crate::world::{Person, World};

/// The public path of a job.
pub(super) fn public(id: &Value) -> String {
    format!("/jobs/{id}/")
}

fn missing() -> Value {
    json!({"status": 404, "body": {"detail": "Not found."}})
}

pub(super) async fn suspended(world: &World, person: &Person, so: bool) {
    let sql = if so {
        "UPDATE accounts SET suspended_at = created_at WHERE id = $1"
    } else {
        "UPDATE accounts SET suspended_at = NULL WHERE id = $1"
    };
    execute(world, sql, [person.id.into()]).await;
}

#[tokio::test]
async fn anybody_sees_a_job_whole() {
    let (world, ann, bob) = world().await;
    let told = json!({"description": "Day and night", "skills": ["Plumbing"]});
    let id = make(&ann, told).await;
    let day = json!([{"day_of_week": "friday", "time_slots": [{"start_time": "11:00", "end_time": "12:00"}]}]);
    ann.post(&format!("/jobs/timetable/{id}"), json!({"timetable": day})).await.expect(200);
    let said = json!({"title": "Good", "comment": "Very", "rating": 4, "job": id});
    let comment = bob.post("/jobs/comment/create/", said).await.expect(201);
    let expected = ann.get(&own(&id)).await.expect(200);
    let slots = &expected["timetable"][0]["time_slots"];
    let days = json!([{"id": expected["timetable"][0]["id"], "day_of_week": "friday", "time_slots":
        [{"id": slots[0]["id"], "start_time": "11:00:00", "end_time": "12:00:00"}]}]);
    let skills = json!([{"id": 4, "title": "Plumbing"}]);
    let changes = json!({"description": "Day and night", "skills": skills, "comments": [comment],
                         "average_rating": 4.0, "timetable": days});
    assert_eq!(expected, shown(&id, "ann", changes));
    for person in [&stranger(&world), &ann, &bob] {
        assert_eq!(person.get(&public(&id)).await.expect(200), expected);
        assert_eq!(person.get(&format!("/jobs/{id}")).await.expect(200), expected);
    }
    // Who has no email is shown without one.
    let cat = world.person("cat").await;
    let id = make(&cat, json!({})).await;
    assert_eq!(bob.get(&public(&id)).await.expect(200)["user_email"], Value::Null);
    for id in ["999", "0", "-1", "x", "%00", "99999999999999999999"] {
        for path in [format!("/jobs/{id}/"), format!("/jobs/{id}")] {
            assert_eq!(whole(stranger(&world).get(&path).await), missing(), "{path}");
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn whose_account_is_suspended_offers_nothing_meanwhile() {
    let (world, ann, bob) = world().await;
    let (first, second) = (make(&ann, json!({})).await, make(&bob, json!({})).await);
    suspended(&world, &ann, true).await;
    for person in [&stranger(&world), &bob] {
        assert_eq!(found(person, "").await, std::slice::from_ref(&second));
        assert_eq!(found(person, "search=leaks").await, std::slice::from_ref(&second));
        assert_eq!(whole(person.get(&public(&first)).await), missing());
    }
    suspended(&world, &ann, false).await;
    assert_eq!(found(&bob, "").await, [first.clone(), second]);
    bob.get(&public(&first)).await.expect(200);
    world.finish().await;
}

/// Whichever of the two blocks; nobody else sees less.
#[tokio::test]
async fn people_in_a_block_see_nothing_of_each_other() {
    let (world, ann, bob) = world().await;
    let cat = by_karoo(&world, "cat").await;
    let (of_ann, of_bob) = (make(&ann, json!({})).await, make(&bob, json!({})).await);
    let of_cat = make(&cat, json!({})).await;
    for (blocker, other) in [(&ann, &bob), (&bob, &ann)] {
        let path = format!("/api/v1/blocks/{}", other.id);
        blocker.put(&path).await.expect(204);
        for (person, own_one, others) in [(&ann, &of_ann, &of_bob), (&bob, &of_bob, &of_ann)] {
            assert_eq!(found(person, "").await, [own_one.clone(), of_cat.clone()], "{}", person.name);
            assert_eq!(found(person, "city=تهران&limit=1").await, std::slice::from_ref(own_one), "{}", person.name);
            assert_eq!(whole(person.get(&public(others)).await), missing(), "{}", person.name);
            person.get(&public(own_one)).await.expect(200);
        }
        for person in [&cat, &stranger(&world), &with_token(&bob, Some("a.b.c"))] {
            assert_eq!(found(person, "").await, [of_ann.clone(), of_bob.clone(), of_cat.clone()]);
            person.get(&public(&of_ann)).await.expect(200);
        }
        blocker.delete(&path).await.expect(204);
        assert_eq!(found(&bob, "").await.len(), 3);
    }
    world.finish().await;
}

#[tokio::test]
async fn whoever_comes_with_an_old_token_sees_what_is_public() {
    let (world, ann, bob) = world().await;
    let id = make(&ann, json!({})).await;
    let job = stranger(&world).get(&public(&id)).await.expect(200);
    let list = stranger(&world).get(LIST).await.expect(200);
    later(&world, 16 * 60); // an access token's life
    ann.get(JOBS).await.expect(401);
    for person in [&ann, &bob, &with_token(&ann, Some("a.b.c")), &with_token(&ann, Some(""))] {
        assert_eq!(person.get(LIST).await.expect(200), list);
        assert_eq!(person.get(&public(&id)).await.expect(200), job);
        for path in ["/jobs/skills/", "/categories/", "/categories/1/subcategories/"] {
            person.get(path).await.expect(200);
        }
    }
    world.finish().await;
}

/// What somebody says of a job is not there for whoever is in a block with them, and for nobody while they are
/// suspended; their stars stay, since everybody sees the same average.
#[tokio::test]
async fn comments_are_of_people_who_are_there_for_the_viewer() {
    let (world, ann, bob) = world().await;
    let cat = by_karoo(&world, "cat").await;
    let id = make(&ann, json!({})).await;
    for (person, stars) in [(&bob, 5), (&cat, 2)] {
        let said = json!({"title": "Done", "comment": person.name, "rating": stars, "job": id});
        person.post("/jobs/comment/create/", said).await.expect(201);
    }
    let nobody = stranger(&world);
    let comments = async |person: &Person| {
        let mut bodies = vec![person.get(&public(&id)).await.expect(200)];
        if person.id == ann.id {
            bodies.push(person.get(&own(&id)).await.expect(200));
            bodies.push(person.get(JOBS).await.expect(200)[0].clone());
        }
        let said = |body: &Value| -> Vec<String> {
            assert_eq!(body["average_rating"], 3.5, "{}", person.name);
            let rows = body["comments"].as_array().expect("comments");
            rows.iter().map(|row| row["comment"].as_str().expect("a text").to_owned()).collect()
        };
        let first = said(&bodies[0]);
        assert!(bodies.iter().all(|body| said(body) == first), "{}", person.name);
        first
    };
    for person in [&nobody, &ann, &bob, &cat] {
        assert_eq!(comments(person).await, ["bob", "cat"], "oldest first");
    }
    bob.put(&format!("/api/v1/blocks/{}", cat.id)).await.expect(204);
    assert_eq!((comments(&bob).await, comments(&cat).await), (vec!["bob".to_owned()], vec!["cat".to_owned()]));
    assert_eq!((comments(&ann).await.len(), comments(&nobody).await.len()), (2, 2));
    cat.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    assert_eq!(comments(&ann).await, ["bob"]);
    assert_eq!(comments(&nobody).await, ["bob", "cat"]);
    suspended(&world, &bob, true).await;
    assert_eq!((comments(&ann).await, comments(&nobody).await), (vec![], vec!["cat".to_owned()]));
    world.finish().await;
}
