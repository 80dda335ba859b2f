//! How a socket ends: with its session, and with the token that opened it.

use chrono::TimeDelta;
use shared::config::Config;
use shared::ports::clock::Clock;

use super::{SOCKET, expect_quiet, login, no_sweep, open};
use crate::dialects::support::{by_shared_paths, socket};
use crate::world::{Person, World};

#[tokio::test]
async fn the_end_of_a_session_closes_its_sockets_everywhere_and_no_other() {
    let mut world = World::with(no_sweep).await;
    let there = world.add_api().await.address;
    let ann = by_shared_paths(&world, "ann").await;
    let (ending, staying) = (login(&ann).await, login(&ann).await);
    let origin = format!("http://{}", ann.address);
    let cookie = |session: &str| [("cookie", session.to_owned()), ("origin", origin.clone())];
    let mut sockets = Vec::new();
    for session in [&ending, &staying] {
        let headers = cookie(&session.cookie);
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        sockets.push([
            socket(&session.sliding, SOCKET).await.expect("by a sliding token"),
            socket(&session.access.at(there), SOCKET).await.expect("by an access token"),
            open(&ann, &headers).await.expect("by cookie"),
        ]);
    }
    for socket in sockets.iter_mut().flatten() {
        expect_quiet(socket).await;
    }
    ending.access.delete("/api/v1/sessions/current").await.expect(204);
    for socket in &mut sockets[0] {
        assert_eq!(socket.next_or_close().await, Err(Some(4401)));
    }
    for socket in &mut sockets[1] {
        expect_quiet(socket).await;
    }
    drop(sockets);
    world.finish().await;
}

#[tokio::test]
async fn a_socket_ends_with_the_token_that_opened_it() {
    let world = World::with(no_sweep).await;
    let ann = by_shared_paths(&world, "ann").await;
    let (mut by_cookie, mut ending, ends) = loop {
        let session = login(&ann).await;
        let origin = format!("http://{}", session.sliding.address);
        let cookie = [("cookie", session.cookie.as_str()), ("origin", origin.as_str())];
        let by_cookie = open(&session.sliding, &cookie).await.expect("by cookie");
        let ends = world.turn_to_the_last(TimeDelta::seconds(3), &session.sliding).await;
        let mut ending = Vec::new();
        for person in [&session.sliding, &session.access] {
            let header = format!("Token {}", person.token.as_deref().expect("a token"));
            ending.push(socket(person, SOCKET).await.expect("by query"));
            ending.push(open(person, &[("authorization", &header)]).await.expect("by header"));
        }
        // A machine that is too slow for that does it again.
        if world.bed.clock.now() < ends {
            break (by_cookie, ending, ends);
        }
    };
    for socket in &mut ending {
        assert_eq!(socket.next_or_close().await, Err(Some(4401)));
        assert!(world.bed.clock.now() > ends - TimeDelta::seconds(1), "and not before");
    }
    // The cookie lives with the session.
    expect_quiet(&mut by_cookie).await;
    drop(by_cookie);
    world.finish().await;
}

#[tokio::test]
async fn a_socket_that_a_cookie_opened_ends_with_the_session() {
    let change = |config: &mut Config| {
        no_sweep(config);
        config.secrets.lifetimes.dialect_session = 600;
    };
    let world = World::with(change).await;
    let ann = by_shared_paths(&world, "ann").await;
    let (session, mut by_cookie, ends) = loop {
        let ends = world.bed.clock.now() + TimeDelta::seconds(600);
        let session = login(&ann).await;
        world.bed.clock.turn(TimeDelta::seconds(596));
        let origin = format!("http://{}", session.sliding.address);
        let cookie = [("cookie", session.cookie.as_str()), ("origin", origin.as_str())];
        let by_cookie = open(&session.sliding, &cookie).await.expect("by cookie");
        if world.bed.clock.now() < ends - TimeDelta::seconds(1) {
            break (session, by_cookie, ends);
        }
    };
    assert_eq!(by_cookie.next_or_close().await, Err(Some(4401)));
    assert!(world.bed.clock.now() > ends - TimeDelta::seconds(2), "and not before");
    world.bed.clock.turn(TimeDelta::seconds(5));
    // Nor does a token of it that would live longer.
    let mut late = socket(&session.sliding, SOCKET).await.expect("the handshake is accepted");
    assert_eq!(late.next_or_close().await, Err(Some(4401)));
    world.finish().await;
}

#[tokio::test]
async fn a_stop_closes_with_1012() {
    let mut world = World::with(no_sweep).await;
    let going = world.apis.remove(0);
    let staying = world.add_api().await.address;
    let ann = Person::join(going.address, "ann").await;
    let mut here = socket(&ann, SOCKET).await.expect("the socket opens");
    let mut there = socket(&ann.at(staying), SOCKET).await.expect("the socket opens");
    expect_quiet(&mut here).await;
    let ((), code) = tokio::join!(going.stop(), here.close_code());
    assert_eq!(code, Some(1012));
    expect_quiet(&mut there).await;
    drop(there);
    world.finish().await;
}
