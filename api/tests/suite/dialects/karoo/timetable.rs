//! When jobs are open, replaced as a whole.

use reqwest::Method;
use serde_json::{Value, json};

use super::addresses::world;
use super::jobs::{JOBS, make, own};
use super::jobs_seen::public;
use crate::dialects::support::{form, multipart, send, whole};
use crate::world::Person;

fn path(job: &Value) -> String {
    format!("/jobs/timetable/{job}")
}

fn day(name: &str, slots: &[[&str; 2]]) -> Value {
    let slot = |[start, end]: &[&str; 2]| json!({"start_time": start, "end_time": end});
    json!({"day_of_week": name, "time_slots": slots.iter().map(slot).collect::<Vec<_>>()})
}

/// The timetable as it is shown, without its numbers, which all differ.
async fn shown(person: &Person, job: &Value) -> Value {
    let body = person.get(&own(job)).await.expect(200);
    assert_eq!(person.get(&public(job)).await.expect(200), body);
    assert_eq!(person.get(JOBS).await.expect(200)[0], body);
    let mut table = body["timetable"].clone();
    let mut ids = [Vec::new(), Vec::new()];
    for day in table.as_array_mut().expect("days") {
        ids[0].extend(day.as_object_mut().expect("a day").remove("id").expect("a number").as_i64());
        for slot in day["time_slots"].as_array_mut().expect("slots") {
            ids[1].extend(slot.as_object_mut().expect("a slot").remove("id").expect("a number").as_i64());
        }
    }
    for mut ids in ids {
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{body:#}");
    }
    table
}

fn updated() -> Value {
    json!({"status": 200, "body": {"message": "Timetable updated successfully"}})
}

#[tokio::test]
async fn a_timetable_is_replaced_whole() {
    let (world, ann, _) = world().await;
    let job = make(&ann, json!({})).await;
    assert_eq!(shown(&ann, &job).await, json!([]));
    // The document's.
    let friday = day("friday", &[["11:00:00", "12:00:00"], ["15:00:00", "17:00:00"]]);
    let saturday = day("saturday", &[["11:00:00", "12:00:00"]]);
    let table = json!([friday, saturday]);
    assert_eq!(whole(ann.post(&path(&job), json!({"timetable": table})).await), updated());
    assert_eq!(shown(&ann, &job).await, table);
    // The same again, in any order, and with slots that touch; by the week's days, Monday first.
    let table = json!([day("sunday", &[["15:00", "17:00:30"], ["09:05:00", "15:00:00"]]), day("friday", &[]),
                       {"day_of_week": "monday"}]);
    let expected = json!([
        day("monday", &[]),
        day("friday", &[]),
        day("sunday", &[["09:05:00", "15:00:00"], ["15:00:00", "17:00:30"]])
    ]);
    for path in [path(&job), format!("{}/", path(&job))] {
        assert_eq!(whole(ann.post(&path, json!({"timetable": table, "other": 1})).await), updated());
        assert_eq!(shown(&ann, &job).await, expected);
    }
    let text = json!([day("tuesday", &[["00:00", "23:59:59"]])]).to_string();
    form(&ann, Method::POST, &path(&job), &[("timetable", &text)]).await.expect(200);
    assert_eq!(shown(&ann, &job).await, json!([day("tuesday", &[["00:00:00", "23:59:59"]])]));
    let (kind, parts) = multipart(&[("timetable", "[]")]);
    send(&ann, Method::POST, &path(&job), Some(kind), parts).await.expect(200);
    assert_eq!(shown(&ann, &job).await, json!([]));
    for table in ["listing_days", "listing_slots"] {
        assert_eq!(super::number(&world, &format!("SELECT count(*) FROM {table}"), []).await, 0, "{table}");
    }
    world.finish().await;
}

#[tokio::test]
async fn a_timetable_is_its_job_s_owner_s() {
    let (world, ann, bob) = world().await;
    let job = make(&ann, json!({})).await;
    let table = json!({"timetable": [day("friday", &[["11:00:00", "12:00:00"]])]});
    ann.post(&path(&job), table.clone()).await.expect(200);
    let forbidden = json!({"status": 403, "body": {"messate": "You are not allowed to change this job"}});
    let missing = json!({"status": 404, "body": {"error": "Job does not exist"}});
    // Nor is it told what would not fit.
    for body in [table.clone(), json!({"timetable": []}), json!({}), json!({"timetable": [day("x", &[])]})] {
        assert_eq!(whole(bob.post(&path(&job), body.clone()).await), forbidden, "{body}");
        for id in [json!(999), json!(0), json!(-1)] {
            assert_eq!(whole(ann.post(&path(&id), body.clone()).await), missing, "{body} {id}");
        }
    }
    for id in ["x", "%00", "99999999999999999999"] {
        let answer = ann.post(&format!("/jobs/timetable/{id}"), table.clone()).await;
        assert_eq!(whole(answer), json!({"status": 404, "body": {"detail": "Not found."}}), "{id}");
    }
    assert_eq!(shown(&ann, &job).await, table["timetable"]);
    world.finish().await;
}

#[tokio::test]
async fn what_does_not_fit_a_timetable_is_told_with_its_day_and_changes_nothing() {
    let (world, ann, _) = world().await;
    let job = make(&ann, json!({})).await;
    let table = json!([day("friday", &[["11:00:00", "12:00:00"]])]);
    ann.post(&path(&job), json!({"timetable": table})).await.expect(200);
    let slots = |slots: &[[&str; 2]]| json!([day("monday", &[["08:00", "09:00"]]), day("friday", slots)]);
    let hour = |n: u32| [format!("{:02}:{:02}", n / 2, n % 2), format!("{:02}:{:02}", n / 2, n % 2 + 1)];
    let hours: Vec<_> = (0..25).map(hour).collect();
    let hours: Vec<[&str; 2]> = hours.iter().map(|[start, end]| [start.as_str(), end.as_str()]).collect();
    let list = "Expected a list of items.";
    for (timetable, said) in [
        (
            slots(&[["11:00", "13:00"], ["12:00", "14:00"]]),
            "friday: The time slots that start at 11:00:00 and 12:00:00 overlap.",
        ),
        (
            slots(&[["12:00", "14:00"], ["08:00", "13:00"]]),
            "friday: The time slots that start at 08:00:00 and 12:00:00 overlap.",
        ),
        (
            slots(&[["11:00", "13:00"], ["11:00", "13:00"]]),
            "friday: The time slots that start at 11:00:00 and 11:00:00 overlap.",
        ),
        (slots(&[["12:00", "11:00"]]), "friday: A time slot must end after it starts; 12:00 to 11:00 does not."),
        (slots(&[["12:00", "12:00:00"]]), "friday: A time slot must end after it starts; 12:00 to 12:00:00 does not."),
        (slots(&[["noon", "13:00"]]), "friday: \"noon\" is no time of day; write it as 09:30 or 09:30:00."),
        (slots(&[["11:00", "24:00"]]), "friday: \"24:00\" is no time of day; write it as 09:30 or 09:30:00."),
        (slots(&[["11:00", ""]]), "friday: \"\" is no time of day; write it as 09:30 or 09:30:00."),
        (slots(&hours), "friday: A day has at most 24 time slots."),
        (json!([day("Friday", &[])]), "Friday: There is no such day of the week."),
        (json!([day("someday", &[])]), "someday: There is no such day of the week."),
        (json!([day("friday", &[]), day("friday", &[])]), "friday: This day is there twice."),
        (json!([{"time_slots": []}]), "Each day needs a day_of_week."),
        (json!([{"day_of_week": 5}]), "Each day needs a day_of_week."),
        (json!(["friday"]), "Each day needs a day_of_week."),
        (json!([null]), "Each day needs a day_of_week."),
        (json!([{"day_of_week": "friday", "time_slots": {}}]), "friday: time_slots must be a list."),
        (json!([{"day_of_week": "friday", "time_slots": null}]), "friday: time_slots must be a list."),
        (json!([{"day_of_week": "friday", "time_slots": [5]}]), "friday: Each time slot needs a start_time."),
        (
            json!([{"day_of_week": "friday", "time_slots": [{"start_time": "11:00"}]}]),
            "friday: Each time slot needs a end_time.",
        ),
        (
            json!([{"day_of_week": "friday", "time_slots": [{"start_time": 11, "end_time": 12}]}]),
            "friday: Each time slot needs a start_time.",
        ),
        (json!({"friday": []}), list),
        (json!("friday"), list),
        (json!(5), list),
        (json!(null), "This field may not be null."),
    ] {
        let answer = ann.post(&path(&job), json!({"timetable": timetable})).await;
        assert_eq!(whole(answer), json!({"status": 400, "body": {"timetable": [said]}}), "{timetable}");
    }
    let both = json!([day("monday", &[["12:00", "11:00"]]), day("x", &[]), day("sunday", &[["a", "b"]])]);
    let said = ann.post(&path(&job), json!({"timetable": both})).await.expect(400);
    let days: Vec<&str> =
        said["timetable"].as_array().expect("each").iter().filter_map(|one| one.as_str()?.split(':').next()).collect();
    assert_eq!(days, ["monday", "x", "sunday"], "each is told");
    for none in [ann.post(&path(&job), json!({})).await, ann.act(&path(&job)).await] {
        assert_eq!(whole(none), json!({"status": 400, "body": {"timetable": ["This field is required."]}}));
    }
    assert_eq!(shown(&ann, &job).await, table, "what was there stays");
    world.finish().await;
}
