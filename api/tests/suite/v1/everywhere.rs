//! Somebody who is signed in everywhere: what has to end when all of an account's sessions do (P6).

use std::net::SocketAddr;

use serde_json::json;
use shared::config::Config;

use crate::dialects::support::{also_by_shared_paths, socket};
use crate::world::{Person, Socket, World, eventually};

/// Without the sweep of sockets, so that what ends them is the event and nothing later. Nor do
/// processes ask again within a test's time what they know of a session: that is for 30 s.
pub(super) fn no_sweep(config: &mut Config) {
    config.gateway.sweep_every = 3_600;
}

/// One's sessions: of v1 and of a dialect, each with a socket on each of two processes.
pub(super) struct Everywhere {
    v1: Person,
    dialect: Person,
    sockets: Vec<Socket>,
    addresses: Vec<SocketAddr>,
}

impl Everywhere {
    /// Signs in with the password of everybody.
    pub(super) async fn sign_in(world: &World, person: &Person) -> Self {
        let addresses: Vec<_> = world.apis.iter().map(|api| api.address).collect();
        assert_eq!(addresses.len(), 2);
        let (v1, dialect) = (person.sign_in(&person.name).await, also_by_shared_paths(person).await);
        let mut sockets = Vec::new();
        for address in &addresses {
            let mut ours = v1.at(*address).socket().await;
            ours.expect("hello").await;
            sockets.push(ours);
            let mut theirs = socket(&dialect.at(*address), "/ws/notifications/").await.expect("it opens");
            theirs.send(json!({"type": "ping"})).await;
            assert_eq!(theirs.next().await, json!({"type": "pong"}));
            sockets.push(theirs);
            // Both processes know the sessions from now on.
            v1.at(*address).get("/api/v1/me").await.expect(200);
            dialect.at(*address).get("/api/connections/").await.expect(200);
        }
        Self { v1, dialect, sockets, addresses }
    }

    /// That all of it ends by itself, and that no token of it brings anything back.
    pub(super) async fn expect_ended(mut self) {
        for socket in &mut self.sockets {
            assert_eq!(socket.close_code().await, Some(4401));
        }
        for address in &self.addresses {
            let (v1, dialect) = (self.v1.at(*address), self.dialect.at(*address));
            eventually("the tokens are dead", async || {
                let ours = v1.get("/api/v1/me").await.status;
                ours == 401 && dialect.get("/api/connections/").await.status == 401
            })
            .await;
            v1.get("/api/v1/me").await.expect_problem(401, "invalid_token");
            v1.refresh().await.expect_problem(401, "invalid_token");
            let refresh = Person { token: None, ..dialect.clone() };
            refresh.post("/api/token/refresh/", json!({"refresh": dialect.refresh_token})).await.expect(401);
            let mut refused = socket(&dialect, "/ws/notifications/").await.expect("the handshake");
            assert_eq!(refused.next_or_close().await, Err(Some(4401)));
        }
    }
}
