//! Where a call came from: the peer, or what a trusted proxy says.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::Extensions;
use axum::http::request::Parts;
use shared::config::ProxyRange;

use crate::App;

/// The address of whoever calls; unspecified when it can't be known.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let unknown = IpAddr::from([0, 0, 0, 0]);
        let Some(peer) = peer(&parts.extensions) else { return Ok(Self(unknown)) };
        let trusted = |address: IpAddr| is_trusted(address, &app.core.config.server.trusted_proxies);
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

/// Whether a request comes from one of `proxies`: what its headers say of it is believed.
pub(super) fn is_behind_proxy(extensions: &Extensions, proxies: &[ProxyRange]) -> bool {
    peer(extensions).is_some_and(|peer| is_trusted(peer, proxies))
}

fn is_trusted(address: IpAddr, proxies: &[ProxyRange]) -> bool {
    proxies.iter().any(|range| range.holds(address))
}

/// The other end of the connection.
fn peer(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip().to_canonical())
}
