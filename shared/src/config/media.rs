//! Where pictures are kept: a folder, or a bucket of S3 or of a compatible store.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use url::Url;

use super::{ConfigError, Environment, hide_password};

/// `[media]`
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MediaConfig {
    /// `file:///path` or `s3://bucket/prefix` (`MEDIA_URL`); by default the folder `media` in `KITH_DATA`.
    pub url: Option<String>,
    /// What the environment says of the bucket's server (`AWS_ACCESS_KEY_ID`, `AWS_REGION`…), by name in
    /// lower case. From the environment alone: a file would hold secrets.
    #[serde(skip_deserializing, serialize_with = "shown", skip_serializing_if = "BTreeMap::is_empty")]
    aws: BTreeMap<String, SecretString>,
}

/// Where pictures go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaPlace {
    /// Into a folder, which may not be there yet.
    Folder(PathBuf),
    /// Into a bucket.
    Bucket {
        /// Its name.
        bucket: String,
        /// What every key in it begins with; may be empty.
        prefix: String,
    },
}

/// What may be shown of the server that holds a bucket. Everything else may be a secret.
const SHOWN: [&str; 7] = [
    "aws_region",
    "aws_default_region",
    "aws_endpoint",
    "aws_endpoint_url",
    "aws_endpoint_url_s3",
    "aws_allow_http",
    "aws_virtual_hosted_style_request",
];

fn shown<S: Serializer>(aws: &BTreeMap<String, SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(aws.iter().map(|(name, value)| {
        let value = value.expose_secret();
        let shown = match name.as_str() {
            name if !SHOWN.contains(&name) => "***".to_owned(),
            name if name.contains("endpoint") => hide_password(value),
            _ => value.to_owned(),
        };
        (name, shown)
    }))
}

impl MediaConfig {
    pub(super) fn apply(&mut self, environment: &Environment, data: &Path) -> Result<(), ConfigError> {
        if let Some(url) = environment.get("MEDIA_URL") {
            self.url = Some(url.to_owned());
        }
        if let MediaPlace::Bucket { .. } = self.place(data)? {
            self.aws = environment
                .beginning_with("AWS_")
                .map(|(name, value)| (name.to_ascii_lowercase(), SecretString::from(value.to_owned())))
                .collect();
        }
        Ok(())
    }

    /// Where pictures go under this configuration; `data` is the folder of the embedded mode.
    ///
    /// # Errors
    /// The address is not one of a folder or a bucket. It is not repeated: it may hold a secret.
    pub fn place(&self, data: &Path) -> Result<MediaPlace, ConfigError> {
        let Some(address) = &self.url else { return Ok(MediaPlace::Folder(data.join("media"))) };
        let refused = |reason: &str| ConfigError::invalid("MEDIA_URL", reason);
        let url = Url::parse(address).map_err(|error| refused(&format!("not an address: {error}")))?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refused("must have nothing behind the path"));
        }
        match url.scheme() {
            "file" => match url.to_file_path() {
                Ok(folder) if folder.parent().is_some() => Ok(MediaPlace::Folder(folder)),
                _ => Err(refused("must name a folder of this machine: file:///srv/kith/media")),
            },
            "s3" => {
                if !url.username().is_empty() || url.password().is_some() || url.port().is_some() {
                    return Err(refused(
                        "must be s3://bucket/prefix; the server and the keys are set by AWS_ENDPOINT, \
                         AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                    ));
                }
                let bucket = url.host_str().filter(|bucket| !bucket.is_empty());
                let bucket = bucket.ok_or_else(|| refused("must name a bucket: s3://bucket/prefix"))?;
                let prefix = url.path().trim_matches('/');
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
                if !prefix.chars().all(plain) || prefix.split('/').any(|part| matches!(part, "." | "..")) {
                    return Err(refused("the prefix may have letters, digits, '-', '_', '.' and '/'"));
                }
                Ok(MediaPlace::Bucket { bucket: bucket.to_owned(), prefix: prefix.to_owned() })
            }
            _ => Err(refused("must begin with file:/// or s3://")),
        }
    }

    /// What the environment says of the bucket's server, by name in lower case.
    pub(crate) fn aws(&self) -> impl Iterator<Item = (&str, &SecretString)> {
        self.aws.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// With settings of a bucket's server, for whoever makes a configuration without an environment: names
    /// as in the environment, in lower case.
    #[must_use]
    pub fn bucket(url: &str, aws: &[(&str, &str)]) -> Self {
        let aws = aws.iter().map(|(name, value)| ((*name).to_owned(), SecretString::from(*value)));
        Self { url: Some(url.to_owned()), aws: aws.collect() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::super::Config;
    use super::*;

    fn load(environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let environment: HashMap<_, _> =
            environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Config::from_parts(Path::new("kith.toml"), "", environment)
    }

    fn place(url: &str) -> Result<MediaPlace, String> {
        let config = load(&[("MEDIA_URL", url)]).map_err(|error| error.to_string())?;
        config.media.place(&config.server.data).map_err(|error| error.to_string())
    }

    #[test]
    fn pictures_go_where_the_address_says() {
        let config = load(&[("KITH_DATA", "/srv/kith")]).expect("valid");
        let default = config.media.place(&config.server.data).expect("a place");
        assert_eq!(default, MediaPlace::Folder("/srv/kith/media".into()));
        assert_eq!(place("file:///srv/pictures"), Ok(MediaPlace::Folder("/srv/pictures".into())));
        let bucket = |prefix: &str| MediaPlace::Bucket { bucket: "kith".to_owned(), prefix: prefix.to_owned() };
        assert_eq!(place("s3://kith"), Ok(bucket("")));
        assert_eq!(place("s3://kith/"), Ok(bucket("")));
        assert_eq!(place("s3://kith/a/b/"), Ok(bucket("a/b")));
    }

    #[test]
    fn a_wrong_address_is_named_and_not_repeated() {
        let wrong = [
            "media",
            "http://hunter2.example.org/",
            "file://hunter2/media",
            "file:///",
            "s3://",
            "s3:///prefix",
            "s3://hunter2:hunter2@kith/prefix",
            "s3://kith:9000/hunter2",
            "s3://kith/prefix?key=hunter2",
            "s3://kith/hunter2/%2e%2e%2f",
        ];
        for address in wrong {
            let error = place(address).expect_err(address);
            assert!(error.starts_with("MEDIA_URL: ") && !error.contains("hunter2"), "{address}: {error}");
        }
        let unknown = Config::from_parts(Path::new("kith.toml"), "[media]\nfolder = \"x\"\n", HashMap::new());
        assert!(matches!(unknown, Err(ConfigError::Malformed { .. })));
    }

    #[test]
    fn keys_of_a_bucket_are_never_printed() {
        let environment = [
            ("MEDIA_URL", "s3://kith/pictures"),
            ("AWS_ACCESS_KEY_ID", "hunter2"),
            ("AWS_SECRET_ACCESS_KEY", "hunter2"),
            ("AWS_SESSION_TOKEN", "hunter2"),
            ("AWS_SSE_CUSTOMER_KEY_BASE64", "hunter2"),
            ("AWS_ENDPOINT", "https://user:hunter2@s3.example.org"),
            ("AWS_REGION", "eu-west-1"),
        ];
        let config = load(&environment).expect("valid");
        let (shown, debug) = (config.redacted(), format!("{config:?}"));
        assert!(!shown.contains("hunter2") && !debug.contains("hunter2"), "{shown}\n{debug}");
        assert!(shown.contains("aws_region = \"eu-west-1\""), "{shown}");
        assert_eq!(config.media.aws().count(), 6);
    }
}
