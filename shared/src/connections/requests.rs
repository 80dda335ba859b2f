//! Sending connection requests, and listing them.

use sea_orm::ConnectionTrait;

use super::decide;
use super::error::ConnectionError;
use super::model::{Decision, Direction, Request, RequestFilter, SendRequest, Sent, Status, request, request_columns};
use super::queries;
use crate::accounts::{can_meet, no_block};
use crate::config::{Limits, RateLimits};
use crate::database::DatabaseError;
use crate::fields::{FieldErrors, text};
use crate::idempotency::{Claim, IdempotencyKey};
use crate::jobs::payloads::RequestSent;
use crate::jobs::{UnitOfWork, Writer};
use crate::page::{Page, Span};

/// The longest message of a request, in characters.
const LONGEST_MESSAGE: usize = 500;

/// Sends and lists requests.
#[derive(Debug, Clone)]
pub struct Requests {
    writer: Writer,
    limits: Limits,
}

impl Requests {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer, limits: Limits) -> Self {
        Self { writer, limits }
    }

    /// Asks somebody to connect. When their request waits for the caller, it is accepted instead:
    /// two requests that cross make a connection.
    ///
    /// # Errors
    /// Oneself; nobody there; connected or asked already; a limit on what is pending.
    pub async fn send(&self, from_id: i64, send: SendRequest) -> Result<Sent, ConnectionError> {
        let SendRequest { to_id, message, idempotency_key, faults } = send;
        let mut errors = FieldErrors::default();
        let message = errors.take("message", text(message.as_deref().unwrap_or_default(), LONGEST_MESSAGE)).flatten();
        faults.beside(errors).check()?;
        let asked = format!("{to_id}\n{}", message.as_deref().unwrap_or_default());
        let key = idempotency_key.map(|key| IdempotencyKey::new(&key, "connection-requests", &asked)).transpose()?;
        if from_id == to_id {
            return Err(ConnectionError::Oneself);
        }
        let mut work = self.writer.begin().await?;
        if let Some(key) = &key
            && let Claim::Replay(id) = key.claim(&work, from_id).await?
        {
            let request = queries::find_request(work.tx(), work.engine(), from_id, id).await?;
            return Ok(Sent { request });
        }
        work.lock_pair(from_id, to_id).await?;
        if !can_meet(work.tx(), work.engine(), from_id, to_id).await? {
            return Err(ConnectionError::NotFound);
        }
        let id = match between(&work, from_id, to_id).await? {
            Between { connected: true, .. } => return Err(ConnectionError::AlreadyConnected),
            Between { pending: Some((_, sender)), .. } if sender == from_id => {
                return Err(ConnectionError::AlreadyPending);
            }
            Between { pending: Some((theirs, _)), .. } => {
                decide::apply(&mut work, theirs, to_id, from_id, Decision::Accept).await?;
                theirs
            }
            Between { pending: None, .. } => {
                self.check_limits(&work, from_id, to_id).await?;
                insert(&mut work, from_id, to_id, message).await?
            }
        };
        if let Some(key) = &key {
            key.complete(&work, from_id, id).await?;
        }
        let request = queries::find_request(work.tx(), work.engine(), from_id, id).await?;
        work.commit().await?;
        Ok(Sent { request })
    }

    async fn check_limits(&self, work: &UnitOfWork, from_id: i64, to_id: i64) -> Result<(), ConnectionError> {
        if self.limits.rate_limits == RateLimits::Off {
            return Ok(());
        }
        let statement = work.engine().statement(
            "SELECT
                 (SELECT count(*) FROM (SELECT 1 FROM connection_requests
                  WHERE from_id = $1 AND status = 'pending' LIMIT $3) AS sent) AS sent,
                 (SELECT count(*) FROM (SELECT 1 FROM connection_requests
                  WHERE to_id = $2 AND status = 'pending' LIMIT $4) AS received) AS received",
            [from_id.into(), to_id.into(), bounded(self.limits.pending_sent), bounded(self.limits.pending_received)],
        );
        let Some(row) = work.tx().query_one_raw(statement).await? else { return Ok(()) };
        let (sent, received): (i64, i64) = (row.try_get("", "sent")?, row.try_get("", "received")?);
        if sent.unsigned_abs() >= self.limits.pending_sent {
            return Err(ConnectionError::TooManySent);
        }
        if received.unsigned_abs() >= self.limits.pending_received {
            return Err(ConnectionError::TooManyReceived);
        }
        Ok(())
    }

    /// One request that the account is part of.
    ///
    /// # Errors
    /// There is none.
    pub async fn find(&self, account_id: i64, id: i64) -> Result<Request, ConnectionError> {
        queries::find_request(self.writer.database().reader(), self.writer.engine(), account_id, id).await
    }

    /// Requests that the account is part of, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(
        &self,
        account_id: i64,
        filter: RequestFilter,
        span: Span,
    ) -> Result<Page<Request>, ConnectionError> {
        let sides = match filter.direction {
            Some(Direction::Incoming) => &["to_id"][..],
            Some(Direction::Outgoing) => &["from_id"],
            None => &["to_id", "from_id"],
        };
        let statuses = filter.status.map_or(Status::ALL.to_vec(), |status| vec![status]);
        // Each part reads its own index from the newest down.
        let mut condition = no_block("q.from_id", "q.to_id");
        if filter.connected {
            let (low, high) = self.writer.engine().pair("q.from_id", "q.to_id");
            condition = format!(
                "{condition} AND EXISTS (SELECT 1 FROM connections c
                 WHERE c.low_id = {low} AND c.high_id = {high} AND c.request_id = q.id)"
            );
        }
        let parts: Vec<_> = sides
            .iter()
            .flat_map(|side| statuses.iter().map(move |status| (*side, *status)))
            .map(|(side, status)| {
                format!(
                    "SELECT * FROM (SELECT * FROM connection_requests q WHERE q.{side} = $1 AND q.status = '{status}'
                     AND q.id < $2 AND {condition} ORDER BY q.id DESC LIMIT $3 + $4) AS {side}_{status}"
                )
            })
            .collect();
        let sql = format!(
            "SELECT {} FROM ({}) AS r JOIN accounts f ON f.id = r.from_id JOIN accounts t ON t.id = r.to_id
             ORDER BY r.id DESC LIMIT $3 OFFSET $4",
            request_columns("r"),
            parts.join(" UNION ALL "),
        );
        let values = [account_id.into()].into_iter().chain(span.values());
        let statement = self.writer.engine().statement(sql, values);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        let items = rows.iter().map(request).collect::<Result<_, _>>()?;
        Ok(Page::of(items, span, |request: &Request| request.id))
    }
}

