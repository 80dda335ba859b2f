//! What workers do with the jobs of the `notifications` queue, any number in one transaction.
//!
//! Lock order, as everywhere: pair (not taken here), requests, outbox rows by id, inboxes by account id, notifications.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::ConnectionTrait;
use serde_json::json;

use super::inbox_job::{AskedJob, Draft, InboxJob};
use super::model::Kind;
use super::removal::{Removal, remove};
use crate::accounts::{Person, may_see, no_block, person, person_columns};
use crate::chats::{self, HiddenChat};
use crate::database::{DatabaseError, Engine};
use crate::events::{Change, Event, InboxEvent, NotificationView};
use crate::inboxes::{self, LockedInbox, Versioned, number};
use crate::jobs::{Origin, Outbox, UnitOfWork, Writer};

/// Puts notifications into inboxes.
#[derive(Debug, Clone)]
pub struct Delivery {
    writer: Writer,
    outbox: Outbox,
}

impl Delivery {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { outbox: Outbox::new(writer.database().clone()), writer }
    }

    pub(super) fn writer(&self) -> &Writer {
        &self.writer
    }

    /// Does the jobs in one transaction, and tells the sockets. Jobs whose row is gone are done already, and are
    /// passed over: so a job may come twice. Answers the rows of the others.
    ///
    /// # Errors
    /// The database refuses; nothing is done then.
    pub async fn deliver(&self, jobs: &[AskedJob]) -> Result<HashSet<i64>, DatabaseError> {
        let mut work = self.writer.begin().await?;
        match self.deliver_in(&mut work, jobs).await {
            Ok(taken) => work.commit().await.map(|()| taken),
            Err(error) => {
                // Undone before anybody tries again, who would take rows that are still locked for
                // another worker's.
                work.rollback().await;
                Err(error)
            }
        }
    }

    async fn deliver_in(&self, work: &mut UnitOfWork, jobs: &[AskedJob]) -> Result<HashSet<i64>, DatabaseError> {
        let waiting = hold_pending_requests(work, jobs).await?;
        let ids: Vec<i64> = jobs.iter().map(|one| one.id).collect();
        let taken: HashSet<i64> = self.outbox.take(work.tx(), &ids).await?.into_iter().collect();
        // A job that was pushed twice may come twice into one batch.
        let mut left = taken.clone();
        let asked: Vec<&AskedJob> = jobs.iter().filter(|one| left.remove(&one.id)).collect();
        if asked.is_empty() {
            return Ok(taken); // all are done: a duplicate
        }
        let jobs: Vec<&InboxJob> = asked.iter().map(|one| &one.job).collect();
        let accounts: BTreeSet<i64> = jobs.iter().flat_map(|job| job.accounts()).collect();
        let accounts: Vec<i64> = accounts.into_iter().collect();
        let mut inboxes = inboxes::lock(work, &accounts).await?;

        let drafts = drafts(&asked, &waiting, &inboxes);
        let told = told(work, drafts).await?;
        let removals = removals(work, &jobs).await?;
        let hidden = chats::hide(work, &blocked(&jobs), &mut inboxes).await?;
        if told.is_empty() && removals.is_empty() && hidden.is_empty() {
            return Ok(taken);
        }

        let removed = remove(work, removals, &mut inboxes).await?;
        let count = |_: &Told, inbox: &mut LockedInbox| inbox.unread.notifications += 1;
        let added = number(told, &mut inboxes, |told| told.draft.account_id, count);
        let ids = insert(work, &added, &inboxes).await?;

        for chat in &hidden {
            work.tell(HiddenChat::event(chat));
        }
        for Versioned { what, after, version, unread } in removed {
            let change = Change::Removed { notifications: vec![what.id] };
            work.tell(Event::Inbox(InboxEvent {
                account_id: what.account_id,
                after,
                version,
                unread,
                change,
                origin: None,
            }));
        }
        let now = work.now();
        for Versioned { what, after, version, unread } in added {
            let Told { draft, origin, actor, recipient } = what;
            let Some(id) = ids.get(&(draft.account_id, version)) else { continue };
            let view = NotificationView {
                id: *id,
                version,
                kind: draft.kind,
                recipient: Some(recipient),
                actor,
                request_id: draft.request_id,
                subject_id: draft.subject_id,
                body: None,
                created_at: now,
                read_at: None,
            };
            let change = Change::Notification(Box::new(view));
            work.tell(Event::Inbox(InboxEvent {
                account_id: draft.account_id,
                after,
                version,
                unread,
                change,
                origin,
            }));
        }
        Ok(taken)
    }
}

