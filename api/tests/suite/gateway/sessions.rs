//! Sessions: when one ends, its sockets end with it, on every process, and no other does.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait;
use serde_json::json;
use shared::ports::clock::Clock;

use super::no_sweep;
use crate::world::{Person, Socket, World};

/// A person with three sessions, each with a socket on two processes.
struct Devices {
    people: Vec<Person>,
    sockets: Vec<[Socket; 2]>,
}

async fn devices(world: &mut World) -> Devices {
    let there = world.add_api().await.address;
    let phone = world.person("ann").await;
    let people = vec![phone.clone(), phone.sign_in("ann").await, phone.sign_in("ann").await];
    let mut sockets = Vec::new();
    for person in &people {
        let mut pair = [person.socket().await, person.at(there).socket().await];
        for socket in &mut pair {
            assert_eq!(socket.expect("hello").await["session"], person.session_id);
        }
        sockets.push(pair);
    }
    Devices { people, sockets }
}

impl Devices {
    /// That the sockets of the devices `ended` close with 4401, and the others live.
    async fn expect_ended(mut self, ended: &[usize]) {
        for (place, pair) in self.sockets.iter_mut().enumerate() {
            for socket in pair {
                if ended.contains(&place) {
                    assert_eq!(socket.close_code().await, Some(4401), "device {place}");
                } else {
                    socket.expect_nothing().await;
                }
            }
        }
        for (place, person) in self.people.iter().enumerate() {
            let status = person.get("/api/v1/me").await.status.as_u16();
            assert_eq!(status, if ended.contains(&place) { 401 } else { 200 }, "device {place}");
        }
    }
}

#[tokio::test]
async fn signing_out_closes_the_sockets_of_that_session_everywhere() {
    let mut world = World::with(no_sweep).await;
    let devices = devices(&mut world).await;
    devices.people[1].delete("/api/v1/sessions/current").await.expect(204);
    devices.expect_ended(&[1]).await;
    world.finish().await;
}

#[tokio::test]
async fn revoking_a_session_closes_its_sockets_everywhere() {
    let mut world = World::with(no_sweep).await;
    let devices = devices(&mut world).await;
    let path = format!("/api/v1/sessions/{}", devices.people[2].session_id);
    devices.people[0].at(world.apis[1].address).delete(&path).await.expect(204);
    devices.expect_ended(&[2]).await;
    world.finish().await;
}

#[tokio::test]
async fn revoking_all_others_leaves_the_sockets_of_the_one_that_asks() {
    let mut world = World::with(no_sweep).await;
    let devices = devices(&mut world).await;
    let mut bystander = world.person("bob").await.socket().await;
    bystander.expect("hello").await;
    let revoked = devices.people[0].act("/api/v1/sessions/revoke-others").await.expect(200);
    assert_eq!(revoked, json!({"revoked": 2}));
    devices.expect_ended(&[1, 2]).await;
    bystander.expect_nothing().await;
    drop(bystander);
    world.finish().await;
}

#[tokio::test]
async fn a_spent_refresh_token_that_is_shown_again_closes_the_sockets_of_its_session() {
    let mut world = World::with(no_sweep).await;
    let devices = devices(&mut world).await;
    let refresh = async |token: &str| {
        let stranger = Person::stranger(world.apis[0].address);
        stranger.post("/api/v1/sessions/refresh", json!({"refresh_token": token})).await
    };
    let first = &devices.people[1].refresh_token;
    let second = refresh(first).await.expect(200)["refresh_token"].as_str().expect("a token").to_owned();
    refresh(&second).await.expect(200);
    refresh(first).await.expect_problem(401, "token_reused");
    devices.expect_ended(&[1]).await;
    world.finish().await;
}

#[tokio::test]
async fn a_lost_end_of_a_session_is_found_by_the_sweep() {
    let mut world = World::with(|config| config.gateway.sweep_every = 1).await;
    let mut devices = devices(&mut world).await;
    // A process that commits and never publishes.
    let silenced = world.bed.core().await;
    silenced.sessions.end(devices.people[0].id, devices.people[1].session_id).await.expect("it ends");
    for socket in &mut devices.sockets[1] {
        assert_eq!(socket.close_code().await, Some(4401));
    }
    for place in [0, 2] {
        for socket in &mut devices.sockets[place] {
            socket.expect_nothing().await;
        }
    }
    drop(devices);
    world.finish().await;
}

#[tokio::test]
async fn a_suspended_account_loses_its_sockets() {
    let mut world = World::with(|config| config.gateway.sweep_every = 1).await;
    let mut devices = devices(&mut world).await;
    let mut bystander = world.person("bob").await.socket().await;
    bystander.expect("hello").await;
    let database = &world.core().database;
    let sql = "UPDATE accounts SET suspended_at = $1 WHERE id = $2";
    let values = [world.core().writer.now().into(), devices.people[0].id.into()];
    database.writer().execute_raw(database.engine().statement(sql, values)).await.expect("suspended");
    for socket in devices.sockets.iter_mut().flatten() {
        assert_eq!(socket.close_code().await, Some(4401));
    }
    bystander.expect_nothing().await;
    drop(bystander);
    world.finish().await;
}

#[tokio::test]
async fn a_socket_ends_with_the_token_that_opened_it() {
    let world = World::with(no_sweep).await;
    let ann = world.person("ann").await;
    let (mut sockets, ends) = loop {
        if let Some(opened) = opened_late(&world, &ann.sign_in("ann").await).await {
            break opened;
        }
    };
    for socket in &mut sockets {
        assert_eq!(socket.close_code().await, Some(4401));
        assert!(world.bed.clock.now() > ends - TimeDelta::seconds(1), "and not before");
    }
    world.finish().await;
}

/// Opens two sockets 3 s before the end of somebody's token, by itself and by a ticket; answers them and that end,
/// and nothing when it came first.
async fn opened_late(world: &World, person: &Person) -> Option<([Socket; 2], DateTime<Utc>)> {
    let ends = world.turn_to_the_last(TimeDelta::seconds(20), person).await;
    let ticket = person.act("/api/v1/ws/tickets").await.expect(201);
    let path = format!("/api/v1/ws?ticket={}", ticket["ticket"].as_str().expect("a ticket"));
    let mut by_token = Socket::handshake(person.address, "/api/v1/ws");
    let token = person.token.as_deref().expect("signed in");
    by_token.headers_mut().insert("authorization", format!("Bearer {token}").parse().expect("a header"));
    world.bed.clock.turn(TimeDelta::seconds(17));
    let by_token = Socket::connect(by_token).await.ok()?;
    let by_ticket = Socket::connect(Socket::handshake(person.address, &path)).await.ok()?;
    Some(([by_token, by_ticket], ends))
}

#[tokio::test]
async fn a_ticket_of_a_session_that_has_ended_opens_nothing() {
    let world = World::with(no_sweep).await;
    let ann = world.person("ann").await;
    let ticket = ann.act("/api/v1/ws/tickets").await.expect(201);
    ann.delete("/api/v1/sessions/current").await.expect(204);
    let path = format!("/api/v1/ws?ticket={}", ticket["ticket"].as_str().expect("a ticket"));
    match Socket::connect(Socket::handshake(ann.address, &path)).await {
        Ok(mut socket) => assert_eq!(socket.close_code().await, Some(4401)),
        Err(status) => assert_eq!(status, 401),
    }
    world.finish().await;
}