fn bounded(limit: u64) -> sea_orm::Value {
    i64::try_from(limit).unwrap_or(i64::MAX).into()
}

/// What stands between two people.
struct Between {
    connected: bool,
    /// The pending request and its sender.
    pending: Option<(i64, i64)>,
}

async fn between(work: &UnitOfWork, one: i64, other: i64) -> Result<Between, DatabaseError> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM connections WHERE low_id = $1 AND high_id = $2) AS connected, r.id, r.from_id
         FROM (SELECT 1 AS one) AS pair LEFT JOIN connection_requests r ON r.status = 'pending' AND {}",
        work.engine().is_pair("r.from_id", "r.to_id")
    );
    let statement = work.engine().statement(sql, [one.min(other).into(), one.max(other).into()]);
    let Some(row) = work.tx().query_one_raw(statement).await? else {
        return Ok(Between { connected: false, pending: None });
    };
    let pending: (Option<i64>, Option<i64>) = (row.try_get("", "id")?, row.try_get("", "from_id")?);
    Ok(Between { connected: row.try_get("", "connected")?, pending: pending.0.zip(pending.1) })
}

async fn insert(
    work: &mut UnitOfWork,
    from_id: i64,
    to_id: i64,
    message: Option<String>,
) -> Result<i64, DatabaseError> {
    let statement = work.engine().statement(
        "INSERT INTO connection_requests (from_id, to_id, message, status, created_at)
         VALUES ($1, $2, $3, 'pending', $4) RETURNING id",
        [from_id.into(), to_id.into(), message.into(), work.now().into()],
    );
    let row = work.tx().query_one_raw(statement).await?.ok_or(sea_orm::DbErr::RecordNotInserted)?;
    let id = row.try_get("", "id")?;
    work.ask(&RequestSent { request_id: id, from_id, to_id }).await?;
    Ok(id)
}
