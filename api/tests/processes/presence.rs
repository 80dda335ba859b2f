//! An API process that is killed: who had a socket there is gone within the time of its lease (P7).

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use shared::testing::TestBed;

use crate::children::{eventually, production};
use crate::world::{Api, Person, beside};

/// Seconds; as short as they may be.
const SETTINGS: &str = "[gateway]\npresence_lease = 8\npresence_refresh = 1\n";

/// Who of one's connections is there.
async fn there(person: &Person) -> Vec<Value> {
    let (status, list) = person.call(Method::GET, "presence", None).await.expect("an answer");
    assert_eq!(status, 200, "{list:#}");
    list["items"].as_array().expect("items").iter().map(|item| item["user"]["id"].clone()).collect()
}

#[tokio::test]
async fn the_people_of_a_killed_process_are_gone_when_its_lease_is() {
    if !production() {
        return;
    }
    let bed = TestBed::new(|_| {}).await;
    std::fs::write(bed.folder().join("kith.toml"), SETTINGS).expect("settings");
    let staying = Api::start(bed.folder(), &beside(&bed)).await;
    let going = Api::start(bed.folder(), &beside(&bed)).await;
    let (ann, bob) = (staying.join("ann").await, going.join("bob").await);
    assert_eq!(bob.accept(ann.ask(&bob).await).await.expect("an answer"), 200);
    let mut of_ann = ann.socket().await;
    assert_eq!(of_ann.next().await["type"], "hello");
    eventually("ann is there", async || there(&bob).await == [json!(ann.id)]).await;
    let _of_bob = bob.socket().await;
    let told = of_ann.next().await;
    assert_eq!(
        (&told["type"], &told["account_id"], &told["online"]),
        (&json!("presence"), &json!(bob.id), &json!(true))
    );
    assert_eq!(there(&ann).await, [json!(bob.id)]);

    going.process.kill();
    let killed = Instant::now();
    let told = of_ann.next().await;
    assert_eq!(
        (&told["type"], &told["account_id"], &told["online"]),
        (&json!("presence"), &json!(bob.id), &json!(false))
    );
    assert_eq!(there(&ann).await, [] as [Value; 0]);
    let waited = killed.elapsed();
    assert!(waited > Duration::from_secs(2), "it was no orderly stop: {waited:?}");
    assert!(waited < Duration::from_secs(35), "{waited:?}");
    staying.process.stop().await;
}
