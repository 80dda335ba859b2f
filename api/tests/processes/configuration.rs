//! What a wrong configuration is answered with, and what `check-config` shows.

use std::path::Path;
use std::time::Duration;

use crate::children::{Ended, SECRET};
use crate::world::run;

/// How long a process may take to see that it can't start.
const SOON: Duration = Duration::from_secs(10);

async fn ended(arguments: &[&str], folder: &Path, environment: &[(&str, &str)]) -> Ended {
    let mut given =
        vec![("KITH_DATA", folder.join("data").display().to_string()), ("KITH_BIND", "127.0.0.1:0".to_owned())];
    given.extend(environment.iter().map(|(name, value)| (*name, (*value).to_owned())));
    run(arguments, folder, &given).ended(SOON).await
}

/// What is wrong with how `api`, asked to do this or that, refuses `environment`: it should name the
/// setting under exit code 78, and begin nothing.
async fn complaints(commands: &[&str], name: &str, environment: &[(&str, &str)]) -> Vec<String> {
    let mut complaints = Vec::new();
    for command in commands {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let ended = ended(&[command], folder.path(), environment).await;
        let named = ended.stderr.contains(&format!("api: {name}: "));
        let begun = folder.path().join("data/kith.db").exists();
        if ended.status.code() != Some(78) || !named || begun {
            let code = ended.status.code();
            complaints.push(format!("{command} {environment:?}: exit code {code:?}, begun: {begun}, {}", ended.stderr));
        }
    }
    complaints
}

#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[tokio::test]
async fn a_wrong_setting_is_named_under_exit_code_78() {
    let mut found = Vec::new();
    for (name, value) in [
        ("KITH_BIND", "nowhere"),
        ("KITH_BIND", "127.0.0.1:99999"),
        ("PUBLIC_URL", "nowhere"),
        ("PUBLIC_URL", "ftp://example.org"),
        ("KITH_ALLOWED_ORIGINS", "https://example.org/path"),
        ("KITH_TRUSTED_PROXIES", "nobody"),
        ("DATABASE_URL", "mysql://localhost/kith"),
        ("KITH_DATABASE_CONNECTIONS", "0"),
        ("KITH_DATABASE_CONNECTIONS", "many"),
        ("REDIS_URL", "http://localhost"),
        ("REDIS_PREFIX", "a b"),
        ("KITH_SECRET", "short"),
        ("KITH_ACTIVATION", "maybe"),
        ("SMTP_URL", "http://localhost"),
        ("SMTP_CA_FILE", "/nowhere/ca.pem"),
        ("SMTP_CA_FILE", "/dev/null"),
        ("KITH_MAIL_PER_MINUTE", "0"),
        ("KITH_RATE_LIMITS", "maybe"),
        ("KITH_OUTBOX_LEASE", "0"),
        ("KITH_METRICS_BIND", "nowhere"),
        ("KITH_WORKER_BIND", "nowhere"),
        ("KITH_GATEWAY_HEARTBEAT", "0"),
        ("KITH_LOG", "xml"),
        ("RUST_LOG", "kith=loud"),
    ] {
        found.extend(complaints(&["serve", "check-config"], name, &[(name, value)]).await);
    }
    none(&found);
}

#[tokio::test]
async fn settings_that_are_found_wrong_a_moment_later_are_named_the_same_way() {
    let mut found = Vec::new();
    for (name, value) in [
        ("MAIL_FROM", "nobody"),
        ("SMTP_URL", "smtp://"),
        ("REDIS_URL", "redis://localhost:port"),
        ("DATABASE_URL", "postgres://localhost:port/kith"),
    ] {
        let environment = [(name, value), ("KITH_SECRET", SECRET)];
        found.extend(complaints(&["serve", "check-config"], name, &environment).await);
    }
    none(&found);
}

