//! Decisions: the hottest write. On PostgreSQL one statement holds it all: the pair's lock, the
//! conditional update, the connection and the job; on SQLite the same steps in one transaction.

use sea_orm::{ConnectionTrait, QueryResult};

use super::error::ConnectionError;
use super::model::{Decision, Request, Status, request, request_columns};
use super::queries;
use crate::database::{DatabaseError, Engine};
use crate::jobs::payloads::{RequestDecided, RequestWithdrawn};
use crate::jobs::{BornJob, Origin, Payload, UnitOfWork, Writer};

/// Decides about requests.
#[derive(Debug, Clone)]
pub struct Decisions {
    writer: Writer,
}

impl Decisions {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// Decides about a pending request, and answers it as it then stands. The same decision again
    /// answers the same and changes nothing.
    ///
    /// # Errors
    /// The account is no part of it; the decision is the other's; it was decided otherwise.
    pub async fn decide(&self, account_id: i64, id: i64, decision: Decision) -> Result<Request, ConnectionError> {
        let decided = match (decision, self.writer.engine()) {
            (Decision::Accept | Decision::Reject, Engine::Postgres) => {
                self.decide_in_one_statement(account_id, id, decision).await?
            }
            _ => self.decide_in_steps(account_id, id, decision).await?,
        };
        match decided {
            Some(request) => Ok(request),
            None => self.explain(account_id, id, decision).await,
        }
    }

    /// Why nothing was pending: the same decision came before, or this one can't be made.
    async fn explain(&self, account_id: i64, id: i64, decision: Decision) -> Result<Request, ConnectionError> {
        // From the writer: a reader may be a moment behind the decision that won.
        let db = self.writer.database().writer();
        let request = queries::find_request(db, self.writer.engine(), account_id, id).await?;
        let decider = match decision {
            Decision::Accept | Decision::Reject => request.to.id,
            Decision::Cancel => request.from.id,
        };
        if decider != account_id {
            return Err(ConnectionError::NotYours);
        }
        if request.status == decision.status() {
            Ok(request)
        } else {
            Err(ConnectionError::AlreadyDecided(request.status))
        }
    }

    async fn decide_in_one_statement(
        &self,
        account_id: i64,
        id: i64,
        decision: Decision,
    ) -> Result<Option<Request>, ConnectionError> {
        let now = self.writer.now();
        let lease_until = self.writer.relay().lease_until(RequestDecided::QUEUE, now);
        // The lock is taken before the update and the insert that depend on it. The snapshot may be
        // older than the lock, so the update looks at the status again, in the row itself.
        let sql = format!(
            "WITH pair AS MATERIALIZED (
                 SELECT id, LEAST(from_id, to_id) AS low_id, GREATEST(from_id, to_id) AS high_id
                 FROM connection_requests WHERE id = $1 AND to_id = $2 AND status = 'pending'
             ), locked AS MATERIALIZED (
                 SELECT pair.*, {lock} FROM pair
             ), decided AS (
                 UPDATE connection_requests r SET status = $3, decided_at = $4
                 FROM locked WHERE r.id = locked.id AND r.status = 'pending'
                 RETURNING r.*, locked.low_id, locked.high_id
             ), tied AS (
                 INSERT INTO connections (low_id, high_id, request_id, created_at)
                 SELECT low_id, high_id, id, $4 FROM decided WHERE status = 'accepted'
                 ON CONFLICT (low_id, high_id) DO NOTHING
             ), job AS (
                 INSERT INTO outbox (queue, name, version, payload, created_at, lease_until, traceparent)
                 SELECT '{queue}', '{name}', {version},
                     json_build_object('request_id', id, 'actor_id', to_id, 'recipient_id', from_id,
                                       'accepted', status = 'accepted')::text, $4, $5, $6
                 FROM decided RETURNING id AS job_id, payload
             )
             SELECT {columns}, job.job_id, job.payload
             FROM decided d JOIN accounts f ON f.id = d.from_id JOIN accounts t ON t.id = d.to_id CROSS JOIN job",
            lock = crate::database::PAIR_LOCK,
            queue = RequestDecided::QUEUE,
            name = RequestDecided::NAME,
            version = RequestDecided::VERSION,
            columns = request_columns("d"),
        );
        let origin = Origin::here(now);
        let values = [
            id.into(),
            account_id.into(),
            decision.status().as_str().into(),
            now.into(),
            lease_until.into(),
            origin.traceparent.clone().into(),
        ];
        let statement = self.writer.engine().statement(sql, values);
        let Some(row) = self.writer.database().writer().query_one_raw(statement).await? else { return Ok(None) };
        if lease_until > now {
            self.writer.relay().hand_over([born(&row, origin)?]);
        }
        Ok(Some(request(&row)?))
    }

    async fn decide_in_steps(
        &self,
        account_id: i64,
        id: i64,
        decision: Decision,
    ) -> Result<Option<Request>, ConnectionError> {
        let mut work = self.writer.begin().await?;
        let pair = pending_pair(&work, id).await?;
        let decider = match decision {
            Decision::Accept | Decision::Reject => pair.map(|(_, to)| to),
            Decision::Cancel => pair.map(|(from, _)| from),
        };
        let Some((from_id, to_id)) = pair.filter(|_| decider == Some(account_id)) else { return Ok(None) };
        work.lock_pair(from_id, to_id).await?;
        if !apply(&mut work, id, from_id, to_id, decision).await? {
            return Ok(None);
        }
        let request = queries::find_request(work.tx(), work.engine(), account_id, id).await?;
        work.commit().await?;
        Ok(Some(request))
    }
}

