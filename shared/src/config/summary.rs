//! What a configuration connects to and what it lacks, for the line that a process says when it starts.

use super::{Config, MailTransport, MediaPlace, RateLimits, hide_password};

/// Which process speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Process {
    /// `api serve`; in the embedded mode the worker too.
    Api,
    /// The worker.
    Worker,
}

impl Process {
    /// Whether mails leave from it.
    fn sends_mail(self, config: &Config) -> bool {
        self == Self::Worker || config.embedded()
    }
}

impl Config {
    /// Logs what a process connects to and what is missing, a line each: to be called before it connects, since a
    /// server that is away may keep it waiting.
    pub fn log_summary(&self, process: Process) {
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "connects to: {}", self.connects_to(process));
        let missing = self.missing(process);
        if !missing.is_empty() {
            tracing::warn!("missing: {}", missing.join("; "));
        }
    }

    /// What a process connects to, in one line, without secrets.
    #[must_use]
    pub fn connects_to(&self, process: Process) -> String {
        let mut parts = vec![format!("database {}", hide_password(&self.database.url))];
        parts.push(match &self.redis.url {
            Some(url) => format!("Redis {} ({})", hide_password(url), self.redis.prefix),
            None => "queue and events in this process".to_owned(),
        });
        if process.sends_mail(self) {
            parts.push(match self.mail.transport() {
                MailTransport::Smtp(url) => format!("mail {} from {}", hide_password(&url), self.mail.from),
                MailTransport::Files => format!("mail files {}", self.server.data.join("mail").display()),
            });
        }
        parts.push(match self.media.place(&self.server.data) {
            Ok(MediaPlace::Folder(folder)) => format!("pictures {}", folder.display()),
            Ok(MediaPlace::Bucket { bucket, prefix }) => format!("pictures s3://{bucket}/{prefix}"),
            Err(error) => error.to_string(),
        });
        if let Some(url) = &self.traces.endpoint {
            parts.push(format!("traces {}", hide_password(url)));
        }
        parts.join("; ")
    }

    /// What is not set and is missed sooner or later, each with what follows from that; nothing that keeps a process
    /// from starting, which [`Self::check_complete`] tells.
    #[must_use]
    pub fn missing(&self, process: Process) -> Vec<String> {
        let mut missing = Vec::new();
        let mut say = |misses: bool, what: &str, follows: String| {
            if misses {
                missing.push(format!("{what} ({follows})"));
            }
        };
        let shared = !self.embedded();
        let files = self.mail.transport() == MailTransport::Files;
        if process.sends_mail(self) {
            let folder = self.server.data.join("mail");
            say(files, "SMTP_URL", format!("mails stay in {}", folder.display()));
            say(
                !files && self.mail.from.ends_with("@localhost>"),
                "MAIL_FROM",
                format!("mails are from {}", self.mail.from),
            );
        }
        let links = format!("links in mails begin with {}", self.public_url());
        say(self.server.public_url.is_none() && (shared || !files), "PUBLIC_URL", links);
        let folder = matches!(self.media.place(&self.server.data), Ok(MediaPlace::Folder(_)));
        let alone = "pictures stay in a folder that each process has to see".to_owned();
        say(shared && folder && self.media.url.is_none(), "MEDIA_URL", alone);
        let https = self.server.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
        let nobody = "behind a proxy, all callers look like one to the rate limits".to_owned();
        let unseen = process == Process::Api && https && self.server.trusted_proxies.is_empty();
        say(unseen, "KITH_TRUSTED_PROXIES", nobody);
        let off = process == Process::Api && self.limits.rate_limits == RateLimits::Off;
        say(off, "KITH_RATE_LIMITS", "off: for load tests alone".to_owned());
        missing
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn load(environment: &[(&str, &str)]) -> Config {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Config::from_parts(Path::new("kith.toml"), "", environment).expect("valid")
    }

    const PRODUCTION: [(&str, &str); 5] = [
        ("DATABASE_URL", "postgres://kith:hunter2@db.example/kith"),
        ("REDIS_URL", "redis://:hunter2@redis.example"),
        ("SMTP_URL", "smtp://kith:hunter2@mail.example:587"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://traces.example:4318"),
        ("KITH_SECRET", "hunter2hunter2hunter2hunter2hunter2hunter2"),
    ];

    #[test]
    fn everything_that_is_connected_to_is_named_without_secrets() {
        let config = load(&PRODUCTION);
        let (api, worker) = (config.connects_to(Process::Api), config.connects_to(Process::Worker));
        for part in [
            "database postgres://kith:***@db.example/kith",
            "Redis redis://:***@redis.example",
            "traces http://traces.example:4318/",
        ] {
            assert!(api.contains(part) && worker.contains(part), "{part}: {api}\n{worker}");
        }
        assert!(worker.contains("mail smtp://kith:***@mail.example:587") && !api.contains("mail"), "{worker}\n{api}");
        for line in [api, worker, config.missing(Process::Api).join("; "), config.missing(Process::Worker).join("; ")] {
            assert!(!line.contains("hunter2") && !line.contains('\n'), "{line}");
        }
    }

    #[test]
    fn what_is_missing_is_named_where_it_is_missed() {
        let names = |config: &Config, process| -> Vec<String> {
            let missing = config.missing(process).into_iter();
            missing.map(|one| one.split(' ').next().unwrap_or_default().to_owned()).collect()
        };
        let embedded = load(&[]);
        assert_eq!(names(&embedded, Process::Api), ["SMTP_URL"]);
        let production = load(&PRODUCTION);
        assert_eq!(names(&production, Process::Api), ["PUBLIC_URL", "MEDIA_URL"]);
        assert_eq!(names(&production, Process::Worker), ["MAIL_FROM", "PUBLIC_URL", "MEDIA_URL"]);
        let more = [
            ("PUBLIC_URL", "https://kith.example"),
            ("MEDIA_URL", "file:///srv/media"),
            ("MAIL_FROM", "Kith <kith@kith.example>"),
            ("KITH_RATE_LIMITS", "off"),
        ];
        let behind_a_proxy = load(&[PRODUCTION.as_slice(), &more].concat());
        assert_eq!(names(&behind_a_proxy, Process::Api), ["KITH_TRUSTED_PROXIES", "KITH_RATE_LIMITS"]);
        assert_eq!(names(&behind_a_proxy, Process::Worker), Vec::<String>::new());
    }
}
