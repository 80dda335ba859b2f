//! Mails through the whole of Kith: asked for over HTTP, sent by a worker, taken by a real mail server.

#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

mod again;
mod away;
mod limits;
mod refusals;
mod unread;
mod unread_ends;
mod unsubscribe;
mod walk;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait;
use shared::config::{Activation, Config};

use crate::mail_server::{MailServer, Received};
use crate::world::{Person, World, eventually};

/// A job of the outbox.
#[derive(Debug, Clone)]
struct Job {
    created_at: DateTime<Utc>,
    lease_until: DateTime<Utc>,
    attempts: i64,
    held: bool,
    last_error: Option<String>,
}

/// A Kith whose mails go to `server`, and where accounts need one.
fn through(server: &MailServer) -> impl FnOnce(&mut Config) {
    let address = server.url();
    move |config| {
        config.secrets.activation = Activation::Required;
        config.mail.smtp_url = Some(address);
    }
}

/// Registers somebody who then waits for a mail.
async fn register(world: &World, name: &str) {
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register(name, &format!("{name}@example.org")).await.expect(201);
}

/// Presses the button behind the link of a mail; answers the status.
async fn follow(world: &World, mail: &Received) -> u16 {
    let path = url::Url::parse(&mail.link()).expect("an address").path().to_owned();
    Person::stranger(world.apis[0].address).act(&path).await.status.as_u16()
}

/// Every job that waits or is in hand.
async fn jobs(world: &World) -> Vec<Job> {
    let database = &world.core().database;
    let sql = "SELECT created_at, lease_until, attempts, holder, last_error FROM outbox ORDER BY id";
    let rows = database.writer().query_all_raw(database.engine().statement(sql, [])).await.expect("an answer");
    let column = "a column";
    rows.iter()
        .map(|row| Job {
            created_at: row.try_get("", "created_at").expect(column),
            lease_until: row.try_get("", "lease_until").expect(column),
            attempts: row.try_get("", "attempts").expect(column),
            held: row.try_get::<Option<String>>("", "holder").expect(column).is_some(),
            last_error: row.try_get("", "last_error").expect(column),
        })
        .collect()
}

/// Runs a statement.
async fn execute(world: &World, sql: &str) {
    let database = &world.core().database;
    database.writer().execute_raw(database.engine().statement(sql, [])).await.expect("the statement runs");
}

/// Waits until every mail of the outbox has been tried `attempts` times and put off.
async fn put_off(world: &World, attempts: i64) -> Vec<Job> {
    let tried = async || jobs(world).await.iter().all(|job| job.attempts >= attempts && !job.held);
    eventually(&format!("the mails were tried {attempts} times"), tried).await;
    jobs(world).await
}

/// Turns the clock to when the last of the jobs may be claimed again; answers by how much.
fn turn_to(world: &World, jobs: &[Job]) -> TimeDelta {
    let last = jobs.iter().map(|job| job.lease_until).max().expect("a job");
    let wait = (last - world.core().writer.now()).max(TimeDelta::zero());
    world.bed.clock.turn(wait);
    wait
}

/// How many accounts bear the mark that their email takes no mail.
async fn marked(world: &World) -> i64 {
    let database = &world.core().database;
    let sql = "SELECT count(*) FROM accounts WHERE email_refused_at IS NOT NULL";
    let row = database.writer().query_one_raw(database.engine().statement(sql, [])).await.expect("an answer");
    row.expect("a row").try_get_by_index(0).expect("a number")
}

/// Whom the mails went to, sorted.
fn receivers(mails: &[Received]) -> Vec<&str> {
    let mut receivers: Vec<_> = mails.iter().flat_map(|mail| &mail.to).map(String::as_str).collect();
    receivers.sort_unstable();
    receivers
}