/// Holds the requests of `Sent` jobs that are still pending until the transaction ends, so that a
/// cancel either comes before (and nothing is told) or after (and takes back what was).
async fn hold_pending_requests(work: &UnitOfWork, jobs: &[AskedJob]) -> Result<HashSet<i64>, DatabaseError> {
    let requests: Vec<i64> = jobs
        .iter()
        .filter_map(|one| if let InboxJob::Sent(job) = &one.job { Some(job.request_id) } else { None })
        .collect();
    if requests.is_empty() {
        return Ok(HashSet::new());
    }
    let engine = work.engine();
    let sql = format!(
        "SELECT id FROM connection_requests WHERE id {} AND status = 'pending' ORDER BY id {}",
        engine.any("$1"),
        engine.postgres_only("FOR SHARE")
    );
    let rows = work.tx().query_all_raw(engine.statement(sql, [engine.ids(&requests)])).await?;
    Ok(rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?)
}

fn drafts<'a>(
    jobs: &[&'a AskedJob],
    waiting: &HashSet<i64>,
    inboxes: &BTreeMap<i64, LockedInbox>,
) -> Vec<(Draft, Option<&'a Origin>)> {
    let mut seen = HashSet::new();
    jobs.iter()
        .filter_map(|one| Some((one.job.draft()?, one.origin.as_ref())))
        .filter(|(draft, _)| draft.kind != Kind::Requested || draft.request_id.is_some_and(|id| waiting.contains(&id)))
        .filter(|(draft, _)| inboxes.contains_key(&draft.account_id))
        // What somebody does is told once; what nobody in particular does, as often as it happens.
        .filter(|(draft, _)| draft.actor_id.is_none() || seen.insert(*draft))
        .collect()
}

/// A notification that is to be told, and the people it names.
struct Told {
    draft: Draft,
    origin: Option<Origin>,
    actor: Option<Person>,
    recipient: Person,
}

/// The drafts that may be told, with their people: not those that were told before, nothing of a request that a
/// block has silenced, and no notice of somebody who is not there for whom it is for, or while the same one is unread
/// (nobody fills another's inbox). Asked under the inboxes' locks,
/// so that a block whose job comes later finds what this transaction writes, and one whose job came earlier is seen
/// here.
async fn told(work: &UnitOfWork, drafts: Vec<(Draft, Option<&Origin>)>) -> Result<Vec<Told>, DatabaseError> {
    if drafts.is_empty() {
        return Ok(Vec::new());
    }
    let engine = work.engine();
    let columns = [
        ("ord", "bigint"),
        ("account_id", "bigint"),
        ("actor_id", "bigint"),
        ("kind", "text"),
        ("request_id", "bigint"),
        ("subject_id", "bigint"),
    ];
    let sql = format!(
        "SELECT r.ord, {}, {} FROM {} LEFT JOIN accounts a ON a.id = r.actor_id JOIN accounts o ON o.id = r.account_id
         WHERE CASE WHEN r.request_id IS NOT NULL THEN a.id IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM connection_requests q WHERE q.id = r.request_id AND q.silenced)
                        AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.account_id = r.account_id
                                        AND n.request_id = r.request_id AND n.kind = r.kind)
                    WHEN r.actor_id IS NOT NULL THEN {}
                        AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.account_id = r.account_id
                                        AND n.actor_id = r.actor_id AND n.kind = r.kind AND n.subject_id = r.subject_id
                                        AND n.read_at IS NULL AND n.removed_at IS NULL)
                    ELSE TRUE END
         ORDER BY r.ord",
        person_columns("a", "actor_"),
        person_columns("o", "recipient_"),
        engine.rows("$1", &columns),
        may_see("o.id", "a")
    );
    let rows: Vec<_> = drafts
        .iter()
        .enumerate()
        .map(|(ord, (draft, _))| {
            json!({"ord": ord, "account_id": draft.account_id, "actor_id": draft.actor_id,
                   "kind": draft.kind.as_str(), "request_id": draft.request_id, "subject_id": draft.subject_id})
        })
        .collect();
    let rows = serde_json::Value::Array(rows).to_string();
    let rows = work.tx().query_all_raw(engine.statement(sql, [rows.into()])).await?;
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        let ord: i64 = row.try_get("", "ord")?;
        let Some((draft, origin)) = usize::try_from(ord).ok().and_then(|ord| drafts.get(ord)).copied() else {
            continue;
        };
        let actor: Option<i64> = row.try_get("actor_", "id")?;
        let actor = actor.map(|_| person(&row, "actor_")).transpose()?;
        told.push(Told { draft, origin: origin.cloned(), actor, recipient: person(&row, "recipient_")? });
    }
    Ok(told)
}

