//! HTTP requests, by method, route and status.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// How long requests take, in seconds.
const DURATIONS: [f64; 14] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Taken {
    method: &'static str,
    route: String,
}

/// The requests of a process.
#[derive(Debug)]
pub struct RequestMetrics {
    answered: Family<Answered, Counter>,
    durations: Family<Taken, Histogram>,
    /// What was asked for before, by route.
    routes: RwLock<HashMap<String, Vec<Arc<RouteMetrics>>>>,
}

impl RequestMetrics {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let answered = Family::default();
        registry.register("http_requests", "Requests answered, by the template of their path", answered.clone());
        let durations = Family::new_with_constructor((|| Histogram::new(DURATIONS)) as fn() -> Histogram);
        registry.register(
            "http_request_duration_seconds",
            "From a request's head to its answer's; of a socket to its handshake's",
            durations.clone(),
        );
        Self { answered, durations, routes: RwLock::default() }
    }

    /// What counts the requests of `method` for `route`. Both must be of a bounded number: a template, and no
    /// path that a client wrote.
    pub fn of(&self, method: &'static str, route: &str) -> Arc<RouteMetrics> {
        let known = |routes: &HashMap<String, Vec<Arc<RouteMetrics>>>| {
            routes.get(route)?.iter().find(|one| one.labels.method == method).cloned()
        };
        if let Some(found) = known(&self.routes.read().unwrap_or_else(PoisonError::into_inner)) {
            return found;
        }
        let mut routes = self.routes.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known(&routes) {
            return found;
        }
        let labels = Taken { method, route: route.to_owned() };
        let one = Arc::new(RouteMetrics {
            duration: self.durations.get_or_create_owned(&labels),
            answered: self.answered.clone(),
            statuses: RwLock::default(),
            labels,
        });
        routes.entry(route.to_owned()).or_default().push(Arc::clone(&one));
        one
    }
}

/// The requests of one method for one route.
#[derive(Debug)]
pub struct RouteMetrics {
    labels: Taken,
    duration: Histogram,
    answered: Family<Answered, Counter>,
    /// The few statuses that there were.
    statuses: RwLock<Vec<(u16, Counter)>>,
}

impl RouteMetrics {
    /// A request was answered.
    pub fn answered(&self, status: u16, took: Duration) {
        self.duration.observe(took.as_secs_f64());
        let known = self.statuses.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, counter)) = known.iter().find(|(known, _)| *known == status) {
            counter.inc();
            return;
        }
        drop(known);
        let labels = Answered { method: self.labels.method, route: self.labels.route.clone(), status };
        let counter = self.answered.get_or_create_owned(&labels);
        counter.inc();
        let mut known = self.statuses.write().unwrap_or_else(PoisonError::into_inner);
        if known.iter().all(|(known, _)| *known != status) {
            known.push((status, counter));
        }
    }
}
