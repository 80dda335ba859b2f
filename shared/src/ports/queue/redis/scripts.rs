//! The scripts that stand between Kith and apalis-redis's own.

use std::sync::LazyLock;

use apalis_redis::{Config, ConnectionManager};
use redis::{RedisResult, Script};

/// Moves every scheduled id to the active list, wakes the workers, and answers how many were moved and
/// the depth.
///
/// Chunks stay far below what `unpack` can spread (about 8,000). Kith schedules nothing in Redis,
/// so an id's time is only its producer's clock, and is ignored.
pub(super) static ACTIVATE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r#"
        local moved = 0
        while true do
            local ids = redis.call("zrange", KEYS[1], 0, 499)
            if #ids == 0 then break end
            redis.call("rpush", KEYS[2], unpack(ids))
            redis.call("zrem", KEYS[1], unpack(ids))
            moved = moved + #ids
        end
        if moved > 0 then redis.call("publish", ARGV[1], moved) end
        return {moved, redis.call("llen", KEYS[2])}
        "#,
    )
});

/// Drops ids from the active list that have no data (a Redis restored from half of itself), which
/// would end the worker that fetches them.
pub(super) static DROP_HOLLOW: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r#"
        local dropped = 0
        for _, id in ipairs(redis.call("lrange", KEYS[1], 0, -1)) do
            if redis.call("hexists", KEYS[2], id) == 0 or redis.call("exists", KEYS[3] .. ":" .. id) == 0 then
                redis.call("lrem", KEYS[1], 0, id)
                dropped = dropped + 1
            end
        end
        return dropped
        "#,
    )
});

/// The janitor: deletes data and meta of done and dead tasks, a bounded number a call, and answers
/// how many.
pub(super) static SWEEP: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r#"
        local swept = 0
        for _, set in ipairs({KEYS[1], KEYS[2]}) do
            for _, id in ipairs(redis.call("spop", set, 500)) do
                redis.call("hdel", KEYS[3], id)
                redis.call("del", KEYS[4] .. ":" .. id)
                swept = swept + 1
            end
        end
        return swept
        "#,
    )
});

/// Gives back what a worker held and had not begun, and forgets the worker: without it, the next one
/// would wait for the heartbeats that no longer come.
pub(super) static RELEASE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r#"
        local given = 0
        while true do
            local ids = redis.call("spop", KEYS[1], 500)
            if #ids == 0 then break end
            redis.call("rpush", KEYS[2], unpack(ids))
            given = given + #ids
        end
        redis.call("zrem", KEYS[3], ARGV[1])
        if given > 0 then redis.call("publish", ARGV[2], given) end
        return given
        "#,
    )
});

pub(super) async fn release(
    connection: &mut ConnectionManager,
    config: &Config,
    worker: &str,
    wake: &str,
) -> RedisResult<u64> {
    RELEASE
        .key(format!("{}:{worker}", config.inflight_jobs_set()))
        .key(config.active_jobs_list())
        .key(config.workers_set())
        .arg(worker)
        .arg(wake)
        .invoke_async(connection)
        .await
}

pub(super) async fn activate(
    connection: &mut ConnectionManager,
    config: &Config,
    wake: &str,
) -> RedisResult<(u64, u64)> {
    ACTIVATE.key(config.scheduled_jobs_set()).key(config.active_jobs_list()).arg(wake).invoke_async(connection).await
}

pub(super) async fn drop_hollow(connection: &mut ConnectionManager, config: &Config) -> RedisResult<u64> {
    DROP_HOLLOW
        .key(config.active_jobs_list())
        .key(config.job_data_hash())
        .key(config.job_meta_hash())
        .invoke_async(connection)
        .await
}

pub(super) async fn sweep(connection: &mut ConnectionManager, config: &Config) -> RedisResult<u64> {
    SWEEP
        .key(config.done_jobs_set())
        .key(config.dead_jobs_set())
        .key(config.job_data_hash())
        .key(config.job_meta_hash())
        .invoke_async(connection)
        .await
}