fn born(row: &QueryResult, origin: Origin) -> Result<BornJob, DatabaseError> {
    Ok(BornJob {
        id: row.try_get("", "job_id")?,
        queue: RequestDecided::QUEUE,
        name: RequestDecided::NAME.to_owned(),
        version: RequestDecided::VERSION,
        payload: row.try_get("", "payload")?,
        pushes: 0,
        origin,
    })
}

async fn pending_pair(work: &UnitOfWork, id: i64) -> Result<Option<(i64, i64)>, DatabaseError> {
    let sql = "SELECT from_id, to_id FROM connection_requests WHERE id = $1 AND status = 'pending'";
    let row = work.tx().query_one_raw(work.engine().statement(sql, [id.into()])).await?;
    Ok(row.map(|row| Ok::<_, sea_orm::DbErr>((row.try_get("", "from_id")?, row.try_get("", "to_id")?))).transpose()?)
}

/// Decides a request whose pair is locked; answers whether it was still pending.
pub(super) async fn apply(
    work: &mut UnitOfWork,
    id: i64,
    from_id: i64,
    to_id: i64,
    decision: Decision,
) -> Result<bool, DatabaseError> {
    let engine = work.engine();
    let update = engine.statement(
        "UPDATE connection_requests SET status = $1, decided_at = $2 WHERE id = $3 AND status = 'pending'",
        [decision.status().as_str().into(), work.now().into(), id.into()],
    );
    if work.tx().execute_raw(update).await?.rows_affected() == 0 {
        return Ok(false);
    }
    if decision.status() == Status::Accepted {
        let tie = engine.statement(
            "INSERT INTO connections (low_id, high_id, request_id, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (low_id, high_id) DO NOTHING",
            [from_id.min(to_id).into(), from_id.max(to_id).into(), id.into(), work.now().into()],
        );
        work.tx().execute_raw(tie).await?;
    }
    match decision {
        Decision::Cancel => work.ask(&RequestWithdrawn { request_id: id, to_id }).await?,
        Decision::Accept | Decision::Reject => {
            let accepted = decision == Decision::Accept;
            work.ask(&RequestDecided { request_id: id, actor_id: to_id, recipient_id: from_id, accepted }).await?;
        }
    }
    Ok(true)
}
