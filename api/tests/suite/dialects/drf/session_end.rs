//! When a session ends, all that spoke for it is dead at once.

use chrono::TimeDelta;
use serde_json::json;

use super::{PROFILE, REFRESH, execute, sign_in, token};
use crate::dialects::support::{by_shared_paths, with_token};
use crate::world::{Answer, PASSWORD, Person, Socket, World};

/// What signing in gives.
struct Keys {
    access: Person,
    sliding: Person,
    refresh: String,
    cookie: String,
}

impl Keys {
    async fn of(person: &Person) -> Self {
        let nobody = with_token(person, None);
        let answer = nobody.post(super::LOGIN, json!({"username": person.name, "password": PASSWORD})).await;
        let cookie =
            answer.headers["set-cookie"].to_str().expect("text").split(';').next().expect("a cookie").to_owned();
        let body = answer.expect(200);
        Self {
            access: with_token(person, Some(token(&body, "access"))),
            sliding: with_token(person, Some(token(&body, "token"))),
            refresh: token(&body, "refresh").to_owned(),
            cookie,
        }
    }

    async fn refresh(&self, kind: &str) -> Answer {
        let given = if kind == "refresh" { &self.refresh } else { self.sliding.token.as_ref().expect("a token") };
        with_token(&self.access, None).post(REFRESH, json!({kind: given})).await
    }

    /// With the cookie, from the server's own origin; whether it lives, or the code with which it closes.
    async fn socket(&self) -> Result<(), Option<u16>> {
        let address = self.access.address;
        let mut request = Socket::handshake(address, "/ws/notifications/");
        let origin = format!("http://{address}").parse().expect("a header");
        request.headers_mut().insert("origin", origin);
        request.headers_mut().insert("cookie", self.cookie.parse().expect("a header"));
        let mut socket = Socket::connect(request).await.expect("an upgrade");
        socket.send(json!({"type": "ping"})).await;
        let frame = socket.next_or_close().await?;
        assert_eq!(frame, json!({"type": "pong"}));
        Ok(())
    }

    async fn expect_alive(&self) {
        for person in [&self.access, &self.sliding] {
            person.get(PROFILE).await.expect(200);
        }
        self.refresh("refresh").await.expect(200);
        self.refresh("token").await.expect(200);
        assert_eq!(self.socket().await, Ok(()));
    }

    async fn expect_dead(&self) {
        for person in [&self.access, &self.sliding] {
            person.get(PROFILE).await.expect(401);
            person.get("/api/notification/").await.expect(401);
        }
        let invalid = json!({"detail": "Token is invalid or expired", "code": "token_not_valid"});
        assert_eq!(self.refresh("refresh").await.expect(401), invalid);
        assert_eq!(self.refresh("token").await.expect(401), invalid);
        assert_eq!(self.socket().await, Err(Some(4401)));
    }
}

#[tokio::test]
async fn signing_out_ends_every_token_and_the_cookie_of_that_session_alone() {
    let mut world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let (ended, other) = (Keys::of(&ann).await, Keys::of(&ann).await);
    // What was got by refreshing is of the session too.
    let second = with_token(&ann, Some(token(&ended.refresh("refresh").await.expect(200), "access")));
    let slid = with_token(&ann, Some(token(&ended.refresh("token").await.expect(200), "token")));
    ended.expect_alive().await;
    let elsewhere = world.add_api().await.address;
    second.at(elsewhere).get(PROFILE).await.expect(200);
    ended.access.delete("/api/v1/sessions/current").await.expect(204);
    ended.expect_dead().await;
    second.get(PROFILE).await.expect(401);
    slid.get(PROFILE).await.expect(401);
    other.expect_alive().await;
    ann.get(PROFILE).await.expect(200);
    let condition = async || second.at(elsewhere).get(PROFILE).await.status == 401;
    crate::world::eventually("the other process hears of it", condition).await;
    world.finish().await;
}

#[tokio::test]
async fn signing_out_closes_the_sockets_of_both_dialects() {
    let world = World::with(|config| config.gateway.sweep_every = 3_600).await;
    let ann = by_shared_paths(&world, "ann").await;
    let tokens = sign_in(&with_token(&ann, None), "ann").await;
    let mut sockets = Vec::new();
    for (name, path) in [("access", "/ws/notifs/"), ("token", "/ws/notifs/"), ("access", "/ws/notifications/")] {
        let person = with_token(&ann, Some(token(&tokens, name)));
        sockets.push(crate::dialects::support::socket(&person, path).await.expect("the socket opens"));
    }
    let access = with_token(&ann, Some(token(&tokens, "access")));
    access.delete("/api/v1/sessions/current").await.expect(204);
    for socket in &mut sockets {
        assert_eq!(socket.close_code().await, Some(4401));
    }
    world.finish().await;
}

#[tokio::test]
async fn suspension_ends_every_token_and_the_cookie_within_half_a_minute() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let keys = Keys::of(&ann).await;
    keys.expect_alive().await;
    let now = world.core().writer.now();
    execute(&world, "UPDATE accounts SET suspended_at = $1 WHERE id = $2", [now.into(), ann.id.into()]).await;
    world.bed.clock.turn(TimeDelta::seconds(31));
    keys.expect_dead().await;
    world.finish().await;
}
