//! `api db-backup` and `api db-restore`: what comes back, and what is refused.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Instant;

use migration::MigratorTrait as _;
use reqwest::Method;
use serde_json::json;

use crate::children::eventually;
use crate::house::House;
use crate::world::{Api, run};

/// At how many moments of a restore it is killed.
const MOMENTS: u32 = 10;

/// Rows that no service would write, with every kind of text among them; those that age are of times to come.
const ROWS: &str = "
    INSERT INTO blocks (blocker_id, blocked_id, created_at) VALUES (3, 1, '2026-01-02T03:04:05.678901+00:00');
    INSERT INTO dead_jobs (job_id, queue, name, version, payload, attempts, error, created_at, died_at)
    VALUES (7, 'email', 'x', 1, '{\"a\": \"\\t\\\\N\"}', 20, 'tab\there, ''quotes'', \\. \\N and
        two lines; سلام‌ علیکم 🙂', '2126-01-02T03:04:05+00:00', '2126-01-02T03:04:05+00:00');
    INSERT INTO provinces (id, name_fa, name_en, key_fa) VALUES (99, 'آنجا', NULL, '');
    INSERT INTO settings (key, value) VALUES ('other', 'kept')";

/// People, what they have said to one another, and rows of every kind, while an API serves.
async fn people(house: &House, api: &Api) {
    let (ann, bob, cyd) = (api.join("ann").await, api.join("bob").await, api.join("cyd").await);
    let name = json!({"full_name": "کیان رستمی", "company_name": "Émile & Söhne"});
    assert_eq!(ann.call(Method::PATCH, "me", Some(name)).await.expect("an answer").0, 200);
    let request = ann.ask(&bob).await;
    assert_eq!(bob.accept(request).await.expect("an answer"), 200);
    let body = json!({"to_user_id": bob.id, "message": "سلام\nخوبی؟"});
    assert_eq!(cyd.call(Method::POST, "connection-requests", Some(body)).await.expect("an answer").0, 201);
    eventually("both are told", async || !ann.inbox().await.is_empty() && !bob.inbox().await.is_empty()).await;
    house.run(ROWS).await;
}

async fn serve(house: &House) -> Api {
    Api::start(house.folder(), &house.environment()).await
}

/// A database with people, backed up into a file; nothing runs.
async fn backed_up(house: &House) -> String {
    let api = serve(house).await;
    people(house, &api).await;
    api.process.stop().await;
    let file = house.folder().join("a backup.of it").display().to_string();
    House::done(&house.command(&["db-backup", &file]).await);
    file
}

#[tokio::test]
async fn what_was_backed_up_comes_back() {
    for house in House::each().await {
        let api = serve(&house).await;
        people(&house, &api).await;
        let (before, epoch) = (house.rows().await, house.epoch().await);
        // Beside the running server.
        let ended = house.command(&["db-backup"]).await;
        House::done(&ended);
        let file = Path::new(ended.stdout.split(" (").next().expect("a name")).to_owned();
        assert!(file.starts_with(house.data().join("backups")), "{ended:#?}");
        assert_eq!(file.metadata().expect("a file").permissions().mode() & 0o777, 0o600);
        assert_eq!(
            std::fs::read_dir(house.data().join("backups")).expect("a folder").count(),
            1,
            "nothing else is left"
        );

        let bob = api.sign_in("bob").await;
        api.join("dora").await;
        let name = json!({"full_name": "Somebody else"});
        assert_eq!(bob.call(Method::PATCH, "me", Some(name)).await.expect("an answer").0, 200);
        house.run("DELETE FROM dead_jobs").await;
        // A log with all that is left beside the file.
        api.process.kill();
        let after = house.rows().await;
        assert_ne!(before, after);

        eventually("the dead server is forgotten", async || {
            let ended = house.command(&["db-restore"]).await;
            House::refused(&ended, "");
            ended.stderr.contains("has 4 account(s)")
        })
        .await;
        assert_eq!(house.rows().await, after, "nothing was changed");

        let ended = house.command(&["db-restore", "--yes"]).await;
        House::done(&ended);
        assert_eq!(ended.stdout, format!("restoring {}\nrestored\n", file.display()));
        assert_eq!(house.rows().await, before);
        let renewed = house.epoch().await;
        assert!(renewed != epoch && renewed.len() == 32, "{epoch} {renewed}");

        let api = serve(&house).await;
        let ann = api.sign_in("ann").await;
        assert_eq!(ann.inbox().await, ["accepted"]);
        // Tokens of the sessions that are gone must never be good for a new one.
        let newest = "SELECT CAST(max(id) AS TEXT) FROM sessions";
        let newest: i64 = house.text(newest).await.parse().expect("a number");
        assert!(newest > 1_000_000_000_000, "the numbers of sessions go on where the clock is: {newest}");
        let (_, me) = ann.call(Method::GET, "me", None).await.expect("an answer");
        assert_eq!(me["full_name"], "کیان رستمی");
        let dora = json!({"login": "dora", "password": "correct horse battery"});
        assert_eq!(ann.call(Method::POST, "sessions", Some(dora)).await.expect("an answer").0, 401);
        // What is new comes after what is there.
        let emil = api.join("emil").await;
        assert_eq!(emil.id, 4);
        ann.ask(&emil).await;
        eventually("emil is told", async || emil.inbox().await == ["requested"]).await;
        api.process.stop().await;
    }
}

#[tokio::test]
async fn a_backup_comes_back_into_nothing() {
    for house in House::each().await {
        let file = backed_up(&house).await;
        let rows = house.rows().await;
        let fresh = if house.postgres() { House::on_postgres().await.expect("a server") } else { House::on_sqlite() };
        House::done(&fresh.command(&["db-restore", &file]).await);
        assert_eq!(fresh.rows().await, rows);
        let api = serve(&fresh).await;
        api.sign_in("ann").await;
        api.process.stop().await;
    }
}

#[tokio::test]
async fn a_backup_of_an_older_kith_is_brought_up_to_date() {
    for house in House::each().await {
        std::fs::create_dir_all(house.data()).expect("a folder");
        if !house.postgres() {
            std::fs::write(house.file(), "").expect("a file");
        }
        let connection = house.connect().await;
        migration::Migrator::up(&connection, Some(4)).await.expect("the schema is made");
        connection.close().await.expect("the connection closes");
        let old = house.folder().join("old").display().to_string();
        House::done(&house.command(&["db-backup", &old]).await);

        let file = backed_up(&house).await;
        let newer = house.rows().await;
        House::done(&house.command(&["db-restore", &old, "--yes"]).await);
        assert_eq!(house.text("SELECT CAST(count(*) AS text) FROM accounts").await, "0");
        let api = serve(&house).await;
        api.join("ann").await;
        api.process.stop().await;
        House::done(&house.command(&["db-restore", &file, "--yes"]).await);
        assert_eq!(house.rows().await, newer);
    }
}

#[tokio::test]
async fn a_backup_of_a_newer_kith_is_refused() {
    for house in House::each().await {
        backed_up(&house).await;
        house.run("INSERT INTO seaql_migrations VALUES ('m29990101_000001_telepathy', 1)").await;
        let newer = house.folder().join("newer").display().to_string();
        // What takes a backup does not mind.
        House::done(&house.command(&["db-backup", &newer]).await);
        house.run("DELETE FROM seaql_migrations WHERE version LIKE 'm2999%'").await;
        let (rows, epoch) = (house.rows().await, house.epoch().await);
        let ended = house.command(&["db-restore", &newer, "--yes"]).await;
        House::refused(&ended, "made by a newer Kith than this one, which does not know m29990101_000001_telepathy");
        assert_eq!((house.rows().await, house.epoch().await), (rows, epoch));
    }
}

#[tokio::test]
async fn a_database_that_is_served_is_not_restored() {
    for house in House::each().await {
        let file = backed_up(&house).await;
        let epoch = house.epoch().await;
        let api = serve(&house).await;
        api.join("dora").await;
        let why = "a Kith process uses the database; stop the API and the workers first";
        House::refused(&house.command(&["db-restore", &file, "--yes"]).await, why);
        House::refused(&house.command(&["db-restore", &file]).await, why);
        assert_eq!(house.epoch().await, epoch);
        api.sign_in("dora").await;
        api.process.stop().await;
    }
}

#[tokio::test]
async fn what_is_no_backup_is_refused() {
    for house in House::each().await {
        let file = backed_up(&house).await;
        let (rows, epoch) = (house.rows().await, house.epoch().await);
        let at = |name: &str| house.folder().join(name).display().to_string();

        House::refused(&house.command(&["db-restore", &at("nowhere"), "--yes"]).await, "nowhere: No such file");
        House::refused(&house.command(&["db-restore", "--yes"]).await, "no backup of this kind of database");
        House::refused(&house.command(&["db-restore", &at(""), "--yes"]).await, "not a file");

        let whole = std::fs::read(&file).expect("a file");
        let mut flipped = whole.clone();
        let middle = flipped.len() / 2;
        flipped[middle..middle + 4096].fill(0xA5);
        for (name, bytes) in [("text", &b"SELECT 1;\n"[..]), ("empty", b""), ("cut", &whole[..whole.len() * 3 / 4])] {
            std::fs::write(at(name), bytes).expect("a file");
            let ended = house.command(&["db-restore", &at(name), "--yes"]).await;
            House::refused(&ended, if name == "cut" { "" } else { "not a backup of Kith: " });
            assert_eq!((house.rows().await, house.epoch().await), (rows.clone(), epoch.clone()), "{name}");
        }
        std::fs::write(at("flipped"), flipped).expect("a file");
        House::refused(&house.command(&["db-restore", &at("flipped"), "--yes"]).await, "");
        assert_eq!((house.rows().await, house.epoch().await), (rows, epoch));
        House::done(&house.command(&["db-restore", &file, "--yes"]).await);
    }
}

#[tokio::test]
async fn another_database_is_no_backup() {
    for house in House::each().await {
        backed_up(&house).await;
        let other = if house.postgres() { House::on_postgres().await.expect("a server") } else { House::on_sqlite() };
        std::fs::create_dir_all(other.data()).expect("a folder");
        let file = other.folder().join("other").display().to_string();
        if !other.postgres() {
            std::fs::write(other.file(), "").expect("a file");
        }
        other.run("CREATE TABLE settings (key TEXT, value TEXT); CREATE TABLE people (id BIGINT)").await;
        if other.postgres() {
            let made = std::process::Command::new("pg_dump")
                .args(["--format=custom", "--file", &file, "--dbname", &other.url()])
                .status();
            assert!(made.expect("pg_dump runs").success());
        } else {
            std::fs::copy(other.file(), &file).expect("a copy");
        }
        let rows = house.rows().await;
        House::refused(&house.command(&["db-restore", &file, "--yes"]).await, "not a backup of Kith: it has no epoch");
        assert_eq!(house.rows().await, rows);
    }
}

#[tokio::test]
async fn nothing_is_overwritten_by_a_backup() {
    for house in House::each().await {
        let missing = if house.postgres() { "the database is not migrated" } else { "there is no database" };
        House::refused(&house.command(&["db-backup"]).await, missing);
        assert!(!house.file().exists() && !house.data().join("backups").exists(), "nothing was begun");
        let file = backed_up(&house).await;
        let written = std::fs::read(&file).expect("a file");
        House::refused(&house.command(&["db-backup", &file]).await, "is there already; nothing was written");
        assert_eq!(std::fs::read(&file).expect("a file"), written);

        let other = house.folder().join("other").display().to_string();
        std::fs::write(format!("{other}.unfinished"), "half").expect("a file");
        House::refused(&house.command(&["db-backup", &other]).await, "another backup writes it");
        assert_eq!(std::fs::read(format!("{other}.unfinished")).expect("a file"), b"half");
    }
}

#[tokio::test]
async fn a_live_file_is_no_backup() {
    let house = House::on_sqlite();
    backed_up(&house).await;
    let (live, beside) = (house.folder().join("live.db"), house.folder().join("live.db-wal"));
    std::fs::copy(house.file(), &live).expect("a copy");
    std::fs::write(&beside, "a log").expect("a file");
    let live = live.display().to_string();
    House::refused(&house.command(&["db-restore", &live, "--yes"]).await, "has a write-ahead log beside it");
    let itself = house.file().display().to_string();
    House::refused(&house.command(&["db-restore", &itself, "--yes"]).await, "is the database itself");
}

#[tokio::test]
async fn a_damaged_database_is_replaced_when_somebody_says_so() {
    let house = House::on_sqlite();
    let file = backed_up(&house).await;
    let rows = house.rows().await;
    std::fs::write(house.file(), "no database at all, but somebody's").expect("a file");
    std::fs::write(house.data().join("kith.db-wal"), "nor is this a log").expect("a file");
    House::refused(&house.command(&["db-restore", &file]).await, "the database can't be read");
    House::done(&house.command(&["db-restore", &file, "--yes"]).await);
    assert_eq!(house.rows().await, rows);
}

/// SQLite reads a log into whatever file bears the name, be it another than the log was written for.
#[tokio::test]
async fn the_log_of_a_database_that_is_gone_reaches_no_other() {
    let house = House::on_sqlite();
    let file = backed_up(&house).await;
    let rows = house.rows().await;
    let api = serve(&house).await;
    api.join("dora").await;
    api.process.kill();
    std::fs::remove_file(house.file()).expect("it is gone");
    let log = house.data().join("kith.db-wal");
    assert!(log.metadata().expect("its log is left").len() > 0);
    House::done(&house.command(&["db-restore", &file]).await);
    assert!(!log.exists());
    assert_eq!(house.rows().await, rows);
}

/// At whatever moment a restore dies, the database is the old one or the new one, and the next restore
/// goes well.
#[tokio::test]
async fn a_restore_that_was_killed_leaves_the_old_or_the_new() {
    for house in House::each().await {
        let file = backed_up(&house).await;
        let new = house.rows().await;
        let api = serve(&house).await;
        api.join("dora").await;
        api.process.stop().await;
        let old = house.rows().await;
        let old_file = house.folder().join("old").display().to_string();
        House::done(&house.command(&["db-backup", &old_file]).await);
        let begun = Instant::now();
        House::done(&house.command(&["db-restore", &old_file, "--yes"]).await);
        let whole = begun.elapsed();
        let mut outcomes = [0, 0];
        for moment in 0..MOMENTS {
            let restore = run(&["db-restore", &file, "--yes"], house.folder(), &house.environment());
            // From the first moment to a little after the last.
            tokio::time::sleep(whole * moment * 5 / (MOMENTS * 4)).await;
            restore.kill();
            let seen = house.rows().await;
            let outcome = [&old, &new].into_iter().position(|rows| *rows == seen);
            let outcome = outcome.unwrap_or_else(|| panic!("at moment {moment} it is neither: {seen:#?}"));
            outcomes[outcome] += 1;
            if outcome == 1 {
                House::done(&house.command(&["db-restore", &old_file, "--yes"]).await);
            }
        }
        println!("it was the old {} times, the new {} times", outcomes[0], outcomes[1]);
        assert!(outcomes[0] > 0, "the first moment is before everything");
        House::done(&house.command(&["db-restore", &file, "--yes"]).await);
        assert_eq!(house.rows().await, new);
    }
}

/// A backup that was read in part is no backup, though what was read of it makes sense.
#[tokio::test]
async fn a_backup_that_is_read_in_part_changes_nothing() {
    let Some(house) = House::on_postgres().await else { return };
    let file = backed_up(&house).await;
    let api = serve(&house).await;
    api.join("dora").await;
    api.process.stop().await;
    let (rows, epoch) = (house.rows().await, house.epoch().await);
    let folder = house.folder().join("bin");
    std::fs::create_dir(&folder).expect("a folder");
    let path = std::env::var("PATH").expect("a path");
    let script = format!(
        "#!/bin/sh\nPATH='{path}' pg_restore \"$@\" || exit\n\
         case \"$*\" in *--no-owner*) echo 'pg_restore: error: the disk is gone' >&2; exit 1; esac\n"
    );
    program(&folder.join("pg_restore"), &script);
    let path = format!("{}:{path}", folder.display());
    let ended = house.command_with(&["db-restore", &file, "--yes"], &[("PATH", &path)]).await;
    House::refused(&ended, "the disk is gone");
    assert_eq!((house.rows().await, house.epoch().await), (rows, epoch));
}

fn program(file: &Path, script: &str) {
    std::fs::write(file, script).expect("a file");
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
}

/// Every user of a machine reads command lines; so what stands there is written down by programs that
/// stand before PostgreSQL's in `PATH`.
#[tokio::test]
async fn the_password_is_on_no_command_line() {
    let Some(house) = House::on_postgres().await else { return };
    let (folder, log) = (house.folder().join("bin"), house.folder().join("log"));
    std::fs::create_dir(&folder).expect("a folder");
    let path = std::env::var("PATH").expect("a path");
    for program in ["pg_dump", "pg_restore", "psql"] {
        let script = format!(
            "#!/bin/sh\n{{ tr '\\0' ' ' </proc/$$/cmdline; echo \"[$PGPASSWORD]\"; }} >>{}\nPATH='{path}' exec {program} \"$@\"\n",
            log.display()
        );
        self::program(&folder.join(program), &script);
    }
    let watched = format!("{}:{path}", folder.display());
    House::done(&house.command(&["migrate"]).await);
    House::done(&house.command_with(&["db-backup"], &[("PATH", &watched)]).await);
    House::done(&house.command_with(&["db-restore"], &[("PATH", &watched)]).await);
    let log = std::fs::read_to_string(&log).expect("it was written");
    for program in ["pg_dump", "pg_restore", "psql"] {
        assert!(log.contains(&format!("/{program} ")), "{program} ran: {log}");
    }
    assert_eq!(log.matches("hunter2").count(), 2, "{log}");
    assert_eq!(log.matches("[hunter2]").count(), 2, "it is in the environment of two alone: {log}");
}

#[tokio::test]
async fn a_missing_program_is_named_with_its_package() {
    let Some(house) = House::on_postgres().await else { return };
    House::done(&house.command(&["migrate"]).await);
    let ended = house.command_with(&["db-backup"], &[("PATH", "/nowhere")]).await;
    House::refused(&ended, "pg_dump is not in PATH; on Debian the package postgresql-client has it");
}
