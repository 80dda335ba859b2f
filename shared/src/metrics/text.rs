//! The text that Prometheus and its kin have always read (exposition format 0.0.4). The crate writes its
//! successor, `OpenMetrics`, in which a counter's help and type lack the `_total` that its samples bear.

use prometheus_client::encoding::text::encode_registry;
use prometheus_client::registry::Registry;

/// What [`encode`] writes, for HTTP.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What the registries hold.
pub(super) fn encode<'a>(registries: impl IntoIterator<Item = &'a Registry>) -> String {
    let mut text = String::new();
    for registry in registries {
        // Writing to a string fails only where a metric refuses, and none of these does.
        if let Err(error) = encode_registry(&mut text, registry) {
            tracing::error!(%error, "some metrics were not written");
        }
    }
    classic(&text)
}

fn classic(open_metrics: &str) -> String {
    let mut text = String::with_capacity(open_metrics.len() + 256);
    let mut help = None;
    for line in open_metrics.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            help = rest.split_once(' '); // written when the type is known
            continue;
        }
        if let Some((name, kind)) = line.strip_prefix("# TYPE ").and_then(|rest| rest.split_once(' ')) {
            let total = if kind == "counter" { "_total" } else { "" };
            if let Some((_, help)) = help.take() {
                text.extend(["# HELP ", name, total, " ", help, "\n"]);
            }
            text.extend(["# TYPE ", name, total, " ", kind, "\n"]);
            continue;
        }
        text.extend([line, "\n"]);
    }
    text
}

#[cfg(test)]
mod tests {
    use prometheus_client::metrics::counter::Counter;
    use prometheus_client::metrics::gauge::Gauge;

    use super::*;

    #[test]
    fn a_counter_is_described_by_the_name_of_its_samples() {
        let mut registry = Registry::with_prefix("kith");
        registry.register("mails", "Mails", Counter::<u64>::default());
        registry.register("sockets", "Sockets", Gauge::<i64>::default());
        assert_eq!(
            encode([&registry]),
            "# HELP kith_mails_total Mails.\n# TYPE kith_mails_total counter\nkith_mails_total 0\n\
             # HELP kith_sockets Sockets.\n# TYPE kith_sockets gauge\nkith_sockets 0\n"
        );
    }
}
