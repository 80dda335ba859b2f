//! A bucket: of the S3 server that `KITH_TEST_S3` names, else of a stand-in that knows the four requests that Kith makes, as the
//! reference of S3 describes them. It holds the signature against the key's name, region and service, and the
//! body against the hash that was signed; that the signature itself is right, only a real server says.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};

use crate::config::MediaConfig;
use crate::media::store::MediaStore;
use crate::testing::s3_endpoint;

type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// A bucket that runs.
pub(super) struct Bucket {
    endpoint: String,
    /// What the stand-in has seen put; `None` when it is a real server.
    put: Option<Objects>,
}

fn open(endpoint: &str, prefix: &str) -> MediaStore {
    let aws = [
        ("aws_access_key_id", "kith"),
        ("aws_secret_access_key", "kith-secret"),
        ("aws_region", "eu-west-1"),
        ("aws_endpoint", endpoint),
        ("aws_allow_http", "true"),
    ];
    let config = MediaConfig::bucket(&format!("s3://kith{prefix}"), &aws);
    MediaStore::open(&config, Path::new("nowhere")).expect("a store")
}

impl Bucket {
    pub(super) async fn start() -> Self {
        crate::tls::choose_provider();
        if let Some(endpoint) = s3_endpoint() {
            return Self { endpoint, put: None };
        }
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let (objects, put) = (Objects::default(), Objects::default());
        tokio::spawn({
            let put = Arc::clone(&put);
            async move {
                while let Ok((connection, _)) = listener.accept().await {
                    let (objects, put) = (Arc::clone(&objects), Arc::clone(&put));
                    tokio::spawn(async move { answer(BufStream::new(connection), &objects, &put).await });
                }
            }
        });
        Self { endpoint, put: Some(put) }
    }

    /// A store in it.
    pub(super) fn store(&self, prefix: &str) -> MediaStore {
        open(&self.endpoint, prefix)
    }

    /// A store at an address where nobody listens.
    pub(super) fn nowhere() -> MediaStore {
        crate::tls::choose_provider();
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        drop(listener);
        open(&endpoint, "")
    }

    /// That every key that was put begins with one of `prefixes`, and each of these was used.
    pub(super) fn expect_keys(&self, prefixes: &[&str]) {
        let Some(put) = &self.put else { return };
        let put = put.lock().expect("not poisoned");
        let folder =
            |path: &str| path.strip_prefix("/kith/").and_then(|key| Some(key.rsplit_once('/')?.0.to_owned() + "/"));
        let mut folders: Vec<_> = put.keys().map(|path| folder(path).expect("a key of the bucket")).collect();
        folders.dedup();
        assert_eq!(folders, prefixes);
    }
}

/// Answers one request and closes.
async fn answer(mut connection: BufStream<tokio::net::TcpStream>, objects: &Objects, put: &Objects) {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if connection.read_line(&mut line).await.expect("a line") == 0 {
            return;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut request = lines[0].split(' ');
    let (method, path) = (request.next().expect("a method"), request.next().expect("a path").to_owned());
    let header = |name: &str| {
        let mut fields = lines[1..].iter().filter_map(|line| line.split_once(':'));
        fields.find(|(field, _)| field.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value.trim())
    };
    let mut body = vec![0; header("content-length").parse().unwrap_or(0)];
    connection.read_exact(&mut body).await.expect("a body");
    let signed = header("authorization");
    let ours = signed.starts_with("AWS4-HMAC-SHA256 Credential=kith/") && signed.contains("/eu-west-1/s3/aws4_request");
    let whole = header("x-amz-content-sha256") == hex::encode(Sha256::digest(&body));
    let (status, body) = if ours && whole && path.starts_with("/kith/") {
        let mut objects = objects.lock().expect("not poisoned");
        match method {
            "PUT" => {
                put.lock().expect("not poisoned").insert(path.clone(), Vec::new());
                objects.insert(path, body);
                ("200 OK", Vec::new())
            }
            "DELETE" => {
                objects.remove(&path);
                ("204 No Content", Vec::new()) // also when nothing was there
            }
            "GET" | "HEAD" => match objects.get(&path) {
                Some(object) => ("200 OK", object.clone()),
                None => ("404 Not Found", b"<Error><Code>NoSuchKey</Code></Error>".to_vec()),
            },
            _ => ("405 Method Not Allowed", Vec::new()),
        }
    } else {
        ("403 Forbidden", Vec::new())
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nETag: \"{}\"\r\nLast-Modified: Sat, 21 Nov 2026 12:00:00 GMT\r\n\
         Connection: close\r\n\r\n",
        body.len(),
        hex::encode(&Sha256::digest(&body)[..16]),
    );
    // A client that has what it wanted may be gone.
    let _ = connection.write_all(head.as_bytes()).await;
    if method != "HEAD" {
        let _ = connection.write_all(&body).await;
    }
    let _ = connection.flush().await;
}