#[tokio::test]
async fn check_config_names_the_process_that_would_refuse_how_mails_are_configured() {
    let alone = [("SMTP_URL", "smtp://localhost?tls=maybe")];
    let among_others = [
        ("SMTP_URL", "smtp://localhost?tls=maybe"),
        ("KITH_SECRET", SECRET),
        ("DATABASE_URL", "postgres://localhost/kith"),
        ("REDIS_URL", "redis://localhost"),
    ];
    for (environment, process) in [(&alone[..], "`api serve`"), (&among_others[..], "a worker")] {
        none(&complaints(&["check-config"], "SMTP_URL", environment).await);
        let folder = tempfile::tempdir().expect("a scratch folder");
        let ended = ended(&["check-config"], folder.path(), environment).await;
        assert!(ended.stderr.ends_with(&format!(" ({process} would refuse it)\n")), "{ended:#?}");
    }
}

#[tokio::test]
async fn production_without_a_secret_is_a_wrong_configuration() {
    if !crate::children::production() {
        return;
    }
    let database = crate::children::EmptyDatabase::create().await;
    let url = database.url();
    none(&complaints(&["serve"], "KITH_SECRET", &[("DATABASE_URL", url.as_str())]).await);
}

#[tokio::test]
async fn a_file_that_was_named_and_is_not_there_is_a_wrong_configuration() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let ended = ended(&["check-config"], folder.path(), &[("KITH_CONFIG", "/nowhere/kith.toml")]).await;
    assert_eq!(ended.status.code(), Some(78));
    assert!(ended.stderr.contains("/nowhere/kith.toml"), "{ended:#?}");
}

#[tokio::test]
async fn a_setting_of_the_file_that_does_not_exist_is_named() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    std::fs::write(folder.path().join("kith.toml"), "[server]\nbnd = \"127.0.0.1:1\"\n").expect("a file");
    let ended = ended(&["check-config"], folder.path(), &[]).await;
    assert_eq!(ended.status.code(), Some(78));
    assert!(ended.stderr.contains("kith.toml") && ended.stderr.contains("bnd"), "{ended:#?}");
}

/// Checks that whatever `check-config` writes lacks the word.
async fn hides(word: &str, file: &str, environment: &[(&str, &str)]) -> Ended {
    let folder = tempfile::tempdir().expect("a scratch folder");
    std::fs::write(folder.path().join("kith.toml"), file).expect("a file");
    let ended = ended(&["check-config"], folder.path(), environment).await;
    assert!(!ended.stdout.contains(word) && !ended.stderr.contains(word), "{environment:?} {file}: {ended:#?}");
    ended
}

#[tokio::test]
async fn check_config_hides_secrets() {
    let secret = format!("hunter2,{SECRET}").replace("hunter2", &"hunter2".repeat(5));
    let environment = [
        ("DATABASE_URL", "postgres://kith:hunter2@localhost/kith"),
        ("REDIS_URL", "redis://kith:hunter2@localhost"),
        ("SMTP_URL", "smtp://kith:hunter2@localhost:587"),
        ("KITH_SECRET", secret.as_str()),
    ];
    let shown = hides("hunter2", "", &environment).await;
    assert_eq!(shown.status.code(), Some(0), "{shown:#?}");
    assert!(!shown.stdout.contains(SECRET), "{shown:#?}");
    assert!(shown.stdout.contains("postgres://kith:***@localhost/kith"), "{shown:#?}");

    // From the file.
    let file = format!("[secrets]\nsecret = [\"{}\"]\n", "hunter2".repeat(5));
    let shown = hides("hunter2", &file, &[]).await;
    assert_eq!(shown.status.code(), Some(0), "{shown:#?}");
}

#[tokio::test]
async fn check_config_hides_a_password_in_the_query() {
    hides("hunter2", "", &[("DATABASE_URL", "postgres://localhost/kith?user=kith&password=hunter2")]).await;
}

#[tokio::test]
async fn check_config_hides_a_password_in_an_address_that_does_not_read() {
    // A `#` or `/` that should have been %23 or %2F.
    hides("hunter2", "", &[("DATABASE_URL", "postgres://kith:hunter2#x@localhost/kith")]).await;
    hides("hunter2", "", &[("SMTP_URL", "smtp://kith:hunter2/x@localhost")]).await;
}

#[tokio::test]
async fn a_secret_that_is_written_wrongly_is_not_repeated() {
    let file = format!("[secrets]\nsecret = \"{}\"\n", "hunter2".repeat(5));
    let ended = hides("hunter2", &file, &[]).await;
    assert_eq!(ended.status.code(), Some(78), "{ended:#?}");
}
