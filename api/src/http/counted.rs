//! Counts requests and how long they take.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use shared::metrics::{Metrics, RouteMetrics};

use super::route::{method_of, route_of};

/// The status of requests whose client went before they were answered: no server says it.
const CLIENT_WENT: u16 = 499;

/// Counts a request under its route. One for a socket counts as
/// answered when it is upgraded.
pub async fn counted(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let route = metrics.requests().of(method_of(&request), route_of(&request));
    let mut hand = InHand { route, begun: Instant::now(), status: CLIENT_WENT };
    let response = next.run(request).await;
    hand.status = response.status().as_u16();
    response
}

/// A request in hand: counted when it is dropped, answered or not.
struct InHand {
    route: Arc<RouteMetrics>,
    begun: Instant,
    status: u16,
}

impl Drop for InHand {
    fn drop(&mut self) {
        self.route.answered(self.status, self.begun.elapsed());
    }
}
