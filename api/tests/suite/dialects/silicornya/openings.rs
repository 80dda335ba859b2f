//! Opening the socket: whom it is refused, and how that is said.

use serde_json::{Value, json};

use super::{again, chat, claim, join, not_valid, say, stranger};
use crate::dialects::support::{whole, with_token};
use crate::gateway::presence::{connect, hears, listening, there};
use crate::world::{Answer, Person, Socket, World, eventually};

/// A handshake whose answer is no socket.
async fn refused(person: &Person, path: &str) -> Answer {
    let request = person.request(reqwest::Method::GET, path).header("connection", "upgrade");
    let request = request.header("upgrade", "websocket").header("sec-websocket-version", "13");
    person.send(request.header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")).await
}

#[tokio::test]
async fn a_token_that_is_given_and_not_valid_is_refused_before_the_upgrade() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let ended = super::again(&ann).await;
    ended.act(super::LOGOUT).await.expect(200);
    let path = "/connection/1/ann/ann@example.org/";
    let v1 = stranger(&world).sign_in("ann").await;
    for token in ["nonsense", &"0".repeat(40), ended.token.as_deref().expect("a key"), &v1.refresh_token] {
        assert_eq!(whole(refused(&with_token(&ann, Some(token)), path).await), not_valid(), "{token}");
        let query = format!("{path}?token={token}");
        assert_eq!(whole(refused(&stranger(&world), &query).await), not_valid(), "{token}");
        assert_eq!(Socket::connect(Socket::handshake(ann.address, &query)).await.err(), Some(401));
    }
    assert_eq!(whole(refused(&stranger(&world), &format!("{path}?token=%00")).await), not_valid());
    // With both, the header counts.
    assert_eq!(
        whole(refused(&ended, &format!("{path}?token={}", ann.token.as_deref().expect("a key"))).await),
        not_valid()
    );
    // Any token of the dialects opens it.
    drop(chat(&v1, "1").await.expect("by an access token"));
    world.finish().await;
}

#[tokio::test]
async fn a_word_that_does_not_fit_is_named_before_the_upgrade() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let (blank, nul) = ("This field may not be blank.", "Null characters are not allowed.");
    let longer = |most: usize| format!("Ensure this field has no more than {most} characters.");
    let control = "Must not contain control characters.";
    let x = |count: usize| "x".repeat(count);
    let one = |field: &str, said: &str| json!({field: [said]});
    let cases: Vec<(String, Value)> = vec![
        (format!("{}/n/e", x(151)), one("room", &longer(150))),
        (format!("r/{}/e", x(151)), one("name", &longer(150))),
        (format!("r/n/{}", x(255)), one("email", &longer(254))),
        ("%20/n/e".to_owned(), one("room", blank)),
        ("r/%20/e".to_owned(), one("name", blank)),
        ("r//e".to_owned(), one("name", blank)),
        ("r/n/%09".to_owned(), one("email", blank)),
        ("a%00b/n/e".to_owned(), one("room", nul)),
        ("r/a%07b/e".to_owned(), one("name", control)),
        ("%FF/n/e".to_owned(), one("room", "Not a valid string.")),
        ("r/%FF/e".to_owned(), one("name", "Not a valid string.")),
        ("r/n/%ED%A0%80".to_owned(), one("email", "Not a valid string.")),
        (format!("{}/%20/a%00", x(151)), json!({"room": [longer(150)], "name": [blank], "email": [nul]})),
    ];
    for (words, said) in cases {
        for person in [&ann, &stranger(&world)] {
            for slash in ["", "/"] {
                let answer = refused(person, &format!("/connection/{words}{slash}")).await;
                assert_eq!(whole(answer), json!({"status": 400, "body": said}), "{words}");
            }
        }
    }
    let longest = format!("/connection/{}/{}/{}/", x(150), x(150), x(254));
    let mut socket = Socket::connect(Socket::handshake(ann.address, &longest)).await.expect("the socket opens");
    assert_eq!(say(&mut socket, "Hello").await["email"], json!(x(254)));
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_not_signed_in_opens_some_sockets_a_minute_from_one_address() {
    let world = World::with(|config| config.limits.anonymous_sockets_a_minute = 0).await;
    let ann = join(&world, "ann").await;
    let answer = refused(&stranger(&world), "/connection/1/ann/ann@example.org/").await;
    let seconds = answer.headers["retry-after"].to_str().expect("text").to_owned();
    assert!((1..=60).contains(&seconds.parse::<u64>().expect("seconds")), "{seconds}");
    let body = answer.expect(429);
    assert!(body["detail"].as_str().expect("text").starts_with("Request was throttled."), "{body:#}");
    // Who is signed in is not counted; what is refused for its words neither.
    for _ in 0..3 {
        drop(chat(&ann, "1").await.expect("the socket opens"));
    }
    refused(&stranger(&world), "/connection/%20/n/e/").await.expect(400);
    world.finish().await;
}

#[tokio::test]
async fn each_address_has_a_count_of_its_own() {
    let world = World::with(|config| {
        config.limits.anonymous_sockets_a_minute = 1;
        config.server.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a range")];
    })
    .await;
    let open = async |from: &str| {
        let mut request = Socket::handshake(world.apis[0].address, "/connection/1/n/e/");
        request.headers_mut().insert("x-forwarded-for", from.parse().expect("a header"));
        Socket::connect(request).await.map(drop)
    };
    for from in ["192.0.2.1", "192.0.2.2", "2001:db8::1"] {
        assert_eq!(open(from).await, Ok(()), "{from}");
    }
    world.finish().await;
}

#[tokio::test]
async fn what_asks_for_no_socket_is_told_so() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    for person in [&ann, &stranger(&world)] {
        let answer = person.get("/connection/1/ann/ann@example.org/").await;
        let body = answer.expect(400);
        assert!(body["detail"].is_string(), "{body:#}");
    }
    assert_eq!(whole(with_token(&ann, Some("nonsense")).get("/connection/1/n/e/").await), not_valid());
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_signed_in_is_there_while_it_is_open() {
    // Who is there is not looked at again.
    let world = World::without_worker(|config| config.gateway.presence_refresh = 3_600).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    connect(&ann, &bob).await;
    let mut of_ann = listening(&ann).await;
    eventually("ann is there", async || !there(&bob).await.is_empty()).await;
    let socket = chat(&again(&bob).await, "1").await.expect("the socket opens");
    hears(&mut of_ann, bob.id, true).await;
    assert_eq!(there(&ann).await, [bob.id]);
    drop(socket);
    hears(&mut of_ann, bob.id, false).await;
    assert_eq!(there(&ann).await, [0; 0]);
    // Whoever is not signed in is nobody.
    let socket = claim(&world, "1", "bob", "bob@example.org").await;
    of_ann.expect_nothing().await;
    drop((socket, of_ann));
    world.finish().await;
}
