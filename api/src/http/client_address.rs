//! Where a call came from: the peer, or what a trusted proxy says.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

use crate::App;

/// The address of whoever calls; unspecified when it can't be known.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer =
            parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip().to_canonical());
        let unknown = IpAddr::from([0, 0, 0, 0]);
        let Some(peer) = peer else { return Ok(Self(unknown)) };
        let proxies = &app.core.config.server.trusted_proxies;
        let trusted = |address: IpAddr| proxies.iter().any(|range| range.holds(address));
        if !trusted(peer) {
            return Ok(Self(peer));
        }
        // From the last hop on: the first that is no proxy of ours. What stands before it, or before a
        // hop that does not read, anybody can write.
        let lines = parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        for hop in hops.into_iter().rev() {
            match hop.parse::<IpAddr>().map(|hop| hop.to_canonical()) {
                Ok(hop) if trusted(hop) => {}
                Ok(hop) => return Ok(Self(hop)),
                Err(_) => break,
            }
        }
        Ok(Self(peer))
    }
}