/// The pairs whom a block has parted.
fn blocked(jobs: &[&InboxJob]) -> Vec<(i64, i64)> {
    let pairs = jobs.iter().filter_map(|job| match job {
        InboxJob::Blocked(job) => Some((job.blocker_id, job.blocked_id)),
        InboxJob::Sent(_) | InboxJob::Decided(_) | InboxJob::Told(_) | InboxJob::Withdrawn(_) => None,
    });
    pairs.collect()
}

/// The notifications that `Withdrawn` and `Blocked` jobs take away.
async fn removals(work: &UnitOfWork, jobs: &[&InboxJob]) -> Result<Vec<Removal>, DatabaseError> {
    let mut wanted = Vec::new();
    for job in jobs {
        match job {
            InboxJob::Withdrawn(job) => wanted.push(json!({"account_id": job.to_id, "request_id": job.request_id})),
            InboxJob::Blocked(job) => {
                wanted.push(json!({"account_id": job.blocker_id, "actor_id": job.blocked_id}));
                wanted.push(json!({"account_id": job.blocked_id, "actor_id": job.blocker_id}));
            }
            InboxJob::Sent(_) | InboxJob::Decided(_) | InboxJob::Told(_) => {}
        }
    }
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let engine = work.engine();
    let columns = [("account_id", "bigint"), ("request_id", "bigint"), ("actor_id", "bigint")];
    let sql = format!(
        "SELECT DISTINCT n.id, n.account_id, n.read_at IS NULL AS unread
         FROM {} JOIN notifications n ON n.account_id = r.account_id AND n.removed_at IS NULL
         WHERE (n.request_id = r.request_id AND n.kind = 'requested')
            OR (n.actor_id = r.actor_id AND (n.subject_id IS NOT NULL AND NOT ({})
                OR EXISTS (SELECT 1 FROM connection_requests q WHERE q.id = n.request_id AND q.silenced)))
         ORDER BY n.id",
        engine.rows("$1", &columns),
        // What comes after a block that is lifted stays, whichever job is done first.
        no_block("r.actor_id", "r.account_id")
    );
    let wanted = serde_json::Value::Array(wanted).to_string();
    let rows = work.tx().query_all_raw(engine.statement(sql, [wanted.into()])).await?;
    Ok(rows.iter().map(Removal::read).collect::<Result<_, _>>()?)
}

/// Inserts the notifications and writes the inboxes back; answers the ids by account and version.
async fn insert(
    work: &UnitOfWork,
    added: &[Versioned<Told>],
    inboxes: &BTreeMap<i64, LockedInbox>,
) -> Result<HashMap<(i64, i64), i64>, DatabaseError> {
    let engine = work.engine();
    let columns = [
        ("account_id", "bigint"),
        ("version", "bigint"),
        ("kind", "text"),
        ("actor_id", "bigint"),
        ("request_id", "bigint"),
        ("subject_id", "bigint"),
    ];
    let insert = format!(
        "INSERT INTO notifications
             (account_id, version, created_version, kind, actor_id, request_id, subject_id, created_at)
         SELECT r.account_id, r.version, r.version, r.kind, r.actor_id, r.request_id, r.subject_id, $3 FROM {}
         RETURNING id, account_id, version",
        engine.rows("$2", &columns)
    );
    let rows: Vec<_> = added
        .iter()
        .map(|one| {
            let draft = one.what.draft;
            json!({"account_id": draft.account_id, "version": one.version, "kind": draft.kind.as_str(),
                   "actor_id": draft.actor_id, "request_id": draft.request_id, "subject_id": draft.subject_id})
        })
        .collect();
    let rows = serde_json::Value::Array(rows).to_string();
    let values = [inboxes::rows(inboxes), rows.into(), work.now().into()];
    let update = inboxes::update_sql(engine);
    let rows = match engine {
        Engine::Postgres => {
            let sql = format!("WITH moved AS ({update}) {insert}");
            work.tx().query_all_raw(engine.statement(sql, values)).await?
        }
        Engine::Sqlite => {
            let [inboxes, rows, now] = values;
            work.tx().execute_raw(engine.statement(update, [inboxes])).await?;
            let insert = insert.replace("$2", "$1").replace("$3", "$2");
            work.tx().query_all_raw(engine.statement(insert, [rows, now])).await?
        }
    };
    let ids = rows
        .iter()
        .map(|row| Ok(((row.try_get("", "account_id")?, row.try_get("", "version")?), row.try_get("", "id")?)));
    Ok(ids.collect::<Result<_, sea_orm::DbErr>>()?)
}
