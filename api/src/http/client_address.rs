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
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        let unknown = IpAddr::from([0, 0, 0, 0]);
        let Some(peer) = peer else { return Ok(Self(unknown)) };
        let trusted = &app.core.config.server.trusted_proxies;
        if !trusted.contains(&peer) {
            return Ok(Self(peer));
        }
        // The last hop that is no proxy of ours: what stands before it, anybody can write.
        let hops = parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<IpAddr> =
            hops.flat_map(|line| line.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
        Ok(Self(hops.into_iter().rev().find(|hop| !trusted.contains(hop)).unwrap_or(peer)))
    }
}
